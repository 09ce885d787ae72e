// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Reseau.Native.Common;

/// <summary>
/// The last error of each thread, the callbacks for errors, and the registered names of error codes. All
/// state about errors is here and nowhere else; where the process has a <see cref="ExternalCommon"/>, it is over there.
/// </summary>
internal static unsafe class Errors
{
    private const int SlotBits = 10;
    private const int SlotCount = 32;

    private static ReadOnlySpan<byte> Unknown => "Unknown Error Code"u8;

    /// <summary>One registered list for each library's range of 1024 codes.</summary>
    [InlineArray(SlotCount)]
    private struct Slots
    {
        private nint _first;
    }

    private static nint s_handler;
    private static void* s_handlerContext;
    private static Slots s_slots;

    /// <summary>Sets the calling thread's last error; always AWS_OP_ERR, so that a caller can return it.</summary>
    internal static int Raise(int code)
    {
        RaiseErrorPrivate(code);
        return AWS_OP_ERR;
    }

    /// <summary>Raises <paramref name="code"/> and gives the NULL that the caller returns.</summary>
    internal static void* RaiseNull(int code)
    {
        RaiseErrorPrivate(code);
        return null;
    }

    /// <summary>aws_last_error: the calling thread's latest error, zero if there was none.</summary>
    internal static int LastError() =>
        ExternalCommon.IsPresent ? ExternalCommon.Functions.LastError() : ThreadStorage.Current->LastError;

    /// <summary>Why a function of the program's has failed, which may have failed without raising anything.</summary>
    internal static int LastErrorOrUnknown()
    {
        int error = LastError();
        return error != AWS_ERROR_SUCCESS ? error : AWS_ERROR_UNKNOWN;
    }

    /// <summary>aws_reset_error: forgets the calling thread's error.</summary>
    internal static void ResetError()
    {
        if (ExternalCommon.IsPresent)
            ExternalCommon.Functions.ResetError();
        else
            ThreadStorage.Current->LastError = 0;
    }

    /// <summary>aws_restore_error: sets the calling thread's error; no handler is called.</summary>
    internal static void RestoreError(int err)
    {
        if (ExternalCommon.IsPresent)
            ExternalCommon.Functions.RestoreError(err);
        else
            ThreadStorage.Current->LastError = err;
    }

    /// <summary>
    /// aws_raise_error_private: sets the calling thread's error and calls the thread's handler, or else the process's.
    /// </summary>
    internal static void RaiseErrorPrivate(int err)
    {
        if (ExternalCommon.IsPresent)
        {
            ExternalCommon.Functions.RaiseError(err);
            return;
        }

        ThreadStorage* own = ThreadStorage.Current;
        own->LastError = err;
        if (own->ErrorHandler != 0)
            Call(own->ErrorHandler, err, own->ErrorHandlerContext);
        else if (s_handler != 0)
            Call(s_handler, err, s_handlerContext);
    }

    /// <summary>aws_set_global_error_handler_fn: returns the handler it replaces; NULL removes it.</summary>
    internal static aws_error_handler_fn SetGlobalErrorHandlerFn(aws_error_handler_fn handler, void* ctx)
    {
        if (ExternalCommon.IsPresent)
            return ExternalCommon.Functions.SetGlobalErrorHandler(handler, ctx);

        // A thread that raises meanwhile must not see the new handler with the old context.
        nint old = Interlocked.Exchange(ref s_handler, 0);
        s_handlerContext = ctx;
        Volatile.Write(ref s_handler, (nint)handler);
        return (aws_error_handler_fn)old;
    }

    /// <summary>aws_set_thread_local_error_handler_fn: the same for the calling thread only.</summary>
    internal static aws_error_handler_fn SetThreadLocalErrorHandlerFn(aws_error_handler_fn handler, void* ctx)
    {
        if (ExternalCommon.IsPresent)
            return ExternalCommon.Functions.SetThreadErrorHandler(handler, ctx);

        ThreadStorage* own = ThreadStorage.Current;
        nint old = own->ErrorHandler;
        own->ErrorHandler = (nint)handler;
        own->ErrorHandlerContext = ctx;
        return (aws_error_handler_fn)old;
    }

    /// <summary>aws_error_str: a description in English; never NULL.</summary>
    internal static byte* ErrorStr(int err)
    {
        if (ExternalCommon.IsPresent)
            return ExternalCommon.Functions.ErrorStr(err);

        aws_error_info* info = Find(err);
        return info != null ? info->error_str : Literal.Of(Unknown);
    }

    /// <summary>aws_error_name: the constant's name; never NULL.</summary>
    internal static byte* ErrorName(int err)
    {
        if (ExternalCommon.IsPresent)
            return ExternalCommon.Functions.ErrorName(err);

        aws_error_info* info = Find(err);
        return info != null ? info->literal_name : Literal.Of(Unknown);
    }

    /// <summary>aws_error_lib_name: the name of the library that owns the code; never NULL.</summary>
    internal static byte* ErrorLibName(int err)
    {
        if (ExternalCommon.IsPresent)
            return ExternalCommon.Functions.ErrorLibName(err);

        aws_error_info* info = Find(err);
        return info != null ? info->lib_name : Literal.Of(Unknown);
    }

    /// <summary>aws_error_debug_str: library, name and description in one string; never NULL.</summary>
    internal static byte* ErrorDebugStr(int err)
    {
        if (ExternalCommon.IsPresent)
            return ExternalCommon.Functions.ErrorDebugStr(err);

        aws_error_info* info = Find(err);
        return info != null ? info->formatted_name : Literal.Of(Unknown);
    }

    /// <summary>
    /// aws_register_error_info: the list must stay where it is until it is unregistered. A second list for the same
    /// range takes the first one's place.
    /// </summary>
    internal static void RegisterErrorInfo(aws_error_info_list* error_info)
    {
        ref nint slot = ref Slot(error_info);
        if (ExternalCommon.IsPresent)
            ExternalCommon.Functions.RegisterErrors(error_info);
        else
            Volatile.Write(ref slot, (nint)error_info);
    }

    /// <summary>aws_unregister_error_info: does nothing if another list has taken the place of this one.</summary>
    internal static void UnregisterErrorInfo(aws_error_info_list* error_info)
    {
        ref nint slot = ref Slot(error_info);
        if (!ExternalCommon.IsPresent)
        {
            Interlocked.CompareExchange(ref slot, 0, (nint)error_info);
            return;
        }

        // The external library may clear the range whoever holds it, so the holder is looked up by its first text.
        aws_error_info* first = &error_info->error_list[0];
        if (ExternalCommon.Functions.ErrorStr(first->error_code) == first->error_str)
            ExternalCommon.Functions.UnregisterErrors(error_info);
    }

    /// <summary>aws_translate_and_raise_io_error: raises what an errno of a file or descriptor call means.</summary>
    internal static int TranslateAndRaiseIoError(int error_no) =>
        TranslateAndRaiseIoErrorOr(error_no, AWS_ERROR_SYS_CALL_FAILURE);

    /// <summary>aws_translate_and_raise_io_error_or: the same with a code for what has no translation.</summary>
    internal static int TranslateAndRaiseIoErrorOr(int error_no, int fallback_aws_error_code) =>
        Raise(Platform.OsErrors.OfFile(error_no, fallback_aws_error_code));

    private static void Call(nint handler, int err, void* context) => ((aws_error_handler_fn)handler)(err, context);

    private static aws_error_info* Find(int err)
    {
        uint slot = (uint)err >> SlotBits;
        if (slot >= SlotCount)
            return null;

        aws_error_info_list* list = (aws_error_info_list*)Volatile.Read(ref s_slots[(int)slot]);
        int index = err & ((1 << SlotBits) - 1);
        return list != null && index < list->count ? &list->error_list[index] : null;
    }

    private static ref nint Slot(aws_error_info_list* list)
    {
        if (list == null || list->error_list == null || list->count == 0)
            Fatal.Stop("an empty list of errors was registered"u8);

        uint slot = (uint)list->error_list[0].error_code >> SlotBits;
        if (slot >= SlotCount)
            Fatal.Stop("a list of errors lies outside the range of error codes"u8);

        return ref s_slots[(int)slot];
    }
}
