// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/task_scheduler.h>.
global using unsafe aws_task_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_task*, void*, Reseau.Native.Abi.aws_task_status, void>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_task_status : uint
{
    AWS_TASK_STATUS_RUN_READY = 0,
    AWS_TASK_STATUS_CANCELED = 1,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_task
{
    public aws_task_fn fn;
    public void* arg;
    public ulong timestamp;
    public aws_linked_list_node node;
    public aws_priority_queue_node priority_queue_node;
    public byte* type_tag;
    public _abi_extension_u abi_extension;

    [StructLayout(LayoutKind.Explicit)]
    public unsafe struct _abi_extension_u
    {
        [FieldOffset(0)]
        public bool scheduled;
        [FieldOffset(0)]
        public nuint reserved;
    }
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_task_scheduler
{
    public aws_allocator* alloc;
    public aws_priority_queue timed_queue;
    public aws_linked_list timed_list;
    public aws_linked_list asap_list;
}
