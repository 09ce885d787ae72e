/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/byte_buf.h>
#include <aws/common/device_random.h>

#include <cstdint>
#include <set>
#include <vector>

namespace {

class DeviceRandom : public TracedTest {};

TEST_F(DeviceRandom, NumbersDiffer) {
    std::set<uint64_t> seen;
    for (int i = 0; i < 1000; i++) {
        uint64_t value = 0;
        ASSERT_EQ(AWS_OP_SUCCESS, aws_device_random_u64(&value));
        EXPECT_TRUE(seen.insert(value).second);
    }
}

TEST_F(DeviceRandom, EverySizeUsesAllItsBits) {
    uint64_t ones64 = 0;
    uint32_t ones32 = 0;
    uint16_t ones16 = 0;
    uint8_t ones8 = 0;
    for (int i = 0; i < 200; i++) {
        uint64_t u64 = 0;
        uint32_t u32 = 0;
        uint16_t u16 = 0;
        uint8_t u8 = 0;
        aws_device_random_u64(&u64);
        aws_device_random_u32(&u32);
        aws_device_random_u16(&u16);
        aws_device_random_u8(&u8);
        ones64 |= u64;
        ones32 |= u32;
        ones16 |= u16;
        ones8 |= u8;
    }
    EXPECT_EQ(UINT64_MAX, ones64);
    EXPECT_EQ(UINT32_MAX, ones32);
    EXPECT_EQ(UINT16_MAX, ones16);
    EXPECT_EQ(UINT8_MAX, ones8);
}

TEST_F(DeviceRandom, FillsBuffers) {
    struct aws_byte_buf buf;
    aws_byte_buf_init(&buf, allocator_, 1 << 20);
    aws_byte_buf_write_u8_n(&buf, 0, 100);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_device_random_buffer_append(&buf, 1000));
    EXPECT_EQ(1100u, buf.len);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_device_random_buffer(&buf));
    EXPECT_EQ(buf.capacity, buf.len);
    std::vector<size_t> counts(256);
    for (size_t i = 100; i < buf.len; i++) {
        counts[buf.buffer[i]]++;
    }
    for (size_t count : counts) {
        EXPECT_GT(count, 3000u);
        EXPECT_LT(count, 5500u);
    }
    EXPECT_EQ(AWS_OP_SUCCESS, aws_device_random_buffer(&buf)) << "nothing is free, nothing is needed";
    EXPECT_RAISES(AWS_ERROR_SHORT_BUFFER, aws_device_random_buffer_append(&buf, 1));
    aws_byte_buf_clean_up(&buf);
}

TEST_F(DeviceRandom, RefusesNullWithoutCrashing) {
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_device_random_u64(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_device_random_u32(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_device_random_u16(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_device_random_u8(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_device_random_buffer(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_device_random_buffer_append(nullptr, 1));
}

} // namespace
