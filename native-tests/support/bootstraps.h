/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_BOOTSTRAPS_H
#define RESEAU_TESTS_BOOTSTRAPS_H

#include "support/raw_socket.h"
#include "support/side.h"
#include "support/temporary_file.h"

#include <aws/io/channel_bootstrap.h>
#include <aws/io/pipe.h>
#include <aws/io/socket.h>

#include <cstring>
#include <list>
#include <memory>
#include <string>
#include <vector>

/* A path for a Unix socket in a directory of its own, both gone with the object. */
class UnixPath {
    TemporaryDirectory directory_;

  public:
#if defined(_WIN32)
    const std::string path = [] {
        char name[256];
        aws_pipe_get_unique_name(name, sizeof(name));
        return std::string(name);
    }();
#else
    const std::string path = directory_.Path("socket");
#endif
};

/* For tests whose subject is not the domain. Wine has no Unix sockets, and its named pipes stay on one loop. */
#if defined(_WIN32)
constexpr enum aws_socket_domain kAnyDomain = AWS_SOCKET_IPV4;
#else
constexpr enum aws_socket_domain kAnyDomain = AWS_SOCKET_LOCAL;
#endif

inline struct aws_socket_options StreamOptions(enum aws_socket_domain domain) {
    struct aws_socket_options options = {};
    options.type = AWS_SOCKET_STREAM;
    options.domain = domain;
    options.connect_timeout_ms = 60000;
    return options;
}

/* A listener, its bootstrap, and the sides that it has accepted. */
class Server {
  public:
    Server(struct aws_allocator *allocator, struct aws_event_loop_group *group, enum aws_socket_domain domain)
        : allocator_(allocator), bootstrap_(aws_server_bootstrap_new(allocator, group)) {
        options.bootstrap = bootstrap_;
        socket_options = StreamOptions(domain);
        options.socket_options = &socket_options;
        host_ = domain == AWS_SOCKET_IPV4 ? "127.0.0.1" : domain == AWS_SOCKET_IPV6 ? Ipv6Loopback() : path_.path;
        options.host_name = host_.c_str();
        options.setup_callback = OnListenerSetUp;
        options.incoming_callback = OnIncoming;
        options.shutdown_callback = OnShutDown;
        options.destroy_callback = OnDestroyed;
        options.user_data = this;
    }

    /* Ends the listener if the test has not, and waits for the end of everything it accepted. */
    ~Server() {
        Destroy();
        if (made_) {
            EXPECT_TRUE(AwaitDestroyed()) << "the listener did not end; " << live_ << " channels live";
        }
        aws_server_bootstrap_release(bootstrap_);
    }

    /* Set before Listen(). The hook gives a new side its own hooks; it runs on the side's loop. */
    struct aws_server_socket_channel_bootstrap_options options = {};
    struct aws_socket_options socket_options = {};
    size_t window = SIZE_MAX;
    std::function<void(Side &)> on_side;
    std::function<void()> on_listener_set_up;
    std::function<void()> on_destroyed;

    struct aws_socket *listener = nullptr;
    struct aws_socket_endpoint endpoint = {};
    int set_ups = 0;
    int set_up_error = -1;
    int failed_incomings = 0;
    int destroys = 0;

    /* What the callbacks were, in order. */
    std::vector<std::string> Events() {
        return monitor_.Read([this] { return events_; });
    }

    bool Listen() {
        made_ = true;
        listener = aws_server_bootstrap_new_socket_listener(&options);
        if (listener == nullptr) {
            return false;
        }
        bool is_set_up = options.setup_callback == nullptr || monitor_.Await([this] { return set_ups > 0; });
        return is_set_up && aws_socket_get_bound_address(listener, &endpoint) == AWS_OP_SUCCESS;
    }

    /* The i-th connection, once it is set up. */
    Side *AwaitSide(size_t i = 0) {
        if (!monitor_.Await([this, i] { return sides_.size() > i; })) {
            return nullptr;
        }
        Side *side = monitor_.Read([this, i] { return std::next(sides_.begin(), (long)i)->get(); });
        return side->AwaitSetUp() ? side : nullptr;
    }

    size_t SideCount() {
        return monitor_.Read([this] { return sides_.size(); });
    }

    void Destroy() {
        if (listener != nullptr) {
            aws_server_bootstrap_destroy_socket_listener(bootstrap_, listener);
            listener = nullptr;
        }
    }

    bool AwaitDestroyed() {
        return monitor_.Await([this] { return destroys > 0; });
    }

    struct aws_server_bootstrap *bootstrap() const {
        return bootstrap_;
    }

    void ReleaseBootstrap() {
        aws_server_bootstrap_release(bootstrap_);
        bootstrap_ = nullptr;
    }

  private:
    static Server *Of(void *user_data) {
        return static_cast<Server *>(user_data);
    }

    void Log(const char *event) {
        events_.push_back(event);
    }

    static void OnListenerSetUp(struct aws_server_bootstrap *, int error, void *user_data) {
        Server *self = Of(user_data);
        if (self->on_listener_set_up) {
            self->on_listener_set_up();
        }
        self->monitor_.Change([&] {
            self->Log("listener set up");
            self->set_ups++;
            self->set_up_error = error;
        });
    }

    static void
    OnIncoming(struct aws_server_bootstrap *bootstrap, int error, struct aws_channel *channel, void *user_data) {
        Server *self = Of(user_data);
        EXPECT_NE(nullptr, bootstrap);
        EXPECT_EQ(error == 0, channel != nullptr);
        if (error != 0) {
            self->monitor_.Change([&] {
                self->Log("incoming failed");
                self->failed_incomings++;
            });
            return;
        }

        Side *side = new Side(self->allocator_, self->window);
        side->channel = channel;
        self->monitor_.Change([&] {
            self->Log("incoming");
            self->live_++;
            self->sides_.emplace_back(side);
        });
        if (self->on_side) {
            self->on_side(*side);
        }
        side->SetUp(channel, error);
    }

    static void
    OnShutDown(struct aws_server_bootstrap *bootstrap, int error, struct aws_channel *channel, void *user_data) {
        Server *self = Of(user_data);
        EXPECT_NE(nullptr, bootstrap);
        Side *side = nullptr;
        self->monitor_.Change([&] {
            self->Log("shutdown");
            self->live_--;
            /* An address may have served an earlier channel. */
            for (auto &candidate : self->sides_) {
                side = candidate->channel == channel && candidate->shut_downs == 0 ? candidate.get() : side;
            }
        });
        ASSERT_NE(nullptr, side) << "shutdown of a channel that never came in";
        side->ShutDown(channel, error);
    }

    static void OnDestroyed(struct aws_server_bootstrap *, void *user_data) {
        Server *self = Of(user_data);
        if (self->on_destroyed) {
            self->on_destroyed();
        }
        self->monitor_.Change([&] {
            self->Log("destroyed");
            self->destroys++;
        });
    }

    struct aws_allocator *allocator_;
    struct aws_server_bootstrap *bootstrap_;
    UnixPath path_;
    std::string host_;
    bool made_ = false;
    int live_ = 0;
    Monitor monitor_;
    std::vector<std::string> events_;
    std::list<std::unique_ptr<Side>> sides_;
};

/* A client bootstrap. Sides that it connects must outlive their channels. */
class Client {
  public:
    Client(
        struct aws_allocator *allocator,
        struct aws_event_loop_group *group,
        struct aws_host_resolver *resolver = nullptr,
        const struct aws_host_resolution_config *config = nullptr) {
        struct aws_client_bootstrap_options options = {};
        options.event_loop_group = group;
        options.host_resolver = resolver;
        options.host_resolution_config = config;
        options.on_shutdown_complete = [](void *gone) { static_cast<Signal *>(gone)->Raise(); };
        options.user_data = &gone;
        bootstrap_ = aws_client_bootstrap_new(allocator, &options);
    }

    ~Client() {
        Release();
        EXPECT_TRUE(gone.Wait()) << "somebody still holds the bootstrap";
    }

    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    void Release() {
        aws_client_bootstrap_release(bootstrap_);
        bootstrap_ = nullptr;
    }

    /* Options for Connect(), which a test may change before. */
    struct aws_socket_channel_bootstrap_options
    OptionsFor(Side &side, const struct aws_socket_options &socket_options, const char *host, uint32_t port) const {
        struct aws_socket_channel_bootstrap_options options = {};
        options.bootstrap = bootstrap_;
        options.host_name = host;
        options.port = port;
        options.socket_options = &socket_options;
        options.creation_callback = OnCreated;
        options.setup_callback = OnSetUp;
        options.shutdown_callback = OnShutDown;
        options.user_data = &side;
        return options;
    }

    /* Begins to connect to a server; side.AwaitSetUp() waits for the result. */
    int Connect(Side &side, const Server &server, bool back_pressure = false, struct aws_event_loop *loop = nullptr) {
        auto options = OptionsFor(side, server.socket_options, server.endpoint.address, server.endpoint.port);
        options.enable_read_back_pressure = back_pressure;
        options.requested_event_loop = loop;
        return aws_client_bootstrap_new_socket_channel(&options);
    }

    /* Opens when the bootstrap and all that held it are gone. */
    Signal gone;

  private:
    static void OnCreated(struct aws_client_bootstrap *, int error, struct aws_channel *channel, void *user_data) {
        EXPECT_EQ(0, error);
        static_cast<Side *>(user_data)->Created(channel);
    }

    static void OnSetUp(struct aws_client_bootstrap *, int error, struct aws_channel *channel, void *user_data) {
        EXPECT_EQ(error == 0, channel != nullptr);
        static_cast<Side *>(user_data)->SetUp(channel, error);
    }

    static void OnShutDown(struct aws_client_bootstrap *, int error, struct aws_channel *channel, void *user_data) {
        static_cast<Side *>(user_data)->ShutDown(channel, error);
    }

    struct aws_client_bootstrap *bootstrap_ = nullptr;
};

#endif /* RESEAU_TESTS_BOOTSTRAPS_H */
