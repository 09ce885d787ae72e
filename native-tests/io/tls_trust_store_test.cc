/* SPDX-License-Identifier: Apache-2.0 */
/* Which certificates are trusted when a program names none, or a directory: the system's, or those that the environment
 * names. */
#include "support/captured_log.h"
#include "support/environment.h"
#include "support/key_holder.h"
#include "support/tls.h"

class TlsTrustStoreTest : public TlsTest {
  protected:
    struct aws_tls_ctx *MakeDefault() {
        struct aws_tls_ctx_options options = {};
        aws_tls_ctx_options_init_default_client(&options, allocator_);
        struct aws_tls_ctx *context = aws_tls_client_ctx_new(allocator_, &options);
        aws_tls_ctx_options_clean_up(&options);
        return context;
    }

    /* Whether a client of these settings takes the certificate of a server. */
    bool Accepts(struct aws_tls_ctx *context, const std::string &server = "ec256") {
        TlsEnd server_end;
        TlsEnd client_end;
        auto listener = Serve(&server_end, ServerSettings(server));
        Connect(&client_end, listener->port, context);
        bool is_accepted = client_end.AwaitSetup();
        if (is_accepted) {
            EXPECT_TRUE(server_end.AwaitSetup());
            client_end.Shutdown();
            EXPECT_TRUE(client_end.AwaitShutdown());
            EXPECT_TRUE(server_end.AwaitShutdown());
        } else {
            EXPECT_EQ(AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND, client_end.setup) << aws_error_name(client_end.setup);
            EXPECT_TRUE(server_end.AwaitFailure());
        }
        return is_accepted;
    }

    bool DefaultAccepts(const std::string &server = "ec256") {
        struct aws_tls_ctx *context = MakeDefault();
        EXPECT_NE(nullptr, context) << aws_error_name(aws_last_error());
        bool is_accepted = context != nullptr && Accepts(context, server);
        aws_tls_ctx_release(context);
        return is_accepted;
    }

    /* Every context fails, and the log says for which file. */
    void ExpectNothingToTrust(const std::string &file) {
        CapturedLog log(allocator_, AWS_LL_ERROR);
        for (int round = 0; round < 2; ++round) {
            EXPECT_NULL_RAISES(AWS_IO_TLS_CTX_ERROR, MakeDefault());
        }
        EXPECT_TRUE(log.Holds(file)) << log.End();
    }

    std::string Damaged(const std::string &name) {
        std::string text = Contents(Certificate(name));
        return text.erase(text.find("-----END") - 30, 4);
    }

    const std::string ca_ = Contents(Certificate("ca.crt"));
    const std::string other_ca_ = Contents(Certificate("other_ca.crt"));
    TemporaryDirectory directory_;
    Variable bundle_{"AWS_CA_BUNDLE"};
    Variable file_{"SSL_CERT_FILE"};
    Variable hashed_{"SSL_CERT_DIR"};
};

TEST_F(TlsTrustStoreTest, the_environment_names_a_file) {
    file_.Set(Certificate("ca.crt"));
    EXPECT_TRUE(DefaultAccepts());
    file_.Set(Certificate("other_ca.crt"));
    EXPECT_FALSE(DefaultAccepts());
    EXPECT_TRUE(DefaultAccepts("untrusted"));
}

TEST_F(TlsTrustStoreTest, the_environment_names_directories) {
    hashed_.Set("/nowhere::" + directory_.Path() + ":" + Certificate("trusted"));
    file_.Set(Certificate("other_ca.crt"));
    EXPECT_TRUE(DefaultAccepts());
    EXPECT_TRUE(DefaultAccepts("untrusted")) << "the file counts beside the directories";
    hashed_.Set(directory_.Path());
    EXPECT_FALSE(DefaultAccepts());
}

TEST_F(TlsTrustStoreTest, a_bundle_takes_the_place_of_all_else) {
    file_.Set(Certificate("ca.crt"));
    hashed_.Set(Certificate("trusted"));
    bundle_.Set(Certificate("other_ca.crt"));
    EXPECT_FALSE(DefaultAccepts());
    EXPECT_TRUE(DefaultAccepts("untrusted"));
    bundle_.Set(Certificate("trusted"));
    file_.Set(Certificate("other_ca.crt"));
    EXPECT_TRUE(DefaultAccepts()) << "a bundle may be a directory";
    EXPECT_FALSE(DefaultAccepts("untrusted"));
    bundle_.Set("");
    EXPECT_TRUE(DefaultAccepts("untrusted")) << "an empty variable says nothing";
}

TEST_F(TlsTrustStoreTest, a_trust_store_of_the_program_ignores_the_environment) {
    bundle_.Set(Certificate("other_ca.crt"));
    TlsContext context(allocator_, false, TlsSettings());
    ASSERT_NE(nullptr, context.get());
    EXPECT_TRUE(Accepts(context.get()));
}

TEST_F(TlsTrustStoreTest, a_file_that_changes_is_read_again) {
    directory_.Write("bundle.pem", other_ca_);
    bundle_.Set(directory_.Path("bundle.pem"));
    struct aws_tls_ctx *before = MakeDefault();
    ASSERT_NE(nullptr, before);
    directory_.Write("bundle.pem", "new\n" + ca_ + other_ca_);
    EXPECT_TRUE(DefaultAccepts());
    EXPECT_FALSE(Accepts(before)) << "a context keeps what it was made with";
    aws_tls_ctx_release(before);
    directory_.Write("bundle.pem", "nothing");
    ExpectNothingToTrust(directory_.Path("bundle.pem"));
}

TEST_F(TlsTrustStoreTest, damaged_certificates_are_left_out_with_a_warning) {
    std::string garbage = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    std::string cut = other_ca_.substr(0, other_ca_.size() / 2) + "\n";
    for (const std::string &damaged : {garbage, cut, Damaged("other_ca.crt")}) {
        for (const std::string &text : {damaged + ca_, other_ca_ + damaged + ca_, ca_ + damaged}) {
            directory_.Write("bundle.pem", text);
            file_.Set(directory_.Path("bundle.pem"));
            CapturedLog log(allocator_, AWS_LL_WARN);
            EXPECT_TRUE(DefaultAccepts());
            size_t place = 1;
            for (size_t at = 0; (at = text.find("-----BEGIN", at)) < text.find(damaged); ++at) {
                ++place;
            }
            EXPECT_TRUE(log.Holds(
                "certificate " + std::to_string(place) + " of '" + directory_.Path("bundle.pem") + "' is damaged"))
                << log.End();
        }
    }
}

/* Certificates of the file are decoded when a chain asks for them. */
TEST_F(TlsTrustStoreTest, damage_further_in_is_found_when_a_chain_asks) {
    std::string damaged = other_ca_;
    size_t serial_number = damaged.find('\n', damaged.find("-----BEGIN")) + 1 + 16;
    ASSERT_EQ("AgI", damaged.substr(serial_number, 3)) << "the version's end, and the number's tag";
    damaged[serial_number + 2] = 'Q';
    std::string path = directory_.Path("bundle.pem");
    directory_.Write("bundle.pem", damaged + ca_);
    file_.Set(path);
    {
        CapturedLog log(allocator_, AWS_LL_WARN);
        EXPECT_TRUE(DefaultAccepts());
        EXPECT_FALSE(log.Holds("is damaged")) << log.End();
    }
    CapturedLog log(allocator_, AWS_LL_WARN);
    EXPECT_FALSE(DefaultAccepts("untrusted"));
    EXPECT_TRUE(log.Holds("certificate 1 of '" + path + "' is damaged")) << log.End();
}

TEST_F(TlsTrustStoreTest, nothing_usable_fails_the_context_and_names_the_file) {
    std::string path = directory_.Path("bundle.pem");
    bundle_.Set(path);
    ExpectNothingToTrust(path);
    for (const std::string &text :
         {std::string(), std::string("no PEM"), Damaged("ca.crt"), Contents(Certificate("ec256.key"))}) {
        directory_.Write("bundle.pem", text);
        ExpectNothingToTrust(path);
    }
    bundle_.Set(directory_.Path());
    ExpectNothingToTrust(directory_.Path());
    bundle_.Set("");
    file_.Set("/nowhere/bundle.pem");
    hashed_.Set("/nowhere/certs");
    ExpectNothingToTrust("/nowhere/bundle.pem");
    ExpectNothingToTrust("/nowhere/certs");
}

TEST_F(TlsTrustStoreTest, an_unreadable_file_is_ignored_beside_a_directory) {
    file_.Set("/nowhere/bundle.pem");
    hashed_.Set(Certificate("trusted"));
    CapturedLog log(allocator_, AWS_LL_WARN);
    EXPECT_TRUE(DefaultAccepts());
    EXPECT_TRUE(log.Holds("'/nowhere/bundle.pem'")) << log.End();
}

TEST_F(TlsTrustStoreTest, servers_too_trust_what_the_environment_names) {
    bundle_.Set(Certificate("ca.crt"));
    TlsSettings server = ServerSettings("ec256");
    server.verify_peer = true;
    server.trusted = "";
    TlsSettings client;
    client.certificate = "client.crt";
    client.key = "client.key";
    TlsEnd server_end;
    TlsEnd client_end;
    TlsContext context(allocator_, false, client);
    auto listener = Serve(&server_end, server);
    Connect(&client_end, listener->port, context.get());
    EXPECT_TRUE(server_end.AwaitSetup());
    ASSERT_TRUE(client_end.AwaitSetup());
    client_end.Shutdown();
    EXPECT_TRUE(client_end.AwaitShutdown());
    EXPECT_TRUE(server_end.AwaitShutdown());
}

/* Directories are read while handshakes go on: each new store begins with nothing. */
class TlsTrustDirectoryTest : public TlsTrustStoreTest {
  protected:
    struct aws_tls_ctx *MakeTrusting(const std::string &directories, KeyHolder *holder = nullptr) {
        std::string certificate = Contents(Certificate("client.crt"));
        struct aws_byte_cursor cursor = CursorOf(certificate);
        struct aws_tls_ctx_options options = {};
        if (holder == nullptr) {
            aws_tls_ctx_options_init_default_client(&options, allocator_);
        } else {
            EXPECT_EQ(
                AWS_OP_SUCCESS,
                aws_tls_ctx_options_init_client_mtls_with_custom_key_operations(
                    &options, allocator_, holder->get(), &cursor));
        }
        EXPECT_EQ(
            AWS_OP_SUCCESS,
            aws_tls_ctx_options_override_default_trust_store_from_path(&options, directories.c_str(), nullptr));
        struct aws_tls_ctx *context = aws_tls_client_ctx_new(allocator_, &options);
        EXPECT_NE(nullptr, context);
        aws_tls_ctx_options_clean_up(&options);
        return context;
    }

    /* Several handshakes: the first reads the file, the others find it read. */
    void ExpectAccepted(const std::string &directories, bool expected) {
        struct aws_tls_ctx *context = MakeTrusting(directories);
        for (int round = 0; round < 3; ++round) {
            EXPECT_EQ(expected, Accepts(context)) << directories;
        }
        aws_tls_ctx_release(context);
    }

    std::string HashedName(const std::string &number) {
        for (const auto &entry : std::filesystem::directory_iterator(Certificate("trusted"))) {
            return entry.path().filename().replace_extension(number).string();
        }
        return "";
    }
};

TEST_F(TlsTrustDirectoryTest, the_certificate_that_a_chain_asks_for_is_read) {
    ExpectAccepted(Certificate("trusted"), true);
    ExpectAccepted(Certificate("trusted") + "/", true);
    ExpectAccepted("/nowhere:" + Certificate("trusted"), true);
    ExpectAccepted(directory_.Path(), false);
    ExpectAccepted("/nowhere", false);
}

TEST_F(TlsTrustDirectoryTest, files_of_the_same_hash_are_all_read) {
    directory_.Write(HashedName("0"), other_ca_);
    directory_.Write(HashedName("1"), Damaged("ca.crt"));
    directory_.Write(HashedName("2"), "\t" + ca_);
    ExpectAccepted(directory_.Path(), true);
    std::filesystem::remove(directory_.Path(HashedName("1")));
    ExpectAccepted(directory_.Path(), false);
}

TEST_F(TlsTrustDirectoryTest, a_certificate_that_comes_later_counts) {
    struct aws_tls_ctx *context = MakeTrusting(directory_.Path());
    EXPECT_FALSE(Accepts(context));
    directory_.Write(HashedName("0"), ca_);
    EXPECT_TRUE(Accepts(context));
    aws_tls_ctx_release(context);
}

TEST_F(TlsTrustDirectoryTest, contexts_of_many_threads_share_one_store) {
    file_.Set("/nowhere");
    hashed_.Set(Certificate("trusted"));
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([this] {
            for (int round = 0; round < 5; ++round) {
                EXPECT_TRUE(DefaultAccepts());
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
}

/* Such handshakes run on a stack of their own, where no managed code may. */
TEST_F(TlsTrustDirectoryTest, it_is_read_beside_a_key_of_the_programs) {
    KeyHolder holder(allocator_, "client");
    holder.on_operation = [&](const KeyWork &work) { KeyHolder::Complete(work, holder.Perform(work)); };
    struct aws_tls_ctx *context = MakeTrusting(Certificate("trusted"), &holder);
    TlsSettings server = ServerSettings("ec256");
    server.verify_peer = true;
    {
        TlsEnd server_end;
        TlsEnd client_end;
        auto listener = Serve(&server_end, server);
        Connect(&client_end, listener->port, context);
        EXPECT_TRUE(server_end.AwaitSetup());
        ASSERT_TRUE(client_end.AwaitSetup());
        client_end.Shutdown();
        EXPECT_TRUE(client_end.AwaitShutdown());
        EXPECT_TRUE(server_end.AwaitShutdown());
    }
    aws_tls_ctx_release(context);
    holder.ReleaseHold();
}
