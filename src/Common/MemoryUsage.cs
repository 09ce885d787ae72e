// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Common;

/// <summary>How much memory the process has used since it started.</summary>
internal static unsafe class MemoryUsage
{
    /// <summary>Fills in the figures.</summary>
    internal static int Read(aws_memory_usage_stats* stats)
    {
        if (stats == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *stats = default;
        Libc.rusage usage;
        if (Libc.getrusage(Libc.RUSAGE_SELF, &usage) != 0)
            return Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);

        stats->maxrss = (nuint)usage.ru_maxrss;
        stats->page_faults = (nuint)usage.ru_majflt;
        return AWS_OP_SUCCESS;
    }
}
