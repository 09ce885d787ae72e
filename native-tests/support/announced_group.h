/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_ANNOUNCED_GROUP_H
#define RESEAU_TESTS_ANNOUNCED_GROUP_H

#include "support/latch.h"
#include "support/loop_tasks.h"

#include <aws/common/thread.h>
#include <aws/io/event_loop.h>

#include <gtest/gtest.h>

/* A group with a shutdown callback that is waited for. */
struct AnnouncedGroup {
    Signal ended;
    aws_thread_id_t ended_on = 0;
    struct aws_shutdown_callback_options shutdown = {};
    struct aws_event_loop_group_options options = {};
    struct aws_event_loop_group *group = nullptr;

    AnnouncedGroup(struct aws_allocator *allocator, uint16_t loops) {
        shutdown.shutdown_callback_fn = [](void *user_data) {
            auto *self = static_cast<AnnouncedGroup *>(user_data);
            self->ended_on = aws_thread_current_thread_id();
            self->ended.Raise();
        };
        shutdown.shutdown_callback_user_data = this;
        options.loop_count = loops;
        options.shutdown_options = &shutdown;
        group = aws_event_loop_group_new(allocator, &options);
        EXPECT_NE(nullptr, group);
    }
};

#endif /* RESEAU_TESTS_ANNOUNCED_GROUP_H */
