/* SPDX-License-Identifier: Apache-2.0 */
/* <aws/io/future.h> */
#include "io/future_types.h"

#include "support/synchronisation.h"
#include "support/loops.h"
#include "support/traced_test.h"

#include <aws/common/clock.h>
#include <aws/io/channel.h>
#include <aws/io/event_loop.h>
#include <aws/io/private/event_loop_impl.h>

#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

/* The third expansion of the macros; the build makes those in C99 and C11. */
#define FUTURE_TYPES_PREFIX cpp
#include "io/future_types.c"

struct parcel *parcel_new(struct aws_allocator *alloc, int *ended) {
    auto *parcel = (struct parcel *)aws_mem_calloc(alloc, 1, sizeof(struct parcel));
    parcel->alloc = alloc;
    parcel->ended = ended;
    return parcel;
}

/* Futures never pass NULL, which this would not survive. */
void parcel_destroy(struct parcel *parcel) {
    ++*parcel->ended;
    aws_mem_release(parcel->alloc, parcel);
}

struct parcel *parcel_release(struct parcel *parcel) {
    parcel_destroy(parcel);
    return nullptr;
}

void crate_clean_up(struct crate *crate) {
    parcel_destroy(crate->content);
    crate->content = nullptr;
}

namespace {

/* What a callback saw when it was called, and where. */
class Listener {
  public:
    explicit Listener(struct aws_future_size *future, struct aws_event_loop *loop = nullptr)
        : future_(future), loop_(loop) {
    }

    static void OnDone(void *arg) {
        auto *self = static_cast<Listener *>(arg);
        self->monitor_.Change([self] {
            self->calls++;
            self->error = aws_future_size_get_error(self->future_);
            self->result = self->error == 0 ? aws_future_size_get_result(self->future_) : 0;
            self->thread = std::this_thread::get_id();
            self->on_loop = self->loop_ != nullptr && aws_event_loop_thread_is_callers_thread(self->loop_);
        });
    }

    bool Await() {
        return monitor_.Await([this] { return calls > 0; });
    }

    int calls = 0;
    int error = -1;
    size_t result = 0;
    std::thread::id thread;
    bool on_loop = false;

  private:
    struct aws_future_size *future_;
    struct aws_event_loop *loop_;
    Monitor monitor_;
};

/* A loop that belongs to no group, and ends when the test destroys it. */
class LoneLoop {
  public:
    explicit LoneLoop(struct aws_allocator *allocator)
        : loop_(aws_event_loop_new_default(allocator, aws_high_res_clock_get_ticks)) {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop_));
    }
    ~LoneLoop() {
        Destroy();
    }
    void Destroy() {
        aws_event_loop_destroy(loop_);
        loop_ = nullptr;
    }
    struct aws_event_loop *get() const {
        return loop_;
    }

  private:
    struct aws_event_loop *loop_;
};

struct aws_channel *NewChannel(struct aws_allocator *allocator, struct aws_event_loop *loop) {
    struct aws_future_void *set_up = aws_future_void_new(allocator);
    struct aws_channel_options options = {};
    options.event_loop = loop;
    options.setup_user_data = aws_future_void_acquire(set_up);
    options.on_setup_completed = [](struct aws_channel *, int error, void *arg) {
        auto *future = static_cast<struct aws_future_void *>(arg);
        if (error) {
            aws_future_void_set_error(future, error);
        } else {
            aws_future_void_set_result(future);
        }
        aws_future_void_release(future);
    };
    struct aws_channel *channel = aws_channel_new(allocator, &options);
    EXPECT_TRUE(aws_future_void_wait(set_up, UINT64_MAX));
    EXPECT_EQ(0, aws_future_void_get_error(set_up));
    aws_future_void_release(set_up);
    return channel;
}

} // namespace

class Future : public TracedIoTest {};

/* ---- Ends, results and errors ---- */

TEST_F(Future, future_by_value) {
    struct aws_future_bool *future = aws_future_bool_new(allocator_);
    ASSERT_NE(nullptr, future);
    EXPECT_FALSE(aws_future_bool_is_done(future));
    aws_future_bool_set_result(future, true);
    EXPECT_TRUE(aws_future_bool_is_done(future));
    EXPECT_EQ(0, aws_future_bool_get_error(future));
    EXPECT_TRUE(aws_future_bool_get_result(future));
    EXPECT_TRUE(aws_future_bool_get_result(future)) << "a plain value may be asked for again";
    EXPECT_EQ(nullptr, aws_future_bool_release(future));
}

TEST_F(Future, future_void) {
    struct aws_future_void *future = aws_future_void_new(allocator_);
    ASSERT_NE(nullptr, future);
    EXPECT_FALSE(aws_future_void_is_done(future));
    aws_future_void_set_result(future);
    EXPECT_TRUE(aws_future_void_is_done(future));
    EXPECT_EQ(0, aws_future_void_get_error(future));
    EXPECT_EQ(nullptr, aws_future_void_release(future));
}

TEST_F(Future, sizes_are_returned_unchanged) {
    for (size_t value : {size_t(0), size_t(1), SIZE_MAX / 2, SIZE_MAX}) {
        struct aws_future_size *future = aws_future_size_new(allocator_);
        aws_future_size_set_result(future, value);
        EXPECT_EQ(value, aws_future_size_get_result(future));
        aws_future_size_release(future);
    }
}

TEST_F(Future, future_set_error) {
    int ended = 0;
    struct cpp_future_destroyed *future = cpp_future_destroyed_new(allocator_);
    cpp_future_destroyed_set_error(future, 999);
    EXPECT_TRUE(cpp_future_destroyed_is_done(future));
    EXPECT_EQ(999, cpp_future_destroyed_get_error(future));

    cpp_future_destroyed_set_error(future, 222);
    EXPECT_EQ(999, cpp_future_destroyed_get_error(future)) << "the first end counts";

    struct parcel *late = parcel_new(allocator_, &ended);
    cpp_future_destroyed_set_result_by_move(future, &late);
    EXPECT_EQ(999, cpp_future_destroyed_get_error(future));
    EXPECT_EQ(nullptr, late);
    EXPECT_EQ(1, ended);
    cpp_future_destroyed_release(future);
    EXPECT_EQ(1, ended);
}

TEST_F(Future, the_error_zero_becomes_unknown) {
    struct aws_future_void *future = aws_future_void_new(allocator_);
    aws_future_void_set_error(future, 0);
    EXPECT_EQ(AWS_ERROR_UNKNOWN, aws_future_void_get_error(future));
    aws_future_void_release(future);
}

TEST_F(Future, future_set_multiple_times) {
    int first_ended = 0, late_ended = 0;
    struct cpp_future_destroyed *future = cpp_future_destroyed_new(allocator_);
    struct parcel *first = parcel_new(allocator_, &first_ended);
    struct parcel *kept = first;
    cpp_future_destroyed_set_result_by_move(future, &first);
    for (int i = 1; i <= 2; ++i) {
        struct parcel *late = parcel_new(allocator_, &late_ended);
        cpp_future_destroyed_set_result_by_move(future, &late);
        EXPECT_EQ(nullptr, late);
        EXPECT_EQ(i, late_ended);
        EXPECT_EQ(kept, cpp_future_destroyed_peek_result(future));
    }
    cpp_future_destroyed_set_error(future, 999);
    EXPECT_EQ(0, cpp_future_destroyed_get_error(future));
    EXPECT_EQ(kept, cpp_future_destroyed_peek_result(future));
    EXPECT_EQ(0, first_ended);
    cpp_future_destroyed_release(future);
    EXPECT_EQ(1, first_ended);
}

/* ---- Who owns the result ---- */

TEST_F(Future, future_pointer_with_destroy) {
    int ended = 0;
    struct cpp_future_destroyed *future = cpp_future_destroyed_new(allocator_);
    EXPECT_FALSE(cpp_future_destroyed_is_done(future));
    struct parcel *parcel = parcel_new(allocator_, &ended);
    struct parcel *sent = parcel;
    cpp_future_destroyed_set_result_by_move(future, &parcel);
    EXPECT_EQ(nullptr, parcel);
    EXPECT_TRUE(cpp_future_destroyed_is_done(future));

    EXPECT_EQ(future, cpp_future_destroyed_acquire(future));
    cpp_future_destroyed_release(future);
    EXPECT_EQ(0, ended) << "one reference is left";
    EXPECT_EQ(sent, cpp_future_destroyed_peek_result(future));
    EXPECT_EQ(0, ended);
    cpp_future_destroyed_release(future);
    EXPECT_EQ(1, ended);
}

TEST_F(Future, future_pointer_with_release) {
    int ended = 0;
    struct cpp_future_released *future = cpp_future_released_new(allocator_);
    EXPECT_FALSE(cpp_future_released_is_done(future));
    struct parcel *parcel = parcel_new(allocator_, &ended);
    struct parcel *sent = parcel;
    cpp_future_released_set_result_by_move(future, &parcel);
    EXPECT_EQ(nullptr, parcel);
    EXPECT_TRUE(cpp_future_released_is_done(future));
    EXPECT_EQ(sent, cpp_future_released_peek_result(future));
    EXPECT_EQ(0, ended);
    cpp_future_released_release(future);
    EXPECT_EQ(1, ended);
}

TEST_F(Future, future_get_result_by_move) {
    int ended = 0;
    {
        struct cpp_future_destroyed *future = cpp_future_destroyed_new(allocator_);
        struct parcel *parcel = parcel_new(allocator_, &ended);
        cpp_future_destroyed_set_result_by_move(future, &parcel);
        parcel = cpp_future_destroyed_get_result_by_move(future);
        cpp_future_destroyed_release(future);
        EXPECT_EQ(0, ended);
        parcel_destroy(parcel);
    }
    {
        struct cpp_future_released *future = cpp_future_released_new(allocator_);
        struct parcel *parcel = parcel_new(allocator_, &ended);
        cpp_future_released_set_result_by_move(future, &parcel);
        parcel = cpp_future_released_get_result_by_move(future);
        cpp_future_released_release(future);
        EXPECT_EQ(1, ended);
        parcel_release(parcel);
    }
    EXPECT_EQ(2, ended);
}

TEST_F(Future, future_can_die_incomplete) {
    cpp_future_destroyed_release(cpp_future_destroyed_new(allocator_));
    cpp_future_released_release(cpp_future_released_new(allocator_));
    cpp_future_crate_release(cpp_future_crate_new(allocator_));
}

TEST_F(Future, future_by_pointer_accepts_null_result) {
    struct parcel *nothing = nullptr;
    struct cpp_future_destroyed *destroyed = cpp_future_destroyed_new(allocator_);
    cpp_future_destroyed_set_result_by_move(destroyed, &nothing);
    EXPECT_TRUE(cpp_future_destroyed_is_done(destroyed));
    EXPECT_EQ(0, cpp_future_destroyed_get_error(destroyed));
    EXPECT_EQ(nullptr, cpp_future_destroyed_peek_result(destroyed));
    cpp_future_destroyed_set_result_by_move(destroyed, &nothing);
    cpp_future_destroyed_release(destroyed);

    struct cpp_future_released *released = cpp_future_released_new(allocator_);
    cpp_future_released_set_result_by_move(released, &nothing);
    EXPECT_TRUE(cpp_future_released_is_done(released));
    EXPECT_EQ(0, cpp_future_released_get_error(released));
    EXPECT_EQ(nullptr, cpp_future_released_peek_result(released));
    cpp_future_released_release(released);
}

/* Each kind, as the macros make it in each language. */
#define EXPECT_KINDS_WORK(PREFIX)                                                                                      \
    do {                                                                                                               \
        SCOPED_TRACE(#PREFIX);                                                                                         \
        int ended = 0;                                                                                                 \
        struct triple triple = {"ten bytes.", -3, 2.5L};                                                               \
        struct PREFIX##_future_triple *by_value = PREFIX##_future_triple_new(allocator_);                              \
        PREFIX##_future_triple_set_result(by_value, triple);                                                           \
        struct triple same = PREFIX##_future_triple_get_result(by_value);                                              \
        EXPECT_STREQ(triple.first, same.first);                                                                        \
        EXPECT_EQ(triple.second, same.second);                                                                         \
        EXPECT_EQ(triple.third, same.third);                                                                           \
        EXPECT_EQ(nullptr, PREFIX##_future_triple_release(by_value));                                                  \
                                                                                                                       \
        /* A value that is taken, one that is not, and one that is too late. */                                        \
        struct PREFIX##_future_crate *taken = PREFIX##_future_crate_new(allocator_);                                   \
        struct crate crate = {parcel_new(allocator_, &ended), 7};                                                      \
        PREFIX##_future_crate_set_result_by_move(taken, &crate);                                                       \
        EXPECT_EQ(nullptr, crate.content);                                                                             \
        EXPECT_EQ(0, crate.weight);                                                                                    \
        EXPECT_EQ(7, PREFIX##_future_crate_peek_result(taken)->weight);                                                \
        crate = PREFIX##_future_crate_get_result_by_move(taken);                                                       \
        EXPECT_EQ(7, crate.weight);                                                                                    \
        PREFIX##_future_crate_release(taken);                                                                          \
        EXPECT_EQ(0, ended);                                                                                           \
        struct PREFIX##_future_crate *kept = PREFIX##_future_crate_new(allocator_);                                    \
        PREFIX##_future_crate_set_result_by_move(kept, &crate);                                                        \
        crate.content = parcel_new(allocator_, &ended);                                                                \
        PREFIX##_future_crate_set_result_by_move(kept, &crate);                                                        \
        EXPECT_EQ(1, ended);                                                                                           \
        EXPECT_EQ(nullptr, crate.content);                                                                             \
        PREFIX##_future_crate_release(kept);                                                                           \
        EXPECT_EQ(2, ended);                                                                                           \
                                                                                                                       \
        struct parcel *mine = parcel_new(allocator_, &ended);                                                          \
        struct PREFIX##_future_borrowed *borrowed = PREFIX##_future_borrowed_new(allocator_);                          \
        PREFIX##_future_borrowed_set_result(borrowed, mine);                                                           \
        EXPECT_EQ(mine, PREFIX##_future_borrowed_get_result(borrowed));                                                \
        PREFIX##_future_borrowed_release(borrowed);                                                                    \
        EXPECT_EQ(2, ended) << "a borrowed pointer is not the future's";                                               \
                                                                                                                       \
        struct PREFIX##_future_destroyed *destroyed = PREFIX##_future_destroyed_new(allocator_);                       \
        PREFIX##_future_destroyed_set_result_by_move(destroyed, &mine);                                                \
        PREFIX##_future_destroyed_release(destroyed);                                                                  \
        EXPECT_EQ(3, ended);                                                                                           \
        struct PREFIX##_future_released *released = PREFIX##_future_released_new(allocator_);                          \
        mine = parcel_new(allocator_, &ended);                                                                         \
        PREFIX##_future_released_set_result_by_move(released, &mine);                                                  \
        PREFIX##_future_released_release(released);                                                                    \
        EXPECT_EQ(4, ended);                                                                                           \
        EXPECT_EQ(nullptr, PREFIX##_future_released_acquire(nullptr));                                                 \
    } while (0)

TEST_F(Future, types_of_the_program_work_from_c99_c11_and_cpp) {
    EXPECT_KINDS_WORK(c99);
    EXPECT_KINDS_WORK(c11);
    EXPECT_KINDS_WORK(cpp);
}

TEST_F(Future, results_of_any_size_are_aligned) {
    for (size_t size : {0, 1, 7, 8, 16, 31, 4096}) {
        std::vector<char> sent(size + 1, 'x'), received(size + 1, 0);
        struct aws_future_impl *future = aws_future_impl_new_by_value(allocator_, size);
        aws_future_impl_set_result_by_move(future, sent.data());
        EXPECT_EQ(std::vector<char>(size, 0), std::vector<char>(sent.begin(), sent.end() - 1));
        EXPECT_EQ('x', sent[size]) << "nothing behind the result is touched";
        EXPECT_EQ(0u, (uintptr_t)aws_future_impl_get_result_address(future) % alignof(std::max_align_t));
        aws_future_impl_get_result_by_move(future, received.data());
        EXPECT_EQ(std::vector<char>(size, 'x'), std::vector<char>(received.begin(), received.end() - 1));
        EXPECT_EQ(0, received[size]);
        aws_future_impl_release(future);
    }
}

/* ---- Callbacks ---- */

TEST_F(Future, future_callback_fires_immediately) {
    struct aws_future_size *future = aws_future_size_new(allocator_);
    Listener listener(future);
    aws_future_size_set_result(future, 123);
    aws_future_size_register_callback(future, Listener::OnDone, &listener);
    EXPECT_EQ(1, listener.calls);
    EXPECT_EQ(0, listener.error);
    EXPECT_EQ(123u, listener.result);
    EXPECT_EQ(std::this_thread::get_id(), listener.thread);
    aws_future_size_release(future);
}

TEST_F(Future, future_callback_fires_on_another_thread) {
    struct aws_future_size *future = aws_future_size_new(allocator_);
    Listener listener(future);
    aws_future_size_register_callback(future, Listener::OnDone, &listener);
    EXPECT_EQ(0, listener.calls);
    std::thread worker([promise = aws_future_size_acquire(future)] {
        aws_future_size_set_result(promise, 987);
        aws_future_size_release(promise);
    });
    std::thread::id worker_id = worker.get_id();
    worker.join();
    EXPECT_EQ(1, listener.calls);
    EXPECT_EQ(987u, listener.result);
    EXPECT_EQ(worker_id, listener.thread);
    aws_future_size_release(future);
}

TEST_F(Future, future_register_callback_if_not_done) {
    struct aws_future_size *done = aws_future_size_new(allocator_);
    Listener never(done);
    aws_future_size_set_result(done, 555);
    EXPECT_FALSE(aws_future_size_register_callback_if_not_done(done, Listener::OnDone, &never));
    EXPECT_EQ(0, never.calls);
    aws_future_size_release(done);

    struct aws_future_size *future = aws_future_size_new(allocator_);
    Listener listener(future);
    EXPECT_TRUE(aws_future_size_register_callback_if_not_done(future, Listener::OnDone, &listener));
    EXPECT_EQ(0, listener.calls);
    aws_future_size_set_result(future, 555);
    EXPECT_EQ(1, listener.calls);

    /* Once the first has been called there is room again, which loops over futures need. */
    EXPECT_FALSE(aws_future_size_register_callback_if_not_done(future, Listener::OnDone, &listener));
    EXPECT_EQ(1, listener.calls);
    aws_future_size_release(future);
}

TEST_F(Future, a_callback_gets_errors_once) {
    struct aws_future_size *future = aws_future_size_new(allocator_);
    Listener listener(future);
    aws_future_size_register_callback(future, Listener::OnDone, &listener);
    aws_future_size_set_error(future, AWS_IO_SOCKET_TIMEOUT);
    aws_future_size_set_result(future, 1);
    EXPECT_EQ(1, listener.calls);
    EXPECT_EQ(AWS_IO_SOCKET_TIMEOUT, listener.error);
    aws_future_size_release(future);
}

TEST_F(Future, a_callback_may_drop_the_last_reference) {
    const size_t blocks = aws_mem_tracer_count(allocator_);
    struct aws_future_size *future = aws_future_size_new(allocator_);
    aws_future_size_register_callback(
        future, [](void *arg) { aws_future_size_release(static_cast<struct aws_future_size *>(arg)); }, future);
    aws_future_size_set_result(future, 1);
    EXPECT_EQ(blocks, aws_mem_tracer_count(allocator_));
}

TEST_F(Future, the_source_of_a_result_may_be_destroyed_in_the_callback) {
    struct Request {
        struct parcel *parcel;
        struct cpp_future_destroyed *future;
    };
    int ended = 0;
    auto *request = new Request{parcel_new(allocator_, &ended), cpp_future_destroyed_new(allocator_)};
    cpp_future_destroyed_register_callback(
        request->future,
        [](void *arg) {
            auto *done = static_cast<Request *>(arg);
            EXPECT_EQ(nullptr, done->parcel) << "the future has it already";
            cpp_future_destroyed_release(done->future);
            delete done;
        },
        request);
    cpp_future_destroyed_set_result_by_move(request->future, &request->parcel);
    EXPECT_EQ(1, ended);
}

TEST_F(Future, future_register_event_loop_callback_after_done) {
    LoneLoop loop(allocator_);
    struct aws_future_size *future = aws_future_size_new(allocator_);
    Listener listener(future, loop.get());
    aws_future_size_set_result(future, 765);
    aws_future_size_register_event_loop_callback(future, loop.get(), Listener::OnDone, &listener);
    loop.Destroy();
    EXPECT_EQ(1, listener.calls);
    EXPECT_EQ(765u, listener.result);
    EXPECT_TRUE(listener.on_loop);
    aws_future_size_release(future);
}

TEST_F(Future, future_register_event_loop_callback_before_done) {
    LoneLoop loop(allocator_);
    struct aws_future_size *future = aws_future_size_new(allocator_);
    Listener listener(future, loop.get());
    aws_future_size_register_event_loop_callback(future, loop.get(), Listener::OnDone, &listener);
    aws_future_size_set_result(future, 765);
    loop.Destroy();
    EXPECT_EQ(1, listener.calls);
    EXPECT_EQ(765u, listener.result);
    EXPECT_TRUE(listener.on_loop);
    aws_future_size_release(future);
}

TEST_F(Future, future_register_event_loop_callback_always_scheduled) {
    LoopGroup loops(allocator_);
    struct aws_future_size *future = aws_future_size_new(allocator_);
    Listener listener(future, loops.loop());
    aws_future_size_register_event_loop_callback(future, loops.loop(), Listener::OnDone, &listener);
    RunOnLoop(loops.loop(), [&] {
        aws_future_size_set_result(future, 1234567);
        EXPECT_EQ(0, listener.calls) << "not inside the call, not even on the loop's thread";
    });
    EXPECT_TRUE(listener.Await());
    EXPECT_EQ(1, listener.calls);
    EXPECT_EQ(1234567u, listener.result);
    EXPECT_TRUE(listener.on_loop);
    aws_future_size_release(future);
}

TEST_F(Future, a_waiting_loop_callback_holds_the_group) {
    LoopGroup loops(allocator_);
    struct aws_event_loop *loop = loops.loop();
    struct aws_future_size *future = aws_future_size_new(allocator_);
    Listener listener(future, loop);
    aws_future_size_register_event_loop_callback(future, loop, Listener::OnDone, &listener);
    loops.Release();
    aws_future_size_set_result(future, 5);
    EXPECT_TRUE(listener.Await());
    EXPECT_TRUE(listener.on_loop);
    aws_future_size_release(future);
}

TEST_F(Future, future_register_channel_callback) {
    LoneLoop loop(allocator_);
    struct aws_channel *channel = NewChannel(allocator_, loop.get());
    struct aws_future_size *future = aws_future_size_new(allocator_);
    Listener listener(future, loop.get());
    aws_future_size_set_result(future, 234567);
    aws_future_size_register_channel_callback(future, channel, Listener::OnDone, &listener);
    aws_channel_destroy(channel);
    loop.Destroy();
    EXPECT_EQ(1, listener.calls);
    EXPECT_EQ(0, listener.error);
    EXPECT_EQ(234567u, listener.result);
    EXPECT_TRUE(listener.on_loop);
    aws_future_size_release(future);
}

TEST_F(Future, a_waiting_channel_callback_holds_the_channel) {
    LoopGroup loops(allocator_);
    struct aws_channel *channel = NewChannel(allocator_, loops.loop());
    struct aws_future_size *future = aws_future_size_new(allocator_);
    Listener listener(future, loops.loop());
    aws_future_size_register_channel_callback(future, channel, Listener::OnDone, &listener);
    aws_channel_destroy(channel);
    aws_future_size_set_result(future, 6);
    EXPECT_TRUE(listener.Await());
    EXPECT_TRUE(listener.on_loop);
    aws_future_size_release(future);
}

/* The tracer, and the threads' end, show that channel and group are released. */
TEST_F(Future, callbacks_of_a_destroyed_future_release_their_loop_or_channel) {
    LoopGroup loops(allocator_);
    struct aws_channel *channel = NewChannel(allocator_, loops.loop());
    struct aws_future_void *for_channel = aws_future_void_new(allocator_);
    struct aws_future_void *for_group = aws_future_void_new(allocator_);
    auto never = [](void *) { ADD_FAILURE() << "these futures do not end"; };
    aws_future_void_register_channel_callback(for_channel, channel, never, nullptr);
    aws_future_void_register_event_loop_callback(for_group, loops.loop(), never, nullptr);
    aws_channel_destroy(channel);
    loops.Release();
    aws_future_void_release(for_channel);
    aws_future_void_release(for_group);

    /* This loop is gone before the future is. */
    LoneLoop lone(allocator_);
    struct aws_future_void *for_lone_loop = aws_future_void_new(allocator_);
    aws_future_void_register_event_loop_callback(for_lone_loop, lone.get(), never, nullptr);
    lone.Destroy();
    aws_future_void_release(for_lone_loop);
}

/* ---- Waiting ---- */

TEST_F(Future, future_wait_timeout) {
    struct aws_future_void *future = aws_future_void_new(allocator_);
    EXPECT_FALSE(aws_future_void_wait(future, 0));
    uint64_t start = 0, end = 0;
    aws_high_res_clock_get_ticks(&start);
    EXPECT_FALSE(aws_future_void_wait(future, 50000000));
    aws_high_res_clock_get_ticks(&end);
    EXPECT_GE(end - start, 50000000u);
    aws_future_void_set_result(future);
    EXPECT_TRUE(aws_future_void_wait(future, 0)) << "what is done needs no time";
    aws_future_void_release(future);
}

/* A timeout beyond the signed range once was taken for one that is over. If it were, some round would see it: the
 * worker takes longer to start than a wait that does not wait. [aws-c-io#638] */
TEST_F(Future, future_wait_timeout_max) {
    const uint64_t signed_max = INT64_MAX;
    for (uint64_t timeout : {signed_max - 1, signed_max, signed_max + 1, UINT64_MAX - 1, UINT64_MAX}) {
        for (int round = 0; round < 20; ++round) {
            struct aws_future_size *future = aws_future_size_new(allocator_);
            std::thread worker([promise = aws_future_size_acquire(future)] {
                aws_future_size_set_result(promise, 1);
                aws_future_size_release(promise);
            });
            EXPECT_TRUE(aws_future_size_wait(future, timeout)) << timeout;
            EXPECT_TRUE(aws_future_size_is_done(future));
            aws_future_size_release(future);
            worker.join();
        }
    }
}

TEST_F(Future, all_waiters_wake_and_see_the_one_result) {
    struct aws_future_size *future = aws_future_size_new(allocator_);
    std::vector<std::thread> threads;
    std::atomic<size_t> sum{0};
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            EXPECT_TRUE(aws_future_size_wait(future, UINT64_MAX));
            sum += aws_future_size_get_result(future);
        });
    }
    std::atomic<int> setters{0};
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] { aws_future_size_set_result(future, (size_t)++setters); });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(4 * aws_future_size_get_result(future), sum.load());
    aws_future_size_release(future);
}

/* The callback runs exactly once, whoever is first: its registration or the end. */
TEST_F(Future, registration_and_end_may_race) {
    for (int round = 0; round < 200; ++round) {
        struct aws_future_size *future = aws_future_size_new(allocator_);
        Listener listener(future);
        std::thread worker([promise = aws_future_size_acquire(future)] {
            aws_future_size_set_result(promise, 3);
            aws_future_size_release(promise);
        });
        aws_future_size_register_callback(future, Listener::OnDone, &listener);
        worker.join();
        EXPECT_EQ(1, listener.calls);
        EXPECT_EQ(3u, listener.result);
        aws_future_size_release(future);
    }
}

/* ---- Faults of the program ---- */

TEST_F(Future, bad_arguments_change_nothing) {
    auto callback = [](void *) { ADD_FAILURE() << "called in spite of a bad argument"; };
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_future_bool_new(nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_future_impl_new_by_value(nullptr, 1));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_future_impl_new_by_value_with_clean_up(allocator_, 8, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_future_impl_new_pointer_with_destroy(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_future_impl_new_pointer_with_release(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_future_impl_new_by_value(allocator_, SIZE_MAX));

    EXPECT_EQ(nullptr, aws_future_size_release(nullptr));
    EXPECT_EQ(nullptr, aws_future_size_acquire(nullptr));
    EXPECT_FALSE(aws_future_size_is_done(nullptr));
    EXPECT_FALSE(aws_future_size_wait(nullptr, UINT64_MAX));
    EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, aws_future_size_get_error(nullptr));
    EXPECT_EQ(0u, aws_future_size_get_result(nullptr));
    EXPECT_FALSE(aws_future_bool_get_result(nullptr));
    EXPECT_FALSE(aws_future_size_register_callback_if_not_done(nullptr, callback, nullptr));
    aws_future_size_register_callback(nullptr, callback, nullptr);
    aws_future_size_set_result(nullptr, 1);
    aws_future_size_set_error(nullptr, 1);

    struct aws_future_size *future = aws_future_size_new(allocator_);
    aws_reset_error();
    aws_future_size_register_callback(future, nullptr, nullptr);
    EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, aws_last_error());
    EXPECT_FALSE(aws_future_size_register_callback_if_not_done(future, nullptr, nullptr));
    aws_future_size_register_event_loop_callback(future, nullptr, callback, nullptr);
    aws_future_size_register_channel_callback(future, nullptr, callback, nullptr);
    aws_future_impl_set_result_by_move((struct aws_future_impl *)future, nullptr);
    EXPECT_FALSE(aws_future_size_is_done(future));
    aws_future_size_set_result(future, 7);
    aws_future_impl_get_result_by_move((struct aws_future_impl *)future, nullptr);
    EXPECT_EQ(7u, aws_future_size_get_result(future));
    aws_future_size_release(future);
}

using FutureDeathTest = Future;

TEST_F(FutureDeathTest, reading_a_missing_result_stops_the_process) {
    struct aws_future_size *open = aws_future_size_new(allocator_);
    EXPECT_DEATH(aws_future_size_get_error(open), "before it was done");
    EXPECT_DEATH(aws_future_size_get_result(open), "before it was done");
    auto ignore = [](void *) {};
    aws_future_size_register_callback(open, ignore, nullptr);
    EXPECT_DEATH(aws_future_size_register_callback(open, ignore, nullptr), "second callback");
    aws_future_size_set_error(open, 999);
    EXPECT_DEATH(aws_future_size_get_result(open), "ended with an error");
    aws_future_size_release(open);

    int ended = 0;
    struct parcel *parcel = parcel_new(allocator_, &ended);
    struct cpp_future_destroyed *given = cpp_future_destroyed_new(allocator_);
    cpp_future_destroyed_set_result_by_move(given, &parcel);
    parcel = cpp_future_destroyed_get_result_by_move(given);
    EXPECT_DEATH(cpp_future_destroyed_get_result_by_move(given), "moved out");
    parcel_destroy(parcel);
    cpp_future_destroyed_release(given);
}
