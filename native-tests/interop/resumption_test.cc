/* SPDX-License-Identifier: Apache-2.0 */
/* Resumption between two ends of ours, seen by what the client has to read: no certificate comes. */
#include "interop/interop.h"

#include <aws/io/statistics.h>

class ResumptionTest : public InteropTest {
  protected:
    /* Bytes that the client read in its handshake. */
    uint64_t HandshakeBytes(uint32_t port, struct aws_tls_ctx *context, const std::string &name = "localhost") {
        TlsEnd end;
        uint64_t bytes = 0;
        end.on_setup = [&](TlsEnd &self) {
            struct aws_channel_handler *socket = aws_channel_get_first_slot(self.channel)->handler;
            struct aws_array_list list = {};
            EXPECT_EQ(AWS_OP_SUCCESS, aws_array_list_init_dynamic(&list, allocator_, 1, sizeof(void *)));
            socket->vtable->gather_statistics(socket, &list);
            struct aws_crt_statistics_socket *statistics = nullptr;
            EXPECT_EQ(AWS_OP_SUCCESS, aws_array_list_get_at(&list, &statistics, 0));
            bytes = statistics->bytes_read;
            aws_array_list_clean_up(&list);
            EXPECT_EQ(AWS_OP_SUCCESS, self.app->Send("GET /about \r\n\r\n"));
        };
        Connect(&end, port, context, name);
        EXPECT_TRUE(end.AwaitSetup()) << aws_error_name(end.setup);
        EXPECT_TRUE(end.AwaitShutdown());
        EXPECT_NE(std::string::npos, end.received.find("protocol=\n"));
        return bytes;
    }
};

TEST_F(ResumptionTest, SecondHandshakeHasNoCertificate) {
    WebServer web(allocator_, server_group_->get(), ServerSettings("rsa4096"));
    TlsContext context(allocator_, false, TlsSettings());
    EXPECT_LT(1500u, HandshakeBytes(web.port, context.get()));
    for (int i = 0; i < 5; ++i) {
        EXPECT_GT(600u, HandshakeBytes(web.port, context.get()));
    }
}

TEST_F(ResumptionTest, WithAClientsCertificate) {
    TlsSettings settings = ServerSettings("rsa4096");
    settings.verify_peer = true;
    WebServer web(allocator_, server_group_->get(), settings);
    TlsContext context(allocator_, false, WithCertificate());
    EXPECT_LT(1500u, HandshakeBytes(web.port, context.get()));
    EXPECT_GT(600u, HandshakeBytes(web.port, context.get()));
}

/* A server that was restarted does not know old tickets. */
TEST_F(ResumptionTest, AnUnknownTicketGivesAFullHandshake) {
    TlsContext context(allocator_, false, TlsSettings());
    for (int i = 0; i < 3; ++i) {
        WebServer web(allocator_, server_group_->get(), ServerSettings("rsa4096"));
        EXPECT_LT(1500u, HandshakeBytes(web.port, context.get()));
        EXPECT_GT(600u, HandshakeBytes(web.port, context.get()));
    }
}

/* A client remembers 256 hosts. */
TEST_F(ResumptionTest, TheOldestHostsAreForgotten) {
    WebServer web(allocator_, server_group_->get(), ServerSettings("server"));
    TlsContext context(allocator_, false, TlsSettings());
    auto name = [](int i) { return "host" + std::to_string(i) + ".wild.example"; };
    const int hosts = 260;
    for (int i = 0; i < hosts; ++i) {
        EXPECT_LT(1000u, HandshakeBytes(web.port, context.get(), name(i)));
    }
    EXPECT_GT(600u, HandshakeBytes(web.port, context.get(), name(hosts - 1)));
    EXPECT_GT(600u, HandshakeBytes(web.port, context.get(), name(hosts - 256)));
    EXPECT_LT(1000u, HandshakeBytes(web.port, context.get(), name(0)));
}

TEST_F(ResumptionTest, CanBeSwitchedOff) {
    setenv("RESEAU_TLS_RESUMPTION", "off", 1);
    {
        WebServer web(allocator_, server_group_->get(), ServerSettings("server"));
        TlsContext context(allocator_, false, TlsSettings());
        EXPECT_LT(1000u, HandshakeBytes(web.port, context.get()));
        EXPECT_LT(1000u, HandshakeBytes(web.port, context.get()));
    }
    unsetenv("RESEAU_TLS_RESUMPTION");
}
