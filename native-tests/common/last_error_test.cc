/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The thread's last error after a call that has not failed. Mostly it is what it was before. But some functions leave
 * one, and libraries on top report it for a failure that has raised no error itself. When none was left, such a library
 * took a failed connection for a success, and its user waited for ever.
 */
#include "support/traced_test.h"

#include <aws/common/array_list.h>
#include <aws/common/byte_buf.h>
#include <aws/common/encoding.h>
#include <aws/common/environment.h>
#include <aws/common/hash_table.h>
#include <aws/common/linked_hash_table.h>
#include <aws/common/lru_cache.h>
#include <aws/common/mutex.h>
#include <aws/common/priority_queue.h>
#include <aws/common/ring_buffer.h>
#include <aws/common/string.h>
#include <aws/common/task_scheduler.h>
#include <aws/common/thread.h>
#include <aws/common/uri.h>

#include <functional>
#include <string>
#include <vector>

namespace {

/* No library has it. */
const int BEFORE = 0x7fff0001;

class LastErrorTest : public TracedTest {
  protected:
    /* What the call leaves, if BEFORE was there. */
    static int After(const std::function<void()> &call) {
        aws_restore_error(BEFORE);
        call();
        int left = aws_last_error();
        aws_reset_error();
        return left;
    }
};

void DoNothing(struct aws_task *, void *, enum aws_task_status) {
}

#define EXPECT_LEAVES(error, call) EXPECT_EQ(error, After([&] { (void)(call); })) << #call
#define EXPECT_LEAVES_ALONE(call) EXPECT_LEAVES(BEFORE, call)

class SchedulerLastErrorTest : public LastErrorTest {
  protected:
    void SetUp() override {
        LastErrorTest::SetUp();
        aws_task_scheduler_init(&scheduler_, allocator_);
        aws_task_init(&task_, DoNothing, nullptr, "last error");
    }

    void TearDown() override {
        aws_task_scheduler_clean_up(&scheduler_);
        LastErrorTest::TearDown();
    }

    struct aws_task_scheduler scheduler_;
    struct aws_task task_;
    uint64_t time_ = 0;
};

TEST_F(SchedulerLastErrorTest, AnEmptySchedulerLeavesThatItsQueueIsEmpty) {
    EXPECT_LEAVES(AWS_ERROR_PRIORITY_QUEUE_EMPTY, aws_task_scheduler_has_tasks(&scheduler_, nullptr));
    EXPECT_LEAVES(AWS_ERROR_PRIORITY_QUEUE_EMPTY, aws_task_scheduler_has_tasks(&scheduler_, &time_));
    EXPECT_LEAVES(AWS_ERROR_PRIORITY_QUEUE_EMPTY, aws_task_scheduler_run_all(&scheduler_, 5));
    EXPECT_LEAVES_ALONE(aws_task_scheduler_is_valid(&scheduler_));
}

TEST_F(SchedulerLastErrorTest, RunningEverythingLeavesThatTheQueueIsEmpty) {
    aws_task_scheduler_schedule_now(&scheduler_, &task_);
    EXPECT_LEAVES(AWS_ERROR_PRIORITY_QUEUE_EMPTY, aws_task_scheduler_run_all(&scheduler_, 5));
    aws_task_scheduler_schedule_future(&scheduler_, &task_, 10);
    EXPECT_LEAVES(AWS_ERROR_PRIORITY_QUEUE_EMPTY, aws_task_scheduler_run_all(&scheduler_, 10));
}

/* A task finds it there already. */
TEST_F(SchedulerLastErrorTest, TasksSeeThatTheQueueIsEmpty) {
    int seen = 0;
    auto look = [](struct aws_task *, void *into, enum aws_task_status) { *(int *)into = aws_last_error(); };
    aws_task_init(&task_, look, &seen, "look");
    aws_task_scheduler_schedule_now(&scheduler_, &task_);
    aws_restore_error(BEFORE);
    aws_task_scheduler_run_all(&scheduler_, 5);
    EXPECT_EQ(AWS_ERROR_PRIORITY_QUEUE_EMPTY, seen);
}

TEST_F(SchedulerLastErrorTest, WaitingTasksLeaveTheLastErrorAlone) {
    EXPECT_LEAVES_ALONE(aws_task_scheduler_schedule_future(&scheduler_, &task_, 10));
    EXPECT_LEAVES_ALONE(aws_task_scheduler_has_tasks(&scheduler_, &time_));
    EXPECT_LEAVES_ALONE(aws_task_scheduler_run_all(&scheduler_, 9));
    EXPECT_LEAVES_ALONE(aws_task_scheduler_cancel_task(&scheduler_, &task_));
    EXPECT_LEAVES_ALONE(aws_task_scheduler_schedule_now(&scheduler_, &task_));
    EXPECT_LEAVES_ALONE(aws_task_scheduler_has_tasks(&scheduler_, &time_));
    EXPECT_LEAVES_ALONE(aws_task_scheduler_cancel_task(&scheduler_, &task_));
}

TEST_F(SchedulerLastErrorTest, CleanUpSetsQueueEmpty) {
    aws_task_scheduler_schedule_future(&scheduler_, &task_, 10);
    EXPECT_LEAVES(AWS_ERROR_PRIORITY_QUEUE_EMPTY, aws_task_scheduler_clean_up(&scheduler_));
    EXPECT_LEAVES_ALONE(aws_task_scheduler_clean_up(&scheduler_));
}

struct Splitting {
    const char *input;
    const char *separator;
    /* What each call leaves, until one returns false. */
    std::vector<int> left;
};

TEST_F(LastErrorTest, TheLastPieceOfATextLeavesThatThereIsNoMore) {
    const int last = AWS_ERROR_STRING_MATCH_NOT_FOUND;
    const Splitting splittings[] = {
        {"a", ",", {last, BEFORE}},
        {"", ",", {last, BEFORE}},
        {",", ",", {BEFORE, last, BEFORE}},
        {"a,b", ",", {BEFORE, last, BEFORE}},
        {"a,b", "long", {last, BEFORE}},
        {"a", "", {AWS_ERROR_SHORT_BUFFER, BEFORE}},
    };
    for (const Splitting &splitting : splittings) {
        struct aws_byte_cursor input = aws_byte_cursor_from_c_str(splitting.input);
        struct aws_byte_cursor separator = aws_byte_cursor_from_c_str(splitting.separator);
        struct aws_byte_cursor piece = {};
        std::vector<int> left;
        for (bool more = true; more;) {
            left.push_back(After([&] { more = aws_byte_cursor_next_split_on_cursor(&input, separator, &piece); }));
        }
        EXPECT_EQ(splitting.left, left) << "'" << splitting.input << "' by '" << splitting.separator << "'";
    }
}

TEST_F(LastErrorTest, ATextAtNullIsNotSearched) {
    struct aws_byte_cursor nothing = {};
    struct aws_byte_cursor piece = {};
    EXPECT_LEAVES_ALONE(aws_byte_cursor_next_split(&nothing, ',', &piece));
}

TEST_F(LastErrorTest, ListsOfPiecesLeaveThatThereIsNoMore) {
    struct aws_byte_cursor input = aws_byte_cursor_from_c_str("a,b");
    struct aws_array_list pieces;
    aws_array_list_init_dynamic(&pieces, allocator_, 4, sizeof(struct aws_byte_cursor));
    EXPECT_LEAVES(AWS_ERROR_STRING_MATCH_NOT_FOUND, aws_byte_cursor_split_on_char(&input, ',', &pieces));
    EXPECT_LEAVES(AWS_ERROR_STRING_MATCH_NOT_FOUND, aws_byte_cursor_split_on_char_n(&input, ',', 1, &pieces));
    aws_array_list_clean_up(&pieces);
}

TEST_F(LastErrorTest, TheLastParameterOfAQueryLeavesThatThereIsNoMore) {
    struct aws_byte_cursor query = aws_byte_cursor_from_c_str("a=1&b");
    struct aws_uri_param parameter = {};
    EXPECT_LEAVES_ALONE(aws_query_string_next_param(query, &parameter));
    EXPECT_LEAVES(AWS_ERROR_STRING_MATCH_NOT_FOUND, aws_query_string_next_param(query, &parameter));
    EXPECT_LEAVES_ALONE(aws_query_string_next_param(query, &parameter));
    struct aws_array_list parameters;
    aws_array_list_init_dynamic(&parameters, allocator_, 4, sizeof(struct aws_uri_param));
    EXPECT_LEAVES(AWS_ERROR_STRING_MATCH_NOT_FOUND, aws_query_string_params(query, &parameters));
    aws_array_list_clean_up(&parameters);
}

TEST_F(LastErrorTest, ContainersLeaveItAloneUnlessTheyFail) {
    int item = 1;
    void *top = nullptr;
    struct aws_array_list list;
    aws_array_list_init_dynamic(&list, allocator_, 0, sizeof(item));
    EXPECT_LEAVES(AWS_ERROR_LIST_EMPTY, aws_array_list_pop_back(&list));
    EXPECT_LEAVES(AWS_ERROR_LIST_EMPTY, aws_array_list_front(&list, &item));
    EXPECT_LEAVES(AWS_ERROR_INVALID_INDEX, aws_array_list_get_at(&list, &item, 0));
    EXPECT_LEAVES_ALONE(aws_array_list_pop_front_n(&list, 2));
    EXPECT_LEAVES_ALONE(aws_array_list_clear(&list));
    EXPECT_LEAVES_ALONE(aws_array_list_push_back(&list, &item));
    EXPECT_LEAVES_ALONE(aws_array_list_shrink_to_fit(&list));
    aws_array_list_clean_up(&list);

    struct aws_priority_queue queue;
    auto compare = [](const void *a, const void *b) { return *(const int *)a - *(const int *)b; };
    aws_priority_queue_init_dynamic(&queue, allocator_, 1, sizeof(item), compare);
    EXPECT_LEAVES(AWS_ERROR_PRIORITY_QUEUE_EMPTY, aws_priority_queue_top(&queue, &top));
    EXPECT_LEAVES_ALONE(aws_priority_queue_push(&queue, &item));
    EXPECT_LEAVES_ALONE(aws_priority_queue_pop(&queue, &item));
    EXPECT_LEAVES(AWS_ERROR_PRIORITY_QUEUE_EMPTY, aws_priority_queue_pop(&queue, &item));
    aws_priority_queue_clean_up(&queue);

    struct aws_ring_buffer ring;
    struct aws_byte_buf taken = {};
    aws_ring_buffer_init(&ring, allocator_, 16);
    EXPECT_LEAVES_ALONE(aws_ring_buffer_acquire(&ring, 16, &taken));
    struct aws_byte_buf none = {};
    EXPECT_LEAVES(AWS_ERROR_OOM, aws_ring_buffer_acquire(&ring, 1, &none));
    EXPECT_LEAVES_ALONE(aws_ring_buffer_release(&ring, &taken));
    aws_ring_buffer_clean_up(&ring);
}

TEST_F(LastErrorTest, TablesLeaveItAloneAlsoWhenThereIsNothing) {
    struct aws_hash_table table;
    struct aws_hash_element *element = nullptr;
    int was_present = 0;
    aws_hash_table_init(&table, allocator_, 0, aws_hash_c_string, aws_hash_callback_c_str_eq, nullptr, nullptr);
    EXPECT_LEAVES_ALONE(aws_hash_table_find(&table, "key", &element));
    EXPECT_LEAVES_ALONE(aws_hash_table_remove(&table, "key", nullptr, &was_present));
    EXPECT_LEAVES_ALONE(aws_hash_table_put(&table, "key", nullptr, nullptr));
    EXPECT_LEAVES_ALONE(aws_hash_table_clear(&table));
    aws_hash_table_clean_up(&table);

    void *value = nullptr;
    struct aws_cache *cache =
        aws_cache_new_lru(allocator_, aws_hash_c_string, aws_hash_callback_c_str_eq, nullptr, nullptr, 1);
    EXPECT_LEAVES_ALONE(aws_cache_find(cache, "key", &value));
    EXPECT_LEAVES_ALONE(aws_cache_remove(cache, "key"));
    EXPECT_LEAVES_ALONE(aws_lru_cache_use_lru_element(cache));
    EXPECT_LEAVES_ALONE(aws_cache_put(cache, "key", nullptr));
    EXPECT_LEAVES_ALONE(aws_cache_put(cache, "other", nullptr));
    aws_cache_destroy(cache);
}

TEST_F(LastErrorTest, PredicatesThatReturnFalseKeepTheLastError) {
    struct aws_byte_cursor empty = {};
    struct aws_byte_buf full = {};
    uint8_t byte = 0;
    EXPECT_LEAVES_ALONE(aws_byte_cursor_read_u8(&empty, &byte));
    EXPECT_LEAVES_ALONE(aws_byte_cursor_advance(&empty, 1));
    EXPECT_LEAVES_ALONE(aws_byte_buf_write_u8(&full, 1));
    EXPECT_LEAVES_ALONE(aws_text_is_utf8((const uint8_t *)"\xff", 1));
    EXPECT_LEAVES_ALONE(aws_get_env(allocator_, "A_VARIABLE_THAT_IS_NOT_SET"));
    EXPECT_LEAVES_ALONE(aws_thread_join_all_managed());
}

} // namespace
