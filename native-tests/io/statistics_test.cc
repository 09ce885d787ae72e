/* SPDX-License-Identifier: Apache-2.0 */
#include "support/testing_channel.h"

#include "support/statistics_recorder.h"
#include "support/traced_test.h"

#include <aws/io/statistics.h>

#include <list>

class Statistics : public TracedIoTest {};

TEST_F(Statistics, socket_statistics) {
    struct aws_crt_statistics_socket stats;
    memset(&stats, 0xFF, sizeof(stats));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_crt_statistics_socket_init(&stats));
    EXPECT_EQ((aws_crt_statistics_category_t)AWSCRT_STAT_CAT_SOCKET, stats.category);
    EXPECT_EQ(0u, stats.bytes_read);
    EXPECT_EQ(0u, stats.bytes_written);
    stats.bytes_read = 1;
    stats.bytes_written = 2;
    aws_crt_statistics_socket_reset(&stats);
    EXPECT_EQ((aws_crt_statistics_category_t)AWSCRT_STAT_CAT_SOCKET, stats.category);
    EXPECT_EQ(0u, stats.bytes_read);
    EXPECT_EQ(0u, stats.bytes_written);
    aws_crt_statistics_socket_cleanup(&stats);
}

TEST_F(Statistics, tls_statistics_are_never_reset) {
    struct aws_crt_statistics_tls stats;
    memset(&stats, 0xFF, sizeof(stats));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_crt_statistics_tls_init(&stats));
    EXPECT_EQ((aws_crt_statistics_category_t)AWSCRT_STAT_CAT_TLS, stats.category);
    EXPECT_EQ(AWS_TLS_NEGOTIATION_STATUS_NONE, stats.handshake_status);
    EXPECT_EQ(0u, stats.handshake_start_ns);
    EXPECT_EQ(0u, stats.handshake_end_ns);
    stats.handshake_start_ns = 1;
    stats.handshake_end_ns = 2;
    stats.handshake_status = AWS_TLS_NEGOTIATION_STATUS_SUCCESS;
    aws_crt_statistics_tls_reset(&stats);
    EXPECT_EQ(1u, stats.handshake_start_ns);
    EXPECT_EQ(2u, stats.handshake_end_ns);
    EXPECT_EQ(AWS_TLS_NEGOTIATION_STATUS_SUCCESS, stats.handshake_status);
    aws_crt_statistics_tls_cleanup(&stats);
}

TEST_F(Statistics, bad_arguments_are_refused) {
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_crt_statistics_socket_init(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_crt_statistics_tls_init(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_channel_set_statistics_handler(nullptr, nullptr));
    aws_crt_statistics_socket_reset(nullptr);
    aws_crt_statistics_socket_cleanup(nullptr);
    aws_crt_statistics_tls_reset(nullptr);
    aws_crt_statistics_tls_cleanup(nullptr);
    aws_crt_statistics_handler_destroy(nullptr);
}

/* A channel whose clock the test moves, with testing handlers, which keep statistics of sockets, at both ends. */
class ChannelStatistics : public TracedIoTest {
  protected:
    void SetUp() override {
        TracedIoTest::SetUp();
        now_ns_ = 5000 * kMilli;
        struct aws_testing_channel_options options = {};
        options.clock_fn = [](uint64_t *now) {
            *now = now_ns_;
            return AWS_OP_SUCCESS;
        };
        ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_init(&testing_, allocator_, &options));
        ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_install_downstream_handler(&testing_, 1024));
        for (auto *stats : {&testing_.left_handler_impl->stats, &testing_.right_handler_impl->stats}) {
            aws_crt_statistics_socket_init(stats);
        }
        testing_channel_drain_queued_tasks(&testing_);
    }

    void TearDown() override {
        EXPECT_EQ(AWS_OP_SUCCESS, testing_channel_clean_up(&testing_));
        TracedIoTest::TearDown();
    }

    /* It outlives the channel. */
    StatisticsRecorder &NewRecorder(uint64_t interval_ms) {
        return recorders_.emplace_back(allocator_, interval_ms);
    }

    void Set(StatisticsRecorder &recorder) {
        ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_set_statistics_handler(testing_.channel, recorder.handler()));
    }

    /* Every task that is due runs, once. */
    void Advance(uint64_t milliseconds) {
        now_ns_ += milliseconds * kMilli;
        aws_task_scheduler_run_all(&testing_.loop_impl->scheduler, now_ns_);
    }

    static constexpr uint64_t kMilli = 1000000;
    static uint64_t now_ns_;
    struct testing_channel testing_ = {};
    std::list<StatisticsRecorder> recorders_;
};

uint64_t ChannelStatistics::now_ns_;

TEST_F(ChannelStatistics, each_interval_is_sampled_and_then_reset) {
    StatisticsRecorder &recorder = NewRecorder(100);
    testing_.left_handler_impl->stats.bytes_read = 99;
    Set(recorder);
    EXPECT_EQ(0u, testing_.left_handler_impl->stats.bytes_read) << "what was before does not count";

    testing_.left_handler_impl->stats.bytes_read = 10;
    testing_.right_handler_impl->stats.bytes_written = 20;
    Advance(99);
    EXPECT_EQ(0, recorder.Samples());
    Advance(1);
    EXPECT_EQ(1, recorder.Samples());
    EXPECT_EQ(2u, recorder.LastEntries());
    EXPECT_EQ(10u, recorder.BytesRead());
    EXPECT_EQ(20u, recorder.BytesWritten());
    EXPECT_EQ(5000u, recorder.LastInterval().begin_time_ms);
    EXPECT_EQ(5100u, recorder.LastInterval().end_time_ms);
    EXPECT_EQ(0u, testing_.left_handler_impl->stats.bytes_read);

    testing_.left_handler_impl->stats.bytes_read = 1;
    Advance(130);
    EXPECT_EQ(2, recorder.Samples());
    EXPECT_EQ(11u, recorder.BytesRead());
    EXPECT_EQ(5100u, recorder.LastInterval().begin_time_ms);
    EXPECT_EQ(5230u, recorder.LastInterval().end_time_ms);
}

TEST_F(ChannelStatistics, the_sample_names_its_channel) {
    StatisticsRecorder &recorder = NewRecorder(1);
    void *seen = nullptr;
    recorder.on_sample = [&](void *context) { seen = context; };
    Set(recorder);
    Advance(1);
    EXPECT_EQ(testing_.channel, seen);
}

TEST_F(ChannelStatistics, a_new_handler_replaces_the_old_one) {
    StatisticsRecorder &first = NewRecorder(10), &second = NewRecorder(20);
    Set(first);
    Advance(10);
    Set(second);
    EXPECT_EQ(1, first.Destroyed());
    Advance(19);
    EXPECT_EQ(0, second.Samples());
    Advance(1);
    EXPECT_EQ(1, second.Samples());
    EXPECT_EQ(1, first.Samples());

    ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_set_statistics_handler(testing_.channel, nullptr));
    EXPECT_EQ(1, second.Destroyed());
    Advance(1000);
    EXPECT_EQ(1, second.Samples());
    EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_set_statistics_handler(testing_.channel, nullptr))
        << "there is none any more";
}

TEST_F(ChannelStatistics, a_handler_may_be_replaced_in_its_own_sample) {
    StatisticsRecorder &first = NewRecorder(10), &second = NewRecorder(20);
    first.on_sample = [&](void *) { Set(second); };
    Set(first);
    Advance(10);
    EXPECT_EQ(1, first.Samples());
    EXPECT_EQ(1, first.Destroyed());
    Advance(20);
    EXPECT_EQ(1, second.Samples());

    second.on_sample = [&](void *) { aws_channel_set_statistics_handler(testing_.channel, nullptr); };
    Advance(20);
    EXPECT_EQ(2, second.Samples());
    EXPECT_EQ(1, second.Destroyed());
    Advance(1000);
    EXPECT_EQ(2, second.Samples());
    EXPECT_EQ(1, first.Samples());
}

TEST_F(ChannelStatistics, only_the_loops_thread_may_set_it_and_a_refused_handler_stays_the_callers) {
    StatisticsRecorder &recorder = NewRecorder(10);
    testing_channel_set_is_on_users_thread(&testing_, false);
    EXPECT_RAISES(
        AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, aws_channel_set_statistics_handler(testing_.channel, recorder.handler()));
    testing_channel_set_is_on_users_thread(&testing_, true);
    Advance(10);
    EXPECT_EQ(0, recorder.Samples());
    aws_crt_statistics_handler_destroy(recorder.handler());
    EXPECT_EQ(1, recorder.Destroyed());
}

TEST_F(ChannelStatistics, the_handler_ends_with_its_channel_and_is_not_called_after_the_shutdown) {
    struct aws_channel_options options = {};
    options.event_loop = testing_.loop;
    options.on_setup_completed = [](struct aws_channel *, int, void *) {};
    struct aws_channel *channel = aws_channel_new(allocator_, &options);
    testing_channel_drain_queued_tasks(&testing_);
    StatisticsRecorder &recorder = NewRecorder(10);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_channel_set_statistics_handler(channel, recorder.handler()));
    Advance(10);
    EXPECT_EQ(1, recorder.Samples());
    aws_channel_shutdown(channel, AWS_ERROR_SUCCESS);
    testing_channel_drain_queued_tasks(&testing_);
    Advance(1000);
    EXPECT_EQ(1, recorder.Samples());
    EXPECT_EQ(0, recorder.Destroyed());
    aws_channel_destroy(channel);
    EXPECT_EQ(1, recorder.Destroyed());
}

TEST_F(ChannelStatistics, the_largest_interval_never_ends) {
    StatisticsRecorder &recorder = NewRecorder(UINT64_MAX);
    Set(recorder);
    Advance(1000000000);
    EXPECT_EQ(0, recorder.Samples());
}
