// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Futures;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/future.h&gt;.</summary>
public static unsafe class Exports_io_future
{
    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_new_by_value", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_impl* aws_future_impl_new_by_value(aws_allocator* alloc, nuint sizeof_result) => Future.NewByValue(alloc, sizeof_result);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_new_by_value_with_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_impl* aws_future_impl_new_by_value_with_clean_up(aws_allocator* alloc, nuint sizeof_result, aws_future_impl_result_clean_up_fn result_clean_up) => Future.NewByValueWithCleanUp(alloc, sizeof_result, result_clean_up);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_new_pointer", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_impl* aws_future_impl_new_pointer(aws_allocator* alloc) => Future.NewPointer(alloc);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_new_pointer_with_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_impl* aws_future_impl_new_pointer_with_destroy(aws_allocator* alloc, aws_future_impl_result_destroy_fn result_destroy) => Future.NewPointerWithDestroy(alloc, result_destroy);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_new_pointer_with_release", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_impl* aws_future_impl_new_pointer_with_release(aws_allocator* alloc, aws_future_impl_result_release_fn result_release) => Future.NewPointerWithRelease(alloc, result_release);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_release", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_impl* aws_future_impl_release(aws_future_impl* promise) => Future.Release(promise);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_impl* aws_future_impl_acquire(aws_future_impl* promise) => Future.Acquire(promise);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_set_error", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_impl_set_error(aws_future_impl* promise, int error_code) => Future.SetError(promise, error_code);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_set_result_by_move", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_impl_set_result_by_move(aws_future_impl* promise, void* src_address) => Future.SetResultByMove(promise, src_address);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_is_done", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_future_impl_is_done(aws_future_impl* future) => Future.IsDone(future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_register_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_impl_register_callback(aws_future_impl* future, aws_future_callback_fn on_done, void* user_data) => Future.RegisterCallback(future, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_register_callback_if_not_done", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_future_impl_register_callback_if_not_done(aws_future_impl* future, aws_future_callback_fn on_done, void* user_data) => Future.RegisterCallbackIfNotDone(future, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_register_event_loop_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_impl_register_event_loop_callback(aws_future_impl* future, aws_event_loop* event_loop, aws_future_callback_fn on_done, void* user_data) => Future.RegisterEventLoopCallback(future, event_loop, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_register_channel_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_impl_register_channel_callback(aws_future_impl* future, aws_channel* channel, aws_future_callback_fn on_done, void* user_data) => Future.RegisterChannelCallback(future, channel, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_wait", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_future_impl_wait(aws_future_impl* future, ulong timeout_ns) => Future.Wait(future, timeout_ns);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_get_error", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_future_impl_get_error(aws_future_impl* future) => Future.GetError(future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_get_result_address", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_future_impl_get_result_address(aws_future_impl* future) => Future.GetResultAddress(future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_impl_get_result_by_move", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_impl_get_result_by_move(aws_future_impl* future, void* dst_address) => Future.GetResultByMove(future, dst_address);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_size_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_size* aws_future_size_new(aws_allocator* alloc) => FutureSize.New(alloc);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_size_set_result", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_size_set_result(aws_future_size* future, nuint result) => FutureSize.SetResult(future, result);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_size_get_result", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_future_size_get_result(aws_future_size* future) => FutureSize.GetResult(future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_size_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_size* aws_future_size_acquire(aws_future_size* future) => (aws_future_size*)Future.Acquire((aws_future_impl*)future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_size_release", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_size* aws_future_size_release(aws_future_size* future) => (aws_future_size*)Future.Release((aws_future_impl*)future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_size_set_error", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_size_set_error(aws_future_size* future, int error_code) => Future.SetError((aws_future_impl*)future, error_code);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_size_is_done", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_future_size_is_done(aws_future_size* future) => Future.IsDone((aws_future_impl*)future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_size_get_error", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_future_size_get_error(aws_future_size* future) => Future.GetError((aws_future_impl*)future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_size_register_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_size_register_callback(aws_future_size* future, aws_future_callback_fn on_done, void* user_data) => Future.RegisterCallback((aws_future_impl*)future, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_size_register_callback_if_not_done", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_future_size_register_callback_if_not_done(aws_future_size* future, aws_future_callback_fn on_done, void* user_data) => Future.RegisterCallbackIfNotDone((aws_future_impl*)future, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_size_register_event_loop_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_size_register_event_loop_callback(aws_future_size* future, aws_event_loop* event_loop, aws_future_callback_fn on_done, void* user_data) => Future.RegisterEventLoopCallback((aws_future_impl*)future, event_loop, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_size_register_channel_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_size_register_channel_callback(aws_future_size* future, aws_channel* channel, aws_future_callback_fn on_done, void* user_data) => Future.RegisterChannelCallback((aws_future_impl*)future, channel, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_size_wait", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_future_size_wait(aws_future_size* future, ulong timeout_ns) => Future.Wait((aws_future_impl*)future, timeout_ns);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_bool_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_bool* aws_future_bool_new(aws_allocator* alloc) => FutureBool.New(alloc);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_bool_set_result", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_bool_set_result(aws_future_bool* future, bool result) => FutureBool.SetResult(future, result);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_bool_get_result", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_future_bool_get_result(aws_future_bool* future) => FutureBool.GetResult(future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_bool_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_bool* aws_future_bool_acquire(aws_future_bool* future) => (aws_future_bool*)Future.Acquire((aws_future_impl*)future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_bool_release", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_bool* aws_future_bool_release(aws_future_bool* future) => (aws_future_bool*)Future.Release((aws_future_impl*)future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_bool_set_error", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_bool_set_error(aws_future_bool* future, int error_code) => Future.SetError((aws_future_impl*)future, error_code);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_bool_is_done", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_future_bool_is_done(aws_future_bool* future) => Future.IsDone((aws_future_impl*)future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_bool_get_error", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_future_bool_get_error(aws_future_bool* future) => Future.GetError((aws_future_impl*)future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_bool_register_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_bool_register_callback(aws_future_bool* future, aws_future_callback_fn on_done, void* user_data) => Future.RegisterCallback((aws_future_impl*)future, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_bool_register_callback_if_not_done", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_future_bool_register_callback_if_not_done(aws_future_bool* future, aws_future_callback_fn on_done, void* user_data) => Future.RegisterCallbackIfNotDone((aws_future_impl*)future, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_bool_register_event_loop_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_bool_register_event_loop_callback(aws_future_bool* future, aws_event_loop* event_loop, aws_future_callback_fn on_done, void* user_data) => Future.RegisterEventLoopCallback((aws_future_impl*)future, event_loop, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_bool_register_channel_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_bool_register_channel_callback(aws_future_bool* future, aws_channel* channel, aws_future_callback_fn on_done, void* user_data) => Future.RegisterChannelCallback((aws_future_impl*)future, channel, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_bool_wait", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_future_bool_wait(aws_future_bool* future, ulong timeout_ns) => Future.Wait((aws_future_impl*)future, timeout_ns);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_void_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_void* aws_future_void_new(aws_allocator* alloc) => FutureVoid.New(alloc);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_void_set_result", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_void_set_result(aws_future_void* future) => FutureVoid.SetResult(future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_void_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_void* aws_future_void_acquire(aws_future_void* future) => (aws_future_void*)Future.Acquire((aws_future_impl*)future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_void_release", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_void* aws_future_void_release(aws_future_void* future) => (aws_future_void*)Future.Release((aws_future_impl*)future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_void_set_error", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_void_set_error(aws_future_void* future, int error_code) => Future.SetError((aws_future_impl*)future, error_code);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_void_is_done", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_future_void_is_done(aws_future_void* future) => Future.IsDone((aws_future_impl*)future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_void_get_error", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_future_void_get_error(aws_future_void* future) => Future.GetError((aws_future_impl*)future);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_void_register_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_void_register_callback(aws_future_void* future, aws_future_callback_fn on_done, void* user_data) => Future.RegisterCallback((aws_future_impl*)future, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_void_register_callback_if_not_done", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_future_void_register_callback_if_not_done(aws_future_void* future, aws_future_callback_fn on_done, void* user_data) => Future.RegisterCallbackIfNotDone((aws_future_impl*)future, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_void_register_event_loop_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_void_register_event_loop_callback(aws_future_void* future, aws_event_loop* event_loop, aws_future_callback_fn on_done, void* user_data) => Future.RegisterEventLoopCallback((aws_future_impl*)future, event_loop, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_void_register_channel_callback", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_future_void_register_channel_callback(aws_future_void* future, aws_channel* channel, aws_future_callback_fn on_done, void* user_data) => Future.RegisterChannelCallback((aws_future_impl*)future, channel, on_done, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_future_void_wait", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_future_void_wait(aws_future_void* future, ulong timeout_ns) => Future.Wait((aws_future_impl*)future, timeout_ns);
}
