// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Processes
{
    /// <summary>aws_get_pid</summary>
    internal static int GetPid() => throw new System.NotImplementedException();

    /// <summary>aws_get_soft_limit_io_handles</summary>
    internal static nuint GetSoftLimitIoHandles() => throw new System.NotImplementedException();

    /// <summary>aws_get_hard_limit_io_handles</summary>
    internal static nuint GetHardLimitIoHandles() => throw new System.NotImplementedException();

    /// <summary>aws_set_soft_limit_io_handles</summary>
    internal static int SetSoftLimitIoHandles(nuint max_handles) => throw new System.NotImplementedException();

    /// <summary>aws_run_command_result_init</summary>
    internal static int RunCommandResultInit(aws_allocator* allocator, aws_run_command_result* result) => throw new System.NotImplementedException();

    /// <summary>aws_run_command_result_cleanup</summary>
    internal static void RunCommandResultCleanup(aws_run_command_result* result) => throw new System.NotImplementedException();

    /// <summary>aws_run_command</summary>
    internal static int RunCommand(aws_allocator* allocator, aws_run_command_options* options, aws_run_command_result* result) => throw new System.NotImplementedException();
}
