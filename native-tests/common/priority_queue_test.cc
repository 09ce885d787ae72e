/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/priority_queue.h>

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

namespace {

int CompareInts(const void *a, const void *b) {
    return *static_cast<const int *>(a) > *static_cast<const int *>(b);
}

class PriorityQueue : public TracedTest {
  protected:
    void SetUp() override {
        TracedTest::SetUp();
        ASSERT_EQ(AWS_OP_SUCCESS, aws_priority_queue_init_dynamic(&queue_, allocator_, 4, sizeof(int), CompareInts));
    }

    void TearDown() override {
        aws_priority_queue_clean_up(&queue_);
        aws_priority_queue_clean_up(&queue_);
        TracedTest::TearDown();
    }

    std::vector<int> PopAll() {
        std::vector<int> items;
        int item = 0;
        while (aws_priority_queue_pop(&queue_, &item) == AWS_OP_SUCCESS) {
            items.push_back(item);
        }
        return items;
    }

    struct aws_priority_queue queue_;
};

TEST_F(PriorityQueue, PopsInOrder) {
    std::mt19937 random(1);
    std::vector<int> expected;
    for (int i = 0; i < 1000; i++) {
        int item = (int)(random() % 500);
        expected.push_back(item);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_priority_queue_push(&queue_, &item));
    }
    EXPECT_TRUE(aws_priority_queue_is_valid(&queue_));
    EXPECT_EQ(1000u, aws_priority_queue_size(&queue_));
    EXPECT_GE(aws_priority_queue_capacity(&queue_), 1000u);
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(expected, PopAll());
    EXPECT_EQ(0u, aws_priority_queue_size(&queue_));
}

TEST_F(PriorityQueue, TopStaysInside) {
    int item = 3;
    void *top = nullptr;
    EXPECT_RAISES(AWS_ERROR_PRIORITY_QUEUE_EMPTY, aws_priority_queue_top(&queue_, &top));
    EXPECT_RAISES(AWS_ERROR_PRIORITY_QUEUE_EMPTY, aws_priority_queue_pop(&queue_, &item));
    aws_priority_queue_push(&queue_, &item);
    item = 2;
    aws_priority_queue_push(&queue_, &item);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_priority_queue_top(&queue_, &top));
    EXPECT_EQ(2, *static_cast<int *>(top));
    EXPECT_EQ(2u, aws_priority_queue_size(&queue_));
}

TEST_F(PriorityQueue, RemovesFromAnywhereByNode) {
    std::mt19937 random(2);
    for (int round = 0; round < 50; round++) {
        const int count = 60;
        std::vector<int> values(count);
        std::vector<struct aws_priority_queue_node> nodes(count);
        std::vector<int> expected;
        for (int i = 0; i < count; i++) {
            values[i] = (int)(random() % 100);
            aws_priority_queue_node_init(&nodes[i]);
            /* Every third item has no node. */
            ASSERT_EQ(AWS_OP_SUCCESS, aws_priority_queue_push_ref(&queue_, &values[i], i % 3 ? &nodes[i] : nullptr));
            EXPECT_EQ(i % 3 != 0, aws_priority_queue_node_is_in_queue(&nodes[i]));
        }
        for (int i = 0; i < count; i++) {
            if (i % 3 == 0 || random() % 2) {
                expected.push_back(values[i]);
                continue;
            }
            int removed = -1;
            ASSERT_EQ(AWS_OP_SUCCESS, aws_priority_queue_remove(&queue_, &removed, &nodes[i]));
            EXPECT_EQ(values[i], removed);
            EXPECT_FALSE(aws_priority_queue_node_is_in_queue(&nodes[i]));
            EXPECT_RAISES(AWS_ERROR_PRIORITY_QUEUE_BAD_NODE, aws_priority_queue_remove(&queue_, &removed, &nodes[i]));
            EXPECT_TRUE(aws_priority_queue_is_valid(&queue_));
        }
        std::sort(expected.begin(), expected.end());
        EXPECT_EQ(expected, PopAll());
        for (auto &node : nodes) {
            EXPECT_FALSE(aws_priority_queue_node_is_in_queue(&node));
        }
    }
}

TEST_F(PriorityQueue, ClearResetsTheNodes) {
    struct aws_priority_queue_node node;
    aws_priority_queue_node_init(&node);
    int item = 1;
    aws_priority_queue_push_ref(&queue_, &item, &node);
    EXPECT_TRUE(aws_priority_queue_node_is_in_queue(&node));
    aws_priority_queue_clear(&queue_);
    EXPECT_FALSE(aws_priority_queue_node_is_in_queue(&node));
    EXPECT_EQ(0u, aws_priority_queue_size(&queue_));
    aws_priority_queue_push_ref(&queue_, &item, &node);
    EXPECT_TRUE(aws_priority_queue_node_is_in_queue(&node));
}

TEST_F(PriorityQueue, InTheCallersMemoryTakesNoNodesAndFillsUp) {
    int memory[2];
    struct aws_priority_queue fixed;
    struct aws_priority_queue_node node;
    int item = 1;
    aws_priority_queue_init_static(&fixed, memory, 2, sizeof(int), CompareInts);
    EXPECT_RAISES(AWS_ERROR_UNSUPPORTED_OPERATION, aws_priority_queue_push_ref(&fixed, &item, &node));
    EXPECT_EQ(0u, aws_priority_queue_size(&fixed));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_priority_queue_push(&fixed, &item));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_priority_queue_push(&fixed, &item));
    EXPECT_RAISES(AWS_ERROR_LIST_EXCEEDS_MAX_SIZE, aws_priority_queue_push(&fixed, &item));
    EXPECT_EQ(2u, aws_priority_queue_capacity(&fixed));
    aws_priority_queue_clean_up(&fixed);
}

TEST_F(PriorityQueue, RefusesNullWithoutCrashing) {
    struct aws_priority_queue other;
    int item = 0;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_priority_queue_init_dynamic(nullptr, allocator_, 1, 4, CompareInts));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_priority_queue_init_dynamic(&other, nullptr, 1, 4, CompareInts));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_priority_queue_init_dynamic(&other, allocator_, 1, 0, CompareInts));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_priority_queue_init_dynamic(&other, allocator_, 1, 4, nullptr));
    EXPECT_RAISES(
        AWS_ERROR_OVERFLOW_DETECTED, aws_priority_queue_init_dynamic(&other, allocator_, SIZE_MAX, 4, CompareInts));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_priority_queue_push(&queue_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_priority_queue_push(nullptr, &item));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_priority_queue_pop(&queue_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_priority_queue_pop(nullptr, &item));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_priority_queue_remove(&queue_, &item, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_priority_queue_top(nullptr, nullptr));
    EXPECT_FALSE(aws_priority_queue_is_valid(nullptr));
    EXPECT_FALSE(aws_priority_queue_node_is_in_queue(nullptr));
    EXPECT_EQ(0u, aws_priority_queue_size(nullptr));
    EXPECT_EQ(0u, aws_priority_queue_capacity(nullptr));
    aws_priority_queue_clear(nullptr);
    aws_priority_queue_clean_up(nullptr);
    aws_priority_queue_node_init(nullptr);
}

} // namespace
