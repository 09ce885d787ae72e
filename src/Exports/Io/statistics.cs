// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Channels.Handlers;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/statistics.h&gt;.</summary>
public static unsafe class Exports_io_statistics
{
    [UnmanagedCallersOnly(EntryPoint = "aws_crt_statistics_socket_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_crt_statistics_socket_init(aws_crt_statistics_socket* stats) => SocketStatistics.Init(stats);

    [UnmanagedCallersOnly(EntryPoint = "aws_crt_statistics_socket_cleanup", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_crt_statistics_socket_cleanup(aws_crt_statistics_socket* stats) => SocketStatistics.Cleanup(stats);

    [UnmanagedCallersOnly(EntryPoint = "aws_crt_statistics_socket_reset", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_crt_statistics_socket_reset(aws_crt_statistics_socket* stats) => SocketStatistics.Reset(stats);

    [UnmanagedCallersOnly(EntryPoint = "aws_crt_statistics_tls_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_crt_statistics_tls_init(aws_crt_statistics_tls* stats) => TlsStatistics.Init(stats);

    [UnmanagedCallersOnly(EntryPoint = "aws_crt_statistics_tls_cleanup", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_crt_statistics_tls_cleanup(aws_crt_statistics_tls* stats) => TlsStatistics.Cleanup(stats);

    [UnmanagedCallersOnly(EntryPoint = "aws_crt_statistics_tls_reset", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_crt_statistics_tls_reset(aws_crt_statistics_tls* stats) => TlsStatistics.Reset(stats);
}
