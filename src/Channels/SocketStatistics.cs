// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Channels;

/// <summary></summary>
internal static unsafe class SocketStatistics
{
    /// <summary>aws_crt_statistics_socket_init</summary>
    internal static int Init(aws_crt_statistics_socket* stats) => throw new System.NotImplementedException();

    /// <summary>aws_crt_statistics_socket_cleanup</summary>
    internal static void Cleanup(aws_crt_statistics_socket* stats) => throw new System.NotImplementedException();

    /// <summary>aws_crt_statistics_socket_reset</summary>
    internal static void Reset(aws_crt_statistics_socket* stats) => throw new System.NotImplementedException();
}
