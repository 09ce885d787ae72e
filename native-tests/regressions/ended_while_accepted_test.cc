/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A connection that was accepted for another loop may live and end there before the thread that has accepted it gets
 * any further. That thread looked at the connection once more. Found by the stress program, with a crash in one run of
 * some; here the other loop returns to that thread only when the connection is over and its memory cannot be touched.
 */
#include "support/bootstraps.h"
#include "support/guarded_allocator.h"
#include "support/traced_test.h"

#include <atomic>
#include <cstring>
#include <functional>

namespace {

/* A loop of the program's over one of the library's, which does all the work. */
class OuterLoop {
  public:
    static OuterLoop *Of(struct aws_event_loop *loop) {
        return static_cast<OuterLoop *>(aws_event_loop_get_impl(loop));
    }

    static struct aws_event_loop *
    New(struct aws_allocator *allocator, const struct aws_event_loop_options *options, void *) {
        auto *self = new OuterLoop;
        self->inner_ = aws_event_loop_new_default(allocator, options->clock);
        return aws_event_loop_new_base(allocator, options->clock, Vtable(), self);
    }

    /* Before schedule_task_now() of a channel's setup returns on a thread of another loop; this one runs. */
    std::function<void(struct aws_event_loop *inner)> on_scheduled;

    bool IsOnCallersThread() const {
        return inner_ == nullptr || aws_event_loop_thread_is_callers_thread(inner_);
    }

  private:
    static struct aws_event_loop *Inner(struct aws_event_loop *loop) {
        return Of(loop)->inner_;
    }

    static void ScheduleNow(struct aws_event_loop *loop, struct aws_task *task) {
        OuterLoop *self = Of(loop);
        /* The task may be over, and its memory gone, when it has been handed on. */
        const char *tag = task->type_tag;
        aws_event_loop_schedule_task_now(self->inner_, task);
        if (self->on_scheduled && !self->IsOnCallersThread() && strcmp(tag, "channel_setup") == 0) {
            self->on_scheduled(self->inner_);
        }
    }

    static void Destroy(struct aws_event_loop *loop) {
        OuterLoop *self = Of(loop);
        aws_event_loop_destroy(self->inner_);
        self->inner_ = nullptr;
        aws_event_loop_clean_up_base(loop);
        aws_mem_release(loop->alloc, loop);
        delete self;
    }

    static struct aws_event_loop_vtable *Vtable() {
        static struct aws_event_loop_vtable vtable = {};
        vtable.start_destroy = [](struct aws_event_loop *) {};
        vtable.complete_destroy = Destroy;
        vtable.run = [](struct aws_event_loop *loop) { return aws_event_loop_run(Inner(loop)); };
        vtable.stop = [](struct aws_event_loop *loop) { return aws_event_loop_stop(Inner(loop)); };
        vtable.wait_for_stop_completion = [](struct aws_event_loop *loop) {
            return aws_event_loop_wait_for_stop_completion(Inner(loop));
        };
        vtable.schedule_task_now = ScheduleNow;
        vtable.schedule_task_now_serialized = [](struct aws_event_loop *loop, struct aws_task *task) {
            aws_event_loop_schedule_task_now_serialized(Inner(loop), task);
        };
        vtable.schedule_task_future = [](struct aws_event_loop *loop, struct aws_task *task, uint64_t due) {
            aws_event_loop_schedule_task_future(Inner(loop), task, due);
        };
        vtable.cancel_task = [](struct aws_event_loop *loop, struct aws_task *task) {
            aws_event_loop_cancel_task(Inner(loop), task);
        };
        vtable.subscribe_to_io_events = [](struct aws_event_loop *loop,
                                           struct aws_io_handle *handle,
                                           int events,
                                           aws_event_loop_on_event_fn *on_event,
                                           void *user_data) {
            return aws_event_loop_subscribe_to_io_events(Inner(loop), handle, events, on_event, user_data);
        };
        vtable.unsubscribe_from_io_events = [](struct aws_event_loop *loop, struct aws_io_handle *handle) {
            return aws_event_loop_unsubscribe_from_io_events(Inner(loop), handle);
        };
        vtable.is_on_callers_thread = [](struct aws_event_loop *loop) { return Of(loop)->IsOnCallersThread(); };
        return &vtable;
    }

    struct aws_event_loop *inner_ = nullptr;
};

} // namespace

TEST_F(TracedIoTest, AConnectionMayBeOverBeforeTheThreadThatHasAcceptedItGoesOn) {
    struct aws_event_loop_group_options options = {};
    options.loop_count = 2;
    LoopGroup group(aws_event_loop_group_new_internal(allocator_, &options, OuterLoop::New, nullptr));
    ASSERT_NE(nullptr, group.get());
    std::atomic<int> connections{0};
    std::atomic<int> crossings{0};
    Signal over;
    OuterLoop *loops[] = {OuterLoop::Of(group.loop(0)), OuterLoop::Of(group.loop(1))};
    for (int i : {0, 1}) {
        loops[i]->on_scheduled = [&, other = loops[1 - i]](struct aws_event_loop *inner) {
            if (other->IsOnCallersThread()) {
                crossings++;
                EXPECT_TRUE(over.Wait(connections));
                RunOnLoop(inner, [] {});
            }
        };
    }

    Server server(GuardedAllocator::Get(), group.get(), AWS_SOCKET_IPV4);
    server.on_side = [&](Side &side) {
        side.on_set_up = [&side] { aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS); };
        side.on_shut_down = [&over] { over.Raise(); };
    };
    ASSERT_TRUE(server.Listen());
    /* The group gives each connection to either loop. */
    while (crossings == 0 && connections < 100) {
        connections++;
        EXPECT_EQ("", RawSocket::Connect("127.0.0.1", (uint16_t)server.endpoint.port).ReadToEnd());
        EXPECT_TRUE(over.Wait(connections));
        /* The thread that has accepted it goes on, too, before there is another one. */
        TurnLoop(group.loop(0));
        TurnLoop(group.loop(1));
    }
    EXPECT_LT(0, crossings);
}
