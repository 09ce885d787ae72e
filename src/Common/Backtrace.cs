// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Backtrace
{
    /// <summary>aws_backtrace</summary>
    internal static nuint Capture(void** stack_frames, nuint num_frames) => throw new System.NotImplementedException();

    /// <summary>aws_backtrace_print</summary>
    internal static void Print(void* fp, void* call_site_data) => throw new System.NotImplementedException();

    /// <summary>aws_backtrace_log</summary>
    internal static void Log(int log_level) => throw new System.NotImplementedException();
}
