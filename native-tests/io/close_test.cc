/* SPDX-License-Identifier: Apache-2.0 */
/* The ways a connection ends. What other libraries had to learn has programs of its own: see ../regressions. */
#include "support/testing_channel.h"

#include "support/channel_to_raw_peer.h"
#include "support/statistics_recorder.h"

#include <algorithm>
#include <atomic>
#include <thread>

/* By far; it is made in each test. */
constexpr size_t kMoreThanTheKernelTakes = 16000000;

class Close : public ChannelToRawPeer {};

TEST_F(Close, what_a_handler_writes_as_it_shuts_down_still_goes_out) {
    Connect(AWS_SOCKET_IPV4, SIZE_MAX, false);
    RunOnLoop(side_->loop, [&] {
        side_->handler->on_shutdown = [&](enum aws_channel_direction direction, int) {
            EXPECT_EQ(AWS_OP_SUCCESS, side_->handler->Send(direction == AWS_CHANNEL_DIR_READ ? "first, " : "second"));
        };
    });
    aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
    EXPECT_EQ("first, second", peer_.ReadToEnd());
    ASSERT_TRUE(side_->AwaitShutDown());
}

TEST_F(Close, what_was_written_before_the_close_arrives) {
    const std::string content = Noise(50000);
    for (enum aws_socket_domain domain : {kAnyDomain, AWS_SOCKET_IPV4}) {
        Disconnect();
        Connect(domain, SIZE_MAX, false);
        RunOnLoop(side_->loop, [&] {
            EXPECT_EQ(AWS_OP_SUCCESS, side_->handler->Send(content));
            aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
        });
        EXPECT_TRUE(content == peer_.ReadToEnd());
        ASSERT_TRUE(side_->AwaitShutDown());
    }
}

/* A system that closes a TCP connection with input unread resets it, and forgets what the peer has not taken. */
TEST_F(Close, unread_input_does_not_cost_the_peer_what_was_sent) {
    const std::string content = Noise(1000000);
    Connect(AWS_SOCKET_IPV4, 0, true);
    ASSERT_TRUE(peer_.Write("nobody reads this"));
    RunOnLoop(side_->loop, [&] {
        EXPECT_EQ(AWS_OP_SUCCESS, side_->handler->Send(content));
        aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
    });
    std::this_thread::sleep_for(std::chrono::microseconds(50000));
    EXPECT_TRUE(content == peer_.ReadToEnd());
    ASSERT_TRUE(side_->AwaitShutDown());
}

/* Input that comes when all is closed has the same effect; and here nothing of the library is left but a thread. */
TEST_F(Close, late_input_does_not_cost_the_peer_what_was_sent) {
    const std::string content = Noise(1000000);
    Connect(AWS_SOCKET_IPV4, SIZE_MAX, false);
    RunOnLoop(side_->loop, [&] {
        EXPECT_EQ(AWS_OP_SUCCESS, side_->handler->Send(content));
        aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
    });
    std::string arrived;
    std::thread reader([&] {
        std::this_thread::sleep_for(std::chrono::microseconds(50000));
        EXPECT_TRUE(peer_.Write("this comes late"));
        std::this_thread::sleep_for(std::chrono::microseconds(50000));
        arrived = peer_.ReadToEnd();
    });
    ASSERT_TRUE(side_->AwaitShutDown());
    Disconnect();
    reader.join();
    EXPECT_TRUE(content == arrived) << arrived.size();
}

TEST_F(Close, a_peer_that_reads_nothing_delays_the_end_by_a_second) {
    const std::string content = Noise(kMoreThanTheKernelTakes);
    frozen_ = true;
    Connect(AWS_SOCKET_IPV4, SIZE_MAX, false);
    size_t failed = 0;
    side_->on_written = [&](size_t, int error) { failed += error != 0; };
    ASSERT_EQ(AWS_OP_SUCCESS, side_->Send(content));
    aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
    side_->Settle();
    ManualClock::Advance(side_->loop, 999);
    EXPECT_FALSE(side_->IsShutDown());
    ManualClock::Advance(side_->loop, 1);
    /* The system may take something for a moment still, and a second in which it does is not the last one. */
    for (int more = 0; more < 100 && !side_->IsShutDown(); ++more) {
#if defined(_WIN32)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
#endif
        side_->Settle();
        if (!side_->IsShutDown()) {
            ManualClock::Advance(side_->loop, 1000);
        }
    }
    ASSERT_TRUE(side_->AwaitShutDown());
    EXPECT_GT(failed, 0u);
    ManualClock::Advance(loops_->loop(0), 1000);
    ManualClock::Advance(loops_->loop(1), 0);
    std::string arrived = peer_.ReadToEnd();
    EXPECT_TRUE(content.compare(0, arrived.size(), arrived) == 0);
}

/* With an error nobody waits: the clock stands still, and the channel ends. */
TEST_F(Close, an_end_with_an_error_does_not_wait_for_writes) {
    frozen_ = true;
    Connect(AWS_SOCKET_IPV4, SIZE_MAX, false);
    ASSERT_EQ(AWS_OP_SUCCESS, side_->Send(Noise(kMoreThanTheKernelTakes)));
    aws_channel_shutdown(side_->channel, AWS_ERROR_INVALID_STATE);
    ASSERT_TRUE(side_->AwaitShutDown());
    peer_.Close();
}

/* Far more than the kernel takes. */
TEST_F(Close, pending_writes_complete_exactly_once) {
    const size_t messages = 500;
    const std::string content = Noise(messages * g_aws_channel_max_fragment_size);
    for (bool by_peer : {false, true}) {
        Disconnect();
        Connect(kAnyDomain, SIZE_MAX, false);
        size_t completed = 0, failed = 0, written = 0;
        bool in_order = true;
        side_->on_written = [&](size_t length, int error) {
            completed++;
            failed += error != 0;
            written += error == 0 ? length : 0;
            in_order = in_order && (error != 0 || failed == 0);
        };
        ASSERT_EQ(AWS_OP_SUCCESS, side_->Send(content));
        ASSERT_TRUE(side_->AwaitWritten(1));
        if (by_peer) {
            peer_.Close();
        } else {
            aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
        }
        ASSERT_TRUE(side_->AwaitShutDown());
        EXPECT_EQ(messages, completed);
        EXPECT_GT(failed, 0u);
        EXPECT_TRUE(in_order) << "after the first that failed none can have arrived whole";
        if (!by_peer) {
            std::string arrived = peer_.ReadToEnd();
            EXPECT_GE(arrived.size(), written) << "what was reported as written has to arrive";
            EXPECT_TRUE(content.compare(0, arrived.size(), arrived) == 0);
        }
    }
}

TEST_F(Close, the_completion_of_a_write_may_write_again) {
    Connect(kAnyDomain, SIZE_MAX, false);
    int rounds = 0;
    side_->on_written = [&](size_t, int error) {
        if (error == 0 && ++rounds < 1000) {
            EXPECT_EQ(AWS_OP_SUCCESS, side_->handler->Send("x"));
        } else {
            aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
        }
    };
    ASSERT_EQ(AWS_OP_SUCCESS, side_->Send("x"));
    EXPECT_EQ(std::string(1000, 'x'), peer_.ReadToEnd());
    ASSERT_TRUE(side_->AwaitShutDown());
}

TEST_F(Close, many_threads_close_at_once_while_data_flows) {
    hold_ = true;
    Connect(AWS_SOCKET_IPV4, SIZE_MAX, false);
    std::atomic<bool> go{false};
    std::thread peer([&] {
        while (peer_.Write(std::string(1000, 'x'))) {
        }
    });
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; t++) {
        threads.emplace_back([&] {
            while (!go) {
                std::this_thread::yield();
            }
            EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_shutdown(side_->channel, AWS_IO_SOCKET_TIMEOUT));
            EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS));
        });
    }
    ASSERT_TRUE(side_->AwaitReceived(100000));
    ASSERT_EQ(AWS_OP_SUCCESS, side_->Send(Noise(1000000)));
    go = true;
    for (auto &thread : threads) {
        thread.join();
    }
    ASSERT_TRUE(side_->AwaitShutDown());
    peer.join();
    EXPECT_STREQ("AWS_IO_SOCKET_TIMEOUT", aws_error_name(side_->shut_down_error)) << "the first close counts";
}

/* The peer and the program close at the same time. */
TEST_F(Close, both_ends_close_at_once) {
    for (int round = 0; round < 20; round++) {
        for (enum aws_socket_domain domain : {kAnyDomain, AWS_SOCKET_IPV4}) {
            Disconnect();
            hold_ = true;
            Connect(domain, SIZE_MAX, false);
            ASSERT_TRUE(peer_.Write("last words"));
            std::thread closer([&] { aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS); });
            peer_.Close();
            closer.join();
            ASSERT_TRUE(side_->AwaitShutDown());
        }
    }
}

/* Closes both sides, twice, at one place in the life of a connection. */
class CloseInCallback : public TracedIoTest, public ::testing::WithParamInterface<const char *> {
  protected:
    /* A hook that closes the channel if this is the place of this test. */
    std::function<void()> At(const char *place, Side &side) {
        if (strcmp(place, GetParam()) != 0) {
            return nullptr;
        }
        return [this, &side] { ShutDown(side); };
    }

    void ShutDown(Side &side) {
        reached_++;
        aws_channel_shutdown(side.channel, AWS_IO_SOCKET_TIMEOUT);
        aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
    }

    /* Closes in the callbacks that carry data, and as the handler's shutdown function is called. */
    void AddHooks(Side &side, const std::string &who) {
        auto read = At((who + " reads").c_str(), side), wrote = At((who + " has written").c_str(), side);
        if (read) {
            side.on_read = [read](const std::string &) { read(); };
        }
        if (wrote) {
            side.on_written = [wrote](size_t, int) { wrote(); };
        }
        auto ends_reading = At((who + " ends reading").c_str(), side);
        auto ends_writing = At((who + " ends writing").c_str(), side);
        side.on_set_up = [this, &side, who, ends_reading, ends_writing] {
            if (side.handler == nullptr) {
                return;
            }
            side.handler->on_shutdown = [=](enum aws_channel_direction direction, int) {
                auto &hook = direction == AWS_CHANNEL_DIR_READ ? ends_reading : ends_writing;
                if (hook) {
                    hook();
                }
            };
            if (who + " set up" == GetParam()) {
                ShutDown(side);
            }
            /* Fails when the channel was closed earlier. */
            side.handler->Send("a message to the other side");
        };
        side.on_shut_down = At((who + " shut down").c_str(), side);
    }

    void Run(enum aws_socket_domain domain);

    std::atomic<int> reached_{0};
};

void CloseInCallback::Run(enum aws_socket_domain domain) {
    LoopGroup loops(allocator_, 2);
    ScriptedResolver resolver(allocator_, {"127.0.0.1"});
    Side side(allocator_);
    StatisticsRecorder recorder(allocator_, 0);
    Server server(allocator_, loops.get(), domain);
    server.on_side = [&](Side &accepted) { AddHooks(accepted, "server"); };
    ASSERT_TRUE(server.Listen());
    AddHooks(side, "client");
    auto created = At("client created", side), sampled = At("statistics sampled", side);
    recorder.on_sample = [&](void *channel) {
        EXPECT_EQ(side.channel, channel);
        if (sampled) {
            sampled();
        }
    };
    side.on_created = [&] {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_channel_set_statistics_handler(side.channel, recorder.handler()));
        if (created) {
            created();
        }
    };
    {
        Client client(allocator_, loops.get(), resolver.get());
        ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
        ASSERT_TRUE(side.AwaitSetUp());
        ASSERT_EQ(AWS_ERROR_SUCCESS, side.set_up_error);
        Side *accepted = server.AwaitSide();
        ASSERT_NE(nullptr, accepted);
        if (strstr(GetParam(), "ends") != nullptr || strstr(GetParam(), "shut down") != nullptr) {
            ASSERT_TRUE(side.AwaitReceived(1));
            ASSERT_TRUE(accepted->AwaitReceived(1));
            RunOnLoop(side.loop, [&] { aws_channel_shutdown(side.channel, AWS_IO_SOCKET_CLOSED); });
        }
        EXPECT_TRUE(side.AwaitShutDown());
        EXPECT_TRUE(accepted->AwaitShutDown());
        server.Destroy();
        EXPECT_TRUE(server.AwaitDestroyed());
        for (Side *end : {&side, accepted}) {
            EXPECT_EQ(1, end->set_ups);
            EXPECT_EQ(1, end->shut_downs);
        }
        EXPECT_EQ(1, accepted->handlers_destroyed);
    }
    EXPECT_EQ(1, side.handlers_destroyed);
    EXPECT_EQ(1, recorder.Destroyed());
    EXPECT_GE(reached_, 1) << "nothing was tested";
}

TEST_P(CloseInCallback, over_unix_sockets) {
    Run(AWS_SOCKET_LOCAL);
}

TEST_P(CloseInCallback, over_tcp) {
    Run(AWS_SOCKET_IPV4);
}

INSTANTIATE_TEST_SUITE_P(
    Places,
    CloseInCallback,
    ::testing::Values(
        "client created",
        "client set up",
        "client reads",
        "client has written",
        "client ends reading",
        "client ends writing",
        "client shut down",
        "server set up",
        "server reads",
        "server has written",
        "server ends reading",
        "server ends writing",
        "server shut down",
        "statistics sampled"),
    [](const ::testing::TestParamInfo<const char *> &info) {
        std::string name = info.param;
        std::replace(name.begin(), name.end(), ' ', '_');
        return name;
    });

/* Flow control. */

/* The slot in the middle drops every other message and asks for its window back; the one at the end asks for what it
 * got. Whichever starves, both grants have to reach the socket. */
TEST_F(Close, no_stall_when_one_slot_starves_while_another_holds_the_grant) {
    const size_t size = 4 * 1024 * 1024;
    LoopGroup loops(allocator_, 2);
    Server server(allocator_, loops.get(), kAnyDomain);
    ASSERT_TRUE(server.Listen());
    Side side(allocator_, 100000);
    side.regrant = true;
    side.install = false;
    size_t dropped = 0, messages = 0;
    ScriptedHandler *middle = nullptr;
    side.on_set_up = [&] {
        middle = ScriptedHandler::New(allocator_, 20000);
        size_t length = 0;
        middle->on_read = [&, length](const std::string &text) mutable {
            length = text.size();
            if (++messages % 2 != 0) {
                dropped += length;
                aws_channel_slot_increment_read_window(middle->slot, length);
            }
        };
        middle->drops = [&] { return messages % 2 != 0; };
        middle->Install(side.channel);
        side.Install();
    };
    ScriptedResolver resolver(allocator_, {"127.0.0.1"});
    Client client(allocator_, loops.get(), resolver.get());
    ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server, true));
    ASSERT_TRUE(side.AwaitSetUp());
    Side *accepted = server.AwaitSide();
    ASSERT_NE(nullptr, accepted);
    ASSERT_EQ(AWS_OP_SUCCESS, accepted->Send(Noise(size)));
    EXPECT_TRUE(accepted->AwaitWritten(size)) << "stalled after " << dropped + side.ReceivedSize() << " bytes";
    aws_channel_shutdown(accepted->channel, AWS_ERROR_SUCCESS);
    EXPECT_TRUE(side.AwaitShutDown());
    EXPECT_EQ(size, dropped + side.ReceivedSize());
}

/* A handler that enlarges the window to its right when its own grows: as a protocol does that releases what it held.
 */
TEST_F(Close, a_grant_made_inside_the_window_update_is_passed_on) {
    struct testing_channel testing = {};
    struct aws_testing_channel_options options = {};
    options.clock_fn = aws_high_res_clock_get_ticks;
    ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_init(&testing, allocator_, &options));
    ScriptedHandler *middle = ScriptedHandler::New(allocator_, 1000);
    ScriptedHandler *right = ScriptedHandler::New(allocator_, 1000);
    middle->Install(testing.channel);
    right->Install(testing.channel);
    testing_channel_drain_queued_tasks(&testing);
    ASSERT_EQ(1000u, right->slot->window_size);

    const size_t middle_before = middle->slot->window_size;
    int extra_grants = 3;
    middle->on_window = [&](size_t) {
        if (extra_grants > 0) {
            extra_grants--;
            aws_channel_slot_increment_read_window(right->slot, 10);
        }
    };
    aws_channel_slot_increment_read_window(right->slot, 500);
    testing_channel_drain_queued_tasks(&testing);
    EXPECT_EQ(0, extra_grants);
    EXPECT_EQ(1530u, right->slot->window_size);
    EXPECT_EQ(0u, right->slot->current_window_update_batch_size);
    EXPECT_EQ(middle_before + 530, middle->slot->window_size);
    ASSERT_EQ(AWS_OP_SUCCESS, testing_channel_clean_up(&testing));
}
