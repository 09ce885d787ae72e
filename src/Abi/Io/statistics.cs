// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/statistics.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_crt_io_statistics_category : uint
{
    AWSCRT_STAT_CAT_SOCKET = 256,
    AWSCRT_STAT_CAT_TLS = 257,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_crt_statistics_socket
{
    public uint category;
    public ulong bytes_read;
    public ulong bytes_written;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_crt_statistics_tls
{
    public uint category;
    public ulong handshake_start_ns;
    public ulong handshake_end_ns;
    public aws_tls_negotiation_status handshake_status;
}
