// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Errors
{
    /// <summary>aws_last_error</summary>
    internal static int LastError() => throw new System.NotImplementedException();

    /// <summary>aws_error_str</summary>
    internal static byte* ErrorStr(int err) => throw new System.NotImplementedException();

    /// <summary>aws_error_name</summary>
    internal static byte* ErrorName(int err) => throw new System.NotImplementedException();

    /// <summary>aws_error_lib_name</summary>
    internal static byte* ErrorLibName(int err) => throw new System.NotImplementedException();

    /// <summary>aws_error_debug_str</summary>
    internal static byte* ErrorDebugStr(int err) => throw new System.NotImplementedException();

    /// <summary>aws_raise_error_private</summary>
    internal static void RaiseErrorPrivate(int err) => throw new System.NotImplementedException();

    /// <summary>aws_reset_error</summary>
    internal static void ResetError() => throw new System.NotImplementedException();

    /// <summary>aws_restore_error</summary>
    internal static void RestoreError(int err) => throw new System.NotImplementedException();

    /// <summary>aws_set_global_error_handler_fn</summary>
    internal static aws_error_handler_fn SetGlobalErrorHandlerFn(aws_error_handler_fn handler, void* ctx) => throw new System.NotImplementedException();

    /// <summary>aws_set_thread_local_error_handler_fn</summary>
    internal static aws_error_handler_fn SetThreadLocalErrorHandlerFn(aws_error_handler_fn handler, void* ctx) => throw new System.NotImplementedException();

    /// <summary>aws_register_error_info</summary>
    internal static void RegisterErrorInfo(aws_error_info_list* error_info) => throw new System.NotImplementedException();

    /// <summary>aws_unregister_error_info</summary>
    internal static void UnregisterErrorInfo(aws_error_info_list* error_info) => throw new System.NotImplementedException();

    /// <summary>aws_translate_and_raise_io_error_or</summary>
    internal static int TranslateAndRaiseIoErrorOr(int error_no, int fallback_aws_error_code) => throw new System.NotImplementedException();

    /// <summary>aws_translate_and_raise_io_error</summary>
    internal static int TranslateAndRaiseIoError(int error_no) => throw new System.NotImplementedException();

    /// <summary>Sets the calling thread's last error; always AWS_OP_ERR, so that a caller can return it.</summary>
    internal static int Raise(int code)
    {
        RaiseErrorPrivate(code);
        return AWS_OP_ERR;
    }
}
