/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/array_list.h>

#include <cstdint>
#include <cstring>
#include <vector>

namespace {

class ArrayList : public TracedTest {};

int CompareInts(const void *a, const void *b) {
    int x = *static_cast<const int *>(a);
    int y = *static_cast<const int *>(b);
    return (x > y) - (x < y);
}

std::vector<int> Items(const struct aws_array_list &list) {
    auto *items = static_cast<int *>(list.data);
    return std::vector<int>(items, items + list.length);
}

struct aws_array_list ListOf(struct aws_allocator *allocator, std::initializer_list<int> items) {
    struct aws_array_list list;
    aws_array_list_init_dynamic(&list, allocator, 0, sizeof(int));
    for (int item : items) {
        aws_array_list_push_back(&list, &item);
    }
    return list;
}

TEST_F(ArrayList, EnsureCapacityDoublesOrTakesWhatIsNeeded) {
    struct aws_array_list list;
    aws_array_list_init_dynamic(&list, allocator_, 4, sizeof(int));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_array_list_ensure_capacity(&list, 3));
    EXPECT_EQ(4u, aws_array_list_capacity(&list));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_array_list_ensure_capacity(&list, 4));
    EXPECT_EQ(8u, aws_array_list_capacity(&list));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_array_list_ensure_capacity(&list, 99));
    EXPECT_EQ(100u, aws_array_list_capacity(&list));
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_array_list_ensure_capacity(&list, SIZE_MAX));
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_array_list_ensure_capacity(&list, SIZE_MAX / 2));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_array_list_ensure_capacity(nullptr, 0));
    aws_array_list_clean_up(&list);
}

TEST_F(ArrayList, AListInTheCallersMemoryCannotGrowOrShrink) {
    int memory[2];
    struct aws_array_list list;
    aws_array_list_init_static(&list, memory, 2, sizeof(int));
    int item = 7;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_array_list_push_back(&list, &item));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_array_list_push_back(&list, &item));
    EXPECT_RAISES(AWS_ERROR_LIST_EXCEEDS_MAX_SIZE, aws_array_list_push_back(&list, &item));
    EXPECT_RAISES(AWS_ERROR_INVALID_INDEX, aws_array_list_ensure_capacity(&list, 2));
    EXPECT_RAISES(AWS_ERROR_LIST_STATIC_MODE_CANT_SHRINK, aws_array_list_shrink_to_fit(&list));
    EXPECT_EQ(2u, aws_array_list_length(&list));
}

TEST_F(ArrayList, ShrinkToFitReleasesTheRest) {
    struct aws_array_list list = ListOf(allocator_, {1, 2, 3, 4, 5});
    ASSERT_EQ(AWS_OP_SUCCESS, aws_array_list_shrink_to_fit(&list));
    EXPECT_EQ(5 * sizeof(int), list.current_size);
    EXPECT_EQ((std::vector<int>{1, 2, 3, 4, 5}), Items(list));
    EXPECT_EQ(5 * sizeof(int), aws_mem_tracer_bytes(allocator_));

    aws_array_list_clear(&list);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_array_list_shrink_to_fit(&list));
    EXPECT_EQ(nullptr, list.data);
    EXPECT_EQ(0u, aws_mem_tracer_bytes(allocator_));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_array_list_shrink_to_fit(nullptr));
    aws_array_list_clean_up(&list);
}

TEST_F(ArrayList, CopyTakesThePlaceOfAllItems) {
    struct aws_array_list from = ListOf(allocator_, {1, 2, 3});
    struct aws_array_list to = ListOf(allocator_, {9, 9, 9, 9, 9, 9});
    ASSERT_EQ(AWS_OP_SUCCESS, aws_array_list_copy(&from, &to));
    EXPECT_EQ((std::vector<int>{1, 2, 3}), Items(to));

    struct aws_array_list grown;
    aws_array_list_init_dynamic(&grown, allocator_, 0, sizeof(int));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_array_list_copy(&from, &grown));
    EXPECT_EQ((std::vector<int>{1, 2, 3}), Items(grown));

    int memory[2];
    struct aws_array_list small;
    aws_array_list_init_static(&small, memory, 2, sizeof(int));
    EXPECT_RAISES(AWS_ERROR_DEST_COPY_TOO_SMALL, aws_array_list_copy(&from, &small));

    struct aws_array_list bytes;
    aws_array_list_init_dynamic(&bytes, allocator_, 100, 1);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_array_list_copy(&from, &bytes));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_array_list_copy(nullptr, &bytes));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_array_list_copy(&from, nullptr));

    aws_array_list_clean_up(&bytes);
    aws_array_list_clean_up(&grown);
    aws_array_list_clean_up(&to);
    aws_array_list_clean_up(&from);
}

TEST_F(ArrayList, SortsByTheComparison) {
    struct aws_array_list list = ListOf(allocator_, {5, 3, 9, 1, 1, -4, 7});
    aws_array_list_sort(&list, CompareInts);
    EXPECT_EQ((std::vector<int>{-4, 1, 1, 3, 5, 7, 9}), Items(list));
    aws_array_list_sort(&list, nullptr);
    aws_array_list_sort(nullptr, CompareInts);
    aws_array_list_clean_up(&list);

    aws_array_list_init_dynamic(&list, allocator_, 0, sizeof(int));
    aws_array_list_sort(&list, CompareInts);
    aws_array_list_clean_up(&list);
}

TEST_F(ArrayList, SwapsItemsOfAnySize) {
    for (size_t size : {1u, 3u, 8u, 13u, 128u, 131u, 300u}) {
        struct aws_array_list list;
        aws_array_list_init_dynamic(&list, allocator_, 3, size);
        for (int i = 0; i < 3; i++) {
            std::vector<uint8_t> item(size, (uint8_t)i);
            aws_array_list_push_back(&list, item.data());
        }
        aws_array_list_swap(&list, 0, 2);
        aws_array_list_swap(&list, 1, 1);
        for (int i = 0; i < 3; i++) {
            std::vector<uint8_t> item(size);
            aws_array_list_get_at(&list, item.data(), (size_t)i);
            EXPECT_EQ(std::vector<uint8_t>(size, (uint8_t)(2 - i)), item);
        }
        aws_array_list_clean_up(&list);
    }
}

TEST(ArrayListDeathTest, ASwapOutsideTheListStopsTheProcess) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    struct aws_array_list list = ListOf(aws_default_allocator(), {1, 2});
    EXPECT_DEATH(aws_array_list_swap(&list, 0, 2), "Fatal error");
    aws_array_list_clean_up(&list);
}

} // namespace
