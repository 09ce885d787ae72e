/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/string.h>

#include <cstring>
#include <string>

namespace {

AWS_STATIC_STRING_FROM_LITERAL(s_constant, "constant");

class String : public TracedTest {};

TEST_F(String, HasALengthAndANulBehind) {
    struct aws_string *text = aws_string_new_from_c_str(allocator_, "hello");
    EXPECT_EQ(5u, text->len);
    EXPECT_STREQ("hello", aws_string_c_str(text));
    struct aws_string *copy = aws_string_new_from_string(allocator_, text);
    EXPECT_NE(text, copy);
    EXPECT_TRUE(aws_string_eq(text, copy));
    aws_string_destroy(text);
    aws_string_destroy(copy);

    struct aws_string *binary = aws_string_new_from_array(allocator_, (const uint8_t *)"a\0b", 3);
    EXPECT_EQ(3u, binary->len);
    EXPECT_EQ(0, memcmp("a\0b\0", aws_string_bytes(binary), 4));
    aws_string_destroy(binary);

    struct aws_string *empty = aws_string_new_from_array(allocator_, nullptr, 0);
    EXPECT_STREQ("", aws_string_c_str(empty));
    aws_string_destroy(empty);
}

TEST_F(String, ComesFromCursorsAndBuffers) {
    struct aws_byte_cursor cursor = aws_byte_cursor_from_c_str("cursor");
    struct aws_byte_buf buf = aws_byte_buf_from_c_str("buf");
    struct aws_string *a = aws_string_new_from_cursor(allocator_, &cursor);
    struct aws_string *b = aws_string_new_from_buf(allocator_, &buf);
    EXPECT_TRUE(aws_string_eq_byte_cursor(a, &cursor));
    EXPECT_TRUE(aws_string_eq_byte_buf(b, &buf));
    struct aws_byte_cursor view = aws_byte_cursor_from_string(a);
    EXPECT_EQ(aws_string_bytes(a), view.ptr);
    EXPECT_EQ(6u, view.len);
    EXPECT_EQ(nullptr, aws_byte_cursor_from_string(nullptr).ptr);
    aws_string_destroy(a);
    aws_string_destroy(b);
}

TEST_F(String, RefusesNullWithoutCrashing) {
    struct aws_byte_cursor broken = {5, nullptr};
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_new_from_c_str(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_new_from_c_str(nullptr, "x"));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_new_from_array(allocator_, nullptr, 5));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_new_from_string(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_new_from_cursor(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_new_from_cursor(allocator_, &broken));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_new_from_buf(allocator_, nullptr));
    EXPECT_NULL_RAISES(
        AWS_ERROR_OVERFLOW_DETECTED, aws_string_new_from_array(allocator_, (const uint8_t *)"x", SIZE_MAX));
    aws_string_destroy(nullptr);
    aws_string_destroy_secure(nullptr);
}

TEST_F(String, AConstantIsNeitherCopiedNorReleased) {
    EXPECT_EQ(s_constant, aws_string_clone_or_reuse(allocator_, s_constant));
    aws_string_destroy((struct aws_string *)s_constant);
    EXPECT_STREQ("constant", aws_string_c_str(s_constant));

    struct aws_string *made = aws_string_new_from_c_str(allocator_, "made");
    struct aws_string *clone = aws_string_clone_or_reuse(allocator_, made);
    EXPECT_NE(made, clone);
    aws_string_destroy(made);
    EXPECT_STREQ("made", aws_string_c_str(clone));
    aws_string_destroy(clone);
}

TEST_F(String, NullEqualsOnlyNullAndComesFirst) {
    struct aws_byte_cursor cursor = aws_byte_cursor_from_c_str("constant");
    EXPECT_TRUE(aws_string_eq(nullptr, nullptr));
    EXPECT_FALSE(aws_string_eq(s_constant, nullptr));
    EXPECT_FALSE(aws_string_eq_ignore_case(nullptr, s_constant));
    EXPECT_TRUE(aws_string_eq_byte_cursor(nullptr, nullptr));
    EXPECT_FALSE(aws_string_eq_byte_cursor(nullptr, &cursor));
    EXPECT_FALSE(aws_string_eq_byte_cursor(s_constant, nullptr));
    EXPECT_TRUE(aws_string_eq_byte_cursor(s_constant, &cursor));
    EXPECT_TRUE(aws_string_eq_byte_buf(nullptr, nullptr));
    EXPECT_FALSE(aws_string_eq_byte_buf_ignore_case(s_constant, nullptr));
    EXPECT_TRUE(aws_string_eq_c_str(nullptr, nullptr));
    EXPECT_FALSE(aws_string_eq_c_str(s_constant, nullptr));
    EXPECT_TRUE(aws_string_eq_c_str_ignore_case(s_constant, "CONSTANT"));
    EXPECT_EQ(0, aws_string_compare(nullptr, nullptr));
    EXPECT_LT(aws_string_compare(nullptr, s_constant), 0);
    EXPECT_GT(aws_string_compare(s_constant, nullptr), 0);
}

TEST_F(String, ComparesByBytesThenByLength) {
    struct aws_string *texts[] = {
        aws_string_new_from_c_str(allocator_, ""),
        aws_string_new_from_c_str(allocator_, "a"),
        aws_string_new_from_c_str(allocator_, "aa"),
        aws_string_new_from_c_str(allocator_, "b"),
        aws_string_new_from_c_str(allocator_, "\xC3\xA4"),
    };
    for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 5; j++) {
            int order = aws_array_list_comparator_string(&texts[i], &texts[j]);
            EXPECT_EQ(i < j, order < 0);
            EXPECT_EQ(i == j, order == 0);
        }
    }
    for (struct aws_string *text : texts) {
        aws_string_destroy(text);
    }
}

TEST_F(String, IsWrittenWholeOrNotAtAll) {
    uint8_t memory[8] = {};
    struct aws_byte_buf buf = aws_byte_buf_from_empty_array(memory, 8);
    EXPECT_TRUE(aws_byte_buf_write_from_whole_string(&buf, s_constant));
    EXPECT_EQ(8u, buf.len);
    EXPECT_FALSE(aws_byte_buf_write_from_whole_string(&buf, s_constant));
    EXPECT_FALSE(aws_byte_buf_write_from_whole_string(nullptr, s_constant));
    EXPECT_FALSE(aws_byte_buf_write_from_whole_string(&buf, nullptr));
}

TEST_F(String, DestroySecureWipesTheBytes) {
    static std::string s_seen;
    struct aws_allocator witness = {};
    witness.mem_acquire = [](struct aws_allocator *, size_t size) { return malloc(size); };
    witness.mem_release = [](struct aws_allocator *, void *block) {
        s_seen.assign(aws_string_c_str(static_cast<struct aws_string *>(block)), 6);
        free(block);
    };
    aws_string_destroy(aws_string_new_from_c_str(&witness, "secret"));
    EXPECT_EQ("secret", s_seen);
    aws_string_destroy_secure(aws_string_new_from_c_str(&witness, "secret"));
    EXPECT_EQ(std::string(6, '\0'), s_seen);
}

TEST_F(String, SecureStrlenStopsAtTheEndOfTheBuffer) {
    const char text[] = {'a', 'b', 'c', 0, 'd'};
    size_t length = 42;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_secure_strlen(text, 5, &length));
    EXPECT_EQ(3u, length);
    EXPECT_RAISES(AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED, aws_secure_strlen(text, 3, &length));
    EXPECT_RAISES(AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED, aws_secure_strlen(text, 0, &length));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_secure_strlen(nullptr, 3, &length));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_secure_strlen(text, 3, nullptr));
    EXPECT_EQ(3u, length);
}

} // namespace
