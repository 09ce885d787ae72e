/* SPDX-License-Identifier: Apache-2.0 */
#include "support/testing_channel.h"

#include "support/traced_test.h"

#include <string>
#include <vector>

class IoTestingChannel : public TracedIoTest {
  protected:
    void SetUp() override {
        TracedIoTest::SetUp();
        struct aws_testing_channel_options options = {};
        options.clock_fn = aws_high_res_clock_get_ticks;
        ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_init(&testing_, allocator_, &options));
    }

    void TearDown() override {
        if (!cleaned_up_) {
            EXPECT_EQ(AWS_OP_SUCCESS, testing_channel_clean_up(&testing_));
        }
        TracedIoTest::TearDown();
    }

    struct aws_io_message *NewMessage(const std::string &text = "") {
        struct aws_io_message *message =
            aws_channel_acquire_message_from_pool(testing_.channel, AWS_IO_MESSAGE_APPLICATION_DATA, 64);
        aws_byte_buf_write(&message->message_data, (const uint8_t *)text.data(), text.size());
        return message;
    }

    /* Completions of written messages, by their errors. */
    static void OnWritten(struct aws_channel *, struct aws_io_message *, int error, void *user_data) {
        static_cast<std::vector<int> *>(user_data)->push_back(error);
    }

    struct testing_channel testing_ = {};
    bool cleaned_up_ = false;
};

TEST_F(IoTestingChannel, io_testing_channel) {
    ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_install_downstream_handler(&testing_, 16 * 1024));
    testing_channel_drain_queued_tasks(&testing_);

    struct aws_io_message *read = NewMessage();
    ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_push_read_message(&testing_, read));
    struct aws_linked_list *read_queue = testing_channel_get_read_message_queue(&testing_);
    ASSERT_FALSE(aws_linked_list_empty(read_queue));
    EXPECT_EQ(&read->queueing_handle, aws_linked_list_front(read_queue));

    struct aws_io_message *written = NewMessage();
    ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_push_write_message(&testing_, written));
    struct aws_linked_list *write_queue = testing_channel_get_written_message_queue(&testing_);
    ASSERT_FALSE(aws_linked_list_empty(write_queue));
    EXPECT_EQ(&written->queueing_handle, aws_linked_list_front(write_queue));

    ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_increment_read_window(&testing_, 12345));
    testing_channel_drain_queued_tasks(&testing_);
    EXPECT_EQ(12345u, testing_channel_last_window_update(&testing_));
}

TEST_F(IoTestingChannel, text_goes_in_and_comes_out_at_both_ends) {
    ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_install_downstream_handler(&testing_, 1024));
    testing_channel_drain_queued_tasks(&testing_);
    EXPECT_EQ(AWS_OP_SUCCESS, testing_channel_push_read_str(&testing_, "from "));
    EXPECT_EQ(AWS_OP_SUCCESS, testing_channel_push_read_str(&testing_, "the left"));
    EXPECT_EQ(
        AWS_OP_SUCCESS, testing_channel_check_midchannel_read_messages_str(&testing_, allocator_, "from the left"));
    EXPECT_EQ(AWS_OP_SUCCESS, testing_channel_push_write_str(&testing_, "from "));
    EXPECT_EQ(AWS_OP_SUCCESS, testing_channel_push_write_str(&testing_, "the right"));
    EXPECT_EQ(AWS_OP_SUCCESS, testing_channel_check_written_message_str(&testing_, "from "));
    EXPECT_EQ(AWS_OP_SUCCESS, testing_channel_check_written_messages_str(&testing_, allocator_, "the right"));
}

TEST_F(IoTestingChannel, reads_beyond_the_window_are_refused) {
    ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_install_downstream_handler(&testing_, 4));
    testing_channel_drain_queued_tasks(&testing_);
    EXPECT_EQ(AWS_OP_SUCCESS, testing_channel_push_read_str_ignore_errors(&testing_, "five!"));
    EXPECT_EQ(AWS_IO_CHANNEL_READ_WOULD_EXCEED_WINDOW, aws_last_error());
    EXPECT_TRUE(aws_linked_list_empty(testing_channel_get_read_message_queue(&testing_)));
    EXPECT_EQ(AWS_OP_SUCCESS, testing_channel_push_read_str(&testing_, "four"));
}

TEST_F(IoTestingChannel, writes_complete_when_and_how_the_test_says) {
    ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_install_downstream_handler(&testing_, 1024));
    std::vector<int> errors;
    auto write = [&] {
        struct aws_io_message *message = NewMessage("x");
        message->on_completion = OnWritten;
        message->user_data = &errors;
        ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_push_write_message(&testing_, message));
    };
    write();
    EXPECT_EQ(std::vector<int>({AWS_ERROR_SUCCESS}), errors);

    testing_channel_complete_written_messages_immediately(&testing_, true, AWS_IO_SOCKET_TIMEOUT);
    write();
    EXPECT_EQ(std::vector<int>({AWS_ERROR_SUCCESS, AWS_IO_SOCKET_TIMEOUT}), errors);

    errors.clear();
    testing_channel_complete_written_messages_immediately(&testing_, false, AWS_ERROR_SUCCESS);
    write();
    write();
    testing_channel_drain_queued_tasks(&testing_);
    EXPECT_TRUE(errors.empty());
    cleaned_up_ = true;
    EXPECT_EQ(AWS_OP_SUCCESS, testing_channel_clean_up(&testing_));
    EXPECT_EQ(std::vector<int>({AWS_IO_SOCKET_CLOSED, AWS_IO_SOCKET_CLOSED}), errors);
}

TEST_F(IoTestingChannel, tasks_run_only_when_drained) {
    struct Run {
        static void Task(struct aws_channel_task *, void *arg, enum aws_task_status status) {
            EXPECT_EQ(AWS_TASK_STATUS_RUN_READY, status);
            *static_cast<bool *>(arg) = true;
        }
    };
    bool ran = false;
    struct aws_channel_task task;
    aws_channel_task_init(&task, Run::Task, &ran, "testing_channel_test");
    aws_channel_schedule_task_now(testing_.channel, &task);
    EXPECT_FALSE(ran);
    testing_channel_drain_queued_tasks(&testing_);
    EXPECT_TRUE(ran);

    /* As from another thread. */
    ran = false;
    testing_channel_set_is_on_users_thread(&testing_, false);
    aws_channel_schedule_task_now(testing_.channel, &task);
    testing_channel_set_is_on_users_thread(&testing_, true);
    EXPECT_FALSE(ran);
    testing_channel_drain_queued_tasks(&testing_);
    EXPECT_TRUE(ran);
}

TEST_F(IoTestingChannel, the_right_handler_gets_the_shutdown) {
    ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_install_downstream_handler(&testing_, 1024));
    std::vector<std::string> calls;
    testing_channel_set_downstream_handler_shutdown_callback(
        &testing_,
        [](enum aws_channel_direction dir, int error, bool immediately, void *user_data) {
            EXPECT_EQ(AWS_IO_SOCKET_TIMEOUT, error);
            EXPECT_FALSE(immediately);
            static_cast<std::vector<std::string> *>(user_data)->push_back(
                dir == AWS_CHANNEL_DIR_READ ? "read" : "write");
        },
        &calls);
    aws_channel_shutdown(testing_.channel, AWS_IO_SOCKET_TIMEOUT);
    EXPECT_FALSE(testing_channel_is_shutdown_completed(&testing_));
    testing_channel_drain_queued_tasks(&testing_);
    EXPECT_TRUE(testing_channel_is_shutdown_completed(&testing_));
    EXPECT_EQ(AWS_IO_SOCKET_TIMEOUT, testing_channel_get_shutdown_error_code(&testing_));
    EXPECT_EQ(std::vector<std::string>({"read", "write"}), calls);
}
