/* SPDX-License-Identifier: Apache-2.0 */
#include "faults/run.h"
#include "faults/token.h"
#include "support/scripted_handler.h"
#include "support/temporary_file.h"

#include <aws/common/thread.h>
#include <aws/io/channel_bootstrap.h>
#include <aws/io/host_resolver.h>
#include <aws/io/pkcs11.h>
#include <aws/io/socket.h>
#include <aws/io/tls_channel_handler.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <functional>
#include <thread>

namespace {

/* Fills in what a context is made from; AWS_OP_SUCCESS or AWS_OP_ERR. */
using Options = std::function<int(struct aws_tls_ctx_options *options)>;

std::string Certificate(const std::string &name) {
    return std::string(RESEAU_TEST_CERTIFICATES) + "/" + name;
}

int TrustTestCertificates(struct aws_tls_ctx_options *options) {
    return aws_tls_ctx_options_override_default_trust_store_from_path(options, nullptr, Certificate("ca.crt").c_str());
}

Options ServerOptions(FaultRun &run, bool asks_for_certificate) {
    return [&run, asks_for_certificate](struct aws_tls_ctx_options *options) {
        if (aws_tls_ctx_options_init_default_server_from_path(
                options, run.allocator, Certificate("server.crt").c_str(), Certificate("server.key").c_str()) !=
            AWS_OP_SUCCESS) {
            return AWS_OP_ERR;
        }
        aws_tls_ctx_options_set_verify_peer(options, asks_for_certificate);
        return asks_for_certificate ? TrustTestCertificates(options) : AWS_OP_SUCCESS;
    };
}

Options ClientOptions(FaultRun &run) {
    return [&run](struct aws_tls_ctx_options *options) {
        aws_tls_ctx_options_init_default_client(options, run.allocator);
        return TrustTestCertificates(options);
    };
}

/* A context and options for connections. */
class FaultTls {
  public:
    FaultTls(FaultRun &run, bool server, const Options &fill_in) {
        struct aws_tls_ctx_options options = {};
        if (run.Succeeds(fill_in(&options))) {
            context_ = server ? aws_tls_server_ctx_new(run.allocator, &options)
                              : aws_tls_client_ctx_new(run.allocator, &options);
            run.Succeeds(context_);
        }
        aws_tls_ctx_options_clean_up(&options);
        if (context_ != nullptr) {
            aws_tls_connection_options_init_from_ctx(&connection, context_);
            if (!server) {
                struct aws_byte_cursor name = aws_byte_cursor_from_c_str("localhost");
                aws_tls_connection_options_set_server_name(&connection, run.allocator, &name);
            }
        }
    }

    ~FaultTls() {
        aws_tls_connection_options_clean_up(&connection);
        aws_tls_ctx_release(context_);
    }

    FaultTls(const FaultTls &) = delete;
    FaultTls &operator=(const FaultTls &) = delete;

    bool is_good() const {
        return context_ != nullptr;
    }

    struct aws_tls_connection_options connection = {};

  private:
    struct aws_tls_ctx *context_ = nullptr;
};

/* A server that echoes and a client that sends and compares, by bootstraps. */
class ChannelRun {
  public:
    ChannelRun(
        FaultRun &run,
        FaultGroup &group,
        enum aws_socket_domain domain,
        FaultTls *server_tls = nullptr,
        FaultTls *client_tls = nullptr)
        : run_(run), group_(group), server_tls_(server_tls), client_tls_(client_tls) {
        strcpy(endpoint_.address, "127.0.0.1");
        if (domain == AWS_SOCKET_LOCAL) {
            snprintf(endpoint_.address, sizeof(endpoint_.address), "%s", directory_.Path("socket").c_str());
        }
        socket_options_.domain = domain;
        socket_options_.type = AWS_SOCKET_STREAM;
        socket_options_.connect_timeout_ms = 20000;

        /* Single bytes must not wait for the acknowledgement of the one before. */
        socket_options_.tcp_nodelay = AWS_SOCKET_TCP_NODELAY_ON;
    }

    void Play() {
        struct aws_server_bootstrap *server = aws_server_bootstrap_new(run_.allocator, group_.get());
        if (!run_.Succeeds(server)) {
            return;
        }
        struct aws_server_socket_channel_bootstrap_options options = {};
        options.bootstrap = server;
        options.host_name = endpoint_.address;
        options.socket_options = &socket_options_;
        options.tls_options = server_tls_ == nullptr ? nullptr : &server_tls_->connection;
        options.setup_callback = OnListenerSetUp;
        options.incoming_callback = OnIncoming;
        options.shutdown_callback = OnServerShutDown;
        options.destroy_callback = OnListenerDestroyed;
        options.user_data = this;
        struct aws_socket *listener = aws_server_bootstrap_new_socket_listener(&options);
        if (run_.Succeeds(listener)) {
            run_.Await([this] { return listener_set_ups_ == 1; }, "the listener's set-up");
            if (run_.Succeeds(aws_socket_get_bound_address(listener, &endpoint_))) {
                PlayClient();
            }
            aws_server_bootstrap_destroy_socket_listener(server, listener);
        }
        run_.Await([this] { return listener_ends_ == 1; }, "the listener's end");
        run_.Check(listener_set_ups_ == (listener != nullptr ? 1 : 0), "a listener is set up once, if it is made");
        run_.Check(server_shut_downs_ == server_channels_, "an accepted channel is shut down once");
        run_.Check(sends_ == 0, "each message that was sent completes once");
        aws_server_bootstrap_release(server);
    }

  private:
    void PlayClient() {
        struct aws_host_resolver_default_options resolver_options = {};
        resolver_options.el_group = group_.get();
        resolver_options.max_entries = 8;
        struct aws_host_resolver *resolver = aws_host_resolver_new_default(run_.allocator, &resolver_options);
        if (!run_.Succeeds(resolver)) {
            return;
        }
        struct aws_client_bootstrap_options options = {};
        options.event_loop_group = group_.get();
        options.host_resolver = resolver;
        options.on_shutdown_complete = OnClientGone;
        options.user_data = this;
        struct aws_client_bootstrap *client = aws_client_bootstrap_new(run_.allocator, &options);
        if (run_.Succeeds(client)) {
            Connect(client);
        }
        aws_client_bootstrap_release(client);
        run_.Await([this] { return client_ends_ == 1; }, "the client's end");
        aws_host_resolver_release(resolver);
    }

    void Connect(struct aws_client_bootstrap *client) {
        struct aws_socket_channel_bootstrap_options options = {};
        options.bootstrap = client;
        options.host_name = endpoint_.address;
        options.port = endpoint_.port;
        options.socket_options = &socket_options_;
        options.tls_options = client_tls_ == nullptr ? nullptr : &client_tls_->connection;
        options.setup_callback = OnClientSetUp;
        options.shutdown_callback = OnClientShutDown;
        options.user_data = this;
        bool is_connecting = run_.Succeeds(aws_client_bootstrap_new_socket_channel(&options));
        if (is_connecting) {
            run_.Await([this] { return client_set_ups_ == 1; }, "the client's set-up");
            run_.Await([this] { return client_shut_downs_ == client_channels_; }, "the client's shutdown");
        }
        run_.Check(client_set_ups_ == (is_connecting ? 1 : 0), "a connection is set up once, if it is begun");
    }

    static ChannelRun *Of(void *argument) {
        return static_cast<ChannelRun *>(argument);
    }

    static void OnListenerSetUp(struct aws_server_bootstrap *, int error, void *argument) {
        Of(argument)->run_.Report(error);
        Of(argument)->run_.state.Change([&] { Of(argument)->listener_set_ups_++; });
    }

    static void OnListenerDestroyed(struct aws_server_bootstrap *, void *argument) {
        Of(argument)->run_.state.Change([&] { Of(argument)->listener_ends_++; });
    }

    static void OnClientGone(void *argument) {
        Of(argument)->run_.state.Change([&] { Of(argument)->client_ends_++; });
    }

    static void OnIncoming(struct aws_server_bootstrap *, int error, struct aws_channel *channel, void *argument) {
        ChannelRun *self = Of(argument);
        self->run_.Report(error);
        self->run_.Check((error == 0) == (channel != nullptr), "incoming brings a channel or an error");
        if (error != 0) {
            return;
        }
        self->run_.state.Change([&] { self->server_channels_++; });
        ScriptedHandler *handler = ScriptedHandler::New(self->run_.allocator);
        handler->on_read = [self, handler, channel](const std::string &text) { self->Send(channel, handler, text); };
        handler->Install(channel);
    }

    static void
    OnServerShutDown(struct aws_server_bootstrap *, int error, struct aws_channel *channel, void *argument) {
        Of(argument)->run_.Check(channel != nullptr, "a shutdown says of what");
        Of(argument)->OnShutDown(error, &ChannelRun::server_shut_downs_);
    }

    static void OnClientSetUp(struct aws_client_bootstrap *, int error, struct aws_channel *channel, void *argument) {
        ChannelRun *self = Of(argument);
        self->run_.Report(error);
        self->run_.Check((error == 0) == (channel != nullptr), "set-up brings a channel or an error");
        if (error == 0) {
            ScriptedHandler *handler = ScriptedHandler::New(self->run_.allocator);
            handler->on_read = [self, channel](const std::string &text) { self->OnEcho(channel, text); };
            handler->Install(channel);
            std::string data(self->run_.bytes, '\0');
            for (size_t i = 0; i < data.size(); ++i) {
                data[i] = PatternByte(i);
            }
            self->Send(channel, handler, data);
        }
        self->run_.state.Change([&] {
            self->client_set_ups_++;
            self->client_channels_ += error == 0;
        });
    }

    static void
    OnClientShutDown(struct aws_client_bootstrap *, int error, struct aws_channel *channel, void *argument) {
        Of(argument)->run_.Check(channel != nullptr, "a shutdown says of what");
        Of(argument)->OnShutDown(error, &ChannelRun::client_shut_downs_);
    }

    void OnShutDown(int error, int ChannelRun::*counter) {
        run_.Report(error);
        run_.state.Change([&] { this->*counter += 1; });
    }

    void OnEcho(struct aws_channel *channel, const std::string &text) {
        for (size_t i = 0; i < text.size(); ++i) {
            run_.Check(text[i] == PatternByte(received_ + i), "data is as it was sent");
        }
        received_ += text.size();
        if (received_ == run_.bytes) {
            run_.Complete();
            aws_channel_shutdown(channel, AWS_ERROR_SUCCESS);
        }
    }

    /* In messages that are no larger than need be: there may be thousands of one byte. */
    void Send(struct aws_channel *channel, ScriptedHandler *handler, const std::string &text) {
        for (size_t sent = 0; sent < text.size();) {
            struct aws_io_message *message =
                aws_channel_acquire_message_from_pool(channel, AWS_IO_MESSAGE_APPLICATION_DATA, text.size() - sent);
            struct aws_byte_cursor part = aws_byte_cursor_from_array(text.data() + sent, text.size() - sent);
            part.len = std::min(part.len, message->message_data.capacity);
            aws_byte_buf_append(&message->message_data, &part);
            message->on_completion = OnWritten;
            message->user_data = this;
            sent += part.len;
            sends_++;
            if (aws_channel_slot_send_message(handler->slot, message, AWS_CHANNEL_DIR_WRITE) != AWS_OP_SUCCESS) {
                sends_--;
                run_.Report(aws_last_error());
                aws_channel_shutdown(channel, aws_last_error());
                aws_mem_release(message->allocator, message);
                return;
            }
        }
    }

    static void OnWritten(struct aws_channel *, struct aws_io_message *, int error, void *argument) {
        Of(argument)->sends_--;
        Of(argument)->run_.Report(error);
    }

    FaultRun &run_;
    FaultGroup &group_;
    FaultTls *server_tls_;
    FaultTls *client_tls_;
    struct aws_socket_options socket_options_ = {};
    TemporaryDirectory directory_;
    struct aws_socket_endpoint endpoint_ = {};
    size_t received_ = 0;
    std::atomic<int> sends_{0};
    int listener_set_ups_ = 0, listener_ends_ = 0, client_ends_ = 0;
    int server_channels_ = 0, server_shut_downs_ = 0;
    int client_set_ups_ = 0, client_channels_ = 0, client_shut_downs_ = 0;
};

} // namespace

void PlayChannels(FaultRun &run) {
    FaultGroup group(run, 2);
    if (group.get() != nullptr) {
        ChannelRun(run, group, AWS_SOCKET_IPV4).Play();
    }
}

void PlayUnixChannels(FaultRun &run) {
    FaultGroup group(run, 2);
    if (group.get() != nullptr) {
        ChannelRun(run, group, AWS_SOCKET_LOCAL).Play();
    }
}

void PlayTls(FaultRun &run) {
    FaultGroup group(run, 2);
    FaultTls server(run, true, ServerOptions(run, false));
    FaultTls client(run, false, ClientOptions(run));
    if (group.get() != nullptr && server.is_good() && client.is_good()) {
        ChannelRun(run, group, AWS_SOCKET_IPV4, &server, &client).Play();
    }
}

namespace {

/* The program's own handler of keys: each signature is made by a thread of its own. */
class KeyThreads {
  public:
    explicit KeyThreads(FaultRun &run) : run_(run) {
        static const struct aws_custom_key_op_handler_vtable vtable = {OnOperation};
        handler_.impl = this;
        handler_.vtable = &vtable;
        aws_ref_count_init(&handler_.ref_count, this, [](void *self) {
            auto *threads = static_cast<KeyThreads *>(self);
            threads->run_.state.Change([&] { threads->releases_++; });
        });
    }

    ~KeyThreads() {
        aws_custom_key_op_handler_release(&handler_);
        run_.Await([this] { return releases_ == 1; }, "the release of the key's handler");
        for (std::thread &thread : threads_) {
            thread.join();
        }
    }

    KeyThreads(const KeyThreads &) = delete;
    KeyThreads &operator=(const KeyThreads &) = delete;

    Options ClientOptions() {
        return [this](struct aws_tls_ctx_options *options) {
            struct aws_byte_buf certificate;
            if (aws_byte_buf_init_from_file(&certificate, run_.allocator, Certificate("server.crt").c_str())) {
                return AWS_OP_ERR;
            }
            struct aws_byte_cursor cursor = aws_byte_cursor_from_buf(&certificate);
            int result = aws_tls_ctx_options_init_client_mtls_with_custom_key_operations(
                options, run_.allocator, &handler_, &cursor);
            aws_byte_buf_clean_up(&certificate);
            return result == AWS_OP_SUCCESS ? TrustTestCertificates(options) : result;
        };
    }

  private:
    static void OnOperation(struct aws_custom_key_op_handler *handler, struct aws_tls_key_operation *operation) {
        auto *self = static_cast<KeyThreads *>(handler->impl);
        self->threads_.emplace_back([operation] {
            struct aws_byte_cursor input = aws_tls_key_operation_get_input(operation);
            std::string signature = SignWithTestKey(
                aws_tls_key_operation_get_signature_algorithm(operation) == AWS_TLS_SIGNATURE_RSA_PSS,
                aws_tls_hash_algorithm_str(aws_tls_key_operation_get_digest_algorithm(operation)),
                std::string((const char *)input.ptr, input.len));
            aws_tls_key_operation_complete(operation, aws_byte_cursor_from_array(signature.data(), signature.size()));
        });
    }

    FaultRun &run_;
    struct aws_custom_key_op_handler handler_ = {};
    std::vector<std::thread> threads_;
    int releases_ = 0;
};

Options TokenOptions(FaultRun &run, struct aws_pkcs11_lib *library) {
    return [&run, library](struct aws_tls_ctx_options *options) {
        std::string path = Certificate("server.crt");
        struct aws_tls_ctx_pkcs11_options pkcs11 = {};
        pkcs11.pkcs11_lib = library;
        pkcs11.user_pin = aws_byte_cursor_from_c_str("0000");
        pkcs11.cert_file_path = aws_byte_cursor_from_c_str(path.c_str());
        int result = aws_tls_ctx_options_init_client_mtls_with_pkcs11(options, run.allocator, &pkcs11);
        return result == AWS_OP_SUCCESS ? TrustTestCertificates(options) : result;
    };
}

void PlayMutualTls(FaultRun &run, const Options &client_options) {
    FaultGroup group(run, 2);
    FaultTls server(run, true, ServerOptions(run, true));
    FaultTls client(run, false, client_options);
    if (group.get() != nullptr && server.is_good() && client.is_good()) {
        ChannelRun(run, group, AWS_SOCKET_IPV4, &server, &client).Play();
    }
}

} // namespace

/* The client proves itself with a key that the program keeps. Its certificate is RSA: the server has one like it. */
void PlayTlsKeys(FaultRun &run) {
    KeyThreads keys(run);
    PlayMutualTls(run, keys.ClientOptions());
}

/* The client proves itself with a key in a token. */
void PlayTlsToken(FaultRun &run) {
    struct aws_pkcs11_lib_options options = {};
    options.initialize_finalize_behavior = AWS_PKCS11_LIB_STRICT_INITIALIZE_FINALIZE;
    struct aws_pkcs11_lib *library = aws_pkcs11_lib_new(run.allocator, &options);
    if (run.Succeeds(library)) {
        PlayMutualTls(run, TokenOptions(run, library));
    }
    aws_pkcs11_lib_release(library);

    /* The threads that sign hold the library, too. */
    aws_thread_set_managed_join_timeout_ns(30000000000ULL);
    aws_thread_join_all_managed();
    run.Check(TokenIsLeftClean(), "all sessions are closed and the token's library is finalised");
}
