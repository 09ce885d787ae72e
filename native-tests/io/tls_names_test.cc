/* SPDX-License-Identifier: Apache-2.0 */
/* Host names, from the program's options to what a server sees and what a certificate must say: ADR 18. */
#include "support/testing_channel.h"

#include "support/tls.h"

#include <array>
#include <utility>

/* The server name of a client, as it was on the wire. */
struct RequestedName {
    bool has_extension = false;
    std::string bytes;
};

/* Takes numbers and texts off the front of a message. */
class Cut {
  public:
    explicit Cut(std::string bytes) : rest_(std::move(bytes)) {
    }
    size_t Number(size_t size) {
        size_t number = 0;
        for (unsigned char byte : Take(size)) {
            number = number << 8 | byte;
        }
        return number;
    }
    std::string Take(size_t size) {
        EXPECT_LE(size, rest_.size());
        std::string taken = rest_.substr(0, size);
        rest_.erase(0, size);
        return taken;
    }
    /* A text behind its length, which has this many bytes. */
    std::string Vector(size_t size) {
        return Take(Number(size));
    }
    bool Empty() const {
        return rest_.empty();
    }

  private:
    std::string rest_;
};

/* RFC 8446, 4.1.2 and RFC 6066, 3. */
static RequestedName NameIn(const std::string &record) {
    Cut hello(record);
    hello.Take(5 + 4 + 2 + 32);
    hello.Vector(1);
    hello.Vector(2);
    hello.Vector(1);
    Cut extensions(hello.Vector(2));
    RequestedName name;
    while (!extensions.Empty()) {
        size_t type = extensions.Number(2);
        std::string content = extensions.Vector(2);
        if (type == 0) {
            Cut list(Cut(content).Vector(2));
            EXPECT_EQ(0u, list.Number(1)) << "a host name";
            name.has_extension = true;
            name.bytes = list.Vector(2);
            EXPECT_TRUE(list.Empty());
        }
    }
    return name;
}

static std::string ReadRecord(int fd) {
    std::string record;
    for (size_t wanted = 5; record.size() < wanted;) {
        char part[4096];
        ssize_t count = recv(fd, part, std::min(sizeof(part), wanted - record.size()), 0);
        if (count <= 0) {
            break;
        }
        record.append(part, (size_t)count);
        if (record.size() == 5) {
            wanted += (size_t)(unsigned char)record[3] << 8 | (unsigned char)record[4];
        }
    }
    return record;
}

class TlsNamesTest : public TlsTest {
  protected:
    /* How a client of this name fares with a server that shows this certificate: an error's name, or the name that the
     * server saw, behind an equals sign. */
    std::string Outcome(const std::string &certificate, const std::string &name, TlsSettings client = TlsSettings()) {
        TlsSettings server = ServerSettings(certificate);
        std::string chain = certificate + "_chain.crt";
        if (access(Certificate(chain).c_str(), R_OK) == 0) {
            server.certificate = chain;
        }
        TlsEnd server_end;
        TlsEnd client_end;
        TlsContext context(allocator_, false, client);
        auto listener = Serve(&server_end, server);
        Connect(&client_end, listener->port, context.get(), name);
        if (!client_end.AwaitSetup()) {
            EXPECT_TRUE(server_end.AwaitFailure());
            return aws_error_name(client_end.setup);
        }
        EXPECT_TRUE(server_end.AwaitSetup());
        client_end.Shutdown();
        EXPECT_TRUE(client_end.AwaitShutdown());
        EXPECT_TRUE(server_end.AwaitShutdown());
        return "=" + server_end.server_name;
    }

    void ExpectMismatch(const std::string &certificate, const std::string &name) {
        EXPECT_EQ("AWS_IO_TLS_HOST_NAME_MISMATCH", Outcome(certificate, name)) << certificate << " for " << name;
    }

    /* The name in the first message of a client, and its handler's own idea of it. */
    RequestedName Requested(const std::string &name, bool verify_peer = true) {
        int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        struct sockaddr_in address = Loopback(0);
        socklen_t length = sizeof(address);
        EXPECT_EQ(0, bind(listener, (struct sockaddr *)&address, sizeof(address)));
        EXPECT_EQ(0, getsockname(listener, (struct sockaddr *)&address, &length));
        EXPECT_EQ(0, listen(listener, 1));
        TlsEnd end;
        TlsSettings settings;
        settings.verify_peer = verify_peer;
        TlsContext context(allocator_, false, settings);
        Connect(&end, ntohs(address.sin_port), context.get(), name);
        int fd = accept(listener, nullptr, nullptr);
        RequestedName requested = NameIn(ReadRecord(fd));
        close(fd);
        close(listener);
        EXPECT_TRUE(end.AwaitFailure());
        return requested;
    }

    /* What the options make of a name. */
    std::string Kept(const std::string &name) {
        struct aws_tls_connection_options options = {};
        struct aws_byte_cursor cursor = CursorOf(name);
        std::string kept = "refused";
        if (aws_tls_connection_options_set_server_name(&options, allocator_, &cursor) == AWS_OP_SUCCESS) {
            kept.assign(aws_string_c_str(options.server_name), options.server_name->len);
        } else {
            EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, aws_last_error());
            EXPECT_EQ(nullptr, options.server_name);
        }
        aws_tls_connection_options_clean_up(&options);
        return kept;
    }

    static int CountOf(const std::string &word, const std::string &text) {
        int count = 0;
        for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
            ++count;
        }
        return count;
    }
};

TEST_F(TlsNamesTest, NamesAreNormalised) {
    EXPECT_EQ("example.com", Kept("Example.COM."));
    EXPECT_EQ("foo_bar.example.com", Kept("foo_bar.example.com"));
    EXPECT_EQ("127.0.0.1", Kept("127.0.0.1"));
    EXPECT_EQ("::1", Kept("0:0:0:0:0:0:0:1"));
    EXPECT_EQ("fe80::1", Kept("FE80::1%lo"));
    EXPECT_EQ("", Kept("")) << "an empty name is none, as in aws-c-io";
}

TEST_F(TlsNamesTest, WhatIsNoNameIsRefusedAtOnce) {
    std::string long_label = std::string(64, 'a') + ".example.com";
    std::string long_name;
    while (long_name.size() <= 253) {
        long_name += "a.";
    }
    for (const std::string &name :
         {std::string("."),
          std::string(".com"),
          std::string(".example.com"),
          std::string("a..b"),
          std::string("*.example.com"),
          std::string("b\xc3\xbc") + "cher.example",
          std::string("localhost\0.evil.example", 23),
          std::string("localhost%lo"),
          std::string("[::1]"),
          std::string("127.0.0.1."),
          std::string("127.1"),
          std::string("example.com:443"),
          std::string("https://example.com"),
          long_label,
          long_name + "aa"}) {
        EXPECT_EQ("refused", Kept(name)) << name;
    }
}

TEST_F(TlsNamesTest, ARefusedNameLeavesTheOneBefore) {
    struct aws_tls_connection_options options = {};
    struct aws_byte_cursor good = aws_byte_cursor_from_c_str("localhost");
    struct aws_byte_cursor bad = aws_byte_cursor_from_c_str(".com");
    struct aws_byte_cursor nowhere = {5, nullptr};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_tls_connection_options_set_server_name(&options, allocator_, &good));
    for (struct aws_byte_cursor *name : {&bad, &nowhere, (struct aws_byte_cursor *)nullptr}) {
        EXPECT_EQ(AWS_OP_ERR, aws_tls_connection_options_set_server_name(&options, allocator_, name));
        EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, aws_last_error());
        EXPECT_STREQ("localhost", aws_string_c_str(options.server_name));
    }
    aws_tls_connection_options_clean_up(&options);
}

/* The struct is the program's, so a name may come into it without a check. */
TEST_F(TlsNamesTest, ANameThatWasNotSetByTheFunctionIsCheckedAsWell) {
    TlsContext context(allocator_, false, TlsSettings());
    struct testing_channel testing;
    struct aws_testing_channel_options testing_options = {aws_high_res_clock_get_ticks};
    ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_init(&testing, allocator_, &testing_options));
    struct aws_channel_slot *slot = aws_channel_slot_new(testing.channel);
    struct aws_tls_connection_options options = {};
    aws_tls_connection_options_init_from_ctx(&options, context.get());
    for (const char *name : {".com", "b\xc3\xbc", "a..b", "*.example.com"}) {
        options.server_name = aws_string_new_from_c_str(allocator_, name);
        EXPECT_EQ(nullptr, aws_tls_client_handler_new(allocator_, &options, slot)) << name;
        EXPECT_STREQ("AWS_IO_TLS_CTX_ERROR", aws_error_name(aws_last_error())) << name;
        aws_string_destroy(options.server_name);
    }
    options.server_name = aws_string_new_from_c_str(allocator_, "LOCALHOST.");
    struct aws_channel_handler *handler = aws_tls_client_handler_new(allocator_, &options, slot);
    EXPECT_NE(nullptr, handler);
    aws_channel_handler_destroy(handler);
    aws_tls_connection_options_clean_up(&options);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_slot_remove(slot));
    EXPECT_EQ(AWS_OP_SUCCESS, testing_channel_clean_up(&testing));
}

/* RFC 6066, 3: a name without a dot at its end, and no address. */
TEST_F(TlsNamesTest, AServerSeesTheNormalisedName) {
    for (const auto &name : std::vector<std::array<const char *, 2>>{
             {"localhost", "localhost"},
             {"localhost.", "localhost"},
             {"WWW.Example.Com.", "www.example.com"},
             {"foo_bar.example.com", "foo_bar.example.com"},
             {"xn--BCHER-kva.example", "xn--bcher-kva.example"}}) {
        for (bool verify_peer : {true, false}) {
            RequestedName requested = Requested(name[0], verify_peer);
            EXPECT_TRUE(requested.has_extension) << name[0];
            EXPECT_EQ(name[1], requested.bytes);
        }
    }
}

TEST_F(TlsNamesTest, AServerIsNotAskedForAnAddress) {
    for (const char *name : {"127.0.0.1", "::1", "fe80::1%lo", "::ffff:127.0.0.1", ""}) {
        for (bool verify_peer : {true, false}) {
            EXPECT_FALSE(Requested(name, verify_peer).has_extension) << name;
        }
    }
}

TEST_F(TlsNamesTest, NamesThatTheCertificateHas) {
    for (const auto &name : std::vector<std::array<const char *, 2>>{
             {"localhost", "=localhost"},
             {"localhost.", "=localhost"},
             {"LocalHost", "=localhost"},
             {"a.example.com", "=a.example.com"},
             {"foo_bar.example.com", "=foo_bar.example.com"},
             {"_.example.com.", "=_.example.com"},
             {"xn--bcher-kva.example.com", "=xn--bcher-kva.example.com"},
             {"XN--bcher-kva.example", "=xn--bcher-kva.example"},
             {"127.0.0.1", "="},
             {"::1", "="},
             {"0::0:1", "="},
             {"fe80::1%lo", "="},
             {"fe80::1", "="}}) {
        EXPECT_EQ(name[1], Outcome("names", name[0])) << name[0];
    }
}

TEST_F(TlsNamesTest, NamesThatTheCertificateDoesNotHave) {
    for (const char *name :
         {"example.com",
          "a.b.example.com",
          "common.example",
          "anything.com",
          "anything",
          "foo.part.example",
          "a.b.stars.example",
          "x.leading.example",
          "mail.example",
          "uri.example",
          "127.0.0.9",
          "127.0.0.2",
          "::ffff:127.0.0.1",
          "::2"}) {
        ExpectMismatch("names", name);
    }
}

/* Such a name once made of the comparison one of suffixes. */
TEST_F(TlsNamesTest, APartOfANameIsNotTheName) {
    for (const char *name :
         {"com", "example.com", "evil.example.com", "b.evil.example.com", "x.a.b.evil.example.com"}) {
        ExpectMismatch("deep", name);
    }
    EXPECT_EQ("=a.b.evil.example.com", Outcome("deep", "a.b.evil.example.com"));
}

TEST_F(TlsNamesTest, TheCommonNameIsNotUsed) {
    for (const char *certificate : {"address_only", "mail_only", "common_name_only"}) {
        ExpectMismatch(certificate, "localhost");
    }
    EXPECT_EQ("=", Outcome("address_only", "127.0.0.1"));
    ExpectMismatch("mail_only", "127.0.0.1");
}

TEST_F(TlsNamesTest, AZeroByteEndsNoName) {
    ExpectMismatch("nul", "localhost");
    ExpectMismatch("nul", "localhost.evil.example");
}

/* Constraints are the chain's, and hold for what names the host. */
TEST_F(TlsNamesTest, NameConstraintsHoldForNamesAndNotForTheCommonName) {
    EXPECT_EQ("=www.example.com", Outcome("inside", "www.example.com"));
    EXPECT_EQ("=", Outcome("inside_address", "127.0.0.1"));
    EXPECT_EQ("AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN", Outcome("outside", "localhost"));
}

TEST_F(TlsNamesTest, ACertificateForAnotherHostFailsForThat) {
    ExpectMismatch("expired", "elsewhere.example");
    ExpectMismatch("future", "elsewhere.example");
    EXPECT_EQ("AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND", Outcome("untrusted", "elsewhere.example"));
    EXPECT_EQ("AWS_IO_TLS_CERTIFICATE_EXPIRED", Outcome("expired", "localhost"));
}

TEST_F(TlsNamesTest, WithoutVerificationNamesAreNotChecked) {
    TlsSettings client;
    client.verify_peer = false;
    for (const char *certificate : {"names", "deep", "nul", "common_name_only", "untrusted"}) {
        EXPECT_EQ("=elsewhere.example", Outcome(certificate, "elsewhere.example", client)) << certificate;
        EXPECT_EQ("=", Outcome(certificate, "", client)) << certificate;
    }
}

/* A session is for the name that it was verified for. */
TEST_F(TlsNamesTest, SessionsUseTheNormalisedName) {
    OpensslServer server("names");
    TlsContext context(allocator_, false, TlsSettings());
    auto visit = [&](const char *name) {
        TlsEnd end;
        Connect(&end, server.port, context.get(), name);
        ASSERT_TRUE(end.AwaitSetup()) << name << ": " << aws_error_name(end.setup);
        server.Say("word\n");
        ASSERT_TRUE(end.AwaitBytes(5));
        end.Shutdown();
        ASSERT_TRUE(end.AwaitShutdown());
    };
    for (const char *name : {"localhost", "localhost.", "LOCALHOST", "::1", "0::1", "127.0.0.1", "a.example.com"}) {
        visit(name);
    }
    EXPECT_EQ(3, CountOf("Reused session-id", server.Stop())) << "localhost twice, ::1 once";
}

TEST_F(TlsNamesTest, ASessionOfOneNameIsNotUsedForAnother) {
    OpensslServer server("names");
    for (bool verify_first : {true, false}) {
        TlsSettings first;
        first.verify_peer = verify_first;
        TlsContext first_context(allocator_, false, first);
        TlsContext verifying(allocator_, false, TlsSettings());
        const char *names[] = {verify_first ? "localhost" : "elsewhere.example", "elsewhere.example"};
        TlsEnd before;
        Connect(&before, server.port, first_context.get(), names[0]);
        ASSERT_TRUE(before.AwaitSetup());
        server.Say("word\n");
        ASSERT_TRUE(before.AwaitBytes(5));
        before.Shutdown();
        ASSERT_TRUE(before.AwaitShutdown());

        TlsEnd after;
        Connect(&after, server.port, verify_first ? first_context.get() : verifying.get(), names[1]);
        ASSERT_TRUE(after.AwaitFailure());
        EXPECT_STREQ("AWS_IO_TLS_HOST_NAME_MISMATCH", aws_error_name(after.setup));
    }
    EXPECT_EQ(0, CountOf("Reused session-id", server.Stop()));
}
