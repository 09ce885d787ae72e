/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/cache.h>
#include <aws/common/fifo_cache.h>
#include <aws/common/lifo_cache.h>
#include <aws/common/lru_cache.h>

#include <string>

namespace {

using New = decltype(aws_cache_new_fifo) *;

std::string s_destroyed;

void DestroyKey(void *) {
}

void DestroyValue(void *value) {
    s_destroyed += static_cast<const char *>(value);
}

class Cache : public TracedTest {
  protected:
    void SetUp() override {
        TracedTest::SetUp();
        s_destroyed.clear();
    }

    void TearDown() override {
        aws_cache_destroy(cache_);
        TracedTest::TearDown();
    }

    void Make(New make, size_t size) {
        aws_cache_destroy(cache_);
        s_destroyed.clear();
        cache_ = make(allocator_, aws_hash_c_string, aws_hash_callback_c_str_eq, DestroyKey, DestroyValue, size);
        ASSERT_NE(nullptr, cache_);
    }

    void Put(const char *key) {
        ASSERT_EQ(AWS_OP_SUCCESS, aws_cache_put(cache_, key, (void *)key));
    }

    bool Has(const char *key) {
        void *value = nullptr;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_cache_find(cache_, key, &value));
        return value != nullptr;
    }

    struct aws_cache *cache_ = nullptr;
};

TEST_F(Cache, FifoDropsTheFirst) {
    Make(aws_cache_new_fifo, 2);
    Put("a");
    Put("b");
    EXPECT_TRUE(Has("a"));
    Put("c");
    EXPECT_EQ("a", s_destroyed);
    EXPECT_FALSE(Has("a"));
    EXPECT_TRUE(Has("b"));
    EXPECT_TRUE(Has("c"));
    EXPECT_EQ(2u, aws_cache_get_element_count(cache_));
}

TEST_F(Cache, LifoDropsTheLastBeforeTheNewOne) {
    Make(aws_cache_new_lifo, 2);
    Put("a");
    Put("b");
    Put("c");
    EXPECT_EQ("b", s_destroyed);
    EXPECT_TRUE(Has("a"));
    EXPECT_TRUE(Has("c"));

    Make(aws_cache_new_lifo, 1);
    Put("a");
    Put("b");
    EXPECT_EQ("a", s_destroyed);
    EXPECT_TRUE(Has("b"));
}

TEST_F(Cache, LruDropsTheLeastRecentlyUsed) {
    Make(aws_cache_new_lru, 2);
    EXPECT_EQ(nullptr, aws_lru_cache_use_lru_element(cache_));
    EXPECT_EQ(nullptr, aws_lru_cache_get_mru_element(cache_));
    Put("a");
    Put("b");
    EXPECT_TRUE(Has("a"));
    Put("c");
    EXPECT_EQ("b", s_destroyed);
    EXPECT_STREQ("c", static_cast<char *>(aws_lru_cache_get_mru_element(cache_)));
    EXPECT_STREQ("a", static_cast<char *>(aws_lru_cache_use_lru_element(cache_)));
    Put("d");
    EXPECT_EQ("bc", s_destroyed) << "a has just been used";
}

TEST_F(Cache, PutRemoveAndClearDestroyWhatGoes) {
    for (New make : {aws_cache_new_fifo, aws_cache_new_lifo, aws_cache_new_lru}) {
        Make(make, 3);
        Put("a");
        Put("b");
        Put("a");
        EXPECT_EQ("a", s_destroyed);
        EXPECT_EQ(2u, aws_cache_get_element_count(cache_));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_cache_remove(cache_, "b"));
        EXPECT_EQ("ab", s_destroyed);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_cache_remove(cache_, "b"));
        aws_cache_clear(cache_);
        EXPECT_EQ("aba", s_destroyed);
        EXPECT_EQ(0u, aws_cache_get_element_count(cache_));
    }
}

TEST_F(Cache, RefusesBadArguments) {
    for (New make : {aws_cache_new_fifo, aws_cache_new_lifo, aws_cache_new_lru}) {
        EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, make(nullptr, aws_hash_ptr, aws_ptr_eq, nullptr, nullptr, 1));
        EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, make(allocator_, aws_hash_ptr, aws_ptr_eq, nullptr, nullptr, 0));
        EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, make(allocator_, nullptr, aws_ptr_eq, nullptr, nullptr, 1));
    }
    void *value = nullptr;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_cache_find(nullptr, "a", &value));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_cache_put(nullptr, "a", value));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_cache_remove(nullptr, "a"));
    EXPECT_EQ(0u, aws_cache_get_element_count(nullptr));
    aws_cache_clear(nullptr);
    Make(aws_cache_new_lru, 1);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_cache_find(cache_, "a", nullptr));
}

} // namespace
