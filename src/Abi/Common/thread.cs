// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/thread.h>.
global using unsafe aws_thread_atexit_fn = delegate* unmanaged[Cdecl]<void*, void>;
#if RESEAU_WINDOWS
global using aws_thread_id_t = uint;
#else
global using aws_thread_id_t = ulong;
#endif
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_thread_detach_state : uint
{
    AWS_THREAD_NOT_CREATED = 1,
    AWS_THREAD_JOINABLE = 2,
    AWS_THREAD_JOIN_COMPLETED = 3,
    AWS_THREAD_MANAGED = 4,
}

public enum aws_thread_join_strategy : uint
{
    AWS_TJS_MANUAL = 0,
    AWS_TJS_MANAGED = 1,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_thread_options
{
    public nuint stack_size;
    public int cpu_id;
    public aws_thread_join_strategy join_strategy;
    public aws_byte_cursor name;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_thread
{
    public aws_allocator* allocator;
    public aws_thread_detach_state detach_state;
#if RESEAU_WINDOWS
    public void* thread_handle;
#endif
    public aws_thread_id_t thread_id;
}
