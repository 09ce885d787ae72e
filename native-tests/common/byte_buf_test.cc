/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/array_list.h>
#include <aws/common/byte_buf.h>
#include <aws/common/private/byte_buf.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace {

struct aws_byte_cursor Cursor(const char *text) {
    return aws_byte_cursor_from_c_str(text);
}

struct aws_byte_cursor Cursor(const std::string &text) {
    return aws_byte_cursor_from_array(text.data(), text.size());
}

std::string Text(const struct aws_byte_cursor &cursor) {
    return std::string(reinterpret_cast<const char *>(cursor.ptr), cursor.len);
}

std::string Text(const struct aws_byte_buf &buf) {
    return std::string(reinterpret_cast<const char *>(buf.buffer), buf.len);
}

bool IsZero(const struct aws_byte_buf &buf) {
    return buf.buffer == nullptr && buf.len == 0 && buf.capacity == 0 && buf.allocator == nullptr;
}

/* A buffer over the test's own memory, with a guard behind it. */
template <size_t N> struct FixedBuf {
    FixedBuf() {
        memset(memory, 0xEE, sizeof(memory));
        buf = aws_byte_buf_from_empty_array(memory, N);
    }

    ~FixedBuf() {
        for (size_t i = N; i < sizeof(memory); i++) {
            EXPECT_EQ(0xEE, memory[i]) << "written past the end";
        }
    }

    uint8_t memory[N + 8];
    struct aws_byte_buf buf;
};

/* Remembers what is released to it, to see whether secrets were wiped. */
struct WitnessAllocator {
    explicit WitnessAllocator(size_t watched) : watched(watched) {
        table.mem_acquire = [](struct aws_allocator *, size_t size) -> void * {
            void *block = malloc(size);
            memset(block, 0xEE, size);
            return block;
        };
        table.mem_release = [](struct aws_allocator *allocator, void *block) {
            auto *self = static_cast<WitnessAllocator *>(allocator->impl);
            self->released.assign(static_cast<char *>(block), self->watched);
            free(block);
        };
        table.impl = this;
    }

    size_t watched;
    std::string released;
    struct aws_allocator table = {};
};

class ByteBuf : public TracedTest {};
class ByteCursor : public TracedTest {};

TEST_F(ByteBuf, InitWithoutCapacityTakesNoMemory) {
    struct aws_byte_buf buf;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_init(&buf, allocator_, 0));
    EXPECT_EQ(nullptr, buf.buffer);
    EXPECT_EQ(allocator_, buf.allocator);
    EXPECT_TRUE(aws_byte_buf_is_valid(&buf));
    EXPECT_EQ(0u, aws_mem_tracer_count(allocator_));
    aws_byte_buf_clean_up(&buf);
    aws_byte_buf_clean_up(&buf);
    EXPECT_TRUE(IsZero(buf));
}

TEST_F(ByteBuf, RefusesNullWithoutCrashing) {
    struct aws_byte_buf buf = {};
    struct aws_byte_cursor cursor = Cursor("abc");
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_init(nullptr, allocator_, 1));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_init(&buf, nullptr, 1));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_init_copy(&buf, allocator_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_init_copy_from_cursor(nullptr, allocator_, cursor));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_append(nullptr, &cursor));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_append(&buf, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_append_with_lookup(&buf, &cursor, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_append_dynamic(nullptr, &cursor));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_append_and_update(&buf, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_append_null_terminator(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_reserve(nullptr, 1));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_reserve_relative(nullptr, 1));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_reserve_smart(nullptr, 1));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_reserve_smart_relative(nullptr, 1));
    EXPECT_FALSE(aws_byte_buf_write(nullptr, cursor.ptr, cursor.len));
    EXPECT_FALSE(aws_byte_buf_write_u8(nullptr, 1));
    EXPECT_FALSE(aws_byte_buf_write_u8_n(nullptr, 1, 1));
    EXPECT_FALSE(aws_byte_buf_write_be64(nullptr, 1));
    EXPECT_EQ(0u, aws_byte_buf_write_to_capacity(nullptr, &cursor).len);
    EXPECT_FALSE(aws_byte_buf_is_valid(nullptr));
    EXPECT_FALSE(aws_byte_buf_eq(nullptr, &buf));
    EXPECT_FALSE(aws_byte_buf_eq_c_str(&buf, nullptr));
    aws_byte_buf_clean_up(nullptr);
    aws_byte_buf_clean_up_secure(nullptr);
    aws_byte_buf_reset(nullptr, true);
    aws_byte_buf_secure_zero(nullptr);
    EXPECT_TRUE(IsZero(buf));
}

TEST_F(ByteBuf, IsValidOnlyIfItsFieldsAgree) {
    uint8_t memory[4];
    struct aws_byte_buf buf = {};
    EXPECT_TRUE(aws_byte_buf_is_valid(&buf));
    buf.len = 1;
    EXPECT_FALSE(aws_byte_buf_is_valid(&buf));
    buf = aws_byte_buf_from_array(memory, 4);
    EXPECT_TRUE(aws_byte_buf_is_valid(&buf));
    buf.len = 5;
    EXPECT_FALSE(aws_byte_buf_is_valid(&buf));

    struct aws_byte_cursor cursor = Cursor("x");
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_append(&buf, &cursor));
    EXPECT_FALSE(aws_byte_buf_write(&buf, cursor.ptr, 1));
}

TEST_F(ByteBuf, CopiesKeepTheCapacity) {
    struct aws_byte_buf source;
    struct aws_byte_buf copy;
    aws_byte_buf_init(&source, allocator_, 100);
    aws_byte_buf_write_from_whole_cursor(&source, Cursor("hello"));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_init_copy(&copy, allocator_, &source));
    EXPECT_EQ(100u, copy.capacity);
    EXPECT_NE(source.buffer, copy.buffer);
    EXPECT_TRUE(aws_byte_buf_eq(&source, &copy));
    aws_byte_buf_clean_up(&copy);
    aws_byte_buf_clean_up(&source);

    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_init_copy_from_cursor(&copy, allocator_, Cursor("")));
    EXPECT_EQ(nullptr, copy.buffer);
    aws_byte_buf_clean_up(&copy);
}

TEST_F(ByteBuf, AppendFitsOrChangesNothing) {
    FixedBuf<5> fixed;
    struct aws_byte_cursor abc = Cursor("abc");
    EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append(&fixed.buf, &abc));
    EXPECT_RAISES(AWS_ERROR_DEST_COPY_TOO_SMALL, aws_byte_buf_append(&fixed.buf, &abc));
    EXPECT_EQ("abc", Text(fixed.buf));
    struct aws_byte_cursor de = Cursor("de");
    EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append(&fixed.buf, &de));
    struct aws_byte_cursor nothing = {};
    EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append(&fixed.buf, &nothing));
    EXPECT_EQ("abcde", Text(fixed.buf));
}

TEST_F(ByteBuf, AppendWithLookupMapsEveryByte) {
    FixedBuf<8> fixed;
    struct aws_byte_cursor text = Cursor("aB\xC3Z");
    EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append_with_lookup(&fixed.buf, &text, aws_lookup_table_to_lower_get()));
    EXPECT_EQ("ab\xC3z", Text(fixed.buf));
    struct aws_byte_cursor longer = Cursor("12345");
    EXPECT_RAISES(
        AWS_ERROR_DEST_COPY_TOO_SMALL,
        aws_byte_buf_append_with_lookup(&fixed.buf, &longer, aws_lookup_table_to_lower_get()));
}

TEST_F(ByteBuf, AppendDynamicAtLeastDoubles) {
    struct aws_byte_buf buf;
    aws_byte_buf_init(&buf, allocator_, 4);
    struct aws_byte_cursor five = Cursor("12345");
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append_dynamic(&buf, &five));
    EXPECT_EQ(8u, buf.capacity);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append_dynamic(&buf, &five));
    EXPECT_EQ(16u, buf.capacity);
    EXPECT_EQ("1234512345", Text(buf));

    std::string large(100, 'x');
    struct aws_byte_cursor more = Cursor(large);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append_dynamic(&buf, &more));
    EXPECT_EQ(110u, buf.capacity);
    aws_byte_buf_clean_up(&buf);
}

TEST_F(ByteBuf, AppendDynamicTakesBytesOfTheBufferItself) {
    struct aws_byte_buf buf;
    aws_byte_buf_init(&buf, allocator_, 3);
    aws_byte_buf_write_from_whole_cursor(&buf, Cursor("abc"));
    for (int i = 0; i < 4; i++) {
        struct aws_byte_cursor self = aws_byte_cursor_from_buf(&buf);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append_dynamic(&buf, &self));
    }
    EXPECT_EQ(48u, buf.len);
    EXPECT_EQ("abcabc", Text(buf).substr(42));
    aws_byte_buf_clean_up(&buf);
}

TEST_F(ByteBuf, AppendDynamicNeedsAnAllocator) {
    FixedBuf<2> fixed;
    struct aws_byte_cursor abc = Cursor("abc");
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_append_dynamic(&fixed.buf, &abc));
    EXPECT_RAISES(AWS_ERROR_DEST_COPY_TOO_SMALL, aws_byte_buf_append_auto(&fixed.buf, &abc));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_append_byte_dynamic(&fixed.buf, 1));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_reserve(&fixed.buf, 100));

    struct aws_byte_buf owned;
    aws_byte_buf_init(&owned, allocator_, 0);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append_auto(&owned, &abc));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append_byte_dynamic(&owned, 'd'));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append_null_terminator(&owned));
    EXPECT_EQ(std::string("abcd\0", 5), Text(owned));
    aws_byte_buf_clean_up(&owned);
}

TEST_F(ByteBuf, AppendDynamicDetectsOverflow) {
    struct aws_byte_buf buf;
    aws_byte_buf_init(&buf, allocator_, 16);
    buf.len = 16;
    struct aws_byte_cursor impossible = {SIZE_MAX - 8, buf.buffer};
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_byte_buf_append_dynamic(&buf, &impossible));
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_byte_buf_reserve_relative(&buf, SIZE_MAX));
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_byte_buf_reserve_smart_relative(&buf, SIZE_MAX));
    EXPECT_EQ(16u, buf.capacity);
    aws_byte_buf_clean_up(&buf);
}

TEST_F(ByteBuf, TheSecureVariantsWipeWhatTheyLeaveBehind) {
    WitnessAllocator witness(6);
    struct aws_byte_buf buf;
    struct aws_byte_cursor secret = Cursor("secret");
    aws_byte_buf_init(&buf, &witness.table, 6);
    aws_byte_buf_append(&buf, &secret);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append_dynamic_secure(&buf, &secret));
    EXPECT_EQ(std::string(6, '\0'), witness.released);
    EXPECT_EQ("secretsecret", Text(buf));

    ASSERT_EQ(12u, buf.capacity);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append_byte_dynamic_secure(&buf, '!'));
    EXPECT_EQ(std::string(6, '\0'), witness.released);

    witness.watched = 24;
    ASSERT_EQ(24u, buf.capacity);
    aws_byte_buf_clean_up_secure(&buf);
    EXPECT_EQ(std::string(24, '\0'), witness.released) << "the whole capacity is wiped";

    aws_byte_buf_init(&buf, &witness.table, 6);
    aws_byte_buf_append(&buf, &secret);
    witness.watched = 6;
    aws_byte_buf_clean_up(&buf);
    EXPECT_EQ("secret", witness.released) << "the other one does not";
}

TEST_F(ByteBuf, ResetKeepsTheMemory) {
    FixedBuf<6> fixed;
    aws_byte_buf_write_from_whole_cursor(&fixed.buf, Cursor("secret"));
    aws_byte_buf_reset(&fixed.buf, false);
    EXPECT_EQ(0u, fixed.buf.len);
    EXPECT_EQ('s', fixed.memory[0]);
    aws_byte_buf_reset(&fixed.buf, true);
    EXPECT_EQ(0, fixed.memory[0]);
    EXPECT_EQ(6u, fixed.buf.capacity);
}

TEST_F(ByteBuf, ReserveGrowsExactlyAndReserveSmartDoubles) {
    struct aws_byte_buf buf;
    aws_byte_buf_init(&buf, allocator_, 0);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_reserve(&buf, 10));
    EXPECT_EQ(10u, buf.capacity);
    aws_byte_buf_write_from_whole_cursor(&buf, Cursor("0123456789"));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_reserve(&buf, 5));
    EXPECT_EQ(10u, buf.capacity);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_reserve_relative(&buf, 1));
    EXPECT_EQ(11u, buf.capacity);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_reserve_smart(&buf, 12));
    EXPECT_EQ(22u, buf.capacity);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_reserve_smart_relative(&buf, 100));
    EXPECT_EQ(110u, buf.capacity);
    EXPECT_EQ("0123456789", Text(buf));
    aws_byte_buf_clean_up(&buf);
}

TEST_F(ByteBuf, AppendAndUpdateMovesTheCursorIntoTheBuffer) {
    FixedBuf<8> fixed;
    std::string text = "abcd";
    struct aws_byte_cursor cursor = Cursor(text);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append_and_update(&fixed.buf, &cursor));
    EXPECT_EQ(fixed.memory, cursor.ptr);
    struct aws_byte_cursor longer = Cursor("12345");
    const uint8_t *before = longer.ptr;
    EXPECT_RAISES(AWS_ERROR_DEST_COPY_TOO_SMALL, aws_byte_buf_append_and_update(&fixed.buf, &longer));
    EXPECT_EQ(before, longer.ptr);
}

TEST_F(ByteBuf, CatAndCacheTakeManyArguments) {
    FixedBuf<6> fixed;
    struct aws_byte_buf a = aws_byte_buf_from_c_str("ab");
    struct aws_byte_buf b = aws_byte_buf_from_c_str("cdef");
    struct aws_byte_buf c = aws_byte_buf_from_c_str("g");
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_cat(&fixed.buf, 2, &a, &b));
    EXPECT_EQ("abcdef", Text(fixed.buf));
    EXPECT_RAISES(AWS_ERROR_DEST_COPY_TOO_SMALL, aws_byte_buf_cat(&fixed.buf, 1, &c));

    struct aws_byte_cursor x = Cursor("left");
    struct aws_byte_cursor y = Cursor("");
    struct aws_byte_cursor z = Cursor("right");
    struct aws_byte_buf cache;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_init_cache_and_update_cursors(&cache, allocator_, &x, &y, &z, NULL));
    EXPECT_EQ("leftright", Text(cache));
    EXPECT_EQ(cache.buffer + 4, z.ptr);
    EXPECT_EQ("left", Text(x));
    aws_byte_buf_clean_up(&cache);
}

TEST_F(ByteBuf, AdvanceSetsAPartAside) {
    FixedBuf<8> fixed;
    struct aws_byte_buf part = aws_byte_buf_from_c_str("junk");
    fixed.buf.len = 2;
    ASSERT_TRUE(aws_byte_buf_advance(&fixed.buf, &part, 5));
    EXPECT_EQ(fixed.memory + 2, part.buffer);
    EXPECT_EQ(0u, part.len);
    EXPECT_EQ(5u, part.capacity);
    EXPECT_EQ(nullptr, part.allocator);
    EXPECT_FALSE(aws_byte_buf_advance(&fixed.buf, &part, 2));
    EXPECT_TRUE(IsZero(part));
    EXPECT_EQ(7u, fixed.buf.len);
}

TEST_F(ByteBuf, WritesIntegersMostSignificantByteFirst) {
    FixedBuf<30> fixed;
    EXPECT_TRUE(aws_byte_buf_write_u8(&fixed.buf, 0x01));
    EXPECT_TRUE(aws_byte_buf_write_be16(&fixed.buf, 0x0203));
    EXPECT_TRUE(aws_byte_buf_write_be24(&fixed.buf, 0x040506));
    EXPECT_FALSE(aws_byte_buf_write_be24(&fixed.buf, 0x01000000));
    EXPECT_TRUE(aws_byte_buf_write_be32(&fixed.buf, 0x0708090A));
    EXPECT_TRUE(aws_byte_buf_write_be64(&fixed.buf, 0x0B0C0D0E0F101112ULL));
    EXPECT_TRUE(aws_byte_buf_write_float_be32(&fixed.buf, -1.0f));
    EXPECT_TRUE(aws_byte_buf_write_float_be64(&fixed.buf, 2.0));
    EXPECT_EQ(30u, fixed.buf.len);
    for (uint8_t i = 0; i < 18; i++) {
        EXPECT_EQ(i + 1, fixed.memory[i]);
    }
    EXPECT_EQ(0, memcmp(fixed.memory + 18, "\xBF\x80\0\0\x40\0\0\0\0\0\0\0", 12));
    EXPECT_FALSE(aws_byte_buf_write_u8(&fixed.buf, 1));
    EXPECT_TRUE(aws_byte_buf_write_u8_n(&fixed.buf, 1, 0));
    EXPECT_TRUE(aws_byte_buf_write(&fixed.buf, nullptr, 0));
}

TEST_F(ByteBuf, AWriteThatDoesNotFitChangesNothing) {
    FixedBuf<3> fixed;
    EXPECT_FALSE(aws_byte_buf_write_be32(&fixed.buf, 1));
    EXPECT_FALSE(aws_byte_buf_write_u8_n(&fixed.buf, 1, 4));
    EXPECT_FALSE(aws_byte_buf_write_u8_n(&fixed.buf, 1, SIZE_MAX));
    EXPECT_FALSE(aws_byte_buf_write(&fixed.buf, fixed.memory, SIZE_MAX));
    EXPECT_FALSE(aws_byte_buf_write(&fixed.buf, nullptr, 1));
    EXPECT_EQ(0u, fixed.buf.len);
    EXPECT_TRUE(aws_byte_buf_write_u8_n(&fixed.buf, 7, 3));
    EXPECT_EQ("\7\7\7", Text(fixed.buf));
}

TEST_F(ByteBuf, WriteToCapacityTakesWhatFits) {
    FixedBuf<4> fixed;
    struct aws_byte_cursor rest = Cursor("abcdef");
    EXPECT_EQ("abcd", Text(aws_byte_buf_write_to_capacity(&fixed.buf, &rest)));
    EXPECT_EQ("ef", Text(rest));
    EXPECT_EQ("", Text(aws_byte_buf_write_to_capacity(&fixed.buf, &rest)));
    EXPECT_EQ("ef", Text(rest));
}

TEST_F(ByteBuf, ComparesWithAndWithoutCase) {
    struct aws_byte_buf a = aws_byte_buf_from_c_str("Hello, World! 0123456789 [\\]^_`{|}~");
    struct aws_byte_buf b = aws_byte_buf_from_c_str("hELLO, wORLD! 0123456789 [\\]^_`{|}~");
    EXPECT_FALSE(aws_byte_buf_eq(&a, &b));
    EXPECT_TRUE(aws_byte_buf_eq_ignore_case(&a, &b));
    EXPECT_TRUE(aws_byte_buf_eq_c_str(&a, "Hello, World! 0123456789 [\\]^_`{|}~"));
    EXPECT_FALSE(aws_byte_buf_eq_c_str(&a, "Hello, World!"));
    EXPECT_TRUE(aws_byte_buf_eq_c_str_ignore_case(&a, "HELLO, WORLD! 0123456789 [\\]^_`{|}~"));
    struct aws_byte_buf empty = {};
    EXPECT_TRUE(aws_byte_buf_eq_c_str(&empty, ""));
    EXPECT_TRUE(aws_byte_buf_eq(&empty, &empty));
}

TEST(ByteArray, CaseIsIgnoredForLettersOnlyAtEveryPosition) {
    for (size_t length : {1u, 7u, 15u, 16u, 17u, 31u, 32u, 33u, 100u}) {
        for (size_t place = 0; place < length; place++) {
            for (int value = 0; value < 256; value++) {
                std::vector<uint8_t> a(length, 'm');
                std::vector<uint8_t> b(length, 'M');
                a[place] = (uint8_t)value;
                b[place] = (uint8_t)(value ^ 0x20);
                bool isLetter = (value | 0x20) >= 'a' && (value | 0x20) <= 'z';
                ASSERT_EQ(isLetter, aws_array_eq_ignore_case(a.data(), length, b.data(), length))
                    << value << " at " << place << " of " << length;
            }
        }
    }
}

TEST(ByteArray, EmptyArraysAreEqualWhereverTheyAre) {
    EXPECT_TRUE(aws_array_eq(nullptr, 0, "x", 0));
    EXPECT_TRUE(aws_array_eq_ignore_case(nullptr, 0, nullptr, 0));
    EXPECT_TRUE(aws_array_eq_c_str(nullptr, 0, ""));
    EXPECT_FALSE(aws_array_eq_c_str("a\0b", 3, "a"));
    EXPECT_FALSE(aws_array_eq_c_str("ab", 2, "abc"));
    EXPECT_FALSE(aws_array_eq("ab", 2, "abc", 3));
}

TEST_F(ByteCursor, AdvanceTakesFromTheFrontOrNothing) {
    struct aws_byte_cursor cursor = Cursor("abcdef");
    EXPECT_EQ("ab", Text(aws_byte_cursor_advance(&cursor, 2)));
    EXPECT_EQ("cdef", Text(cursor));
    for (size_t length : {(size_t)5, SIZE_MAX, SIZE_MAX / 2 + 1}) {
        struct aws_byte_cursor taken = aws_byte_cursor_advance(&cursor, length);
        EXPECT_EQ(nullptr, taken.ptr);
        EXPECT_EQ(0u, taken.len);
        taken = aws_byte_cursor_advance_nospec(&cursor, length);
        EXPECT_EQ(nullptr, taken.ptr);
        EXPECT_EQ("cdef", Text(cursor));
    }
    EXPECT_EQ("cde", Text(aws_byte_cursor_advance_nospec(&cursor, 3)));
    EXPECT_EQ("f", Text(aws_byte_cursor_advance_nospec(&cursor, 1)));
    EXPECT_EQ(0u, aws_byte_cursor_advance_nospec(&cursor, 0).len);
    EXPECT_EQ(nullptr, aws_byte_cursor_advance(nullptr, 0).ptr);

    uint8_t byte = 0;
    struct aws_byte_cursor broken = {SIZE_MAX, &byte};
    EXPECT_EQ(nullptr, aws_byte_cursor_advance(&broken, 1).ptr) << "no array is that long";
}

TEST(ByteCursorMask, IsAllOnesInsideTheBoundAndZeroElsewhere) {
    EXPECT_EQ(SIZE_MAX, aws_nospec_mask(0, 1));
    EXPECT_EQ(SIZE_MAX, aws_nospec_mask(4, 5));
    EXPECT_EQ(0u, aws_nospec_mask(0, 0));
    EXPECT_EQ(0u, aws_nospec_mask(5, 5));
    EXPECT_EQ(0u, aws_nospec_mask(6, 5));
    EXPECT_EQ(0u, aws_nospec_mask(SIZE_MAX, 5));
    EXPECT_EQ(0u, aws_nospec_mask(0, SIZE_MAX));
    EXPECT_EQ(SIZE_MAX, aws_nospec_mask(SIZE_MAX / 2 - 1, SIZE_MAX / 2));
}

TEST_F(ByteCursor, ReadsIntegersOfBothByteOrders) {
    const uint8_t bytes[] = {1, 2, 3, 4, 5, 6, 7, 8, 0xFF, 0xFE, 0xFD, 0xFC};
    struct aws_byte_cursor cursor = aws_byte_cursor_from_array(bytes, sizeof(bytes));
    struct aws_byte_cursor all = cursor;
    uint8_t u8 = 0;
    uint16_t u16 = 0;
    uint32_t u32 = 0;
    uint64_t u64 = 0;
    int32_t i32 = 0;
    EXPECT_TRUE(aws_byte_cursor_read_u8(&cursor, &u8));
    EXPECT_EQ(1, u8);
    cursor = all;
    EXPECT_TRUE(aws_byte_cursor_read_be16(&cursor, &u16));
    EXPECT_EQ(0x0102, u16);
    cursor = all;
    EXPECT_TRUE(aws_byte_cursor_read_le16(&cursor, &u16));
    EXPECT_EQ(0x0201, u16);
    cursor = all;
    EXPECT_TRUE(aws_byte_cursor_read_be24(&cursor, &u32));
    EXPECT_EQ(0x010203u, u32);
    cursor = all;
    EXPECT_TRUE(aws_byte_cursor_read_be32(&cursor, &u32));
    EXPECT_EQ(0x01020304u, u32);
    cursor = all;
    EXPECT_TRUE(aws_byte_cursor_read_le32(&cursor, &u32));
    EXPECT_EQ(0x04030201u, u32);
    cursor = all;
    EXPECT_TRUE(aws_byte_cursor_read_be64(&cursor, &u64));
    EXPECT_EQ(0x0102030405060708ULL, u64);
    EXPECT_TRUE(aws_byte_cursor_read_be_i32(&cursor, &i32));
    EXPECT_EQ(-0x10204, i32);
    EXPECT_EQ(0u, cursor.len);
    cursor = aws_byte_cursor_from_array(bytes + 8, 4);
    EXPECT_TRUE(aws_byte_cursor_read_le_i32(&cursor, &i32));
    EXPECT_EQ(-0x03020101, i32);
}

TEST_F(ByteCursor, ReadsFloats) {
    const uint8_t bytes[] = {0xBF, 0x80, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0};
    struct aws_byte_cursor cursor = aws_byte_cursor_from_array(bytes, sizeof(bytes));
    float f = 0;
    double d = 0;
    EXPECT_TRUE(aws_byte_cursor_read_float_be32(&cursor, &f));
    EXPECT_EQ(-1.0f, f);
    EXPECT_TRUE(aws_byte_cursor_read_float_be64(&cursor, &d));
    EXPECT_EQ(2.0, d);
}

TEST_F(ByteCursor, AReadOfTooMuchChangesNothing) {
    struct aws_byte_cursor cursor = Cursor("a");
    uint64_t value = 42;
    EXPECT_FALSE(aws_byte_cursor_read_be16(&cursor, (uint16_t *)&value));
    EXPECT_FALSE(aws_byte_cursor_read_be24(&cursor, (uint32_t *)&value));
    EXPECT_FALSE(aws_byte_cursor_read_be32(&cursor, (uint32_t *)&value));
    EXPECT_FALSE(aws_byte_cursor_read_be64(&cursor, &value));
    EXPECT_FALSE(aws_byte_cursor_read_hex_u8(&cursor, (uint8_t *)&value));
    EXPECT_FALSE(aws_byte_cursor_read(&cursor, nullptr, 1));
    EXPECT_FALSE(aws_byte_cursor_read(nullptr, &value, 1));
    EXPECT_TRUE(aws_byte_cursor_read(&cursor, nullptr, 0));
    EXPECT_EQ(42u, value);
    EXPECT_EQ("a", Text(cursor));

    FixedBuf<2> fixed;
    EXPECT_FALSE(aws_byte_cursor_read_and_fill_buffer(&cursor, &fixed.buf));
    EXPECT_EQ(0u, fixed.buf.len);
    cursor = Cursor("xyz");
    EXPECT_TRUE(aws_byte_cursor_read_and_fill_buffer(&cursor, &fixed.buf));
    EXPECT_EQ("xy", Text(fixed.buf));
    EXPECT_EQ("z", Text(cursor));
}

TEST_F(ByteCursor, ReadsTwoHexadecimalDigits) {
    struct aws_byte_cursor cursor = Cursor("fF0gA");
    uint8_t value = 0;
    EXPECT_TRUE(aws_byte_cursor_read_hex_u8(&cursor, &value));
    EXPECT_EQ(0xFF, value);
    EXPECT_FALSE(aws_byte_cursor_read_hex_u8(&cursor, &value));
    EXPECT_EQ("0gA", Text(cursor));
}

TEST_F(ByteCursor, FindsTheFirstMatch) {
    std::string haystack = std::string(1000, 'a') + "ab" + std::string(1000, 'a') + "ab";
    struct aws_byte_cursor input = Cursor(haystack);
    struct aws_byte_cursor wanted = Cursor("ab");
    struct aws_byte_cursor found = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_cursor_find_exact(&input, &wanted, &found));
    EXPECT_EQ(input.ptr + 1000, found.ptr);
    EXPECT_EQ(input.len - 1000, found.len);

    struct aws_byte_cursor missing = Cursor("abb");
    struct aws_byte_cursor nothing = Cursor("");
    EXPECT_RAISES(AWS_ERROR_STRING_MATCH_NOT_FOUND, aws_byte_cursor_find_exact(&input, &missing, &found));
    EXPECT_RAISES(AWS_ERROR_SHORT_BUFFER, aws_byte_cursor_find_exact(&input, &nothing, &found));
    EXPECT_RAISES(AWS_ERROR_STRING_MATCH_NOT_FOUND, aws_byte_cursor_find_exact(&wanted, &input, &found));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_cursor_find_exact(nullptr, &wanted, &found));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_cursor_find_exact(&input, nullptr, &found));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_cursor_find_exact(&input, &wanted, nullptr));
    EXPECT_EQ(input.ptr + 1000, found.ptr);
}

std::vector<std::string> Pieces(const struct aws_byte_cursor &input, const char *separator) {
    std::vector<std::string> pieces;
    struct aws_byte_cursor piece = {};
    while (aws_byte_cursor_next_split_on_cursor(&input, Cursor(separator), &piece)) {
        pieces.push_back(Text(piece));
        if (pieces.size() > 100) {
            ADD_FAILURE() << "there is no end";
            break;
        }
    }
    EXPECT_EQ(nullptr, piece.ptr);
    return pieces;
}

TEST_F(ByteCursor, SplitsAtEverySeparator) {
    using List = std::vector<std::string>;
    EXPECT_EQ((List{"a", "b", "c"}), Pieces(Cursor("a;b;c"), ";"));
    EXPECT_EQ((List{"", "a", "", ""}), Pieces(Cursor(";a;;"), ";"));
    EXPECT_EQ((List{""}), Pieces(Cursor(""), ";"));
    EXPECT_EQ((List{""}), Pieces({}, ";"));
    EXPECT_EQ((List{"a", ";b"}), Pieces(Cursor("a;;;b"), ";;"));
    EXPECT_EQ((List{"abc"}), Pieces(Cursor("abc"), ""));
    EXPECT_EQ((List{"", ""}), Pieces(Cursor(";;;"), ";;;"));
}

TEST_F(ByteCursor, SplitsIntoAList) {
    struct aws_array_list list;
    aws_array_list_init_dynamic(&list, allocator_, 0, sizeof(struct aws_byte_cursor));
    struct aws_byte_cursor input = Cursor("a,b,c,d");
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_cursor_split_on_char_n(&input, ',', 2, &list));
    ASSERT_EQ(3u, aws_array_list_length(&list));
    struct aws_byte_cursor last;
    aws_array_list_back(&list, &last);
    EXPECT_EQ("c,d", Text(last));

    aws_array_list_clear(&list);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_cursor_split_on_char(&input, ',', &list));
    EXPECT_EQ(4u, aws_array_list_length(&list));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_cursor_split_on_char(&input, ',', nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_cursor_split_on_char(nullptr, ',', &list));
    aws_array_list_clean_up(&list);

    uint8_t small[4];
    aws_array_list_init_static(&list, small, 4, 1);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_cursor_split_on_char(&input, ',', &list));
    aws_array_list_clean_up(&list);
}

TEST_F(ByteCursor, TrimsWhatThePredicateAccepts) {
    struct aws_byte_cursor text = Cursor(" \t a b\r\n");
    EXPECT_EQ("a b\r\n", Text(aws_byte_cursor_left_trim_pred(&text, aws_isspace)));
    EXPECT_EQ(" \t a b", Text(aws_byte_cursor_right_trim_pred(&text, aws_isspace)));
    EXPECT_EQ("a b", Text(aws_byte_cursor_trim_pred(&text, aws_isspace)));
    EXPECT_FALSE(aws_byte_cursor_satisfies_pred(&text, aws_isspace));
    struct aws_byte_cursor blank = Cursor(" \v\f");
    EXPECT_TRUE(aws_byte_cursor_satisfies_pred(&blank, aws_isspace));
    EXPECT_EQ(0u, aws_byte_cursor_trim_pred(&blank, aws_isspace).len);
    EXPECT_EQ(0u, aws_byte_cursor_trim_pred(&text, nullptr).len);
    EXPECT_FALSE(aws_byte_cursor_satisfies_pred(nullptr, aws_isspace));
}

TEST_F(ByteCursor, ComparesLikeADictionary) {
    auto compare = [](const char *a, const char *b) {
        struct aws_byte_cursor x = Cursor(a);
        struct aws_byte_cursor y = Cursor(b);
        int order = aws_byte_cursor_compare_lexical(&x, &y);
        return (order > 0) - (order < 0);
    };
    EXPECT_EQ(0, compare("abc", "abc"));
    EXPECT_EQ(-1, compare("abc", "abd"));
    EXPECT_EQ(-1, compare("abc", "abcd"));
    EXPECT_EQ(1, compare("b", "abcd"));
    EXPECT_EQ(1, compare("\xFF", "a"));
    EXPECT_EQ(-1, compare("", "a"));

    struct aws_byte_cursor nothing = {};
    struct aws_byte_cursor upper = Cursor("ABD");
    struct aws_byte_cursor lower = Cursor("abc");
    const uint8_t *table = aws_lookup_table_to_lower_get();
    EXPECT_EQ(0, aws_byte_cursor_compare_lexical(&nothing, &nothing));
    EXPECT_GT(aws_byte_cursor_compare_lookup(&upper, &lower, table), 0);
    EXPECT_LT(aws_byte_cursor_compare_lookup(&nothing, &lower, table), 0);
    EXPECT_GT(aws_byte_cursor_compare_lookup(&lower, &nothing, table), 0);
    EXPECT_EQ(0, aws_byte_cursor_compare_lookup(&nothing, &nothing, table));
}

TEST_F(ByteCursor, ComparesWithCursorsBuffersAndStrings) {
    struct aws_byte_cursor text = Cursor("Text");
    struct aws_byte_cursor upper = Cursor("TEXT");
    struct aws_byte_cursor prefix = Cursor("te");
    struct aws_byte_cursor nothing = {};
    struct aws_byte_buf buf = aws_byte_buf_from_c_str("text");
    EXPECT_FALSE(aws_byte_cursor_eq(&text, &upper));
    EXPECT_TRUE(aws_byte_cursor_eq_ignore_case(&text, &upper));
    EXPECT_FALSE(aws_byte_cursor_eq_byte_buf(&text, &buf));
    EXPECT_TRUE(aws_byte_cursor_eq_byte_buf_ignore_case(&text, &buf));
    EXPECT_TRUE(aws_byte_cursor_eq_c_str(&text, "Text"));
    EXPECT_TRUE(aws_byte_cursor_eq_c_str_ignore_case(&text, "tExT"));
    EXPECT_FALSE(aws_byte_cursor_starts_with(&text, &prefix));
    EXPECT_TRUE(aws_byte_cursor_starts_with_ignore_case(&text, &prefix));
    EXPECT_TRUE(aws_byte_cursor_starts_with(&text, &nothing));
    EXPECT_FALSE(aws_byte_cursor_starts_with(&nothing, &text));
    EXPECT_FALSE(aws_byte_cursor_eq(&text, nullptr));
    EXPECT_FALSE(aws_byte_cursor_eq_c_str(&text, nullptr));
    EXPECT_FALSE(aws_byte_cursor_starts_with(nullptr, &text));
}

TEST_F(ByteCursor, ParsesNumbersUpToTheirLimits) {
    uint64_t u = 1;
    int64_t i = 1;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_cursor_utf8_parse_u64(Cursor("18446744073709551615"), &u));
    EXPECT_EQ(UINT64_MAX, u);
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_byte_cursor_utf8_parse_u64(Cursor("18446744073709551616"), &u));
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_byte_cursor_utf8_parse_u64(Cursor("99999999999999999999"), &u));
    EXPECT_EQ(0u, u);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_cursor_utf8_parse_u64(Cursor("000000000000000000000000007"), &u));
    EXPECT_EQ(7u, u);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_cursor_utf8_parse_u64_hex(Cursor("fFfFfFfFfFfFfFfF"), &u));
    EXPECT_EQ(UINT64_MAX, u);
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_byte_cursor_utf8_parse_u64_hex(Cursor("10000000000000000"), &u));
    for (const char *text : {"", "-1", "+1", " 1", "1 ", "0x1", "1a", "1.0"}) {
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_cursor_utf8_parse_u64(Cursor(text), &u));
    }
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_cursor_utf8_parse_u64(Cursor("1"), nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_cursor_utf8_parse_u64({}, &u));

    EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_cursor_utf8_parse_i64(Cursor("-9223372036854775808"), &i));
    EXPECT_EQ(INT64_MIN, i);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_cursor_utf8_parse_i64(Cursor("9223372036854775807"), &i));
    EXPECT_EQ(INT64_MAX, i);
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_byte_cursor_utf8_parse_i64(Cursor("9223372036854775808"), &i));
    EXPECT_RAISES(AWS_ERROR_OVERFLOW_DETECTED, aws_byte_cursor_utf8_parse_i64(Cursor("-9223372036854775809"), &i));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_cursor_utf8_parse_i64(Cursor("-"), &i));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_cursor_utf8_parse_i64(Cursor("--1"), &i));
    EXPECT_EQ(INT64_MAX, i);
}

TEST(Ascii, ClassesEveryByte) {
    const uint8_t *values = aws_lookup_table_hex_to_num_get();
    const uint8_t *lower = aws_lookup_table_to_lower_get();
    for (int value = 0; value < 256; value++) {
        auto byte = (uint8_t)value;
        bool isAscii = value < 128;
        EXPECT_EQ(isAscii && isalpha(value), aws_isalpha(byte)) << value;
        EXPECT_EQ(isAscii && isdigit(value), aws_isdigit(byte)) << value;
        EXPECT_EQ(isAscii && isalnum(value), aws_isalnum(byte)) << value;
        EXPECT_EQ(isAscii && isxdigit(value), aws_isxdigit(byte)) << value;
        EXPECT_EQ(isAscii && isspace(value), aws_isspace(byte)) << value;
        EXPECT_EQ(isAscii && isupper(value) ? value + 32 : value, lower[value]);
        EXPECT_EQ(aws_isxdigit(byte), values[value] != 255) << value;
    }
    EXPECT_EQ(15, values[(uint8_t)'f']);
    EXPECT_EQ(15, values[(uint8_t)'F']);
    EXPECT_EQ(9, values[(uint8_t)'9']);
}

} // namespace
