// SPDX-License-Identifier: Apache-2.0
// Types of <reseau/inspect.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public struct reseau_attempt
{
    public reseau_address address;
    public long begun_ns;
    public long ended_ns;
    public int error;
}

[StructLayout(LayoutKind.Sequential)]
public struct reseau_counters
{
    public nuint size;
    public ulong bytes_read;
    public ulong bytes_written;
    public ulong reads;
    public ulong writes;
    public ulong receive_calls;
    public ulong send_calls;
    public ulong unread_bytes;
    public ulong queued_bytes;
    public ulong max_queued_bytes;
    public long full_ns;
    public long age_ns;
}

[StructLayout(LayoutKind.Sequential)]
public struct reseau_process_counters
{
    public nuint size;
    public ulong open_now;
    public ulong begun;
    public ulong accepted;
    public ulong opened;
    public ulong closed_by_local;
    public ulong closed_by_peer;
    public ulong closed_by_library;
    public ulong failed_names;
    public ulong failed_connect;
    public ulong failed_proxy;
    public ulong failed_tls;
    public ulong failed_open;
    public ulong failed_close;
    public ulong bytes_read;
    public ulong bytes_written;
}

[StructLayout(LayoutKind.Sequential)]
public struct reseau_tcp_info
{
    public nuint size;
    public long rtt_us;
    public long rtt_variance_us;
    public long min_rtt_us;
    public long retransmit_timeout_us;
    public ulong congestion_window_bytes;
    public ulong slow_start_threshold_bytes;
    public ulong peers_window_bytes;
    public uint send_segment_bytes;
    public uint receive_segment_bytes;
    public uint unconfirmed_segments;
    public uint lost_segments;
    public ulong retransmitted_segments;
    public uint present_retransmits;
    public uint unsent_bytes;
    public ulong confirmed_bytes;
    public ulong received_bytes;
    public ulong delivery_rate_bytes;
}

[StructLayout(LayoutKind.Sequential)]
public struct reseau_capture_options
{
    public nuint size;
    public long connection;
    public long listener;
    public nuint buffer_bytes;
    public nuint packet_bytes;
    public ulong file_bytes;
}

[StructLayout(LayoutKind.Sequential)]
public struct reseau_capture_info
{
    public nuint size;
    public ulong packets;
    public ulong dropped;
    public ulong file_bytes;
    public int error;
}
