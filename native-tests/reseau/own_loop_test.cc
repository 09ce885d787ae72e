/* SPDX-License-Identifier: Apache-2.0 */
#include "support/reseau_peer.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

TEST(ReseauOwnLoop, HasTheCallbacksOfItsConnections) {
    OwnLoop loop;
    Recorder recorder;
    recorder.options.loop = loop.id;
    std::thread::id thread;
    recorder.on_data = [&](reseau_id id, const char *data, size_t length) {
        thread = std::this_thread::get_id();
        EXPECT_EQ(loop.id, reseau_loop_current());
        EXPECT_EQ(loop.id, reseau_loop_of(id));
        return reseau_write(id, data, length) < 0 ? (size_t)0 : length;
    };
    reseau_id listener = recorder.Listen();
    ASSERT_GT(listener, 0) << reseau_error_name(listener);
    EXPECT_EQ(loop.id, reseau_loop_of(listener));
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
    ASSERT_EQ(4, Write(client, "echo"));
    EXPECT_EQ("echo", ReadExactly(client, 4));
    EXPECT_EQ(loop.thread.get_id(), thread);
    reseau_close(client);
    EXPECT_TRUE(recorder.AwaitClosed());
    reseau_close(listener);
    EXPECT_EQ(0, reseau_wait_closed(listener, 60000));
}

TEST(ReseauOwnLoop, EndsWhatIsOnIt) {
    for (int i = 0; i < 20; ++i) {
        Recorder recorder;
        reseau_id listener, client, connecting, server;
        {
            OwnLoop loop;
            recorder.options.loop = loop.id;
            listener = recorder.Listen();
            client = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
            ASSERT_GT(client, 0);
            ASSERT_TRUE(recorder.AwaitOpen());
            server = recorder.Last();
            connecting = reseau_connect_start("192.0.2.1", 9, &recorder.options);
            loop.Stop();
            EXPECT_EQ(1000000, Write(server, std::string(1000000, 'l')));
            EXPECT_EQ(0, reseau_close(loop.id));
        }
        EXPECT_TRUE(recorder.AwaitClosed(2));
        EXPECT_EQ(2u, recorder.Infos().size());
        EXPECT_EQ(0, reseau_wait_closed(server, 60000));
        EXPECT_EQ(0, reseau_wait_closed(connecting, 60000));
        EXPECT_EQ(0, reseau_wait_closed(listener, 60000));
        EXPECT_EQ(RESEAU_ERROR_LOOP_ENDED, InfoOf(server).error);
        EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_write(server, "x", 1));
        reseau_abort(client);
    }
}

TEST(ReseauOwnLoop, ABlockingConnectionOutlivesItForWhoReadsIt) {
    reseau_id client, listener = reseau_listen(nullptr, 0, nullptr);
    {
        OwnLoop loop;
        struct reseau_options options = reseau_options_default();
        options.loop = loop.id;
        client = reseau_connect("127.0.0.1", PortOf(listener), &options);
        ASSERT_GT(client, 0) << reseau_error_name(client);
        reseau_id server = reseau_accept(listener, 60000);
        ASSERT_EQ(4, Write(server, "rest"));
        while (reseau_available(client) < 4) {
            std::this_thread::yield();
        }
        reseau_close(server);
    }
    char byte;
    EXPECT_EQ("rest", ReadExactly(client, 4));
    int64_t result = reseau_read(client, &byte, 1);
    EXPECT_TRUE(result == 0 || result == RESEAU_ERROR_LOOP_ENDED) << reseau_error_name(result);
    EXPECT_EQ(RESEAU_ERROR_CLOSED, Write(client, "x"));
    EXPECT_EQ(0, reseau_touch(client));
    EXPECT_EQ(0, reseau_close(client));
    EXPECT_EQ(0, reseau_wait_closed(client, 60000));
    reseau_close(listener);
}

TEST(ReseauOwnLoop, TakesNothingNewInACallbackOfItsEnd) {
    reseau_id blocking, listener = reseau_listen(nullptr, 0, nullptr);
    Recorder recorder;
    std::atomic<int64_t> result{0};
    {
        OwnLoop loop;
        recorder.options.loop = loop.id;
        recorder.on_close = [&](reseau_id) {
            result = reseau_connect_start("127.0.0.1", PortOf(listener), &recorder.options);
        };
        struct reseau_options options = reseau_options_default();
        options.loop = loop.id;
        blocking = reseau_connect("127.0.0.1", PortOf(listener), &options);
        ASSERT_GT(blocking, 0) << reseau_error_name(blocking);
        ASSERT_GT(reseau_connect_start("127.0.0.1", PortOf(listener), &recorder.options), 0);
        ASSERT_TRUE(recorder.AwaitOpen());
    }
    EXPECT_EQ(RESEAU_ERROR_LOOP_ENDED, result);
    EXPECT_EQ(RESEAU_ERROR_CLOSED, Write(blocking, "x")) << "what is on the loop still has it";
    EXPECT_EQ(0, reseau_close(blocking));
    EXPECT_EQ(0, reseau_wait_closed(blocking, 60000));
    reseau_close(listener);
}

TEST(ReseauOwnLoop, ThatHasEndedTakesNothingNew) {
    reseau_id loop = reseau_loop_new();
    ASSERT_GT(loop, 0);
    struct reseau_options options = reseau_options_default();
    options.loop = loop;
    ASSERT_EQ(0, reseau_close(loop));
    EXPECT_LT(reseau_listen(nullptr, 0, &options), 0);
    EXPECT_LT(reseau_connect_start("127.0.0.1", 1, &options), 0);
}
