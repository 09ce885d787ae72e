// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Channels.Handlers;

/// <summary>Bytes moved by one socket handler since the last sample.</summary>
internal static unsafe class SocketStatistics
{
    internal static int Init(aws_crt_statistics_socket* stats)
    {
        if (stats == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        *stats = default;
        stats->category = (uint)AWSCRT_STAT_CAT_SOCKET;
        return AWS_OP_SUCCESS;
    }

    /// <summary>Nothing is owned; there for symmetry.</summary>
    internal static void Cleanup(aws_crt_statistics_socket* stats)
    {
    }

    internal static void Reset(aws_crt_statistics_socket* stats)
    {
        if (stats == null)
            return;
        stats->bytes_read = 0;
        stats->bytes_written = 0;
    }
}

/// <summary>When one TLS handshake began and ended, and how.</summary>
internal static unsafe class TlsStatistics
{
    internal static int Init(aws_crt_statistics_tls* stats)
    {
        if (stats == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        *stats = default;
        stats->category = (uint)AWSCRT_STAT_CAT_TLS;
        return AWS_OP_SUCCESS;
    }

    /// <summary>Nothing is owned; there for symmetry.</summary>
    internal static void Cleanup(aws_crt_statistics_tls* stats)
    {
    }

    /// <summary>A handshake happens once, so a new interval changes nothing.</summary>
    internal static void Reset(aws_crt_statistics_tls* stats)
    {
    }
}
