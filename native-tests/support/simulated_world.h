/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_SIMULATED_WORLD_H
#define RESEAU_TESTS_SIMULATED_WORLD_H

#include <reseau/reseau.h>
#include <reseau/simulation.h>

#include <gtest/gtest.h>

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

/* What a connection calls, or those of a listener. Each may be left out. */
struct Calls {
    std::function<void(reseau_id)> on_open;
    std::function<size_t(reseau_id, const std::string &)> on_data;
    std::function<void(reseau_id)> on_end;
    std::function<void(reseau_id)> on_drain;
    std::function<void(reseau_id, const struct reseau_close_info &)> on_close;
    std::function<void(reseau_id, const struct reseau_datagram &)> on_datagram;
};

/* A simulation and what its programs are made of; gone with the object. */
class World {
  public:
    explicit World(uint64_t seed = 1, const struct reseau_simulation_options *options = nullptr)
        : id_(reseau_simulation_new(seed, options)) {
        EXPECT_GT(id_, 0) << reseau_error_name(id_);
    }

    ~World() {
        EXPECT_EQ(0, reseau_simulation_free(id_));
    }

    World(const World &) = delete;
    World &operator=(const World &) = delete;

    reseau_id Id() const {
        return id_;
    }

    reseau_id Host(const std::string &name, const char *addresses = nullptr) {
        reseau_id host = reseau_simulation_host(id_, name.c_str(), addresses);
        EXPECT_GT(host, 0) << reseau_error_name(host);
        return host;
    }

    void Link(const struct reseau_link &link, reseau_id from = 0, reseau_id to = 0) {
        EXPECT_EQ(0, reseau_simulation_link(id_, from, to, &link));
    }

    /* A function on a host. */
    static void On(reseau_id host, std::function<void()> function) {
        auto *kept = new std::function<void()>(std::move(function));
        int error = reseau_post(
            host,
            [](void *state, int is_canceled) {
                std::unique_ptr<std::function<void()>> call((std::function<void()> *)state);
                if (!is_canceled) {
                    (*call)();
                }
            },
            kept);
        if (error != 0) {
            delete kept;
        }
    }

    /* The same after a while, unless its host ends before: nothing is called for a timer that ends with its host. */
    void After(int64_t milliseconds, std::function<void()> function) {
        auto place = later_.insert(later_.end(), Later());
        *place = {this, place, std::move(function)};
        reseau_id timer = reseau_timer_start(
            0,
            milliseconds,
            0,
            [](reseau_id, void *state) {
                Later later = std::move(*static_cast<Later *>(state));
                later.world->later_.erase(later.place);
                later.function();
            },
            &*place);
        EXPECT_GT(timer, 0) << reseau_error_name(timer);
    }

    int Run(int64_t limit_ms = RESEAU_FOREVER) {
        return reseau_simulation_run(id_, limit_ms);
    }

    /* Milliseconds. */
    double Now() const {
        return (double)reseau_simulation_now(id_) / 1e6;
    }

    uint64_t Hash() const {
        return reseau_simulation_hash(id_);
    }

    int64_t Random(int64_t below) {
        return reseau_simulation_random(id_) % below;
    }

    /* Options whose callbacks are these, which live as long as the world. */
    struct reseau_options Options(Calls calls) {
        calls_.push_back(std::make_unique<Calls>(std::move(calls)));
        struct reseau_options options = reseau_options_default();
        options.state = calls_.back().get();
        options.on_open = [](reseau_id connection, void *state) {
            if (((Calls *)state)->on_open) {
                ((Calls *)state)->on_open(connection);
            }
        };
        options.on_data = [](reseau_id connection, const void *data, size_t length, void *state) {
            Calls *own = (Calls *)state;
            return own->on_data ? own->on_data(connection, std::string((const char *)data, length)) : length;
        };
        if (calls_.back()->on_end) {
            options.on_end = [](reseau_id connection, void *state) { ((Calls *)state)->on_end(connection); };
        }
        if (calls_.back()->on_drain) {
            options.on_drain = [](reseau_id connection, void *state) { ((Calls *)state)->on_drain(connection); };
        }
        options.on_close = [](reseau_id connection, const struct reseau_close_info *info, void *state) {
            if (((Calls *)state)->on_close) {
                ((Calls *)state)->on_close(connection, *info);
            }
        };
        return options;
    }

    struct reseau_datagram_options DatagramOptions(Calls calls) {
        calls_.push_back(std::make_unique<Calls>(std::move(calls)));
        struct reseau_datagram_options options = reseau_datagram_options_default();
        options.state = calls_.back().get();
        if (calls_.back()->on_datagram) {
            options.on_datagram = [](reseau_id socket, const struct reseau_datagram *datagram, void *state) {
                ((Calls *)state)->on_datagram(socket, *datagram);
            };
        }
        return options;
    }

    /* A listener on a host that sends back what it gets. */
    void Echo(reseau_id host, uint16_t port = 7) {
        Calls calls;
        calls.on_data = [](reseau_id connection, const std::string &data) {
            return reseau_write(connection, data.data(), data.size()) < 0 ? 0 : data.size();
        };
        struct reseau_options options = Options(calls);
        options.loop = host;
        EXPECT_GT(reseau_listen("*", port, &options), 0);
    }

  private:
    /* A function that waits for its time. */
    struct Later {
        World *world;
        std::list<Later>::iterator place;
        std::function<void()> function;
    };

    reseau_id id_;
    std::list<Later> later_;
    std::vector<std::unique_ptr<Calls>> calls_;
};

inline struct reseau_link LinkOf(int64_t latency_us, double loss = 0) {
    struct reseau_link link = {};
    link.size = sizeof(link);
    link.latency_us = latency_us;
    link.loss = loss;
    return link;
}

inline struct reseau_faults NoFaults() {
    struct reseau_faults faults = {};
    faults.size = sizeof(faults);
    return faults;
}

#endif /* RESEAU_TESTS_SIMULATED_WORLD_H */
