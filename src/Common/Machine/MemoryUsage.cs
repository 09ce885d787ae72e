// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Machine;

/// <summary>How much memory the process has used since it started.</summary>
internal static unsafe class MemoryUsage
{
    /// <summary>Fills in the figures.</summary>
    internal static int Read(aws_memory_usage_stats* stats)
    {
        if (stats == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *stats = default;
        if (!Platform.MemoryUsage.TryRead(out nuint largestResidentSize, out nuint pageFaults))
            return Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);

        stats->maxrss = largestResidentSize;
        stats->page_faults = pageFaults;
        return AWS_OP_SUCCESS;
    }
}
