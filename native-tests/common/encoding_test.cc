/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/encoding.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace {

struct aws_byte_cursor Cursor(const std::string &text) {
    return aws_byte_cursor_from_array(text.data(), text.size());
}

std::string Text(const struct aws_byte_buf &buf) {
    return std::string(reinterpret_cast<const char *>(buf.buffer), buf.len);
}

class Encoding : public TracedTest {
  protected:
    void SetUp() override {
        TracedTest::SetUp();
        aws_byte_buf_init(&output_, allocator_, 4096);
    }

    void TearDown() override {
        aws_byte_buf_clean_up(&output_);
        TracedTest::TearDown();
    }

    std::string Encode(const std::string &text, bool forUrl = false) {
        output_.len = 0;
        struct aws_byte_cursor cursor = Cursor(text);
        EXPECT_EQ(
            AWS_OP_SUCCESS, forUrl ? aws_base64_url_encode(&cursor, &output_) : aws_base64_encode(&cursor, &output_));
        return Text(output_);
    }

    int Decode(const std::string &text) {
        struct aws_byte_cursor cursor = Cursor(text);
        return aws_base64_decode(&cursor, &output_);
    }

    struct aws_byte_buf output_;
};

using Hex = Encoding;
using Base64 = Encoding;
using Utf8 = Encoding;

TEST_F(Hex, ReplacesWhatTheBufferHolds) {
    struct aws_byte_cursor bytes = Cursor(std::string("\x00\x7F\xFF", 3));
    output_.len = 100;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hex_encode(&bytes, &output_));
    EXPECT_EQ("007fff", Text(output_));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hex_encode_append_dynamic(&bytes, &output_));
    EXPECT_EQ("007fff007fff", Text(output_));
}

TEST_F(Hex, DecodesBothCasesAndOddLengths) {
    std::string text = "aBcDe";
    struct aws_byte_cursor digits = Cursor(text);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_hex_decode(&digits, &output_));
    EXPECT_EQ("\x0A\xBC\xDE", Text(output_));
    for (const char *bad : {"g", "0g", "g0", "00 0", "000 "}) {
        std::string kept = bad;
        digits = Cursor(kept);
        EXPECT_RAISES(AWS_ERROR_INVALID_HEX_STR, aws_hex_decode(&digits, &output_));
        EXPECT_EQ(3u, output_.len);
    }
}

TEST_F(Hex, ChecksSizes) {
    size_t length = 7;
    uint8_t memory[2] = {};
    struct aws_byte_buf small = aws_byte_buf_from_empty_array(memory, sizeof(memory));
    std::string text = "123456";
    struct aws_byte_cursor cursor = Cursor(text);
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_hex_compute_encoded_len(SIZE_MAX / 2 + 1, &length));
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_hex_compute_decoded_len(SIZE_MAX, &length));
    EXPECT_RAISES(AWS_ERROR_SHORT_BUFFER, aws_hex_encode(&cursor, &small));
    EXPECT_RAISES(AWS_ERROR_SHORT_BUFFER, aws_hex_decode(&cursor, &small));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_hex_encode_append_dynamic(&cursor, &small));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_hex_encode(nullptr, &small));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_hex_decode(&cursor, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_hex_compute_encoded_len(1, nullptr));
    EXPECT_EQ(7u, length);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_hex_compute_decoded_len(5, &length));
    EXPECT_EQ(3u, length);
}

TEST_F(Base64, EncodesWithAndWithoutPadding) {
    EXPECT_EQ("", Encode(""));
    EXPECT_EQ("Zg==", Encode("f"));
    EXPECT_EQ("Zm8=", Encode("fo"));
    EXPECT_EQ("Zm9v", Encode("foo"));
    EXPECT_EQ("Zg", Encode("f", true));
    EXPECT_EQ("Zm8", Encode("fo", true));
    EXPECT_EQ("++//", Encode("\xFB\xEF\xFF"));
    EXPECT_EQ("--__", Encode("\xFB\xEF\xFF", true));

    std::string more = "oo";
    struct aws_byte_cursor cursor = Cursor(more);
    Encode("f");
    ASSERT_EQ(AWS_OP_SUCCESS, aws_base64_encode(&cursor, &output_));
    EXPECT_EQ("Zg==b28=", Text(output_)) << "encoding appends";
}

TEST_F(Base64, DecodesWhatItEncodes) {
    std::mt19937 random(4);
    for (size_t length = 0; length < 200; length++) {
        std::string bytes;
        for (size_t i = 0; i < length; i++) {
            bytes.push_back((char)random());
        }
        for (bool forUrl : {false, true}) {
            std::string text = Encode(bytes, forUrl);
            size_t computed = 0;
            struct aws_byte_cursor cursor = Cursor(text);
            ASSERT_EQ(AWS_OP_SUCCESS, aws_base64_compute_decoded_len(&cursor, &computed));
            EXPECT_EQ(length, computed);
            ASSERT_EQ(
                AWS_OP_SUCCESS,
                forUrl ? aws_base64_url_compute_encoded_len(length, &computed)
                       : aws_base64_compute_encoded_len(length, &computed));
            EXPECT_EQ(text.size(), computed);
            ASSERT_EQ(AWS_OP_SUCCESS, Decode(text));
            EXPECT_EQ(bytes, Text(output_));
        }
    }
}

TEST_F(Base64, DecodesBothAlphabetsWithOrWithoutPadding) {
    for (const char *text : {"Zg==", "Zg=", "Zg"}) {
        ASSERT_EQ(AWS_OP_SUCCESS, Decode(text)) << text;
        EXPECT_EQ("f", Text(output_));
    }
    ASSERT_EQ(AWS_OP_SUCCESS, Decode("-+_/"));
    EXPECT_EQ("\xFB\xEF\xFF", Text(output_));
    ASSERT_EQ(AWS_OP_SUCCESS, Decode(""));
    EXPECT_EQ(0u, output_.len);
    ASSERT_EQ(AWS_OP_SUCCESS, Decode("Zh")) << "without padding, bits that are left over do not count";
    EXPECT_EQ("f", Text(output_));
}

TEST_F(Base64, RefusesEverythingElse) {
    output_.len = 5;
    for (const std::string &text : std::vector<std::string>{
             "A",        "ABCDE",  "=",        "==",    "====",     "A===",         "AB=C", "=ABC",
             "AB==CD==", "ABCD=",  "ABCD====", "ABC\n", "AB CDEF=", "ABCD\n\n\n\n", "AB*D", std::string("AB\0D", 4),
             "ABC\x80",  "ABC===", "Zh==",     "Zm9=",  "\r\n\r\n"}) {
        EXPECT_RAISES(AWS_ERROR_INVALID_BASE64_STR, Decode(text));
        EXPECT_EQ(5u, output_.len) << text;
    }
}

TEST_F(Base64, ChecksSizes) {
    size_t length = 7;
    uint8_t memory[3] = {};
    struct aws_byte_buf small = aws_byte_buf_from_empty_array(memory, sizeof(memory));
    std::string text = "abcdefgh";
    struct aws_byte_cursor cursor = Cursor(text);
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_base64_compute_encoded_len(SIZE_MAX, &length));
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_base64_compute_encoded_len(SIZE_MAX - 2, &length));
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_base64_url_compute_encoded_len(SIZE_MAX / 8 + 1, &length));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_base64_compute_encoded_len(1, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_base64_compute_decoded_len(nullptr, &length));
    EXPECT_RAISES(AWS_ERROR_SHORT_BUFFER, aws_base64_encode(&cursor, &small));
    EXPECT_RAISES(AWS_ERROR_SHORT_BUFFER, aws_base64_url_encode(&cursor, &small));
    EXPECT_RAISES(AWS_ERROR_SHORT_BUFFER, aws_base64_decode(&cursor, &small));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_base64_encode(nullptr, &small));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_base64_decode(&cursor, nullptr));
    EXPECT_EQ(7u, length);
    EXPECT_EQ(0u, small.len);
}

int Collect(uint32_t codepoint, void *context) {
    auto *points = static_cast<std::vector<uint32_t> *>(context);
    if (codepoint == 0) {
        return aws_raise_error(AWS_ERROR_INVALID_STATE);
    }
    points->push_back(codepoint);
    return AWS_OP_SUCCESS;
}

TEST_F(Utf8, DecodesToCodePoints) {
    std::vector<uint32_t> points;
    struct aws_utf8_decoder_options options = {Collect, &points};
    std::string text = "a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80";
    ASSERT_EQ(AWS_OP_SUCCESS, aws_decode_utf8(Cursor(text), &options));
    EXPECT_EQ((std::vector<uint32_t>{'a', 0xE4, 0x20AC, 0x1F600}), points);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_decode_utf8(Cursor(text), nullptr));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_decode_utf8({}, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_STATE, aws_decode_utf8(Cursor(std::string("a\0b", 3)), &options));
}

TEST_F(Utf8, TakesTextCutAnywhere) {
    std::string text = "a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80";
    for (size_t step = 1; step <= text.size(); step++) {
        std::vector<uint32_t> points;
        struct aws_utf8_decoder_options options = {Collect, &points};
        struct aws_utf8_decoder *decoder = aws_utf8_decoder_new(allocator_, &options);
        for (size_t i = 0; i < text.size(); i += step) {
            std::string part = text.substr(i, step);
            ASSERT_EQ(AWS_OP_SUCCESS, aws_utf8_decoder_update(decoder, Cursor(part)));
        }
        EXPECT_EQ(AWS_OP_SUCCESS, aws_utf8_decoder_finalize(decoder));
        EXPECT_EQ(4u, points.size());
        aws_utf8_decoder_destroy(decoder);
    }
}

TEST_F(Utf8, RefusesWhatRfc3629Forbids) {
    struct aws_utf8_decoder *decoder = aws_utf8_decoder_new(allocator_, nullptr);
    for (const char *text :
         {"\x80",
          "\xC3",
          "\xC3\x28",
          "\xC0\x80",
          "\xC1\xBF",
          "\xE0\x9F\xBF",
          "\xED\xA0\x80",
          "\xED\xBF\xBF",
          "\xF0\x8F\xBF\xBF",
          "\xF8\x88\x80\x80\x80",
          "\xFF",
          "\xE2\x82",
          "a\xF0\x9F\x98"}) {
        EXPECT_RAISES(AWS_ERROR_INVALID_UTF8, aws_decode_utf8(Cursor(text), nullptr));
        std::vector<uint32_t> points;
        struct aws_utf8_decoder_options options = {Collect, &points};
        EXPECT_RAISES(AWS_ERROR_INVALID_UTF8, aws_decode_utf8(Cursor(text), &options));
        aws_utf8_decoder_reset(decoder);
        bool isValid = aws_utf8_decoder_update(decoder, Cursor(text)) == AWS_OP_SUCCESS &&
                       aws_utf8_decoder_finalize(decoder) == AWS_OP_SUCCESS;
        EXPECT_FALSE(isValid);
    }
    aws_utf8_decoder_reset(decoder);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_utf8_decoder_update(decoder, Cursor("fine")));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_utf8_decoder_finalize(decoder));
    aws_utf8_decoder_destroy(decoder);
}

TEST_F(Utf8, RefusesNullWithoutCrashing) {
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_utf8_decoder_new(nullptr, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_utf8_decoder_update(nullptr, {}));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_utf8_decoder_finalize(nullptr));
    struct aws_byte_cursor broken = {3, nullptr};
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_decode_utf8(broken, nullptr));
    aws_utf8_decoder_reset(nullptr);
    aws_utf8_decoder_destroy(nullptr);
}

} // namespace
