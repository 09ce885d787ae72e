// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/error.h&gt;.</summary>
public static unsafe class Exports_common_error
{
    [UnmanagedCallersOnly(EntryPoint = "aws_last_error", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_last_error() => Errors.LastError();

    [UnmanagedCallersOnly(EntryPoint = "aws_error_str", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* aws_error_str(int err) => Errors.ErrorStr(err);

    [UnmanagedCallersOnly(EntryPoint = "aws_error_name", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* aws_error_name(int err) => Errors.ErrorName(err);

    [UnmanagedCallersOnly(EntryPoint = "aws_error_lib_name", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* aws_error_lib_name(int err) => Errors.ErrorLibName(err);

    [UnmanagedCallersOnly(EntryPoint = "aws_error_debug_str", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* aws_error_debug_str(int err) => Errors.ErrorDebugStr(err);

    [UnmanagedCallersOnly(EntryPoint = "aws_raise_error_private", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_raise_error_private(int err) => Errors.RaiseErrorPrivate(err);

    [UnmanagedCallersOnly(EntryPoint = "aws_reset_error", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_reset_error() => Errors.ResetError();

    [UnmanagedCallersOnly(EntryPoint = "aws_restore_error", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_restore_error(int err) => Errors.RestoreError(err);

    [UnmanagedCallersOnly(EntryPoint = "aws_set_global_error_handler_fn", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_error_handler_fn aws_set_global_error_handler_fn(aws_error_handler_fn handler, void* ctx) => Errors.SetGlobalErrorHandlerFn(handler, ctx);

    [UnmanagedCallersOnly(EntryPoint = "aws_set_thread_local_error_handler_fn", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_error_handler_fn aws_set_thread_local_error_handler_fn(aws_error_handler_fn handler, void* ctx) => Errors.SetThreadLocalErrorHandlerFn(handler, ctx);

    [UnmanagedCallersOnly(EntryPoint = "aws_register_error_info", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_register_error_info(aws_error_info_list* error_info) => Errors.RegisterErrorInfo(error_info);

    [UnmanagedCallersOnly(EntryPoint = "aws_unregister_error_info", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_unregister_error_info(aws_error_info_list* error_info) => Errors.UnregisterErrorInfo(error_info);

    [UnmanagedCallersOnly(EntryPoint = "aws_translate_and_raise_io_error_or", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_translate_and_raise_io_error_or(int error_no, int fallback_aws_error_code) => Errors.TranslateAndRaiseIoErrorOr(error_no, fallback_aws_error_code);

    [UnmanagedCallersOnly(EntryPoint = "aws_translate_and_raise_io_error", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_translate_and_raise_io_error(int error_no) => Errors.TranslateAndRaiseIoError(error_no);
}
