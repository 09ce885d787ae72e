/* SPDX-License-Identifier: Apache-2.0 */
/* The part of <aws/common/string.h> that Windows has alone. */
#include "support/traced_test.h"

#include <aws/common/byte_buf.h>
#include <aws/common/string.h>

#include <cwchar>
#include <string>

class WideStringTest : public TracedTest {
  protected:
    std::wstring ToWide(const std::string &text) {
        struct aws_byte_cursor cursor = aws_byte_cursor_from_array(text.data(), text.size());
        struct aws_wstring *wide = aws_string_convert_to_wchar_from_byte_cursor(allocator_, &cursor);
        EXPECT_TRUE(aws_wstring_is_valid(wide));
        std::wstring result(aws_wstring_c_str(wide), aws_wstring_num_chars(wide));
        EXPECT_EQ(result.size() * sizeof(wchar_t), aws_wstring_size_bytes(wide));
        EXPECT_EQ(0, aws_wstring_c_str(wide)[result.size()]);
        aws_wstring_destroy(wide);
        return result;
    }

    static std::string Take(struct aws_string *string) {
        EXPECT_NE(nullptr, string);
        std::string text(aws_string_c_str(string), string->len);
        aws_string_destroy(string);
        return text;
    }

    std::string ToUtf8(const std::wstring &text) {
        struct aws_byte_cursor cursor = aws_byte_cursor_from_array(text.data(), text.size() * sizeof(wchar_t));
        return Take(aws_string_convert_from_wchar_byte_cursor(allocator_, &cursor));
    }
};

TEST_F(WideStringTest, ConvertsBothWays) {
    const std::string utf8 = "a\xC3\xA9\xE6\xBC\xA2\xF0\x9F\x98\x80";
    const std::wstring utf16 = L"a\x00E9\x6F22\xD83D\xDE00";
    EXPECT_EQ(utf16, ToWide(utf8));
    EXPECT_EQ(utf8, ToUtf8(utf16));
    EXPECT_EQ(L"", ToWide(""));
    EXPECT_EQ("", ToUtf8(L""));
    EXPECT_EQ(utf8, Take(aws_string_convert_from_wchar_c_str(allocator_, utf16.c_str())));

    struct aws_string *string = aws_string_new_from_array(allocator_, (const uint8_t *)utf8.data(), utf8.size());
    struct aws_wstring *wide = aws_string_convert_to_wstring(allocator_, string);
    EXPECT_EQ(utf16, aws_wstring_c_str(wide));
    EXPECT_EQ(utf8, Take(aws_string_convert_from_wchar_str(allocator_, wide)));
    aws_wstring_destroy(wide);
    aws_string_destroy(string);
}

TEST_F(WideStringTest, WhatIsNoTextIsReplaced) {
    EXPECT_EQ(
        L"a\xFFFD"
        L"b",
        ToWide("a\xFF"
               "b"));
    EXPECT_EQ(
        "a\xEF\xBF\xBD"
        "b",
        ToUtf8(L"a\xD83D"
               L"b"));
}

TEST_F(WideStringTest, KeepsZerosAndIsACopy) {
    wchar_t text[] = L"a\0b";
    struct aws_wstring *wide = aws_wstring_new_from_array(allocator_, text, 3);
    text[0] = L'x';
    EXPECT_EQ(3u, aws_wstring_num_chars(wide));
    EXPECT_EQ(0, wmemcmp(L"a\0b", aws_wstring_c_str(wide), 4));
    struct aws_byte_cursor cursor = aws_byte_cursor_from_array(aws_wstring_c_str(wide), aws_wstring_size_bytes(wide));
    struct aws_wstring *copy = aws_wstring_new_from_cursor(allocator_, &cursor);
    EXPECT_EQ(0, wmemcmp(L"a\0b", aws_wstring_c_str(copy), 4));
    aws_wstring_destroy(copy);
    aws_wstring_destroy(wide);
    wide = aws_wstring_new_from_array(allocator_, nullptr, 0);
    EXPECT_EQ(0u, aws_wstring_num_chars(wide));
    aws_wstring_destroy(wide);
}

TEST_F(WideStringTest, NullIsRefused) {
    struct aws_byte_cursor empty = {0, nullptr};
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_convert_to_wstring(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_convert_to_wchar_from_byte_cursor(nullptr, &empty));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_convert_to_wchar_from_byte_cursor(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_convert_from_wchar_str(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_convert_from_wchar_c_str(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_convert_from_wchar_byte_cursor(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_wstring_new_from_array(allocator_, nullptr, 1));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_wstring_new_from_cursor(allocator_, nullptr));
    EXPECT_EQ(nullptr, aws_wstring_c_str(nullptr));
    EXPECT_EQ(0u, aws_wstring_num_chars(nullptr));
    EXPECT_EQ(0u, aws_wstring_size_bytes(nullptr));
    EXPECT_FALSE(aws_wstring_is_valid(nullptr));
    aws_wstring_destroy(nullptr);
}
