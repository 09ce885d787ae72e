// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Platform;

namespace Reseau.Native.Runtime;

/// <summary>
/// Another library in the process that exports the names of aws-c-common, usually the real one. Last errors, the
/// logger, threads and their accounts are kept once for a process, so where there is an external library they are kept
/// by it, whichever library comes first in symbol order: calls that it makes inside itself may be bound to itself, ours
/// can always be turned. Looked for once, before the first export runs.
/// </summary>
internal static unsafe class ExternalCommon
{
    /// <summary>What is called in the external library, in the order of <see cref="Names"/>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct FunctionTable
    {
        internal delegate* unmanaged[Cdecl]<aws_allocator*, void> LibraryInit;
        internal delegate* unmanaged[Cdecl]<void> LibraryCleanUp;

        internal delegate* unmanaged[Cdecl]<int> LastError;
        internal delegate* unmanaged[Cdecl]<void> ResetError;
        internal delegate* unmanaged[Cdecl]<int, void> RestoreError;
        internal delegate* unmanaged[Cdecl]<int, void> RaiseError;
        internal delegate* unmanaged[Cdecl]<aws_error_handler_fn, void*, aws_error_handler_fn> SetGlobalErrorHandler;
        internal delegate* unmanaged[Cdecl]<aws_error_handler_fn, void*, aws_error_handler_fn> SetThreadErrorHandler;
        internal delegate* unmanaged[Cdecl]<int, byte*> ErrorStr;
        internal delegate* unmanaged[Cdecl]<int, byte*> ErrorName;
        internal delegate* unmanaged[Cdecl]<int, byte*> ErrorLibName;
        internal delegate* unmanaged[Cdecl]<int, byte*> ErrorDebugStr;
        internal delegate* unmanaged[Cdecl]<aws_error_info_list*, void> RegisterErrors;
        internal delegate* unmanaged[Cdecl]<aws_error_info_list*, void> UnregisterErrors;

        internal delegate* unmanaged[Cdecl]<aws_logger*, void> SetLogger;
        internal delegate* unmanaged[Cdecl]<aws_logger*> GetLogger;
        internal delegate* unmanaged[Cdecl]<uint, aws_log_level, aws_logger*> GetLoggerConditional;
        internal delegate* unmanaged[Cdecl]<uint, byte*> LogSubjectName;
        internal delegate* unmanaged[Cdecl]<aws_log_subject_info_list*, void> RegisterLogSubjects;
        internal delegate* unmanaged[Cdecl]<aws_log_subject_info_list*, void> UnregisterLogSubjects;

        internal delegate* unmanaged[Cdecl]<
            aws_thread*, delegate* unmanaged[Cdecl]<void*, void>, void*, aws_thread_options*, int> LaunchThread;
        internal delegate* unmanaged[Cdecl]<aws_thread_atexit_fn, void*, int> AddThreadExit;
        internal delegate* unmanaged[Cdecl]<void> IncrementThreads;
        internal delegate* unmanaged[Cdecl]<void> DecrementThreads;
        internal delegate* unmanaged[Cdecl]<nuint> CountThreads;
        internal delegate* unmanaged[Cdecl]<int> JoinThreads;
        internal delegate* unmanaged[Cdecl]<ulong, void> SetJoinTimeout;
        internal delegate* unmanaged[Cdecl]<aws_linked_list_node*, void> AddFinishedThread;
        internal delegate* unmanaged[Cdecl]<aws_linked_list*, void> JoinAndFreeThreads;
        internal delegate* unmanaged[Cdecl]<void> InitializeThreads;
    }

    private static ReadOnlySpan<byte> Names =>
        "aws_common_library_init\0aws_common_library_clean_up\0"u8 +
        "aws_last_error\0aws_reset_error\0aws_restore_error\0aws_raise_error_private\0"u8 +
        "aws_set_global_error_handler_fn\0aws_set_thread_local_error_handler_fn\0"u8 +
        "aws_error_str\0aws_error_name\0aws_error_lib_name\0aws_error_debug_str\0"u8 +
        "aws_register_error_info\0aws_unregister_error_info\0"u8 +
        "aws_logger_set\0aws_logger_get\0aws_logger_get_conditional\0aws_log_subject_name\0"u8 +
        "aws_register_log_subject_info_list\0aws_unregister_log_subject_info_list\0"u8 +
        "aws_thread_launch\0aws_thread_current_at_exit\0"u8 +
        "aws_thread_increment_unjoined_count\0aws_thread_decrement_unjoined_count\0"u8 +
        "aws_thread_get_managed_thread_count\0aws_thread_join_all_managed\0"u8 +
        "aws_thread_set_managed_join_timeout_ns\0aws_thread_pending_join_add\0"u8 +
        "aws_thread_join_and_free_wrapper_list\0aws_thread_initialize_thread_management\0"u8;

    /// <summary>Whether process-wide state is the external library's; then <see cref="Functions"/> is filled.</summary>
    internal static bool IsPresent;

    internal static FunctionTable Functions;

    /// <summary>
    /// Of several, the first in symbol order is taken; behind us, only one that does not do the same as we do here, or
    /// two would send one another their calls for ever.
    /// </summary>
    internal static void Find()
    {
        void* own = DynamicLibrary.BaseOf(Literal.Of(Names), out _);
        if (own == null)
            return;

        void* first = DynamicLibrary.BaseOf(DynamicLibrary.FindDefault(Literal.Of(Names)), out byte* path);
        if (first != null && first != own)
        {
            IsPresent = TryTake(first, Open(path));
            return;
        }

        void* next = DynamicLibrary.BaseOf(DynamicLibrary.FindNext(Literal.Of(Names)), out path);
        if (next == null || next == own)
            return;

        nint library = Open(path);
        if (FindIn(library, next, Literal.Of("DotNetRuntimeDebugHeader"u8)) == null)
            IsPresent = TryTake(next, library);
    }

    /// <summary>All or nothing: state that is half ours would be worse than two of it.</summary>
    private static bool TryTake(void* libraryBase, nint library)
    {
        FunctionTable found;
        void** slot = (void**)&found;
        void** end = (void**)(&found + 1);
        byte* name = Literal.Of(Names);
        for (; slot < end; slot++)
        {
            *slot = FindIn(library, libraryBase, name);
            if (*slot == null)
                return false;

            name += MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name).Length + 1;
        }

        Functions = found;
        return true;
    }

    /// <summary>The library at that path, which then stays for good; the program itself if there is none.</summary>
    private static nint Open(byte* path)
    {
        nint library = DynamicLibrary.OpenLoaded(path);
        return library != 0 ? library : DynamicLibrary.Open(null);
    }

    /// <summary>A symbol of that very library, not of one that it needs.</summary>
    private static void* FindIn(nint library, void* libraryBase, byte* name)
    {
        void* symbol = DynamicLibrary.Find(library, name);
        return DynamicLibrary.BaseOf(symbol, out _) == libraryBase ? symbol : null;
    }
}
