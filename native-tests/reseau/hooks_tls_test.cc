/* SPDX-License-Identifier: Apache-2.0 */
#include "support/hook_samples.h"
#include "support/reseau_peer.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace {

std::string Named(const std::string &name) {
    return std::string(RESEAU_TEST_CERTIFICATES) + "/" + name;
}

struct Tls {
    Tls() : ca(Named("ca.crt")), certificate(Named("ec256.crt")), key(Named("ec256.key")) {
        server.certificate_file = certificate.c_str();
        server.key_file = key.c_str();
        client.ca_file = ca.c_str();
        client.server_name = "localhost";
    }

    void Start(const Pair &pair) const {
        std::thread other([&] { EXPECT_EQ(0, reseau_start_tls(pair.server, 1, &server)); });
        EXPECT_EQ(0, reseau_start_tls(pair.client, 0, &client));
        other.join();
    }

    std::string ca, certificate, key;
    struct reseau_tls_options client = reseau_tls_options_default();
    struct reseau_tls_options server = reseau_tls_options_default();
};

void Exchange(const Pair &pair, size_t size) {
    std::string sent = Pattern(size), back = Pattern(size, 7);
    std::thread writer([&] {
        EXPECT_EQ((int64_t)sent.size(), Write(pair.client, sent));
        EXPECT_EQ(0, reseau_end(pair.client));
    });
    std::thread answer([&] {
        EXPECT_EQ((int64_t)back.size(), Write(pair.server, back));
        EXPECT_EQ(0, reseau_end(pair.server));
    });
    std::thread reader([&] { EXPECT_TRUE(sent == ReadAll(pair.server)); });
    EXPECT_TRUE(back == ReadAll(pair.client));
    writer.join();
    answer.join();
    reader.join();
    EXPECT_EQ(0, reseau_flush(pair.client));
    EXPECT_EQ(size, InfoOf(pair.client).bytes_written);
    EXPECT_EQ(size, InfoOf(pair.client).bytes_read);
}

void AddToBoth(const Pair &pair, Sample *(*make)()) {
    ASSERT_EQ(0, Sample::Add(pair.client, make()));
    ASSERT_EQ(0, Sample::Add(pair.server, make()));
}

/* Counts what it sees of records: the first byte of each is their type. */
Sample *NewWatch(std::string *seen) {
    Sample *sample = new Sample;
    sample->write = [seen](reseau_id, struct reseau_hook_bytes &bytes) {
        seen->append((const char *)bytes.input, std::min<size_t>(bytes.input_length, 1));
        return MapBytes(bytes, [](unsigned char c) { return c; });
    };
    return sample;
}

} // namespace

TEST(ReseauHooksTls, AboveAndBelow) {
    Tls tls;
    Pair pair;
    AddToBoth(pair, [] { return NewMask(0x77); });
    AddToBoth(pair, [] { return NewFrames(300); });
    tls.Start(pair);
    AddToBoth(pair, [] { return NewFrames(); });
    AddToBoth(pair, [] { return NewMask(0x10); });
    Exchange(pair, 2000000);
}

TEST(ReseauHooksTls, OnlyAbove) {
    Tls tls;
    Pair pair;
    tls.Start(pair);
    AddToBoth(pair, [] { return NewFrames(); });
    Exchange(pair, 2000000);
}

TEST(ReseauHooksTls, OnlyBelow) {
    Tls tls;
    Pair pair;
    AddToBoth(pair, [] { return NewFrames(); });
    tls.Start(pair);
    Exchange(pair, 2000000);
}

TEST(ReseauHooksTls, BelowSeesRecordsAndAboveSeesContent) {
    Tls tls;
    std::string records, content;
    {
        Pair pair;
        ASSERT_EQ(0, Sample::Add(pair.client, NewWatch(&records)));
        tls.Start(pair);
        ASSERT_EQ(0, Sample::Add(pair.client, NewWatch(&content)));
        ASSERT_EQ(1, Write(pair.client, "c"));
        EXPECT_EQ("c", ReadExactly(pair.server, 1));
        EXPECT_EQ(0, reseau_end(pair.client));
        EXPECT_EQ("", ReadAll(pair.server));
    }
    EXPECT_EQ("c", content);
    ASSERT_GE(records.size(), 3u);
    EXPECT_EQ('\x16', records[0]) << "handshake";
    EXPECT_EQ('\x17', records[records.size() - 1]) << "application data";
}

TEST(ReseauHooksTls, OfAConnectionThatBeginsWithTlsTheyAreAbove) {
    Tls tls;
    Recorder server;
    server.options.tls = &tls.server;
    server.on_open = [](reseau_id id) { EXPECT_EQ(0, Sample::Add(id, NewFrames())); };
    server.on_data = [](reseau_id id, const char *data, size_t length) {
        return reseau_write(id, data, length) < 0 ? (size_t)0 : length;
    };
    reseau_id listener = server.Listen();
    struct reseau_options options = reseau_options_default();
    options.tls = &tls.client;
    reseau_id id = reseau_connect("127.0.0.1", PortOf(listener), &options);
    ASSERT_GT(id, 0) << reseau_error_name(id);
    ASSERT_EQ(0, Sample::Add(id, NewFrames()));
    std::string sent = Pattern(200000);
    std::thread writer([&] { EXPECT_EQ((int64_t)sent.size(), Write(id, sent)); });
    EXPECT_TRUE(sent == ReadExactly(id, sent.size()));
    writer.join();
    EXPECT_EQ(0, reseau_end(id));
    EXPECT_EQ("", ReadAll(id));
    EXPECT_EQ(0, reseau_close(id));
    EXPECT_EQ(0, reseau_close(listener));
    EXPECT_TRUE(server.AwaitClosed());
}

TEST(ReseauHooksTls, AHookBelowThatFailsEndsTheHandshake) {
    Tls tls;
    for (int i = 0; i < 10; ++i) {
        Pair pair;
        Sample *sample = new Sample;
        sample->write = [](reseau_id, struct reseau_hook_bytes &) { return -1; };
        ASSERT_EQ(0, Sample::Add(pair.client, sample));
        EXPECT_EQ(RESEAU_ERROR_HOOK, reseau_start_tls(pair.client, 0, &tls.client));
    }
}

TEST(ReseauHooksTls, SmallWritesOfOneTurnGoThroughTheHooksOfTheirTime) {
    Tls tls;
    Pair pair;
    tls.Start(pair);
    auto write = [](void *state, int) {
        reseau_id id = *static_cast<reseau_id *>(state);
        EXPECT_EQ(1, Write(id, "a"));
        EXPECT_EQ(0, Sample::Add(id, NewMask(1)));
        EXPECT_EQ(1, Write(id, "b"));
        EXPECT_EQ(0, Sample::Add(id, NewMask(2)));
        EXPECT_EQ(1, Write(id, "d"));
    };
    ASSERT_EQ(0, reseau_post(reseau_loop_of(pair.client), write, &pair.client));
    EXPECT_EQ("acg", ReadExactly(pair.server, 3));
}

TEST(ReseauHooksTls, ACutBelowIsACutStream) {
    Tls tls;
    Pair pair;
    AddToBoth(pair, [] { return NewFrames(); });
    tls.Start(pair);
    ASSERT_EQ(4, Write(pair.client, "last"));
    EXPECT_EQ("last", ReadExactly(pair.server, 4));
    reseau_abort(pair.client);
    char byte;
    EXPECT_LT(reseau_read(pair.server, &byte, 1), 0) << "neither a close_notify nor the hook's end";
}

TEST(ReseauHooksTls, OwnedMemoryComesBackAsItWas) {
    Tls tls;
    Pair pair;
    tls.Start(pair);
    static std::atomic<int> destroyed;
    destroyed = 0;
    std::string content = Pattern(100000);
    auto destroy = [](void *data, void *argument) {
        EXPECT_EQ(argument, data);
        ++destroyed;
    };
    EXPECT_EQ(100000, reseau_write_owned(pair.client, content.data(), content.size(), destroy, &content[0]));
    EXPECT_TRUE(content == ReadExactly(pair.server, content.size()));
    EXPECT_EQ(0, reseau_flush(pair.client));
    EXPECT_EQ(1, destroyed);
}
