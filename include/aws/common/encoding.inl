/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_ENCODING_INL
#define AWS_COMMON_ENCODING_INL

#include <aws/common/encoding.h>

AWS_EXTERN_C_BEGIN

/* ---- Big-endian numbers in raw memory: compilers make one load or store and one swap of each - */

AWS_STATIC_IMPL void aws_write_u16(uint16_t value, uint8_t *buffer) {
    buffer[0] = (uint8_t)(value >> 8);
    buffer[1] = (uint8_t)value;
}

AWS_STATIC_IMPL void aws_write_u24(uint32_t value, uint8_t *buffer) {
    buffer[0] = (uint8_t)(value >> 16);
    aws_write_u16((uint16_t)value, buffer + 1);
}

AWS_STATIC_IMPL void aws_write_u32(uint32_t value, uint8_t *buffer) {
    value = aws_hton32(value);
    memcpy(buffer, &value, sizeof(value));
}

AWS_STATIC_IMPL void aws_write_u64(uint64_t value, uint8_t *buffer) {
    value = aws_hton64(value);
    memcpy(buffer, &value, sizeof(value));
}

AWS_STATIC_IMPL uint16_t aws_read_u16(const uint8_t *buffer) {
    return (uint16_t)(((uint32_t)buffer[0] << 8) | buffer[1]);
}

AWS_STATIC_IMPL uint32_t aws_read_u24(const uint8_t *buffer) {
    return ((uint32_t)buffer[0] << 16) | aws_read_u16(buffer + 1);
}

AWS_STATIC_IMPL uint32_t aws_read_u32(const uint8_t *buffer) {
    uint32_t value;
    memcpy(&value, buffer, sizeof(value));
    return aws_ntoh32(value);
}

AWS_STATIC_IMPL uint64_t aws_read_u64(const uint8_t *buffer) {
    uint64_t value;
    memcpy(&value, buffer, sizeof(value));
    return aws_ntoh64(value);
}

/* ---- Text ------------------------------------------------------------------------------------ */

AWS_STATIC_IMPL enum aws_text_encoding aws_text_detect_encoding(const uint8_t *bytes, size_t size) {
    if (bytes == NULL) {
        return size == 0 ? AWS_TEXT_ASCII : AWS_TEXT_UNKNOWN;
    }

    /* U+FEFF in each encoding. Four bytes go first: a UTF-32 mark in little endian begins with the UTF-16 one. */
    if (size >= 4) {
        const uint32_t mark = aws_read_u32(bytes);
        if (mark == 0x0000FEFFU || mark == 0xFFFE0000U) {
            return AWS_TEXT_UTF32;
        }
    }
    if (size >= 3 && aws_read_u24(bytes) == 0xEFBBBFU) {
        return AWS_TEXT_UTF8;
    }
    if (size >= 2) {
        const uint16_t mark = aws_read_u16(bytes);
        if (mark == 0xFEFFU || mark == 0xFFFEU) {
            return AWS_TEXT_UTF16;
        }
    }

    uint8_t seen = 0;
    for (size_t i = 0; i < size; ++i) {
        seen |= bytes[i];
    }
    return seen < 0x80 ? AWS_TEXT_ASCII : AWS_TEXT_UNKNOWN;
}

AWS_STATIC_IMPL bool aws_text_is_utf8(const uint8_t *bytes, size_t size) {
    const enum aws_text_encoding encoding = aws_text_detect_encoding(bytes, size);
    return encoding == AWS_TEXT_UTF8 || encoding == AWS_TEXT_ASCII;
}

AWS_EXTERN_C_END

#endif /* AWS_COMMON_ENCODING_INL */
