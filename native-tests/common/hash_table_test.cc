/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/byte_buf.h>
#include <aws/common/hash_table.h>
#include <aws/common/string.h>

#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace {

void *Pointer(size_t value) {
    return reinterpret_cast<void *>(value);
}

size_t Value(const void *pointer) {
    return reinterpret_cast<size_t>(pointer);
}

int s_destroyed_keys;
int s_destroyed_values;

void CountKey(void *) {
    s_destroyed_keys++;
}

void CountValue(void *) {
    s_destroyed_values++;
}

class HashTable : public TracedTest {
  protected:
    void SetUp() override {
        TracedTest::SetUp();
        s_destroyed_keys = s_destroyed_values = 0;
        ASSERT_EQ(
            AWS_OP_SUCCESS,
            aws_hash_table_init(&table_, allocator_, 0, aws_hash_ptr, aws_ptr_eq, CountKey, CountValue));
    }

    void TearDown() override {
        aws_hash_table_clean_up(&table_);
        aws_hash_table_clean_up(&table_);
        TracedTest::TearDown();
    }

    void Fill(size_t count) {
        for (size_t i = 1; i <= count; i++) {
            ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_put(&table_, Pointer(i), Pointer(i * 10), nullptr));
        }
    }

    std::set<size_t> Keys() {
        std::set<size_t> keys;
        for (struct aws_hash_iter iter = aws_hash_iter_begin(&table_); !aws_hash_iter_done(&iter);
             aws_hash_iter_next(&iter)) {
            EXPECT_TRUE(keys.insert(Value(iter.element.key)).second) << "seen twice";
        }
        return keys;
    }

    struct aws_hash_table table_;
};

TEST_F(HashTable, PutReportsWhetherTheKeyIsNewAndDestroysWhatItReplaces) {
    int created = -1;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_put(&table_, Pointer(1), Pointer(10), &created));
    EXPECT_EQ(1, created);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_put(&table_, Pointer(1), Pointer(20), &created));
    EXPECT_EQ(0, created);
    EXPECT_EQ(0, s_destroyed_keys) << "it is the same key";
    EXPECT_EQ(1, s_destroyed_values);
    EXPECT_EQ(1u, aws_hash_table_get_entry_count(&table_));

    struct aws_hash_element *element = nullptr;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_find(&table_, Pointer(1), &element));
    EXPECT_EQ(Pointer(20), element->value);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_find(&table_, Pointer(2), &element));
    EXPECT_EQ(nullptr, element);
}

TEST_F(HashTable, CreateLeavesTheValueToTheCaller) {
    struct aws_hash_element *element = nullptr;
    int created = -1;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_create(&table_, Pointer(5), &element, &created));
    EXPECT_EQ(1, created);
    EXPECT_EQ(nullptr, element->value);
    element->value = Pointer(55);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_create(&table_, Pointer(5), &element, &created));
    EXPECT_EQ(0, created);
    EXPECT_EQ(Pointer(55), element->value);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_hash_table_create(&table_, Pointer(6), nullptr, nullptr));
    EXPECT_EQ(2u, aws_hash_table_get_entry_count(&table_));
}

TEST_F(HashTable, NullIsAKeyLikeAnyOther) {
    struct aws_hash_element *element = nullptr;
    Fill(20);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_put(&table_, nullptr, Pointer(99), nullptr));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_find(&table_, nullptr, &element));
    ASSERT_NE(nullptr, element);
    EXPECT_EQ(Pointer(99), element->value);
    int present = 0;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_remove(&table_, nullptr, nullptr, &present));
    EXPECT_EQ(1, present);
}

TEST_F(HashTable, RemoveHandsOverOrDestroys) {
    Fill(2);
    struct aws_hash_element element = {};
    int present = -1;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_remove(&table_, Pointer(1), &element, &present));
    EXPECT_EQ(1, present);
    EXPECT_EQ(Pointer(10), element.value);
    EXPECT_EQ(0, s_destroyed_values);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_remove(&table_, Pointer(1), &element, &present));
    EXPECT_EQ(0, present);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_remove(&table_, Pointer(2), nullptr, nullptr));
    EXPECT_EQ(1, s_destroyed_keys);
    EXPECT_EQ(1, s_destroyed_values);
    EXPECT_EQ(0u, aws_hash_table_get_entry_count(&table_));
}

TEST_F(HashTable, RemoveElementTakesOnlyItsOwn) {
    Fill(3);
    struct aws_hash_element *element = nullptr;
    struct aws_hash_element foreign = {};
    aws_hash_table_find(&table_, Pointer(2), &element);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_remove_element(&table_, element));
    EXPECT_EQ((std::set<size_t>{1, 3}), Keys());
    EXPECT_EQ(0, s_destroyed_values);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_hash_table_remove_element(&table_, element));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_hash_table_remove_element(&table_, &foreign));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_hash_table_remove_element(&table_, nullptr));
    EXPECT_EQ(2u, aws_hash_table_get_entry_count(&table_));
}

TEST_F(HashTable, BehavesLikeAMapUnderRandomUse) {
    std::mt19937 random(3);
    std::map<size_t, size_t> model;
    for (int step = 0; step < 200000; step++) {
        size_t key = random() % 700;
        if (random() % 2) {
            size_t value = random();
            ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_put(&table_, Pointer(key), Pointer(value), nullptr));
            model[key] = value;
        } else {
            int present = -1;
            ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_remove(&table_, Pointer(key), nullptr, &present));
            ASSERT_EQ(model.erase(key), (size_t)present);
        }
        ASSERT_EQ(model.size(), aws_hash_table_get_entry_count(&table_));
    }
    for (size_t key = 0; key < 700; key++) {
        struct aws_hash_element *element = nullptr;
        aws_hash_table_find(&table_, Pointer(key), &element);
        auto found = model.find(key);
        ASSERT_EQ(found != model.end(), element != nullptr);
        if (element != nullptr) {
            EXPECT_EQ(found->second, Value(element->value));
        }
    }
    EXPECT_EQ(model.size(), Keys().size());
}

TEST_F(HashTable, WorksWithAHashThatIsAlwaysTheSame) {
    for (uint64_t hash : {(uint64_t)0, (uint64_t)1, UINT64_MAX}) {
        static uint64_t s_hash;
        s_hash = hash;
        struct aws_hash_table table;
        aws_hash_table_init(
            &table, allocator_, 0, [](const void *) { return s_hash; }, aws_ptr_eq, nullptr, nullptr);
        for (size_t i = 0; i < 100; i++) {
            aws_hash_table_put(&table, Pointer(i), Pointer(i), nullptr);
        }
        for (size_t i = 0; i < 100; i += 2) {
            aws_hash_table_remove(&table, Pointer(i), nullptr, nullptr);
        }
        for (size_t i = 0; i < 100; i++) {
            struct aws_hash_element *element = nullptr;
            aws_hash_table_find(&table, Pointer(i), &element);
            EXPECT_EQ(i % 2 == 1, element != nullptr) << i;
        }
        EXPECT_EQ(50u, aws_hash_table_get_entry_count(&table));
        aws_hash_table_clean_up(&table);
    }
}

TEST_F(HashTable, AnIteratorMayDeleteAsItGoes) {
    for (size_t count : {1u, 2u, 3u, 10u, 100u, 1000u}) {
        for (size_t modulus : {1u, 2u, 3u}) {
            aws_hash_table_clear(&table_);
            Fill(count);
            s_destroyed_keys = s_destroyed_values = 0;
            std::set<size_t> seen;
            int deleted = 0;
            for (struct aws_hash_iter iter = aws_hash_iter_begin(&table_); !aws_hash_iter_done(&iter);
                 aws_hash_iter_next(&iter)) {
                EXPECT_TRUE(aws_hash_iter_is_valid(&iter));
                EXPECT_TRUE(seen.insert(Value(iter.element.key)).second);
                if (Value(iter.element.key) % modulus == 0) {
                    aws_hash_iter_delete(&iter, true);
                    deleted++;
                }
            }
            EXPECT_EQ(count, seen.size());
            EXPECT_EQ(deleted, s_destroyed_keys);
            EXPECT_EQ(deleted, s_destroyed_values);
            EXPECT_EQ(count - (size_t)deleted, Keys().size());
        }
    }
}

TEST_F(HashTable, ForeachObeysTheFlags) {
    Fill(50);
    auto deleteEven = [](void *, struct aws_hash_element *element) {
        int flags = AWS_COMMON_HASH_TABLE_ITER_CONTINUE;
        return Value(element->key) % 2 ? flags : flags | AWS_COMMON_HASH_TABLE_ITER_DELETE;
    };
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_foreach(&table_, deleteEven, nullptr));
    EXPECT_EQ(25u, Keys().size());
    EXPECT_EQ(0, s_destroyed_values) << "the callback has the element";

    int calls = 0;
    auto stop = [](void *context, struct aws_hash_element *) -> int {
        ++*static_cast<int *>(context);
        return AWS_COMMON_HASH_TABLE_ITER_DELETE;
    };
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hash_table_foreach(&table_, stop, &calls));
    EXPECT_EQ(1, calls);
    EXPECT_EQ(24u, aws_hash_table_get_entry_count(&table_));

    auto fail = [](void *context, struct aws_hash_element *) {
        if (context != nullptr) {
            aws_raise_error(*static_cast<int *>(context));
        }
        return AWS_COMMON_HASH_TABLE_ITER_ERROR | AWS_COMMON_HASH_TABLE_ITER_CONTINUE;
    };
    int code = AWS_ERROR_NO_SPACE;
    EXPECT_RAISES(AWS_ERROR_NO_SPACE, aws_hash_table_foreach(&table_, fail, &code));
    EXPECT_RAISES(AWS_ERROR_UNKNOWN, aws_hash_table_foreach(&table_, fail, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_hash_table_foreach(&table_, nullptr, nullptr));
}

TEST_F(HashTable, ClearKeepsTheTableUsable) {
    Fill(100);
    aws_hash_table_clear(&table_);
    EXPECT_EQ(100, s_destroyed_keys);
    EXPECT_EQ(100, s_destroyed_values);
    EXPECT_EQ(0u, Keys().size());
    Fill(100);
    EXPECT_EQ(100u, Keys().size());
}

TEST_F(HashTable, SwapsAndMoves) {
    Fill(3);
    struct aws_hash_table other;
    aws_hash_table_init(&other, allocator_, 10, aws_hash_ptr, aws_ptr_eq, nullptr, nullptr);
    aws_hash_table_swap(&table_, &other);
    EXPECT_EQ(0u, aws_hash_table_get_entry_count(&table_));
    EXPECT_EQ(3u, aws_hash_table_get_entry_count(&other));
    aws_hash_table_clean_up(&table_);
    aws_hash_table_move(&table_, &other);
    EXPECT_EQ(3u, aws_hash_table_get_entry_count(&table_));
    EXPECT_FALSE(aws_hash_table_is_valid(&other));
    aws_hash_table_clean_up(&other);
}

TEST_F(HashTable, EqualTablesHaveEqualValuesForTheSameKeys) {
    auto sameParity = [](const void *a, const void *b) { return Value(a) % 2 == Value(b) % 2; };
    struct aws_hash_table other;
    aws_hash_table_init(&other, allocator_, 100, aws_hash_ptr, aws_ptr_eq, nullptr, nullptr);
    Fill(2);
    EXPECT_FALSE(aws_hash_table_eq(&table_, &other, sameParity));
    aws_hash_table_put(&other, Pointer(2), Pointer(2), nullptr);
    aws_hash_table_put(&other, Pointer(1), Pointer(4), nullptr);
    EXPECT_TRUE(aws_hash_table_eq(&table_, &other, sameParity));
    EXPECT_FALSE(aws_hash_table_eq(&table_, &other, aws_ptr_eq));
    aws_hash_table_put(&other, Pointer(1), Pointer(5), nullptr);
    EXPECT_FALSE(aws_hash_table_eq(&table_, &other, sameParity));
    aws_hash_table_remove(&other, Pointer(1), nullptr, nullptr);
    aws_hash_table_put(&other, Pointer(3), Pointer(4), nullptr);
    EXPECT_FALSE(aws_hash_table_eq(&table_, &other, sameParity));
    aws_hash_table_clean_up(&other);
}

TEST_F(HashTable, RefusesNullWithoutCrashing) {
    struct aws_hash_table other = {};
    struct aws_hash_element *element = reinterpret_cast<struct aws_hash_element *>(8);
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_hash_table_init(nullptr, allocator_, 1, aws_hash_ptr, aws_ptr_eq, nullptr, nullptr));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_hash_table_init(&other, nullptr, 1, aws_hash_ptr, aws_ptr_eq, nullptr, nullptr));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_hash_table_init(&other, allocator_, 1, nullptr, aws_ptr_eq, nullptr, nullptr));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_hash_table_init(&other, allocator_, 1, aws_hash_ptr, nullptr, nullptr, nullptr));
    EXPECT_RAISES(
        AWS_ERROR_OVERFLOW_DETECTED,
        aws_hash_table_init(&other, allocator_, SIZE_MAX, aws_hash_ptr, aws_ptr_eq, nullptr, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_hash_table_find(&other, Pointer(1), &element));
    EXPECT_EQ(nullptr, element);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_hash_table_find(&table_, Pointer(1), nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_hash_table_put(nullptr, nullptr, nullptr, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_hash_table_remove(&other, nullptr, nullptr, nullptr));
    EXPECT_EQ(0u, aws_hash_table_get_entry_count(&other));
    EXPECT_FALSE(aws_hash_table_is_valid(nullptr));
    EXPECT_FALSE(aws_hash_table_eq(&table_, nullptr, aws_ptr_eq));
    struct aws_hash_iter iter = aws_hash_iter_begin(&other);
    EXPECT_TRUE(aws_hash_iter_done(&iter));
    aws_hash_iter_next(&iter);
    aws_hash_iter_delete(&iter, true);
    EXPECT_FALSE(aws_hash_iter_is_valid(nullptr));
    aws_hash_table_clear(&other);
    aws_hash_table_clean_up(&other);
    aws_hash_table_clean_up(nullptr);
}

TEST_F(HashTable, OwnsStringsWithDestructors) {
    struct aws_hash_table table;
    aws_hash_table_init(
        &table,
        allocator_,
        1,
        aws_hash_string,
        aws_hash_callback_string_eq,
        aws_hash_callback_string_destroy,
        aws_hash_callback_string_destroy);
    for (int i = 0; i < 3; i++) {
        for (const char *text : {"one", "two", "three"}) {
            aws_hash_table_put(
                &table,
                aws_string_new_from_c_str(allocator_, text),
                aws_string_new_from_c_str(allocator_, text),
                nullptr);
        }
    }
    EXPECT_EQ(3u, aws_hash_table_get_entry_count(&table));
    struct aws_string *key = aws_string_new_from_c_str(allocator_, "two");
    struct aws_hash_element *element = nullptr;
    aws_hash_table_find(&table, key, &element);
    ASSERT_NE(nullptr, element);
    EXPECT_TRUE(aws_string_eq_c_str(static_cast<struct aws_string *>(element->value), "two"));
    aws_string_destroy(key);
    aws_hash_table_clean_up(&table);
}

TEST(Hash, TheSameBytesHaveOneHash) {
    struct aws_allocator *allocator = aws_default_allocator();
    std::set<uint64_t> hashes;
    for (size_t length = 0; length < 100; length++) {
        std::string text(length, 'x');
        struct aws_string *string = aws_string_new_from_c_str(allocator, text.c_str());
        struct aws_byte_cursor cursor = aws_byte_cursor_from_string(string);
        uint64_t hash = aws_hash_c_string(text.c_str());
        EXPECT_EQ(hash, aws_hash_string(string));
        EXPECT_EQ(hash, aws_hash_byte_cursor_ptr(&cursor));
        EXPECT_TRUE(hashes.insert(hash).second) << length;
        aws_string_destroy(string);
    }
}

/* So that the order in which a table's elements are found is the one that programs have seen elsewhere. */
TEST(Hash, ValuesMatchTheReference) {
    EXPECT_EQ(0x6707EF7C994BE624ULL, aws_hash_c_string(""));
    EXPECT_EQ(0x663F2D46B2109858ULL, aws_hash_c_string("a"));
    EXPECT_EQ(0x25D2388273A830FAULL, aws_hash_c_string("twelve bytes"));
    EXPECT_EQ(0x0991E199D6EC7731ULL, aws_hash_c_string("thirteen byte"));
    EXPECT_EQ(0xF7FFE2444100F430ULL, aws_hash_combine(1, 2));
    EXPECT_EQ(0x1C941E9475514488ULL, aws_hash_ptr(Pointer(16)));
}

/* Equal cursors have equal hashes, and all empty ones are equal. */
TEST(Hash, NothingHasOneHashWhereverItIs) {
    struct aws_byte_cursor somewhere = aws_byte_cursor_from_c_str("");
    struct aws_byte_cursor nowhere = {};
    ASSERT_TRUE(aws_byte_cursor_eq(&somewhere, &nowhere));
    EXPECT_EQ(aws_hash_byte_cursor_ptr(&somewhere), aws_hash_byte_cursor_ptr(&nowhere));
    EXPECT_EQ(aws_hash_byte_cursor_ptr_ignore_case(&somewhere), aws_hash_byte_cursor_ptr_ignore_case(&nowhere));
}

TEST(Hash, EveryByteCounts) {
    std::set<uint64_t> hashes;
    for (size_t length : {1u, 8u, 16u, 17u, 33u}) {
        for (size_t place = 0; place < length; place++) {
            std::string text(length, '\0');
            for (int value = place == 0 ? 0 : 1; value < 256; value++) {
                text[place] = (char)value;
                struct aws_byte_cursor cursor = aws_byte_cursor_from_array(text.data(), length);
                EXPECT_TRUE(hashes.insert(aws_hash_byte_cursor_ptr(&cursor)).second);
            }
        }
    }
}

TEST(Hash, OfPointersAndPairs) {
    std::set<uint64_t> hashes;
    for (size_t i = 0; i < 100000; i++) {
        EXPECT_TRUE(hashes.insert(aws_hash_ptr(Pointer(i * 16))).second);
    }
    EXPECT_NE(aws_hash_combine(1, 2), aws_hash_combine(2, 1));
    EXPECT_EQ(aws_hash_combine(1, 2), aws_hash_combine(1, 2));
    uint64_t a = 5;
    uint64_t b = 5;
    EXPECT_EQ(5u, aws_hash_uint64_t_by_identity(&a));
    EXPECT_TRUE(aws_hash_compare_uint64_t_eq(&a, &b));
    b = 6;
    EXPECT_FALSE(aws_hash_compare_uint64_t_eq(&a, &b));
    EXPECT_TRUE(aws_hash_callback_c_str_eq("abc", std::string("abc").c_str()));
    EXPECT_FALSE(aws_hash_callback_c_str_eq("abc", "abd"));
    EXPECT_FALSE(aws_hash_callback_c_str_eq("abc", nullptr));
}

TEST(Hash, IgnoringCaseIsTheWellKnownFunctionOfTheSmallLetters) {
    struct aws_byte_cursor upper = aws_byte_cursor_from_c_str("FOOBAR");
    EXPECT_EQ(0x85944171F73967E8ULL, aws_hash_array_ignore_case("foobar", 6));
    EXPECT_EQ(0x85944171F73967E8ULL, aws_hash_byte_cursor_ptr_ignore_case(&upper));
    EXPECT_EQ(0xCBF29CE484222325ULL, aws_hash_array_ignore_case(nullptr, 0));
}

} // namespace
