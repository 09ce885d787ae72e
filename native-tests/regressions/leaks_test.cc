/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ten thousand of each thing, one after the other: the process then has the handles that it had after the first
 * thousand, and the memory. On Windows there are fewer of each, and more than ten thousand in all: Wine needs a
 * millisecond for what Linux does in a tenth of that. RESEAU_LEAK_CYCLES=N makes N of each.
 */
#include "support/portable.h"
#include "support/reseau_peer.h"
#include "support/sockets.h"

#include <aws/io/host_resolver.h>
#include <aws/io/pipe.h>
#include <aws/io/tls_channel_handler.h>

#include <cstdlib>

namespace {

/* What caches of the system's and of the C library's may still add. A leak of 16 bytes a time is more. */
constexpr size_t kTolerance = 96 * 1024;

/* So many ids of the reseau surface are given out until those of closed objects, and their records, are used again. */
constexpr int kKeptIds = 1100;

/* Handles of the system's and of the runtime's that are made once, some time. */
constexpr int kHandlesMadeLate = 4;

int CyclesOr(int otherwise) {
    const char *text = getenv("RESEAU_LEAK_CYCLES");
    return text != nullptr ? atoi(text) : otherwise;
}

/*
 * The least of several looks, until one is as expected: handles of what has just been closed may need a moment, and so
 * may memory of what the loop has still to take back from the system.
 */
template <class Amount> Amount Fewest(Amount (*count)(), Amount expected, int tries) {
    Amount fewest = count();
    for (int i = 0; i < tries && fewest > expected; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        fewest = std::min(fewest, count());
    }
    return fewest;
}

class Leaks : public ::testing::Test {
  protected:
    void SetUp() override {
        allocator_ = aws_default_allocator();
        aws_io_library_init(allocator_);
        group_ = std::make_unique<LoopGroup>(allocator_);
        loop_ = group_->loop();
    }

    void TearDown() override {
        group_.reset();
        EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_join_all_managed());
        aws_io_library_clean_up();
    }

    static void Times(int count, const FunctionReference &once) {
        for (int i = 0; i < count && !HasFailure(); ++i) {
            once();
        }
    }

    /* The first tenth fills what is kept for the next. */
    static void Repeat(int count, int count_on_windows, const FunctionReference &once) {
#if defined(_WIN32)
        count = count_on_windows;
#else
        (void)count_on_windows;
#endif
        count = CyclesOr(count);
        Times(count / 10, once);
        const int handles = Fewest(open_handles, 0, 10);
        const size_t memory = Fewest(memory_in_use, (size_t)0, 10);
        Times(count - count / 10, once);
        const int max_handles = handles + kHandlesMadeLate;
        const size_t max_memory = memory + kTolerance;
        EXPECT_LE(Fewest(open_handles, max_handles, 500 * TimeoutScale()), max_handles);
        EXPECT_LE(Fewest(memory_in_use, max_memory, 500 * TimeoutScale()), max_memory);
    }

    void Connect(Listener &listener, const struct aws_socket_options &options) {
        OwnedSocket client(allocator_, options);
        ConnectResult connected;
        ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(client, listener.endpoint(), loop_, ConnectResult::Callback, &connected));
        OwnedSocket server(allocator_, listener.Take());
        ASSERT_TRUE(connected.called.Wait());
        ASSERT_EQ(0, connected.error);
        Send(client, server);
    }

    /* A byte from one socket to the other, which is not on the loop yet. */
    void Send(struct aws_socket *from, struct aws_socket *to) {
        Signal has_come;
        auto on_readable = [](struct aws_socket *socket, int, void *arg) {
            char byte = 0;
            struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(&byte, 1);
            size_t amount = 0;
            if (aws_socket_read(socket, &buffer, &amount) == AWS_OP_SUCCESS && amount == 1) {
                static_cast<Signal *>(arg)->Raise();
            }
        };
        struct aws_byte_cursor byte = aws_byte_cursor_from_c_str("x");
        auto on_written = [](struct aws_socket *, int error, size_t, void *) { EXPECT_EQ(0, error); };
        RunOnLoop(loop_, [&] {
            ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(to, loop_));
            ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_subscribe_to_readable_events(to, on_readable, &has_come));
            ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_write(from, &byte, on_written, nullptr));
        });
        ASSERT_TRUE(has_come.Wait());
    }

    struct aws_allocator *allocator_ = nullptr;
    std::unique_ptr<LoopGroup> group_;
    struct aws_event_loop *loop_ = nullptr;
};

} // namespace

TEST_F(Leaks, of_tcp_connections) {
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM);
    Listener listener(allocator_, loop_, options);
    Repeat(10000, 4000, [&] { Connect(listener, options); });
}

TEST_F(Leaks, of_local_connections) {
    struct aws_socket_options options = SocketOptions(AWS_SOCKET_LOCAL, AWS_SOCKET_STREAM);
    Listener listener(allocator_, loop_, options);
    Repeat(10000, 3000, [&] { Connect(listener, options); });
}

TEST_F(Leaks, of_datagram_sockets) {
    Repeat(10000, 4000, [&] {
        OwnedSocket receiver(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM));
        struct aws_socket_endpoint name = BindToAny(receiver);
        OwnedSocket sender(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM));
        ConnectResult connected;
        ASSERT_EQ(AWS_OP_SUCCESS, ConnectTo(sender, name, loop_, ConnectResult::Callback, &connected));
        ASSERT_TRUE(connected.called.Wait());
        Send(sender, receiver);
    });
}

TEST_F(Leaks, of_listeners) {
    Repeat(
        10000, 3000, [&] { Listener listener(allocator_, loop_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM)); });
}

TEST_F(Leaks, of_pipes) {
    Repeat(10000, 5000, [&] {
        struct aws_pipe_read_end read = {};
        struct aws_pipe_write_end write = {};
        ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_init(&read, loop_, &write, loop_, allocator_));
        auto on_readable = [](struct aws_pipe_read_end *, int, void *) {};
        RunOnLoop(loop_, [&] {
            char byte = 0;
            struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(&byte, 1);
            ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_subscribe_to_readable_events(&read, on_readable, nullptr));
            ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_write(&write, aws_byte_cursor_from_c_str("x"), nullptr, nullptr));
            ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_read(&read, &buffer, nullptr));
            ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_clean_up_read_end(&read));
            ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_clean_up_write_end(&write));
        });
    });
}

TEST_F(Leaks, of_loops) {
    Repeat(10000, 1000, [&] {
        RunningLoop loop(allocator_);
        RunOnLoop(loop, [] {});
    });
}

TEST_F(Leaks, of_lookups) {
    struct aws_string *numbers = aws_string_new_from_c_str(allocator_, "127.0.0.1");
    struct aws_string *name = aws_string_new_from_c_str(allocator_, "localhost");
    bool is_number = false;
    Repeat(10000, 5000, [&] {
        struct aws_array_list found;
        aws_array_list_init_dynamic(&found, allocator_, 4, sizeof(struct aws_host_address));
        is_number = !is_number;
        ASSERT_EQ(AWS_OP_SUCCESS, aws_default_dns_resolve(allocator_, is_number ? numbers : name, &found, nullptr));
        struct aws_host_address address;
        for (size_t i = 0; i < aws_array_list_length(&found); ++i) {
            aws_array_list_get_at(&found, &address, i);
            aws_host_address_clean_up(&address);
        }
        aws_array_list_clean_up(&found);
    });
    aws_string_destroy(numbers);
    aws_string_destroy(name);
}

TEST_F(Leaks, of_resolvers) {
    Repeat(2000, 300, [&] {
        struct aws_host_resolver_default_options options = {};
        options.max_entries = 8;
        options.el_group = group_->get();
        Signal gone;
        struct aws_shutdown_callback_options shutdown = {};
        shutdown.shutdown_callback_fn = [](void *arg) { static_cast<Signal *>(arg)->Raise(); };
        shutdown.shutdown_callback_user_data = &gone;
        options.shutdown_options = &shutdown;
        struct aws_host_resolver *resolver = aws_host_resolver_new_default(allocator_, &options);
        struct aws_string *name = aws_string_new_from_c_str(allocator_, "127.0.0.1");
        Signal resolved;
        auto on_resolved = [](struct aws_host_resolver *,
                              const struct aws_string *,
                              int error,
                              const struct aws_array_list *,
                              void *arg) {
            EXPECT_EQ(0, error);
            static_cast<Signal *>(arg)->Raise();
        };
        struct aws_host_resolution_config config = aws_host_resolver_init_default_resolution_config();
        ASSERT_EQ(AWS_OP_SUCCESS, aws_host_resolver_resolve_host(resolver, name, on_resolved, &config, &resolved));
        ASSERT_TRUE(resolved.Wait());
        aws_string_destroy(name);
        aws_host_resolver_release(resolver);
        ASSERT_TRUE(gone.Wait());
    });
}

TEST_F(Leaks, of_tls_contexts) {
    Repeat(3000, 800, [&] {
        struct aws_tls_ctx_options options;
        aws_tls_ctx_options_init_default_client(&options, allocator_);
        ASSERT_EQ(
            AWS_OP_SUCCESS,
            aws_tls_ctx_options_override_default_trust_store_from_path(
                &options, nullptr, RESEAU_TEST_CERTIFICATES "/ca.crt"));
        ASSERT_EQ(AWS_OP_SUCCESS, aws_tls_ctx_options_set_alpn_list(&options, "h2;http/1.1"));
        struct aws_tls_ctx *context = aws_tls_client_ctx_new(allocator_, &options);
        ASSERT_NE(nullptr, context);
        aws_tls_ctx_options_clean_up(&options);
        aws_tls_ctx_release(context);
    });
}

/* Clients that send their first message and get an answer that is no TLS. */
TEST_F(Leaks, of_tls_sessions) {
    struct reseau_options answer = reseau_options_default();
    answer.on_data = [](reseau_id connection, const void *, size_t length, void *) {
        reseau_write(connection, "what?", 5);
        reseau_close(connection);
        return length;
    };
    reseau_id listener = reseau_listen("127.0.0.1", 0, &answer);
    ASSERT_GT(listener, 0);
    struct reseau_tls_options tls = reseau_tls_options_default();
    tls.ca_file = RESEAU_TEST_CERTIFICATES "/ca.crt";
    struct reseau_options options = reseau_options_default();
    options.tls = &tls;
    auto once = [&] {
        reseau_id connection = reseau_connect("127.0.0.1", PortOf(listener), &options);
        ASSERT_LT(connection, 0);
        ASSERT_NE(RESEAU_ERROR_REFUSED, connection);
    };
    Times(kKeptIds, once);
    Repeat(2000, 1000, once);
    reseau_close(listener);
    reseau_wait_closed(listener, RESEAU_FOREVER);
}

TEST_F(Leaks, of_connections_of_the_reseau_surface) {
    reseau_id listener = reseau_listen("127.0.0.1", 0, nullptr);
    ASSERT_GT(listener, 0);
    auto once = [&] {
        reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
        ASSERT_GT(client, 0) << reseau_error_name(client);
        reseau_id server = reseau_accept(listener, RESEAU_FOREVER);
        ASSERT_GT(server, 0) << reseau_error_name(server);
        ASSERT_EQ(1, reseau_write(client, "x", 1));
        ASSERT_EQ("x", ReadExactly(server, 1));
        ASSERT_EQ(0, reseau_close(client));
        ASSERT_EQ("", ReadAll(server));
        ASSERT_EQ(0, reseau_close(server));
        ASSERT_EQ(0, reseau_wait_closed(client, RESEAU_FOREVER));
        ASSERT_EQ(0, reseau_wait_closed(server, RESEAU_FOREVER));
    };
    Times(kKeptIds / 2, once);
    Repeat(10000, 3000, once);
    reseau_close(listener);
    reseau_wait_closed(listener, RESEAU_FOREVER);
}

TEST_F(Leaks, of_datagram_sockets_of_the_reseau_surface) {
    auto once = [&] {
        reseau_id receiver = reseau_datagram_bind("127.0.0.1", 0, nullptr);
        ASSERT_GT(receiver, 0) << reseau_error_name(receiver);
        ASSERT_EQ(0, reseau_close(receiver));
        ASSERT_EQ(0, reseau_wait_closed(receiver, RESEAU_FOREVER));
    };
    Times(kKeptIds, once);
    Repeat(10000, 5000, once);
}
