/* SPDX-License-Identifier: Apache-2.0 */
#include "support/portable.h"
#include "support/synchronisation.h"
#include "support/traced_test.h"

#include <aws/common/byte_buf.h>
#include <aws/common/clock.h>
#include <aws/common/logging.h>
#include <aws/common/private/thread_shared.h>
#include <aws/common/string.h>
#include <aws/common/thread.h>

#include <atomic>
#include <climits>
#include <cstring>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#if !defined(_WIN32)
#    include <pthread.h>
#    include <sched.h>
#endif

using Body = std::function<void()>;

/* What the system says of the calling thread. */
#if defined(_WIN32)
static std::string OwnName() {
    /* Not in every import library. */
    using Function = HRESULT(WINAPI *)(HANDLE, PWSTR *);
    auto get = (Function)(void *)GetProcAddress(GetModuleHandleA("kernelbase"), "GetThreadDescription");
    PWSTR wide = nullptr;
    if (get == nullptr || FAILED(get(GetCurrentThread(), &wide))) {
        return "";
    }
    char name[256] = "";
    WideCharToMultiByte(CP_UTF8, 0, wide, -1, name, sizeof(name), nullptr, nullptr);
    LocalFree(wide);
    return name;
}

/* Bits of the processors that it may run on. */
static uint64_t OwnProcessors() {
    GROUP_AFFINITY affinity = {};
    GetThreadGroupAffinity(GetCurrentThread(), &affinity);
    return affinity.Mask;
}

static size_t OwnStack() {
    ULONG_PTR low = 0, high = 0;
    GetCurrentThreadStackLimits(&low, &high);
    return high - low;
}
#else
static std::string OwnName() {
    char name[64] = {0};
    pthread_getname_np(pthread_self(), name, sizeof(name));
    return name;
}

static uint64_t OwnProcessors() {
    cpu_set_t set;
    uint64_t bits = 0;
    pthread_getaffinity_np(pthread_self(), sizeof(set), &set);
    for (int cpu_id = 0; cpu_id < 64; ++cpu_id) {
        bits |= (uint64_t)(CPU_ISSET(cpu_id, &set) ? 1 : 0) << cpu_id;
    }
    return bits;
}

static size_t OwnStack() {
    pthread_attr_t attributes;
    size_t size = 0;
    pthread_getattr_np(pthread_self(), &attributes);
    pthread_attr_getstacksize(&attributes, &size);
    pthread_attr_destroy(&attributes);
    return size;
}
#endif

static void RunBody(void *argument) {
    (*(Body *)argument)();
}

class ThreadTest : public TracedTest {
  protected:
    /* Runs a body on a thread of its own and joins it. */
    void RunAndJoin(Body body, const struct aws_thread_options *options = nullptr) {
        struct aws_thread thread;
        ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_init(&thread, allocator_));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_launch(&thread, RunBody, &body, options));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_join(&thread));
        aws_thread_clean_up(&thread);
    }

    /* Starts a managed thread; the body must outlive it. */
    void StartManaged(Body *body, const char *name = "managed") {
        struct aws_thread_options options = *aws_default_thread_options();
        options.join_strategy = AWS_TJS_MANAGED;
        options.name = aws_byte_cursor_from_c_str(name);
        struct aws_thread thread;
        ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_init(&thread, allocator_));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_launch(&thread, RunBody, body, &options));
        EXPECT_EQ(AWS_THREAD_MANAGED, aws_thread_get_detach_state(&thread));
    }

    std::string NameInside(const char *name, size_t length) {
        struct aws_thread_options options = *aws_default_thread_options();
        options.name = aws_byte_cursor_from_array(name, length);
        std::string found;
        RunAndJoin([&] { found = OwnName(); }, &options);
        return found;
    }
};

TEST_F(ThreadTest, RunsOnAnotherThreadAndIsJoined) {
    struct aws_thread thread;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_init(&thread, allocator_));
    EXPECT_EQ(AWS_THREAD_NOT_CREATED, aws_thread_get_detach_state(&thread));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join(&thread)) << "nothing to join";

    aws_thread_id_t inside = {};
    Body body = [&] { inside = aws_thread_current_thread_id(); };
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_launch(&thread, RunBody, &body, nullptr));
    EXPECT_EQ(AWS_THREAD_JOINABLE, aws_thread_get_detach_state(&thread));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_join(&thread));
    EXPECT_EQ(AWS_THREAD_JOIN_COMPLETED, aws_thread_get_detach_state(&thread));
    EXPECT_TRUE(aws_thread_thread_id_equal(inside, aws_thread_get_id(&thread)));
    EXPECT_FALSE(aws_thread_thread_id_equal(inside, aws_thread_current_thread_id()));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join(&thread)) << "a second join does nothing";
    aws_thread_clean_up(&thread);
}

TEST_F(ThreadTest, AThreadCannotJoinItself) {
    struct aws_thread thread;
    Signal launched;
    Body body = [&] {
        EXPECT_TRUE(launched.Wait());
        EXPECT_RAISES(AWS_ERROR_THREAD_DEADLOCK_DETECTED, aws_thread_join(&thread));
    };
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_init(&thread, allocator_));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_launch(&thread, RunBody, &body, nullptr));
    launched.Raise();
    EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join(&thread));
    EXPECT_EQ(AWS_THREAD_JOIN_COMPLETED, aws_thread_get_detach_state(&thread));
}

TEST_F(ThreadTest, ADetachedThreadGoesOn) {
    struct aws_thread thread;
    Signal go, done;
    Body body = [&] {
        EXPECT_TRUE(go.Wait());
        aws_thread_current_at_exit([](void *latch) { ((Signal *)latch)->Raise(); }, &done);
    };
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_init(&thread, allocator_));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_launch(&thread, RunBody, &body, nullptr));
    aws_thread_clean_up(&thread);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join(&thread)) << "nothing left to join";
    go.Raise();
    EXPECT_TRUE(done.Wait());
}

TEST_F(ThreadTest, AProcessorThatCannotBeHadCostsThePinOnly) {
    for (int cpu_id : {512, 1023, 1024, 1 << 20, INT_MAX}) {
        struct aws_thread_options options = *aws_default_thread_options();
        options.cpu_id = cpu_id;
        bool ran = false;
        RunAndJoin([&] { ran = true; }, &options);
        EXPECT_TRUE(ran) << cpu_id;
    }
}

TEST_F(ThreadTest, IsPinnedToItsProcessor) {
    const uint64_t allowed = OwnProcessors();
    ASSERT_NE(0u, allowed);
    for (int cpu_id = 0; cpu_id < 64; ++cpu_id) {
        if ((allowed >> cpu_id & 1) == 0) {
            continue;
        }
        struct aws_thread_options options = *aws_default_thread_options();
        options.cpu_id = cpu_id;
        uint64_t own = 0;
        RunAndJoin([&] { own = OwnProcessors(); }, &options);
        EXPECT_EQ((uint64_t)1 << cpu_id, own);
    }
}

TEST_F(ThreadTest, HasTheStackAskedFor) {
    for (size_t wanted : {(size_t)0, (size_t)1, (size_t)(16 * 1024 + 1), (size_t)(300 * 1024), (size_t)(16 << 20)}) {
        struct aws_thread_options options = *aws_default_thread_options();
        options.stack_size = wanted;
        size_t size = 0;
        RunAndJoin([&] { size = OwnStack(); }, &options);
        EXPECT_GE(size, wanted == 0 ? (size_t)(1 << 20) : wanted);
    }
}

TEST_F(ThreadTest, AStackThatCannotBeHadIsAnError) {
    struct aws_thread thread;
    struct aws_thread_options options = *aws_default_thread_options();
    options.stack_size = SIZE_MAX / 4;
    options.join_strategy = AWS_TJS_MANAGED;
    Body body = [] {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_init(&thread, allocator_));
    EXPECT_EQ(AWS_OP_ERR, aws_thread_launch(&thread, RunBody, &body, &options));
    EXPECT_NE(0, aws_last_error());
    EXPECT_EQ(AWS_THREAD_NOT_CREATED, aws_thread_get_detach_state(&thread));
    EXPECT_EQ(0u, aws_thread_get_managed_thread_count());
}

TEST_F(ThreadTest, HasItsName) {
    EXPECT_EQ("worker", NameInside("worker", 6));
    EXPECT_EQ("work", NameInside("worker", 4)) << "a cursor needs no terminator";
    EXPECT_EQ("fifteen letters", NameInside("fifteen letters", 15));
}

TEST_F(ThreadTest, NoNameIsNoName) {
#if !defined(_WIN32)
    EXPECT_NE("", NameInside("", 0)) << "it keeps its maker's";
#endif
    struct aws_thread_options options = *aws_default_thread_options();
    options.name.len = 5;
    bool ran = false;
    RunAndJoin([&] { ran = true; }, &options);
    EXPECT_TRUE(ran);
}

TEST_F(ThreadTest, ALongNameIsCutOff) {
    EXPECT_EQ("AwsEventLoop 10", NameInside("AwsEventLoop 100", 16));
    EXPECT_EQ("thirteen char", NameInside("thirteen char\xE2\x82\xAC", 16)) << "not inside a character";
    EXPECT_EQ("twelve chars\xE2\x82\xAC", NameInside("twelve chars\xE2\x82\xAC!", 16));
}

TEST_F(ThreadTest, ReportsItsNameAndThatOfOthers) {
    struct aws_thread_options options = *aws_default_thread_options();
    options.name = aws_byte_cursor_from_c_str("asked");
    Signal running, asked;
    Body body = [&] {
        struct aws_string *name = nullptr;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_current_name(allocator_, &name));
        EXPECT_STREQ("asked", aws_string_c_str(name));
        aws_string_destroy(name);
        running.Raise();
        EXPECT_TRUE(asked.Wait());
    };
    struct aws_thread thread;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_init(&thread, allocator_));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_launch(&thread, RunBody, &body, &options));
    ASSERT_TRUE(running.Wait());
    struct aws_string *name = nullptr;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_name(allocator_, aws_thread_get_id(&thread), &name));
    EXPECT_STREQ("asked", aws_string_c_str(name));
    aws_string_destroy(name);
    asked.Raise();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_join(&thread));
    aws_thread_clean_up(&thread);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_thread_name(allocator_, aws_thread_get_id(&thread), nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_thread_name(nullptr, aws_thread_get_id(&thread), &name));
}

TEST_F(ThreadTest, ManyThreadsMayHaveOneName) {
    static const int kCount = 120;
    Monitor monitor;
    int running = 0;
    Body body = [&] {
        EXPECT_EQ("same name", OwnName());
        monitor.Change([&] { running++; });
        EXPECT_TRUE(monitor.Await([&] { return running == kCount; })) << "all are alive at once";
    };
    for (int i = 0; i < kCount; ++i) {
        StartManaged(&body, "same name");
    }
    EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed());
    EXPECT_EQ(0u, aws_thread_get_managed_thread_count());
}

struct ExitNote {
    std::vector<int> *order;
    int number;
    std::thread::id thread;
};

static void NoteExit(void *argument) {
    ExitNote *note = (ExitNote *)argument;
    note->order->push_back(note->number);
    note->thread = std::this_thread::get_id();
}

TEST_F(ThreadTest, ExitFunctionsRunLastAddedFirst) {
    std::vector<int> order;
    ExitNote notes[3] = {{&order, 0, {}}, {&order, 1, {}}, {&order, 2, {}}};
    std::thread::id inside;
    RunAndJoin([&] {
        inside = std::this_thread::get_id();
        for (ExitNote &note : notes) {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_current_at_exit(NoteExit, &note));
        }
        EXPECT_TRUE(order.empty());
    });
    EXPECT_EQ((std::vector<int>{2, 1, 0}), order);
    for (ExitNote &note : notes) {
        EXPECT_EQ(inside, note.thread);
    }
}

TEST_F(ThreadTest, AnExitFunctionMayAddAnother) {
    static std::vector<int> order;
    order.clear();
    RunAndJoin([] {
        aws_thread_current_at_exit([](void *) { order.push_back(1); }, nullptr);
        aws_thread_current_at_exit(
            [](void *) {
                order.push_back(2);
                EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_current_at_exit([](void *) { order.push_back(3); }, nullptr));
            },
            nullptr);
    });
    EXPECT_EQ((std::vector<int>{2, 3, 1}), order);
}

TEST_F(ThreadTest, ManagedThreadsRunTheirExitFunctionsToo) {
    std::vector<int> order;
    ExitNote note = {&order, 7, {}};
    Body body = [&] { aws_thread_current_at_exit(NoteExit, &note); };
    StartManaged(&body);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed());
    EXPECT_EQ((std::vector<int>{7}), order);
}

TEST_F(ThreadTest, ExitFunctionsNeedAThreadOfTheLibrary) {
    EXPECT_RAISES(AWS_ERROR_THREAD_NOT_JOINABLE, aws_thread_current_at_exit(NoteExit, nullptr));
    std::thread([] {
        EXPECT_RAISES(AWS_ERROR_THREAD_NOT_JOINABLE, aws_thread_current_at_exit(NoteExit, nullptr));
    }).join();
    RunAndJoin([] { EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_thread_current_at_exit(nullptr, nullptr)); });
}

static const aws_thread_once kFreshOnce = AWS_THREAD_ONCE_STATIC_INIT;
static aws_thread_once s_outer_once = AWS_THREAD_ONCE_STATIC_INIT;
static aws_thread_once s_inner_once = AWS_THREAD_ONCE_STATIC_INIT;
static std::atomic<int> s_inner_calls;

TEST_F(ThreadTest, ManyThreadsCallOnce) {
    static std::atomic<int> calls;
    calls = 0;
    s_inner_calls = 0;
    s_outer_once = kFreshOnce;
    s_inner_once = kFreshOnce;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([] {
            aws_thread_call_once(
                &s_outer_once,
                [](void *argument) {
                    /* Another flag inside, on the same thread. */
                    aws_thread_call_once(
                        &s_inner_once, [](void *) { s_inner_calls++; }, nullptr);
                    (*(std::atomic<int> *)argument)++;
                },
                &calls);
            EXPECT_EQ(1, calls) << "nobody goes on before the call has ended";
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(1, calls);
    EXPECT_EQ(1, s_inner_calls);
}

TEST_F(ThreadTest, ManagedThreadsAreCountedUntilJoined) {
    Signal end;
    Body body = [&] { EXPECT_TRUE(end.Wait()); };
    StartManaged(&body);
    StartManaged(&body);
    EXPECT_EQ(2u, aws_thread_get_managed_thread_count());
    end.Raise();
    EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed());
    EXPECT_EQ(0u, aws_thread_get_managed_thread_count());
    EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed()) << "nobody to wait for";
}

TEST_F(ThreadTest, TheJoinOfManagedThreadsEndsWithItsTime) {
    static const uint64_t kTimeout = 200000000;
    Signal end;
    Body body = [&] { EXPECT_TRUE(end.Wait()); };
    StartManaged(&body);
    aws_thread_set_managed_join_timeout_ns(kTimeout);

    struct timespec cpu_before, cpu_after;
    uint64_t start = 0, stop = 0;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu_before);
    aws_high_res_clock_get_ticks(&start);
    EXPECT_RAISES(AWS_ERROR_COND_VARIABLE_TIMED_OUT, aws_thread_join_all_managed());
    aws_high_res_clock_get_ticks(&stop);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu_after);
    EXPECT_GE(stop - start, kTimeout - 1000000);
    int64_t cpu =
        (cpu_after.tv_sec - cpu_before.tv_sec) * 1000000000 + (int64_t)(cpu_after.tv_nsec - cpu_before.tv_nsec);
    EXPECT_LT(cpu, (int64_t)kTimeout / 4) << "it waits, it does not spin";

    aws_thread_set_managed_join_timeout_ns(0);
    end.Raise();
    EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed());
}

TEST_F(ThreadTest, AnEndlessTimeDoesNotOverflow) {
    Body body = [] {};
    StartManaged(&body);
    aws_thread_set_managed_join_timeout_ns(UINT64_MAX);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed());
    aws_thread_set_managed_join_timeout_ns(0);
}

TEST_F(ThreadTest, AManagedThreadMayStartAnother) {
    std::atomic<int> ran{0};
    Body inner = [&] { ran++; };
    Body outer = [&] { StartManaged(&inner); };
    StartManaged(&outer);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed());
    EXPECT_EQ(1, ran);
}

/* As event loops do, which join their own threads. */
TEST_F(ThreadTest, TheJoinAlsoWaitsForThoseWhoCountThemselves) {
    std::atomic<bool> counted_out{false};
    Signal go;
    aws_thread_increment_unjoined_count();
    EXPECT_EQ(1u, aws_thread_get_managed_thread_count());
    std::thread other([&] {
        EXPECT_TRUE(go.Wait());
        counted_out = true;
        aws_thread_decrement_unjoined_count();
    });
    go.Raise();
    EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed());
    EXPECT_TRUE(counted_out);
    other.join();
}

TEST_F(ThreadTest, ManyManagedThreadsComeAndGo) {
    std::atomic<int> ran{0};
    Body body = [&] { ran++; };
    for (int i = 0; i < 300; ++i) {
        StartManaged(&body);
    }
    EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed());
    EXPECT_EQ(300, ran);
}

TEST_F(ThreadTest, SleepsLongEnough) {
    uint64_t start = 0, stop = 0;
    aws_high_res_clock_get_ticks(&start);
    aws_thread_current_sleep(5000000);
    aws_high_res_clock_get_ticks(&stop);
    EXPECT_GE(stop - start, 5000000u);
    aws_thread_current_sleep(0);
}

TEST_F(ThreadTest, WritesIdsInHexadecimal) {
    char text[AWS_THREAD_ID_T_REPR_BUFSZ];
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_id_t_to_string((aws_thread_id_t)0x0123456789abcdefULL, text, sizeof(text)));
    EXPECT_STREQ(sizeof(aws_thread_id_t) == 8 ? "0123456789abcdef" : "89abcdef", text);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_thread_id_t_to_string(0, text, sizeof(text) - 1));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_thread_id_t_to_string(0, text, sizeof(text) + 1));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_thread_id_t_to_string(0, nullptr, sizeof(text)));
}

TEST_F(ThreadTest, DefaultOptionsAskForNothing) {
    const struct aws_thread_options *options = aws_default_thread_options();
    ASSERT_NE(nullptr, options);
    EXPECT_EQ(0u, options->stack_size);
    EXPECT_EQ(-1, options->cpu_id);
    EXPECT_EQ(AWS_TJS_MANUAL, options->join_strategy);
    EXPECT_EQ(0u, options->name.len);
}

TEST_F(ThreadTest, RefusesWhatItCannotUse) {
    struct aws_thread thread;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_init(&thread, allocator_));
    Body body = [] {};
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_thread_init(nullptr, allocator_));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_thread_init(&thread, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_thread_launch(nullptr, RunBody, &body, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_thread_launch(&thread, nullptr, &body, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_thread_join(nullptr));
    EXPECT_EQ(AWS_THREAD_NOT_CREATED, aws_thread_get_detach_state(&thread));
    aws_thread_clean_up(nullptr);
    aws_reset_error();
    aws_thread_call_once(nullptr, nullptr, nullptr);
    EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, aws_last_error());
}
