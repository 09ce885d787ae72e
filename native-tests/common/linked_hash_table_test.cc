/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/linked_hash_table.h>

#include <string>

namespace {

std::string s_destroyed;

void DestroyKey(void *key) {
    s_destroyed += "k" + std::string(static_cast<const char *>(key)) + " ";
}

void DestroyValue(void *value) {
    s_destroyed += "v" + std::string(static_cast<const char *>(value)) + " ";
}

class LinkedHashTable : public TracedTest {
  protected:
    void SetUp() override {
        TracedTest::SetUp();
        s_destroyed.clear();
        ASSERT_EQ(
            AWS_OP_SUCCESS,
            aws_linked_hash_table_init(
                &table_, allocator_, aws_hash_c_string, aws_hash_callback_c_str_eq, DestroyKey, DestroyValue, 4));
    }

    void TearDown() override {
        aws_linked_hash_table_clean_up(&table_);
        aws_linked_hash_table_clean_up(&table_);
        TracedTest::TearDown();
    }

    void Put(const char *key, const char *value) {
        ASSERT_EQ(AWS_OP_SUCCESS, aws_linked_hash_table_put(&table_, key, (void *)value));
    }

    std::string Order() {
        std::string order;
        const struct aws_linked_list *list = aws_linked_hash_table_get_iteration_list(&table_);
        for (struct aws_linked_list_node *node = aws_linked_list_begin(list); node != aws_linked_list_end(list);
             node = aws_linked_list_next(node)) {
            auto *element = AWS_CONTAINER_OF(node, struct aws_linked_hash_table_node, node);
            order += std::string(static_cast<const char *>(element->key)) + "=" +
                     static_cast<const char *>(element->value) + " ";
        }
        return order;
    }

    struct aws_linked_hash_table table_;
};

TEST_F(LinkedHashTable, KeepsTheOrderOfPutting) {
    Put("c", "1");
    Put("a", "2");
    Put("b", "3");
    EXPECT_EQ("c=1 a=2 b=3 ", Order());
    EXPECT_EQ(3u, aws_linked_hash_table_get_element_count(&table_));
    Put("c", "4");
    EXPECT_EQ("a=2 b=3 c=4 ", Order());
    EXPECT_EQ("v1 ", s_destroyed);
    EXPECT_EQ(3u, aws_linked_hash_table_get_element_count(&table_));
}

TEST_F(LinkedHashTable, AnEqualKeyTakesThePlaceOfTheOldOne) {
    std::string same = "c";
    Put("c", "1");
    Put(same.c_str(), "2");
    EXPECT_EQ("v1 kc ", s_destroyed);
    EXPECT_EQ("c=2 ", Order());
    aws_linked_hash_table_clear(&table_);
}

TEST_F(LinkedHashTable, FindingMayMoveToTheEnd) {
    void *value = nullptr;
    Put("a", "1");
    Put("b", "2");
    ASSERT_EQ(AWS_OP_SUCCESS, aws_linked_hash_table_find(&table_, "a", &value));
    EXPECT_STREQ("1", static_cast<char *>(value));
    EXPECT_EQ("a=1 b=2 ", Order());
    ASSERT_EQ(AWS_OP_SUCCESS, aws_linked_hash_table_find_and_move_to_back(&table_, "a", &value));
    EXPECT_EQ("b=2 a=1 ", Order());
    ASSERT_EQ(AWS_OP_SUCCESS, aws_linked_hash_table_find_and_move_to_back(&table_, "x", &value));
    EXPECT_EQ(nullptr, value);

    struct aws_linked_list_node *first = aws_linked_list_front(&table_.list);
    aws_linked_hash_table_move_node_to_end_of_list(
        &table_, AWS_CONTAINER_OF(first, struct aws_linked_hash_table_node, node));
    EXPECT_EQ("a=1 b=2 ", Order());
}

TEST_F(LinkedHashTable, RemovesAndClears) {
    Put("a", "1");
    Put("b", "2");
    Put("c", "3");
    ASSERT_EQ(AWS_OP_SUCCESS, aws_linked_hash_table_remove(&table_, "b"));
    EXPECT_EQ("kb v2 ", s_destroyed);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_linked_hash_table_remove(&table_, "b"));
    EXPECT_EQ("a=1 c=3 ", Order());
    aws_linked_hash_table_clear(&table_);
    EXPECT_EQ(0u, aws_linked_hash_table_get_element_count(&table_));
    EXPECT_EQ("", Order());
    EXPECT_EQ(18u, s_destroyed.size());
    Put("d", "4");
    EXPECT_EQ("d=4 ", Order());
}

TEST_F(LinkedHashTable, RefusesNullWithoutCrashing) {
    struct aws_linked_hash_table other = {};
    void *value = nullptr;
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_linked_hash_table_init(nullptr, allocator_, aws_hash_ptr, aws_ptr_eq, nullptr, nullptr, 1));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_linked_hash_table_init(&other, allocator_, nullptr, aws_ptr_eq, nullptr, nullptr, 1));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_linked_hash_table_put(nullptr, "a", value));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_linked_hash_table_put(&other, "a", value));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_linked_hash_table_find(&table_, "a", nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_linked_hash_table_find(&other, "a", &value));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_linked_hash_table_remove(nullptr, "a"));
    EXPECT_EQ(0u, aws_linked_hash_table_get_element_count(nullptr));
    EXPECT_EQ(nullptr, aws_linked_hash_table_get_iteration_list(nullptr));
    aws_linked_hash_table_clear(&other);
    aws_linked_hash_table_clean_up(&other);
    aws_linked_hash_table_clean_up(nullptr);
}

} // namespace
