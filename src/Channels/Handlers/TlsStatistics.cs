// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Channels.Handlers;

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
