// SPDX-License-Identifier: Apache-2.0
// Types of <reseau/connection.h>.
global using unsafe reseau_on_close_fn =
    delegate* unmanaged[Cdecl]<long, Reseau.Native.Abi.reseau_close_info*, void*, void>;
global using unsafe reseau_on_data_fn = delegate* unmanaged[Cdecl]<long, void*, nuint, void*, nuint>;
global using unsafe reseau_on_event_fn = delegate* unmanaged[Cdecl]<long, void*, void>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

/// <summary>The values of enum reseau_write_policy.</summary>
public static class reseau_write_policy
{
    public const int RESEAU_WRITE_BLOCK = 0;
    public const int RESEAU_WRITE_WOULD_BLOCK = 1;
    public const int RESEAU_WRITE_CLOSE = 2;
}

/// <summary>The values of enum reseau_closed_by.</summary>
public static class reseau_closed_by
{
    public const int RESEAU_CLOSED_BY_NOBODY = 0;
    public const int RESEAU_CLOSED_BY_LOCAL = 1;
    public const int RESEAU_CLOSED_BY_PEER = 2;
    public const int RESEAU_CLOSED_BY_LIBRARY = 3;
}

/// <summary>The values of enum reseau_phase.</summary>
public static class reseau_phase
{
    public const int RESEAU_PHASE_NAMES = 1;
    public const int RESEAU_PHASE_CONNECT = 2;
    public const int RESEAU_PHASE_TLS = 3;
    public const int RESEAU_PHASE_READ = 4;
    public const int RESEAU_PHASE_WRITE = 5;
    public const int RESEAU_PHASE_IDLE = 6;
    public const int RESEAU_PHASE_OPEN = 7;
    public const int RESEAU_PHASE_CLOSE = 8;
    public const int RESEAU_PHASE_PROXY = 9;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_options
{
    public nuint size;
    public void* state;
    public reseau_on_event_fn on_open;
    public reseau_on_data_fn on_data;
    public reseau_on_event_fn on_end;
    public reseau_on_event_fn on_drain;
    public reseau_on_event_fn on_touch;
    public reseau_on_close_fn on_close;
    public long loop;
    public reseau_tls_options* tls;
    public nuint read_buffer_bytes;
    public nuint write_queue_bytes;
    public int write_policy;
    public int family;
    public long connect_timeout_ms;
    public long attempt_timeout_ms;
    public long tls_timeout_ms;
    public long idle_timeout_ms;
    public long slow_reader_timeout_ms;
    public long close_timeout_ms;
    public long keep_alive_ms;
    public long user_timeout_ms;
    public int delay_small_writes;
    public byte* source_address;
    public byte* interface_name;
    public int backlog;
    public nuint max_connections;
    public int ipv6_only;
    public int reuse_port;
    public uint path_mode;
    public byte* proxy;
    public long names_timeout_ms;
    public long proxy_timeout_ms;
    public nuint slow_reader_bytes_per_second;
    public int fast_open;
}

[StructLayout(LayoutKind.Sequential)]
public struct reseau_close_info
{
    public nuint size;
    public int closed_by;
    public int phase;
    public int error;
    public int cause;
    public ulong bytes_read;
    public ulong bytes_written;
    public ulong bytes_unsent;
    public long duration_ns;
    public int tls_alert;
    public int resolver_error;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_address
{
    public fixed byte text[112];
    public int family;
    public ushort port;
}
