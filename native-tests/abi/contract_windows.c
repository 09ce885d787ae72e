/* SPDX-License-Identifier: Apache-2.0 */
/* The facts of the ABI that are others on Windows than in contract_*.c, for 64-bit processors: each line is an
 * assertion. windows_contract.py says which of those do not hold there. */
#include <aws/common/condition_variable.h>
#include <aws/common/date_time.h>
#include <aws/common/file.h>
#include <aws/common/mutex.h>
#include <aws/common/platform.h>
#include <aws/common/rw_lock.h>
#include <aws/common/thread.h>
#include <aws/io/event_loop.h>
#include <aws/io/pipe.h>
#include <aws/io/private/event_loop_impl.h>
#include <aws/io/private/tls_channel_handler_private.h>
#include <aws/io/socket.h>
#include <aws/io/tls_channel_handler.h>

#include <stddef.h>

#define IS(fact) _Static_assert(fact, #fact)
#define FIELD(type, field, offset, size)                                                                               \
    IS(offsetof(type, field) == (offset));                                                                             \
    IS(sizeof(((type *)0)->field) == (size))
#define FUNCTION(name, type) IS(__builtin_types_compatible_p(__typeof__(name), type))

#if !defined(AWS_OS_WINDOWS) || !defined(AWS_OS_WINDOWS_DESKTOP) || defined(AWS_OS_LINUX)
#    error "AWS_OS_WINDOWS and AWS_OS_WINDOWS_DESKTOP say what system this is"
#endif
#if !defined(AWS_ENABLE_IO_COMPLETION_PORTS)
#    error "users of the library have AWS_ENABLE_IO_COMPLETION_PORTS"
#endif

/* Threads. */
IS(sizeof(aws_thread_id_t) == 4);
IS(__builtin_types_compatible_p(aws_thread_id_t, unsigned long));
IS(AWS_THREAD_ID_T_REPR_BUFSZ == 9);
IS(sizeof(aws_thread_once) == 8);
IS(_Alignof(aws_thread_once) == 8);
FIELD(aws_thread_once, ptr, 0, 8);
FIELD(struct aws_thread, allocator, 0, 8);
FIELD(struct aws_thread, detach_state, 8, 4);
FIELD(struct aws_thread, thread_handle, 16, 8);
FIELD(struct aws_thread, thread_id, 24, 4);
IS(__builtin_types_compatible_p(__typeof__(((struct aws_thread *)0)->thread_handle), void *));
IS(sizeof(struct aws_thread) == 32);

/* Locks. */
FIELD(struct aws_mutex, mutex_handle, 0, 8);
FIELD(struct aws_mutex, initialized, 8, 1);
IS(__builtin_types_compatible_p(__typeof__(((struct aws_mutex *)0)->mutex_handle), void *));
IS(sizeof(struct aws_mutex) == 16);
FIELD(struct aws_condition_variable, condition_handle, 0, 8);
FIELD(struct aws_condition_variable, initialized, 8, 1);
IS(__builtin_types_compatible_p(__typeof__(((struct aws_condition_variable *)0)->condition_handle), void *));
IS(sizeof(struct aws_condition_variable) == 16);
FIELD(struct aws_rw_lock, lock_handle, 0, 8);
IS(sizeof(struct aws_rw_lock) == 8);

/* Time: struct tm has nine fields, and time_t 64 bits. */
IS(sizeof(time_t) == 8);
FIELD(struct aws_date_time, timestamp, 0, 8);
FIELD(struct aws_date_time, milliseconds, 8, 2);
FIELD(struct aws_date_time, tz, 10, 6);
FIELD(struct aws_date_time, gmt_time, 16, 36);
FIELD(struct aws_date_time, local_time, 52, 36);
FIELD(struct aws_date_time, utc_assumed, 88, 1);
IS(sizeof(struct aws_date_time) == 96);

/* Paths. */
IS(AWS_PATH_DELIM == '\\');
IS(sizeof(AWS_PATH_DELIM_STR) == 2 && __builtin_strcmp(AWS_PATH_DELIM_STR, "\\") == 0);

/* Sockets. */
IS(AWS_ADDRESS_MAX_LEN == 256);
FIELD(struct aws_socket_endpoint, address, 0, 256);
FIELD(struct aws_socket_endpoint, port, 256, 4);
IS(sizeof(struct aws_socket_endpoint) == 260);
FIELD(struct aws_socket, vtable, 0, 8);
FIELD(struct aws_socket, allocator, 8, 8);
FIELD(struct aws_socket, local_endpoint, 16, 260);
FIELD(struct aws_socket, remote_endpoint, 276, 260);
FIELD(struct aws_socket, options, 536, 44);
FIELD(struct aws_socket, io_handle, 584, 24);
FIELD(struct aws_socket, event_loop, 608, 8);
FIELD(struct aws_socket, handler, 616, 8);
FIELD(struct aws_socket, state, 624, 4);
FIELD(struct aws_socket, readable_fn, 632, 8);
FIELD(struct aws_socket, readable_user_data, 640, 8);
FIELD(struct aws_socket, connection_result_fn, 648, 8);
FIELD(struct aws_socket, accept_result_fn, 656, 8);
FIELD(struct aws_socket, connect_accept_user_data, 664, 8);
FIELD(struct aws_socket, impl, 672, 8);
IS(sizeof(struct aws_socket) == 680);
FIELD(struct aws_io_handle, data.handle, 0, 8);

/* TLS. */
FIELD(struct aws_tls_ctx_options, certificate, 64, 32);
FIELD(struct aws_tls_ctx_options, system_certificate_path, 96, 8);
FIELD(struct aws_tls_ctx_options, private_key, 104, 32);
FIELD(struct aws_tls_ctx_options, max_fragment_size, 136, 8);
FIELD(struct aws_tls_ctx_options, verify_peer, 144, 1);
FIELD(struct aws_tls_ctx_options, ctx_options_extension, 152, 8);
FIELD(struct aws_tls_ctx_options, custom_key_op_handler, 160, 8);
FIELD(struct aws_tls_ctx_options, no_certificate_revocation, 168, 1);
IS(sizeof(struct aws_tls_ctx_options) == 176);

/* Wide characters. */
IS(sizeof(wchar_t) == 2);
FUNCTION(aws_string_convert_to_wstring, struct aws_wstring *(struct aws_allocator *, const struct aws_string *));
FUNCTION(
    aws_string_convert_to_wchar_from_byte_cursor,
    struct aws_wstring *(struct aws_allocator *, const struct aws_byte_cursor *));
FUNCTION(aws_string_convert_from_wchar_str, struct aws_string *(struct aws_allocator *, const struct aws_wstring *));
FUNCTION(
    aws_string_convert_from_wchar_byte_cursor,
    struct aws_string *(struct aws_allocator *, const struct aws_byte_cursor *));
FUNCTION(aws_string_convert_from_wchar_c_str, struct aws_string *(struct aws_allocator *, const wchar_t *));
FUNCTION(aws_wstring_new_from_cursor, struct aws_wstring *(struct aws_allocator *, const struct aws_byte_cursor *));
FUNCTION(aws_wstring_new_from_array, struct aws_wstring *(struct aws_allocator *, const wchar_t *, size_t));
FUNCTION(aws_wstring_destroy, void(struct aws_wstring *));
FUNCTION(aws_wstring_c_str, const wchar_t *(const struct aws_wstring *));
FUNCTION(aws_wstring_num_chars, size_t(const struct aws_wstring *));
FUNCTION(aws_wstring_size_bytes, size_t(const struct aws_wstring *));
FUNCTION(aws_wstring_is_valid, bool(const struct aws_wstring *));

/* Completion ports. */
IS(sizeof(struct aws_win32_OVERLAPPED) == 32);
FIELD(struct aws_overlapped, overlapped, 0, 32);
FIELD(struct aws_overlapped, on_completion, 32, 8);
FIELD(struct aws_overlapped, user_data, 40, 8);
IS(sizeof(struct aws_overlapped) == 48);
FUNCTION(aws_event_loop_connect_handle_to_io_completion_port, int(struct aws_event_loop *, struct aws_io_handle *));
FUNCTION(aws_overlapped_init, void(struct aws_overlapped *, aws_event_loop_on_completion_fn *, void *));
FUNCTION(aws_overlapped_reset, void(struct aws_overlapped *));
FUNCTION(aws_overlapped_to_windows_overlapped, struct _OVERLAPPED *(struct aws_overlapped *));
FUNCTION(aws_pipe_get_unique_name, int(char *, size_t));
FUNCTION(aws_windows_force_schannel_creds, void(bool));

/* The image of the system's struct, which windows.h has. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
IS(sizeof(OVERLAPPED) == sizeof(struct aws_win32_OVERLAPPED));
IS(offsetof(OVERLAPPED, Offset) == offsetof(struct aws_win32_OVERLAPPED, u));
IS(offsetof(OVERLAPPED, hEvent) == offsetof(struct aws_win32_OVERLAPPED, hEvent));
IS(sizeof(SRWLOCK) == sizeof(((struct aws_mutex *)0)->mutex_handle));
IS(sizeof(CONDITION_VARIABLE) == sizeof(((struct aws_condition_variable *)0)->condition_handle));
IS(sizeof(INIT_ONCE) == sizeof(aws_thread_once));
