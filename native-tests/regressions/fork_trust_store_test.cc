/* SPDX-License-Identifier: Apache-2.0 */
#include "support/environment.h"
#include "support/fork.h"
#include "support/temporary_file.h"
#include "support/tls.h"

#include <sys/stat.h>

/* A process forks while another of its threads reads the trust store that all contexts share. */
class ForkTrustStoreTest : public TracedIoTest {
  protected:
    static struct aws_tls_ctx *MakeDefault(struct aws_allocator *allocator) {
        struct aws_tls_ctx_options options = {};
        aws_tls_ctx_options_init_default_client(&options, allocator);
        struct aws_tls_ctx *context = aws_tls_client_ctx_new(allocator, &options);
        aws_tls_ctx_options_clean_up(&options);
        return context;
    }

    /* For a child, in which the thread that reads does not exist: it makes a context of its own. */
    static int MakeInChild() {
        return InChild([] {
            setenv("AWS_CA_BUNDLE", Certificate("ca.crt").c_str(), 1);
            struct aws_tls_ctx *context = MakeDefault(aws_default_allocator());
            aws_tls_ctx_release(context);
            return context != nullptr ? 7 : 1;
        });
    }

    Variable bundle_{"AWS_CA_BUNDLE"};
};

TEST_F(ForkTrustStoreTest, the_child_does_not_wait_for_a_thread_of_the_parents) {
    TemporaryDirectory directory;
    std::string fifo = directory.Path("fifo");
    ASSERT_EQ(0, mkfifo(fifo.c_str(), 0600));
    bundle_.Set(fifo);
    struct aws_tls_ctx *context = nullptr;
    std::thread reader([&] { context = MakeDefault(allocator_); });

    /* Returns when the thread has the file open; it cannot go on before something is written. */
    int writer = open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
    ASSERT_LE(0, writer);
    EXPECT_EQ(7, MakeInChild());
    std::string text = Contents(Certificate("ca.crt"));
    EXPECT_EQ((ssize_t)text.size(), write(writer, text.data(), text.size()));
    close(writer);
    reader.join();
    EXPECT_NE(nullptr, context);
    aws_tls_ctx_release(context);
}

TEST_F(ForkTrustStoreTest, a_child_of_a_child_makes_contexts_too) {
    bundle_.Set(Certificate("ca.crt"));
    struct aws_tls_ctx *context = MakeDefault(allocator_);
    EXPECT_NE(nullptr, context);
    aws_tls_ctx_release(context);
    EXPECT_EQ(7, InChild([] { return MakeInChild() == 7 && MakeInChild() == 7 ? 7 : 1; }));
}
