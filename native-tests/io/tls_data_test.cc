/* SPDX-License-Identifier: Apache-2.0 */
/* What is sent arrives: whole, in order, within the window, also when the connection ends at once. */
#include "support/tls_pair.h"

#include <aws/common/clock.h>
#include <aws/io/statistics.h>

TEST_F(TlsDataTest, tls_channel_echo_and_backpressure_test) {
    server_.window = 10;
    server_.grants = false;
    client_.window = 8;
    client_.grants = false;
    Meet(true);
    client_.Send("I am the one who writes");
    server_.Send("I am the one who answers");
    ASSERT_TRUE(server_.AwaitBytes(10));
    ASSERT_TRUE(client_.AwaitBytes(8));
    server_.Settle();
    client_.Settle();
    EXPECT_EQ("I am the o", server_.received);
    EXPECT_EQ("I am the", client_.received);
    server_.Grant(100);
    client_.Grant(100);
    ASSERT_TRUE(server_.AwaitBytes(23));
    ASSERT_TRUE(client_.AwaitBytes(24));
    EXPECT_EQ("I am the one who writes", server_.received);
    EXPECT_EQ("I am the one who answers", client_.received);
    Part();
}

/* A window that is smaller than a record must let the record come all the same. */
TEST_F(TlsDataTest, SmallWindowAndLargeRecords) {
    server_.window = 1000;
    Meet(true);
    std::string sent = Pattern(1 << 20);
    client_.Send(sent);
    ASSERT_TRUE(server_.AwaitBytes(sent.size()));
    EXPECT_TRUE(sent == server_.received);
    Part();
}

TEST_F(TlsDataTest, LargeBothWays) {
    Meet();
    std::string sent = Pattern(8 << 20);
    std::thread answer([&] { server_.Send(sent); });
    client_.Send(sent);
    answer.join();
    ASSERT_TRUE(server_.AwaitBytes(sent.size()));
    ASSERT_TRUE(client_.AwaitBytes(sent.size()));
    EXPECT_TRUE(sent == server_.received);
    EXPECT_TRUE(sent == client_.received);
    Part();
}

TEST_F(TlsDataTest, ManySmallMessages) {
    Meet();
    std::string all;
    RunOnLoop(client_.Loop(), [&] {
        for (int i = 0; i < 5000; ++i) {
            std::string text = std::to_string(i) + ";";
            all += text;
            EXPECT_EQ(AWS_OP_SUCCESS, client_.app->Send(text));
        }
    });
    ASSERT_TRUE(server_.AwaitBytes(all.size()));
    EXPECT_TRUE(all == server_.received);
    Part();
}

/* The message right behind the client's last flight reaches a server whose handler is put in by the callback. */
TEST_F(TlsDataTest, DataRightBehindTheHandshake) {
    client_.on_setup = [](TlsEnd &end) { EXPECT_EQ(AWS_OP_SUCCESS, end.app->Send("at once")); };
    Meet();
    ASSERT_TRUE(server_.AwaitBytes(7));
    EXPECT_EQ("at once", server_.received);
    Part();
}

TEST_F(TlsDataTest, WriteThenShutdownAtOnce) {
    Meet();
    std::string sent = Pattern(300000);
    RunOnLoop(server_.Loop(), [&] {
        EXPECT_EQ(AWS_OP_SUCCESS, server_.app->Send(sent));
        server_.Shutdown();
    });
    ASSERT_TRUE(client_.AwaitShutdown());
    ASSERT_TRUE(server_.AwaitShutdown());
    EXPECT_TRUE(sent == client_.received);
    EXPECT_EQ(AWS_ERROR_SUCCESS, client_.shutdown);
}

TEST_F(TlsDataTest, CompletionsComeOncePerMessage) {
    Meet();
    Monitor written;
    int count = 0;
    RunOnLoop(client_.Loop(), [&] {
        client_.app->on_written = [&](size_t, int error) {
            EXPECT_EQ(AWS_ERROR_SUCCESS, error);
            written.Change([&] { ++count; });
        };
        for (int i = 0; i < 10; ++i) {
            EXPECT_EQ(AWS_OP_SUCCESS, client_.app->Send(std::string(100, 'x')));
        }
    });
    ASSERT_TRUE(written.Await([&] { return count == 10; }));
    ASSERT_TRUE(server_.AwaitBytes(1000));
    Part();
    EXPECT_EQ(10, count);
}

TEST_F(TlsDataTest, ClosedWindowHoldsUpNoShutdownOfOurOwn) {
    client_.window = 8;
    client_.grants = false;
    Meet(true);
    server_.Send("twenty bytes of text");
    ASSERT_TRUE(client_.AwaitBytes(8));
    client_.Shutdown();
    ASSERT_TRUE(client_.AwaitShutdown());
    EXPECT_EQ(AWS_ERROR_SUCCESS, client_.shutdown);
    ASSERT_TRUE(server_.AwaitShutdown());
}

TEST_F(TlsDataTest, GarbageInPlaceOfARecord) {
    /* A client that has completed its handshake and then sends garbage: made by cutting in below TLS. */
    Meet();
    RunOnLoop(client_.Loop(), [&] {
        struct aws_channel_slot *socket_slot = aws_channel_get_first_slot(client_.channel);
        struct aws_channel_slot *tls_slot = socket_slot->adj_right;
        struct aws_io_message *message =
            aws_channel_acquire_message_from_pool(client_.channel, AWS_IO_MESSAGE_APPLICATION_DATA, 64);
        memset(message->message_data.buffer, 0x17, 64);
        message->message_data.buffer[1] = 3;
        message->message_data.buffer[2] = 3;
        message->message_data.buffer[3] = 0;
        message->message_data.buffer[4] = 59;
        message->message_data.len = 64;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_slot_send_message(tls_slot, message, AWS_CHANNEL_DIR_WRITE));
    });
    ASSERT_TRUE(server_.AwaitShutdown());
    EXPECT_STREQ("AWS_IO_TLS_ERROR_READ_FAILURE", aws_error_name(server_.shutdown));
    ASSERT_TRUE(client_.AwaitShutdown());
}

#if !defined(_WIN32)
/* Interoperation: `openssl s_client` gets back what it sends, under versions and with changes of keys. */
class TlsInteropTest : public TlsDataTest {
  protected:
    std::string AskByOpenssl(std::vector<std::string> more, const std::string &text) {
        server_.on_data = [](TlsEnd &end, const std::string &data) { EXPECT_EQ(AWS_OP_SUCCESS, end.app->Send(data)); };
        listener_ = Serve(&server_, ServerSettings("server"));
        std::vector<std::string> arguments = {
            "openssl",
            "s_client",
            "-connect",
            "127.0.0.1:" + std::to_string(listener_->port),
            "-servername",
            "localhost",
            "-CAfile",
            Certificate("ca.crt"),
            "-verify_return_error",
            "-quiet"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        int input[2];
        int output[2];
        EXPECT_EQ(0, pipe2(input, O_CLOEXEC));
        EXPECT_EQ(0, pipe2(output, O_CLOEXEC));
        std::string answer;
        {
            ChildProcess client(arguments, input[0], output[1]);
            close(input[0]);
            close(output[1]);
            std::thread writer([&] {
                for (size_t sent = 0; sent < text.size();) {
                    ssize_t count = write(input[1], text.data() + sent, text.size() - sent);
                    if (count <= 0) {
                        break;
                    }
                    sent += (size_t)count;
                }
            });
            char part[65536];
            ssize_t count;
            while (answer.size() < text.size() && (count = read(output[0], part, sizeof(part))) > 0) {
                answer.append(part, (size_t)count);
            }
            writer.join();
        }
        close(input[1]);
        close(output[0]);
        EXPECT_TRUE(server_.AwaitShutdown());
        return answer;
    }
};

TEST_F(TlsInteropTest, OpensslClientVersion13) {
    std::string text = Pattern(4 << 20);
    for (char &c : text) {
        c = (char)('a' + (unsigned char)c % 20);
    }
    EXPECT_TRUE(text == AskByOpenssl({"-tls1_3"}, text));
}

TEST_F(TlsInteropTest, OpensslClientVersion12) {
    std::string text(1 << 20, 'z');
    EXPECT_TRUE(text == AskByOpenssl({"-tls1_2"}, text));
}

/* `openssl s_server -www` answers over HTTP. */
TEST_F(TlsInteropTest, OpensslServer) {
    for (const char *version : {"-tls1_3", "-tls1_2"}) {
        OpensslServer server("server", {version, "-www"});
        TlsEnd end;
        end.on_setup = [](TlsEnd &self) { EXPECT_EQ(AWS_OP_SUCCESS, self.app->Send("GET / HTTP/1.0\r\n\r\n")); };
        Connect(&end, server.port, context_->get());
        ASSERT_TRUE(end.AwaitSetup());
        ASSERT_TRUE(end.AwaitShutdown());
        EXPECT_EQ(0u, end.received.find("HTTP/1.0 200")) << version;
        EXPECT_NE(std::string::npos, end.received.find("</HTML>"));
    }
}
#endif

TEST_F(TlsDataTest, tls_channel_statistics_test) {
    Meet();
    client_.Send("something");
    ASSERT_TRUE(server_.AwaitBytes(9));
    RunOnLoop(client_.Loop(), [&] {
        struct aws_channel_slot *tls = aws_channel_get_first_slot(client_.channel)->adj_right;
        struct aws_array_list list = {};
        ASSERT_EQ(AWS_OP_SUCCESS, aws_array_list_init_dynamic(&list, allocator_, 1, sizeof(void *)));
        tls->handler->vtable->gather_statistics(tls->handler, &list);
        struct aws_crt_statistics_tls *statistics = nullptr;
        ASSERT_EQ(AWS_OP_SUCCESS, aws_array_list_get_at(&list, &statistics, 0));
        EXPECT_EQ(AWSCRT_STAT_CAT_TLS, (int)statistics->category);
        EXPECT_EQ(AWS_TLS_NEGOTIATION_STATUS_SUCCESS, statistics->handshake_status);
        EXPECT_LT(0u, statistics->handshake_start_ns);
        EXPECT_LE(statistics->handshake_start_ns, statistics->handshake_end_ns);
        aws_array_list_clean_up(&list);
    });
    Part();
}
