// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/thread.h&gt;.</summary>
public static unsafe class Exports_common_thread
{
    [UnmanagedCallersOnly(EntryPoint = "aws_default_thread_options", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_thread_options* aws_default_thread_options() => Threads.DefaultOptions();

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_call_once", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_thread_call_once(void* flag, delegate* unmanaged[Cdecl]<void*, void> call_once, void* user_data) => Threads.CallOnce(flag, call_once, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_thread_init(aws_thread* thread, aws_allocator* allocator) => Threads.Init(thread, allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_launch", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_thread_launch(aws_thread* thread, delegate* unmanaged[Cdecl]<void*, void> func, void* arg, aws_thread_options* options) => Threads.Launch(thread, func, arg, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_get_id", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_thread_id_t aws_thread_get_id(aws_thread* thread) => Threads.GetId(thread);

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_get_detach_state", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_thread_detach_state aws_thread_get_detach_state(aws_thread* thread) => Threads.GetDetachState(thread);

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_join", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_thread_join(aws_thread* thread) => Threads.Join(thread);

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_join_all_managed", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_thread_join_all_managed() => Threads.JoinAllManaged();

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_set_managed_join_timeout_ns", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_thread_set_managed_join_timeout_ns(ulong timeout_in_ns) => Threads.SetManagedJoinTimeoutNs(timeout_in_ns);

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_thread_clean_up(aws_thread* thread) => Threads.CleanUp(thread);

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_current_thread_id", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_thread_id_t aws_thread_current_thread_id() => (aws_thread_id_t)Threads.CurrentId();

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_thread_id_equal", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_thread_thread_id_equal(aws_thread_id_t t1, aws_thread_id_t t2) => Threads.IdEqual(t1, t2);

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_current_sleep", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_thread_current_sleep(ulong nanos) => Threads.CurrentSleep(nanos);

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_current_at_exit", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_thread_current_at_exit(aws_thread_atexit_fn callback, void* user_data) => Threads.CurrentAtExit(callback, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_increment_unjoined_count", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_thread_increment_unjoined_count() => Threads.IncrementUnjoinedCount();

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_decrement_unjoined_count", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_thread_decrement_unjoined_count() => Threads.DecrementUnjoinedCount();

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_current_name", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_thread_current_name(aws_allocator* allocator, aws_string** out_name) => Threads.CurrentName(allocator, out_name);

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_name", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_thread_name(aws_allocator* allocator, aws_thread_id_t thread_id, aws_string** out_name) => Threads.Name(allocator, thread_id, out_name);
}
