/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A process forks while another thread holds a lock of the library that every part of the process shares. In the child
 * that thread does not exist, and nobody opens the lock.
 */
#include "support/fork.h"
#include "support/loops.h"
#include "support/sockets.h"
#include "support/temporary_file.h"
#include "support/traced_test.h"

#include <aws/common/allocator.h>
#include <aws/common/log_channel.h>
#include <aws/common/log_writer.h>
#include <aws/common/logging.h>
#include <aws/common/string.h>
#include <aws/common/thread.h>

#include <dlfcn.h>

/* The library takes its locks by this call, which is the program's: a thread may be stopped while it has the lock. */
static thread_local Signal *s_holds;
static thread_local Signal *s_goes_on;

static void StopWithLock() {
    Signal *holds = s_holds;
    if (holds != nullptr) {
        s_holds = nullptr;
        holds->Raise();
        s_goes_on->Wait();
    }
}

extern "C" int pthread_mutex_trylock(pthread_mutex_t *mutex) {
    static auto *real = (int (*)(pthread_mutex_t *))dlsym(RTLD_NEXT, "pthread_mutex_trylock");
    int result = real(mutex);
    if (result == 0) {
        StopWithLock();
    }
    return result;
}

namespace {

class ForkLocks : public TracedIoTest {
  protected:
    /* Forks while a thread that does `work` has the first lock that it takes, and does `in_child` in the child. */
    static int InChildWhileLocked(const std::function<void()> &work, const std::function<int()> &in_child) {
        Signal holds, goes_on;
        std::thread holder([&] {
            s_goes_on = &goes_on;
            s_holds = &holds;
            work();
            s_holds = nullptr;
        });
        EXPECT_TRUE(holds.Wait()) << "no lock was taken";
        const pid_t child = StartChild(in_child);
        goes_on.Raise();
        holder.join();
        return AwaitChild(child);
    }
};

} // namespace

TEST_F(ForkLocks, a_socket_may_be_cleaned_up_from_outside_its_loop) {
    /* Without a tracer, whose lock is the program's. */
    struct aws_allocator *allocator = aws_default_allocator();
    LoopGroup loops(allocator);
    auto clean_up_from_here = [allocator](struct aws_event_loop *loop) {
        struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM);
        struct aws_socket socket = {};
        bool done = aws_socket_init(&socket, allocator, &options) == AWS_OP_SUCCESS &&
                    BindTo(&socket, Endpoint("127.0.0.1")) == AWS_OP_SUCCESS &&
                    aws_socket_assign_to_event_loop(&socket, loop) == AWS_OP_SUCCESS;
        s_holds = done ? s_holds : nullptr;
        aws_socket_clean_up(&socket);
        return done && socket.impl == nullptr;
    };
    EXPECT_EQ(
        0,
        InChildWhileLocked(
            [&] { EXPECT_TRUE(clean_up_from_here(loops.loop())); },
            [&] {
                LoopGroup own(allocator);
                bool done = clean_up_from_here(own.loop()) && clean_up_from_here(own.loop());
                own.Release();
                return done && aws_thread_join_all_managed() == AWS_OP_SUCCESS ? 0 : 1;
            }));
}

TEST_F(ForkLocks, a_channel_that_logs_at_once_goes_on) {
    struct aws_allocator *allocator = aws_default_allocator();
    TemporaryFile file;
    struct aws_log_writer writer = {};
    struct aws_log_writer_file_options options = {};
    options.filename = file.Path();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_log_writer_init_file(&writer, allocator, &options));
    struct aws_log_channel channel = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_log_channel_init_foreground(&channel, allocator, &writer));
    struct aws_string *lines[] = {
        aws_string_new_from_c_str(allocator, "of the parent\n"),
        aws_string_new_from_c_str(allocator, "of the child\n")};
    EXPECT_EQ(
        0,
        InChildWhileLocked(
            [&] { channel.vtable->send(&channel, lines[0]); },
            [&] {
                channel.vtable->send(&channel, lines[1]);
                aws_log_channel_clean_up(&channel);
                aws_log_writer_clean_up(&writer);
                return 0;
            }));
    aws_string_destroy(lines[1]);
    aws_log_channel_clean_up(&channel);
    aws_log_writer_clean_up(&writer);
    EXPECT_EQ(2u, file.Lines().size());
}

TEST_F(ForkLocks, a_logger_without_allocations_goes_on) {
    TemporaryFile file;
    struct aws_logger logger = {};
    struct aws_logger_standard_options options = {};
    options.level = AWS_LL_INFO;
    options.filename = file.Path();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_logger_init_noalloc(&logger, aws_default_allocator(), &options));
    EXPECT_EQ(
        0,
        InChildWhileLocked(
            [&] { logger.vtable->log(&logger, AWS_LL_INFO, AWS_LS_COMMON_GENERAL, "of the %s", "parent"); },
            [&] {
                logger.vtable->log(&logger, AWS_LL_INFO, AWS_LS_COMMON_GENERAL, "of the %s", "child");
                aws_logger_clean_up(&logger);
                return 0;
            }));
    aws_logger_clean_up(&logger);
    EXPECT_EQ(2u, file.Lines().size());
}

TEST_F(ForkLocks, a_tracer_counts_what_the_child_allocates) {
    struct aws_allocator *tracer = aws_mem_tracer_new(aws_default_allocator(), nullptr, AWS_MEMTRACE_STACKS, 8);
    void *block = aws_mem_acquire(tracer, 10);
    EXPECT_EQ(
        0,
        InChildWhileLocked(
            [&] { aws_mem_release(tracer, aws_mem_acquire(tracer, 20)); },
            [&] {
                std::vector<void *> blocks;
                for (int i = 0; i < 2000; ++i) {
                    blocks.push_back(aws_mem_acquire(tracer, 30));
                }
                bool done = aws_mem_tracer_count(tracer) == 2000 && aws_mem_tracer_bytes(tracer) == 60000;
                for (void *own : blocks) {
                    aws_mem_release(tracer, own);
                }
                aws_mem_release(tracer, block);
                return done && aws_mem_tracer_count(tracer) == 0 && aws_mem_tracer_bytes(tracer) == 0 ? 0 : 1;
            }));
    aws_mem_release(tracer, block);
    EXPECT_EQ(0u, aws_mem_tracer_count(tracer));
    aws_mem_tracer_destroy(tracer);
}

TEST_F(ForkLocks, a_small_block_allocator_goes_on_with_new_pages) {
    struct aws_allocator *small = aws_small_block_allocator_new(aws_default_allocator(), true);
    std::vector<void *> inherited;
    for (int i = 0; i < 200; ++i) {
        inherited.push_back(aws_mem_acquire(small, 64));
    }
    EXPECT_EQ(
        0,
        InChildWhileLocked(
            [&] { aws_mem_release(small, aws_mem_acquire(small, 64)); },
            [&] {
                std::vector<void *> blocks;
                for (int i = 0; i < 200; ++i) {
                    blocks.push_back(aws_mem_acquire(small, 64));
                    memset(blocks.back(), 0xff, 64);
                }
                bool done = aws_small_block_allocator_bytes_active(small) == 200 * 64;
                for (void *block : inherited) {
                    aws_mem_release(small, block);
                }
                for (void *block : blocks) {
                    aws_mem_release(small, block);
                }
                done = done && aws_small_block_allocator_bytes_active(small) == 0;
                aws_small_block_allocator_destroy(small);
                return done ? 0 : 1;
            }));
    for (void *block : inherited) {
        aws_mem_release(small, block);
    }
    EXPECT_EQ(0u, aws_small_block_allocator_bytes_active(small));
    aws_small_block_allocator_destroy(small);
}

/* No lock of ours: the C library knows of the fork and lets the child begin again. */
TEST_F(ForkLocks, what_is_done_once_is_begun_again_in_the_child) {
    struct Beginning {
        Signal begun, goes_on;
    } beginning;
    aws_thread_once once = AWS_THREAD_ONCE_STATIC_INIT;
    std::thread other([&] {
        aws_thread_call_once(
            &once,
            [](void *arg) {
                static_cast<Beginning *>(arg)->begun.Raise();
                static_cast<Beginning *>(arg)->goes_on.Wait();
            },
            &beginning);
    });
    ASSERT_TRUE(beginning.begun.Wait());
    const pid_t child = StartChild([&] {
        int calls = 0;
        aws_thread_call_once(
            &once, [](void *arg) { ++*static_cast<int *>(arg); }, &calls);
        return calls;
    });
    beginning.goes_on.Raise();
    other.join();
    EXPECT_EQ(1, AwaitChild(child));
}
