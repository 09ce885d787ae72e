/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A system without OpenSSL. The program has a dlopen() of its own, which the library calls instead of the system's, and
 * which finds no OpenSSL, or something else under its name. Each test needs a process of its own.
 */
#include "support/bootstraps.h"
#include "support/temporary_file.h"
#include "support/traced_test.h"

#include <aws/common/logging.h>
#include <aws/io/pem.h>
#include <aws/io/tls_channel_handler.h>

#include <dlfcn.h>

#include <atomic>
#include <cstring>

namespace {

enum Found { NOTHING, SOMETHING_ELSE };

Found found = NOTHING;
std::atomic<int> asked{0};

} // namespace

extern "C" void *dlopen(const char *name, int flags) {
    static auto *real = reinterpret_cast<void *(*)(const char *, int)>(dlsym(RTLD_NEXT, "dlopen"));
    if (name == nullptr || (strstr(name, "libssl") == nullptr && strstr(name, "libcrypto") == nullptr)) {
        return real(name, flags);
    }
    ++asked;
    return found == NOTHING ? nullptr : real("libm.so.6", flags);
}

class TlsMissingTest : public TracedIoTest {
  protected:
    void SetUp() override {
        static bool is_first = true;
        TracedIoTest::SetUp();
        if (!std::exchange(is_first, false)) {
            GTEST_SKIP() << "the library looks for OpenSSL once in a process";
        }
    }

    void ExpectPlainWorks() {
        LoopGroup loops(allocator_);
        Server server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
        ASSERT_TRUE(server.Listen());
        Client client(allocator_, loops.get());
        Side side(allocator_);
        ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
        ASSERT_TRUE(side.AwaitSetUp());
        EXPECT_EQ(AWS_ERROR_SUCCESS, side.set_up_error);
        aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
        EXPECT_TRUE(side.AwaitShutDown());
        server.Destroy();
    }

    /* Every way to a context fails, says why, and leaves nothing behind. */
    void ExpectNoTls(const char *reason) {
        TemporaryFile file;
        struct aws_logger logger;
        struct aws_logger_standard_options log = {AWS_LL_ERROR, file.Path(), nullptr};
        ASSERT_EQ(AWS_OP_SUCCESS, aws_logger_init_standard(&logger, allocator_, &log));
        aws_logger_set(&logger);

        struct aws_tls_ctx_options options = {};
        for (int round = 0; round < 3; ++round) {
            aws_tls_ctx_options_init_default_client(&options, allocator_);
            EXPECT_NULL_RAISES(AWS_IO_TLS_CTX_ERROR, aws_tls_client_ctx_new(allocator_, &options));
            EXPECT_NULL_RAISES(AWS_IO_TLS_CTX_ERROR, aws_tls_server_ctx_new(allocator_, &options));
            aws_tls_ctx_options_clean_up(&options);
        }
        struct aws_byte_cursor pkcs12 = aws_byte_cursor_from_c_str("PKCS#12");
        EXPECT_RAISES(
            AWS_ERROR_PLATFORM_NOT_SUPPORTED,
            aws_tls_ctx_options_init_client_mtls_pkcs12(&options, allocator_, &pkcs12, &pkcs12));
        EXPECT_FALSE(aws_tls_is_cipher_pref_supported(AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT));

        aws_logger_set(nullptr);
        aws_logger_clean_up(&logger);
        EXPECT_NE(std::string::npos, file.Content().find(reason)) << file.Content();
    }

    void ExpectPemWorks() {
        struct aws_string *pem = aws_der_cert_to_pem(allocator_, aws_byte_cursor_from_c_str("DER"));
        ASSERT_NE(nullptr, pem);
        aws_string_destroy(pem);
    }
};

TEST_F(TlsMissingTest, NotInstalled) {
    ExpectPlainWorks();
    EXPECT_EQ(0, asked) << "nobody wanted TLS yet";
    ExpectNoTls("libssl.so.3");
    EXPECT_LT(0, asked);
    ExpectPlainWorks();
    ExpectPemWorks();
}

TEST_F(TlsMissingTest, SomethingElseUnderItsName) {
    found = SOMETHING_ELSE;
    ExpectNoTls("lacks functions");
    ExpectPlainWorks();
}
