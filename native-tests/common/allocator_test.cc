/* SPDX-License-Identifier: Apache-2.0 */
#include "support/temporary_file.h"
#include "support/traced_test.h"

#include <aws/common/logging.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace {

bool IsAligned(const void *block, size_t alignment) {
    return reinterpret_cast<uintptr_t>(block) % alignment == 0;
}

/* An allocator with nothing but the two entries that it must have; it counts. */
struct PlainAllocator {
    PlainAllocator() {
        table.mem_acquire = [](struct aws_allocator *allocator, size_t size) -> void * {
            static_cast<PlainAllocator *>(allocator->impl)->live++;
            void *block = malloc(size);
            memset(block, 0x5A, size);
            return block;
        };
        table.mem_release = [](struct aws_allocator *allocator, void *block) {
            static_cast<PlainAllocator *>(allocator->impl)->live--;
            free(block);
        };
        table.impl = this;
    }

    struct aws_allocator table = {};
    int live = 0;
};

TEST(Allocator, IsValidOnlyWithAcquireAndRelease) {
    PlainAllocator plain;
    EXPECT_TRUE(aws_allocator_is_valid(&plain.table));
    EXPECT_TRUE(aws_allocator_is_valid(aws_default_allocator()));
    EXPECT_FALSE(aws_allocator_is_valid(nullptr));

    struct aws_allocator lame = plain.table;
    lame.mem_acquire = nullptr;
    EXPECT_FALSE(aws_allocator_is_valid(&lame));
    lame = plain.table;
    lame.mem_release = nullptr;
    EXPECT_FALSE(aws_allocator_is_valid(&lame));
}

TEST(Allocator, CallocClearsWithoutAnEntryForIt) {
    PlainAllocator plain;
    auto *block = static_cast<uint8_t *>(aws_mem_calloc(&plain.table, 7, 3));
    for (int i = 0; i < 21; i++) {
        EXPECT_EQ(0, block[i]);
    }
    aws_mem_release(&plain.table, block);
    EXPECT_EQ(0, plain.live);
}

TEST(Allocator, ReallocWithoutAnEntryForItKeepsTheBytesAndClearsTheRest) {
    PlainAllocator plain;
    void *block = nullptr;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_mem_realloc(&plain.table, &block, 0, 4));
    memcpy(block, "abcd", 4);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_mem_realloc(&plain.table, &block, 4, 8));
    EXPECT_EQ(0, memcmp(block, "abcd\0\0\0\0", 8));

    void *same = block;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_mem_realloc(&plain.table, &block, 8, 2));
    EXPECT_EQ(same, block) << "a smaller block stays where it is";

    ASSERT_EQ(AWS_OP_SUCCESS, aws_mem_realloc(&plain.table, &block, 8, 0));
    EXPECT_EQ(nullptr, block);
    EXPECT_EQ(0, plain.live);
}

TEST(Allocator, ReallocWithoutAPlaceForTheResultIsRefused) {
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_mem_realloc(aws_default_allocator(), nullptr, 0, 8));
}

TEST(Allocator, DefaultReallocKeepsTheBytes) {
    struct aws_allocator *allocator = aws_default_allocator();
    void *block = aws_mem_acquire(allocator, 100);
    memset(block, 0xA5, 100);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_mem_realloc(allocator, &block, 100, 1 << 20));
    EXPECT_EQ(std::string(100, '\xA5'), std::string(static_cast<char *>(block), 100));
    aws_mem_release(allocator, block);
}

TEST(Allocator, ReleaseTakesNull) {
    aws_mem_release(aws_default_allocator(), nullptr);
}

TEST(Allocator, AcquireManyCutsOneBlockIntoAlignedPieces) {
    struct aws_allocator *tracer = aws_mem_tracer_new(aws_default_allocator(), nullptr, AWS_MEMTRACE_BYTES, 0);
    char *a = nullptr;
    uint64_t *b = nullptr;
    char *c = nullptr;
    void *whole = aws_mem_acquire_many(tracer, 3, &a, (size_t)3, &b, (size_t)8, &c, (size_t)1);
    EXPECT_EQ(1u, aws_mem_tracer_count(tracer));
    EXPECT_EQ(whole, a);
    EXPECT_TRUE(IsAligned(b, 8));
    EXPECT_TRUE(IsAligned(c, 8));
    EXPECT_GE(reinterpret_cast<char *>(b), a + 3);
    EXPECT_GE(c, reinterpret_cast<char *>(b + 1));
    aws_mem_release(tracer, whole);
    aws_mem_tracer_destroy(tracer);
}

TEST(AllocatorDeathTest, StopsTheProcessOnWhatCannotWork) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    struct aws_allocator *allocator = aws_default_allocator();
    EXPECT_DEATH(aws_mem_acquire(allocator, 0), "Fatal error");
    EXPECT_DEATH(aws_mem_acquire(nullptr, 1), "Fatal error");
    EXPECT_DEATH(aws_mem_release(nullptr, nullptr), "Fatal error");
    EXPECT_DEATH(aws_mem_calloc(allocator, 0, 8), "Fatal error");
    EXPECT_DEATH(aws_mem_calloc(allocator, SIZE_MAX / 2, 3), "Fatal error");
    EXPECT_DEATH(aws_mem_acquire(allocator, SIZE_MAX / 2), "out of memory");
}

/* An allocator that has run out. Entries that need not be there are, if wanted. */
struct aws_allocator ExhaustedAllocator(bool has_all_entries) {
    struct aws_allocator table = {};
    table.mem_acquire = [](struct aws_allocator *, size_t) -> void * { return nullptr; };
    table.mem_release = [](struct aws_allocator *, void *) {};
    if (has_all_entries) {
        table.mem_realloc = [](struct aws_allocator *, void *, size_t, size_t) -> void * { return nullptr; };
        table.mem_calloc = [](struct aws_allocator *, size_t, size_t) -> void * { return nullptr; };
    }
    return table;
}

/* There is no way on without memory: what is half done could not be undone either. */
TEST(AllocatorDeathTest, StopsTheProcessWhenTheProgramsAllocatorGivesNone) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
#if defined(_WIN32)
    const auto aborted = [](int status) { return status == 3 || status == (int)STATUS_STACK_BUFFER_OVERRUN; };
#else
    const auto aborted = ::testing::KilledBySignal(SIGABRT);
#endif
    for (bool has_all_entries : {false, true}) {
        struct aws_allocator allocator = ExhaustedAllocator(has_all_entries);
        char old[4] = "old";
        void *block = old;
        void *none = nullptr;
        void *first, *second;
        EXPECT_EXIT(aws_mem_acquire(&allocator, 1), aborted, "out of memory");
        EXPECT_EXIT(aws_mem_calloc(&allocator, 1, 1), aborted, "out of memory");
        EXPECT_EXIT(aws_mem_realloc(&allocator, &block, 4, 8), aborted, "out of memory");
        EXPECT_EXIT(aws_mem_realloc(&allocator, &none, 0, 8), aborted, "out of memory");
        EXPECT_EXIT(
            aws_mem_acquire_many(&allocator, 2, &first, (size_t)1, &second, (size_t)1), aborted, "out of memory");
        struct aws_allocator *tracer = aws_mem_tracer_new(&allocator, nullptr, AWS_MEMTRACE_BYTES, 0);
        EXPECT_EXIT(aws_mem_acquire(tracer, 1), aborted, "out of memory");
        aws_mem_tracer_destroy(tracer);
        EXPECT_EXIT(aws_small_block_allocator_new(&allocator, false), aborted, "out of memory");
    }
}

TEST(AlignedAllocator, AlignsLargeBlocksToTheCacheLine) {
    struct aws_allocator *allocator = aws_aligned_allocator();
    for (size_t size : {(size_t)4097, (size_t)1 << 20}) {
        void *block = aws_mem_acquire(allocator, size);
        EXPECT_TRUE(IsAligned(block, 64));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_mem_realloc(allocator, &block, size, size * 2));
        EXPECT_TRUE(IsAligned(block, 64));
        aws_mem_release(allocator, block);
    }

    auto *small = static_cast<char *>(aws_mem_calloc(allocator, 1, 100));
    EXPECT_TRUE(IsAligned(small, 16));
    EXPECT_EQ(std::string(100, '\0'), std::string(small, 100));
    aws_mem_release(allocator, small);
}

TEST(ExplicitAlignedAllocator, KeepsTheAlignmentAskedFor) {
    for (size_t alignment = sizeof(void *); alignment <= 65536; alignment *= 2) {
        struct aws_allocator *allocator = aws_explicit_aligned_allocator_new(alignment);
        ASSERT_NE(nullptr, allocator);
        void *block = aws_mem_acquire(allocator, 10);
        EXPECT_TRUE(IsAligned(block, alignment));
        memset(block, 7, 10);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_mem_realloc(allocator, &block, 10, 10000));
        EXPECT_TRUE(IsAligned(block, alignment));
        EXPECT_EQ(std::string(10, '\7'), std::string(static_cast<char *>(block), 10));
        aws_mem_release(allocator, block);
        aws_explicit_aligned_allocator_destroy(allocator);
    }
}

TEST(ExplicitAlignedAllocator, RefusesWhatIsNoAlignment) {
    for (size_t alignment : {(size_t)0, (size_t)1, (size_t)4, (size_t)24, (size_t)100, SIZE_MAX}) {
        EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_explicit_aligned_allocator_new(alignment));
    }
    aws_explicit_aligned_allocator_destroy(nullptr);
}

class SmallBlockAllocator : public TracedTest {};

TEST_F(SmallBlockAllocator, ReleasesEveryPageButOnePerSize) {
    struct aws_allocator *small = aws_small_block_allocator_new(allocator_, false);
    std::vector<void *> blocks;
    for (size_t size : {(size_t)1, (size_t)33, (size_t)65, (size_t)129, (size_t)257, (size_t)512}) {
        for (int i = 0; i < 1000; i++) {
            blocks.push_back(aws_mem_acquire(small, size));
            memset(blocks.back(), 0xFF, size);
        }
    }
    EXPECT_EQ(1000u * (32 + 64 + 128 + 256 + 512 + 512), aws_small_block_allocator_bytes_active(small));
    EXPECT_GT(aws_small_block_allocator_bytes_reserved(small), aws_small_block_allocator_bytes_active(small));

    for (void *block : blocks) {
        aws_mem_release(small, block);
    }
    EXPECT_EQ(0u, aws_small_block_allocator_bytes_active(small));
    EXPECT_EQ(5 * aws_small_block_allocator_page_size(small), aws_small_block_allocator_bytes_reserved(small));
    EXPECT_LT(aws_small_block_allocator_page_size_available(small), aws_small_block_allocator_page_size(small));
    aws_small_block_allocator_destroy(small);
}

TEST_F(SmallBlockAllocator, PassesLargeBlocksToItsParent) {
    struct aws_allocator *small = aws_small_block_allocator_new(allocator_, true);
    size_t before = aws_mem_tracer_count(allocator_);
    void *block = aws_mem_acquire(small, 513);
    EXPECT_EQ(before + 1, aws_mem_tracer_count(allocator_));
    EXPECT_EQ(0u, aws_small_block_allocator_bytes_active(small));

    memset(block, 3, 513);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_mem_realloc(small, &block, 513, 100000));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_mem_realloc(small, &block, 100000, 0));
    EXPECT_EQ(before, aws_mem_tracer_count(allocator_));
    aws_small_block_allocator_destroy(small);
}

TEST_F(SmallBlockAllocator, MovesABlockFromSizeToSize) {
    struct aws_allocator *small = aws_small_block_allocator_new(allocator_, true);
    std::string expected = "0123456789";
    void *block = aws_mem_calloc(small, 1, 10);
    memcpy(block, expected.data(), 10);
    size_t size = 10;
    for (size_t next : {20, 40, 200, 500, 600, 5000}) {
        ASSERT_EQ(AWS_OP_SUCCESS, aws_mem_realloc(small, &block, size, next));
        EXPECT_EQ(expected, std::string(static_cast<char *>(block), 10));
        size = next;
    }
    aws_mem_release(small, block);
    aws_small_block_allocator_destroy(small);
}

TEST_F(SmallBlockAllocator, ReleasesOnOtherThreads) {
    struct aws_allocator *small = aws_small_block_allocator_new(allocator_, true);
    std::vector<std::thread> threads;
    std::vector<std::vector<void *>> blocks(4);
    for (int t = 0; t < 4; t++) {
        threads.emplace_back([&, t] {
            for (size_t i = 0; i < 5000; i++) {
                blocks[t].push_back(aws_mem_acquire(small, 1 + i % 600));
            }
        });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    threads.clear();
    for (int t = 0; t < 4; t++) {
        threads.emplace_back([&, t] {
            for (void *block : blocks[3 - t]) {
                aws_mem_release(small, block);
            }
        });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(0u, aws_small_block_allocator_bytes_active(small));
    aws_small_block_allocator_destroy(small);
}

TEST_F(SmallBlockAllocator, TakesNull) {
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_small_block_allocator_new(nullptr, true));
    aws_small_block_allocator_destroy(nullptr);
}

TEST(MemTracer, CountsBytesAndBlocks) {
    struct aws_allocator *tracer = aws_mem_tracer_new(aws_default_allocator(), nullptr, AWS_MEMTRACE_BYTES, 0);
    void *a = aws_mem_acquire(tracer, 100);
    void *b = aws_mem_calloc(tracer, 10, 5);
    EXPECT_EQ(150u, aws_mem_tracer_bytes(tracer));
    EXPECT_EQ(2u, aws_mem_tracer_count(tracer));

    ASSERT_EQ(AWS_OP_SUCCESS, aws_mem_realloc(tracer, &a, 100, 1000));
    EXPECT_EQ(1050u, aws_mem_tracer_bytes(tracer));
    aws_mem_release(tracer, a);
    aws_mem_release(tracer, b);
    EXPECT_EQ(0u, aws_mem_tracer_bytes(tracer));
    EXPECT_EQ(0u, aws_mem_tracer_count(tracer));
    EXPECT_EQ(aws_default_allocator(), aws_mem_tracer_destroy(tracer));
}

TEST(MemTracer, CountsNothingAtLevelNone) {
    struct aws_allocator *tracer = aws_mem_tracer_new(aws_default_allocator(), nullptr, AWS_MEMTRACE_NONE, 0);
    void *block = aws_mem_acquire(tracer, 100);
    EXPECT_EQ(0u, aws_mem_tracer_bytes(tracer));
    EXPECT_EQ(0u, aws_mem_tracer_count(tracer));
    aws_mem_tracer_dump(tracer);
    aws_mem_release(tracer, block);
    aws_mem_tracer_destroy(tracer);
}

TEST(MemTracer, ReleasesBlocksThatAreOlderThanIt) {
    void *old = aws_mem_acquire(aws_default_allocator(), 10);
    struct aws_allocator *tracer = aws_mem_tracer_new(aws_default_allocator(), nullptr, AWS_MEMTRACE_BYTES, 0);
    aws_mem_release(tracer, old);
    EXPECT_EQ(0u, aws_mem_tracer_bytes(tracer));
    aws_mem_tracer_destroy(tracer);
}

TEST(MemTracer, TakesNull) {
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_mem_tracer_new(nullptr, nullptr, AWS_MEMTRACE_BYTES, 0));
    EXPECT_EQ(nullptr, aws_mem_tracer_destroy(nullptr));
    EXPECT_EQ(0u, aws_mem_tracer_bytes(nullptr));
    EXPECT_EQ(0u, aws_mem_tracer_count(nullptr));
    aws_mem_tracer_dump(nullptr);
}

TEST(MemTracer, CountsOnManyThreads) {
    struct aws_allocator *tracer = aws_mem_tracer_new(aws_default_allocator(), nullptr, AWS_MEMTRACE_STACKS, 4);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; t++) {
        threads.emplace_back([=] {
            std::vector<void *> blocks;
            for (size_t i = 1; i <= 2000; i++) {
                blocks.push_back(aws_mem_acquire(tracer, i));
                if (i % 3 == 0) {
                    aws_mem_release(tracer, blocks.back());
                    blocks.pop_back();
                }
                if (i % 500 == 0) {
                    aws_mem_tracer_dump(tracer);
                }
            }
            for (void *block : blocks) {
                aws_mem_release(tracer, block);
            }
        });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(0u, aws_mem_tracer_bytes(tracer));
    EXPECT_EQ(0u, aws_mem_tracer_count(tracer));
    aws_mem_tracer_destroy(tracer);
}

/* The log of one dump. The logger itself uses the traced allocator, as a program's may. */
std::string DumpOf(struct aws_allocator *tracer) {
    TemporaryFile text;
    FILE *file = fopen(text.Path(), "wb");
    struct aws_logger logger = {};
    struct aws_logger_standard_options options = {};
    options.level = AWS_LL_TRACE;
    options.file = file;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_logger_init_standard(&logger, tracer, &options));
    aws_logger_set(&logger);
    aws_mem_tracer_dump(tracer);
    aws_logger_set(nullptr);
    aws_logger_clean_up(&logger);
    fclose(file);
    return text.Content();
}

TEST(MemTracer, DumpsWhatIsInUseThroughTheLogger) {
    aws_common_library_init(aws_default_allocator());
    struct aws_allocator *tracer = aws_mem_tracer_new(aws_default_allocator(), nullptr, AWS_MEMTRACE_STACKS, 0);
    void *block = aws_mem_acquire(tracer, 12345);
    std::string log = DumpOf(tracer);
    EXPECT_NE(std::string::npos, log.find("12345 bytes")) << log;
    EXPECT_NE(std::string::npos, log.find("callers by bytes")) << log;
    aws_mem_release(tracer, block);
    EXPECT_EQ(0u, aws_mem_tracer_bytes(tracer));
    aws_mem_tracer_destroy(tracer);
    aws_common_library_clean_up();
}

} // namespace
