/* SPDX-License-Identifier: Apache-2.0 */
/* The ABI of the header group "testing" as facts: each line is an assertion. Generated; not edited by hand. */
#if !defined(ABI_CHECK_ANY_PLATFORM) && !(defined(__linux__) && defined(__x86_64__) && defined(__LP64__))
#    error "the contract holds the Linux x86-64 layout; define ABI_CHECK_ANY_PLATFORM to try anyway"
#endif
#ifndef _GNU_SOURCE
#    define _GNU_SOURCE 1
#endif
#ifndef AWS_UNSTABLE_TESTING_API
#    define AWS_UNSTABLE_TESTING_API 1
#endif
#ifndef INTEL_NO_ITTNOTIFY_API
#    define INTEL_NO_ITTNOTIFY_API 1
#endif
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-variable"
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <aws/testing/async_stream_tester.h>
#include <aws/testing/aws_test_harness.h>
#include <aws/testing/io_testing_channel.h>
#include <aws/testing/stream_tester.h>

/* aws/testing/async_stream_tester.h */
_Static_assert(sizeof(enum aws_async_read_completion_strategy) == 4, "size of enum aws_async_read_completion_strategy is 4");
_Static_assert(((long long)(enum aws_async_read_completion_strategy)-1 < 0) == 0, "enum aws_async_read_completion_strategy is unsigned");
_Static_assert((long long)(AWS_ASYNC_READ_COMPLETES_ON_ANOTHER_THREAD) == 0LL, "AWS_ASYNC_READ_COMPLETES_ON_ANOTHER_THREAD is 0");
_Static_assert((long long)(AWS_ASYNC_READ_COMPLETES_IMMEDIATELY) == 1LL, "AWS_ASYNC_READ_COMPLETES_IMMEDIATELY is 1");
_Static_assert((long long)(AWS_ASYNC_READ_COMPLETES_ON_RANDOM_THREAD) == 2LL, "AWS_ASYNC_READ_COMPLETES_ON_RANDOM_THREAD is 2");
_Static_assert(sizeof(struct aws_async_input_stream_tester_options) == 96, "size of struct aws_async_input_stream_tester_options is 96");
_Static_assert(_Alignof(struct aws_async_input_stream_tester_options) == 8, "alignment of struct aws_async_input_stream_tester_options is 8");
_Static_assert(offsetof(struct aws_async_input_stream_tester_options, base) == 0, "offset of struct aws_async_input_stream_tester_options.base is 0");
_Static_assert(sizeof(((struct aws_async_input_stream_tester_options *)0)->base) == 80, "size of struct aws_async_input_stream_tester_options.base is 80");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_async_input_stream_tester_options *)0)->base), struct aws_input_stream_tester_options), "type of struct aws_async_input_stream_tester_options.base is struct aws_input_stream_tester_options");
_Static_assert(offsetof(struct aws_async_input_stream_tester_options, completion_strategy) == 80, "offset of struct aws_async_input_stream_tester_options.completion_strategy is 80");
_Static_assert(sizeof(((struct aws_async_input_stream_tester_options *)0)->completion_strategy) == 4, "size of struct aws_async_input_stream_tester_options.completion_strategy is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_async_input_stream_tester_options *)0)->completion_strategy), enum aws_async_read_completion_strategy), "type of struct aws_async_input_stream_tester_options.completion_strategy is enum aws_async_read_completion_strategy");
_Static_assert(offsetof(struct aws_async_input_stream_tester_options, read_duration_ns) == 88, "offset of struct aws_async_input_stream_tester_options.read_duration_ns is 88");
_Static_assert(sizeof(((struct aws_async_input_stream_tester_options *)0)->read_duration_ns) == 8, "size of struct aws_async_input_stream_tester_options.read_duration_ns is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_async_input_stream_tester_options *)0)->read_duration_ns), uint64_t), "type of struct aws_async_input_stream_tester_options.read_duration_ns is uint64_t");
_Static_assert(sizeof(struct aws_async_input_stream_tester) == 320, "size of struct aws_async_input_stream_tester is 320");
_Static_assert(_Alignof(struct aws_async_input_stream_tester) == 8, "alignment of struct aws_async_input_stream_tester is 8");
_Static_assert(offsetof(struct aws_async_input_stream_tester, base) == 0, "offset of struct aws_async_input_stream_tester.base is 0");
_Static_assert(sizeof(((struct aws_async_input_stream_tester *)0)->base) == 48, "size of struct aws_async_input_stream_tester.base is 48");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_async_input_stream_tester *)0)->base), struct aws_async_input_stream), "type of struct aws_async_input_stream_tester.base is struct aws_async_input_stream");
_Static_assert(offsetof(struct aws_async_input_stream_tester, alloc) == 48, "offset of struct aws_async_input_stream_tester.alloc is 48");
_Static_assert(sizeof(((struct aws_async_input_stream_tester *)0)->alloc) == 8, "size of struct aws_async_input_stream_tester.alloc is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_async_input_stream_tester *)0)->alloc), struct aws_allocator *), "type of struct aws_async_input_stream_tester.alloc is struct aws_allocator *");
_Static_assert(offsetof(struct aws_async_input_stream_tester, options) == 56, "offset of struct aws_async_input_stream_tester.options is 56");
_Static_assert(sizeof(((struct aws_async_input_stream_tester *)0)->options) == 96, "size of struct aws_async_input_stream_tester.options is 96");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_async_input_stream_tester *)0)->options), struct aws_async_input_stream_tester_options), "type of struct aws_async_input_stream_tester.options is struct aws_async_input_stream_tester_options");
_Static_assert(offsetof(struct aws_async_input_stream_tester, source_stream) == 152, "offset of struct aws_async_input_stream_tester.source_stream is 152");
_Static_assert(sizeof(((struct aws_async_input_stream_tester *)0)->source_stream) == 8, "size of struct aws_async_input_stream_tester.source_stream is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_async_input_stream_tester *)0)->source_stream), struct aws_input_stream *), "type of struct aws_async_input_stream_tester.source_stream is struct aws_input_stream *");
_Static_assert(offsetof(struct aws_async_input_stream_tester, thread) == 160, "offset of struct aws_async_input_stream_tester.thread is 160");
_Static_assert(sizeof(((struct aws_async_input_stream_tester *)0)->thread) == 24, "size of struct aws_async_input_stream_tester.thread is 24");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_async_input_stream_tester *)0)->thread), struct aws_thread), "type of struct aws_async_input_stream_tester.thread is struct aws_thread");
_Static_assert(offsetof(struct aws_async_input_stream_tester, synced_data) == 184, "offset of struct aws_async_input_stream_tester.synced_data is 184");
_Static_assert(sizeof(((struct aws_async_input_stream_tester *)0)->synced_data) == 128, "size of struct aws_async_input_stream_tester.synced_data is 128");
_Static_assert(_Alignof(__typeof__(((struct aws_async_input_stream_tester *)0)->synced_data)) == 8, "alignment of struct aws_async_input_stream_tester.synced_data is 8");
_Static_assert(offsetof(struct aws_async_input_stream_tester, synced_data.lock) == 184, "offset of struct aws_async_input_stream_tester.synced_data.lock is 184");
_Static_assert(sizeof(((struct aws_async_input_stream_tester *)0)->synced_data.lock) == 48, "size of struct aws_async_input_stream_tester.synced_data.lock is 48");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_async_input_stream_tester *)0)->synced_data.lock), struct aws_mutex), "type of struct aws_async_input_stream_tester.synced_data.lock is struct aws_mutex");
_Static_assert(offsetof(struct aws_async_input_stream_tester, synced_data.cvar) == 232, "offset of struct aws_async_input_stream_tester.synced_data.cvar is 232");
_Static_assert(sizeof(((struct aws_async_input_stream_tester *)0)->synced_data.cvar) == 56, "size of struct aws_async_input_stream_tester.synced_data.cvar is 56");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_async_input_stream_tester *)0)->synced_data.cvar), struct aws_condition_variable), "type of struct aws_async_input_stream_tester.synced_data.cvar is struct aws_condition_variable");
_Static_assert(offsetof(struct aws_async_input_stream_tester, synced_data.read_dest) == 288, "offset of struct aws_async_input_stream_tester.synced_data.read_dest is 288");
_Static_assert(sizeof(((struct aws_async_input_stream_tester *)0)->synced_data.read_dest) == 8, "size of struct aws_async_input_stream_tester.synced_data.read_dest is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_async_input_stream_tester *)0)->synced_data.read_dest), struct aws_byte_buf *), "type of struct aws_async_input_stream_tester.synced_data.read_dest is struct aws_byte_buf *");
_Static_assert(offsetof(struct aws_async_input_stream_tester, synced_data.read_future) == 296, "offset of struct aws_async_input_stream_tester.synced_data.read_future is 296");
_Static_assert(sizeof(((struct aws_async_input_stream_tester *)0)->synced_data.read_future) == 8, "size of struct aws_async_input_stream_tester.synced_data.read_future is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_async_input_stream_tester *)0)->synced_data.read_future), struct aws_future_bool *), "type of struct aws_async_input_stream_tester.synced_data.read_future is struct aws_future_bool *");
_Static_assert(offsetof(struct aws_async_input_stream_tester, synced_data.do_shutdown) == 304, "offset of struct aws_async_input_stream_tester.synced_data.do_shutdown is 304");
_Static_assert(sizeof(((struct aws_async_input_stream_tester *)0)->synced_data.do_shutdown) == 1, "size of struct aws_async_input_stream_tester.synced_data.do_shutdown is 1");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_async_input_stream_tester *)0)->synced_data.do_shutdown), bool), "type of struct aws_async_input_stream_tester.synced_data.do_shutdown is bool");
_Static_assert(offsetof(struct aws_async_input_stream_tester, num_outstanding_reads) == 312, "offset of struct aws_async_input_stream_tester.num_outstanding_reads is 312");
_Static_assert(sizeof(((struct aws_async_input_stream_tester *)0)->num_outstanding_reads) == 8, "size of struct aws_async_input_stream_tester.num_outstanding_reads is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_async_input_stream_tester *)0)->num_outstanding_reads), struct aws_atomic_var), "type of struct aws_async_input_stream_tester.num_outstanding_reads is struct aws_atomic_var");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_async_input_stream_tester_total_bytes_read), uint64_t (const struct aws_async_input_stream *)), "aws_async_input_stream_tester_total_bytes_read is uint64_t (const struct aws_async_input_stream *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_async_input_stream_new_tester), struct aws_async_input_stream * (struct aws_allocator *, const struct aws_async_input_stream_tester_options *)), "aws_async_input_stream_new_tester is struct aws_async_input_stream * (struct aws_allocator *, const struct aws_async_input_stream_tester_options *)");

/* aws/testing/aws_test_harness.h */
_Static_assert((long long)(AWS_OP_SKIP) == (long long)(-2LL), "AWS_OP_SKIP is -2");
#ifndef AWS_TESTING_REPORT_FD
#    error "macro AWS_TESTING_REPORT_FD is not defined"
#endif
#ifndef FAIL_PREFIX
#    error "macro FAIL_PREFIX is not defined"
#endif
_Static_assert(sizeof(FAIL_PREFIX) == 15 && __builtin_strcmp(FAIL_PREFIX, "***FAILURE*** ") == 0, "value of FAIL_PREFIX");
#ifndef CUNIT_FAILURE_MESSAGE
#    error "macro CUNIT_FAILURE_MESSAGE is not defined"
#endif
_Static_assert((unsigned long long)(SUCCESS) == (unsigned long long)0LL, "SUCCESS is 0");
_Static_assert((long long)(FAILURE) == (long long)(-1LL), "FAILURE is -1");
_Static_assert((unsigned long long)(SKIP) == (unsigned long long)103LL, "SKIP is 103");
#ifndef RETURN_SUCCESS
#    error "macro RETURN_SUCCESS is not defined"
#endif
#ifndef PRINT_FAIL_INTERNAL
#    error "macro PRINT_FAIL_INTERNAL is not defined"
#endif
#ifndef PRINT_FAIL_INTERNAL0
#    error "macro PRINT_FAIL_INTERNAL0 is not defined"
#endif
#ifndef PRINT_FAIL_WITHOUT_LOCATION
#    error "macro PRINT_FAIL_WITHOUT_LOCATION is not defined"
#endif
#ifndef POSTFAIL_INTERNAL
#    error "macro POSTFAIL_INTERNAL is not defined"
#endif
#ifndef FAIL
#    error "macro FAIL is not defined"
#endif
#ifndef ASSERT_TRUE
#    error "macro ASSERT_TRUE is not defined"
#endif
#ifndef ASSERT_FALSE
#    error "macro ASSERT_FALSE is not defined"
#endif
#ifndef ASSERT_SUCCESS
#    error "macro ASSERT_SUCCESS is not defined"
#endif
#ifndef ASSERT_FAILS
#    error "macro ASSERT_FAILS is not defined"
#endif
#ifndef ASSERT_ERROR
#    error "macro ASSERT_ERROR is not defined"
#endif
#ifndef ASSERT_NULL
#    error "macro ASSERT_NULL is not defined"
#endif
#ifndef ASSERT_NOT_NULL
#    error "macro ASSERT_NOT_NULL is not defined"
#endif
#ifndef ASSERT_TYP_EQUALS
#    error "macro ASSERT_TYP_EQUALS is not defined"
#endif
#ifndef ASSERT_INT_EQUALS
#    error "macro ASSERT_INT_EQUALS is not defined"
#endif
#ifndef ASSERT_UINT_EQUALS
#    error "macro ASSERT_UINT_EQUALS is not defined"
#endif
#ifndef ASSERT_PTR_EQUALS
#    error "macro ASSERT_PTR_EQUALS is not defined"
#endif
#ifndef ASSERT_BYTE_HEX_EQUALS
#    error "macro ASSERT_BYTE_HEX_EQUALS is not defined"
#endif
#ifndef ASSERT_HEX_EQUALS
#    error "macro ASSERT_HEX_EQUALS is not defined"
#endif
#ifndef ASSERT_STR_EQUALS
#    error "macro ASSERT_STR_EQUALS is not defined"
#endif
#ifndef ASSERT_BIN_ARRAYS_EQUALS
#    error "macro ASSERT_BIN_ARRAYS_EQUALS is not defined"
#endif
#ifndef ASSERT_CURSOR_VALUE_CSTRING_EQUALS
#    error "macro ASSERT_CURSOR_VALUE_CSTRING_EQUALS is not defined"
#endif
#ifndef ASSERT_CURSOR_VALUE_STRING_EQUALS
#    error "macro ASSERT_CURSOR_VALUE_STRING_EQUALS is not defined"
#endif
#ifndef AWS_TEST_CASE_SUPRESSION
#    error "macro AWS_TEST_CASE_SUPRESSION is not defined"
#endif
#ifndef AWS_TEST_CASE_FIXTURE_SUPPRESSION
#    error "macro AWS_TEST_CASE_FIXTURE_SUPPRESSION is not defined"
#endif
#ifndef AWS_TEST_CASE
#    error "macro AWS_TEST_CASE is not defined"
#endif
#ifndef AWS_TEST_CASE_FIXTURE
#    error "macro AWS_TEST_CASE_FIXTURE is not defined"
#endif
_Static_assert(__builtin_types_compatible_p(aws_test_before_fn, int (struct aws_allocator *, void *)), "aws_test_before_fn is int (struct aws_allocator *, void *)");
_Static_assert(__builtin_types_compatible_p(aws_test_before_fn, int (struct aws_allocator *, void *)), "signature of aws_test_before_fn");
_Static_assert(__builtin_types_compatible_p(aws_test_run_fn, int (struct aws_allocator *, void *)), "aws_test_run_fn is int (struct aws_allocator *, void *)");
_Static_assert(__builtin_types_compatible_p(aws_test_run_fn, int (struct aws_allocator *, void *)), "signature of aws_test_run_fn");
_Static_assert(__builtin_types_compatible_p(aws_test_after_fn, int (struct aws_allocator *, int, void *)), "aws_test_after_fn is int (struct aws_allocator *, int, void *)");
_Static_assert(__builtin_types_compatible_p(aws_test_after_fn, int (struct aws_allocator *, int, void *)), "signature of aws_test_after_fn");
_Static_assert(sizeof(struct aws_test_harness) == 48, "size of struct aws_test_harness is 48");
_Static_assert(_Alignof(struct aws_test_harness) == 8, "alignment of struct aws_test_harness is 8");
_Static_assert(offsetof(struct aws_test_harness, on_before) == 0, "offset of struct aws_test_harness.on_before is 0");
_Static_assert(sizeof(((struct aws_test_harness *)0)->on_before) == 8, "size of struct aws_test_harness.on_before is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_test_harness *)0)->on_before), aws_test_before_fn *), "type of struct aws_test_harness.on_before is aws_test_before_fn *");
_Static_assert(offsetof(struct aws_test_harness, run) == 8, "offset of struct aws_test_harness.run is 8");
_Static_assert(sizeof(((struct aws_test_harness *)0)->run) == 8, "size of struct aws_test_harness.run is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_test_harness *)0)->run), aws_test_run_fn *), "type of struct aws_test_harness.run is aws_test_run_fn *");
_Static_assert(offsetof(struct aws_test_harness, on_after) == 16, "offset of struct aws_test_harness.on_after is 16");
_Static_assert(sizeof(((struct aws_test_harness *)0)->on_after) == 8, "size of struct aws_test_harness.on_after is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_test_harness *)0)->on_after), aws_test_after_fn *), "type of struct aws_test_harness.on_after is aws_test_after_fn *");
_Static_assert(offsetof(struct aws_test_harness, ctx) == 24, "offset of struct aws_test_harness.ctx is 24");
_Static_assert(sizeof(((struct aws_test_harness *)0)->ctx) == 8, "size of struct aws_test_harness.ctx is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_test_harness *)0)->ctx), void *), "type of struct aws_test_harness.ctx is void *");
_Static_assert(offsetof(struct aws_test_harness, test_name) == 32, "offset of struct aws_test_harness.test_name is 32");
_Static_assert(sizeof(((struct aws_test_harness *)0)->test_name) == 8, "size of struct aws_test_harness.test_name is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_test_harness *)0)->test_name), const char *), "type of struct aws_test_harness.test_name is const char *");
_Static_assert(offsetof(struct aws_test_harness, suppress_memcheck) == 40, "offset of struct aws_test_harness.suppress_memcheck is 40");
_Static_assert(sizeof(((struct aws_test_harness *)0)->suppress_memcheck) == 4, "size of struct aws_test_harness.suppress_memcheck is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_test_harness *)0)->suppress_memcheck), int), "type of struct aws_test_harness.suppress_memcheck is int");
_Static_assert(__builtin_types_compatible_p(__typeof__(enable_vt_mode), int (void)), "enable_vt_mode is int (void)");

/* aws/testing/io_testing_channel.h */
_Static_assert(__builtin_types_compatible_p(testing_channel_handler_on_shutdown_fn, void (enum aws_channel_direction, int, bool, void *)), "testing_channel_handler_on_shutdown_fn is void (enum aws_channel_direction, int, bool, void *)");
_Static_assert(__builtin_types_compatible_p(testing_channel_handler_on_shutdown_fn, void (enum aws_channel_direction, int, bool, void *)), "signature of testing_channel_handler_on_shutdown_fn");
_Static_assert(sizeof(struct testing_loop) == 176, "size of struct testing_loop is 176");
_Static_assert(_Alignof(struct testing_loop) == 8, "alignment of struct testing_loop is 8");
_Static_assert(offsetof(struct testing_loop, allocator) == 0, "offset of struct testing_loop.allocator is 0");
_Static_assert(sizeof(((struct testing_loop *)0)->allocator) == 8, "size of struct testing_loop.allocator is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_loop *)0)->allocator), struct aws_allocator *), "type of struct testing_loop.allocator is struct aws_allocator *");
_Static_assert(offsetof(struct testing_loop, scheduler) == 8, "offset of struct testing_loop.scheduler is 8");
_Static_assert(sizeof(((struct testing_loop *)0)->scheduler) == 160, "size of struct testing_loop.scheduler is 160");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_loop *)0)->scheduler), struct aws_task_scheduler), "type of struct testing_loop.scheduler is struct aws_task_scheduler");
_Static_assert(offsetof(struct testing_loop, mock_on_callers_thread) == 168, "offset of struct testing_loop.mock_on_callers_thread is 168");
_Static_assert(sizeof(((struct testing_loop *)0)->mock_on_callers_thread) == 1, "size of struct testing_loop.mock_on_callers_thread is 1");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_loop *)0)->mock_on_callers_thread), bool), "type of struct testing_loop.mock_on_callers_thread is bool");
_Static_assert(sizeof(struct testing_channel_handler) == 96, "size of struct testing_channel_handler is 96");
_Static_assert(_Alignof(struct testing_channel_handler) == 8, "alignment of struct testing_channel_handler is 8");
_Static_assert(offsetof(struct testing_channel_handler, messages) == 0, "offset of struct testing_channel_handler.messages is 0");
_Static_assert(sizeof(((struct testing_channel_handler *)0)->messages) == 32, "size of struct testing_channel_handler.messages is 32");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel_handler *)0)->messages), struct aws_linked_list), "type of struct testing_channel_handler.messages is struct aws_linked_list");
_Static_assert(offsetof(struct testing_channel_handler, latest_window_update) == 32, "offset of struct testing_channel_handler.latest_window_update is 32");
_Static_assert(sizeof(((struct testing_channel_handler *)0)->latest_window_update) == 8, "size of struct testing_channel_handler.latest_window_update is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel_handler *)0)->latest_window_update), size_t), "type of struct testing_channel_handler.latest_window_update is size_t");
_Static_assert(offsetof(struct testing_channel_handler, initial_window) == 40, "offset of struct testing_channel_handler.initial_window is 40");
_Static_assert(sizeof(((struct testing_channel_handler *)0)->initial_window) == 8, "size of struct testing_channel_handler.initial_window is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel_handler *)0)->initial_window), size_t), "type of struct testing_channel_handler.initial_window is size_t");
_Static_assert(offsetof(struct testing_channel_handler, complete_write_immediately) == 48, "offset of struct testing_channel_handler.complete_write_immediately is 48");
_Static_assert(sizeof(((struct testing_channel_handler *)0)->complete_write_immediately) == 1, "size of struct testing_channel_handler.complete_write_immediately is 1");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel_handler *)0)->complete_write_immediately), bool), "type of struct testing_channel_handler.complete_write_immediately is bool");
_Static_assert(offsetof(struct testing_channel_handler, complete_write_error_code) == 52, "offset of struct testing_channel_handler.complete_write_error_code is 52");
_Static_assert(sizeof(((struct testing_channel_handler *)0)->complete_write_error_code) == 4, "size of struct testing_channel_handler.complete_write_error_code is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel_handler *)0)->complete_write_error_code), int), "type of struct testing_channel_handler.complete_write_error_code is int");
_Static_assert(offsetof(struct testing_channel_handler, on_shutdown) == 56, "offset of struct testing_channel_handler.on_shutdown is 56");
_Static_assert(sizeof(((struct testing_channel_handler *)0)->on_shutdown) == 8, "size of struct testing_channel_handler.on_shutdown is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel_handler *)0)->on_shutdown), testing_channel_handler_on_shutdown_fn *), "type of struct testing_channel_handler.on_shutdown is testing_channel_handler_on_shutdown_fn *");
_Static_assert(offsetof(struct testing_channel_handler, on_shutdown_user_data) == 64, "offset of struct testing_channel_handler.on_shutdown_user_data is 64");
_Static_assert(sizeof(((struct testing_channel_handler *)0)->on_shutdown_user_data) == 8, "size of struct testing_channel_handler.on_shutdown_user_data is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel_handler *)0)->on_shutdown_user_data), void *), "type of struct testing_channel_handler.on_shutdown_user_data is void *");
_Static_assert(offsetof(struct testing_channel_handler, stats) == 72, "offset of struct testing_channel_handler.stats is 72");
_Static_assert(sizeof(((struct testing_channel_handler *)0)->stats) == 24, "size of struct testing_channel_handler.stats is 24");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel_handler *)0)->stats), struct aws_crt_statistics_socket), "type of struct testing_channel_handler.stats is struct aws_crt_statistics_socket");
_Static_assert(sizeof(struct testing_channel) == 80, "size of struct testing_channel is 80");
_Static_assert(_Alignof(struct testing_channel) == 8, "alignment of struct testing_channel is 8");
_Static_assert(offsetof(struct testing_channel, loop) == 0, "offset of struct testing_channel.loop is 0");
_Static_assert(sizeof(((struct testing_channel *)0)->loop) == 8, "size of struct testing_channel.loop is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel *)0)->loop), struct aws_event_loop *), "type of struct testing_channel.loop is struct aws_event_loop *");
_Static_assert(offsetof(struct testing_channel, loop_impl) == 8, "offset of struct testing_channel.loop_impl is 8");
_Static_assert(sizeof(((struct testing_channel *)0)->loop_impl) == 8, "size of struct testing_channel.loop_impl is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel *)0)->loop_impl), struct testing_loop *), "type of struct testing_channel.loop_impl is struct testing_loop *");
_Static_assert(offsetof(struct testing_channel, channel) == 16, "offset of struct testing_channel.channel is 16");
_Static_assert(sizeof(((struct testing_channel *)0)->channel) == 8, "size of struct testing_channel.channel is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel *)0)->channel), struct aws_channel *), "type of struct testing_channel.channel is struct aws_channel *");
_Static_assert(offsetof(struct testing_channel, left_handler_impl) == 24, "offset of struct testing_channel.left_handler_impl is 24");
_Static_assert(sizeof(((struct testing_channel *)0)->left_handler_impl) == 8, "size of struct testing_channel.left_handler_impl is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel *)0)->left_handler_impl), struct testing_channel_handler *), "type of struct testing_channel.left_handler_impl is struct testing_channel_handler *");
_Static_assert(offsetof(struct testing_channel, right_handler_impl) == 32, "offset of struct testing_channel.right_handler_impl is 32");
_Static_assert(sizeof(((struct testing_channel *)0)->right_handler_impl) == 8, "size of struct testing_channel.right_handler_impl is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel *)0)->right_handler_impl), struct testing_channel_handler *), "type of struct testing_channel.right_handler_impl is struct testing_channel_handler *");
_Static_assert(offsetof(struct testing_channel, left_handler_slot) == 40, "offset of struct testing_channel.left_handler_slot is 40");
_Static_assert(sizeof(((struct testing_channel *)0)->left_handler_slot) == 8, "size of struct testing_channel.left_handler_slot is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel *)0)->left_handler_slot), struct aws_channel_slot *), "type of struct testing_channel.left_handler_slot is struct aws_channel_slot *");
_Static_assert(offsetof(struct testing_channel, right_handler_slot) == 48, "offset of struct testing_channel.right_handler_slot is 48");
_Static_assert(sizeof(((struct testing_channel *)0)->right_handler_slot) == 8, "size of struct testing_channel.right_handler_slot is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel *)0)->right_handler_slot), struct aws_channel_slot *), "type of struct testing_channel.right_handler_slot is struct aws_channel_slot *");
_Static_assert(offsetof(struct testing_channel, channel_shutdown) == 56, "offset of struct testing_channel.channel_shutdown is 56");
_Static_assert(sizeof(((struct testing_channel *)0)->channel_shutdown) == 8, "size of struct testing_channel.channel_shutdown is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel *)0)->channel_shutdown), void (*)(int, void *)), "type of struct testing_channel.channel_shutdown is void (*)(int, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel *)0)->channel_shutdown), void (*)(int, void *)), "signature behind struct testing_channel.channel_shutdown");
_Static_assert(offsetof(struct testing_channel, channel_shutdown_user_data) == 64, "offset of struct testing_channel.channel_shutdown_user_data is 64");
_Static_assert(sizeof(((struct testing_channel *)0)->channel_shutdown_user_data) == 8, "size of struct testing_channel.channel_shutdown_user_data is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel *)0)->channel_shutdown_user_data), void *), "type of struct testing_channel.channel_shutdown_user_data is void *");
_Static_assert(offsetof(struct testing_channel, channel_setup_completed) == 72, "offset of struct testing_channel.channel_setup_completed is 72");
_Static_assert(sizeof(((struct testing_channel *)0)->channel_setup_completed) == 1, "size of struct testing_channel.channel_setup_completed is 1");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel *)0)->channel_setup_completed), bool), "type of struct testing_channel.channel_setup_completed is bool");
_Static_assert(offsetof(struct testing_channel, channel_shutdown_completed) == 73, "offset of struct testing_channel.channel_shutdown_completed is 73");
_Static_assert(sizeof(((struct testing_channel *)0)->channel_shutdown_completed) == 1, "size of struct testing_channel.channel_shutdown_completed is 1");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel *)0)->channel_shutdown_completed), bool), "type of struct testing_channel.channel_shutdown_completed is bool");
_Static_assert(offsetof(struct testing_channel, channel_shutdown_error_code) == 76, "offset of struct testing_channel.channel_shutdown_error_code is 76");
_Static_assert(sizeof(((struct testing_channel *)0)->channel_shutdown_error_code) == 4, "size of struct testing_channel.channel_shutdown_error_code is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct testing_channel *)0)->channel_shutdown_error_code), int), "type of struct testing_channel.channel_shutdown_error_code is int");
_Static_assert(sizeof(struct aws_testing_channel_options) == 8, "size of struct aws_testing_channel_options is 8");
_Static_assert(_Alignof(struct aws_testing_channel_options) == 8, "alignment of struct aws_testing_channel_options is 8");
_Static_assert(offsetof(struct aws_testing_channel_options, clock_fn) == 0, "offset of struct aws_testing_channel_options.clock_fn is 0");
_Static_assert(sizeof(((struct aws_testing_channel_options *)0)->clock_fn) == 8, "size of struct aws_testing_channel_options.clock_fn is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_testing_channel_options *)0)->clock_fn), aws_io_clock_fn *), "type of struct aws_testing_channel_options.clock_fn is aws_io_clock_fn *");
_Static_assert(__builtin_types_compatible_p(__typeof__(s_new_testing_channel_handler), struct aws_channel_handler * (struct aws_allocator *, size_t)), "s_new_testing_channel_handler is struct aws_channel_handler * (struct aws_allocator *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_push_read_message), int (struct testing_channel *, struct aws_io_message *)), "testing_channel_push_read_message is int (struct testing_channel *, struct aws_io_message *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_push_write_message), int (struct testing_channel *, struct aws_io_message *)), "testing_channel_push_write_message is int (struct testing_channel *, struct aws_io_message *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_get_written_message_queue), struct aws_linked_list * (struct testing_channel *)), "testing_channel_get_written_message_queue is struct aws_linked_list * (struct testing_channel *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_complete_written_messages_immediately), void (struct testing_channel *, bool, int)), "testing_channel_complete_written_messages_immediately is void (struct testing_channel *, bool, int)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_get_read_message_queue), struct aws_linked_list * (struct testing_channel *)), "testing_channel_get_read_message_queue is struct aws_linked_list * (struct testing_channel *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_last_window_update), size_t (struct testing_channel *)), "testing_channel_last_window_update is size_t (struct testing_channel *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_increment_read_window), int (struct testing_channel *, size_t)), "testing_channel_increment_read_window is int (struct testing_channel *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_run_currently_queued_tasks), void (struct testing_channel *)), "testing_channel_run_currently_queued_tasks is void (struct testing_channel *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_drain_queued_tasks), void (struct testing_channel *)), "testing_channel_drain_queued_tasks is void (struct testing_channel *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_set_is_on_users_thread), void (struct testing_channel *, bool)), "testing_channel_set_is_on_users_thread is void (struct testing_channel *, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_init), int (struct testing_channel *, struct aws_allocator *, struct aws_testing_channel_options *)), "testing_channel_init is int (struct testing_channel *, struct aws_allocator *, struct aws_testing_channel_options *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_clean_up), int (struct testing_channel *)), "testing_channel_clean_up is int (struct testing_channel *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_install_downstream_handler), int (struct testing_channel *, size_t)), "testing_channel_install_downstream_handler is int (struct testing_channel *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_is_shutdown_completed), bool (const struct testing_channel *)), "testing_channel_is_shutdown_completed is bool (const struct testing_channel *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_get_shutdown_error_code), int (const struct testing_channel *)), "testing_channel_get_shutdown_error_code is int (const struct testing_channel *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_set_downstream_handler_shutdown_callback), void (struct testing_channel *, testing_channel_handler_on_shutdown_fn *, void *)), "testing_channel_set_downstream_handler_shutdown_callback is void (struct testing_channel *, testing_channel_handler_on_shutdown_fn *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_check_written_message), int (struct testing_channel *, struct aws_byte_cursor)), "testing_channel_check_written_message is int (struct testing_channel *, struct aws_byte_cursor)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_check_written_message_str), int (struct testing_channel *, const char *)), "testing_channel_check_written_message_str is int (struct testing_channel *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_drain_messages), int (struct aws_linked_list *, struct aws_byte_buf *)), "testing_channel_drain_messages is int (struct aws_linked_list *, struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_check_messages_ex), int (struct aws_linked_list *, struct aws_allocator *, struct aws_byte_cursor)), "testing_channel_check_messages_ex is int (struct aws_linked_list *, struct aws_allocator *, struct aws_byte_cursor)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_check_written_messages), int (struct testing_channel *, struct aws_allocator *, struct aws_byte_cursor)), "testing_channel_check_written_messages is int (struct testing_channel *, struct aws_allocator *, struct aws_byte_cursor)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_check_written_messages_str), int (struct testing_channel *, struct aws_allocator *, const char *)), "testing_channel_check_written_messages_str is int (struct testing_channel *, struct aws_allocator *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_drain_written_messages), int (struct testing_channel *, struct aws_byte_buf *)), "testing_channel_drain_written_messages is int (struct testing_channel *, struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_check_midchannel_read_messages), int (struct testing_channel *, struct aws_allocator *, struct aws_byte_cursor)), "testing_channel_check_midchannel_read_messages is int (struct testing_channel *, struct aws_allocator *, struct aws_byte_cursor)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_check_midchannel_read_messages_str), int (struct testing_channel *, struct aws_allocator *, const char *)), "testing_channel_check_midchannel_read_messages_str is int (struct testing_channel *, struct aws_allocator *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_send_data), int (struct testing_channel *, struct aws_byte_cursor, enum aws_channel_direction, bool)), "testing_channel_send_data is int (struct testing_channel *, struct aws_byte_cursor, enum aws_channel_direction, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_push_read_data), int (struct testing_channel *, struct aws_byte_cursor)), "testing_channel_push_read_data is int (struct testing_channel *, struct aws_byte_cursor)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_push_read_str), int (struct testing_channel *, const char *)), "testing_channel_push_read_str is int (struct testing_channel *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_push_read_str_ignore_errors), int (struct testing_channel *, const char *)), "testing_channel_push_read_str_ignore_errors is int (struct testing_channel *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_push_write_data), int (struct testing_channel *, struct aws_byte_cursor)), "testing_channel_push_write_data is int (struct testing_channel *, struct aws_byte_cursor)");
_Static_assert(__builtin_types_compatible_p(__typeof__(testing_channel_push_write_str), int (struct testing_channel *, const char *)), "testing_channel_push_write_str is int (struct testing_channel *, const char *)");

/* aws/testing/stream_tester.h */
_Static_assert(sizeof(enum aws_autogen_style) == 4, "size of enum aws_autogen_style is 4");
_Static_assert(((long long)(enum aws_autogen_style)-1 < 0) == 0, "enum aws_autogen_style is unsigned");
_Static_assert((long long)(AWS_AUTOGEN_LOREM_IPSUM) == 0LL, "AWS_AUTOGEN_LOREM_IPSUM is 0");
_Static_assert((long long)(AWS_AUTOGEN_ALPHABET) == 1LL, "AWS_AUTOGEN_ALPHABET is 1");
_Static_assert((long long)(AWS_AUTOGEN_NUMBERS) == 2LL, "AWS_AUTOGEN_NUMBERS is 2");
_Static_assert(sizeof(struct aws_input_stream_tester_options) == 80, "size of struct aws_input_stream_tester_options is 80");
_Static_assert(_Alignof(struct aws_input_stream_tester_options) == 8, "alignment of struct aws_input_stream_tester_options is 8");
_Static_assert(offsetof(struct aws_input_stream_tester_options, source_bytes) == 0, "offset of struct aws_input_stream_tester_options.source_bytes is 0");
_Static_assert(sizeof(((struct aws_input_stream_tester_options *)0)->source_bytes) == 16, "size of struct aws_input_stream_tester_options.source_bytes is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester_options *)0)->source_bytes), struct aws_byte_cursor), "type of struct aws_input_stream_tester_options.source_bytes is struct aws_byte_cursor");
_Static_assert(offsetof(struct aws_input_stream_tester_options, source_stream) == 16, "offset of struct aws_input_stream_tester_options.source_stream is 16");
_Static_assert(sizeof(((struct aws_input_stream_tester_options *)0)->source_stream) == 8, "size of struct aws_input_stream_tester_options.source_stream is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester_options *)0)->source_stream), struct aws_input_stream *), "type of struct aws_input_stream_tester_options.source_stream is struct aws_input_stream *");
_Static_assert(offsetof(struct aws_input_stream_tester_options, autogen_length) == 24, "offset of struct aws_input_stream_tester_options.autogen_length is 24");
_Static_assert(sizeof(((struct aws_input_stream_tester_options *)0)->autogen_length) == 8, "size of struct aws_input_stream_tester_options.autogen_length is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester_options *)0)->autogen_length), size_t), "type of struct aws_input_stream_tester_options.autogen_length is size_t");
_Static_assert(offsetof(struct aws_input_stream_tester_options, autogen_style) == 32, "offset of struct aws_input_stream_tester_options.autogen_style is 32");
_Static_assert(sizeof(((struct aws_input_stream_tester_options *)0)->autogen_style) == 4, "size of struct aws_input_stream_tester_options.autogen_style is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester_options *)0)->autogen_style), enum aws_autogen_style), "type of struct aws_input_stream_tester_options.autogen_style is enum aws_autogen_style");
_Static_assert(offsetof(struct aws_input_stream_tester_options, max_bytes_per_read) == 40, "offset of struct aws_input_stream_tester_options.max_bytes_per_read is 40");
_Static_assert(sizeof(((struct aws_input_stream_tester_options *)0)->max_bytes_per_read) == 8, "size of struct aws_input_stream_tester_options.max_bytes_per_read is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester_options *)0)->max_bytes_per_read), size_t), "type of struct aws_input_stream_tester_options.max_bytes_per_read is size_t");
_Static_assert(offsetof(struct aws_input_stream_tester_options, read_zero_bytes_on_nth_read) == 48, "offset of struct aws_input_stream_tester_options.read_zero_bytes_on_nth_read is 48");
_Static_assert(sizeof(((struct aws_input_stream_tester_options *)0)->read_zero_bytes_on_nth_read) == 8, "size of struct aws_input_stream_tester_options.read_zero_bytes_on_nth_read is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester_options *)0)->read_zero_bytes_on_nth_read), size_t), "type of struct aws_input_stream_tester_options.read_zero_bytes_on_nth_read is size_t");
_Static_assert(offsetof(struct aws_input_stream_tester_options, eof_requires_extra_read) == 56, "offset of struct aws_input_stream_tester_options.eof_requires_extra_read is 56");
_Static_assert(sizeof(((struct aws_input_stream_tester_options *)0)->eof_requires_extra_read) == 1, "size of struct aws_input_stream_tester_options.eof_requires_extra_read is 1");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester_options *)0)->eof_requires_extra_read), bool), "type of struct aws_input_stream_tester_options.eof_requires_extra_read is bool");
_Static_assert(offsetof(struct aws_input_stream_tester_options, fail_on_nth_read) == 64, "offset of struct aws_input_stream_tester_options.fail_on_nth_read is 64");
_Static_assert(sizeof(((struct aws_input_stream_tester_options *)0)->fail_on_nth_read) == 8, "size of struct aws_input_stream_tester_options.fail_on_nth_read is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester_options *)0)->fail_on_nth_read), size_t), "type of struct aws_input_stream_tester_options.fail_on_nth_read is size_t");
_Static_assert(offsetof(struct aws_input_stream_tester_options, fail_with_error_code) == 72, "offset of struct aws_input_stream_tester_options.fail_with_error_code is 72");
_Static_assert(sizeof(((struct aws_input_stream_tester_options *)0)->fail_with_error_code) == 4, "size of struct aws_input_stream_tester_options.fail_with_error_code is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester_options *)0)->fail_with_error_code), int), "type of struct aws_input_stream_tester_options.fail_with_error_code is int");
_Static_assert(sizeof(struct aws_input_stream_tester) == 192, "size of struct aws_input_stream_tester is 192");
_Static_assert(_Alignof(struct aws_input_stream_tester) == 8, "alignment of struct aws_input_stream_tester is 8");
_Static_assert(offsetof(struct aws_input_stream_tester, base) == 0, "offset of struct aws_input_stream_tester.base is 0");
_Static_assert(sizeof(((struct aws_input_stream_tester *)0)->base) == 40, "size of struct aws_input_stream_tester.base is 40");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester *)0)->base), struct aws_input_stream), "type of struct aws_input_stream_tester.base is struct aws_input_stream");
_Static_assert(offsetof(struct aws_input_stream_tester, alloc) == 40, "offset of struct aws_input_stream_tester.alloc is 40");
_Static_assert(sizeof(((struct aws_input_stream_tester *)0)->alloc) == 8, "size of struct aws_input_stream_tester.alloc is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester *)0)->alloc), struct aws_allocator *), "type of struct aws_input_stream_tester.alloc is struct aws_allocator *");
_Static_assert(offsetof(struct aws_input_stream_tester, options) == 48, "offset of struct aws_input_stream_tester.options is 48");
_Static_assert(sizeof(((struct aws_input_stream_tester *)0)->options) == 80, "size of struct aws_input_stream_tester.options is 80");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester *)0)->options), struct aws_input_stream_tester_options), "type of struct aws_input_stream_tester.options is struct aws_input_stream_tester_options");
_Static_assert(offsetof(struct aws_input_stream_tester, source_buf) == 128, "offset of struct aws_input_stream_tester.source_buf is 128");
_Static_assert(sizeof(((struct aws_input_stream_tester *)0)->source_buf) == 32, "size of struct aws_input_stream_tester.source_buf is 32");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester *)0)->source_buf), struct aws_byte_buf), "type of struct aws_input_stream_tester.source_buf is struct aws_byte_buf");
_Static_assert(offsetof(struct aws_input_stream_tester, source_stream) == 160, "offset of struct aws_input_stream_tester.source_stream is 160");
_Static_assert(sizeof(((struct aws_input_stream_tester *)0)->source_stream) == 8, "size of struct aws_input_stream_tester.source_stream is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester *)0)->source_stream), struct aws_input_stream *), "type of struct aws_input_stream_tester.source_stream is struct aws_input_stream *");
_Static_assert(offsetof(struct aws_input_stream_tester, read_count) == 168, "offset of struct aws_input_stream_tester.read_count is 168");
_Static_assert(sizeof(((struct aws_input_stream_tester *)0)->read_count) == 8, "size of struct aws_input_stream_tester.read_count is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester *)0)->read_count), size_t), "type of struct aws_input_stream_tester.read_count is size_t");
_Static_assert(offsetof(struct aws_input_stream_tester, num_bytes_last_read) == 176, "offset of struct aws_input_stream_tester.num_bytes_last_read is 176");
_Static_assert(sizeof(((struct aws_input_stream_tester *)0)->num_bytes_last_read) == 1, "size of struct aws_input_stream_tester.num_bytes_last_read is 1");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester *)0)->num_bytes_last_read), bool), "type of struct aws_input_stream_tester.num_bytes_last_read is bool");
_Static_assert(offsetof(struct aws_input_stream_tester, total_bytes_read) == 184, "offset of struct aws_input_stream_tester.total_bytes_read is 184");
_Static_assert(sizeof(((struct aws_input_stream_tester *)0)->total_bytes_read) == 8, "size of struct aws_input_stream_tester.total_bytes_read is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_input_stream_tester *)0)->total_bytes_read), uint64_t), "type of struct aws_input_stream_tester.total_bytes_read is uint64_t");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_input_stream_tester_total_bytes_read), uint64_t (const struct aws_input_stream *)), "aws_input_stream_tester_total_bytes_read is uint64_t (const struct aws_input_stream *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_input_stream_new_tester), struct aws_input_stream * (struct aws_allocator *, const struct aws_input_stream_tester_options *)), "aws_input_stream_new_tester is struct aws_input_stream * (struct aws_allocator *, const struct aws_input_stream_tester_options *)");
