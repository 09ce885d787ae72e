// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/private/thread_shared.h&gt;.</summary>
public static unsafe class Exports_common_private_thread_shared
{
    [UnmanagedCallersOnly(EntryPoint = "aws_thread_join_and_free_wrapper_list", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_thread_join_and_free_wrapper_list(aws_linked_list* wrapper_list) => Threads.JoinAndFreeWrapperList(wrapper_list);

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_pending_join_add", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_thread_pending_join_add(aws_linked_list_node* node) => Threads.PendingJoinAdd(node);

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_initialize_thread_management", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_thread_initialize_thread_management() => Threads.InitializeThreadManagement();

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_get_managed_thread_count", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_thread_get_managed_thread_count() => Threads.GetManagedThreadCount();
}
