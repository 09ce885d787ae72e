/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Everything at once, at random, and what must hold all the same: each callback once and on its thread, streams that
 * are prefixes of what was sent and equal to it where the connection ended in order, nothing after the end, and no
 * memory, thread or descriptor left when a round is over. Rounds are small worlds; each has a seed of its own, which
 * fixes what is done, though not how threads interleave.
 */
#include "stress/end.h"
#include "stress/loop_work.h"
#include "stress/names.h"
#include "stress/pipe_run.h"
#include "stress/raw_client.h"
#include "support/process.h"

#include <aws/common/logging.h>

#include <dirent.h>
#include <fcntl.h>

#include <algorithm>
#include <functional>

namespace {

const int kTimeoutSeconds = 60;

struct Options {
    uint64_t seed = 0;
    int seconds = 60;
    int threads = 4;
    int rounds = 0;
    int round_ms = 700;
};

/* ---- Server ---- */

void OnListenerSetUp(struct aws_server_bootstrap *, int error, void *user_data) {
    Listener *listener = static_cast<Listener *>(user_data);
    CHECK(error == AWS_ERROR_SUCCESS, "a listener was not set up: %s", aws_error_name(error));
    CHECK(listener->set_ups++ == 0 && listener->destroys == 0, "a listener was set up twice");
}

void OnIncoming(struct aws_server_bootstrap *, int error, struct aws_channel *channel, void *user_data) {
    Listener *listener = static_cast<Listener *>(user_data);
    World *world = listener->world;
    CHECK(listener->set_ups == 1, "a connection before its listener was set up");
    CHECK(listener->destroys == 0, "a connection after the end of its listener");
    CHECK((error == AWS_ERROR_SUCCESS) == (channel != nullptr), "a connection with and without an error");
    if (error != AWS_ERROR_SUCCESS) {
        world->failed_set_ups++;
        return;
    }
    listener->live++;
    Random random(world->seed + world->next_id++);
    End *end = new End(world, random.Next(), listener);
    end->is_back_pressured = world->is_back_pressured[listener - world->listeners];
    end->window = random.Chance(30) ? 0 : (size_t)random.Size(100000);
    {
        std::lock_guard<Lock> lock(world->mutex);
        world->ends.emplace_back(end);
        CHECK(world->accepted.emplace(channel, end).second, "the same channel came in twice");
    }
    end->OnSetUp(channel, error);
}

void OnIncomingShutDown(struct aws_server_bootstrap *, int error, struct aws_channel *channel, void *user_data) {
    Listener *listener = static_cast<Listener *>(user_data);
    CHECK(listener->destroys == 0, "the end of a connection after that of its listener");
    End *end = nullptr;
    {
        std::lock_guard<Lock> lock(listener->world->mutex);
        auto found = listener->world->accepted.find(channel);
        CHECK(found != listener->world->accepted.end(), "the end of a channel that never came in");
        end = found->second;
        listener->world->accepted.erase(found);
    }
    end->OnShutDown(channel, error);
}

void OnListenerDestroyed(struct aws_server_bootstrap *, void *user_data) {
    Listener *listener = static_cast<Listener *>(user_data);
    CHECK(listener->destroys++ == 0, "a listener was destroyed twice");
    /* What a hold keeps of a channel does not count. */
    std::lock_guard<Lock> lock(listener->world->mutex);
    for (auto &accepted : listener->world->accepted) {
        CHECK(accepted.second->listener != listener, "a listener ended before a connection of its");
    }
}

std::string UnixPath() {
    return "/tmp/reseau-stress-" + std::to_string(getpid());
}

/* Binds to the loopback address of a family, and to this port or any: whether it could, and the port. */
bool Bind(int fd, int family, uint16_t *port) {
    struct sockaddr_storage loopback = {};
    loopback.ss_family = (sa_family_t)family;
    auto *v4 = (struct sockaddr_in *)&loopback;
    auto *v6 = (struct sockaddr_in6 *)&loopback;
    socklen_t length = family == AF_INET ? sizeof(*v4) : sizeof(*v6);
    if (family == AF_INET) {
        v4->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        v4->sin_port = htons(*port);
    } else {
        v6->sin6_addr = in6addr_loopback;
        v6->sin6_port = htons(*port);
    }
    if (bind(fd, (struct sockaddr *)&loopback, length) != 0) {
        return false;
    }
    CHECK(getsockname(fd, (struct sockaddr *)&loopback, &length) == 0, "a bound socket without an address");
    *port = ntohs(family == AF_INET ? v4->sin_port : v6->sin6_port);
    return true;
}

/* Not in every container. */
bool HasIPv6() {
    uint16_t port = 0;
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    bool is_bound = Bind(fd, AF_INET6, &port);
    close(fd);
    return is_bound;
}

/* Free in both families: who connects to a name tries addresses of both, and no other program's listener may answer. */
uint16_t FreePort() {
    for (;;) {
        uint16_t port = 0;
        int v4 = socket(AF_INET, SOCK_STREAM, 0);
        int v6 = socket(AF_INET6, SOCK_STREAM, 0);
        bool is_free = Bind(v4, AF_INET, &port) && Bind(v6, AF_INET6, &port);
        close(v4);
        close(v6);
        if (is_free) {
            return port;
        }
    }
}

enum aws_socket_domain DomainOf(Family family) {
    if (family == kUnix) {
        return AWS_SOCKET_LOCAL;
    }
    return family == kIPv6 && HasIPv6() ? AWS_SOCKET_IPV6 : AWS_SOCKET_IPV4;
}

void Listen(World *world, Family family, uint16_t port, Random &random) {
    Listener &listener = world->listeners[family];
    listener.world = world;
    listener.domain = DomainOf(family);
    world->is_back_pressured[family] = random.Chance(60);
    std::string path = UnixPath();
    unlink(path.c_str());
    struct aws_socket_options socket_options = {};
    socket_options.type = AWS_SOCKET_STREAM;
    socket_options.domain = listener.domain;
    socket_options.connect_timeout_ms = 30000;
    struct aws_server_socket_channel_bootstrap_options options = {};
    options.bootstrap = world->server;
    options.host_name = listener.domain == AWS_SOCKET_IPV4   ? "127.0.0.1"
                        : listener.domain == AWS_SOCKET_IPV6 ? "::1"
                                                             : path.c_str();
    options.port = family == kUnix ? 0 : port;
    options.socket_options = &socket_options;
    options.setup_callback = OnListenerSetUp;
    options.incoming_callback = OnIncoming;
    options.shutdown_callback = OnIncomingShutDown;
    options.destroy_callback = OnListenerDestroyed;
    options.enable_read_back_pressure = world->is_back_pressured[family];
    options.user_data = &listener;
    listener.socket = aws_server_bootstrap_new_socket_listener(&options);
    CHECK(listener.socket != nullptr, "no listener on %s: %s", options.host_name, aws_error_name(aws_last_error()));
    aws_socket_get_bound_address(listener.socket, &listener.endpoint);
}

/* ---- Client ---- */

void Connect(World *world, Random &random) {
    const Listener &listener = world->listeners[random.Below(kFamilies)];
    End *end = new End(world, random.Next(), nullptr);
    end->header.id = world->next_id++;
    end->header.mode = (uint32_t)random.Below(4);
    end->header.length = (uint32_t)random.Size(400000);
    end->has_header = true;
    end->is_chaotic = end->header.mode == kChaos;
    end->is_back_pressured = random.Chance(60);
    end->window = random.Chance(30) ? 0 : (size_t)random.Size(100000);
    {
        std::lock_guard<Lock> lock(world->mutex);
        world->ends.emplace_back(end);
    }
    struct aws_socket_options socket_options = {};
    socket_options.type = AWS_SOCKET_STREAM;
    socket_options.domain = listener.domain;
    socket_options.connect_timeout_ms = 30000;
    std::string name = Names::Any(random);
    bool is_by_name = listener.domain != AWS_SOCKET_LOCAL && random.Chance(30);
    struct aws_socket_channel_bootstrap_options options = {};
    options.bootstrap = world->client;
    options.host_name = is_by_name ? name.c_str() : listener.endpoint.address;
    options.port = listener.endpoint.port;
    options.socket_options = &socket_options;
    options.enable_read_back_pressure = end->is_back_pressured;
    options.requested_event_loop = random.Chance(30) ? world->AnyLoop(random) : nullptr;
    options.creation_callback = [](struct aws_client_bootstrap *, int, struct aws_channel *, void *arg) {
        static_cast<End *>(arg)->OnCreated();
    };
    options.setup_callback = [](struct aws_client_bootstrap *, int error, struct aws_channel *channel, void *arg) {
        static_cast<End *>(arg)->OnSetUp(channel, error);
    };
    options.shutdown_callback = [](struct aws_client_bootstrap *, int error, struct aws_channel *channel, void *arg) {
        static_cast<End *>(arg)->OnShutDown(channel, error);
    };
    options.user_data = end;
    if (aws_client_bootstrap_new_socket_channel(&options) != AWS_OP_SUCCESS) {
        end->starts_refused++;
        world->open_ends--;
    }
}

/* ---- A round ---- */

void Act(World *world, Random &random) {
    End *end = nullptr;
    switch (random.Below(16)) {
    case 0:
    case 1:
    case 2:
    case 3:
        /* More than these at a time only wait for one another. */
        if (world->open_ends < 150) {
            Connect(world, random);
        }
        break;
    case 4:
    case 5:
        end = world->AnyEnd(random);
        if (end != nullptr && end->is_chaotic) {
            end->ShutDown(random.Chance(50) ? AWS_ERROR_SUCCESS : AWS_ERROR_UNKNOWN);
        }
        break;
    case 6:
        end = world->AnyEnd(random);
        if (end != nullptr && !end->is_chaotic) {
            end->ReleaseHold();
        }
        break;
    case 7:
    case 8:
        RawClient::Run(world, random);
        break;
    case 9:
        LoopWork::Flood(world, random);
        break;
    case 10:
    case 11:
        LoopWork::FloodChannel(world, random);
        break;
    case 12:
        Names::Resolve(world, random);
        break;
    case 13:
        random.Chance(30) ? Names::Purge(world, random) : Names::RecordFailure(world, random);
        break;
    case 14:
        PipeRun::Start(world, random);
        break;
    default:
        aws_thread_current_sleep(random.Size(2000000));
        break;
    }
}

void Open(World *world, Random &random) {
    struct aws_event_loop_group_options group_options = {};
    struct aws_shutdown_callback_options group_end = {
        [](void *arg) { static_cast<World *>(arg)->group_ends++; }, world};
    group_options.loop_count = (uint16_t)(1 + random.Below(4));
    group_options.shutdown_options = &group_end;
    world->group = aws_event_loop_group_new(world->allocator, &group_options);

    struct aws_host_resolver_default_options resolver_options = {};
    struct aws_shutdown_callback_options resolver_end = {
        [](void *arg) { static_cast<World *>(arg)->resolver_ends++; }, world};
    resolver_options.el_group = world->group;
    resolver_options.max_entries = 8;
    resolver_options.shutdown_options = &resolver_end;
    world->resolver = aws_host_resolver_new_default(world->allocator, &resolver_options);
    world->names.impl = Names::LookUp;
    world->names.impl_data = world;
    world->names.max_ttl = 1;
    world->names.resolve_frequency_ns = 100000000;

    struct aws_client_bootstrap_options client_options = {};
    client_options.event_loop_group = world->group;
    client_options.host_resolver = world->resolver;
    client_options.host_resolution_config = &world->names;
    client_options.on_shutdown_complete = [](void *arg) { static_cast<World *>(arg)->client_ends++; };
    client_options.user_data = world;
    world->client = aws_client_bootstrap_new(world->allocator, &client_options);
    world->server = aws_server_bootstrap_new(world->allocator, world->group);
    uint16_t port = HasIPv6() ? FreePort() : 0;
    for (Family family : {kIPv4, kIPv6, kUnix}) {
        Listen(world, family, port, random);
    }
}

/* Releases everything, in any order, while connections live. */
void Close(World *world, Random &random) {
    std::vector<std::function<void()>> releases = {
        [&] { aws_event_loop_group_release(world->group); },
        [&] { aws_host_resolver_release(world->resolver); },
        [&] { aws_client_bootstrap_release(world->client); },
    };
    for (Listener &listener : world->listeners) {
        releases.push_back([&] { aws_server_bootstrap_destroy_socket_listener(world->server, listener.socket); });
    }
    for (size_t i = releases.size(); i > 1; i--) {
        std::swap(releases[i - 1], releases[random.Below(i)]);
    }
    for (auto &release : releases) {
        release();
    }
    aws_server_bootstrap_release(world->server);
    unlink(UnixPath().c_str());
}

void ReportOpenEnds(World *world) {
    std::lock_guard<Lock> lock(world->mutex);
    for (auto &end : world->ends) {
        if (!end->IsOver()) {
            std::fprintf(
                stderr,
                "open: %s %llu mode %u length %u received %llu written %llu set-ups %d shut-downs %d destroys %d held "
                "%d\n",
                end->IsClient() ? "client" : "server",
                (unsigned long long)end->header.id,
                end->header.mode,
                end->header.length,
                (unsigned long long)end->received,
                (unsigned long long)end->written,
                end->set_ups.load(),
                end->shut_downs.load(),
                end->destroys.load(),
                (int)end->IsHeld());
        }
    }
}

/* Connections that end by themselves must do so; the others are ended. */
void AwaitEnds(World *world) {
    bool is_over = Eventually(
        [world] {
            std::vector<End *> ends;
            {
                std::lock_guard<Lock> lock(world->mutex);
                for (auto &end : world->ends) {
                    ends.push_back(end.get());
                }
            }
            for (End *end : ends) {
                if (end->is_chaotic && end->shut_downs == 0) {
                    end->ShutDown(AWS_ERROR_SUCCESS);
                } else {
                    if (end->shut_downs == 1) {
                        end->ReleaseHold();
                    }
                }
            }
            return world->open_ends == 0 && world->open_calls == 0;
        },
        kTimeoutSeconds);
    if (!is_over) {
        ReportOpenEnds(world);
        Fail("%d ends of connections and %d calls are stuck", world->open_ends.load(), world->open_calls.load());
    }
}

void CheckStreams(World *world) {
    std::map<uint64_t, End *> servers;
    for (auto &end : world->ends) {
        CHECK(end->IsOver(), "an end of a connection is not over");
        if (!end->IsClient() && end->has_header) {
            CHECK(servers.emplace(end->header.id, end.get()).second, "a connection came in twice");
        }
    }
    for (auto &end : world->ends) {
        auto found = servers.find(end->header.id);
        /* Without a counterpart it had not been accepted when its listener ended. */
        if (!end->IsClient() || end->is_chaotic || found == servers.end()) {
            continue;
        }
        End *server = found->second;
        uint64_t length = end->header.length;
        uint64_t up = end->header.mode == kDownload ? 0 : length;
        uint64_t down = end->header.mode == kUpload ? 0 : length;
        CHECK(
            server->received == up && end->received == down,
            "connection %llu, mode %u: %llu of %llu bytes came up, %llu of %llu down; ended with %s and %s",
            (unsigned long long)end->header.id,
            end->header.mode,
            (unsigned long long)server->received,
            (unsigned long long)up,
            (unsigned long long)end->received,
            (unsigned long long)down,
            aws_error_name(end->shut_down_error),
            aws_error_name(server->shut_down_error));
    }
    for (auto &upload : world->raw_uploads) {
        auto found = servers.find(upload.first);
        CHECK(
            found != servers.end() && found->second->received == upload.second,
            "upload %llu of %llu bytes did not arrive",
            (unsigned long long)upload.first,
            (unsigned long long)upload.second);
    }
}

void CheckEnds(World *world) {
    CHECK(world->group_ends == 1, "the group ended %d times", world->group_ends.load());
    CHECK(world->resolver_ends == 1, "the resolver ended %d times", world->resolver_ends.load());
    CHECK(world->client_ends == 1, "the client bootstrap ended %d times", world->client_ends.load());
    for (Listener &listener : world->listeners) {
        CHECK(listener.set_ups == 1 && listener.destroys == 1 && listener.live == 0, "a listener is not over");
    }
    for (auto &work : world->works) {
        CHECK(work->runs == 1, "a task ran %d times", work->runs.load());
    }
}

void RunRound(uint64_t seed, const Options &options, long threads_before, long fds_before) {
    g_round_seed = seed;
    World world;
    world.seed = seed;
    world.allocator = aws_mem_tracer_new(aws_default_allocator(), nullptr, AWS_MEMTRACE_BYTES, 0);
    Random random(seed);
    Open(&world, random);

    std::vector<std::thread> drivers;
    for (int i = 0; i < options.threads; i++) {
        drivers.emplace_back([&world, &options, seed, i] {
            Random own(seed * 31 + (uint64_t)i);
            auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(options.round_ms);
            while (std::chrono::steady_clock::now() < end) {
                Act(&world, own);
            }
        });
    }
    for (auto &driver : drivers) {
        driver.join();
    }

    world.is_ending = true;
    Close(&world, random);
    AwaitEnds(&world);
    aws_thread_set_managed_join_timeout_ns(kTimeoutSeconds * 1000000000ull);
    CHECK(aws_thread_join_all_managed() == AWS_OP_SUCCESS, "threads are left that do not end");
    CheckEnds(&world);
    CheckStreams(&world);

    if (aws_mem_tracer_count(world.allocator) != 0) {
        Fail(
            "%zu blocks, %zu bytes were not freed",
            aws_mem_tracer_count(world.allocator),
            aws_mem_tracer_bytes(world.allocator));
    }
    aws_mem_tracer_destroy(world.allocator);
    CHECK(
        Eventually([&] { return s_entries("/proc/self/task") <= threads_before; }, 5),
        "%ld threads at the end, %ld at the start",
        s_entries("/proc/self/task"),
        threads_before);
    long fds = s_entries("/proc/self/fd");
    CHECK(fds == fds_before, "%ld descriptors at the end, %ld at the start", fds, fds_before);
    std::printf(
        "seed %llu: %llu connections, %llu refused, %llu bytes, %llu tasks, %llu resolutions, %llu pipes\n",
        (unsigned long long)seed,
        (unsigned long long)world.connections.load(),
        (unsigned long long)world.failed_set_ups.load(),
        (unsigned long long)world.bytes.load(),
        (unsigned long long)world.tasks.load(),
        (unsigned long long)world.resolutions.load(),
        (unsigned long long)world.pipes.load());
    std::fflush(stdout);
}

/* The runtime's own threads and descriptors come with the first use. */
void WarmUp() {
    struct aws_event_loop_group_options options = {};
    options.loop_count = 1;
    aws_event_loop_group_release(aws_event_loop_group_new(aws_default_allocator(), &options));
    aws_thread_join_all_managed();
}

Options Parse(int argc, char **argv) {
    Options options;
    options.seed = (uint64_t)std::chrono::system_clock::now().time_since_epoch().count() % 1000000007;
    for (int i = 1; i + 1 < argc; i += 2) {
        std::string name = argv[i];
        unsigned long long value = std::strtoull(argv[i + 1], nullptr, 10);
        if (name == "--seed") {
            options.seed = value;
        } else if (name == "--seconds") {
            options.seconds = (int)value;
        } else if (name == "--threads") {
            options.threads = (int)value;
        } else if (name == "--rounds") {
            options.rounds = (int)value;
        } else if (name == "--round-ms") {
            options.round_ms = (int)value;
        } else {
            std::fprintf(
                stderr, "usage: %s [--seed N] [--seconds N] [--threads N] [--rounds N] [--round-ms N]\n", argv[0]);
            std::exit(2);
        }
    }
    return options;
}

} // namespace

int main(int argc, char **argv) {
    Options options = Parse(argc, argv);
    std::printf("seed %llu\n", (unsigned long long)options.seed);
    std::fflush(stdout);
    aws_io_library_init(aws_default_allocator());
    WarmUp();
    long threads = s_entries("/proc/self/task");
    long fds = s_entries("/proc/self/fd");

    auto end = std::chrono::steady_clock::now() + std::chrono::seconds(options.seconds);
    Random seeds(options.seed);
    uint64_t seed = options.seed;
    for (int round = 0; options.rounds == 0 ? std::chrono::steady_clock::now() < end : round < options.rounds;
         round++) {
        RunRound(seed, options, threads, fds);
        seed = seeds.Next() >> 20;
    }
    aws_io_library_clean_up();
    return 0;
}
