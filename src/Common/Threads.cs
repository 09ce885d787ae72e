// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Threads
{
    /// <summary>aws_thread_id_t_to_string</summary>
    internal static int IdToString(ulong thread_id, byte* buffer, nuint bufsz) => throw new System.NotImplementedException();

    /// <summary>aws_thread_join_and_free_wrapper_list</summary>
    internal static void JoinAndFreeWrapperList(aws_linked_list* wrapper_list) => throw new System.NotImplementedException();

    /// <summary>aws_thread_pending_join_add</summary>
    internal static void PendingJoinAdd(aws_linked_list_node* node) => throw new System.NotImplementedException();

    /// <summary>aws_thread_initialize_thread_management</summary>
    internal static void InitializeThreadManagement() => throw new System.NotImplementedException();

    /// <summary>aws_thread_get_managed_thread_count</summary>
    internal static nuint GetManagedThreadCount() => throw new System.NotImplementedException();

    /// <summary>aws_default_thread_options</summary>
    internal static aws_thread_options* DefaultOptions() => throw new System.NotImplementedException();

    /// <summary>aws_thread_call_once</summary>
    internal static void CallOnce(int* flag, delegate* unmanaged[Cdecl]<void*, void> call_once, void* user_data) => throw new System.NotImplementedException();

    /// <summary>aws_thread_init</summary>
    internal static int Init(aws_thread* thread, aws_allocator* allocator) => throw new System.NotImplementedException();

    /// <summary>aws_thread_launch</summary>
    internal static int Launch(aws_thread* thread, delegate* unmanaged[Cdecl]<void*, void> func, void* arg, aws_thread_options* options) => throw new System.NotImplementedException();

    /// <summary>aws_thread_get_id</summary>
    internal static ulong GetId(aws_thread* thread) => throw new System.NotImplementedException();

    /// <summary>aws_thread_get_detach_state</summary>
    internal static aws_thread_detach_state GetDetachState(aws_thread* thread) => throw new System.NotImplementedException();

    /// <summary>aws_thread_join</summary>
    internal static int Join(aws_thread* thread) => throw new System.NotImplementedException();

    /// <summary>aws_thread_join_all_managed</summary>
    internal static int JoinAllManaged() => throw new System.NotImplementedException();

    /// <summary>aws_thread_set_managed_join_timeout_ns</summary>
    internal static void SetManagedJoinTimeoutNs(ulong timeout_in_ns) => throw new System.NotImplementedException();

    /// <summary>aws_thread_clean_up</summary>
    internal static void CleanUp(aws_thread* thread) => throw new System.NotImplementedException();

    /// <summary>aws_thread_current_thread_id</summary>
    internal static ulong CurrentId() => throw new System.NotImplementedException();

    /// <summary>aws_thread_thread_id_equal</summary>
    internal static bool IdEqual(ulong t1, ulong t2) => throw new System.NotImplementedException();

    /// <summary>aws_thread_current_sleep</summary>
    internal static void CurrentSleep(ulong nanos) => throw new System.NotImplementedException();

    /// <summary>aws_thread_current_at_exit</summary>
    internal static int CurrentAtExit(aws_thread_atexit_fn callback, void* user_data) => throw new System.NotImplementedException();

    /// <summary>aws_thread_increment_unjoined_count</summary>
    internal static void IncrementUnjoinedCount() => throw new System.NotImplementedException();

    /// <summary>aws_thread_decrement_unjoined_count</summary>
    internal static void DecrementUnjoinedCount() => throw new System.NotImplementedException();

    /// <summary>aws_thread_current_name</summary>
    internal static int CurrentName(aws_allocator* allocator, aws_string** out_name) => throw new System.NotImplementedException();

    /// <summary>aws_thread_name</summary>
    internal static int Name(aws_allocator* allocator, ulong thread_id, aws_string** out_name) => throw new System.NotImplementedException();
}
