/* SPDX-License-Identifier: Apache-2.0 */
#include "support/hook_samples.h"
#include "support/reseau_peer.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

TEST(ReseauRead, TakesWhatIsThereUpToTheSize) {
    Pair pair;
    char buffer[8];
    ASSERT_EQ(10, Write(pair.client, "0123456789"));
    ASSERT_EQ("0123", ReadExactly(pair.server, 4));
    EXPECT_EQ(6, reseau_available(pair.server));
    EXPECT_EQ(3, reseau_peek(pair.server, buffer, 3));
    EXPECT_EQ(0, memcmp("456", buffer, 3));
    EXPECT_EQ(6, reseau_read(pair.server, buffer, sizeof(buffer)));
    EXPECT_EQ(0, memcmp("456789", buffer, 6));
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK, reseau_try_read(pair.server, buffer, sizeof(buffer)));
    EXPECT_EQ(0, reseau_peek(pair.server, buffer, sizeof(buffer)));
    EXPECT_EQ(0, reseau_read(pair.server, buffer, 0)) << "nothing asked for";
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_read(pair.server, nullptr, 1));
}

TEST(ReseauRead, TheEndOfTheStreamIsZero) {
    Pair pair;
    char buffer[8];
    ASSERT_EQ(3, Write(pair.client, "end"));
    ASSERT_EQ(0, reseau_end(pair.client));
    EXPECT_EQ(3, reseau_read_exactly(pair.server, buffer, 8)) << "fewer, since the stream ends";
    EXPECT_EQ(0, reseau_read(pair.server, buffer, 8));
    EXPECT_EQ(0, reseau_try_read(pair.server, buffer, 8));
    EXPECT_EQ(0, reseau_read_exactly(pair.server, buffer, 8));
    EXPECT_EQ(1, reseau_at_end(pair.server));
    EXPECT_EQ(0, reseau_at_end(pair.client));
    ASSERT_EQ(4, Write(pair.server, "more")) << "the other direction goes on";
    EXPECT_EQ("more", ReadExactly(pair.client, 4));
}

TEST(ReseauRead, MoreThanTheBufferHolds) {
    struct reseau_options options = reseau_options_default();
    options.read_buffer_bytes = 1000;
    Pair pair(nullptr, &options);
    std::string sent = Pattern(500000);
    std::thread writer([&] {
        EXPECT_EQ((int64_t)sent.size(), Write(pair.client, sent));
        EXPECT_EQ(0, reseau_end(pair.client));
    });
    EXPECT_EQ(sent.substr(0, 100000), ReadExactly(pair.server, 100000));
    EXPECT_EQ(sent.substr(100000), ReadAll(pair.server));
    writer.join();
}

TEST(ReseauRead, AFullBufferStopsTheReading) {
    struct reseau_options options = reseau_options_default();
    options.read_buffer_bytes = 4096;
    Pair pair(nullptr, &options);
    std::string sent = Pattern(100000);
    ASSERT_EQ((int64_t)sent.size(), Write(pair.client, sent));
    while (reseau_available(pair.server) < 4096) {
        std::this_thread::yield();
    }
    EXPECT_EQ(4096, reseau_available(pair.server));
    EXPECT_EQ(sent, ReadExactly(pair.server, sent.size()));
}

TEST(ReseauRead, Lines) {
    Pair pair;
    char line[16];
    ASSERT_GT(Write(pair.client, "one\ntwo\r\n\n\r\nthree\r"), 0);
    EXPECT_EQ(3, reseau_read_line(pair.server, line, sizeof(line)));
    EXPECT_STREQ("one", line);
    EXPECT_EQ(3, reseau_read_line(pair.server, line, sizeof(line)));
    EXPECT_STREQ("two", line);
    EXPECT_EQ(0, reseau_read_line(pair.server, line, sizeof(line)));
    EXPECT_EQ(0, reseau_read_line(pair.server, line, sizeof(line)));
    EXPECT_STREQ("", line);
    ASSERT_GT(Write(pair.client, "four\nlast"), 0);
    ASSERT_EQ(0, reseau_end(pair.client));
    EXPECT_EQ(10, reseau_read_line(pair.server, line, sizeof(line)));
    EXPECT_STREQ("three\rfour", line);
    EXPECT_EQ(4, reseau_read_line(pair.server, line, sizeof(line)));
    EXPECT_STREQ("last", line);
    EXPECT_EQ(RESEAU_ERROR_END_OF_STREAM, reseau_read_line(pair.server, line, sizeof(line)));
}

TEST(ReseauRead, ALineThatIsTooLongStaysWhereItIs) {
    Pair pair;
    char line[8], longer[9];
    ASSERT_GT(Write(pair.client, "12345678\n1234567\r\n"), 0);
    EXPECT_EQ(RESEAU_ERROR_TOO_LARGE, reseau_read_line(pair.server, line, sizeof(line)));
    EXPECT_EQ(8, reseau_read_line(pair.server, longer, sizeof(longer)));
    EXPECT_STREQ("12345678", longer);
    EXPECT_EQ(7, reseau_read_line(pair.server, line, sizeof(line)));
    EXPECT_STREQ("1234567", line);
}

TEST(ReseauRead, UntilADelimiterThatComesInPieces) {
    Pair pair;
    char buffer[64];
    ASSERT_GT(Write(pair.client, "head\r\n\r"), 0);
    while (reseau_available(pair.server) < 7) {
        std::this_thread::yield();
    }
    std::thread writer([&] { Write(pair.client, "\nbody"); });
    EXPECT_EQ(8, reseau_read_until(pair.server, "\r\n\r\n", 4, buffer, sizeof(buffer)));
    writer.join();
    EXPECT_EQ("body", ReadExactly(pair.server, 4));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_read_until(pair.server, "", 0, buffer, sizeof(buffer)));
    ASSERT_GT(Write(pair.client, "0123456789"), 0);
    EXPECT_EQ(RESEAU_ERROR_TOO_LARGE, reseau_read_until(pair.server, "x", 1, buffer, 10));
    ASSERT_EQ(0, reseau_end(pair.client));
    EXPECT_EQ(10, reseau_read_until(pair.server, "x", 1, buffer, sizeof(buffer))) << "what is left";
    EXPECT_EQ(0, reseau_read_until(pair.server, "x", 1, buffer, sizeof(buffer)));
}

/* A search goes on when the peer's end has come, and finds that what it has searched was thrown away. */
TEST(ReseauRead, AnAbortAtTheEndEndsASearch) {
    struct reseau_options options = reseau_options_default();
    options.on_end = [](reseau_id id, void *) { reseau_abort(id); };
    for (int i = 0; i < 50 && !testing::Test::HasFailure(); ++i) {
        Pair pair(nullptr, &options);
        ASSERT_EQ(7, Write(pair.client, "partial"));
        while (reseau_available(pair.server) < 7) {
            std::this_thread::yield();
        }
        std::atomic<bool> begins{false};
        std::thread reader([&] {
            char buffer[64];
            begins = true;
            int64_t found = reseau_read_until(pair.server, "\n", 1, buffer, sizeof(buffer));
            EXPECT_TRUE(found == 7 || found == RESEAU_ERROR_CANCELED || found == RESEAU_ERROR_BAD_ID) << found;
        });
        while (!begins) {
            std::this_thread::yield();
        }
        EXPECT_EQ(0, reseau_end(pair.client));
        reader.join();
    }
}

/* Bytes that an abort has thrown away are no stream that has ended well. */
TEST(ReseauRead, ASearchThatBeginsAfterAnAbortAtTheEndIsCanceled) {
    struct Found {
        int64_t result = 0;
        Signal is_there;
    } found;
    struct reseau_options options = reseau_options_default();
    options.state = &found;
    options.on_end = [](reseau_id id, void *state) {
        auto *found = static_cast<Found *>(state);
        reseau_abort(id);
        std::thread([=] {
            char buffer[64];
            found->result = reseau_read_until(id, "\n", 1, buffer, sizeof(buffer));
        }).join();
        found->is_there.Raise();
    };
    Pair pair(nullptr, &options);
    ASSERT_EQ(7, Write(pair.client, "partial"));
    ASSERT_EQ(0, reseau_end(pair.client));
    ASSERT_TRUE(found.is_there.Wait());
    EXPECT_EQ(RESEAU_ERROR_CANCELED, found.result);
}

namespace {

/* A thread that searches a connection for the end of a line, and waits behind the first bytes. */
class Search {
  public:
    explicit Search(const struct reseau_options *options) {
        listener = reseau_listen(nullptr, 0, nullptr);
        client = reseau_connect("127.0.0.1", PortOf(listener), options);
        server = reseau_accept(listener, 60000);
        EXPECT_EQ(0, reseau_set_read_deadline(client, 20000));
        EXPECT_EQ(7, Write(server, "partial"));
        Await(7);
        reader_ = std::thread([this] {
            char line[64];
            found_ = reseau_read_line(client, line, sizeof(line));
        });
        void *all = nullptr;
        while (reseau_read_all(client, &all, 0) != RESEAU_ERROR_BUSY) {
            std::this_thread::yield();
        }
    }
    ~Search() {
        for (reseau_id id : {client, server, listener}) {
            reseau_close(id);
        }
    }
    /* Until so many bytes are there that nobody has consumed. */
    void Await(int64_t count) {
        while (reseau_available(client) != count) {
            std::this_thread::yield();
        }
    }
    int64_t Found() {
        reader_.join();
        return found_;
    }

    reseau_id listener = 0, client = 0, server = 0;

  private:
    std::thread reader_;
    int64_t found_ = 0;
};

} // namespace

TEST(ReseauRead, ASearchGoesOnWhenACallbackHasConsumedWhatItHasSearched) {
    for (bool hasLine : {true, false}) {
        Recorder recorder;
        std::atomic<bool> takes{false};
        recorder.on_data = [&](reseau_id, const char *, size_t length) { return takes ? length : (size_t)0; };
        recorder.options.on_end = [](reseau_id, void *) {};
        Search search(&recorder.options);
        takes = true;
        EXPECT_EQ(4, Write(search.server, "rest"));
        search.Await(0);
        takes = false;
        EXPECT_EQ(hasLine ? 3 : 2, Write(search.server, hasLine ? "ab\n" : "ab"));
        search.Await(hasLine ? 0 : 2);
        EXPECT_EQ(0, reseau_end(search.server));
        EXPECT_EQ(2, search.Found());
    }
}

TEST(ReseauRead, ASearchGoesOnWhenAHookHasTakenWhatItHasSearched) {
    struct reseau_options options = reseau_options_default();
    Search search(&options);
    Sample *second = new Sample;
    second->read = [](reseau_id, struct reseau_hook_bytes &bytes) {
        bytes.consumed = bytes.input_length;
        bytes.produced = bytes.input_length / 4;
        memcpy(bytes.output, bytes.input, bytes.produced);
        return RESEAU_HOOK_DONE;
    };
    ASSERT_EQ(0, Sample::Add(search.client, second));
    search.Await(1);
    EXPECT_EQ(8, Write(search.server, "b\n......"));
    EXPECT_EQ(2, search.Found());
}

TEST(ReseauRead, AllOfItIfThatIsNotTooMuch) {
    Pair pair;
    void *data = nullptr;
    ASSERT_EQ(10, Write(pair.client, "0123456789"));
    ASSERT_EQ(0, reseau_end(pair.client));
    EXPECT_EQ(RESEAU_ERROR_TOO_LARGE, reseau_read_all(pair.server, &data, 9));
    EXPECT_EQ(10, reseau_available(pair.server)) << "nothing is consumed";
    EXPECT_EQ("0123456789", ReadAll(pair.server, 10));
    EXPECT_EQ("", ReadAll(pair.server));
}

TEST(ReseauRead, ADeadlineEndsAReadAndLeavesTheBytes) {
    Pair pair;
    char buffer[8];
    ASSERT_EQ(3, Write(pair.client, "abc"));
    while (reseau_available(pair.server) < 3) {
        std::this_thread::yield();
    }
    ASSERT_EQ(0, reseau_set_read_deadline(pair.server, 20));
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_read_exactly(pair.server, buffer, 8));
    EXPECT_EQ("abc", ReadExactly(pair.server, 3)) << "what is there is there, whatever the time";
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_read(pair.server, buffer, 8)) << "the deadline has passed for good";
    ASSERT_EQ(0, reseau_set_read_deadline(pair.server, RESEAU_FOREVER));
    ASSERT_EQ(3, Write(pair.client, "def"));
    EXPECT_EQ("def", ReadExactly(pair.server, 3));
    ASSERT_EQ(0, reseau_set_read_deadline(pair.server, 0));
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_read(pair.server, buffer, 8));
}

TEST(ReseauRead, ADeadlineMayBeChangedWhileAReadWaits) {
    Pair pair;
    int64_t result = 0;
    std::thread reader([&] {
        char byte;
        result = reseau_read(pair.server, &byte, 1);
    });
    EXPECT_EQ(0, reseau_set_read_deadline(pair.server, 60000));
    EXPECT_EQ(0, reseau_set_read_deadline(pair.server, 0));
    reader.join();
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, result);
}

TEST(ReseauRead, OneReaderAtATime) {
    Pair pair;
    int64_t first = 0;
    std::thread reader([&] {
        char byte;
        first = reseau_read(pair.server, &byte, 1);
    });
    char byte;
    int64_t second;
    ASSERT_EQ(0, reseau_set_read_deadline(pair.server, RESEAU_FOREVER));
    do {
        second = reseau_try_read(pair.server, &byte, 1);
    } while (second == RESEAU_ERROR_WOULD_BLOCK);
    EXPECT_EQ(RESEAU_ERROR_BUSY, second);
    ASSERT_EQ(1, Write(pair.client, "x"));
    reader.join();
    EXPECT_EQ(1, first);
}

TEST(ReseauRead, ACloseEndsAReadThatWaits) {
    for (int i = 0; i < 50; ++i) {
        Pair pair;
        int64_t result = 0;
        std::thread reader([&] {
            char byte;
            result = reseau_read(pair.server, &byte, 1);
        });
        if (i % 2 == 0) {
            std::this_thread::yield();
        }
        EXPECT_EQ(0, i % 3 == 0 ? reseau_abort(pair.server) : reseau_close(pair.server));
        reader.join();
        EXPECT_TRUE(result == RESEAU_ERROR_CANCELED || result == RESEAU_ERROR_BAD_ID) << reseau_error_name(result);
    }
}

TEST(ReseauRead, APausedConnectionIsNotReadUntilItGoesOn) {
    Recorder recorder;
    recorder.on_open = [](reseau_id id) { reseau_pause(id); };
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    ASSERT_GT(listener, 0);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
    ASSERT_GT(client, 0);
    reseau_id server = reseau_accept(listener, 60000);
    ASSERT_EQ(5, Write(server, "hello"));
    ASSERT_EQ(0, reseau_end(server));
    EXPECT_EQ("", recorder.Text());
    EXPECT_EQ(0, reseau_resume(client));
    EXPECT_TRUE(recorder.AwaitText("hello"));
    EXPECT_TRUE(recorder.AwaitClosed()) << "the end, too, was read then";
    reseau_close(server);
    reseau_close(listener);
}

TEST(ReseauRead, TheCallbackGetsTheRestAgainWithMoreBehindIt) {
    Recorder recorder;
    std::vector<std::string> seen;
    Monitor monitor;
    recorder.on_data = [&](reseau_id, const char *data, size_t length) {
        monitor.Change([&] { seen.emplace_back(data, length); });
        return length < 6 ? (size_t)1 : length;
    };
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
    reseau_id server = reseau_accept(listener, 60000);
    ASSERT_EQ(3, Write(server, "abc"));
    ASSERT_TRUE(monitor.Await([&] { return seen.size() == 1; }));
    ASSERT_EQ(4, Write(server, "defg"));
    ASSERT_TRUE(monitor.Await([&] { return seen.size() == 2; }));
    EXPECT_EQ("abc", seen[0]);
    EXPECT_EQ("bcdefg", seen[1]);
    while (reseau_available(client) > 0) {
        std::this_thread::yield();
    }
    reseau_close(client);
    reseau_close(server);
    reseau_close(listener);
    EXPECT_TRUE(recorder.AwaitClosed());
}
