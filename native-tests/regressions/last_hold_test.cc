/* SPDX-License-Identifier: Apache-2.0 */
#include "support/guarded_allocator.h"
#include "support/loops.h"
#include "support/scripted_handler.h"
#include "support/traced_test.h"

#include <aws/io/channel.h>

#include <memory>
#include <vector>

/*
 * What happens when the last hold on a channel goes inside the library. A handler that gave it back while its slot was
 * removed took the channel with it, and the removal went on in the channel's memory. And a task that was cancelled
 * because the channel goes could schedule another one, whose way to the loop then ended in a channel that was gone.
 * Both found by reading.
 */
class LastHold : public TracedIoTest {
  protected:
    void SetUp() override {
        TracedIoTest::SetUp();
        loops_ = std::make_unique<LoopGroup>(allocator_);
        struct aws_channel_options options = {};
        options.event_loop = loops_->loop();
        options.on_setup_completed = [](struct aws_channel *, int, void *arg) { static_cast<Signal *>(arg)->Raise(); };
        options.on_shutdown_completed = [](struct aws_channel *, int, void *arg) {
            static_cast<Signal *>(arg)->Raise();
        };
        options.setup_user_data = &set_up_;
        options.shutdown_user_data = &shut_down_;
        channel_ = aws_channel_new(GuardedAllocator::Get(), &options);
        ASSERT_TRUE(set_up_.Wait());
    }

    void TearDown() override {
        loops_.reset();
        TracedIoTest::TearDown();
    }

    /* A handler that holds the channel until its end. */
    ScriptedHandler *InstallHolder() {
        ScriptedHandler *handler = ScriptedHandler::New(allocator_);
        handler->Install(channel_);
        aws_channel_acquire_hold(channel_);
        handler->on_destroy = [channel = channel_] { aws_channel_release_hold(channel); };
        return handler;
    }

    /* Shuts the channel down and gives up its owner's hold. */
    bool EndsButForItsHolds() {
        aws_channel_shutdown(channel_, 0);
        bool has_shut_down = shut_down_.Wait();
        aws_channel_destroy(channel_);
        return has_shut_down;
    }

    std::unique_ptr<LoopGroup> loops_;
    struct aws_channel *channel_ = nullptr;
    Signal set_up_;
    Signal shut_down_;
};

TEST_F(LastHold, MayBeReleasedByAHandlerWhoseSlotIsRemoved) {
    ScriptedHandler *holder = nullptr;
    RunOnLoop(loops_->loop(), [&] {
        ScriptedHandler::New(allocator_)->Install(channel_);
        holder = InstallHolder();
    });
    ASSERT_TRUE(EndsButForItsHolds());
    RunOnLoop(loops_->loop(), [&] { EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_slot_remove(holder->slot)); });
}

TEST_F(LastHold, MayBeReleasedByTheFirstHandlerWhenItsSlotIsRemoved) {
    ScriptedHandler *holder = nullptr;
    RunOnLoop(loops_->loop(), [&] { holder = InstallHolder(); });
    ASSERT_TRUE(EndsButForItsHolds());
    RunOnLoop(loops_->loop(), [&] { EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_slot_remove(holder->slot)); });
}

TEST_F(LastHold, MayBeReleasedByAHandlerWhoseSlotIsReplaced) {
    ScriptedHandler *holder = nullptr;
    RunOnLoop(loops_->loop(), [&] { holder = InstallHolder(); });
    ASSERT_TRUE(EndsButForItsHolds());
    RunOnLoop(loops_->loop(), [&] {
        struct aws_channel_slot *replacement = aws_channel_slot_new(channel_);
        EXPECT_EQ(
            AWS_OP_SUCCESS, aws_channel_slot_set_handler(replacement, &ScriptedHandler::New(allocator_)->handler));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_slot_replace(holder->slot, replacement));
    });
}

TEST_F(LastHold, MayBeReleasedWhileACancelledTaskSchedulesAnother) {
    struct Tasks {
        struct aws_channel *channel;
        struct aws_channel_task waiting;
        struct aws_channel_task second_task;
        std::vector<enum aws_task_status> statuses;
        Signal done;
    } tasks;
    tasks.channel = channel_;
    aws_channel_task_init(
        &tasks.waiting,
        [](struct aws_channel_task *, void *arg, enum aws_task_status status) {
            auto *self = static_cast<Tasks *>(arg);
            self->statuses.push_back(status);
            aws_channel_schedule_task_now_serialized(self->channel, &self->second_task);
        },
        &tasks,
        "waiting");
    aws_channel_task_init(
        &tasks.second_task,
        [](struct aws_channel_task *, void *arg, enum aws_task_status status) {
            static_cast<Tasks *>(arg)->statuses.push_back(status);
            static_cast<Tasks *>(arg)->done.Raise();
        },
        &tasks,
        "second_task");
    RunOnLoop(loops_->loop(), [&] { aws_channel_schedule_task_future(channel_, &tasks.waiting, UINT64_MAX); });
    aws_channel_destroy(channel_);
    ASSERT_TRUE(tasks.done.Wait());
    RunOnLoop(loops_->loop(), [] {});
    EXPECT_EQ((std::vector<enum aws_task_status>{AWS_TASK_STATUS_CANCELED, AWS_TASK_STATUS_CANCELED}), tasks.statuses);
}
