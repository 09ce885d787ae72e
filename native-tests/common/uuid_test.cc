/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/byte_buf.h>
#include <aws/common/uuid.h>

#include <cstring>
#include <set>
#include <string>

namespace {

class Uuid : public TracedTest {};

int Parse(struct aws_uuid *uuid, const std::string &text) {
    struct aws_byte_cursor cursor = aws_byte_cursor_from_array(text.data(), text.size());
    return aws_uuid_init_from_str(uuid, &cursor);
}

TEST_F(Uuid, IsRandomAndSaysSo) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; i++) {
        struct aws_uuid uuid;
        ASSERT_EQ(AWS_OP_SUCCESS, aws_uuid_init(&uuid));
        EXPECT_EQ(0x40, uuid.uuid_data[6] & 0xF0) << "version 4";
        EXPECT_EQ(0x80, uuid.uuid_data[8] & 0xC0) << "variant of RFC 4122";
        EXPECT_TRUE(seen.insert(std::string(reinterpret_cast<char *>(uuid.uuid_data), 16)).second);
    }
}

TEST_F(Uuid, ReadsWhatItWrites) {
    const std::string text = "00112233-4455-6677-8899-aabbccddeeff";
    struct aws_uuid uuid;
    struct aws_uuid again;
    ASSERT_EQ(AWS_OP_SUCCESS, Parse(&uuid, text));
    for (int i = 0; i < 16; i++) {
        EXPECT_EQ(i * 0x11, uuid.uuid_data[i]);
    }
    ASSERT_EQ(AWS_OP_SUCCESS, Parse(&again, "00112233-4455-6677-8899-AABBCCDDEEFF and more"));
    EXPECT_TRUE(aws_uuid_equals(&uuid, &again));

    char memory[AWS_UUID_STR_LEN + AWS_UUID_STR_COMPACT_LEN] = {};
    struct aws_byte_buf buf = aws_byte_buf_from_empty_array(memory, sizeof(memory));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_uuid_to_str(&uuid, &buf));
    EXPECT_EQ(36u, buf.len);
    EXPECT_EQ(text, memory);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_uuid_to_str_compact(&uuid, &buf));
    EXPECT_EQ(68u, buf.len);
    EXPECT_STREQ("00112233445566778899aabbccddeeff", memory + 36);
}

TEST_F(Uuid, NeedsRoomForTheNul) {
    struct aws_uuid uuid = {};
    char memory[36] = {};
    struct aws_byte_buf buf = aws_byte_buf_from_empty_array(memory, 36);
    EXPECT_RAISES(AWS_ERROR_SHORT_BUFFER, aws_uuid_to_str(&uuid, &buf));
    buf.len = 4;
    EXPECT_RAISES(AWS_ERROR_SHORT_BUFFER, aws_uuid_to_str_compact(&uuid, &buf));
    EXPECT_EQ(4u, buf.len);
    buf.len = 3;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_uuid_to_str_compact(&uuid, &buf));
}

TEST_F(Uuid, MalformedTextChangesNothing) {
    struct aws_uuid uuid;
    memset(&uuid, 7, sizeof(uuid));
    EXPECT_RAISES(AWS_ERROR_INVALID_BUFFER_SIZE, Parse(&uuid, "00112233-4455-6677-8899-aabbccddeef"));
    EXPECT_RAISES(AWS_ERROR_MALFORMED_INPUT_STRING, Parse(&uuid, "00112233-4455-6677-8899-aabbccddeefg"));
    EXPECT_RAISES(AWS_ERROR_MALFORMED_INPUT_STRING, Parse(&uuid, "00112233 4455-6677-8899-aabbccddeeff"));
    EXPECT_RAISES(AWS_ERROR_MALFORMED_INPUT_STRING, Parse(&uuid, "001122334455-6677-8899-aabbccddeeff0"));
    EXPECT_RAISES(AWS_ERROR_MALFORMED_INPUT_STRING, Parse(&uuid, " 0112233-4455-6677-8899-aabbccddeeff"));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_uuid_init_from_str(&uuid, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_uuid_init(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_uuid_to_str(&uuid, nullptr));
    EXPECT_FALSE(aws_uuid_equals(&uuid, nullptr));
    for (uint8_t byte : uuid.uuid_data) {
        EXPECT_EQ(7, byte);
    }
}

} // namespace
