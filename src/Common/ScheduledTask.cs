// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class ScheduledTask
{
    /// <summary>aws_task_init</summary>
    internal static void Init(aws_task* task, aws_task_fn fn, void* arg, byte* type_tag) => throw new System.NotImplementedException();

    /// <summary>aws_task_run</summary>
    internal static void Run(aws_task* task, aws_task_status status) => throw new System.NotImplementedException();

    /// <summary>aws_task_status_to_c_str</summary>
    internal static byte* StatusToCStr(aws_task_status status) => throw new System.NotImplementedException();
}
