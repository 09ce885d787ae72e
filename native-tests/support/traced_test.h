/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_TRACED_TEST_H
#define RESEAU_TESTS_TRACED_TEST_H

#include <aws/common/allocator.h>
#include <aws/common/common.h>
#include <aws/common/error.h>
#include <aws/common/logging.h>
#include <aws/common/thread.h>
#include <aws/io/io.h>

#include "support/guarded_allocator.h"

#include <gtest/gtest.h>

#include <cstdio>

/* A test whose memory comes from a tracing allocator and must all have gone back at its end. */
class TracedTest : public ::testing::Test {
  protected:
    void SetUp() override {
        allocator_ = aws_mem_tracer_new(GuardedAllocator::Chosen(), nullptr, AWS_MEMTRACE_STACKS, 8);
        aws_common_library_init(allocator_);
        aws_reset_error();
    }

    void TearDown() override {
        aws_thread_set_managed_join_timeout_ns(30000000000ULL);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed()) << "a managed thread still runs";
        aws_common_library_clean_up();
        ExpectNothingLeaked();
    }

    void ExpectNothingLeaked() {
        if (aws_mem_tracer_bytes(allocator_) != 0) {
            DumpToStandardError();
        }
        EXPECT_EQ(0u, aws_mem_tracer_bytes(allocator_)) << "bytes leaked";
        EXPECT_EQ(0u, aws_mem_tracer_count(allocator_)) << "blocks leaked";
        aws_mem_tracer_destroy(allocator_);
    }

    struct aws_allocator *allocator_ = nullptr;

  private:
    void DumpToStandardError() {
        struct aws_logger logger = {};
        struct aws_logger_standard_options options = {};
        options.level = AWS_LL_TRACE;
        options.file = stderr;
        if (aws_logger_init_noalloc(&logger, aws_default_allocator(), &options) == AWS_OP_SUCCESS) {
            struct aws_logger *previous = aws_logger_get();
            aws_logger_set(&logger);
            aws_mem_tracer_dump(allocator_);
            aws_logger_set(previous);
            aws_logger_clean_up(&logger);
        }
    }
};

/* The same with aws_io_library_init() around it. */
class TracedIoTest : public TracedTest {
  protected:
    void SetUp() override {
        TracedTest::SetUp();
        aws_io_library_init(allocator_);
        aws_reset_error();
    }

    void TearDown() override {
        aws_thread_set_managed_join_timeout_ns(30000000000ULL);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed()) << "a managed thread still runs";
        aws_io_library_clean_up();
        TracedTest::TearDown();
    }
};

/* The call fails, and with exactly this error. */
#define EXPECT_RAISES(error, call)                                                                                     \
    do {                                                                                                               \
        aws_reset_error();                                                                                             \
        EXPECT_NE(AWS_OP_SUCCESS, (call)) << #call << " succeeded";                                                    \
        EXPECT_STREQ(aws_error_name(error), aws_error_name(aws_last_error())) << "by " << #call;                       \
    } while (0)

/* As EXPECT_RAISES, for calls that return a pointer. */
#define EXPECT_NULL_RAISES(error, call)                                                                                \
    do {                                                                                                               \
        aws_reset_error();                                                                                             \
        EXPECT_EQ(nullptr, (call)) << #call << " succeeded";                                                           \
        EXPECT_STREQ(aws_error_name(error), aws_error_name(aws_last_error())) << "by " << #call;                       \
    } while (0)

#endif /* RESEAU_TESTS_TRACED_TEST_H */
