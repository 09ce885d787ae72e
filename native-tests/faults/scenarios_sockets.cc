/* SPDX-License-Identifier: Apache-2.0 */
#include "faults/run.h"

#include <aws/io/socket.h>

#include <unistd.h>

#include <cstring>
#include <memory>

namespace {

struct aws_socket_options OptionsOf(enum aws_socket_domain domain, enum aws_socket_type type) {
    struct aws_socket_options options = {};
    options.domain = domain;
    options.type = type;
    options.connect_timeout_ms = 20000;
    options.keepalive = true;
    options.tcp_nodelay = AWS_SOCKET_TCP_NODELAY_ON;
    return options;
}

struct aws_socket_endpoint LocalEndpoint(enum aws_socket_domain domain) {
    struct aws_socket_endpoint endpoint = {};
    if (domain == AWS_SOCKET_LOCAL) {
        aws_socket_endpoint_init_local_address_for_test(&endpoint);
    } else {
        strcpy(endpoint.address, "127.0.0.1");
    }
    return endpoint;
}

int Bind(struct aws_socket *socket, const struct aws_socket_endpoint &endpoint) {
    struct aws_socket_bind_options options = {};
    options.local_endpoint = &endpoint;
    return aws_socket_bind(socket, &options);
}

/*
 * One end of a connection, or a socket for datagrams. It ends once, by Finish(), on its loop's thread; what it holds is
 * there until the run is over. `on_data` gets what is read and says whether the end has done its work.
 */
class SocketEnd {
  public:
    explicit SocketEnd(FaultRun &run) : run_(run) {
    }

    bool Init(const struct aws_socket_options &options) {
        socket_ = static_cast<struct aws_socket *>(aws_mem_calloc(run_.allocator, 1, sizeof(struct aws_socket)));
        if (run_.Succeeds(aws_socket_init(socket_, run_.allocator, const_cast<aws_socket_options *>(&options)))) {
            return true;
        }
        aws_mem_release(run_.allocator, socket_);
        socket_ = nullptr;
        return false;
    }

    void Adopt(struct aws_socket *socket) {
        socket_ = socket;
    }

    /* The socket is on its loop: begins to read. */
    bool Begin() {
        return run_.Succeeds(aws_socket_subscribe_to_readable_events(socket_, OnReadable, this));
    }

    /* The bytes stay here until their completion. */
    void Write(const char *data, size_t length) {
        auto *write = new PendingWrite{this, std::string(data, length)};
        struct aws_byte_cursor cursor = aws_byte_cursor_from_array(write->data.data(), write->data.size());
        if (run_.Succeeds(aws_socket_write(socket_, &cursor, OnWritten, write))) {
            accepted_++;
        } else {
            delete write;
            Finish();
        }
    }

    /* Ends the socket. On its loop's thread, or where it has none. */
    void Finish() {
        if (socket_ == nullptr) {
            return;
        }
        struct aws_socket *socket = socket_;
        socket_ = nullptr;
        aws_socket_clean_up(socket);
        aws_mem_release(run_.allocator, socket);
        run_.Check(accepted_ == completed_, "each write completes once, at the latest with its socket");
        run_.state.Change([&] { is_finished = true; });
    }

    /* From another thread: the same, through the loop. */
    void FinishFrom(struct aws_event_loop *loop) {
        OnLoop(run_, loop, [this] { Finish(); });
    }

    struct aws_socket *socket() const {
        return socket_;
    }

    std::function<bool(const char *data, size_t length)> on_data;
    /* By default a write that fails ends the socket. */
    std::function<void(int error)> on_written;
    bool is_finished = false;
    size_t sent_well = 0;

  private:
    struct PendingWrite {
        SocketEnd *end;
        std::string data;
    };

    static void OnWritten(struct aws_socket *, int error, size_t bytes, void *argument) {
        std::unique_ptr<PendingWrite> write(static_cast<PendingWrite *>(argument));
        SocketEnd *self = write->end;
        self->completed_++;
        self->run_.Check(error != 0 || bytes == write->data.size(), "a write that succeeds has written all");
        if (self->socket_ != nullptr) {
            self->run_.Report(error);
        }
        self->sent_well += error == 0;
        if (self->on_written) {
            self->on_written(error);
        } else if (error != 0) {
            self->Finish();
        }
    }

    static void OnReadable(struct aws_socket *, int error, void *argument) {
        auto *self = static_cast<SocketEnd *>(argument);
        char room[8192];
        while (self->socket_ != nullptr) {
            struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(room, sizeof(room));
            size_t count = 0;
            if (aws_socket_read(self->socket_, &buffer, &count) != AWS_OP_SUCCESS) {
                if (aws_last_error() != AWS_IO_READ_WOULD_BLOCK) {
                    error = aws_last_error();
                }
                break;
            }
            if (self->on_data(room, count)) {
                self->Finish();
                return;
            }
        }
        if (error != 0 && self->socket_ != nullptr) {
            self->run_.Report(error);
            self->Finish();
        }
    }

    FaultRun &run_;
    struct aws_socket *socket_ = nullptr;
    int accepted_ = 0, completed_ = 0;
};

/* A listener that echoes, on the first loop; a client, on the second, that sends and compares. */
class EchoRun {
  public:
    EchoRun(FaultRun &run, FaultGroup &group, enum aws_socket_domain domain)
        : run_(run), group_(group), options_(OptionsOf(domain, AWS_SOCKET_STREAM)), client_(run) {
    }

    void Play() {
        if (!run_.Succeeds(aws_socket_init(&listener_, run_.allocator, &options_))) {
            return;
        }
        struct aws_socket_endpoint endpoint = LocalEndpoint(options_.domain);
        if (endpoint.address[0] == '\0') {
            run_.Report(aws_last_error());
        }
        struct aws_socket_listener_options listening = {};
        listening.on_accept_result = OnAccepted;
        listening.on_accept_result_user_data = this;
        listening.on_accept_start = OnAcceptStarted;
        listening.on_accept_start_user_data = this;
        bool is_listening = run_.Succeeds(Bind(&listener_, endpoint)) &&
                            run_.Succeeds(aws_socket_get_bound_address(&listener_, &endpoint)) &&
                            run_.Succeeds(aws_socket_listen(&listener_, 16)) &&
                            run_.Succeeds(aws_socket_start_accept(&listener_, group_.loop(0), listening));
        if (is_listening) {
            run_.Await([this] { return starts_ == 1; }, "the start of accepting");
            Connect(endpoint);
        }
        aws_socket_clean_up(&listener_);
        for (auto &server : servers_) {
            server->FinishFrom(group_.loop(0));
        }
        run_.Check(starts_ == (is_listening ? 1 : 0), "the start of accepting is reported once");
        if (options_.domain == AWS_SOCKET_LOCAL) {
            unlink(endpoint.address);
        }
    }

  private:
    void Connect(const struct aws_socket_endpoint &endpoint) {
        if (!client_.Init(options_)) {
            return;
        }
        struct aws_socket_connect_options connecting = {};
        connecting.remote_endpoint = &endpoint;
        connecting.event_loop = group_.loop(1);
        connecting.on_connection_result = OnConnected;
        connecting.user_data = this;
        client_.on_data = [this](const char *data, size_t length) { return OnEcho(data, length); };
        if (run_.Succeeds(aws_socket_connect(client_.socket(), &connecting))) {
            run_.Await([this] { return client_.is_finished; }, "the echo, or an error");

            /* The callback in which it finished may not have returned yet. */
            OnLoop(run_, group_.loop(1), [] {});
            run_.Check(connects_ == 1, "a connection is reported once");
        } else {
            run_.Check(connects_ == 0, "a connect that fails at once calls nothing");
            client_.Finish();
        }
    }

    static void OnConnected(struct aws_socket *, int error, void *argument) {
        auto *self = static_cast<EchoRun *>(argument);
        self->connects_++;
        self->run_.Report(error);
        if (error != 0 || !self->client_.Begin()) {
            self->client_.Finish();
            return;
        }
        constexpr size_t kPiece = 10000;
        for (size_t i = 0; i < self->run_.bytes && self->client_.socket() != nullptr; i += kPiece) {
            std::string piece(std::min(kPiece, self->run_.bytes - i), '\0');
            for (size_t j = 0; j < piece.size(); ++j) {
                piece[j] = PatternByte(i + j);
            }
            self->client_.Write(piece.data(), piece.size());
        }
    }

    bool OnEcho(const char *data, size_t length) {
        for (size_t i = 0; i < length; ++i) {
            run_.Check(data[i] == PatternByte(received_ + i), "data is as it was sent");
        }
        received_ += length;
        if (received_ == run_.bytes) {
            run_.Complete();
            bool is_ended = aws_socket_shutdown_dir(client_.socket(), AWS_CHANNEL_DIR_WRITE) == AWS_OP_SUCCESS;
            run_.Check(is_ended || aws_last_error() == AWS_IO_SOCKET_NOT_CONNECTED, "a half close says why it fails");
        }
        return received_ == run_.bytes;
    }

    static void OnAcceptStarted(struct aws_socket *, int error, void *argument) {
        auto *self = static_cast<EchoRun *>(argument);
        self->run_.Report(error);
        self->run_.state.Change([&] { self->starts_++; });
    }

    static void OnAccepted(struct aws_socket *, int error, struct aws_socket *accepted, void *argument) {
        auto *self = static_cast<EchoRun *>(argument);
        self->run_.Check((error == 0) == (accepted != nullptr), "accepting brings a socket or an error");
        self->run_.Report(error);
        if (error != 0) {
            return;
        }
        self->servers_.push_back(std::make_unique<SocketEnd>(self->run_));
        SocketEnd *end = self->servers_.back().get();
        end->Adopt(accepted);
        end->on_data = [end](const char *data, size_t length) {
            end->Write(data, length);
            return false;
        };
        if (!self->run_.Succeeds(aws_socket_assign_to_event_loop(accepted, self->group_.loop(0))) || !end->Begin()) {
            end->Finish();
        }
    }

    FaultRun &run_;
    FaultGroup &group_;
    struct aws_socket_options options_;
    struct aws_socket listener_ = {};
    SocketEnd client_;
    std::vector<std::unique_ptr<SocketEnd>> servers_;
    size_t received_ = 0;
    int connects_ = 0, starts_ = 0;
};

/* A socket that is bound, and one that sends to it. */
class DatagramRun {
  public:
    DatagramRun(FaultRun &run, FaultGroup &group) : run_(run), group_(group), receiver_(run), sender_(run) {
    }

    void Play() {
        struct aws_socket_options options = OptionsOf(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM);
        struct aws_socket_endpoint endpoint = LocalEndpoint(AWS_SOCKET_IPV4);
        receiver_.on_data = [this](const char *data, size_t length) { return OnDatagram(data, length); };
        sender_.on_data = [](const char *, size_t) { return false; };
        if (!receiver_.Init(options)) {
            return;
        }
        bool is_bound = run_.Succeeds(Bind(receiver_.socket(), endpoint)) &&
                        run_.Succeeds(aws_socket_get_bound_address(receiver_.socket(), &endpoint)) &&
                        run_.Succeeds(aws_socket_assign_to_event_loop(receiver_.socket(), group_.loop(0)));
        if (is_bound) {
            OnLoop(run_, group_.loop(0), [this] {
                if (!receiver_.Begin()) {
                    receiver_.Finish();
                }
            });
            Send(options, endpoint);
            receiver_.FinishFrom(group_.loop(0));
        } else {
            receiver_.Finish();
        }
        if (received_ == kDatagrams) {
            run_.Complete();
        }
    }

  private:
    static constexpr size_t kDatagrams = 6;

    void Send(const struct aws_socket_options &options, const struct aws_socket_endpoint &endpoint) {
        if (!sender_.Init(options)) {
            return;
        }
        struct aws_socket_connect_options connecting = {};
        connecting.remote_endpoint = &endpoint;
        connecting.event_loop = group_.loop(0);
        connecting.on_connection_result = OnConnected;
        connecting.user_data = this;
        sender_.on_written = [this](int) { run_.state.Change([&] { written_++; }); };
        if (run_.Succeeds(aws_socket_connect(sender_.socket(), &connecting))) {
            run_.Await(
                [this] {
                    return sender_.is_finished || receiver_.is_finished ||
                           (written_ == kDatagrams && received_ == sender_.sent_well);
                },
                "all datagrams");
            sender_.FinishFrom(group_.loop(0));
        } else {
            sender_.Finish();
        }
    }

    static void OnConnected(struct aws_socket *, int error, void *argument) {
        auto *self = static_cast<DatagramRun *>(argument);
        self->run_.Report(error);
        if (error != 0) {
            self->sender_.Finish();
            return;
        }
        for (size_t i = 0; i < kDatagrams && self->sender_.socket() != nullptr; ++i) {
            std::string datagram(100 + i, (char)('a' + i));
            self->sender_.Write(datagram.data(), datagram.size());
        }
    }

    bool OnDatagram(const char *data, size_t length) {
        bool is_whole = length > 100 - 1 && length < 100 + kDatagrams;
        run_.Check(is_whole && data[length - 1] == (char)('a' + length - 100), "a datagram comes as it was sent");
        run_.state.Change([&] { received_++; });
        return false;
    }

    FaultRun &run_;
    FaultGroup &group_;
    SocketEnd receiver_, sender_;
    size_t received_ = 0, written_ = 0;
};

void PlayEcho(FaultRun &run, enum aws_socket_domain domain) {
    FaultGroup group(run, 2);
    if (group.get() != nullptr) {
        EchoRun(run, group, domain).Play();
    }
}

} // namespace

void PlayTcp(FaultRun &run) {
    PlayEcho(run, AWS_SOCKET_IPV4);
}

void PlayUnix(FaultRun &run) {
    PlayEcho(run, AWS_SOCKET_LOCAL);
}

void PlayDatagrams(FaultRun &run) {
    FaultGroup group(run, 1);
    if (group.get() != nullptr) {
        DatagramRun(run, group).Play();
    }
}
