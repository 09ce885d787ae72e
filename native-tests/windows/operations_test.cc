/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Operations that the system has under way, when what they belong to ends at any moment: rules 87 to 93 of
 * docs/lifetimes.md. Their loops and sockets have memory in which an access after the end is a fault at once; every
 * write is answered once, and no handle stays open. RESEAU_STRESS_SEED=N and RESEAU_STRESS_ROUNDS=N choose the run;
 * that memory never comes again, so some hundred rounds are the most that a process has room for.
 */
#include "stress/random.h"
#include "support/guarded_allocator.h"
#include "support/portable.h"
#include "support/sockets.h"

#include <cstdlib>

namespace {

uint64_t Setting(const char *name, uint64_t otherwise) {
    const char *text = getenv(name);
    return text != nullptr ? strtoull(text, nullptr, 10) : otherwise;
}

/* The writes of a round: how many were accepted, and how many times one was answered. On the loop. */
struct Writes {
    std::string data = std::string(200000, 'w');
    size_t accepted = 0;
    size_t answered = 0;

    void Write(struct aws_socket *socket, size_t size) {
        struct aws_byte_cursor bytes = aws_byte_cursor_from_array(data.data(), size);
        auto on_written = [](struct aws_socket *, int, size_t, void *arg) { ++static_cast<Writes *>(arg)->answered; };
        accepted += aws_socket_write(socket, &bytes, on_written, this) == AWS_OP_SUCCESS;
    }
};

/* Reads what is there, or leaves it. */
struct Reader {
    bool reads = false;
    char room[4096];

    static void OnReadable(struct aws_socket *socket, int, void *arg) {
        auto *self = static_cast<Reader *>(arg);
        struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(self->room, sizeof(self->room));
        size_t amount = 0;
        for (int i = 0; self->reads && i < 20; ++i) {
            buffer.len = 0;
            if (aws_socket_read(socket, &buffer, &amount) != AWS_OP_SUCCESS) {
                break;
            }
        }
    }
};

/* A connection attempt to a listener that may be gone before it has an answer. */
struct Attempt {
    struct aws_socket socket = {};
    int answers = 0;

    static void OnConnected(struct aws_socket *, int, void *arg) {
        ++static_cast<Attempt *>(arg)->answers;
    }
};

class Operations : public TracedIoTest {
  protected:
    static void CleanUp(struct aws_socket *socket) {
        aws_socket_clean_up(socket);
        aws_mem_release(GuardedAllocator::Get(), socket);
    }

    /* One life of a loop, with connections over TCP and by named pipes that end at different moments of it. */
    void Round(Random &random) {
        struct aws_allocator *allocator = GuardedAllocator::Get();
        auto *loop = aws_event_loop_new_default(allocator, aws_high_res_clock_get_ticks);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_event_loop_run(loop));
        constexpr size_t kConnections = 3;
        std::vector<struct aws_socket *> ends;
        Writes writes;
        Reader readers[2 * kConnections];
        Attempt attempts[2];
        {
            std::vector<std::unique_ptr<Connection>> connections;
            for (size_t i = 0; i < kConnections; ++i) {
                auto domain = random.Chance(50) ? AWS_SOCKET_IPV4 : AWS_SOCKET_LOCAL;
                connections.push_back(
                    std::make_unique<Connection>(allocator, loop, SocketOptions(domain, AWS_SOCKET_STREAM)));
                ends.push_back(connections.back()->ReleaseClient());
                ends.push_back(connections.back()->ReleaseServer());
            }
            Listener listener(allocator, loop, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM));
            RunOnLoop(loop, [&] {
                for (Attempt &attempt : attempts) {
                    struct aws_socket_options options = SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_STREAM);
                    ASSERT_EQ(AWS_OP_SUCCESS, aws_socket_init(&attempt.socket, allocator, &options));
                    ASSERT_EQ(
                        AWS_OP_SUCCESS,
                        ConnectTo(&attempt.socket, listener.endpoint(), loop, Attempt::OnConnected, &attempt));
                }
                for (size_t i = 0; i < ends.size(); ++i) {
                    readers[i].reads = random.Chance(60);
                    aws_socket_subscribe_to_readable_events(ends[i], Reader::OnReadable, &readers[i]);
                }
            });
        }
        for (int step = (int)random.Below(4); step >= 0; --step) {
            RunOnLoop(loop, [&] {
                for (int i = 0; i < 4; ++i) {
                    struct aws_socket *&end = ends[random.Below(ends.size())];
                    if (end != nullptr && random.Chance(75)) {
                        writes.Write(end, random.Size(writes.data.size()));
                    } else if (end != nullptr) {
                        CleanUp(end);
                        end = nullptr;
                    }
                }
            });
        }
        EndAll(random, loop, ends, attempts);
        EXPECT_EQ(writes.accepted, writes.answered);
    }

    /* Either the sockets end on the loop, or the loop does with all that they have under way. */
    static void EndAll(
        Random &random, struct aws_event_loop *loop, std::vector<struct aws_socket *> &ends, Attempt (&attempts)[2]) {
        auto clean_up = [&] {
            for (struct aws_socket *end : ends) {
                if (end != nullptr) {
                    CleanUp(end);
                }
            }
            for (Attempt &attempt : attempts) {
                EXPECT_LE(attempt.answers, 1);
                aws_socket_clean_up(&attempt.socket);
            }
        };
        if (random.Chance(50)) {
            RunOnLoop(loop, clean_up);
            aws_event_loop_destroy(loop);
            return;
        }
        struct Removed {
            struct aws_event_loop_local_object entry = {};
            FunctionReference clean_up;
        } removed{{}, clean_up};
        removed.entry.key = removed.entry.object = &removed;
        removed.entry.on_object_removed = [](struct aws_event_loop_local_object *entry) {
            static_cast<Removed *>(entry->object)->clean_up();
        };
        RunOnLoop(loop, [&] { EXPECT_EQ(AWS_OP_SUCCESS, aws_event_loop_put_local_object(loop, &removed.entry)); });
        aws_event_loop_destroy(loop);
    }
};

} // namespace

TEST_F(Operations, outlive_what_ends_at_any_moment) {
    const uint64_t seed =
        Setting("RESEAU_STRESS_SEED", (uint64_t)std::chrono::system_clock::now().time_since_epoch().count());
    const uint64_t rounds = Setting("RESEAU_STRESS_ROUNDS", 60);
    SCOPED_TRACE("RESEAU_STRESS_SEED=" + std::to_string(seed));
    Random random(seed);
    long before = 0;
    for (uint64_t round = 0; round < rounds && !HasFailure(); ++round) {
        Round(random);
        /* What is made once is there by then. */
        if (round == rounds / 10) {
            before = open_handles();
        }
    }
    EXPECT_LE(open_handles(), before);
}
