/* SPDX-License-Identifier: Apache-2.0 */
/* TLS with keys in PKCS#11 tokens: finding them, signing without holding the loop up, and few or slow sessions. */
#include "support/token.h"

#include <dlfcn.h>

#include <atomic>

class TlsPkcs11Test : public TokenTest {
  protected:
    void SetUp() override {
        TokenTest::SetUp();
        for (const char *name : kSettings) {
            unsetenv(name);
        }
    }

    void TearDown() override {
        TokenTest::TearDown();
        for (const char *name : kSettings) {
            unsetenv(name);
        }
    }

    /* A token with one key of certificates.sh; the library is loaded. */
    void LoadTokenWith(const std::string &name, const char *library = SoftHsmLibrary()) {
        Load();
        AddToken("my-token");
        Unload();
        ImportKey("my-token", name);
        lib_ = New(AWS_PKCS11_LIB_STRICT_INITIALIZE_FINALIZE, library);
        ASSERT_NE(nullptr, lib_);
    }

    struct aws_tls_ctx_pkcs11_options Pkcs11Options() {
        struct aws_tls_ctx_pkcs11_options options = {};
        options.pkcs11_lib = lib_;
        options.user_pin = aws_byte_cursor_from_c_str(kPin);
        options.token_label = aws_byte_cursor_from_c_str("my-token");
        options.private_key_object_label = aws_byte_cursor_from_c_str(kKeyLabel);
        return options;
    }

    struct aws_custom_key_op_handler *NewHandler() {
        struct aws_byte_cursor pin = aws_byte_cursor_from_c_str(kPin);
        struct aws_byte_cursor token = aws_byte_cursor_from_c_str("my-token");
        struct aws_byte_cursor any = {};
        return aws_pkcs11_tls_op_handler_new(allocator_, lib_, &pin, &token, &any, nullptr);
    }

    /* NULL if it cannot be made, which is a failure. */
    struct aws_tls_ctx *
    NewContext(const std::string &certificate, enum aws_tls_versions minimum = AWS_IO_TLS_VER_SYS_DEFAULTS) {
        std::string path = Certificate(certificate + ".crt");
        struct aws_tls_ctx_pkcs11_options pkcs11 = Pkcs11Options();
        pkcs11.cert_file_path = CursorOf(path);
        struct aws_tls_ctx_options options = {};
        if (aws_tls_ctx_options_init_client_mtls_with_pkcs11(&options, allocator_, &pkcs11) != AWS_OP_SUCCESS) {
            ADD_FAILURE() << aws_error_name(aws_last_error());
            return nullptr;
        }
        EXPECT_EQ(
            AWS_OP_SUCCESS,
            aws_tls_ctx_options_override_default_trust_store_from_path(
                &options, nullptr, Certificate("ca.crt").c_str()));
        aws_tls_ctx_options_set_minimum_tls_version(&options, minimum);
        struct aws_tls_ctx *context = aws_tls_client_ctx_new(allocator_, &options);
        aws_tls_ctx_options_clean_up(&options);
        return context;
    }

    void ExpectNegotiation(
        const std::string &name,
        enum aws_tls_versions client_minimum = AWS_IO_TLS_VER_SYS_DEFAULTS,
        enum aws_tls_versions server_minimum = AWS_IO_TLS_VER_SYS_DEFAULTS) {
        LoadTokenWith(name);
        struct aws_tls_ctx *context = NewContext(name, client_minimum);
        ASSERT_NE(nullptr, context);
        {
            TlsEnd server;
            TlsEnd client;
            auto listener = Serve(&server, MutualServer(server_minimum));
            Connect(&client, listener->port, context);
            ExpectExchange(client, server);
        }
        aws_tls_ctx_release(context);
    }

    void ExpectInitFails(int error, const struct aws_tls_ctx_pkcs11_options &pkcs11) {
        struct aws_tls_ctx_options options = {};
        EXPECT_RAISES(error, aws_tls_ctx_options_init_client_mtls_with_pkcs11(&options, allocator_, &pkcs11));
        EXPECT_EQ(nullptr, options.custom_key_op_handler);
        EXPECT_EQ(nullptr, options.certificate.buffer);
    }

    /* A variable of the slow token. */
    static std::atomic<int> &SlowToken(const char *name) {
        void *library = dlopen(RESEAU_TEST_SLOW_TOKEN, RTLD_NOW | RTLD_NOLOAD);
        EXPECT_NE(nullptr, library);
        auto *value = static_cast<std::atomic<int> *>(dlsym(library, name));
        dlclose(library);
        return *value;
    }

    /* The last connection that holds the key's handler is freed by its loop, soon after the program was notified of its
     * end. */
    void ExpectNoSessions() {
        for (int i = 0; i < 10000 && SlowToken("slow_token_sessions") != 0; ++i) {
            usleep(1000);
        }
        EXPECT_EQ(0, SlowToken("slow_token_sessions")) << "all sessions are closed with the context";
    }

    /* Clients that handshake at once, and send when all have. Returns the most signatures that were made at a time. */
    int HandshakeAtOnce(size_t count) {
        struct aws_tls_ctx *context = NewContext("server");
        EXPECT_NE(nullptr, context);
        SlowToken("slow_token_max_signing") = 0;
        {
            std::vector<TlsEnd> clients(count);
            std::vector<TlsEnd> servers(count);
            std::vector<std::unique_ptr<TlsServer>> listeners;
            for (size_t i = 0; i < count; ++i) {
                listeners.push_back(Serve(&servers[i], MutualServer()));
                Connect(&clients[i], listeners[i]->port, context);
            }
            for (size_t i = 0; i < count; ++i) {
                ExpectExchange(clients[i], servers[i]);
            }
        }
        aws_tls_ctx_release(context);
        return SlowToken("slow_token_max_signing");
    }

    static constexpr const char *kSettings[] = {
        "RESEAU_SLOW_TOKEN_SIGN_MS",
        "RESEAU_SLOW_TOKEN_SIGN_FAILS",
        "RESEAU_SLOW_TOKEN_SESSIONS",
        "RESEAU_SLOW_TOKEN_NO_PSS",
        "RESEAU_SLOW_TOKEN_MAJOR",
        "RESEAU_SLOW_TOKEN_MINOR"};
};

constexpr const char *TlsPkcs11Test::kSettings[];

TEST_F(TlsPkcs11Test, pkcs11_tls_rsa_negotiation_succeeds) {
    ExpectNegotiation("server");
}

TEST_F(TlsPkcs11Test, pkcs11_tls_ec_negotiation_succeeds) {
    ExpectNegotiation("ec256");
}

TEST_F(TlsPkcs11Test, RsaInTls13SignsByPss) {
    ExpectNegotiation("server", AWS_IO_TLSv1_3, AWS_IO_TLSv1_3);
}

TEST_F(TlsPkcs11Test, RsaOf4096Bits) {
    ExpectNegotiation("rsa4096");
}

TEST_F(TlsPkcs11Test, EcOf384Bits) {
    ExpectNegotiation("ec384");
}

TEST_F(TlsPkcs11Test, EcOf521Bits) {
    ExpectNegotiation("ec521");
}

TEST_F(TlsPkcs11Test, AsTheKeyOfAServer) {
    LoadTokenWith("server");
    struct aws_custom_key_op_handler *handler = NewHandler();
    ASSERT_NE(nullptr, handler);
    {
        TlsSettings settings = ServerSettings("server");
        settings.key_handler = handler;
        TlsContext context(allocator_, false, TlsSettings());
        TlsEnd server;
        TlsEnd client;
        auto listener = Serve(&server, settings);
        Connect(&client, listener->port, context.get());
        ExpectExchange(client, server);
    }
    aws_custom_key_op_handler_release(handler);
}

TEST_F(TlsPkcs11Test, DecryptsTheSecretOfTheRsaKeyExchange) {
    LoadTokenWith("server");
    struct aws_custom_key_op_handler *handler = NewHandler();
    ASSERT_NE(nullptr, handler);
    {
        TlsSettings settings = ServerSettings("server");
        settings.key_handler = handler;
        settings.minimum = AWS_IO_TLSv1;
        TlsEnd server;
        auto listener = Serve(&server, settings);
        int input[2];
        ASSERT_EQ(0, pipe2(input, O_CLOEXEC));
        std::string address = "127.0.0.1:" + std::to_string(listener->port);
        ChildProcess client(
            {"openssl", "s_client", "-connect", address, "-tls1_2", "-cipher", "AES128-SHA:@SECLEVEL=0", "-quiet"},
            input[0]);
        ASSERT_TRUE(server.AwaitSetup()) << aws_error_name(server.setup);
        EXPECT_EQ(5, write(input[1], "hello", 5));
        EXPECT_TRUE(server.AwaitBytes(5));
        server.Shutdown();
        EXPECT_TRUE(server.AwaitShutdown());
        close(input[0]);
        close(input[1]);
    }
    aws_custom_key_op_handler_release(handler);
}

TEST_F(TlsPkcs11Test, TheCertificateFromMemory) {
    LoadTokenWith("ec256");
    std::string text = Contents(Certificate("ec256.crt"));
    struct aws_tls_ctx_pkcs11_options pkcs11 = Pkcs11Options();
    pkcs11.cert_file_contents = CursorOf(text);
    struct aws_tls_ctx_options options = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_tls_ctx_options_init_client_mtls_with_pkcs11(&options, allocator_, &pkcs11));
    struct aws_tls_ctx *context = aws_tls_client_ctx_new(allocator_, &options);
    EXPECT_NE(nullptr, context);
    aws_tls_ctx_options_clean_up(&options);
    aws_tls_ctx_release(context);
}

TEST_F(TlsPkcs11Test, WhatIsNotThereIsNotFound) {
    LoadTokenWith("ec256");
    std::string path = Certificate("ec256.crt");
    struct aws_tls_ctx_pkcs11_options good = Pkcs11Options();
    good.cert_file_path = CursorOf(path);

    struct aws_tls_ctx_pkcs11_options options = good;
    options.pkcs11_lib = nullptr;
    ExpectInitFails(AWS_ERROR_INVALID_ARGUMENT, options);
    options = good;
    options.token_label = aws_byte_cursor_from_c_str("another");
    ExpectInitFails(AWS_ERROR_PKCS11_TOKEN_NOT_FOUND, options);
    options = good;
    uint64_t slot = 77;
    options.slot_id = &slot;
    ExpectInitFails(AWS_ERROR_PKCS11_TOKEN_NOT_FOUND, options);
    options = good;
    options.private_key_object_label = aws_byte_cursor_from_c_str("another");
    ExpectInitFails(AWS_ERROR_PKCS11_KEY_NOT_FOUND, options);
    options = good;
    options.user_pin = aws_byte_cursor_from_c_str("9999");
    ExpectInitFails(AWS_ERROR_PKCS11_CKR_PIN_INCORRECT, options);
    options = good;
    options.cert_file_path = aws_byte_cursor_from_c_str("/nonexistent/certificate");
    ExpectInitFails(AWS_ERROR_FILE_INVALID_PATH, options);
    options = good;
    options.cert_file_contents = aws_byte_cursor_from_c_str("something");
    ExpectInitFails(AWS_ERROR_INVALID_ARGUMENT, options);
    options = good;
    options.cert_file_path.ptr = nullptr;
    options.cert_file_contents = aws_byte_cursor_from_c_str("this is no PEM");
    ExpectInitFails(AWS_ERROR_INVALID_ARGUMENT, options);
    struct aws_tls_ctx_options context = {};
    auto init = aws_tls_ctx_options_init_client_mtls_with_pkcs11;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, init(nullptr, allocator_, &good));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, init(&context, nullptr, &good));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, init(&context, allocator_, nullptr));

    /* Slot, token and key may all be left open while there is one only. */
    options = good;
    options.token_label.ptr = nullptr;
    options.private_key_object_label.ptr = nullptr;
    CK_SLOT_ID found = 0;
    ASSERT_EQ(
        AWS_OP_SUCCESS, aws_pkcs11_lib_find_slot_with_token(lib_, nullptr, AwsString(allocator_, "my-token"), &found));
    slot = found;
    options.slot_id = &slot;
    ASSERT_EQ(AWS_OP_SUCCESS, init(&context, allocator_, &options));
    aws_tls_ctx_options_clean_up(&context);
}

TEST_F(TlsPkcs11Test, TheHandlerHoldsTheLibrary) {
    LoadTokenWith("ec256");
    struct aws_byte_cursor pin = aws_byte_cursor_from_c_str(kPin);
    struct aws_byte_cursor token = aws_byte_cursor_from_c_str("my-token");
    struct aws_byte_cursor any = {};
    struct aws_custom_key_op_handler *handler =
        aws_pkcs11_tls_op_handler_new(allocator_, lib_, &pin, &token, &any, nullptr);
    ASSERT_NE(nullptr, handler);
    CK_FUNCTION_LIST *functions = Functions();
    Unload();
    CK_INFO info = {};
    EXPECT_EQ(CKR_OK, functions->C_GetInfo(&info));
    EXPECT_EQ(nullptr, aws_custom_key_op_handler_release(handler));

    /* It has been finalised. */
    Load();
    EXPECT_NULL_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_pkcs11_tls_op_handler_new(allocator_, nullptr, &pin, &token, &any, nullptr));
}

/* Slow, poor and faulty tokens. */

TEST_F(TlsPkcs11Test, ASlowTokenDoesNotHoldTheLoopUp) {
    setenv("RESEAU_SLOW_TOKEN_SIGN_MS", "400", 1);
    LoadTokenWith("server", RESEAU_TEST_SLOW_TOKEN);
    struct aws_tls_ctx *context = NewContext("server");
    {
        TlsEnd servers[2];
        TlsEnd clients[2];
        auto plain = Serve(&servers[0], ServerSettings("server"));
        auto mutual = Serve(&servers[1], MutualServer());
        TlsContext open(allocator_, false, TlsSettings());
        Connect(&clients[0], plain->port, open.get());
        ASSERT_TRUE(clients[0].AwaitSetup());
        ASSERT_TRUE(servers[0].AwaitSetup());
        Connect(&clients[1], mutual->port, context);
        for (int i = 0; i < 2000 && SlowToken("slow_token_signing") == 0; ++i) {
            usleep(1000);
        }
        size_t bytes = 0;
        while (SlowToken("slow_token_signing") == 1) {
            clients[0].Send("x");
            ASSERT_TRUE(servers[0].AwaitBytes(++bytes));
        }
        EXPECT_GT(bytes, 20u);
        ExpectExchange(clients[1], servers[1]);
        clients[0].Shutdown();
        EXPECT_TRUE(clients[0].AwaitShutdown());
        EXPECT_TRUE(servers[0].AwaitShutdown());
    }
    aws_tls_ctx_release(context);
}

TEST_F(TlsPkcs11Test, SeveralSessionsSignAtOnce) {
    setenv("RESEAU_SLOW_TOKEN_SIGN_MS", "100", 1);
    LoadTokenWith("server", RESEAU_TEST_SLOW_TOKEN);
    int most = HandshakeAtOnce(12);
    EXPECT_GT(most, 1);
    EXPECT_LE(most, 4);
    ExpectNoSessions();
}

TEST_F(TlsPkcs11Test, ATokenWithOneSession) {
    setenv("RESEAU_SLOW_TOKEN_SIGN_MS", "20", 1);
    setenv("RESEAU_SLOW_TOKEN_SESSIONS", "1", 1);
    LoadTokenWith("server", RESEAU_TEST_SLOW_TOKEN);
    EXPECT_EQ(1, HandshakeAtOnce(12));
    ExpectNoSessions();
}

TEST_F(TlsPkcs11Test, ATokenWithTwoSessions) {
    setenv("RESEAU_SLOW_TOKEN_SESSIONS", "2", 1);
    LoadTokenWith("server", RESEAU_TEST_SLOW_TOKEN);
    EXPECT_LE(HandshakeAtOnce(20), 2);
    ExpectNoSessions();
}

TEST_F(TlsPkcs11Test, ATokenThatFails) {
    setenv("RESEAU_SLOW_TOKEN_SIGN_FAILS", "1", 1);
    LoadTokenWith("server", RESEAU_TEST_SLOW_TOKEN);
    struct aws_tls_ctx *context = NewContext("server");
    {
        TlsEnd server;
        TlsEnd client;
        auto listener = Serve(&server, MutualServer());
        Connect(&client, listener->port, context);
        ASSERT_TRUE(client.AwaitFailure());
        EXPECT_STREQ("AWS_ERROR_PKCS11_CKR_DEVICE_ERROR", aws_error_name(client.setup));
        EXPECT_TRUE(server.AwaitFailure());
    }
    aws_tls_ctx_release(context);
}

TEST_F(TlsPkcs11Test, ATokenWithoutPssSpeaksTls12) {
    setenv("RESEAU_SLOW_TOKEN_NO_PSS", "1", 1);
    LoadTokenWith("server", RESEAU_TEST_SLOW_TOKEN);
    EXPECT_EQ(1, [&] { return HandshakeAtOnce(1); }());
    struct aws_tls_ctx *context = NewContext("server");
    {
        TlsEnd server;
        TlsEnd client;
        auto listener = Serve(&server, MutualServer(AWS_IO_TLSv1_3));
        Connect(&client, listener->port, context);
        EXPECT_TRUE(client.AwaitFailure());
        EXPECT_TRUE(server.AwaitFailure());
    }
    aws_tls_ctx_release(context);
}

/* The channel ends while the token signs; the context is released; then the signature comes. */
TEST_F(TlsPkcs11Test, ChannelsThatEndWhileTheTokenSigns) {
    setenv("RESEAU_SLOW_TOKEN_SIGN_MS", "300", 1);
    LoadTokenWith("server", RESEAU_TEST_SLOW_TOKEN);
    struct aws_tls_ctx *context = NewContext("server");
    {
        TlsEnd server;
        TlsEnd clients[6];
        auto listener = Serve(&server, MutualServer());
        for (TlsEnd &client : clients) {
            Connect(&client, listener->port, context, "localhost", "", false, 150);
        }
        aws_tls_ctx_release(context);
        for (TlsEnd &client : clients) {
            ASSERT_TRUE(client.AwaitFailure());
            EXPECT_STREQ("AWS_IO_TLS_NEGOTIATION_TIMEOUT", aws_error_name(client.setup));
        }
    }
}

TEST_F(TlsPkcs11Test, VersionsOfTheInterface) {
    setenv("RESEAU_SLOW_TOKEN_MAJOR", "3", 1);
    auto strict = AWS_PKCS11_LIB_STRICT_INITIALIZE_FINALIZE;
    EXPECT_NULL_RAISES(AWS_ERROR_PKCS11_VERSION_UNSUPPORTED, New(strict, RESEAU_TEST_SLOW_TOKEN));
    setenv("RESEAU_SLOW_TOKEN_MAJOR", "2", 1);
    setenv("RESEAU_SLOW_TOKEN_MINOR", "19", 1);
    EXPECT_NULL_RAISES(AWS_ERROR_PKCS11_VERSION_UNSUPPORTED, New(strict, RESEAU_TEST_SLOW_TOKEN));
    setenv("RESEAU_SLOW_TOKEN_MINOR", "20", 1);
    lib_ = New(strict, RESEAU_TEST_SLOW_TOKEN);
    EXPECT_NE(nullptr, lib_);
}
