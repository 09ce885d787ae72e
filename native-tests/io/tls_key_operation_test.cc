/* SPDX-License-Identifier: Apache-2.0 */
/* Private keys that a handler of the program's has: which operations it is asked for, when it may answer, and what
 * becomes of a handshake whose answer is wrong, late, or never needed. */
#include "support/key_holder.h"

#include <chrono>

class TlsKeyOperationTest : public TlsTest {
  protected:
    /* A client that shows this certificate; its key is with the holder. */
    static TlsSettings ClientSettings(const std::string &name, KeyHolder &holder) {
        TlsSettings settings;
        settings.certificate = name + ".crt";
        settings.key_handler = holder.get();
        return settings;
    }

    void ExpectSigned(
        const std::string &name,
        enum aws_tls_versions client_minimum,
        enum aws_tls_versions server_minimum,
        enum aws_tls_signature_algorithm signature) {
        KeyHolder holder(allocator_, name);
        TlsSettings settings = ClientSettings(name, holder);
        settings.minimum = client_minimum;
        TlsContext context(allocator_, false, settings);
        ASSERT_NE(nullptr, context.get());
        TlsEnd server;
        TlsEnd client;
        auto listener = Serve(&server, MutualServer(server_minimum));
        Connect(&client, listener->port, context.get());
        KeyWork work = holder.Await();
        ASSERT_NE(nullptr, work.operation);
        EXPECT_EQ(AWS_TLS_KEY_OPERATION_SIGN, work.type);
        EXPECT_EQ(signature, work.signature);
        EXPECT_EQ(DigestSize(work.digest), work.input.size());
        KeyHolder::Complete(work, holder.Perform(work));
        ExpectExchange(client, server);
        EXPECT_EQ(1, holder.asked);
    }

    static size_t DigestSize(enum aws_tls_hash_algorithm digest) {
        static const std::map<enum aws_tls_hash_algorithm, size_t> sizes = {
            {AWS_TLS_HASH_SHA1, 20},
            {AWS_TLS_HASH_SHA224, 28},
            {AWS_TLS_HASH_SHA256, 32},
            {AWS_TLS_HASH_SHA384, 48},
            {AWS_TLS_HASH_SHA512, 64}};
        return sizes.count(digest) ? sizes.at(digest) : 0;
    }

    /* The handshake fails with this error when the only operation is ended so. */
    void ExpectFailure(int error, std::function<void(KeyHolder &, const KeyWork &)> end) {
        KeyHolder holder(allocator_, "client");
        TlsContext context(allocator_, false, ClientSettings("client", holder));
        TlsEnd server;
        TlsEnd client;
        auto listener = Serve(&server, MutualServer(AWS_IO_TLSv1_2));
        Connect(&client, listener->port, context.get());
        end(holder, holder.Await());
        ASSERT_TRUE(client.AwaitFailure());
        ASSERT_TRUE(server.AwaitFailure());
        EXPECT_STREQ(aws_error_name(error), aws_error_name(client.setup));
        EXPECT_EQ(1, client.setups);
        EXPECT_EQ(0, client.shutdowns);
        EXPECT_EQ(1, client.results);
    }
};

TEST_F(TlsKeyOperationTest, RsaSignsByPkcs1AndSpeaksTls12) {
    ExpectSigned("server", AWS_IO_TLS_VER_SYS_DEFAULTS, AWS_IO_TLS_VER_SYS_DEFAULTS, AWS_TLS_SIGNATURE_RSA);
}

TEST_F(TlsKeyOperationTest, RsaSignsByPssWhereTls13IsDemanded) {
    ExpectSigned("server", AWS_IO_TLSv1_3, AWS_IO_TLS_VER_SYS_DEFAULTS, AWS_TLS_SIGNATURE_RSA_PSS);
}

TEST_F(TlsKeyOperationTest, RsaOf4096Bits) {
    ExpectSigned("rsa4096", AWS_IO_TLS_VER_SYS_DEFAULTS, AWS_IO_TLS_VER_SYS_DEFAULTS, AWS_TLS_SIGNATURE_RSA);
}

TEST_F(TlsKeyOperationTest, KeysThatAreForPssOnly) {
    ExpectSigned("pss", AWS_IO_TLSv1_3, AWS_IO_TLS_VER_SYS_DEFAULTS, AWS_TLS_SIGNATURE_RSA_PSS);
}

TEST_F(TlsKeyOperationTest, EllipticCurvesInTls13) {
    for (const char *name : {"ec256", "ec384", "ec521"}) {
        SCOPED_TRACE(name);
        ExpectSigned(name, AWS_IO_TLS_VER_SYS_DEFAULTS, AWS_IO_TLSv1_3, AWS_TLS_SIGNATURE_ECDSA);
    }
}

TEST_F(TlsKeyOperationTest, EllipticCurvesInTls12) {
    KeyHolder holder(allocator_, "client");
    TlsContext context(allocator_, false, ClientSettings("client", holder));
    TlsEnd client;
    OpensslServer server("server", {"-tls1_2", "-Verify", "1", "-CAfile", Certificate("ca.crt"), "-quiet"});
    Connect(&client, server.port, context.get());
    KeyWork work = holder.Await();
    EXPECT_EQ(AWS_TLS_SIGNATURE_ECDSA, work.signature);
    KeyHolder::Complete(work, holder.Perform(work));
    ASSERT_TRUE(client.AwaitSetup()) << aws_error_name(client.setup);
    client.Shutdown();
    EXPECT_TRUE(client.AwaitShutdown());
}

TEST_F(TlsKeyOperationTest, NothingIsAskedOfAClientWithoutNeed) {
    KeyHolder holder(allocator_, "client");
    TlsContext context(allocator_, false, ClientSettings("client", holder));
    TlsEnd server;
    TlsEnd client;
    auto listener = Serve(&server, ServerSettings("server"));
    Connect(&client, listener->port, context.get());
    ExpectExchange(client, server);
    EXPECT_EQ(0, holder.asked);
}

TEST_F(TlsKeyOperationTest, ASessionIsResumedWithoutTheKey) {
    KeyHolder holder(allocator_, "client");
    TlsContext context(allocator_, false, ClientSettings("client", holder));
    TlsEnd servers[2];
    TlsEnd clients[2];
    auto listener = Serve(&servers[0], MutualServer());
    Connect(&clients[0], listener->port, context.get());
    holder.Answer();
    ExpectExchange(clients[0], servers[0]);

    /* The same server, but the end that its callbacks go to is the first one again. */
    servers[0].state.Change([&] {
        servers[0].setups = servers[0].shutdowns = servers[0].results = 0;
        servers[0].received.clear();
    });
    Connect(&clients[1], listener->port, context.get());
    ExpectExchange(clients[1], servers[0]);
    EXPECT_EQ(1, holder.asked);
}

TEST_F(TlsKeyOperationTest, CompletedInsideTheCallback) {
    KeyHolder holder(allocator_, "client");
    holder.on_operation = [&](const KeyWork &work) { KeyHolder::Complete(work, holder.Perform(work)); };
    TlsContext context(allocator_, false, ClientSettings("client", holder));
    TlsEnd server;
    TlsEnd client;
    auto listener = Serve(&server, MutualServer());
    Connect(&client, listener->port, context.get());
    ExpectExchange(client, server);
}

TEST_F(TlsKeyOperationTest, CompletedOnAnotherThreadWhileTheLoopIsBusyElsewhere) {
    KeyHolder holder(allocator_, "client");
    TlsContext context(allocator_, false, ClientSettings("client", holder));
    TlsEnd servers[2];
    TlsEnd clients[2];
    auto plain = Serve(&servers[0], ServerSettings("server"));
    auto mutual = Serve(&servers[1], MutualServer());
    TlsContext open(allocator_, false, TlsSettings());
    Connect(&clients[0], plain->port, open.get());
    ASSERT_TRUE(clients[0].AwaitSetup());
    ASSERT_TRUE(servers[0].AwaitSetup());
    Connect(&clients[1], mutual->port, context.get());
    KeyWork work = holder.Await();

    /* The loop is the same one, and goes on. */
    for (size_t i = 1; i <= 100; ++i) {
        clients[0].Send("x");
        ASSERT_TRUE(servers[0].AwaitBytes(i));
    }
    EXPECT_EQ(0, clients[1].setups);
    std::thread([&] { KeyHolder::Complete(work, holder.Perform(work)); }).join();
    ExpectExchange(clients[1], servers[1]);
    clients[0].Shutdown();
    EXPECT_TRUE(clients[0].AwaitShutdown());
    EXPECT_TRUE(servers[0].AwaitShutdown());
}

TEST_F(TlsKeyOperationTest, ManyWaitAtOnceAndAreAnsweredBackwards) {
    const size_t count = 60;
    KeyHolder holder(allocator_, "client");
    TlsContext context(allocator_, false, ClientSettings("client", holder));
    std::vector<TlsEnd> clients(count);
    std::vector<TlsEnd> servers(count);
    std::vector<std::unique_ptr<TlsServer>> listeners;
    for (size_t i = 0; i < count; ++i) {
        listeners.push_back(Serve(&servers[i], MutualServer()));
        Connect(&clients[i], listeners[i]->port, context.get());
    }
    ASSERT_TRUE(holder.state.Await([&] { return holder.waiting.size() == count; }));
    std::vector<KeyWork> works;
    holder.state.Change([&] { works.swap(holder.waiting); });
    for (size_t i = count; i-- > 0;) {
        KeyHolder::Complete(works[i], holder.Perform(works[i]));
    }
    for (size_t i = 0; i < count; ++i) {
        ExpectExchange(clients[i], servers[i]);
    }
}

TEST_F(TlsKeyOperationTest, AnErrorEndsTheHandshakeWithIt) {
    ExpectFailure(AWS_ERROR_PKCS11_CKR_DEVICE_ERROR, [](KeyHolder &, const KeyWork &work) {
        aws_tls_key_operation_complete_with_error(work.operation, AWS_ERROR_PKCS11_CKR_DEVICE_ERROR);
    });
}

TEST_F(TlsKeyOperationTest, AnErrorWithoutANumberIsUnknown) {
    ExpectFailure(AWS_ERROR_UNKNOWN, [](KeyHolder &, const KeyWork &work) {
        aws_tls_key_operation_complete_with_error(work.operation, AWS_ERROR_SUCCESS);
    });
}

TEST_F(TlsKeyOperationTest, AnEmptyOutputIsNone) {
    ExpectFailure(AWS_ERROR_INVALID_STATE, [](KeyHolder &, const KeyWork &work) {
        struct aws_byte_cursor nothing = {};
        aws_tls_key_operation_complete(work.operation, nothing);
    });
}

TEST_F(TlsKeyOperationTest, AnOutputThatIsTooLongIsNone) {
    ExpectFailure(AWS_ERROR_INVALID_STATE, [](KeyHolder &, const KeyWork &work) {
        KeyHolder::Complete(work, std::string(100000, 'x'));
    });
}

TEST_F(TlsKeyOperationTest, AWrongSignatureIsRefusedByThePeer) {
    KeyHolder holder(allocator_, "client");
    TlsContext context(allocator_, false, ClientSettings("client", holder));
    TlsEnd server;
    TlsEnd client;
    auto listener = Serve(&server, MutualServer());
    Connect(&client, listener->port, context.get());
    KeyWork work = holder.Await();
    std::string signature = holder.Perform(work);
    signature[signature.size() - 1] ^= 1;
    KeyHolder::Complete(work, signature);
    ASSERT_TRUE(server.AwaitFailure());
    EXPECT_TRUE(aws_error_code_is_tls(server.setup)) << aws_error_name(server.setup);

    /* In TLS 1.3 the client gets it after its own setup has succeeded. */
    ASSERT_TRUE(client.AwaitSetup());
    ASSERT_TRUE(client.AwaitShutdown());
    EXPECT_TRUE(aws_error_code_is_tls(client.shutdown) || client.shutdown == AWS_IO_SOCKET_CLOSED)
        << aws_error_name(client.shutdown);
}

TEST_F(TlsKeyOperationTest, ADigestWithoutANameIsRefused) {
    /* RSA in TLS 1.0 signs two digests at once. */
    KeyHolder holder(allocator_, "server");
    TlsSettings settings = ClientSettings("server", holder);
    settings.minimum = AWS_IO_TLSv1;
    TlsContext context(allocator_, false, settings);
    OpensslServer server(
        "server", {"-tls1", "-cipher", "ALL:@SECLEVEL=0", "-Verify", "1", "-CAfile", Certificate("ca.crt"), "-quiet"});
    TlsEnd client;
    Connect(&client, server.port, context.get());
    ASSERT_TRUE(client.AwaitFailure());
    EXPECT_STREQ("AWS_IO_TLS_DIGEST_ALGORITHM_UNSUPPORTED", aws_error_name(client.setup));
    EXPECT_EQ(0, holder.asked);
}

/* The channel is gone before the answer comes. */

TEST_F(TlsKeyOperationTest, CompletedAfterTheTimeLimit) {
    for (bool well : {true, false}) {
        KeyHolder holder(allocator_, "client");
        TlsContext context(allocator_, false, ClientSettings("client", holder));
        TlsEnd server;
        TlsEnd client;
        auto listener = Serve(&server, MutualServer());
        Connect(&client, listener->port, context.get(), "localhost", "", false, 1000);
        KeyWork work = holder.Await();
        ASSERT_TRUE(client.AwaitFailure());
        EXPECT_STREQ("AWS_IO_TLS_NEGOTIATION_TIMEOUT", aws_error_name(client.setup));

        /* The operation is still good. */
        struct aws_byte_cursor input = aws_tls_key_operation_get_input(work.operation);
        EXPECT_EQ(work.input, std::string((const char *)input.ptr, input.len));
        if (well) {
            KeyHolder::Complete(work, holder.Perform(work));
        } else {
            aws_tls_key_operation_complete_with_error(work.operation, AWS_ERROR_INVALID_STATE);
        }
        EXPECT_EQ(1, client.setups);
        EXPECT_EQ(0, client.shutdowns);
    }
}

TEST_F(TlsKeyOperationTest, CompletedAfterThePeerHasClosed) {
    KeyHolder holder(allocator_, "client");
    TlsContext context(allocator_, false, ClientSettings("client", holder));
    TlsEnd client;
    KeyWork work;
    {
        OpensslServer server("server", {"-Verify", "1", "-CAfile", Certificate("ca.crt"), "-quiet"});
        Connect(&client, server.port, context.get());
        work = holder.Await();
    }
    ASSERT_TRUE(client.AwaitFailure());
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(client.setup));
    KeyHolder::Complete(work, holder.Perform(work));
}

TEST_F(TlsKeyOperationTest, CompletedAfterTheProgramHasShutTheChannelDown) {
    KeyHolder holder(allocator_, "client");
    TlsContext context(allocator_, false, ClientSettings("client", holder));
    TlsEnd server;
    TlsEnd client;
    struct aws_channel *created = nullptr;
    client.on_creation = [&](struct aws_channel *channel) {
        aws_channel_acquire_hold(channel);
        client.state.Change([&] { created = channel; });
    };
    auto listener = Serve(&server, MutualServer());
    Connect(&client, listener->port, context.get());
    KeyWork work = holder.Await();
    aws_channel_shutdown(created, AWS_ERROR_INVALID_STATE);
    ASSERT_TRUE(client.AwaitFailure());
    EXPECT_STREQ("AWS_ERROR_INVALID_STATE", aws_error_name(client.setup));
    aws_channel_release_hold(created);
    std::thread([&] { KeyHolder::Complete(work, holder.Perform(work)); }).join();
}

TEST_F(TlsKeyOperationTest, CompletedAfterEverythingElseWasReleased) {
    KeyHolder holder(allocator_, "client");
    TlsEnd server;
    TlsEnd client;
    KeyWork work;
    {
        TlsContext context(allocator_, false, ClientSettings("client", holder));
        auto listener = Serve(&server, MutualServer());
        Connect(&client, listener->port, context.get(), "localhost", "", false, 1000);
        work = holder.Await();
        ASSERT_TRUE(client.AwaitFailure());
    }
    holder.ReleaseHold();
    aws_client_bootstrap_release(bootstrap_);
    bootstrap_ = nullptr;
    client_group_.reset();
    EXPECT_EQ(0, holder.state.Read([&] { return holder.destroyed; })) << "the operation holds the handler";
    KeyHolder::Complete(work, "too late");
    EXPECT_TRUE(holder.state.Await([&] { return holder.destroyed == 1; }));
}

/* Completion and shutdown at the same time, at all distances from each other. */
TEST_F(TlsKeyOperationTest, CompletionAndShutdownCross) {
    KeyHolder holder(allocator_, "client");
    TlsEnd server;
    auto listener = Serve(&server, MutualServer());
    for (int i = 0; i < 40; ++i) {
        /* A new one each time, or sessions would be resumed. */
        TlsContext context(allocator_, false, ClientSettings("client", holder));
        TlsEnd client;
        struct aws_channel *created = nullptr;
        client.on_creation = [&](struct aws_channel *channel) {
            aws_channel_acquire_hold(channel);
            created = channel;
        };
        Connect(&client, listener->port, context.get());
        KeyWork work = holder.Await();
        std::string output = i % 4 == 0 ? holder.Perform(work) : "wrong";
        std::thread completer([&] {
            std::this_thread::sleep_for(std::chrono::microseconds(i % 8 * 20));
            if (i % 3 == 0) {
                aws_tls_key_operation_complete_with_error(work.operation, AWS_ERROR_UNKNOWN);
            } else {
                KeyHolder::Complete(work, output);
            }
        });
        std::this_thread::sleep_for(std::chrono::microseconds(i % 5 * 30));
        aws_channel_shutdown(created, AWS_ERROR_INVALID_STATE);
        completer.join();
        ASSERT_TRUE(client.state.Await([&] { return client.setups == 1; }));
        if (client.setup == AWS_ERROR_SUCCESS) {
            ASSERT_TRUE(client.AwaitShutdown());
        }
        aws_channel_release_hold(created);
    }
}

/* The time limit comes while the output is on its way. */
TEST_F(TlsKeyOperationTest, CompletionAndTimeLimitCross) {
    KeyHolder holder(allocator_, "client");
    TlsEnd server;
    auto listener = Serve(&server, MutualServer());
    for (int i = 0; i < 20; ++i) {
        /* A new one each time, or sessions would be resumed. */
        TlsContext context(allocator_, false, ClientSettings("client", holder));
        TlsEnd client;
        Connect(&client, listener->port, context.get(), "localhost", "", false, 40);
        /* Either may come first: on a busy machine the limit passes before there is anything to do with the key. */
        while (holder.state.Read([&] { return holder.waiting.empty(); }) &&
               client.state.Read([&] { return client.setups == 0; })) {
            std::this_thread::yield();
        }
        if (holder.state.Read([&] { return !holder.waiting.empty(); })) {
            KeyWork work = holder.Await();
            std::string output = holder.Perform(work);
            std::this_thread::sleep_for(std::chrono::milliseconds(i));
            KeyHolder::Complete(work, output);
        }
        ASSERT_TRUE(client.state.Await([&] { return client.setups == 1; }));
        if (client.setup == AWS_ERROR_SUCCESS) {
            client.Shutdown();
            ASSERT_TRUE(client.AwaitShutdown());
        } else {
            EXPECT_STREQ("AWS_IO_TLS_NEGOTIATION_TIMEOUT", aws_error_name(client.setup));
        }
    }
    while (holder.state.Read([&] { return !holder.waiting.empty(); })) {
        KeyHolder::Complete(holder.Await(), "late");
    }
}

TEST_F(TlsKeyOperationTest, CompletingTwiceStopsTheProcess) {
    ::testing::FLAGS_gtest_death_test_style = "threadsafe";
    EXPECT_DEATH(
        {
            KeyHolder holder(allocator_, "client");
            holder.on_operation = [](const KeyWork &work) {
                KeyHolder::Complete(work, "one");
                KeyHolder::Complete(work, "two");
            };
            TlsContext context(allocator_, false, ClientSettings("client", holder));
            TlsEnd server;
            TlsEnd client;
            auto listener = Serve(&server, MutualServer());
            Connect(&client, listener->port, context.get());
            client.AwaitSetup();
        },
        "completed twice");
}

/* Servers. */

TEST_F(TlsKeyOperationTest, AServersKeyToo) {
    struct {
        const char *name;
        enum aws_tls_versions minimum;
        enum aws_tls_signature_algorithm signature;
    } cases[] = {
        {"server", AWS_IO_TLS_VER_SYS_DEFAULTS, AWS_TLS_SIGNATURE_RSA},
        {"server", AWS_IO_TLSv1_3, AWS_TLS_SIGNATURE_RSA_PSS},
        {"ec256", AWS_IO_TLS_VER_SYS_DEFAULTS, AWS_TLS_SIGNATURE_ECDSA}};
    for (auto &one : cases) {
        SCOPED_TRACE(one.name);
        KeyHolder holder(allocator_, one.name);
        TlsSettings settings = ClientSettings(one.name, holder);
        settings.verify_peer = false;
        settings.minimum = one.minimum;
        TlsContext context(allocator_, false, TlsSettings());
        TlsEnd server;
        TlsEnd client;
        auto listener = Serve(&server, settings);
        Connect(&client, listener->port, context.get());
        KeyWork work = holder.Await();
        EXPECT_EQ(AWS_TLS_KEY_OPERATION_SIGN, work.type);
        EXPECT_EQ(one.signature, work.signature);
        KeyHolder::Complete(work, holder.Perform(work));
        ExpectExchange(client, server);
    }
}

class TlsKeyExchangeTest : public TlsKeyOperationTest {
  protected:
    /* A server whose key the holder has, and `openssl s_client` that requires the RSA key exchange. */
    void Exchange(std::function<void(KeyHolder &, const KeyWork &)> end, TlsEnd *server, bool succeeds) {
        KeyHolder holder(allocator_, "server");
        TlsSettings settings = ClientSettings("server", holder);
        settings.verify_peer = false;
        settings.minimum = AWS_IO_TLSv1;
        auto listener = Serve(server, settings);
        int input[2];
        ASSERT_EQ(0, pipe2(input, O_CLOEXEC));
        ChildProcess client(
            {"openssl",
             "s_client",
             "-connect",
             "127.0.0.1:" + std::to_string(listener->port),
             "-tls1_2",
             "-cipher",
             "AES128-SHA:@SECLEVEL=0",
             "-quiet"},
            input[0]);
        KeyWork work = holder.Await();
        EXPECT_EQ(AWS_TLS_KEY_OPERATION_DECRYPT, work.type);
        EXPECT_EQ(AWS_TLS_SIGNATURE_UNKNOWN, work.signature);
        EXPECT_EQ(AWS_TLS_HASH_UNKNOWN, work.digest);
        EXPECT_EQ(256u, work.input.size());
        end(holder, work);
        if (succeeds) {
            EXPECT_TRUE(server->AwaitSetup()) << aws_error_name(server->setup);
            EXPECT_EQ(5, write(input[1], "hello", 5));
            EXPECT_TRUE(server->AwaitBytes(5));
            server->Shutdown();
            EXPECT_TRUE(server->AwaitShutdown());
        } else {
            EXPECT_TRUE(server->AwaitFailure());
        }
        close(input[0]);
        close(input[1]);
    }
};

TEST_F(TlsKeyExchangeTest, DecryptsTheSecret) {
    TlsEnd server;
    Exchange(
        [](KeyHolder &holder, const KeyWork &work) { KeyHolder::Complete(work, holder.Perform(work)); }, &server, true);
}

/* The peer sees the same, whatever was wrong with what it had encrypted. */
TEST_F(TlsKeyExchangeTest, AnErrorShowsOnlyHere) {
    TlsEnd server;
    Exchange(
        [](KeyHolder &, const KeyWork &work) {
            aws_tls_key_operation_complete_with_error(work.operation, AWS_ERROR_PKCS11_CKR_ENCRYPTED_DATA_INVALID);
        },
        &server,
        false);
    EXPECT_STREQ("AWS_ERROR_PKCS11_CKR_ENCRYPTED_DATA_INVALID", aws_error_name(server.setup));
}

TEST_F(TlsKeyExchangeTest, ASecretOfTheWrongLengthIsNone) {
    for (size_t length : {1, 47, 49, 256}) {
        TlsEnd server;
        Exchange(
            [&](KeyHolder &, const KeyWork &work) { KeyHolder::Complete(work, std::string(length, '\3')); },
            &server,
            false);
        EXPECT_TRUE(aws_error_code_is_tls(server.setup)) << aws_error_name(server.setup);
    }
}

/* Arguments and references. */

TEST_F(TlsKeyOperationTest, OptionsAndContextsHoldTheHandler) {
    KeyHolder holder(allocator_, "client");
    std::string text = Contents(Certificate("client.crt"));
    struct aws_byte_cursor certificate = CursorOf(text);
    struct aws_tls_ctx_options options = {};
    ASSERT_EQ(
        AWS_OP_SUCCESS,
        aws_tls_ctx_options_init_client_mtls_with_custom_key_operations(
            &options, allocator_, holder.get(), &certificate));
    EXPECT_EQ(holder.get(), options.custom_key_op_handler);
    struct aws_tls_ctx *context = aws_tls_client_ctx_new(allocator_, &options);
    ASSERT_NE(nullptr, context);
    holder.ReleaseHold();
    aws_tls_ctx_options_clean_up(&options);
    EXPECT_EQ(0, holder.destroyed);
    aws_tls_ctx_release(context);
    EXPECT_EQ(1, holder.destroyed);
}

TEST_F(TlsKeyOperationTest, ReferencesAreCounted) {
    KeyHolder holder(allocator_, "client");
    EXPECT_EQ(holder.get(), aws_custom_key_op_handler_acquire(holder.get()));
    EXPECT_EQ(nullptr, aws_custom_key_op_handler_release(holder.get()));
    EXPECT_EQ(0, holder.destroyed);
    EXPECT_EQ(nullptr, aws_custom_key_op_handler_acquire(nullptr));
    EXPECT_EQ(nullptr, aws_custom_key_op_handler_release(nullptr));
}

TEST_F(TlsKeyOperationTest, BadArgumentsAreRefused) {
    KeyHolder holder(allocator_, "client");
    std::string text = Contents(Certificate("client.crt"));
    struct aws_byte_cursor certificate = CursorOf(text);
    struct aws_byte_cursor no_certificate = aws_byte_cursor_from_c_str("this is no PEM");
    struct aws_tls_ctx_options options = {};
    struct aws_custom_key_op_handler hollow = {};
    auto init = aws_tls_ctx_options_init_client_mtls_with_custom_key_operations;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, init(nullptr, allocator_, holder.get(), &certificate));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, init(&options, nullptr, holder.get(), &certificate));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, init(&options, allocator_, nullptr, &certificate));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, init(&options, allocator_, &hollow, &certificate));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, init(&options, allocator_, holder.get(), nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, init(&options, allocator_, holder.get(), &no_certificate));
    EXPECT_EQ(nullptr, options.custom_key_op_handler);

    struct aws_byte_cursor nothing = {};
    aws_tls_key_operation_complete(nullptr, nothing);
    aws_tls_key_operation_complete_with_error(nullptr, AWS_ERROR_UNKNOWN);
    aws_custom_key_op_handler_perform_operation(nullptr, nullptr);
    EXPECT_EQ(0u, aws_tls_key_operation_get_input(nullptr).len);
    EXPECT_EQ(AWS_TLS_KEY_OPERATION_UNKNOWN, aws_tls_key_operation_get_type(nullptr));
    EXPECT_EQ(AWS_TLS_SIGNATURE_UNKNOWN, aws_tls_key_operation_get_signature_algorithm(nullptr));
    EXPECT_EQ(AWS_TLS_HASH_UNKNOWN, aws_tls_key_operation_get_digest_algorithm(nullptr));
}

TEST_F(TlsKeyOperationTest, KeysThatNoHandlerCanUseAreRefused) {
    KeyHolder holder(allocator_, "pss");
    for (const char *name : {"pss", "ed25519"}) {
        SCOPED_TRACE(name);
        std::string text = Contents(Certificate(std::string(name) + ".crt"));
        struct aws_byte_cursor certificate = CursorOf(text);
        struct aws_tls_ctx_options options = {};
        ASSERT_EQ(
            AWS_OP_SUCCESS,
            aws_tls_ctx_options_init_client_mtls_with_custom_key_operations(
                &options, allocator_, holder.get(), &certificate));
        EXPECT_NULL_RAISES(AWS_IO_TLS_SIGNATURE_ALGORITHM_UNSUPPORTED, aws_tls_client_ctx_new(allocator_, &options));
        aws_tls_ctx_options_clean_up(&options);
    }
}

TEST_F(TlsKeyOperationTest, NamesForLogs) {
    EXPECT_STREQ("RSA_PSS", aws_tls_signature_algorithm_str(AWS_TLS_SIGNATURE_RSA_PSS));
    EXPECT_STREQ("SIGN", aws_tls_key_operation_type_str(AWS_TLS_KEY_OPERATION_SIGN));
    EXPECT_STREQ("DECRYPT", aws_tls_key_operation_type_str(AWS_TLS_KEY_OPERATION_DECRYPT));
}
