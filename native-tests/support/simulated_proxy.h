/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_SIMULATED_PROXY_H
#define RESEAU_TESTS_SIMULATED_PROXY_H

#include "support/simulated_world.h"

#include <memory>
#include <string>
#include <vector>

/*
 * A host of a world that is a proxy on port 1080: it speaks SOCKS5 (RFC 1928) and HTTP's CONNECT, makes the connection
 * that it is asked for, and passes on what comes, with back-pressure. Lasts until the world has gone.
 */
class SimulatedProxy {
  public:
    explicit SimulatedProxy(World &world) {
        struct reseau_options options = reseau_options_default();
        options.loop = world.Host("proxy");
        options.state = this;
        options.on_open = OnAccepted;
        options.on_data = OnData;
        options.on_end = OnEnd;
        options.on_drain = OnDrain;
        options.on_close = OnClientClose;
        EXPECT_GT(reseau_listen("*", 1080, &options), 0);
    }

    /* It may have thrown bytes away, of which its peer sees nothing but the end. */
    bool HasCut() const {
        return has_cut_;
    }

  private:
    struct Side {
        SimulatedProxy *proxy = nullptr;
        reseau_id id = 0;
        Side *other = nullptr;
        std::string answer; /* for the client, when the target is there */
        bool is_greeted = false;
        bool is_passing = false;
        bool is_closed = false;
        bool is_held_up = false;
        bool has_ended = false;
    };

    Side *NewSide() {
        sides_.push_back(std::make_unique<Side>());
        sides_.back()->proxy = this;
        return sides_.back().get();
    }

    static void OnAccepted(reseau_id connection, void *state) {
        Side *side = ((SimulatedProxy *)state)->NewSide();
        side->id = connection;
        reseau_set_state(connection, side);
        reseau_set_idle_timeout(connection, 100000);
    }

    static size_t OnData(reseau_id, const void *data, size_t length, void *state) {
        Side *side = (Side *)state;
        if (!side->is_passing) {
            /* Nothing but a question comes before: of the target's, nothing at all. */
            return side->other == nullptr ? side->proxy->Ask(side, std::string((const char *)data, length)) : 0;
        }
        if (side->other->is_closed) {
            return length;
        }
        if (reseau_write(side->other->id, data, length) == RESEAU_ERROR_NO_ROOM) {
            side->is_held_up = true;
            reseau_pause(side->id);
            return 0;
        }
        if (side->has_ended) {
            reseau_end(side->other->id); /* the end has come before the target was there */
        }
        return length;
    }

    static void OnDrain(reseau_id, void *state) {
        Side *side = (Side *)state;
        if (side->other != nullptr && side->other->is_held_up) {
            side->other->is_held_up = false;
            reseau_resume(side->other->id);
        }
    }

    static void OnEnd(reseau_id, void *state) {
        Side *side = (Side *)state;
        side->has_ended = true;
        if (side->other == nullptr || side->other->is_closed) {
            reseau_close(side->id);
        } else if (side->is_passing) {
            reseau_end(side->other->id);
        }
    }

    static void OnClientClose(reseau_id, const struct reseau_close_info *info, void *state) {
        Side *side = (Side *)state;
        if (info->phase == RESEAU_PHASE_CONNECT) {
            return; /* it never opened: this is the proxy */
        }
        side->proxy->CloseOther(side, info);
    }

    static void OnTargetClose(reseau_id, const struct reseau_close_info *info, void *state) {
        ((Side *)state)->proxy->CloseOther((Side *)state, info);
    }

    void CloseOther(Side *side, const struct reseau_close_info *info) {
        side->is_closed = true;
        has_cut_ |= info->error != 0;
        if (side->other == nullptr || side->other->is_closed) {
            return;
        }
        if (info->error == 0) {
            reseau_close(side->other->id);
        } else {
            reseau_abort(side->other->id);
        }
    }

    /* Returns how many bytes of it were consumed. */
    size_t Ask(Side *side, const std::string &text) {
        return text[0] == 5 ? AskBySocks(side, text) : AskByHttp(side, text);
    }

    size_t AskBySocks(Side *side, const std::string &text) {
        if (!side->is_greeted) {
            size_t length = text.size() < 2 ? SIZE_MAX : 2 + (size_t)(unsigned char)text[1];
            if (text.size() < length) {
                return 0;
            }
            side->is_greeted = true;
            reseau_write(side->id, "\x05\x00", 2);
            return length;
        }
        if (text.size() < 5 || text.size() < 7 + (size_t)(unsigned char)text[4]) {
            return 0;
        }
        if (text[3] != 3) {
            reseau_abort(side->id);
            return text.size();
        }
        size_t length = (unsigned char)text[4];
        side->answer = std::string("\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00", 10);
        ConnectTo(side, text.substr(5, length));
        return 7 + length;
    }

    size_t AskByHttp(Side *side, const std::string &text) {
        size_t end = text.find("\r\n\r\n");
        if (end == std::string::npos) {
            return 0;
        }
        side->answer = "HTTP/1.1 200 OK\r\n\r\n";
        ConnectTo(side, text.substr(8, text.find(':') - 8));
        return end + 4;
    }

    void ConnectTo(Side *client, const std::string &host) {
        Side *target = NewSide();
        target->other = client;
        client->other = target;
        struct reseau_options options = reseau_options_default();
        options.state = target;
        options.on_open = [](reseau_id, void *state) {
            Side *side = (Side *)state;
            if (side->other->is_closed) {
                reseau_close(side->id);
                return;
            }
            side->is_passing = true;
            side->other->is_passing = true;
            reseau_write(side->other->id, side->other->answer.data(), side->other->answer.size());
            reseau_resume(side->other->id);
            if (side->other->has_ended && reseau_available(side->other->id) == 0) {
                reseau_end(side->id);
            }
        };
        options.on_data = OnData;
        options.on_end = OnEnd;
        options.on_drain = OnDrain;
        options.on_close = OnTargetClose;
        options.idle_timeout_ms = 100000;
        options.write_policy = RESEAU_WRITE_WOULD_BLOCK;
        target->id = reseau_connect_start(host.c_str(), 443, &options);
        EXPECT_GT(target->id, 0) << reseau_error_name(target->id);
    }

    std::vector<std::unique_ptr<Side>> sides_;
    bool has_cut_ = false;
};

#endif /* RESEAU_TESTS_SIMULATED_PROXY_H */
