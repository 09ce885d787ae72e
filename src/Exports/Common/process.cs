// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/process.h&gt;.</summary>
public static unsafe class Exports_common_process
{
    [UnmanagedCallersOnly(EntryPoint = "aws_get_pid", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_get_pid() => Processes.GetPid();

    [UnmanagedCallersOnly(EntryPoint = "aws_get_soft_limit_io_handles", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_get_soft_limit_io_handles() => Processes.GetSoftLimitIoHandles();

    [UnmanagedCallersOnly(EntryPoint = "aws_get_hard_limit_io_handles", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_get_hard_limit_io_handles() => Processes.GetHardLimitIoHandles();

    [UnmanagedCallersOnly(EntryPoint = "aws_set_soft_limit_io_handles", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_set_soft_limit_io_handles(nuint max_handles) => Processes.SetSoftLimitIoHandles(max_handles);

    [UnmanagedCallersOnly(EntryPoint = "aws_run_command_result_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_run_command_result_init(aws_allocator* allocator, aws_run_command_result* result) => Processes.RunCommandResultInit(allocator, result);

    [UnmanagedCallersOnly(EntryPoint = "aws_run_command_result_cleanup", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_run_command_result_cleanup(aws_run_command_result* result) => Processes.RunCommandResultCleanup(result);

    [UnmanagedCallersOnly(EntryPoint = "aws_run_command", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_run_command(aws_allocator* allocator, aws_run_command_options* options, aws_run_command_result* result) => Processes.RunCommand(allocator, options, result);
}
