/* SPDX-License-Identifier: Apache-2.0 */
/*
 * OpenSSL gets no memory while a handler is made, at each of its requests in turn. Where it had none for the connection
 * itself, what had been made beside that was lost.
 */
#include "support/loops.h"
#include "support/tls.h"

#include <aws/io/channel.h>
#include <openssl/crypto.h>
#include <openssl/err.h>

namespace {

/* Of the loop's thread, which alone makes handlers. */
thread_local int until_refusal = 0;
thread_local long blocks = 0;

void *Acquire(size_t size, const char *, int) {
    if (until_refusal > 0 && --until_refusal == 0) {
        return nullptr;
    }
    blocks++;
    return malloc(size);
}

void *Resize(void *block, size_t size, const char *, int) {
    blocks += block == nullptr ? 1 : 0;
    return realloc(block, size);
}

void Release(void *block, const char *, int) {
    blocks -= block != nullptr ? 1 : 0;
    free(block);
}

/* Only before OpenSSL has acquired anything. */
const int is_set = CRYPTO_set_mem_functions(Acquire, Resize, Release);

} // namespace

class TlsConnectionRefusedMemoryTest : public TlsTest {};

TEST_F(TlsConnectionRefusedMemoryTest, LeavesNothingBehind) {
    ASSERT_EQ(1, is_set);
    TlsContext context(allocator_, false, TlsSettings());
    struct aws_event_loop *loop = server_group_->loop();
    Signal set_up;
    struct aws_channel_options options = {};
    options.event_loop = loop;
    options.on_setup_completed = [](struct aws_channel *, int, void *arg) { static_cast<Signal *>(arg)->Raise(); };
    options.setup_user_data = &set_up;
    struct aws_channel *channel = aws_channel_new(allocator_, &options);
    ASSERT_TRUE(set_up.Wait());
    RunOnLoop(loop, [&] {
        struct aws_tls_connection_options connection = {};
        aws_tls_connection_options_init_from_ctx(&connection, context.get());
        int refusals = 0;
        bool was_refused = true;
        for (int nth = 0; was_refused || nth == 1; ++nth) {
            struct aws_channel_slot *slot = aws_channel_slot_new(channel);
            ERR_clear_error();
            long before = blocks;
            until_refusal = nth;
            struct aws_channel_handler *handler = aws_tls_client_handler_new(allocator_, &connection, slot);
            was_refused = nth == 0 || until_refusal == 0;
            until_refusal = 0;
            refusals += handler == nullptr ? 1 : 0;
            if (handler != nullptr) {
                aws_channel_slot_set_handler(slot, handler);
            }
            aws_channel_slot_remove(slot);
            ERR_clear_error();
            if (nth > 0) {
                EXPECT_GE(before, blocks) << "at request " << nth;
            }
        }
        EXPECT_LT(1, refusals);
        aws_tls_connection_options_clean_up(&connection);
    });
    aws_channel_destroy(channel);
}
