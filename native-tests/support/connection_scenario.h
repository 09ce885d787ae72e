/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_CONNECTION_SCENARIO_H
#define RESEAU_TESTS_CONNECTION_SCENARIO_H

#include "support/simulated_world.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

/*
 * Clients and a server that behave as a seed says, on a network with faults, and what must hold whatever happens:
 * each connection has one close, its last callback; its record agrees with what was written and delivered; what has
 * come is a beginning of what was sent, and all of it if both ends were closed in order.
 */
struct ScenarioOptions {
    /* How many connections at most; bytes of each direction at most. */
    int max_connections = 5;
    int64_t max_bytes = 12000;
    int64_t fault_ms = 30000;
    /* Over how long connections begin, and how long everything takes at most. */
    int64_t spread_ms = 3000;
    int64_t limit_ms = 48LL * 3600 * 1000;
    /* Changes the options of every client connection, and of the listener. */
    std::function<void(World &, struct reseau_options &)> client;
    std::function<void(World &, struct reseau_options &)> server;
    /* More hosts, before the faults are chosen. */
    std::function<void(World &)> prepare;
    /* Whether something between them has thrown bytes away, which an end of the stream does not show. */
    std::function<bool()> is_cut;
    /* What has been written is known to the byte: not so where a part of a TLS record has gone. */
    bool is_exact = true;
    /* The server's host ends and starts again, so many times. */
    int restarts = 0;
    std::string target = "server";
    struct reseau_simulation_options simulation = {sizeof(struct reseau_simulation_options), 0, 0};
};

class ConnectionScenario;

/* What callbacks get: of a listener's connections that never open, the scenario; else the end. */
struct ScenarioState {
    explicit ScenarioState(bool end) : is_end(end) {
    }
    const bool is_end;
};

class ConnectionScenario : private ScenarioState {
  public:
    ConnectionScenario(uint64_t seed, const ScenarioOptions &options)
        : ScenarioState(false), options_(options), world_(seed, &options.simulation) {
    }

    /* What was wrong; nothing, if all was well. */
    std::string Run() {
        server_ = world_.Host("server", "10.0.0.1 fd00::1");
        reseau_id clients[] = {world_.Host("client"), world_.Host("other")};
        if (options_.prepare) {
            options_.prepare(world_);
        }
        if (getenv("RESEAU_TEST_TRACE") != nullptr) { /* for a seed that is run alone */
            EXPECT_EQ(0, reseau_simulation_trace(world_.Id(), getenv("RESEAU_TEST_TRACE")));
        }
        reseau_simulation_random_faults(world_.Id(), options_.fault_ms);
        Listen();
        int count = 1 + (int)world_.Random(options_.max_connections);
        for (int i = 0; i < count; ++i) {
            int64_t delay = world_.Random(options_.spread_ms);
            World::On(clients[world_.Random(2)], [this, delay, i] { world_.After(delay, [this, i] { Connect(i); }); });
        }
        for (int i = 0; i < options_.restarts; ++i) {
            int64_t delay = world_.Random(options_.fault_ms);
            World::On(clients[1], [this, delay] { world_.After(delay, [this] { StopServer(); }); });
        }
        int end = world_.Run(options_.limit_ms);
        if (end != 0) {
            Fault("the run does not end: ") << reseau_error_name(end);
        }
        for (auto &one : ends_) {
            CheckEnd(*one);
        }
        hash = world_.Hash();
        now = world_.Now();
        return faults_.str();
    }

    uint64_t hash = 0;
    double now = 0;
    int opened = 0;
    int orderly = 0;

  private:
    /* One end of a connection. Streams are numbered; a byte is a function of its stream, its side and its place. */
    struct End : ScenarioState {
        End() : ScenarioState(true) {
        }

        ConnectionScenario *scenario = nullptr;
        bool is_server = false;
        int stream = -1;
        reseau_id id = 0;
        int opens = 0;
        int ends = 0;
        int closes = 0;
        bool has_aborted = false;
        bool has_closed = false;
        std::string unread;     /* given and not consumed, to compare with what is given next */
        uint64_t delivered = 0; /* and consumed */
        uint64_t written = 0;
        int64_t to_write = 0;
        struct reseau_close_info info = {};
    };

    static char ByteOf(int stream, bool of_server, uint64_t place) {
        if (place == 0) {
            return (char)stream; /* by which the server knows it */
        }
        return (char)((place * 31 + (uint64_t)stream * 7 + (of_server ? 101 : 3)) >> (place % 3));
    }

    std::ostringstream &Fault(const std::string &text) {
        faults_ << "\n" << text;
        return faults_;
    }

    End *NewEnd(bool is_server) {
        ends_.push_back(std::make_unique<End>());
        ends_.back()->scenario = this;
        ends_.back()->is_server = is_server;
        ends_.back()->to_write = world_.Random(4) == 0 ? 1 : 1 + world_.Random(options_.max_bytes);
        return ends_.back().get();
    }

    struct reseau_options CommonOptions(End *end) {
        struct reseau_options options = reseau_options_default();
        options.state = static_cast<ScenarioState *>(end);
        options.on_open = OnOpen;
        options.on_data = OnData;
        options.on_close = OnClose;
        options.on_drain = OnDrain;
        if (world_.Random(2) == 0) {
            options.on_end = OnEnd;
        }
        options.idle_timeout_ms = 20000 + world_.Random(60000);
        options.write_policy = RESEAU_WRITE_WOULD_BLOCK;
        if (world_.Random(2) == 0) {
            options.write_queue_bytes = (size_t)(100 + world_.Random(5000));
        }
        if (world_.Random(2) == 0) {
            options.read_buffer_bytes = (size_t)(100 + world_.Random(5000));
        }
        if (world_.Random(4) == 0) {
            options.slow_reader_timeout_ms = 1 + world_.Random(60000);
        }
        return options;
    }

    void Listen() {
        struct reseau_options options = CommonOptions(nullptr);
        options.on_open = OnAccepted;
        options.on_close = OnUnopened;
        options.state = static_cast<ScenarioState *>(this);
        options.loop = server_;
        options.backlog = 1 + (int)world_.Random(3);
        if (world_.Random(3) == 0) {
            options.max_connections = (size_t)(1 + world_.Random(2));
        }
        if (options_.server) {
            options_.server(world_, options);
        }
        for (int i = 0; i < 1000; ++i) {
            reseau_id listener = reseau_listen("*", 443, &options);
            if (listener > 0) {
                return;
            }
            if (listener != RESEAU_ERROR_TOO_MANY_FILES) {
                Fault("cannot listen: ") << reseau_error_name(listener);
                return;
            }
        }
    }

    void StopServer() {
        if (!is_stopped_) {
            is_stopped_ = true;
            int error = world_.Random(2) == 0 ? reseau_close(server_) : reseau_abort(server_);
            if (error != 0) {
                Fault("a host cannot be ended: ") << reseau_error_name(error);
            }
            world_.After(1 + world_.Random(20000), [this] {
                server_ = world_.Host("server", "10.0.0.1 fd00::1");
                is_stopped_ = false;
                Listen();
            });
        }
    }

    void Connect(int stream) {
        End *end = NewEnd(false);
        end->stream = stream;
        struct reseau_options options = CommonOptions(end);
        options.connect_timeout_ms = 1 + world_.Random(40000);
        if (world_.Random(3) == 0) {
            options.family = world_.Random(2) == 0 ? 4 : 6;
        }
        if (options_.client) {
            options_.client(world_, options);
        }
        reseau_id id = reseau_connect_start(options_.target.c_str(), 443, &options);
        if (id < 0) {
            Fault("cannot begin to connect: ") << reseau_error_name(id);
            return;
        }
        end->id = id;
        if (world_.Random(20) == 0) {
            world_.After(world_.Random(2000), [this, end] { EndIt(end); });
        }
    }

    static End *EndOf(void *state) {
        return static_cast<End *>(static_cast<ScenarioState *>(state));
    }

    static ConnectionScenario *Of(void *state) {
        return EndOf(state)->scenario;
    }

    static void OnAccepted(reseau_id connection, void *state) {
        ConnectionScenario *self = static_cast<ConnectionScenario *>(static_cast<ScenarioState *>(state));
        End *end = self->NewEnd(true);
        end->id = connection;
        reseau_set_state(connection, static_cast<ScenarioState *>(end));
        OnOpen(connection, static_cast<ScenarioState *>(end));
    }

    /* Also of accepted ones whose handshake has failed: they have the listener's state still. */
    static void OnUnopened(reseau_id connection, const struct reseau_close_info *info, void *state) {
        if (static_cast<ScenarioState *>(state)->is_end) {
            OnClose(connection, info, state);
        }
    }

    static void OnOpen(reseau_id connection, void *state) {
        End *end = EndOf(state);
        ConnectionScenario *self = Of(state);
        if (end->opens++ != 0 || end->closes != 0 || end->id != connection) {
            self->Fault("an open that is not the first callback");
        }
        self->opened++;
        if (!end->is_server || self->world_.Random(2) == 0) {
            self->WriteMore(end);
        }
        if (self->world_.Random(6) == 0) {
            int64_t delay = self->world_.Random(5000);
            self->world_.After(delay, [self, end] { self->EndIt(end); });
        }
        if (self->world_.Random(6) == 0) {
            reseau_pause(connection);
            int64_t delay = self->world_.Random(5000);
            self->world_.After(delay, [end] { reseau_resume(end->id); });
        }
    }

    static size_t OnData(reseau_id, const void *data, size_t length, void *state) {
        End *end = EndOf(state);
        ConnectionScenario *self = Of(state);
        const char *bytes = (const char *)data;
        if (end->closes != 0 || end->opens == 0) {
            self->Fault("data before the open or after the close");
        }
        if (end->is_server && end->stream < 0) {
            end->stream = (unsigned char)bytes[0];
        }
        for (size_t i = 0; i < length; ++i) {
            if (bytes[i] != ByteOf(end->stream, !end->is_server, end->delivered + i)) {
                self->Fault("a byte is wrong at ") << end->delivered + i << " of stream " << end->stream;
                break;
            }
        }
        size_t consumed = self->world_.Random(4) == 0 ? (size_t)self->world_.Random((int64_t)length + 1) : length;
        end->delivered += consumed;
        if (consumed < length) {
            reseau_id id = end->id;
            self->world_.After(1 + self->world_.Random(1000), [id] { reseau_resume(id); });
        }
        if (end->is_server && end->written == 0) {
            self->WriteMore(end);
        }
        return consumed;
    }

    static void OnDrain(reseau_id, void *state) {
        Of(state)->WriteMore(EndOf(state));
    }

    static void OnEnd(reseau_id, void *state) {
        End *end = EndOf(state);
        ConnectionScenario *self = Of(state);
        if (end->ends++ != 0 || end->closes != 0) {
            self->Fault("an end that is not the first or comes after the close");
        }
        int64_t delay = self->world_.Random(3) == 0 ? self->world_.Random(1000) : 0;
        self->world_.After(delay, [end] {
            if (!end->has_closed && end->closes == 0) {
                end->has_closed = true;
                reseau_close(end->id);
            }
        });
    }

    static void OnClose(reseau_id connection, const struct reseau_close_info *info, void *state) {
        End *end = EndOf(state);
        ConnectionScenario *self = Of(state);
        if (end->closes++ != 0) {
            self->Fault("a second close");
        }
        end->info = *info;
        struct reseau_close_info kept = {};
        kept.size = sizeof(kept);
        if (reseau_close_info(connection, &kept) != 0 || memcmp(&kept, info, sizeof(kept)) != 0) {
            self->Fault("a record that is another one than the callback's");
        }
    }

    void WriteMore(End *end) {
        while (end->to_write > 0 && end->closes == 0) {
            size_t length = (size_t)std::min<int64_t>(end->to_write, 1 + world_.Random(3000));
            std::string text(length, '\0');
            for (size_t i = 0; i < length; ++i) {
                text[i] = ByteOf(end->stream, end->is_server, end->written + i);
            }
            /* A server that does not know its stream yet waits for it. */
            if (end->stream < 0) {
                return;
            }
            int64_t result = reseau_write(end->id, text.data(), length);
            if (result == RESEAU_ERROR_NO_ROOM) {
                return; /* on_drain */
            }
            if (result != (int64_t)length) {
                if (result != RESEAU_ERROR_CLOSED) {
                    Fault("a write fails: ") << reseau_error_name(result);
                }
                return;
            }
            end->written += length;
            end->to_write -= (int64_t)length;
        }
        if (end->closes == 0 && end->to_write == 0) {
            end->to_write = -1;
            switch (world_.Random(3)) {
            case 0:
                reseau_end(end->id);
                break;
            case 1:
                end->has_closed = true;
                reseau_close(end->id);
                break;
            default:
                break; /* the other side, or its idle time */
            }
        }
    }

    void EndIt(End *end) {
        if (end->closes != 0) {
            return;
        }
        if (world_.Random(2) == 0) {
            end->has_aborted = true;
            reseau_abort(end->id);
        } else {
            end->has_closed = true;
            reseau_close(end->id);
        }
    }

    void CheckEnd(const End &end) {
        std::string who = std::string(end.is_server ? "server" : "client") + " of stream " + std::to_string(end.stream);
        if (end.closes != 1) {
            Fault(who) << " has " << end.closes << " closes";
            return;
        }
        const struct reseau_close_info &info = end.info;
        if (info.bytes_read < end.delivered) {
            Fault(who) << " delivered " << end.delivered << " of " << info.bytes_read << " bytes read";
        }
        if (end.opens == 0 && (info.bytes_read != 0 || end.delivered != 0)) {
            Fault(who) << " never opened, and has read";
        }
        if (info.closed_by < RESEAU_CLOSED_BY_LOCAL || info.closed_by > RESEAU_CLOSED_BY_LIBRARY) {
            Fault(who) << " closed by " << info.closed_by;
        }
        if (info.closed_by == RESEAU_CLOSED_BY_LIBRARY && info.error == 0) {
            Fault(who) << " closed by the library without error";
        }
        if (info.bytes_written + info.bytes_unsent != end.written) {
            Fault(who) << " wrote " << end.written << ", of which " << info.bytes_written << " went and "
                       << info.bytes_unsent << " did not; error " << reseau_error_name(info.error);
        }
        if (end.is_server || end.opens == 0) {
            return;
        }
        for (const auto &other : ends_) {
            if (other->is_server && other->stream == end.stream) {
                CheckPair(end, *other, who);
            }
        }
    }

    /* Nothing was given up on either side: then everything has arrived. */
    void CheckPair(const End &a, const End &b, const std::string &who) {
        bool is_too_much = a.info.bytes_read > b.info.bytes_written || b.info.bytes_read > a.info.bytes_written;
        if (options_.is_exact && is_too_much) {
            Fault(who) << " and its peer have read " << a.info.bytes_read << " and " << b.info.bytes_read
                       << ", and sent " << a.info.bytes_written << " and " << b.info.bytes_written;
        }
        bool is_cut = options_.is_cut && options_.is_cut();
        if (a.info.error != 0 || b.info.error != 0 || a.has_aborted || b.has_aborted || is_cut) {
            return;
        }
        orderly++;
        CheckArrived(a, b, who);
        CheckArrived(b, a, who);
    }

    void CheckArrived(const End &from, const End &to, const std::string &who) {
        /* Who closes by itself does not read to the end. */
        bool reads_to_the_end = to.info.closed_by == RESEAU_CLOSED_BY_PEER || to.ends != 0;
        if (reads_to_the_end && to.info.bytes_read != from.info.bytes_written) {
            Fault(who) << ": of " << from.info.bytes_written << " bytes that the "
                       << (from.is_server ? "server" : "client") << " has sent " << to.info.bytes_read
                       << " have come, though both ends were closed in order, by " << from.info.closed_by << " and "
                       << to.info.closed_by << ", with " << from.ends << " and " << to.ends << " ends";
        }
    }

    const ScenarioOptions options_;
    std::vector<std::unique_ptr<End>> ends_;
    std::ostringstream faults_;
    reseau_id server_ = 0;
    bool is_stopped_ = false;
    World world_; /* first to go: its end calls for what is left */
};

/* For so many seeds, or as the environment says. */
inline void RunScenario(uint64_t count, const ScenarioOptions &options, uint64_t first = 1) {
    struct Runs {
        const ScenarioOptions *options = nullptr;
        int opened = 0;
        int orderly = 0;
        clock_t slowest = 0;
        uint64_t slowest_seed = 0;
        std::string faults;
    } runs;
    runs.options = &options;
    auto scenario = [](uint64_t seed, void *state) {
        Runs *all = (Runs *)state;
        clock_t begin = clock();
        std::string faults;
        {
            ConnectionScenario one(seed, *all->options);
            faults = one.Run();
            all->opened += one.opened;
            all->orderly += one.orderly;
        }
        clock_t spent = clock() - begin;
        if (spent > all->slowest) {
            all->slowest = spent;
            all->slowest_seed = seed;
        }
        if (!faults.empty()) {
            all->faults = faults;
        }
        return faults.empty() ? 0 : 1;
    };
    uint64_t failed = 0;
    EXPECT_EQ(0, reseau_simulation_seeds(first, count, scenario, &runs, &failed))
        << "seed " << failed << ": " << runs.faults;
    printf(
        "%d connections opened, %d pairs were closed in order; the slowest seed, %llu, took %.1f ms\n",
        runs.opened,
        runs.orderly,
        (unsigned long long)runs.slowest_seed,
        (double)runs.slowest * 1000 / CLOCKS_PER_SEC);
    if (count > 10 && failed == 0 && getenv("RESEAU_SIMULATION_SEED") == nullptr) {
        EXPECT_GT(runs.opened, 0) << "nothing is tested";
        EXPECT_GT(runs.orderly, 0) << "nothing is tested";
    }
}

#endif /* RESEAU_TESTS_CONNECTION_SCENARIO_H */
