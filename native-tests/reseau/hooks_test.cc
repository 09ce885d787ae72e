/* SPDX-License-Identifier: Apache-2.0 */
#include "support/hook_samples.h"
#include "support/reseau_peer.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

/* Doubles each byte, and halves them again. */
Sample *NewDoubler() {
    Sample *sample = new Sample;
    sample->write = [](reseau_id, struct reseau_hook_bytes &bytes) -> int {
        while (bytes.consumed < bytes.input_length && bytes.produced + 2 <= bytes.output_room) {
            bytes.output[bytes.produced++] = bytes.input[bytes.consumed];
            bytes.output[bytes.produced++] = bytes.input[bytes.consumed++];
        }
        return bytes.consumed < bytes.input_length ? RESEAU_HOOK_MORE : RESEAU_HOOK_DONE;
    };
    sample->read = [](reseau_id, struct reseau_hook_bytes &bytes) -> int {
        while (bytes.consumed + 2 <= bytes.input_length && bytes.produced < bytes.output_room) {
            bytes.output[bytes.produced++] = bytes.input[bytes.consumed];
            bytes.consumed += 2;
        }
        return bytes.consumed + 2 <= bytes.input_length ? RESEAU_HOOK_MORE : RESEAU_HOOK_DONE;
    };
    return sample;
}

/* Keeps all that is written until it is flushed or closed, in its own memory. */
Sample *NewHoarder() {
    Sample *sample = new Sample;
    std::shared_ptr<std::string> kept = std::make_shared<std::string>();
    sample->write = [kept](reseau_id, struct reseau_hook_bytes &bytes) -> int {
        kept->append((const char *)bytes.input, bytes.input_length);
        bytes.consumed = bytes.input_length;
        return RESEAU_HOOK_DONE;
    };
    sample->flush = [kept](reseau_id, struct reseau_hook_bytes &bytes) -> int {
        bytes.produced = std::min(bytes.output_room, kept->size());
        memcpy(bytes.output, kept->data(), bytes.produced);
        kept->erase(0, bytes.produced);
        return kept->empty() ? RESEAU_HOOK_DONE : RESEAU_HOOK_MORE;
    };
    return sample;
}

void Exchange(reseau_id one, reseau_id other, size_t size) {
    std::string sent = Pattern(size), back = Pattern(size, 7);
    std::thread writer([&] {
        EXPECT_EQ((int64_t)sent.size(), Write(one, sent));
        EXPECT_EQ(0, reseau_end(one));
    });
    std::thread answer([&] {
        EXPECT_EQ((int64_t)back.size(), Write(other, back));
        EXPECT_EQ(0, reseau_end(other));
    });
    std::thread reader([&] { EXPECT_TRUE(sent == ReadAll(other)); });
    EXPECT_TRUE(back == ReadAll(one));
    writer.join();
    answer.join();
    reader.join();
    EXPECT_EQ(0, reseau_flush(one));
    EXPECT_EQ(0, reseau_pending(one));
    EXPECT_EQ(size, InfoOf(one).bytes_written);
    EXPECT_EQ(size, InfoOf(one).bytes_read);
}

/* A connection of a socket of the test's, to see what is on the wire. */
struct Raw {
    explicit Raw(const struct reseau_options *options = nullptr) {
        EXPECT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
        connection = reseau_adopt(ends[0], 1, options);
        EXPECT_GT(connection, 0) << reseau_error_name(connection);
    }
    ~Raw() {
        reseau_abort(connection);
        EXPECT_EQ(0, reseau_wait_closed(connection, 60000));
        close(ends[1]);
    }
    void Put(const std::string &text) const {
        EXPECT_EQ((ssize_t)text.size(), send(ends[1], text.data(), text.size(), MSG_NOSIGNAL));
    }
    std::string Get(size_t size) const {
        std::string text(size, '\0');
        ssize_t got = recv(ends[1], &text[0], size, MSG_WAITALL);
        text.resize(got < 0 ? 0 : (size_t)got);
        return text;
    }
    int ends[2];
    reseau_id connection;
};

int64_t AwaitError(reseau_id connection) {
    char byte;
    int64_t result = reseau_read(connection, &byte, 1);
    return result;
}

} // namespace

TEST(ReseauHooks, BytesGoThroughInBothDirections) {
    Pair pair;
    ASSERT_EQ(0, Sample::Add(pair.client, NewMask(0x55)));
    ASSERT_EQ(0, Sample::Add(pair.server, NewMask(0x55)));
    Exchange(pair.client, pair.server, 3000000);
}

TEST(ReseauHooks, TheNewestIsNearestToTheProgram) {
    Raw raw;
    auto add = [](unsigned char by) {
        Sample *sample = new Sample;
        sample->write = [by](reseau_id, struct reseau_hook_bytes &bytes) {
            return MapBytes(bytes, [by](unsigned char c) { return (unsigned char)(c * 2 + by); });
        };
        return sample;
    };
    ASSERT_EQ(0, Sample::Add(raw.connection, add(1)));
    ASSERT_EQ(0, Sample::Add(raw.connection, add(0)));
    ASSERT_EQ(1, Write(raw.connection, "\x05"));
    EXPECT_EQ(std::string(1, (char)21), raw.Get(1)) << "first 5 * 2, then 10 * 2 + 1";
    raw.Put("up");
    EXPECT_EQ("up", ReadExactly(raw.connection, 2)) << "without a function bytes pass as they are";
}

TEST(ReseauHooks, WhatIsIncompleteIsGivenAgain) {
    Raw raw;
    ASSERT_EQ(0, Sample::Add(raw.connection, NewFrames()));
    std::string frame("\0\5hello\0\3", 9);
    for (char c : frame) {
        raw.Put(std::string(1, c));
        std::this_thread::yield();
    }
    EXPECT_EQ("hello", ReadExactly(raw.connection, 5));
    EXPECT_EQ(0, reseau_available(raw.connection));
    raw.Put(std::string("abc\0\0behind the end", 19));
    EXPECT_EQ("abc", ReadAll(raw.connection)) << "what is behind the end of the hook's own protocol is no content";
    EXPECT_EQ(5, Write(raw.connection, "reply"));
    EXPECT_EQ(0, reseau_close(raw.connection));
    EXPECT_EQ(std::string("\0\5reply\0\0", 9), raw.Get(9)) << "a trailer";
    EXPECT_EQ("", raw.Get(1));
}

TEST(ReseauHooks, SeveralKindsOnOneAnotherUnderLoad) {
    for (int i = 0; i < 5; ++i) {
        Pair pair;
        for (reseau_id id : {pair.client, pair.server}) {
            ASSERT_EQ(0, Sample::Add(id, NewMask(0x33)));
            ASSERT_EQ(0, Sample::Add(id, NewFrames(100)));
            ASSERT_EQ(0, Sample::Add(id, NewDoubler()));
            ASSERT_EQ(0, Sample::Add(id, NewHoarder()));
        }
        Exchange(pair.client, pair.server, 500000);
    }
}

TEST(ReseauHooks, SmallWritesOfOneTurnAreFlushedOnce) {
    Raw raw;
    static std::atomic<int> flushed, closed;
    flushed = closed = 0;
    Sample *sample = NewMask(0);
    sample->flush = [](reseau_id, struct reseau_hook_bytes &) {
        ++flushed;
        return (int)RESEAU_HOOK_DONE;
    };
    sample->close = [](reseau_id, struct reseau_hook_bytes &bytes) {
        ++closed;
        EXPECT_EQ(1, bytes.is_last);
        bytes.output[0] = '.';
        bytes.produced = 1;
        return (int)RESEAU_HOOK_DONE;
    };
    ASSERT_EQ(0, Sample::Add(raw.connection, sample));
    auto write = [](void *state, int) {
        for (int i = 0; i < 10; ++i) {
            EXPECT_EQ(2, Write(*static_cast<reseau_id *>(state), "ab"));
        }
    };
    ASSERT_EQ(0, reseau_post(reseau_loop_of(raw.connection), write, &raw.connection));
    EXPECT_EQ("abababababababababab", raw.Get(20));
    EXPECT_EQ(0, reseau_flush(raw.connection));
    EXPECT_EQ(1, flushed);
    EXPECT_EQ(0, reseau_end(raw.connection));
    EXPECT_EQ(".", raw.Get(2));
    EXPECT_EQ(1, closed);
    EXPECT_EQ(RESEAU_ERROR_CLOSED, Sample::Add(raw.connection, new Sample));
}

TEST(ReseauHooks, FilesComeInPieces) {
    std::string content = Pattern(3000000);
    TemporaryDirectory folder;
    folder.Write("file", content);
    std::string path = folder.Path("file");
    Pair pair;
    static std::atomic<size_t> largest;
    largest = 0;
    Sample *sample = NewMask(0x11);
    Sample::Function write = sample->write;
    sample->write = [write](reseau_id id, struct reseau_hook_bytes &bytes) {
        largest = std::max(largest.load(), bytes.input_length);
        return write(id, bytes);
    };
    ASSERT_EQ(0, Sample::Add(pair.client, sample));
    ASSERT_EQ(0, Sample::Add(pair.server, NewMask(0x11)));
    std::thread reader(
        [&] { EXPECT_TRUE("head" + content + content.substr(100, 5) + "tail" == ReadAll(pair.server)); });
    EXPECT_EQ(4, Write(pair.client, "head"));
    EXPECT_EQ((int64_t)content.size(), reseau_send_file(pair.client, path.c_str(), 0, -1));
    EXPECT_EQ(5, reseau_send_file(pair.client, path.c_str(), 100, 5));
    EXPECT_EQ(4, Write(pair.client, "tail"));
    EXPECT_EQ(0, reseau_end(pair.client));
    reader.join();
    EXPECT_EQ(0, reseau_flush(pair.client));
    EXPECT_LE(largest, 65536u);
    EXPECT_GE(largest, 16384u);
}

TEST(ReseauHooks, BytesThatNobodyHasReadGoThroughALaterHook) {
    Raw raw;
    raw.Put(std::string("go\nmnop", 7));
    char line[10];
    ASSERT_EQ(2, reseau_read_line(raw.connection, line, sizeof(line)));
    while (reseau_available(raw.connection) < 4) {
        std::this_thread::yield();
    }
    ASSERT_EQ(0, Sample::Add(raw.connection, NewMask(1)));
    EXPECT_EQ("lonq", ReadExactly(raw.connection, 4));
    shutdown(raw.ends[1], SHUT_WR);
    EXPECT_EQ("", ReadAll(raw.connection));
    EXPECT_EQ(1, reseau_at_end(raw.connection));
}

TEST(ReseauHooks, AlsoWhenTheEndHasComeAndInACallback) {
    {
        Raw raw;
        raw.Put("abc");
        shutdown(raw.ends[1], SHUT_WR);
        while (reseau_available(raw.connection) < 3) {
            std::this_thread::yield();
        }
        static std::atomic<int> last;
        last = 0;
        Sample *sample = new Sample;
        sample->read = [](reseau_id, struct reseau_hook_bytes &bytes) {
            last += bytes.is_last;
            return MapBytes(bytes, [](unsigned char c) { return (unsigned char)(c + 1); });
        };
        ASSERT_EQ(0, Sample::Add(raw.connection, sample));
        EXPECT_EQ("bcd", ReadAll(raw.connection));
        EXPECT_GE(last, 1);
    }
    static std::string rest;
    rest.clear();
    Recorder recorder;
    recorder.on_data = [](reseau_id id, const char *data, size_t length) -> size_t {
        if (length < 3 || memcmp(data, "go\n", 3) != 0) {
            rest.append(data, length);
            return length;
        }
        EXPECT_EQ(0, Sample::Add(id, NewMask(1)));
        EXPECT_EQ(2, Write(id, "no")) << "what is written behind it goes through it";
        return 3;
    };
    Raw raw(&recorder.options);
    ASSERT_TRUE(recorder.AwaitOpen());
    raw.Put("go\nmnop");
    EXPECT_EQ("on", raw.Get(2)) << "masked";
    shutdown(raw.ends[1], SHUT_WR);
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ("lonq", rest);
}

TEST(ReseauHooks, OneThatIsAddedAtTheEndSeesIt) {
    Raw raw;
    Sample *sample = new Sample;
    sample->read = [](reseau_id id, struct reseau_hook_bytes &bytes) {
        if (bytes.is_last != 0) {
            EXPECT_EQ(0, Sample::Add(id, new Sample));
        }
        return MapBytes(bytes, [](unsigned char c) { return c; });
    };
    ASSERT_EQ(0, Sample::Add(raw.connection, sample));
    raw.Put("x");
    EXPECT_EQ(0, shutdown(raw.ends[1], SHUT_WR));
    EXPECT_EQ("x", ReadAll(raw.connection));
}

TEST(ReseauHooks, MayCallTheLibrary) {
    static std::atomic<int> posted, added, gone;
    posted = added = gone = 0;
    Pair pair;
    Sample *sample = new Sample;
    sample->gone = &gone;
    sample->read = [](reseau_id id, struct reseau_hook_bytes &bytes) -> int {
        std::string text((const char *)bytes.input, bytes.input_length);
        bytes.consumed = bytes.input_length;
        if (text == "echo") {
            EXPECT_EQ(4, Write(id, "ECHO"));
            EXPECT_EQ(4, reseau_write_front(id, "FRST", 4));
            EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_flush(id));
            EXPECT_EQ(0, reseau_pause(id));
            EXPECT_EQ(0, reseau_resume(id));
            EXPECT_EQ(
                0,
                reseau_post(
                    reseau_loop_of(id), [](void *, int) { ++posted; }, nullptr));
        } else if (text == "add") {
            EXPECT_EQ(0, Sample::Add(id, NewMask(1)));
            ++added;
        } else if (text == "close") {
            EXPECT_EQ(0, reseau_close(id));
            EXPECT_EQ(RESEAU_ERROR_CLOSED, Write(id, "x"));
            EXPECT_EQ(RESEAU_ERROR_CLOSED, Sample::Add(id, new Sample));
        } else if (text == "abort") {
            EXPECT_EQ(0, reseau_abort(id));
        } else {
            memcpy(bytes.output, text.data(), text.size());
            bytes.produced = text.size();
        }
        return RESEAU_HOOK_DONE;
    };
    ASSERT_EQ(0, Sample::Add(pair.server, sample));
    ASSERT_EQ(4, Write(pair.client, "echo"));
    EXPECT_EQ("FRSTECHO", ReadExactly(pair.client, 8));
    while (posted == 0) {
        std::this_thread::yield();
    }
    ASSERT_EQ(3, Write(pair.client, "add"));
    while (added == 0) { /* else both come in one piece */
        std::this_thread::yield();
    }
    ASSERT_EQ(5, Write(pair.client, "close"));
    EXPECT_EQ("", ReadAll(pair.client));
    EXPECT_EQ(0, reseau_wait_closed(pair.server, 60000));
    EXPECT_EQ(1, gone);
    EXPECT_EQ(RESEAU_CLOSED_BY_LOCAL, InfoOf(pair.server).closed_by);
    Pair other;
    sample = new Sample;
    sample->read = [](reseau_id id, struct reseau_hook_bytes &bytes) -> int {
        EXPECT_EQ(0, reseau_abort(id));
        bytes.consumed = bytes.input_length;
        return RESEAU_HOOK_DONE;
    };
    ASSERT_EQ(0, Sample::Add(other.server, sample));
    ASSERT_EQ(1, Write(other.client, "x"));
    EXPECT_LE(AwaitError(other.client), 0);
    EXPECT_EQ(0, reseau_wait_closed(other.server, 60000));
}

TEST(ReseauHooks, EachFunctionMayCloseOrAbort) {
    for (int which = 0; which < 4; ++which) {
        for (bool aborts : {false, true}) {
            std::atomic<int> gone{0};
            Pair pair;
            auto end = [aborts](reseau_id id, struct reseau_hook_bytes &bytes) -> int {
                EXPECT_EQ(0, aborts ? reseau_abort(id) : reseau_close(id));
                return MapBytes(bytes, [](unsigned char c) { return c; });
            };
            Sample *sample = new Sample;
            (which == 0 ? sample->read : which == 1 ? sample->write : which == 2 ? sample->flush : sample->close) = end;
            sample->gone = &gone;
            ASSERT_EQ(0, Sample::Add(pair.server, sample));
            EXPECT_EQ(1, Write(pair.client, "c"));
            Write(pair.server, "s");
            if (which == 3) {
                reseau_end(pair.server);
            }
            EXPECT_EQ(0, reseau_wait_closed(pair.server, 60000)) << which << aborts;
            EXPECT_EQ(1, gone);
        }
    }
}

TEST(ReseauHooks, AnAnswerToThePeerByAFlush) {
    Raw raw;
    std::shared_ptr<int> due = std::make_shared<int>(0);
    Sample *sample = new Sample;
    sample->read = [due](reseau_id id, struct reseau_hook_bytes &bytes) -> int {
        while (bytes.consumed < bytes.input_length) {
            unsigned char c = bytes.input[bytes.consumed++];
            if (c == '?') {
                ++*due;
                EXPECT_EQ(0, reseau_flush_hooks(id));
            } else {
                bytes.output[bytes.produced++] = c;
            }
        }
        return RESEAU_HOOK_DONE;
    };
    sample->flush = [due](reseau_id, struct reseau_hook_bytes &bytes) -> int {
        for (; *due > 0; --*due) {
            bytes.output[bytes.produced++] = '!';
        }
        return RESEAU_HOOK_DONE;
    };
    ASSERT_EQ(0, Sample::Add(raw.connection, NewMask(0)));
    ASSERT_EQ(0, Sample::Add(raw.connection, sample));
    raw.Put("a?b?");
    EXPECT_EQ("ab", ReadExactly(raw.connection, 2));
    EXPECT_EQ("!!", raw.Get(2));
    EXPECT_EQ(2u, InfoOf(raw.connection).bytes_read);
}

TEST(ReseauHooks, FailuresAreInTheRecord) {
    struct Case {
        const char *what;
        int expected;
        Sample::Function function;
    };
    auto returns = [](int result) {
        return [result](reseau_id, struct reseau_hook_bytes &bytes) {
            bytes.consumed = bytes.input_length;
            return result;
        };
    };
    std::vector<Case> cases = {
        {"its own number", -1234, returns(-1234)},
        {"no result of a hook", RESEAU_ERROR_INVALID_ARGUMENT, returns(3)},
        {"more than there was",
         RESEAU_ERROR_INVALID_ARGUMENT,
         [](reseau_id, struct reseau_hook_bytes &bytes) {
             bytes.consumed = bytes.input_length + 1;
             return (int)RESEAU_HOOK_DONE;
         }},
        {"more than there was room for",
         RESEAU_ERROR_INVALID_ARGUMENT,
         [](reseau_id, struct reseau_hook_bytes &bytes) {
             bytes.produced = bytes.output_room + 1;
             return (int)RESEAU_HOOK_DONE;
         }},
        {"more without progress",
         RESEAU_ERROR_INVALID_ARGUMENT,
         [](reseau_id, struct reseau_hook_bytes &) { return (int)RESEAU_HOOK_MORE; }},
    };
    for (const Case &one : cases) {
        for (bool reads : {true, false}) {
            std::atomic<int> gone{0};
            Raw raw;
            Sample *sample = new Sample;
            sample->gone = &gone;
            (reads ? sample->read : sample->write) = one.function;
            ASSERT_EQ(0, Sample::Add(raw.connection, sample));
            if (reads) {
                raw.Put("x");
            } else {
                EXPECT_EQ(1, Write(raw.connection, "x"));
            }
            EXPECT_EQ(RESEAU_ERROR_HOOK, AwaitError(raw.connection)) << one.what;
            EXPECT_EQ(one.expected, InfoOf(raw.connection).cause) << one.what;
            EXPECT_EQ(RESEAU_CLOSED_BY_LIBRARY, InfoOf(raw.connection).closed_by);
            EXPECT_EQ(reads ? RESEAU_PHASE_READ : RESEAU_PHASE_WRITE, InfoOf(raw.connection).phase);
            reseau_close(raw.connection);
            EXPECT_EQ(0, reseau_wait_closed(raw.connection, 60000));
            EXPECT_EQ(1, gone);
        }
    }
}

TEST(ReseauHooks, AfterAFailureTheWriteIsNotLookedAt) {
    Raw raw;
    Sample *sample = new Sample;
    sample->write = [](reseau_id, struct reseau_hook_bytes &) { return -1; };
    ASSERT_EQ(0, Sample::Add(raw.connection, sample));
    constexpr size_t size = 256 * 1024;
    void *memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(MAP_FAILED, memory);
    auto destroy = [](void *data, void *) { EXPECT_EQ(0, munmap(data, size)); };
    EXPECT_EQ((int64_t)size, reseau_write_owned(raw.connection, memory, size, destroy, nullptr));
    EXPECT_EQ(RESEAU_ERROR_HOOK, AwaitError(raw.connection));
}

TEST(ReseauHooks, AStreamThatWasCutFails) {
    {
        Raw raw;
        ASSERT_EQ(0, Sample::Add(raw.connection, NewDoubler()));
        raw.Put("aabbc");
        shutdown(raw.ends[1], SHUT_WR);
        EXPECT_EQ("ab", ReadExactly(raw.connection, 2)) << "what came before is there";
        EXPECT_EQ(RESEAU_ERROR_HOOK, AwaitError(raw.connection));
        EXPECT_EQ(RESEAU_ERROR_END_OF_STREAM, InfoOf(raw.connection).cause);
    }
    Raw raw;
    ASSERT_EQ(0, Sample::Add(raw.connection, NewFrames()));
    raw.Put(std::string("\0\2ok", 4));
    shutdown(raw.ends[1], SHUT_WR);
    EXPECT_EQ("ok", ReadExactly(raw.connection, 2));
    EXPECT_EQ(RESEAU_ERROR_HOOK, AwaitError(raw.connection));
    EXPECT_EQ(-77, InfoOf(raw.connection).cause) << "the hook's own protocol has not ended";
}

TEST(ReseauHooks, WhatAHookDoesNotConsumeIsBounded) {
    for (bool reads : {true, false}) {
        Pair pair;
        Sample *sample = new Sample;
        (reads ? sample->read : sample->write) = [](reseau_id, struct reseau_hook_bytes &bytes) {
            EXPECT_LE(bytes.input_length, 65536u * 2 + 16384u);
            return (int)RESEAU_HOOK_DONE;
        };
        ASSERT_EQ(0, Sample::Add(pair.server, sample));
        std::string much(100000, 'm');
        reseau_id writer = reads ? pair.client : pair.server;
        for (int i = 0; i < 10 && Write(writer, much) > 0; ++i) {
        }
        EXPECT_EQ(RESEAU_ERROR_HOOK, AwaitError(pair.server));
        EXPECT_EQ(RESEAU_ERROR_TOO_LARGE, InfoOf(pair.server).cause);
    }
}

TEST(ReseauHooks, AReaderThatWaitsStopsAHookThatExpands) {
    struct reseau_options small = reseau_options_default();
    small.read_buffer_bytes = 1000;
    Raw raw(&small);
    Sample *sample = new Sample;
    std::shared_ptr<size_t> at = std::make_shared<size_t>(0);
    sample->read = [at](reseau_id, struct reseau_hook_bytes &bytes) -> int {
        /* Each byte becomes 100,000. */
        while (bytes.consumed < bytes.input_length && bytes.produced < bytes.output_room) {
            bytes.output[bytes.produced++] = bytes.input[bytes.consumed];
            if (++*at == 100000) {
                *at = 0;
                ++bytes.consumed;
            }
        }
        return bytes.consumed < bytes.input_length ? RESEAU_HOOK_MORE : RESEAU_HOOK_DONE;
    };
    ASSERT_EQ(0, Sample::Add(raw.connection, sample));
    ASSERT_EQ(0, Sample::Add(raw.connection, NewMask(0)));
    raw.Put(std::string(50, 'e'));
    shutdown(raw.ends[1], SHUT_WR);
    std::string got;
    int64_t most = 0, length;
    std::vector<char> buffer(3000);
    while ((length = reseau_read(raw.connection, buffer.data(), buffer.size())) > 0) {
        got.append(buffer.data(), (size_t)length);
        most = std::max(most, reseau_available(raw.connection));
    }
    EXPECT_EQ(0, length) << reseau_error_name(length);
    EXPECT_EQ(5000000u, got.size());
    EXPECT_LE(most, 2 * 16384 + 2000);
}

TEST(ReseauHooks, APeerThatDoesNotReadStopsAHookThatExpands) {
    struct reseau_options options = reseau_options_default();
    options.write_queue_bytes = 100000;
    options.write_policy = RESEAU_WRITE_WOULD_BLOCK;
    Pair pair(&options);
    static std::atomic<size_t> put;
    put = 0;
    Sample *sample = new Sample;
    std::shared_ptr<size_t> at = std::make_shared<size_t>(0);
    sample->write = [at](reseau_id, struct reseau_hook_bytes &bytes) -> int {
        while (bytes.consumed < bytes.input_length && bytes.produced < bytes.output_room) {
            bytes.output[bytes.produced++] = bytes.input[bytes.consumed];
            if (++*at == 1000) {
                *at = 0;
                ++bytes.consumed;
            }
        }
        put += bytes.produced;
        return bytes.consumed < bytes.input_length ? RESEAU_HOOK_MORE : RESEAU_HOOK_DONE;
    };
    ASSERT_EQ(0, Sample::Add(pair.client, sample));
    EXPECT_EQ(30000, Write(pair.client, std::string(30000, 'w')));
    size_t before = 1;
    while (before != put || put == 0) {
        before = put;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    EXPECT_LT(put, 15000000u) << "not all of the 30 MB: the system's buffers and a bounded queue";
    std::string all = ReadExactly(pair.server, 30000000);
    EXPECT_EQ(std::string(30000000, 'w'), all);
    EXPECT_EQ(0, reseau_flush(pair.client));
    EXPECT_EQ(0, reseau_pending(pair.client));
}

TEST(ReseauHooks, BytesThatAHookDropsAreNotPending) {
    Raw raw;
    Sample *sample = new Sample;
    sample->write = [](reseau_id, struct reseau_hook_bytes &bytes) -> int {
        bytes.consumed = bytes.input_length;
        return RESEAU_HOOK_DONE;
    };
    ASSERT_EQ(0, Sample::Add(raw.connection, sample));
    EXPECT_EQ(9, Write(raw.connection, "forgotten"));
    EXPECT_EQ(0, reseau_flush(raw.connection));
    EXPECT_EQ(0, reseau_pending(raw.connection));
    EXPECT_EQ(9u, InfoOf(raw.connection).bytes_written);
}

TEST(ReseauHooks, WhatWasWrittenBeforeGoesWithout) {
    struct reseau_options options = reseau_options_default();
    options.write_queue_bytes = SIZE_MAX;
    Pair pair(&options);
    std::string before = Pattern(20000000);
    EXPECT_EQ((int64_t)before.size(), Write(pair.client, before));
    ASSERT_EQ(0, Sample::Add(pair.client, NewMask(1)));
    EXPECT_EQ(4, Write(pair.client, "mnop"));
    ASSERT_EQ(0, Sample::Add(pair.client, NewMask(1)));
    EXPECT_EQ(4, Write(pair.client, "abcd"));
    EXPECT_EQ(0, reseau_end(pair.client));
    EXPECT_TRUE(before + "lonqabcd" == ReadAll(pair.server));
}

TEST(ReseauHooks, TheStateIsDestroyedOnceWhateverHappens) {
    std::atomic<int> gone{0};
    auto make = [&] {
        Sample *sample = NewMask(1);
        sample->gone = &gone;
        return sample;
    };
    reseau_id old;
    {
        Pair pair;
        old = pair.client;
        ASSERT_EQ(0, Sample::Add(pair.client, make()));
        EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, Sample::Add(pair.listener, make()));
        EXPECT_EQ(1, gone);
        EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_detach(pair.client)) << "hooks keep the descriptor";
        EXPECT_EQ(0, reseau_flush_hooks(pair.client));
        EXPECT_EQ(0, reseau_flush_hooks(pair.server)) << "without hooks there is nothing to do";
    }
    EXPECT_EQ(2, gone);
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, Sample::Add(old, make()));
    EXPECT_EQ(3, gone);
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_flush_hooks(old));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_add_hook(old, nullptr));
    struct reseau_hook hook = reseau_hook_default();
    hook.size = 1;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_add_hook(old, &hook));
}

TEST(ReseauHooks, OnTheThreadOfAnotherLoopItWouldBlock) {
    reseau_id loop = reseau_loop_new();
    ASSERT_GT(loop, 0);
    Pair pair;
    static std::atomic<int> result;
    result = 0;
    auto add = [](void *state, int) { result = Sample::Add(static_cast<Pair *>(state)->client, new Sample); };
    ASSERT_EQ(0, reseau_post(loop, add, &pair));
    EXPECT_EQ(0, reseau_loop_run(loop, 0));
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, result);
    EXPECT_EQ(0, reseau_close(loop));
}

TEST(ReseauHooks, ManyThreadsWriteCloseAndAddAtOnce) {
    for (int i = 0; i < 50; ++i) {
        std::atomic<int> gone{0};
        std::atomic<int> tried{0};
        {
            Pair pair;
            std::vector<std::thread> threads;
            for (int t = 0; t < 3; ++t) {
                threads.emplace_back([&] {
                    for (int n = 0; n < 20; ++n) {
                        Sample *sample = NewMask((unsigned char)n);
                        sample->gone = &gone;
                        ++tried;
                        Sample::Add(pair.server, sample);
                        Write(pair.server, "some bytes");
                        Write(pair.client, "other bytes");
                        reseau_flush_hooks(pair.server);
                    }
                });
            }
            if (i % 2 == 0) {
                reseau_abort(pair.server);
            } else {
                reseau_close(pair.server);
            }
            for (std::thread &thread : threads) {
                thread.join();
            }
        }
        EXPECT_EQ(tried, gone);
    }
}

TEST(ReseauHooks, WithALoopThatEnds) {
    reseau_id loop = reseau_loop_new();
    std::atomic<int> gone{0};
    struct reseau_options options = reseau_options_default();
    options.loop = loop;
    Recorder recorder;
    recorder.options.loop = loop;
    Raw raw(&recorder.options);
    static Sample *sample;
    sample = NewMask(1);
    sample->gone = &gone;
    auto add = [](void *state, int) { EXPECT_EQ(0, Sample::Add(*static_cast<reseau_id *>(state), sample)); };
    ASSERT_EQ(0, reseau_post(loop, add, &raw.connection));
    EXPECT_EQ(0, reseau_loop_run(loop, 0));
    EXPECT_EQ(0, reseau_close(loop));
    EXPECT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(1, gone);
    EXPECT_EQ(RESEAU_ERROR_LOOP_ENDED, recorder.Infos()[0].error);
}

/* ---- Hooks that leave ---- */

namespace {

std::string Masked(const std::string &text, unsigned char mask) {
    std::string masked = text;
    for (char &c : masked) {
        c = (char)(c ^ mask);
    }
    return masked;
}

} // namespace

TEST(ReseauHooksLeave, WritesBeforeGoThroughAndWritesAfterPassBy) {
    Raw raw;
    std::atomic<int> gone{0};
    Sample *mask = NewMask(0x55);
    mask->gone = &gone;
    mask->close = [](reseau_id, struct reseau_hook_bytes &bytes) {
        EXPECT_EQ(1, bytes.is_last);
        memcpy(bytes.output, "!", 1);
        bytes.produced = 1;
        return (int)RESEAU_HOOK_DONE;
    };
    ASSERT_EQ(0, Sample::Add(raw.connection, mask));
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_remove_hook(raw.connection, nullptr));
    EXPECT_EQ(6, Write(raw.connection, "before"));
    ASSERT_EQ(0, reseau_remove_hook(raw.connection, mask));
    EXPECT_EQ(5, Write(raw.connection, "after"));
    EXPECT_EQ(Masked("before", 0x55) + "!after", raw.Get(12));
    while (gone == 0) {
        std::this_thread::yield();
    }
    raw.Put("plain");
    EXPECT_EQ("plain", ReadExactly(raw.connection, 5));
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_remove_hook(raw.connection, mask));
    EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_detach(raw.connection));
    EXPECT_EQ(0, reseau_end(raw.connection)) << "its close comes once";
    EXPECT_EQ("", raw.Get(1));
    EXPECT_EQ(1, gone);
}

TEST(ReseauHooksLeave, TheOthersStay) {
    for (int which = 0; which < 3; ++which) {
        Raw raw;
        Sample *hooks[3] = {NewMask(1), NewMask(2), NewMask(4)};
        unsigned char left = 7;
        for (Sample *hook : hooks) {
            ASSERT_EQ(0, Sample::Add(raw.connection, hook));
        }
        ASSERT_EQ(0, reseau_remove_hook(raw.connection, hooks[which]));
        left = (unsigned char)(left & ~(1 << which));
        EXPECT_EQ(5, Write(raw.connection, "hello"));
        EXPECT_EQ(Masked("hello", left), raw.Get(5));
        raw.Put(Masked("world", left));
        EXPECT_EQ("world", ReadExactly(raw.connection, 5));
        ASSERT_EQ(0, Sample::Add(raw.connection, NewMask(8)));
        EXPECT_EQ(5, Write(raw.connection, "again"));
        EXPECT_EQ(Masked("again", left | 8), raw.Get(5));
    }
}

TEST(ReseauHooksLeave, InsideItsOwnReadAtAnExactPlace) {
    for (size_t piece : {(size_t)1, (size_t)3, (size_t)1000}) {
        Raw raw;
        std::atomic<int> gone{0};
        Sample *hook = new Sample;
        hook->gone = &gone;
        /* Up to a dot everything is masked. */
        hook->read = [hook](reseau_id id, struct reseau_hook_bytes &bytes) -> int {
            while (bytes.consumed < bytes.input_length) {
                char c = (char)bytes.input[bytes.consumed++];
                if (c == '.') {
                    EXPECT_EQ(0, reseau_remove_hook(id, hook));
                    break;
                }
                bytes.output[bytes.produced++] = (unsigned char)(c ^ 1);
            }
            return RESEAU_HOOK_DONE;
        };
        ASSERT_EQ(0, Sample::Add(raw.connection, hook));
        std::string sent = Masked("masked", 1) + ".plain. and more.";
        for (size_t i = 0; i < sent.size(); i += piece) {
            raw.Put(sent.substr(i, piece));
        }
        shutdown(raw.ends[1], SHUT_WR);
        EXPECT_EQ("maskedplain. and more.", ReadAll(raw.connection));
        while (gone == 0) {
            std::this_thread::yield();
        }
    }
}

TEST(ReseauHooksLeave, WhatItHasNotConsumedComesFirst) {
    Raw raw;
    Sample *frames = NewFrames();
    ASSERT_EQ(0, Sample::Add(raw.connection, frames));
    raw.Put(std::string("\0\3abc\0\5de", 9));
    EXPECT_EQ("abc", ReadExactly(raw.connection, 3));
    ASSERT_EQ(0, reseau_remove_hook(raw.connection, frames));
    EXPECT_EQ(std::string("\0\5de", 4), ReadExactly(raw.connection, 4));
    raw.Put("x");
    EXPECT_EQ("x", ReadExactly(raw.connection, 1));
    EXPECT_EQ(std::string(2, '\0'), raw.Get(2)) << "its close";
}

TEST(ReseauHooksLeave, UnderLoadNothingIsLostAndNothingGoesThroughTwice) {
    for (int round = 0; round < 20; ++round) {
        Raw raw;
        Sample *mask = NewMask(0x11);
        ASSERT_EQ(0, Sample::Add(raw.connection, mask));
        std::string text = Pattern(20000, (unsigned)round + 1);
        std::thread writer([&] {
            for (int i = 0; i < 100; ++i) {
                if (i == 50) {
                    ASSERT_EQ(0, reseau_remove_hook(raw.connection, mask));
                }
                ASSERT_EQ((int64_t)text.size(), Write(raw.connection, text));
            }
        });
        for (int i = 0; i < 100; ++i) {
            std::string got = raw.Get(text.size());
            ASSERT_TRUE((i < 50 ? Masked(text, 0x11) : text) == got) << round << ": " << i;
        }
        writer.join();
    }
}

TEST(ReseauHooksLeave, AboveTlsButNotBelow) {
    std::string ca = std::string(RESEAU_TEST_CERTIFICATES) + "/ca.crt";
    std::string certificate = std::string(RESEAU_TEST_CERTIFICATES) + "/ec256.crt";
    std::string key = std::string(RESEAU_TEST_CERTIFICATES) + "/ec256.key";
    struct reseau_tls_options client = reseau_tls_options_default(), server = reseau_tls_options_default();
    client.ca_file = ca.c_str();
    client.server_name = "localhost";
    server.certificate_file = certificate.c_str();
    server.key_file = key.c_str();
    Pair pair;
    Sample *below[2] = {NewMask(3), NewMask(3)}, *above[2] = {NewMask(5), NewMask(5)};
    reseau_id ends[2] = {pair.client, pair.server};
    for (int i = 0; i < 2; ++i) {
        ASSERT_EQ(0, Sample::Add(ends[i], below[i]));
    }
    std::thread upgrade([&] { EXPECT_EQ(0, reseau_start_tls(pair.server, 1, &server)); });
    EXPECT_EQ(0, reseau_start_tls(pair.client, 0, &client));
    upgrade.join();
    for (int i = 0; i < 2; ++i) {
        ASSERT_EQ(0, Sample::Add(ends[i], above[i]));
    }
    EXPECT_EQ(4, Write(pair.client, "with"));
    EXPECT_EQ("with", ReadExactly(pair.server, 4));
    EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_remove_hook(pair.client, below[0]));
    for (int i = 0; i < 2; ++i) {
        ASSERT_EQ(0, reseau_remove_hook(ends[i], above[i]));
    }
    EXPECT_EQ(7, Write(pair.client, "without"));
    EXPECT_EQ("without", ReadExactly(pair.server, 7));
    EXPECT_EQ(4, Write(pair.server, "back"));
    EXPECT_EQ("back", ReadExactly(pair.client, 4));
}

TEST(ReseauHooksLeave, TheConnectionMayEndWhileTheStateIsDestroyed) {
    for (auto leave : {&reseau_abort, &reseau_close}) {
        struct State {
            reseau_id connection;
            decltype(leave) end;
        };
        Raw raw;
        State state = {raw.connection, leave};
        struct reseau_hook hook = reseau_hook_default();
        hook.state = &state;
        hook.write = [](reseau_id, struct reseau_hook_bytes *bytes, void *) {
            return MapBytes(*bytes, [](unsigned char c) { return c; });
        };
        hook.destroy = [](void *data) {
            State *self = static_cast<State *>(data);
            EXPECT_EQ(0, self->end(self->connection));
        };
        ASSERT_EQ(0, reseau_add_hook(raw.connection, &hook));
        EXPECT_EQ(4, Write(raw.connection, "some"));
        ASSERT_EQ(0, reseau_remove_hook(raw.connection, &state));
        EXPECT_EQ(0, reseau_wait_closed(raw.connection, 60000));
    }
}

TEST(ReseauHooksLeave, ManyComeAndGoOnOneConnection) {
    Raw raw;
    Sample *below = NewMask(0x20);
    ASSERT_EQ(0, Sample::Add(raw.connection, below));
    std::string expected;
    for (int round = 0; round < 1000; ++round) {
        Sample *mask = NewMask((unsigned char)round);
        ASSERT_EQ(0, Sample::Add(raw.connection, mask));
        EXPECT_EQ(4, Write(raw.connection, "with"));
        ASSERT_EQ(0, reseau_remove_hook(raw.connection, mask));
        EXPECT_EQ(7, Write(raw.connection, "without"));
        expected += Masked("with", (unsigned char)(round ^ 0x20)) + Masked("without", 0x20);
        raw.Put(std::string(1, (char)round));
        EXPECT_EQ(Masked(std::string(1, (char)round), 0x20), ReadExactly(raw.connection, 1));
    }
    EXPECT_TRUE(expected == raw.Get(expected.size()));
}

TEST(ReseauHooksLeave, WhileItsConnectionEnds) {
    std::atomic<int> gone{0};
    const int rounds = 200;
    for (int round = 0; round < rounds; ++round) {
        Raw raw;
        Sample *mask = NewMask(9);
        mask->gone = &gone;
        ASSERT_EQ(0, Sample::Add(raw.connection, mask));
        Write(raw.connection, "some");
        std::thread other([&] { round % 3 == 0 ? reseau_abort(raw.connection) : reseau_close(raw.connection); });
        int result = reseau_remove_hook(raw.connection, mask);
        EXPECT_TRUE(result == 0 || result == RESEAU_ERROR_CLOSED || result == RESEAU_ERROR_BAD_ID) << result;
        other.join();
        EXPECT_EQ(0, reseau_wait_closed(raw.connection, 60000));
    }
    EXPECT_EQ(rounds, gone) << "each is destroyed once";
}
