/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An allocator may put blocks side by side, with nothing between them, as arenas and the small block allocator do. The
 * block behind a channel that has no room for a handler in it was taken for that room, and never freed. Found by
 * reading.
 */
#include "support/loops.h"
#include "support/traced_test.h"

#include <aws/common/thread.h>
#include <aws/io/channel.h>

#include <atomic>
#include <cstdlib>

namespace {

/* Gives out one stretch of memory from front to end, and takes nothing back. */
class SideBySide {
  public:
    struct aws_allocator *get() {
        return &allocator_;
    }

    int live() const {
        return live_;
    }

  private:
    static void *Acquire(struct aws_allocator *allocator, size_t size) {
        auto *self = static_cast<SideBySide *>(allocator->impl);
        self->live_++;
        size_t begin = self->used_.fetch_add((size + 7) & ~(size_t)7);
        if (begin + size > sizeof(self->memory_)) {
            abort();
        }
        return self->memory_ + begin;
    }

    static void Release(struct aws_allocator *allocator, void *block) {
        static_cast<SideBySide *>(allocator->impl)->live_ -= block != nullptr;
    }

    alignas(16) char memory_[16 * 1024] = {};
    std::atomic<size_t> used_{0};
    std::atomic<int> live_{0};
    struct aws_allocator allocator_ = {Acquire, Release, nullptr, nullptr, this};
};

} // namespace

TEST_F(TracedIoTest, AChannelFreesABlockThatBeginsWhereItEnds) {
    for (bool has_back_pressure : {false, true}) {
        SideBySide memory;
        {
            LoopGroup loops(allocator_);
            Signal set_up;
            Signal shut_down;
            struct aws_channel_options options = {};
            options.event_loop = loops.loop();
            options.enable_read_back_pressure = has_back_pressure;
            options.on_setup_completed = [](struct aws_channel *, int, void *arg) {
                static_cast<Signal *>(arg)->Raise();
            };
            options.setup_user_data = &set_up;
            options.on_shutdown_completed = [](struct aws_channel *, int, void *arg) {
                static_cast<Signal *>(arg)->Raise();
            };
            options.shutdown_user_data = &shut_down;
            struct aws_channel *channel = aws_channel_new(memory.get(), &options);
            ASSERT_TRUE(set_up.Wait());
            aws_channel_shutdown(channel, 0);
            ASSERT_TRUE(shut_down.Wait());
            aws_channel_destroy(channel);
        }
        /* The loop has what its channels share of this memory, and ends in a thread of its own. */
        aws_thread_join_all_managed();
        EXPECT_EQ(0, memory.live());
    }
}
