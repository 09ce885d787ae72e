/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A descriptor is not closed while a thread is in a call with it. The program has functions of the C library's names,
 * which the library calls: they take their time, and know who is inside.
 */
#include "support/reseau_peer.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <dlfcn.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <random>
#include <string>
#include <thread>
#include <vector>

/* Calls under way, by descriptor, and how many closes have met one. */
static std::array<std::atomic<int>, 4096> inside;
static std::atomic<long> met{0}, transfers{0};
static std::atomic<bool> is_slow{false};

namespace {

class Call {
  public:
    explicit Call(int descriptor) : descriptor_(descriptor) {
        if (IsKnown()) {
            ++inside[descriptor_];
        }
        Linger();
    }
    ~Call() {
        int error = errno;
        Linger();
        if (IsKnown()) {
            --inside[descriptor_];
        }
        errno = error;
    }

  private:
    bool IsKnown() const {
        return descriptor_ >= 0 && descriptor_ < (int)inside.size();
    }
    static void Linger() {
        static thread_local std::minstd_rand random{std::random_device{}()};
        if (!is_slow) {
            return;
        }
        ++transfers;
        unsigned how = random() % 16;
        if (how == 0) {
            std::this_thread::sleep_for(std::chrono::microseconds(random() % 200));
        } else if (how < 8) {
            std::this_thread::yield();
        }
    }

    int descriptor_;
};

template <class Function> Function *Real(Function *, const char *name) {
    return reinterpret_cast<Function *>(dlsym(RTLD_NEXT, name));
}

} // namespace

#define REAL(function) static auto real = Real(&function, #function)

extern "C" {
ssize_t send(int descriptor, const void *data, size_t size, int flags) {
    REAL(send);
    Call call(descriptor);
    return real(descriptor, data, size, flags);
}

ssize_t sendmsg(int descriptor, const struct msghdr *message, int flags) {
    REAL(sendmsg);
    Call call(descriptor);
    return real(descriptor, message, flags);
}

ssize_t read(int descriptor, void *data, size_t size) {
    REAL(read);
    Call call(descriptor);
    return real(descriptor, data, size);
}

ssize_t readv(int descriptor, const struct iovec *pieces, int count) {
    REAL(readv);
    Call call(descriptor);
    return real(descriptor, pieces, count);
}

ssize_t recvmsg(int descriptor, struct msghdr *message, int flags) {
    REAL(recvmsg);
    Call call(descriptor);
    return real(descriptor, message, flags);
}

int close(int descriptor) {
    REAL(close);
    if (is_slow && descriptor >= 0 && descriptor < (int)inside.size()) {
        met += inside[descriptor] != 0;
    }
    return real(descriptor);
}
}

namespace {

/* Threads that have nothing to do but to take processors' time. */
class Load {
  public:
    Load() {
        for (int i = 0; i < 3; ++i) {
            threads_.emplace_back([this] {
                while (!is_over_) {
                }
            });
        }
    }
    ~Load() {
        is_over_ = true;
        for (std::thread &thread : threads_) {
            thread.join();
        }
    }

  private:
    std::atomic<bool> is_over_{false};
    std::vector<std::thread> threads_;
};

/* What each byte of a stream is, by its place. */
char At(size_t place) {
    return (char)(place * 2654435761u >> 13);
}

/* Writes the stream until it fails; returns how many bytes were taken. */
size_t WriteStream(reseau_id connection, unsigned seed) {
    std::minstd_rand random(seed);
    std::string piece;
    size_t place = 0;
    for (;;) {
        piece.resize(1 + random() % (random() % 4 == 0 ? 200000 : 2000));
        for (size_t i = 0; i < piece.size(); ++i) {
            piece[i] = At(place + i);
        }
        if (Write(connection, piece) < 0) {
            return place;
        }
        place += piece.size();
    }
}

/* Reads it until it ends; returns how many bytes. */
size_t ReadStream(reseau_id connection, unsigned seed) {
    std::minstd_rand random(seed);
    std::string piece;
    size_t place = 0;
    for (;;) {
        piece.resize(1 + random() % (random() % 4 == 0 ? 200000 : 2000));
        int64_t length = random() % 8 == 0 ? reseau_read_exactly(connection, &piece[0], piece.size())
                                           : reseau_read(connection, &piece[0], piece.size());
        if (length <= 0) {
            return place;
        }
        for (int64_t i = 0; i < length; ++i) {
            if (piece[(size_t)i] != At(place + (size_t)i)) {
                ADD_FAILURE() << "byte " << place + (size_t)i << " is wrong";
                return place;
            }
        }
        place += (size_t)length;
    }
}

/* One of the ways in which a connection ends. */
void End(reseau_id connection, unsigned way) {
    switch (way % 4) {
    case 0:
        reseau_close(connection);
        break;
    case 1:
        reseau_abort(connection);
        break;
    case 2:
        reseau_end(connection);
        std::this_thread::yield();
        reseau_abort(connection);
        break;
    default: {
        int descriptor = reseau_detach(connection);
        if (descriptor >= 0) {
            close(descriptor);
        }
        reseau_close(connection);
    }
    }
}

} // namespace

/* Both ends are written to and read from by threads of their own, and end at any moment, in each way. */
TEST(ReseauDirectClose, NobodyIsInsideWhenTheDescriptorGoes) {
    int rounds = getenv("RESEAU_DIRECT_ROUNDS") == nullptr ? 200 : atoi(getenv("RESEAU_DIRECT_ROUNDS"));
    unsigned seed = std::random_device{}() & 0xffff;
    printf("seed %u\n", seed);
    std::mt19937 random(seed);
    Load load;
    is_slow = true;
    for (int round = 0; round < rounds; ++round) {
        Pair pair;
        std::atomic<size_t> written{0}, read{0};
        unsigned way = random(), delay = random() % 3000, one = random();
        bool is_client_first = random() % 2 == 0;
        std::vector<std::thread> threads;
        threads.emplace_back([&] { written = WriteStream(pair.client, one); });
        threads.emplace_back([&] { read = ReadStream(pair.server, one + 1); });
        threads.emplace_back([&] { WriteStream(pair.server, one + 2); });
        threads.emplace_back([&] { ReadStream(pair.client, one + 3); });
        std::this_thread::sleep_for(std::chrono::microseconds(delay));
        End(is_client_first ? pair.client : pair.server, way);
        std::this_thread::sleep_for(std::chrono::microseconds(delay % 100));
        End(is_client_first ? pair.server : pair.client, way / 4);
        for (std::thread &thread : threads) {
            thread.join();
        }
        ASSERT_LE(read, written);
        ASSERT_EQ(0, met) << "round " << round;
    }
    is_slow = false;
    EXPECT_GT(transfers, rounds);
    printf("%ld transfers\n", transfers.load());
}

/* Descriptors' numbers are used again at once, by others who must not get what is written to those that were before. */
TEST(ReseauDirectClose, BytesNeverReachTheNextOwnerOfTheNumber) {
    Load load;
    is_slow = true;
    for (int round = 0; round < 200; ++round) {
        Pair pair;
        std::atomic<bool> is_over{false};
        std::vector<std::thread> threads;
        for (int i = 0; i < 2; ++i) {
            threads.emplace_back([&] {
                while (Write(pair.client, "for the peer of this connection only") > 0) {
                }
                is_over = true;
            });
        }
        std::this_thread::sleep_for(std::chrono::microseconds(round * 5));
        reseau_abort(pair.client);
        /* Sockets that take the number, as soon as it is free, and are silent. */
        while (!is_over) {
            int ends[2];
            ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends));
            std::this_thread::yield();
            char byte;
            for (int end : ends) {
                EXPECT_EQ(-1, recv(end, &byte, 1, 0)) << "round " << round;
            }
            close(ends[0]);
            close(ends[1]);
        }
        for (std::thread &thread : threads) {
            thread.join();
        }
        ASSERT_EQ(0, met) << "round " << round;
    }
    is_slow = false;
}
