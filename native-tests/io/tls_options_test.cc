/* SPDX-License-Identifier: Apache-2.0 */
/* Options, and the contexts that are made from them. */
#include "support/captured_log.h"
#include "support/environment.h"
#include "support/tls.h"

#include <aws/io/private/pki_utils.h>
#include <aws/io/private/tls_channel_handler_shared.h>

#include <dlfcn.h>

#include <thread>

class TlsOptionsTest : public TracedIoTest {
  protected:
    /* A client's context that shows this certificate; NULL when it cannot be made. */
    struct aws_tls_ctx *Import(const std::string &certificate, const std::string &key) {
        std::string certificate_text = Contents(Certificate(certificate));
        std::string key_text = Contents(Certificate(key));
        struct aws_byte_cursor certificate_cursor = CursorOf(certificate_text);
        struct aws_byte_cursor key_cursor = CursorOf(key_text);
        struct aws_tls_ctx_options options = {};
        EXPECT_EQ(
            AWS_OP_SUCCESS,
            aws_tls_ctx_options_init_client_mtls(&options, allocator_, &certificate_cursor, &key_cursor));
        aws_tls_ctx_options_set_verify_peer(&options, false);
        struct aws_tls_ctx *context = aws_tls_client_ctx_new(allocator_, &options);
        aws_tls_ctx_options_clean_up(&options);
        return context;
    }

    void ExpectImported(const std::string &certificate, const std::string &key) {
        struct aws_tls_ctx *context = Import(certificate, key);
        EXPECT_NE(nullptr, context) << key << ": " << aws_error_name(aws_last_error());
        aws_tls_ctx_release(context);
    }

    /* The context of otherwise default options. */
    struct aws_tls_ctx *With(std::function<void(struct aws_tls_ctx_options *)> change) {
        struct aws_tls_ctx_options options = {};
        aws_tls_ctx_options_init_default_client(&options, allocator_);
        std::string ca = Certificate("ca.crt");
        EXPECT_EQ(
            AWS_OP_SUCCESS, aws_tls_ctx_options_override_default_trust_store_from_path(&options, nullptr, ca.c_str()));
        change(&options);
        struct aws_tls_ctx *context = aws_tls_client_ctx_new(allocator_, &options);
        aws_tls_ctx_options_clean_up(&options);
        return context;
    }
};

TEST_F(TlsOptionsTest, default_pki_path_exists) {
    const char *first = nullptr;
    for (const char *path :
         {"/etc/ssl/certs",
          "/etc/pki/tls/certs",
          "/system/etc/security/cacerts",
          "/usr/local/share/certs",
          "/etc/openssl/certs"}) {
        first = first == nullptr && access(path, F_OK) == 0 ? path : first;
    }
    EXPECT_STREQ(first, aws_determine_default_pki_dir());
}

TEST_F(TlsOptionsTest, tls_destroy_null_context) {
    aws_tls_ctx_release(nullptr);
    EXPECT_EQ(nullptr, aws_tls_ctx_acquire(nullptr));
}

TEST_F(TlsOptionsTest, test_concurrent_cert_import) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back(
            [this, i] { ExpectImported(i % 2 ? "server.crt" : "ec256.crt", i % 2 ? "server.key" : "ec256.key"); });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
}

TEST_F(TlsOptionsTest, test_duplicate_cert_import) {
    ExpectImported("server.crt", "server.key");
    ExpectImported("server.crt", "server.key");
}

TEST_F(TlsOptionsTest, test_ecc_cert_import) {
    ExpectImported("ec256.crt", "ec256.sec1");
    ExpectImported("ec384.crt", "ec384.key");
    ExpectImported("ec521.crt", "ec521.key");
}

TEST_F(TlsOptionsTest, test_pkcs8_import) {
    ExpectImported("server.crt", "server.key");
    ExpectImported("server.crt", "server.pkcs1");
    ExpectImported("pss.crt", "pss.key");
}

TEST_F(TlsOptionsTest, KeyThatDoesNotFit) {
    EXPECT_NULL_RAISES(AWS_IO_TLS_CTX_ERROR, Import("ec256.crt", "server.key"));
    EXPECT_NULL_RAISES(AWS_IO_TLS_CTX_ERROR, Import("server.crt", "server.encrypted"));
    EXPECT_NULL_RAISES(AWS_IO_TLS_CTX_ERROR, Import("server.crt", "server.crt"));
    EXPECT_NULL_RAISES(AWS_IO_TLS_CTX_ERROR, Import("server.key", "server.key"));
}

/* A certificate that cannot be read is not left out without a word, wherever it stands. */
TEST_F(TlsOptionsTest, DamagedCertificatesAreRefused) {
    std::string good = Contents(Certificate("leaf.crt"));
    std::string middle = Contents(Certificate("middle.crt"));
    std::string key = Contents(Certificate("leaf.key"));
    std::string damaged = middle;
    damaged.insert(damaged.find("-----END"), "q\n");
    struct aws_byte_cursor key_cursor = CursorOf(key);
    for (const std::string &chain : {good + middle, damaged, good + damaged, good + damaged + middle}) {
        bool is_good = chain == good + middle;
        struct aws_byte_cursor chain_cursor = CursorOf(chain);
        struct aws_tls_ctx_options options = {};
        ASSERT_EQ(
            AWS_OP_SUCCESS, aws_tls_ctx_options_init_default_server(&options, allocator_, &chain_cursor, &key_cursor));
        struct aws_tls_ctx *context = aws_tls_server_ctx_new(allocator_, &options);
        EXPECT_EQ(is_good, context != nullptr);
        EXPECT_TRUE(is_good || aws_last_error() == AWS_IO_TLS_CTX_ERROR);
        aws_tls_ctx_release(context);
        aws_tls_ctx_options_clean_up(&options);

        aws_tls_ctx_options_init_default_client(&options, allocator_);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_tls_ctx_options_override_default_trust_store(&options, &chain_cursor));
        context = aws_tls_client_ctx_new(allocator_, &options);
        EXPECT_EQ(is_good, context != nullptr);
        aws_tls_ctx_release(context);
        aws_tls_ctx_options_clean_up(&options);
    }
}

TEST_F(TlsOptionsTest, test_tls_cipher_preference) {
    for (int preference = 0; preference < 14; ++preference) {
        auto value = (enum aws_tls_cipher_pref)preference;
        aws_reset_error();
        struct aws_tls_ctx *context =
            With([value](auto *options) { aws_tls_ctx_options_set_tls_cipher_preference(options, value); });
        EXPECT_EQ(aws_tls_is_cipher_pref_supported(value), context != nullptr) << preference;
        if (context == nullptr) {
            EXPECT_STREQ("AWS_IO_TLS_CIPHER_PREF_UNSUPPORTED", aws_error_name(aws_last_error()));
        }
        aws_tls_ctx_release(context);
    }
    EXPECT_TRUE(aws_tls_is_cipher_pref_supported(AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT));
    EXPECT_TRUE(aws_tls_is_cipher_pref_supported(AWS_IO_TLS_CIPHER_PREF_TLSV1_2_2025_07));
    EXPECT_FALSE(aws_tls_is_cipher_pref_supported(AWS_IO_TLS_CIPHER_PREF_PQ_TLSv1_0_2021_05));
}

TEST_F(TlsOptionsTest, Versions) {
    for (auto version :
         {AWS_IO_SSLv3, AWS_IO_TLSv1, AWS_IO_TLSv1_1, AWS_IO_TLSv1_2, AWS_IO_TLSv1_3, AWS_IO_TLS_VER_SYS_DEFAULTS}) {
        struct aws_tls_ctx *context =
            With([version](auto *options) { aws_tls_ctx_options_set_minimum_tls_version(options, version); });
        EXPECT_NE(nullptr, context) << version;
        aws_tls_ctx_release(context);
    }
    EXPECT_NULL_RAISES(AWS_IO_TLS_VERSION_UNSUPPORTED, With([](auto *options) {
                           aws_tls_ctx_options_set_minimum_tls_version(options, (enum aws_tls_versions)77);
                       }));
}

TEST_F(TlsOptionsTest, AlpnLists) {
    for (const char *list : {"h2", "h2;http/1.1", "a;b;c;d;e;f"}) {
        struct aws_tls_ctx *context = With([list](auto *options) { aws_tls_ctx_options_set_alpn_list(options, list); });
        EXPECT_NE(nullptr, context) << list;
        aws_tls_ctx_release(context);
    }
    std::string too_long(256, 'x');
    for (const char *list : {"", ";", "h2;", ";h2", "h2;;http/1.1", too_long.c_str()}) {
        EXPECT_NULL_RAISES(
            AWS_IO_TLS_CTX_ERROR, With([list](auto *options) { aws_tls_ctx_options_set_alpn_list(options, list); }));
    }
}

TEST_F(TlsOptionsTest, SettingTwiceLeaksNothing) {
    struct aws_tls_ctx *context = With([](auto *options) {
        aws_tls_ctx_options_set_alpn_list(options, "h2");
        aws_tls_ctx_options_set_alpn_list(options, "http/1.1");
    });
    ASSERT_NE(nullptr, context);
    struct aws_tls_connection_options options = {};
    struct aws_tls_connection_options copy = {};
    aws_tls_connection_options_init_from_ctx(&options, context);
    struct aws_byte_cursor name = aws_byte_cursor_from_c_str("localhost");
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_tls_connection_options_set_server_name(&options, allocator_, &name));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_tls_connection_options_set_alpn_list(&options, allocator_, "h2"));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_tls_connection_options_copy(&copy, &options));
    }
    EXPECT_EQ(10000u, options.timeout_ms);
    aws_tls_connection_options_clean_up(&options);
    EXPECT_STREQ("localhost", aws_string_c_str(copy.server_name));
    aws_tls_connection_options_clean_up(&copy);
    aws_tls_ctx_release(context);
}

TEST_F(TlsOptionsTest, ContextsInALoop) {
    for (int i = 0; i < 100; ++i) {
        struct aws_tls_ctx *context = With([](auto *) {});
        ASSERT_NE(nullptr, context);
        aws_tls_ctx_release(context);
    }
}

TEST_F(TlsOptionsTest, TrustStoreIsOverriddenOnce) {
    std::string text = Contents(Certificate("ca.crt"));
    struct aws_byte_cursor pem = CursorOf(text);
    struct aws_tls_ctx_options options = {};
    aws_tls_ctx_options_init_default_client(&options, allocator_);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_tls_ctx_options_override_default_trust_store(&options, &pem));
    EXPECT_RAISES(AWS_ERROR_INVALID_STATE, aws_tls_ctx_options_override_default_trust_store(&options, &pem));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_STATE,
        aws_tls_ctx_options_override_default_trust_store_from_path(&options, nullptr, Certificate("ca.crt").c_str()));
    EXPECT_EQ(
        AWS_OP_SUCCESS,
        aws_tls_ctx_options_override_default_trust_store_from_path(&options, Certificate("trusted").c_str(), nullptr));
    struct aws_tls_ctx *context = aws_tls_client_ctx_new(allocator_, &options);
    EXPECT_NE(nullptr, context);
    aws_tls_ctx_release(context);
    aws_tls_ctx_options_clean_up(&options);
}

TEST_F(TlsOptionsTest, TextWithoutPem) {
    struct aws_byte_cursor garbage = aws_byte_cursor_from_c_str("not a certificate");
    struct aws_tls_ctx_options options = {};
    aws_tls_ctx_options_init_default_client(&options, allocator_);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_tls_ctx_options_override_default_trust_store(&options, &garbage));
    EXPECT_FALSE(aws_tls_options_buf_is_set(&options.ca_file));
    aws_tls_ctx_options_clean_up(&options);
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_tls_ctx_options_init_client_mtls(&options, allocator_, &garbage, &garbage));
    EXPECT_RAISES(
        AWS_ERROR_FILE_INVALID_PATH,
        aws_tls_ctx_options_init_client_mtls_from_path(&options, allocator_, "/nowhere/a", "/nowhere/b"));
}

TEST_F(TlsOptionsTest, Pkcs12) {
    std::string path = Certificate("leaf.p12");
    struct aws_byte_cursor password = aws_byte_cursor_from_c_str("secret");
    struct aws_byte_cursor wrong = aws_byte_cursor_from_c_str("wrong");
    struct aws_tls_ctx_options options = {};
    ASSERT_EQ(
        AWS_OP_SUCCESS,
        aws_tls_ctx_options_init_client_mtls_pkcs12_from_path(&options, allocator_, path.c_str(), &password));
    EXPECT_TRUE(options.verify_peer);
    aws_tls_ctx_options_clean_up(&options);

    std::string content = Contents(path);
    struct aws_byte_cursor bytes = CursorOf(content);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_tls_ctx_options_init_server_pkcs12(&options, allocator_, &bytes, &password));
    EXPECT_FALSE(options.verify_peer);
    struct aws_tls_ctx *context = aws_tls_server_ctx_new(allocator_, &options);
    EXPECT_NE(nullptr, context);
    aws_tls_ctx_release(context);
    aws_tls_ctx_options_clean_up(&options);

    EXPECT_RAISES(AWS_IO_TLS_CTX_ERROR, aws_tls_ctx_options_init_server_pkcs12(&options, allocator_, &bytes, &wrong));
    bytes.len = 10;
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_tls_ctx_options_init_client_mtls_pkcs12(&options, allocator_, &bytes, &password));
}

/* As Windows, macOS and older tools write them: RC2 is in OpenSSL's legacy provider only. */
TEST_F(TlsOptionsTest, Pkcs12OfOldAlgorithms) {
    for (const char *cipher : {"PBE-SHA1-RC2-40", "PBE-SHA1-3DES"}) {
        std::string path = Certificate(std::string("leaf.") + cipher + ".p12");
        if (access(path.c_str(), R_OK) != 0) {
            GTEST_SKIP() << "this OpenSSL has no legacy provider";
        }
        struct aws_byte_cursor password = aws_byte_cursor_from_c_str("secret");
        struct aws_byte_cursor wrong = aws_byte_cursor_from_c_str("wrong");
        struct aws_tls_ctx_options options = {};
        ASSERT_EQ(
            AWS_OP_SUCCESS,
            aws_tls_ctx_options_init_server_pkcs12_from_path(&options, allocator_, path.c_str(), &password))
            << cipher;
        struct aws_tls_ctx *context = aws_tls_server_ctx_new(allocator_, &options);
        EXPECT_NE(nullptr, context) << cipher;
        aws_tls_ctx_release(context);
        aws_tls_ctx_options_clean_up(&options);
        EXPECT_RAISES(
            AWS_IO_TLS_CTX_ERROR,
            aws_tls_ctx_options_init_server_pkcs12_from_path(&options, allocator_, path.c_str(), &wrong));
    }

    /* Nothing else of the process has the old algorithms now. */
    void *libcrypto = dlopen("libcrypto.so.3", RTLD_NOW | RTLD_NOLOAD);
    ASSERT_NE(nullptr, libcrypto);
    auto fetch = (void *(*)(void *, const char *, const char *))dlsym(libcrypto, "EVP_CIPHER_fetch");
    ASSERT_NE(nullptr, fetch);
    EXPECT_EQ(nullptr, fetch(nullptr, "RC2-40-CBC", nullptr));
    EXPECT_NE(nullptr, fetch(nullptr, "AES-128-CBC", nullptr));
    dlclose(libcrypto);
}

TEST_F(TlsOptionsTest, Pkcs12OfOldAlgorithmsWithoutTheLegacyProvider) {
    std::string path = Certificate("leaf.PBE-SHA1-RC2-40.p12");
    if (access(path.c_str(), R_OK) != 0) {
        GTEST_SKIP() << "this OpenSSL cannot write such a file";
    }
    Variable modules("OPENSSL_MODULES", "/nowhere");
    CapturedLog log(allocator_, AWS_LL_ERROR);
    struct aws_byte_cursor password = aws_byte_cursor_from_c_str("secret");
    struct aws_tls_ctx_options options = {};
    EXPECT_RAISES(
        AWS_IO_TLS_CTX_ERROR,
        aws_tls_ctx_options_init_client_mtls_pkcs12_from_path(&options, allocator_, path.c_str(), &password));
    EXPECT_TRUE(log.Holds("legacy provider")) << log.End();
}

TEST_F(TlsOptionsTest, OtherPlatforms) {
    struct aws_tls_ctx_options options = {};
    struct aws_byte_cursor path = aws_byte_cursor_from_c_str("path");
    EXPECT_RAISES(AWS_ERROR_PLATFORM_NOT_SUPPORTED, aws_tls_ctx_options_set_keychain_path(&options, &path));
    EXPECT_RAISES(AWS_ERROR_PLATFORM_NOT_SUPPORTED, aws_tls_ctx_options_set_secitem_options(&options, nullptr));
    EXPECT_RAISES(
        AWS_ERROR_PLATFORM_NOT_SUPPORTED,
        aws_tls_ctx_options_init_client_mtls_from_system_path(&options, allocator_, "path"));
    EXPECT_RAISES(
        AWS_ERROR_PLATFORM_NOT_SUPPORTED,
        aws_tls_ctx_options_init_default_server_from_system_path(&options, allocator_, "path"));
    EXPECT_FALSE(aws_is_using_secitem());
    aws_tls_secitem_options_clean_up(nullptr);
}

TEST_F(TlsOptionsTest, NamesOfNumbers) {
    EXPECT_STREQ("SHA256", aws_tls_hash_algorithm_str(AWS_TLS_HASH_SHA256));
    EXPECT_STREQ("<UNKNOWN HASH ALGORITHM>", aws_tls_hash_algorithm_str((enum aws_tls_hash_algorithm)99));
    EXPECT_STREQ("ECDSA", aws_tls_signature_algorithm_str(AWS_TLS_SIGNATURE_ECDSA));
    EXPECT_STREQ("DECRYPT", aws_tls_key_operation_type_str(AWS_TLS_KEY_OPERATION_DECRYPT));
    EXPECT_TRUE(aws_tls_is_alpn_available());
    EXPECT_TRUE(aws_error_code_is_tls(AWS_IO_TLS_HOST_NAME_MISMATCH));
    EXPECT_FALSE(aws_error_code_is_tls(AWS_IO_SOCKET_CLOSED));
}

TEST_F(TlsOptionsTest, MissingArguments) {
    struct aws_tls_ctx_options options = {};
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_tls_client_ctx_new(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_tls_server_ctx_new(nullptr, &options));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_tls_client_handler_new(allocator_, nullptr, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_tls_alpn_handler_new(allocator_, nullptr, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_tls_ctx_options_set_alpn_list(&options, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_channel_setup_client_tls(nullptr, nullptr));
    aws_tls_ctx_options_clean_up(&options);
    aws_tls_ctx_options_clean_up(nullptr);
}
