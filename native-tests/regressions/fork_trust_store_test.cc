/* SPDX-License-Identifier: Apache-2.0 */
#include "support/environment.h"
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

    /* A child in which the thread that reads does not exist makes a context of its own. */
    static int InChild() {
        const pid_t child = fork();
        if (child == 0) {
            alarm(30);
            setenv("AWS_CA_BUNDLE", Certificate("ca.crt").c_str(), 1);
            struct aws_tls_ctx *context = MakeDefault(aws_default_allocator());
            aws_tls_ctx_release(context);
            _exit(context != nullptr ? 7 : 1);
        }
        int status = 0;
        EXPECT_EQ(child, waitpid(child, &status, 0));
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
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
    EXPECT_EQ(7, InChild());
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
    const pid_t child = fork();
    if (child == 0) {
        alarm(60);
        bool is_made = InChild() == 7 && InChild() == 7;
        _exit(is_made ? 7 : 1);
    }
    int status = 0;
    ASSERT_EQ(child, waitpid(child, &status, 0));
    EXPECT_EQ(7, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}
