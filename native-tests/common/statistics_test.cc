/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/array_list.h>
#include <aws/common/statistics.h>

class StatisticsTest : public TracedTest {};

struct Receiver {
    static void Process(
        struct aws_crt_statistics_handler *handler,
        struct aws_crt_statistics_sample_interval *interval,
        struct aws_array_list *stats,
        void *context) {
        Receiver *self = (Receiver *)handler->impl;
        self->begin = interval->begin_time_ms;
        self->count = aws_array_list_length(stats);
        self->context = context;
    }

    static void Destroy(struct aws_crt_statistics_handler *handler) {
        ((Receiver *)handler->impl)->destroyed++;
    }

    static uint64_t Interval(struct aws_crt_statistics_handler *handler) {
        (void)handler;
        return 250;
    }

    uint64_t begin = 0;
    size_t count = 0;
    void *context = nullptr;
    int destroyed = 0;
};

TEST_F(StatisticsTest, GoesThroughTheVtable) {
    struct aws_crt_statistics_handler_vtable vtable = {Receiver::Process, Receiver::Destroy, Receiver::Interval};
    Receiver receiver;
    struct aws_crt_statistics_handler handler = {&vtable, allocator_, &receiver};
    struct aws_crt_statistics_sample_interval interval = {10, 20};
    struct aws_crt_statistics_base sample = {AWSCRT_STAT_CAT_INVALID};
    struct aws_crt_statistics_base *pointer = &sample;
    struct aws_array_list list;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_array_list_init_dynamic(&list, allocator_, 1, sizeof(pointer)));
    aws_array_list_push_back(&list, &pointer);

    aws_crt_statistics_handler_process_statistics(&handler, &interval, &list, &receiver);
    EXPECT_EQ(10u, receiver.begin);
    EXPECT_EQ(1u, receiver.count);
    EXPECT_EQ(&receiver, receiver.context);
    EXPECT_EQ(250u, aws_crt_statistics_handler_get_report_interval_ms(&handler));
    aws_crt_statistics_handler_destroy(&handler);
    EXPECT_EQ(1, receiver.destroyed);
    aws_array_list_clean_up(&list);
}

TEST_F(StatisticsTest, NullIsNoHandler) {
    aws_crt_statistics_handler_destroy(nullptr);
    EXPECT_EQ(0, aws_last_error());
    EXPECT_EQ(0u, aws_crt_statistics_handler_get_report_interval_ms(nullptr));
    EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, aws_last_error());
    aws_reset_error();
    aws_crt_statistics_handler_process_statistics(nullptr, nullptr, nullptr, nullptr);
    EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, aws_last_error());
}
