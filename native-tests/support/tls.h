/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_TLS_H
#define RESEAU_TESTS_TLS_H

#include "support/loops.h"
#include "support/raw_socket.h"
#include "support/scripted_handler.h"
#include "support/traced_test.h"

#include <aws/io/channel_bootstrap.h>
#include <aws/io/host_resolver.h>
#include <aws/io/socket.h>
#include <aws/io/socket_channel_handler.h>
#include <aws/io/tls_channel_handler.h>

#include <fcntl.h>
#if !defined(_WIN32)
#    include <spawn.h>
#    include <sys/wait.h>
#endif

#include <atomic>
#include <csignal>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

/* For handshakes whose time limit is not what is tested: long enough for any loaded machine. */
inline uint32_t LongTimeoutMs() {
    return 100000 * (uint32_t)TimeoutScale();
}

/* A file that certificates.sh has made. */
inline std::string Certificate(const std::string &name) {
    return std::string(RESEAU_TEST_CERTIFICATES) + "/" + name;
}

inline std::string Contents(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

inline struct aws_byte_cursor CursorOf(const std::string &text) {
    return aws_byte_cursor_from_array(text.data(), text.size());
}

/* What a context is made from; the names are those of certificates.sh. */
struct TlsSettings {
    std::string certificate;
    std::string key;
    std::string trusted = "ca.crt";
    std::string alpn;
    bool verify_peer = true;
    bool no_revocation = false;
    enum aws_tls_versions minimum = AWS_IO_TLS_VER_SYS_DEFAULTS;
    enum aws_tls_cipher_pref ciphers = AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT;
    /* Has the key instead; see key_holder.h. */
    struct aws_custom_key_op_handler *key_handler = nullptr;
};

inline TlsSettings ServerSettings(const std::string &name) {
    TlsSettings settings;
    settings.certificate = name + ".crt";
    settings.key = name + ".key";
    settings.verify_peer = false;
    return settings;
}

/* A context that is released with the object. */
class TlsContext {
  public:
    TlsContext(struct aws_allocator *allocator, bool server, const TlsSettings &settings) {
        struct aws_tls_ctx_options options = {};
        if (settings.certificate.empty()) {
            aws_tls_ctx_options_init_default_client(&options, allocator);
        } else if (settings.key_handler != nullptr) {
            std::string text = Contents(Certificate(settings.certificate));
            struct aws_byte_cursor cursor = CursorOf(text);
            EXPECT_EQ(
                AWS_OP_SUCCESS,
                aws_tls_ctx_options_init_client_mtls_with_custom_key_operations(
                    &options, allocator, settings.key_handler, &cursor));
        } else {
            EXPECT_EQ(
                AWS_OP_SUCCESS,
                aws_tls_ctx_options_init_client_mtls_from_path(
                    &options, allocator, Certificate(settings.certificate).c_str(), Certificate(settings.key).c_str()));
        }
        if (!settings.trusted.empty()) {
            EXPECT_EQ(
                AWS_OP_SUCCESS,
                aws_tls_ctx_options_override_default_trust_store_from_path(
                    &options, nullptr, Certificate(settings.trusted).c_str()));
        }
        if (!settings.alpn.empty()) {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_tls_ctx_options_set_alpn_list(&options, settings.alpn.c_str()));
        }
        aws_tls_ctx_options_set_verify_peer(&options, settings.verify_peer);
        aws_tls_ctx_options_set_no_certificate_revocation(&options, settings.no_revocation);
        aws_tls_ctx_options_set_minimum_tls_version(&options, settings.minimum);
        aws_tls_ctx_options_set_tls_cipher_preference(&options, settings.ciphers);
        context_ = server ? aws_tls_server_ctx_new(allocator, &options) : aws_tls_client_ctx_new(allocator, &options);
        aws_tls_ctx_options_clean_up(&options);
    }

    ~TlsContext() {
        aws_tls_ctx_release(context_);
    }

    TlsContext(const TlsContext &) = delete;
    TlsContext &operator=(const TlsContext &) = delete;

    struct aws_tls_ctx *get() const {
        return context_;
    }

  private:
    struct aws_tls_ctx *context_;
};

/* One end of a connection as the program sees it. All fields are read and changed through `state`. */
struct TlsEnd {
    Monitor state;
    struct aws_channel *channel = nullptr;
    /* A client's, from before the handshake; for `on_creation`. */
    std::function<void(struct aws_channel *)> on_creation;
    ScriptedHandler *app = nullptr;
    size_t window = SIZE_MAX;
    bool grants = true;
    int results = 0;
    int result = -1;
    int setups = 0;
    int setup = -1;
    int shutdowns = 0;
    int shutdown = -1;
    std::string protocol;
    struct aws_byte_buf protocol_of_handler = {};
    std::string server_name;
    std::string received;
    std::function<void(TlsEnd &)> on_setup;
    std::function<void(TlsEnd &, const std::string &)> on_data;

    bool AwaitSetup() {
        return state.Await([this] { return setups > 0; }) && setup == AWS_ERROR_SUCCESS;
    }
    bool AwaitFailure() {
        return state.Await([this] { return setups > 0; }) && setup != AWS_ERROR_SUCCESS;
    }
    bool AwaitShutdown() {
        return state.Await([this] { return shutdowns > 0; });
    }
    bool AwaitBytes(size_t count) {
        return state.Await([this, count] { return received.size() >= count; });
    }
    void Shutdown(int error = AWS_ERROR_SUCCESS) {
        aws_channel_shutdown(channel, error);
    }
    struct aws_event_loop *Loop() {
        return aws_channel_get_event_loop(channel);
    }
    void Send(const std::string &text) {
        RunOnLoop(Loop(), [&] { EXPECT_EQ(AWS_OP_SUCCESS, app->Send(text)); });
    }
    void Grant(size_t size) {
        RunOnLoop(Loop(), [&] { aws_channel_slot_increment_read_window(app->slot, size); });
    }
    /* Whatever the loop has begun or has been notified of when this is called is over when it returns. */
    void Settle() {
        TurnLoop(Loop());
    }
    /* Waits until the kernel knows that the peer is done sending, then until the loop has had its say. */
    bool AwaitPeersEnd() {
        raw_socket_t fd = (raw_socket_t)-1;
        RunOnLoop(Loop(), [&] {
            struct aws_channel_handler *leftmost = aws_channel_get_first_slot(channel)->handler;
            fd = system_socket(aws_socket_handler_get_socket(leftmost));
        });
        bool has_ended = raw_socket_await_peers_end(fd);
        Settle();
        return has_ended;
    }

    /* Called by the ends' callbacks, on the loop. */
    void OnResult(struct aws_channel_handler *handler, int error) {
        state.Change([&] {
            ++results;
            result = error;
            if (error == AWS_ERROR_SUCCESS) {
                protocol_of_handler = aws_tls_handler_protocol(handler);
                protocol.assign((const char *)protocol_of_handler.buffer, protocol_of_handler.len);
                struct aws_byte_buf name = aws_tls_handler_server_name(handler);
                server_name.assign((const char *)name.buffer, name.len);
            }
        });
    }
    void OnSetup(struct aws_allocator *allocator, struct aws_channel *made, int error) {
        if (error == AWS_ERROR_SUCCESS) {
            channel = made;
            app = ScriptedHandler::New(allocator, window);
            app->on_read = [this](const std::string &text) {
                state.Change([&] { received += text; });
                if (grants) {
                    aws_channel_slot_increment_read_window(app->slot, text.size());
                }
                if (on_data) {
                    on_data(*this, text);
                }
            };
            app->Install(made);
            if (on_setup) {
                on_setup(*this);
            }
        }
        state.Change([&] {
            ++setups;
            setup = error;
        });
    }
    void OnShutdown(int error) {
        state.Change([&] {
            ++shutdowns;
            shutdown = error;
        });
    }
};

/* A listener with bootstraps on a port of 127.0.0.1. Those derived from it stop it in their destructors. */
class TlsListener {
  public:
    /* The listener holds what it needs of the context. */
    TlsListener(
        struct aws_allocator *allocator,
        struct aws_event_loop_group *group,
        const TlsContext &context,
        bool back_pressure = false,
        uint32_t timeout_ms = LongTimeoutMs())
        : allocator_(allocator), bootstrap_(aws_server_bootstrap_new(allocator, group)) {
        struct aws_tls_connection_options tls = {};
        aws_tls_connection_options_init_from_ctx(&tls, context.get());
        aws_tls_connection_options_set_callbacks(
            &tls,
            [](struct aws_channel_handler *handler, struct aws_channel_slot *slot, int error, void *arg) {
                static_cast<TlsListener *>(arg)->OnResult(handler, slot, error);
            },
            nullptr,
            nullptr,
            this);
        tls.timeout_ms = timeout_ms;
        struct aws_socket_options socket = {};
        socket.domain = AWS_SOCKET_IPV4;
        socket.type = AWS_SOCKET_STREAM;
        struct aws_server_socket_channel_bootstrap_options options = {};
        options.bootstrap = bootstrap_;
        options.host_name = "127.0.0.1";
        options.socket_options = &socket;
        options.tls_options = &tls;
        options.incoming_callback =
            [](struct aws_server_bootstrap *, int error, struct aws_channel *channel, void *arg) {
                static_cast<TlsListener *>(arg)->OnIncoming(channel, error);
            };
        options.shutdown_callback = [](struct aws_server_bootstrap *, int error, struct aws_channel *, void *arg) {
            static_cast<TlsListener *>(arg)->OnShutdown(error);
        };
        options.destroy_callback = [](struct aws_server_bootstrap *, void *arg) {
            static_cast<TlsListener *>(arg)->destroyed_.Raise();
        };
        options.enable_read_back_pressure = back_pressure;
        options.user_data = this;
        listener_ = aws_server_bootstrap_new_socket_listener(&options);
        aws_tls_connection_options_clean_up(&tls);
        struct aws_socket_endpoint bound = {};
        EXPECT_NE(nullptr, listener_);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_socket_get_bound_address(listener_, &bound));
        port = bound.port;
    }

    virtual ~TlsListener() = default;
    TlsListener(const TlsListener &) = delete;
    TlsListener &operator=(const TlsListener &) = delete;

    uint32_t port = 0;

  protected:
    /* Waits until the listener is destroyed: no callback comes after that. */
    void Stop() {
        aws_server_bootstrap_destroy_socket_listener(bootstrap_, listener_);
        EXPECT_TRUE(destroyed_.Wait());
        aws_server_bootstrap_release(bootstrap_);
    }

    virtual void OnResult(struct aws_channel_handler *handler, struct aws_channel_slot *slot, int error) = 0;
    virtual void OnIncoming(struct aws_channel *channel, int error) = 0;
    virtual void OnShutdown(int error) = 0;

    struct aws_allocator *allocator_;

  private:
    struct aws_server_bootstrap *bootstrap_;
    struct aws_socket *listener_ = nullptr;
    Signal destroyed_;
};

/* A listener whose connection is a TlsEnd. */
class TlsServer : public TlsListener {
  public:
    TlsServer(
        struct aws_allocator *allocator,
        struct aws_event_loop_group *group,
        TlsEnd *end,
        const TlsSettings &settings,
        bool back_pressure = false,
        uint32_t timeout_ms = LongTimeoutMs())
        : TlsServer(allocator, group, end, TlsContext(allocator, true, settings), back_pressure, timeout_ms) {
    }

    TlsServer(
        struct aws_allocator *allocator,
        struct aws_event_loop_group *group,
        TlsEnd *end,
        const TlsContext &context,
        bool back_pressure = false,
        uint32_t timeout_ms = LongTimeoutMs())
        : TlsListener(allocator, group, context, back_pressure, timeout_ms), end_(end) {
    }

    ~TlsServer() override {
        Stop();
    }

    /* Connections that come from now on are this end's; those before must be over. */
    void Aim(TlsEnd *end) {
        end_ = end;
    }

  private:
    void OnResult(struct aws_channel_handler *handler, struct aws_channel_slot *, int error) override {
        end_.load()->OnResult(handler, error);
    }
    void OnIncoming(struct aws_channel *channel, int error) override {
        end_.load()->OnSetup(allocator_, channel, error);
    }
    void OnShutdown(int error) override {
        end_.load()->OnShutdown(error);
    }

    std::atomic<TlsEnd *> end_;
};

#if !defined(_WIN32)
/* A program of the system, such as openssl; ended with the object. */
class ChildProcess {
  public:
    /* Descriptors that are -1 lead to /dev/null. */
    explicit ChildProcess(std::vector<std::string> arguments, int input = -1, int output = -1, int errors = -1) {
        std::vector<char *> words;
        for (std::string &argument : arguments) {
            words.push_back(&argument[0]);
        }
        words.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        Redirect(&actions, input, 0, O_RDONLY);
        Redirect(&actions, output, 1, O_WRONLY);
        Redirect(&actions, errors, 2, O_WRONLY);
        started_ = posix_spawnp(&pid_, words[0], &actions, nullptr, words.data(), environ) == 0;
        posix_spawn_file_actions_destroy(&actions);
    }

    ~ChildProcess() {
        Kill();
    }

    bool Started() const {
        return started_;
    }

    void Kill() {
        if (started_) {
            kill(pid_, SIGKILL);
            waitpid(pid_, nullptr, 0);
        }
        started_ = false;
    }

    ChildProcess(const ChildProcess &) = delete;
    ChildProcess &operator=(const ChildProcess &) = delete;

    /* The exit status; -1 for a signal or no start. */
    int Wait() {
        int status = -1;
        if (!started_ || waitpid(pid_, &status, 0) != pid_) {
            return -1;
        }
        started_ = false;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

  private:
    static void Redirect(posix_spawn_file_actions_t *actions, int from, int to, int mode) {
        if (from >= 0) {
            posix_spawn_file_actions_adddup2(actions, from, to);
        } else {
            posix_spawn_file_actions_addopen(actions, to, "/dev/null", mode, 0);
        }
    }

    pid_t pid_ = -1;
    bool started_ = false;
};

inline struct sockaddr_in Loopback(uint32_t port) {
    struct sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/* A plain connection; -1 if nobody listens. */
inline int ConnectPlain(uint32_t port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = Loopback(port);
    if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0) {
        return fd;
    }
    close(fd);
    return -1;
}

/* A port that nobody else is given while this lives, also not as a connection's own: a program that gets it can
 * listen there, since it sets SO_REUSEADDR, as this does. */
class ReservedPort {
  public:
    ReservedPort() = default;
    ReservedPort(const ReservedPort &) = delete;
    ReservedPort &operator=(const ReservedPort &) = delete;

    ~ReservedPort() {
        Release();
    }

    /* Another port; returns its number. */
    uint32_t Renew() {
        Release();
        fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        int on = 1;
        EXPECT_EQ(0, setsockopt(fd_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)));
        struct sockaddr_in address = Loopback(0);
        socklen_t length = sizeof(address);
        EXPECT_EQ(0, bind(fd_, (struct sockaddr *)&address, sizeof(address)));
        EXPECT_EQ(0, getsockname(fd_, (struct sockaddr *)&address, &length));
        number_ = ntohs(address.sin_port);
        return number_;
    }

    operator uint32_t() const {
        return number_;
    }

  private:
    void Release() {
        if (fd_ >= 0) {
            close(fd_);
        }
    }

    int fd_ = -1;
    uint32_t number_ = 0;
};

/* `openssl s_server` on a port of its own, with more arguments. What it prints can be had when it is over. */
class OpensslServer {
  public:
    explicit OpensslServer(const std::string &certificate, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments = {
            "openssl",
            "s_server",
            "-accept",
            "127.0.0.1:" + std::to_string(port.Renew()),
            "-cert",
            Certificate(certificate + ".crt"),
            "-key",
            Certificate(certificate + ".key")};
        arguments.insert(arguments.end(), more.begin(), more.end());
        EXPECT_EQ(0, pipe2(input_, O_CLOEXEC));
        EXPECT_EQ(0, pipe2(output_, O_CLOEXEC));
        process_.reset(new ChildProcess(arguments, input_[0], output_[1]));
        close(output_[1]);
        reader_ = std::thread([this] {
            char text[4096];
            ssize_t count;
            while ((count = read(output_[0], text, sizeof(text))) > 0) {
                said_.append(text, (size_t)count);
            }
        });
        for (int i = 0; i < 500; ++i) {
            int fd = ConnectPlain(port);
            if (fd >= 0) {
                close(fd);
                return;
            }
            usleep(10000);
        }
        ADD_FAILURE() << "openssl s_server does not listen";
    }

    ~OpensslServer() {
        Stop();
    }

    /* Lines go to the client. */
    void Say(const std::string &text) {
        EXPECT_EQ((ssize_t)text.size(), write(input_[1], text.data(), text.size()));
    }

    /* Ends it and returns what it has printed. */
    std::string Stop() {
        if (process_ != nullptr) {
            process_.reset();
            reader_.join();
            close(output_[0]);
            close(input_[0]);
            close(input_[1]);
        }
        return said_;
    }

    ReservedPort port;

  private:
    int input_[2];
    int output_[2];
    std::unique_ptr<ChildProcess> process_;
    std::thread reader_;
    std::string said_;
};

#endif

/* Loops for servers and for clients, and a resolver. */
class TlsTest : public TracedIoTest {
  protected:
    void SetUp() override {
        TracedIoTest::SetUp();
        server_group_.reset(new LoopGroup(allocator_));
        client_group_.reset(new LoopGroup(allocator_));
        struct aws_host_resolver_default_options resolver = {};
        resolver.el_group = client_group_->get();
        resolver.max_entries = 8;
        resolver_ = aws_host_resolver_new_default(allocator_, &resolver);
        struct aws_client_bootstrap_options options = {};
        options.event_loop_group = client_group_->get();
        options.host_resolver = resolver_;
        bootstrap_ = aws_client_bootstrap_new(allocator_, &options);
    }

    void TearDown() override {
        aws_client_bootstrap_release(bootstrap_);
        aws_host_resolver_release(resolver_);
        client_group_.reset();
        server_group_.reset();
        TracedIoTest::TearDown();
    }

    std::unique_ptr<TlsServer> Serve(TlsEnd *end, const TlsSettings &settings, bool back_pressure = false) {
        return std::unique_ptr<TlsServer>(
            new TlsServer(allocator_, server_group_->get(), end, settings, back_pressure));
    }

    /* A server that requires a certificate, in this version and later. */
    static TlsSettings MutualServer(enum aws_tls_versions minimum = AWS_IO_TLS_VER_SYS_DEFAULTS) {
        TlsSettings settings = ServerSettings("server");
        settings.verify_peer = true;
        settings.minimum = minimum;
        return settings;
    }

    /* The two ends exchange a question and an answer, and the client ends the connection. */
    static void ExpectExchange(TlsEnd &client, TlsEnd &server) {
        ASSERT_TRUE(client.AwaitSetup()) << aws_error_name(client.setup);
        ASSERT_TRUE(server.AwaitSetup()) << aws_error_name(server.setup);
        client.Send("question");
        EXPECT_TRUE(server.AwaitBytes(8));
        server.Send("answer");
        EXPECT_TRUE(client.AwaitBytes(6));
        client.Shutdown();
        EXPECT_TRUE(client.AwaitShutdown());
        EXPECT_TRUE(server.AwaitShutdown());
        EXPECT_EQ(1, client.results);
        EXPECT_EQ(1, client.setups);
        EXPECT_EQ(1, client.shutdowns);
    }

    /* The callbacks go to the client's end, which must outlive the connection. */
    void Connect(
        TlsEnd *end,
        uint32_t port,
        struct aws_tls_ctx *context,
        const std::string &server_name = "localhost",
        const std::string &alpn = "",
        bool back_pressure = false,
        uint32_t timeout_ms = LongTimeoutMs()) {
        struct aws_tls_connection_options tls = {};
        aws_tls_connection_options_init_from_ctx(&tls, context);
        aws_tls_connection_options_set_callbacks(&tls, OnResult, nullptr, nullptr, end);
        tls.timeout_ms = timeout_ms;
        if (!server_name.empty()) {
            struct aws_byte_cursor name = CursorOf(server_name);
            EXPECT_EQ(AWS_OP_SUCCESS, aws_tls_connection_options_set_server_name(&tls, allocator_, &name));
        }
        if (!alpn.empty()) {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_tls_connection_options_set_alpn_list(&tls, allocator_, alpn.c_str()));
        }
        struct aws_socket_options socket = {};
        socket.domain = AWS_SOCKET_IPV4;
        socket.type = AWS_SOCKET_STREAM;
        socket.connect_timeout_ms = LongTimeoutMs();
        struct aws_socket_channel_bootstrap_options options = {};
        options.bootstrap = bootstrap_;
        options.host_name = "127.0.0.1";
        options.port = port;
        options.socket_options = &socket;
        options.tls_options = &tls;
        options.creation_callback = OnCreation;
        options.setup_callback = OnSetup;
        options.shutdown_callback = OnShutdown;
        options.enable_read_back_pressure = back_pressure;
        options.user_data = end;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));

        /* The connection keeps copies. */
        aws_tls_connection_options_clean_up(&tls);
    }

    std::unique_ptr<LoopGroup> server_group_;
    std::unique_ptr<LoopGroup> client_group_;
    struct aws_host_resolver *resolver_ = nullptr;
    struct aws_client_bootstrap *bootstrap_ = nullptr;

  private:
    static void OnResult(struct aws_channel_handler *handler, struct aws_channel_slot *, int error, void *arg) {
        static_cast<TlsEnd *>(arg)->OnResult(handler, error);
    }
    static void OnCreation(struct aws_client_bootstrap *, int error, struct aws_channel *channel, void *arg) {
        auto *end = static_cast<TlsEnd *>(arg);
        if (error == AWS_ERROR_SUCCESS && end->on_creation) {
            end->on_creation(channel);
        }
    }
    static void OnSetup(struct aws_client_bootstrap *bootstrap, int error, struct aws_channel *channel, void *arg) {
        static_cast<TlsEnd *>(arg)->OnSetup(bootstrap->allocator, channel, error);
    }
    static void OnShutdown(struct aws_client_bootstrap *, int error, struct aws_channel *, void *arg) {
        static_cast<TlsEnd *>(arg)->OnShutdown(error);
    }
};

#endif /* RESEAU_TESTS_TLS_H */
