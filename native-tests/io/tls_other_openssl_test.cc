/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program that has an OpenSSL, or one of its relatives, linked in and exports it, as Node.js does: here it is made of
 * functions that end the process. The library and the OpenSSL that it opens must call each other, never the program.
 */
#include "support/tls_pair.h"

#include <dlfcn.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#define OTHER_OPENSSL(FUNCTION)                                                                                        \
    FUNCTION(ASN1_STRING_free)                                                                                         \
    FUNCTION(BIO_ctrl)                                                                                                 \
    FUNCTION(BIO_free)                                                                                                 \
    FUNCTION(BIO_new)                                                                                                  \
    FUNCTION(BIO_read)                                                                                                 \
    FUNCTION(BIO_write)                                                                                                \
    FUNCTION(CRYPTO_free)                                                                                              \
    FUNCTION(CRYPTO_malloc)                                                                                            \
    FUNCTION(CRYPTO_zalloc)                                                                                            \
    FUNCTION(ERR_clear_error)                                                                                          \
    FUNCTION(ERR_get_error)                                                                                            \
    FUNCTION(ERR_new)                                                                                                  \
    FUNCTION(ERR_set_error)                                                                                            \
    FUNCTION(EVP_CIPHER_CTX_new)                                                                                       \
    FUNCTION(EVP_DigestInit_ex)                                                                                        \
    FUNCTION(EVP_MD_CTX_new)                                                                                           \
    FUNCTION(EVP_MD_fetch)                                                                                             \
    FUNCTION(EVP_PKEY_free)                                                                                            \
    FUNCTION(OPENSSL_init_crypto)                                                                                      \
    FUNCTION(OPENSSL_init_ssl)                                                                                         \
    FUNCTION(OPENSSL_sk_new_null)                                                                                      \
    FUNCTION(OPENSSL_sk_num)                                                                                           \
    FUNCTION(RAND_bytes)                                                                                               \
    FUNCTION(SSL_CTX_free)                                                                                             \
    FUNCTION(SSL_CTX_new)                                                                                              \
    FUNCTION(SSL_free)                                                                                                 \
    FUNCTION(SSL_new)                                                                                                  \
    FUNCTION(TLS_method)                                                                                               \
    FUNCTION(X509_STORE_new)                                                                                           \
    FUNCTION(X509_free)                                                                                                \
    FUNCTION(X509_new)

#define END_THE_PROCESS(name)                                                                                          \
    extern "C" __attribute__((visibility("default"))) void name() {                                                    \
        fputs(#name " of the program was called\n", stderr);                                                           \
        abort();                                                                                                       \
    }
OTHER_OPENSSL(END_THE_PROCESS)

class OtherOpenSslTest : public TlsDataTest {
  protected:
    void SetUp() override {
#if defined(__SANITIZE_ADDRESS__)
        GTEST_SKIP() << "AddressSanitizer ends a program in which a library is bound deeply";
#endif
        TlsDataTest::SetUp();
        ASSERT_EQ((void *)SSL_CTX_new, dlsym(RTLD_DEFAULT, "SSL_CTX_new")) << "the program must export its functions";
    }
};

TEST_F(OtherOpenSslTest, UsesNoTlsFunctions) {
    Meet();
    client_.Send("question");
    server_.Send("answer");
    ASSERT_TRUE(server_.AwaitBytes(8));
    ASSERT_TRUE(client_.AwaitBytes(6));
    EXPECT_EQ("question", server_.received);
    EXPECT_EQ("answer", client_.received);
    Part();
}

TEST_F(OtherOpenSslTest, UsesNoErrorFunctions) {
    struct aws_tls_ctx_options options = {};
    aws_tls_ctx_options_init_default_client(&options, allocator_);
    struct aws_byte_cursor garbage =
        aws_byte_cursor_from_c_str("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    EXPECT_EQ(AWS_OP_SUCCESS, aws_tls_ctx_options_override_default_trust_store(&options, &garbage));
    EXPECT_EQ(nullptr, aws_tls_client_ctx_new(allocator_, &options));
    aws_tls_ctx_options_clean_up(&options);
}

/* OpenSSL opens the provider that has the old algorithms by itself. */
TEST_F(OtherOpenSslTest, UsesNoOldAlgorithms) {
    std::string path = Certificate("leaf.PBE-SHA1-RC2-40.p12");
    if (access(path.c_str(), R_OK) != 0) {
        GTEST_SKIP() << "this OpenSSL cannot write such a file";
    }
    struct aws_byte_cursor password = aws_byte_cursor_from_c_str("secret");
    struct aws_tls_ctx_options options = {};
    ASSERT_EQ(
        AWS_OP_SUCCESS,
        aws_tls_ctx_options_init_server_pkcs12_from_path(&options, allocator_, path.c_str(), &password));
    aws_tls_ctx_options_clean_up(&options);
}
