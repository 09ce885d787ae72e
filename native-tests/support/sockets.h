/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_SOCKETS_H
#define RESEAU_TESTS_SOCKETS_H

#include <aws/common/byte_buf.h>
#include <aws/io/event_loop.h>
#include <aws/io/private/event_loop_impl.h>
#include <aws/io/socket.h>

#include "support/lock.h"
#include "support/loops.h"
#include "support/raw_socket.h"
#include "support/traced_test.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

inline struct aws_socket_options SocketOptions(enum aws_socket_domain domain, enum aws_socket_type type) {
    struct aws_socket_options options = {};
    options.domain = domain;
    options.type = type;
    options.connect_timeout_ms = 5000;
    return options;
}

inline struct aws_socket_endpoint Endpoint(const char *address, uint32_t port = 0) {
    struct aws_socket_endpoint endpoint = {};
    snprintf(endpoint.address, sizeof(endpoint.address), "%s", address);
    endpoint.port = port;
    return endpoint;
}

/* A loop group with one loop, and the I/O library around it. Everything is gone when the test is over. */
class SocketTest : public TracedIoTest {
  protected:
    void SetUp() override {
        TracedIoTest::SetUp();
        struct aws_event_loop_group_options options = {};
        options.loop_count = 1;
        group_ = aws_event_loop_group_new(allocator_, &options);
        ASSERT_NE(nullptr, group_);
        loop_ = aws_event_loop_group_get_next_loop(group_);
    }

    void TearDown() override {
        ReleaseGroup();
        TracedIoTest::TearDown();
    }

    void ReleaseGroup() {
        aws_event_loop_group_release(group_);
        group_ = nullptr;
        aws_thread_join_all_managed();
    }

    struct aws_event_loop_group *group_ = nullptr;
    struct aws_event_loop *loop_ = nullptr;
};

/* Where a listener of this domain can listen: the loopback address and a port of the system's choice, or a new path. */
inline struct aws_socket_endpoint AnyLocalEndpoint(enum aws_socket_domain domain) {
    switch (domain) {
    case AWS_SOCKET_IPV6:
        return Endpoint(Ipv6Loopback());
    case AWS_SOCKET_LOCAL: {
        struct aws_socket_endpoint endpoint = {};
        aws_socket_endpoint_init_local_address_for_test(&endpoint);
        return endpoint;
    }
    default:
        return Endpoint("127.0.0.1");
    }
}

/* The answer to one connect. */
struct ConnectResult {
    Signal called;
    int error = -1;
    bool on_loop = false;

    static void Callback(struct aws_socket *socket, int error, void *user_data) {
        auto *self = static_cast<ConnectResult *>(user_data);
        self->error = error;
        self->on_loop = socket->event_loop == nullptr || aws_event_loop_thread_is_callers_thread(socket->event_loop);
        self->called.Raise();
    }
};

/* One write: its bytes, which must stay until it is answered, and the answer. */
struct WriteResult {
    std::string data;
    Signal called;
    int error = -1;
    size_t bytes = 0;

    static void Callback(struct aws_socket *, int error, size_t bytes, void *user_data) {
        auto *self = static_cast<WriteResult *>(user_data);
        self->error = error;
        self->bytes = bytes;
        self->called.Raise();
    }
};

/* A socket in memory of its own, which is closed and cleaned up on its loop at the end of its scope. */
class OwnedSocket {
  public:
    OwnedSocket(struct aws_allocator *allocator, struct aws_socket_options options) : allocator_(allocator) {
        socket_ = static_cast<struct aws_socket *>(aws_mem_calloc(allocator, 1, sizeof(struct aws_socket)));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_init(socket_, allocator, &options));
    }
    OwnedSocket(struct aws_allocator *allocator, struct aws_socket *socket) : allocator_(allocator), socket_(socket) {
    }
    OwnedSocket(const OwnedSocket &) = delete;
    OwnedSocket &operator=(const OwnedSocket &) = delete;
    ~OwnedSocket() {
        if (socket_ == nullptr) {
            return;
        }
        if (socket_->event_loop != nullptr) {
            RunOnLoop(socket_->event_loop, [this] { aws_socket_clean_up(socket_); });
        } else {
            aws_socket_clean_up(socket_);
        }
        aws_mem_release(allocator_, socket_);
    }

    /* The test frees it itself. */
    struct aws_socket *Release() {
        struct aws_socket *socket = socket_;
        socket_ = nullptr;
        return socket;
    }

    struct aws_socket *operator->() const {
        return socket_;
    }
    operator struct aws_socket *() const {
        return socket_;
    }

  private:
    struct aws_allocator *allocator_;
    struct aws_socket *socket_;
};

inline int BindTo(struct aws_socket *socket, const struct aws_socket_endpoint &endpoint) {
    struct aws_socket_bind_options options = {};
    options.local_endpoint = &endpoint;
    return aws_socket_bind(socket, &options);
}

/* Binds to a free name of the socket's domain, which it returns. */
inline struct aws_socket_endpoint BindToAny(struct aws_socket *socket) {
    struct aws_socket_endpoint name = {};
    EXPECT_EQ(AWS_OP_SUCCESS, BindTo(socket, AnyLocalEndpoint(socket->options.domain)));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_get_bound_address(socket, &name));
    return name;
}

inline int ConnectTo(
    struct aws_socket *socket,
    const struct aws_socket_endpoint &endpoint,
    struct aws_event_loop *loop,
    aws_socket_on_connection_result_fn *on_result,
    void *user_data) {
    struct aws_socket_connect_options options = {};
    options.remote_endpoint = &endpoint;
    options.event_loop = loop;
    options.on_connection_result = on_result;
    options.user_data = user_data;
    return aws_socket_connect(socket, &options);
}

/* Accepts on the loop and keeps what it has accepted. */
class Listener {
  public:
    Listener(struct aws_allocator *allocator, struct aws_event_loop *loop, struct aws_socket_options options)
        : allocator_(allocator), socket_(allocator, options) {
        endpoint_ = BindToAny(socket_);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_listen(socket_, 1024));
        EXPECT_EQ(AWS_OP_SUCCESS, Start(loop));
    }
    ~Listener() {
        /* Closed first, so that no connection arrives any more. */
        aws_socket_close(socket_);
        for (struct aws_socket *socket : accepted_) {
            OwnedSocket clean_up(allocator_, socket);
        }
        if (socket_->options.domain == AWS_SOCKET_LOCAL) {
            unlink(endpoint_.address);
        }
    }

    int Start(struct aws_event_loop *loop) {
        struct aws_socket_listener_options options = {};
        options.on_accept_result = OnAccept;
        options.on_accept_result_user_data = this;
        return aws_socket_start_accept(socket_, loop, options);
    }

    /* The next accepted connection; the caller owns it. */
    struct aws_socket *Take() {
        EXPECT_TRUE(arrived_.Wait(taken_ + 1));
        std::lock_guard<Lock> lock(mutex_);
        if (accepted_.empty()) {
            return nullptr;
        }
        ++taken_;
        struct aws_socket *socket = accepted_.front();
        accepted_.erase(accepted_.begin());
        return socket;
    }

    const struct aws_socket_endpoint &endpoint() const {
        return endpoint_;
    }
    struct aws_socket *socket() const {
        return socket_;
    }
    Signal &arrived() {
        return arrived_;
    }
    Signal &failed() {
        return failed_;
    }
    int last_error() const {
        return last_error_;
    }

  private:
    static void OnAccept(struct aws_socket *, int error, struct aws_socket *accepted, void *user_data) {
        auto *self = static_cast<Listener *>(user_data);
        if (error != 0) {
            self->last_error_ = error;
            self->failed_.Raise();
            return;
        }
        {
            std::lock_guard<Lock> lock(self->mutex_);
            self->accepted_.push_back(accepted);
        }
        self->arrived_.Raise();
    }

    struct aws_allocator *allocator_;
    OwnedSocket socket_;
    struct aws_socket_endpoint endpoint_ = {};
    Lock mutex_;
    std::vector<struct aws_socket *> accepted_;
    Signal arrived_;
    Signal failed_;
    int last_error_ = 0;
    int taken_ = 0;
};

/* A connection: both ends belong to the loop, and nobody listens to either yet. */
class Connection {
  public:
    Connection(struct aws_allocator *allocator, struct aws_event_loop *loop, struct aws_socket_options options)
        : listener_(allocator, loop, options), client_(allocator, options) {
        EXPECT_EQ(AWS_OP_SUCCESS, ConnectTo(client_, listener_.endpoint(), loop, ConnectResult::Callback, &connected_));
        server_ = std::make_unique<OwnedSocket>(allocator, listener_.Take());
        EXPECT_TRUE(connected_.called.Wait());
        EXPECT_EQ(0, connected_.error);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(*server_, loop));
    }

    struct aws_socket *client() const {
        return client_;
    }
    struct aws_socket *server() const {
        return *server_;
    }
    Listener &listener() {
        return listener_;
    }

    /* The test frees that end itself. */
    struct aws_socket *ReleaseClient() {
        return client_.Release();
    }
    struct aws_socket *ReleaseServer() {
        return server_->Release();
    }

  private:
    Listener listener_;
    OwnedSocket client_;
    ConnectResult connected_;
    std::unique_ptr<OwnedSocket> server_;
};

/* A socket of the library's, accepted on a loop, whose peer is a plain socket of the system's. */
class SocketToRawPeer {
  public:
    SocketToRawPeer(struct aws_allocator *allocator, struct aws_event_loop *loop, bool assign = true) {
        Listener listener(allocator, loop, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
        peer_ = RawSocket::Connect("127.0.0.1", (uint16_t)listener.endpoint().port);
        EXPECT_TRUE(peer_.IsOpen());
        socket_ = std::make_unique<OwnedSocket>(allocator, listener.Take());
        if (assign) {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_assign_to_event_loop(*socket_, loop));
        }
    }

    struct aws_socket *socket() const {
        return *socket_;
    }
    struct aws_socket *ReleaseSocket() {
        return socket_->Release();
    }

    int fd() const {
        return peer_.fd();
    }
    void Send(const std::string &data) {
        EXPECT_TRUE(peer_.Write(data));
    }
    void Close() {
        peer_.Close();
    }
    /* Ends the connection by a reset instead of an end of stream. */
    void Reset() {
        peer_.ResetOnClose();
        peer_.Close();
    }
    std::string ReadToEnd() {
        return peer_.ReadToEnd();
    }

  private:
    RawSocket peer_;
    std::unique_ptr<OwnedSocket> socket_;
};

/* Writes on the loop's thread; the result comes later. */
inline int WriteOnLoop(struct aws_socket *socket, const std::string &data, WriteResult *result) {
    int outcome = AWS_OP_ERR;
    result->data = data;
    RunOnLoop(socket->event_loop, [&] {
        struct aws_byte_cursor cursor = aws_byte_cursor_from_array(result->data.data(), result->data.size());
        outcome = aws_socket_write(socket, &cursor, WriteResult::Callback, result);
    });
    return outcome;
}

/* One read of at most so many bytes on the loop's thread: what it read and the error that it raised. */
inline std::string ReadOnce(struct aws_socket *socket, size_t size, int *error) {
    std::string data(size, '\0');
    RunOnLoop(socket->event_loop, [&] {
        struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(&data[0], size);
        size_t amount = 0;
        *error = aws_socket_read(socket, &buffer, &amount) == AWS_OP_SUCCESS ? 0 : aws_last_error();
        data.resize(*error == 0 ? amount : 0);
        EXPECT_EQ(data.size(), buffer.len);
    });
    return data;
}

/* Reads until it has so many bytes or an error other than "nothing yet" comes, which it returns. */
inline std::string ReadUntil(struct aws_socket *socket, size_t size, int *error) {
    std::string all;
    auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30 * TimeoutScale());
    *error = 0;
    while (all.size() < size && std::chrono::steady_clock::now() < deadline) {
        int problem = 0;
        all += ReadOnce(socket, std::min<size_t>(size - all.size(), 65536), &problem);
        if (problem == AWS_IO_READ_WOULD_BLOCK) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        } else if (problem != 0) {
            *error = problem;
            break;
        }
    }
    return all;
}

inline void IgnoreReadable(struct aws_socket *, int, void *) {
}

#endif /* RESEAU_TESTS_SOCKETS_H */
