/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What any pair of connections must do, as Go's nettest and trio's stream checks have it, for each kind of pair that
 * this surface makes: TCP, Unix, TLS, TLS by an upgrade.
 */
#include "support/reseau_peer.h"
#include "support/socket_pair.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Ends {
    ~Ends() {
        for (reseau_id id : {a, b, listener}) {
            if (id > 0) {
                reseau_abort(id);
                EXPECT_EQ(0, reseau_wait_closed(id, 60000));
            }
        }
    }
    reseau_id a = 0, b = 0, listener = 0;
};

class ReseauContract : public ::testing::TestWithParam<const char *> {
  protected:
    void SetUp() override {
        std::string kind = GetParam();
        certificate_ = std::string(RESEAU_TEST_CERTIFICATES) + "/ec256.crt";
        key_ = std::string(RESEAU_TEST_CERTIFICATES) + "/ec256.key";
        ca_ = std::string(RESEAU_TEST_CERTIFICATES) + "/ca.crt";
        server_tls_.certificate_file = certificate_.c_str();
        server_tls_.key_file = key_.c_str();
        client_tls_.ca_file = ca_.c_str();
        client_tls_.server_name = "localhost";
        struct reseau_options client = reseau_options_default(), server = reseau_options_default();
        if (kind == "tls") {
            client.tls = &client_tls_;
            server.tls = &server_tls_;
        }
        if (kind == "unix") {
            int ends[2];
            ASSERT_EQ(0, socket_pair(ends));
            ends_.a = reseau_adopt(ends[0], 0, nullptr);
            ends_.b = reseau_adopt(ends[1], 1, nullptr);
            return;
        }
        ends_.listener = reseau_listen(nullptr, 0, &server);
        ends_.a = reseau_connect("127.0.0.1", PortOf(ends_.listener), &client);
        ends_.b = reseau_accept(ends_.listener, 60000);
        ASSERT_GT(ends_.a, 0) << reseau_error_name(ends_.a);
        ASSERT_GT(ends_.b, 0) << reseau_error_name(ends_.b);
        if (kind == "upgrade") {
            std::thread other([this] { EXPECT_EQ(0, reseau_start_tls(ends_.b, 1, &server_tls_)); });
            EXPECT_EQ(0, reseau_start_tls(ends_.a, 0, &client_tls_));
            other.join();
        }
    }

    bool IsTls() const {
        return std::string(GetParam()) == "tls" || std::string(GetParam()) == "upgrade";
    }

    std::string certificate_, key_, ca_;
    struct reseau_tls_options client_tls_ = reseau_tls_options_default();
    struct reseau_tls_options server_tls_ = reseau_tls_options_default();
    Ends ends_;
};

/* Reads and writes at the same time on both sides; each gets exactly what the other has sent. */
void Exchange(reseau_id id, const std::string &sent, const std::string &expected) {
    std::thread writer([&] {
        for (size_t at = 0; at < sent.size(); at += 7777) {
            std::string part = sent.substr(at, 7777);
            ASSERT_EQ((int64_t)part.size(), Write(id, part));
        }
        EXPECT_EQ(0, reseau_end(id));
    });
    EXPECT_TRUE(expected == ReadAll(id));
    writer.join();
}

} // namespace

TEST_P(ReseauContract, BasicInput) {
    std::string sent = Pattern(8 << 20, 7);
    std::thread sender([&] {
        EXPECT_EQ((int64_t)sent.size(), Write(ends_.a, sent));
        EXPECT_EQ(0, reseau_close(ends_.a));
    });
    EXPECT_TRUE(sent == ReadAll(ends_.b));
    sender.join();
}

TEST_P(ReseauContract, PingPong) {
    std::thread other([&] {
        for (;;) {
            std::string text(8, '\0');
            int64_t length = reseau_read_exactly(ends_.b, &text[0], 8);
            if (length <= 0) {
                break;
            }
            ++text[0];
            ASSERT_EQ(8, Write(ends_.b, text));
        }
    });
    std::string text(8, '\0');
    for (int i = 0; i < 200; ++i) {
        char first = text[0];
        ASSERT_EQ(8, Write(ends_.a, text));
        ASSERT_EQ(8, reseau_read_exactly(ends_.a, &text[0], 8));
        ASSERT_EQ((char)(first + 1), text[0]);
    }
    EXPECT_EQ(0, reseau_end(ends_.a));
    other.join();
}

TEST_P(ReseauContract, BothDirectionsAtOnce) {
    std::string one = Pattern(3 << 20, 1), two = Pattern(2 << 20, 2);
    std::thread other([&] { Exchange(ends_.b, two, one); });
    Exchange(ends_.a, one, two);
    other.join();
}

TEST_P(ReseauContract, RacyReadsAndWrites) {
    std::atomic<int64_t> sent{0}, received{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 10; ++k) {
                int64_t length = Write(ends_.a, std::string(1024, 'r'));
                ASSERT_EQ(1024, length);
                sent += length;
            }
        });
        threads.emplace_back([&] {
            char buffer[1024];
            while (received < 8 * 10 * 1024) {
                int64_t length = reseau_try_read(ends_.b, buffer, sizeof(buffer));
                ASSERT_TRUE(length > 0 || length == RESEAU_ERROR_BUSY || length == RESEAU_ERROR_WOULD_BLOCK) << length;
                received += length > 0 ? length : 0;
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(sent, received);
}

TEST_P(ReseauContract, AReadTimesOutAndTheConnectionGoesOn) {
    char buffer[8];
    EXPECT_EQ(0, reseau_set_read_deadline(ends_.a, 10));
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_read(ends_.a, buffer, 8));
    EXPECT_EQ(3, Write(ends_.a, "out")) << "writes have their own deadline";
    EXPECT_EQ("out", ReadExactly(ends_.b, 3));
    EXPECT_EQ(0, reseau_set_read_deadline(ends_.a, RESEAU_FOREVER));
    EXPECT_EQ(2, Write(ends_.b, "in"));
    EXPECT_EQ("in", ReadExactly(ends_.a, 2));
}

TEST_P(ReseauContract, AWriteTimesOutAndReadingGoesOn) {
    EXPECT_EQ(0, reseau_set_write_deadline(ends_.a, 20));
    int64_t result;
    do {
        result = Write(ends_.a, std::string(200000, 'w'));
    } while (result > 0);
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, result);
    EXPECT_EQ(2, Write(ends_.b, "in"));
    EXPECT_EQ("in", ReadExactly(ends_.a, 2));
}

TEST_P(ReseauContract, PastPresentAndFutureDeadlines) {
    char byte;
    for (int64_t timeout : {(int64_t)0, (int64_t)1, (int64_t)20}) {
        EXPECT_EQ(0, reseau_set_read_deadline(ends_.a, timeout));
        EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_read(ends_.a, &byte, 1));
    }
    EXPECT_EQ(0, reseau_set_read_deadline(ends_.a, 3600000));
    std::thread sender([&] { Write(ends_.b, "f"); });
    EXPECT_EQ(1, reseau_read(ends_.a, &byte, 1));
    sender.join();
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_set_read_deadline(ends_.a, -2));
}

/* Until the queue is full, which it stays: the peer reads nothing. */
static int64_t WriteUntilItFails(reseau_id id) {
    int64_t result;
    do {
        result = Write(id, std::string(300000, 'd'));
    } while (result > 0);
    return result;
}

TEST_P(ReseauContract, DeadlinesOfWrites) {
    for (int64_t timeout : {(int64_t)20, (int64_t)1, (int64_t)0}) {
        EXPECT_EQ(0, reseau_set_write_deadline(ends_.a, timeout));
        EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, WriteUntilItFails(ends_.a));
    }
    EXPECT_EQ(0, reseau_set_write_deadline(ends_.a, 3600000));
    std::thread reader([&] {
        char buffer[65536];
        while (reseau_read(ends_.b, buffer, sizeof(buffer)) > 0) {
        }
    });
    EXPECT_EQ(300000, Write(ends_.a, std::string(300000, 'f'))) << "when there is room in time";
    EXPECT_EQ(0, reseau_end(ends_.a));
    reader.join();
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_set_write_deadline(ends_.a, -2));
}

/* Calls that wait without a limit get one. */
TEST_P(ReseauContract, ADeadlineEndsAReadAndAWriteThatWait) {
    int64_t read = 0, write = 0;
    std::thread reader([&] {
        char byte;
        read = reseau_read(ends_.a, &byte, 1);
    });
    std::thread writer([&] { write = WriteUntilItFails(ends_.a); });
    while (reseau_pending(ends_.a) < 500000) {
        std::this_thread::yield();
    }
    EXPECT_EQ(0, reseau_set_read_deadline(ends_.a, 0));
    EXPECT_EQ(0, reseau_set_write_deadline(ends_.a, 0));
    reader.join();
    writer.join();
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, read);
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, write);
    EXPECT_EQ(0, reseau_set_read_deadline(ends_.a, RESEAU_FOREVER));
    EXPECT_EQ(2, Write(ends_.b, "on"));
    EXPECT_EQ("on", ReadExactly(ends_.a, 2));
}

TEST_P(ReseauContract, ACloseEndsAReadAndAWriteThatWait) {
    int64_t read = 0, write = 0;
    std::thread reader([&] {
        char byte;
        read = reseau_read(ends_.a, &byte, 1);
    });
    std::thread writer([&] {
        do {
            write = Write(ends_.a, std::string(300000, 'c'));
        } while (write > 0);
    });
    while (reseau_pending(ends_.a) < 500000) {
        std::this_thread::yield();
    }
    EXPECT_EQ(0, reseau_abort(ends_.a));
    reader.join();
    writer.join();
    EXPECT_TRUE(read == RESEAU_ERROR_CANCELED || read == RESEAU_ERROR_BAD_ID) << reseau_error_name(read);
    EXPECT_TRUE(write == RESEAU_ERROR_CLOSED || write == RESEAU_ERROR_BAD_ID) << reseau_error_name(write);
}

TEST_P(ReseauContract, EverythingAtTheSameTime) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) {
        for (reseau_id id : {ends_.a, ends_.b}) {
            threads.emplace_back([id] {
                char buffer[512] = {};
                struct reseau_address address;
                for (int k = 0; k < 100; ++k) {
                    reseau_write(id, buffer, sizeof(buffer));
                    reseau_try_read(id, buffer, sizeof(buffer));
                    reseau_set_read_deadline(id, 5);
                    reseau_set_write_deadline(id, 5);
                    reseau_local_address(id, &address);
                    reseau_peer_address(id, &address);
                    reseau_pause(id);
                    reseau_resume(id);
                    reseau_touch(id);
                    reseau_pending(id);
                }
            });
        }
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
}

TEST_P(ReseauContract, AHalfCloseIsTheEndOfOneDirectionOnly) {
    ASSERT_EQ(4, Write(ends_.a, "last"));
    EXPECT_EQ(0, reseau_end(ends_.a));
    EXPECT_EQ(0, reseau_end(ends_.a)) << "twice is allowed";
    EXPECT_EQ(RESEAU_ERROR_CLOSED, Write(ends_.a, "x"));
    EXPECT_EQ("last", ReadAll(ends_.b));
    std::string large = Pattern(1000000);
    std::thread sender([&] { EXPECT_EQ((int64_t)large.size(), Write(ends_.b, large)); });
    EXPECT_TRUE(large == ReadExactly(ends_.a, large.size()));
    sender.join();
}

TEST_P(ReseauContract, ACloseIsTheEndForThePeer) {
    char byte;
    ASSERT_EQ(0, reseau_close(ends_.a));
    EXPECT_EQ(0, reseau_read(ends_.b, &byte, 1));
    EXPECT_EQ(0, reseau_read(ends_.b, &byte, 1)) << "as often as one likes";
    EXPECT_EQ(0, reseau_wait_closed(ends_.a, 60000));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_read(ends_.a, &byte, 1));
    int64_t result;
    do {
        result = Write(ends_.b, std::string(100000, 'p'));
    } while (result > 0);
    EXPECT_EQ(RESEAU_ERROR_CLOSED, result) << reseau_error_name(result);
}

TEST_P(ReseauContract, APeerThatIsGoneIsNoticedWithoutReading) {
    ASSERT_EQ(0, reseau_abort(ends_.a));
    while (reseau_at_end(ends_.b) == 0 && InfoOf(ends_.b).closed_by == RESEAU_CLOSED_BY_NOBODY) {
        std::this_thread::yield();
    }
}

INSTANTIATE_TEST_SUITE_P(Kinds, ReseauContract, ::testing::Values("tcp", "unix", "tls", "upgrade"));
