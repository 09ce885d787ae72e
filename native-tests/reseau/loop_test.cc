/* SPDX-License-Identifier: Apache-2.0 */
#include <reseau/connection.h>
#include <reseau/loop.h>

#include "support/portable.h"
#include "support/socket_pair.h"
#include "support/synchronisation.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#if !defined(_WIN32)
#    include <sys/wait.h>
#endif

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

int64_t MillisecondsSince(Clock::time_point start) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count();
}

/* A posted function, which frees itself. */
struct Posted {
    std::function<void(bool is_canceled)> function;

    static int Post(reseau_id loop, std::function<void(bool)> function) {
        auto *posted = new Posted{std::move(function)};
        int result = reseau_post(loop, Run, posted);
        if (result != 0) {
            delete posted;
        }
        return result;
    }

    static void Run(void *state, int is_canceled) {
        std::unique_ptr<Posted> posted(static_cast<Posted *>(state));
        posted->function(is_canceled != 0);
    }
};

/* Has a function run on a loop's thread, and waits for it. */
void RunOn(reseau_id loop, const std::function<void()> &function) {
    Signal done;
    ASSERT_EQ(0, Posted::Post(loop, [&](bool) {
                  function();
                  done.Raise();
              }));
    ASSERT_TRUE(done.Wait());
}

/* A loop that a thread of the test runs until the end, which may come before the thread does. */
class RunningLoop {
  public:
    RunningLoop() : id(reseau_loop_new()), thread_([this] { result = reseau_loop_run(id, RESEAU_FOREVER); }) {
    }

    ~RunningLoop() {
        Close();
    }

    void Close() {
        if (thread_.joinable()) {
            EXPECT_EQ(0, reseau_close(id));
            thread_.join();
            EXPECT_EQ(0, reseau_wait_closed(id, RESEAU_FOREVER));
            EXPECT_TRUE(result == RESEAU_ERROR_LOOP_ENDED || result == RESEAU_ERROR_BAD_ID) << result;
        }
    }

    const reseau_id id;
    int result = 1;

  private:
    std::thread thread_;
};

/* What a timer or a watch has called. */
struct Calls {
    Signal called;
    std::atomic<int> count{0};
    std::atomic<int> events{0};
    std::atomic<bool> is_inside{false};
    std::atomic<bool> is_over{false};
    std::atomic<bool> was_late{false};
    std::function<void(reseau_id)> function;

    void Call(reseau_id id) {
        is_inside = true;
        was_late = was_late || is_over;
        ++count;
        if (function) {
            function(id);
        }
        is_inside = false;
        called.Raise();
    }

    static void OnTimer(reseau_id timer, void *state) {
        static_cast<Calls *>(state)->Call(timer);
    }

    static void OnWatch(reseau_id watch, int events, void *state) {
        auto *self = static_cast<Calls *>(state);
        self->events |= events;
        self->Call(watch);
    }
};

/* ---- Loops ---- */

TEST(ReseauLoop, ItRunsOnTheCallersThread) {
    reseau_id loop = reseau_loop_new();
    ASSERT_GT(loop, 0);
    std::thread::id ran_on;
    reseau_id current = 0;
    ASSERT_EQ(0, Posted::Post(loop, [&](bool is_canceled) {
                  EXPECT_FALSE(is_canceled);
                  ran_on = std::this_thread::get_id();
                  current = reseau_loop_current();
                  EXPECT_EQ(0, reseau_loop_stop(loop));
              }));
    EXPECT_EQ(0, reseau_loop_run(loop, RESEAU_FOREVER));
    EXPECT_EQ(std::this_thread::get_id(), ran_on);
    EXPECT_EQ(loop, current);
    EXPECT_EQ(loop, reseau_loop_of(loop));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_loop_current());
    EXPECT_EQ(0, reseau_close(loop));
}

TEST(ReseauLoop, ItRunsForAsLongAsItIsToAndNotLess) {
    reseau_id loop = reseau_loop_new();
    Clock::time_point start = Clock::now();
    EXPECT_EQ(0, reseau_loop_run(loop, 30));
    EXPECT_GE(MillisecondsSince(start), 30);
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_loop_run(loop, -2));
    EXPECT_EQ(0, reseau_close(loop));
}

TEST(ReseauLoop, WithoutTimeItDoesWhatIsDueAndReturns) {
    reseau_id loop = reseau_loop_new();
    int calls = 0;
    EXPECT_EQ(0, reseau_loop_run(loop, 0));
    ASSERT_EQ(0, Posted::Post(loop, [&](bool) {
                  ++calls;
                  Posted::Post(loop, [&](bool) { ++calls; });
              }));
    EXPECT_EQ(0, reseau_loop_run(loop, 0));
    EXPECT_EQ(1, calls) << "what a function posts is for the next round";
    EXPECT_EQ(0, reseau_loop_run(loop, 0));
    EXPECT_EQ(2, calls);
    EXPECT_EQ(0, reseau_close(loop));
}

TEST(ReseauLoop, AStopEndsTheRunOrTheNextOne) {
    reseau_id loop = reseau_loop_new();
    int calls = 0;
    Posted::Post(loop, [&](bool) { ++calls; });
    EXPECT_EQ(0, reseau_loop_stop(loop));
    EXPECT_EQ(0, reseau_loop_stop(loop));
    EXPECT_EQ(0, reseau_loop_run(loop, RESEAU_FOREVER));
    EXPECT_EQ(1, calls);

    /* Only one run was stopped. */
    Signal runs;
    std::thread runner([&] {
        Posted::Post(loop, [&](bool) { runs.Raise(); });
        EXPECT_EQ(0, reseau_loop_run(loop, RESEAU_FOREVER));
    });
    ASSERT_TRUE(runs.Wait());
    EXPECT_EQ(0, reseau_loop_stop(loop));
    runner.join();
    EXPECT_EQ(0, reseau_close(loop));
}

TEST(ReseauLoop, OneThreadRunsItAtATimeAndNotFromInside) {
    RunningLoop running;
    RunOn(running.id, [&] {
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_loop_run(running.id, 0));
        reseau_id other = reseau_loop_new();
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_loop_run(other, 0));
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_wait_closed(other, 0));
        EXPECT_EQ(0, reseau_close(other));
        EXPECT_EQ(running.id, reseau_loop_current()) << "also after the end of another";
    });
    EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_loop_run(running.id, 0));
}

TEST(ReseauLoop, AnotherThreadMayRunItNext) {
    reseau_id loop = reseau_loop_new();
    Calls calls;
    reseau_id timer = reseau_timer_start(loop, 0, 1, Calls::OnTimer, &calls);
    ASSERT_GT(timer, 0);
    for (int i = 1; i <= 4; ++i) {
        std::thread::id ran_on;
        std::thread runner([&] {
            calls.function = [&](reseau_id) {
                ran_on = std::this_thread::get_id();
                reseau_loop_stop(loop);
            };
            EXPECT_EQ(0, reseau_loop_run(loop, RESEAU_FOREVER));
            EXPECT_EQ(std::this_thread::get_id(), ran_on);
        });
        runner.join();
        EXPECT_GE(calls.count, i);
    }
    EXPECT_EQ(0, reseau_close(loop));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_close(timer));
}

TEST(ReseauLoop, TheLibrarysLoopsCannotBeRunStoppedOrClosed) {
    reseau_id loop = 0;
    RunOn(0, [&] { loop = reseau_loop_current(); });
    ASSERT_GT(loop, 0);
    EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_loop_run(loop, 0));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_loop_stop(loop));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_close(loop));
    RunOn(loop, [&] { EXPECT_EQ(loop, reseau_loop_current()); });
}

TEST(ReseauLoop, IdsOfOtherThingsAreRefused) {
    RunningLoop loop;
    Calls calls;
    reseau_id timer = reseau_timer_start(loop.id, 3600000, 0, Calls::OnTimer, &calls);
    ASSERT_GT(timer, 0);
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_loop_run(timer, 0));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_loop_stop(timer));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_post(timer, Posted::Run, nullptr));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_timer_start(timer, 0, 0, Calls::OnTimer, nullptr));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_watch(timer, 0, RESEAU_READABLE, Calls::OnWatch, nullptr));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_timer_restart(loop.id, 0));
    for (reseau_id id : {(reseau_id)-1, (reseau_id)0, (reseau_id)INT64_MAX, (reseau_id)INT64_MIN, (reseau_id)1}) {
        EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_loop_run(id, 0));
        EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_loop_stop(id));
        EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_timer_restart(id, 0));
        EXPECT_EQ(RESEAU_ERROR_BAD_ID, id == 0 ? RESEAU_ERROR_BAD_ID : reseau_post(id, Posted::Run, nullptr));
    }
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_post(loop.id, nullptr, nullptr));
}

/* ---- Posts ---- */

TEST(ReseauPost, EachThreadsFunctionsKeepTheirOrder) {
    const int each = 2000;
    RunningLoop running;
    std::atomic<int> total{0};
    Signal all;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            auto next = std::make_shared<int>(0);
            for (int i = 0; i < each; ++i) {
                ASSERT_EQ(0, Posted::Post(running.id, [&, next, i](bool) {
                              EXPECT_EQ(i, (*next)++);
                              if (++total == 4 * each) {
                                  all.Raise();
                              }
                          }));
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT_TRUE(all.Wait());
}

/* This thread is the loop's only while it runs it; that makes no difference to the order. */
TEST(ReseauPost, TheOrderHoldsAcrossTheBeginningOfARun) {
    reseau_id loop = reseau_loop_new();
    int pipe_ends[2];
    ASSERT_EQ(0, socket_pair(pipe_ends));
    ASSERT_EQ(1, socket_write(pipe_ends[1], "x", 1));
    std::vector<int> order;
    Calls calls;
    calls.function = [&](reseau_id) { Posted::Post(loop, [&](bool) { order.push_back(2); }); };
    reseau_id watch = reseau_watch(loop, pipe_ends[0], RESEAU_READABLE, Calls::OnWatch, &calls);
    ASSERT_GT(watch, 0);
    Posted::Post(loop, [&](bool) { order.push_back(1); });
    while (order.size() < 2) {
        ASSERT_EQ(0, reseau_loop_run(loop, 0));
    }
    EXPECT_EQ((std::vector<int>{1, 2}), order);
    EXPECT_EQ(0, reseau_close(loop));
    socket_close(pipe_ends[0]);
    socket_close(pipe_ends[1]);
}

TEST(ReseauPost, TheEndOfALoopCancelsInOrderInsideTheClose) {
    reseau_id loop = reseau_loop_new();
    std::vector<int> canceled;
    std::thread::id ran_on;
    for (int i = 0; i < 100; ++i) {
        ASSERT_EQ(0, Posted::Post(loop, [&, i](bool is_canceled) {
                      EXPECT_TRUE(is_canceled);
                      ran_on = std::this_thread::get_id();
                      canceled.push_back(i);
                      EXPECT_EQ(RESEAU_ERROR_LOOP_ENDED, reseau_post(loop, Posted::Run, nullptr));
                      EXPECT_EQ(RESEAU_ERROR_LOOP_ENDED, reseau_timer_start(loop, 0, 0, Calls::OnTimer, nullptr));
                      EXPECT_EQ(loop, reseau_loop_current());
                  }));
    }
    EXPECT_EQ(0, reseau_close(loop));
    ASSERT_EQ(100u, canceled.size());
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(i, canceled[(size_t)i]);
    }
    EXPECT_EQ(std::this_thread::get_id(), ran_on);
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_loop_current());
    EXPECT_EQ(0, reseau_wait_closed(loop, 0));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_close(loop));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_loop_run(loop, 0));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_post(loop, Posted::Run, nullptr));
}

TEST(ReseauPost, ALoopThatIsClosedInsideACallbackEndsWithItsRun) {
    reseau_id loop = reseau_loop_new();
    int canceled = 0;
    Posted::Post(loop, [&](bool) {
        EXPECT_EQ(0, reseau_close(loop));
        EXPECT_EQ(0, reseau_close(loop));
        EXPECT_EQ(0, canceled) << "not before the callback has returned";
    });
    Calls calls;
    reseau_id timer = reseau_timer_start(loop, 3600000, 0, Calls::OnTimer, &calls);
    EXPECT_EQ(RESEAU_ERROR_LOOP_ENDED, reseau_loop_run(loop, RESEAU_FOREVER));
    EXPECT_EQ(0, reseau_wait_closed(loop, 0));
    EXPECT_EQ(0, reseau_wait_closed(timer, 0));
    EXPECT_EQ(0, calls.count);
}

TEST(ReseauPost, EachAcceptedFunctionIsCalledOnceWhenTheLoopIsClosed) {
    auto running = std::make_unique<RunningLoop>();
    reseau_id loop = running->id;
    std::atomic<int> accepted{0}, called{0}, canceled{0};
    Signal some;
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t) {
        threads.emplace_back([&] {
            int result;
            while ((result = Posted::Post(loop, [&](bool is_canceled) {
                        ++(is_canceled ? canceled : called);
                        some.Raise();
                    })) == 0) {
                ++accepted;
            }
            EXPECT_TRUE(result == RESEAU_ERROR_LOOP_ENDED || result == RESEAU_ERROR_BAD_ID) << result;
        });
    }
    ASSERT_TRUE(some.Wait(100));
    running->Close();
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(accepted, called + canceled);
    EXPECT_GE(called, 1);
}

TEST(ReseauPost, ManyThreadsCloseALoopOnce) {
    for (int round = 0; round < 50; ++round) {
        reseau_id loop = reseau_loop_new();
        std::atomic<int> canceled{0}, begin{0};
        Posted::Post(loop, [&](bool) { ++canceled; });
        std::vector<std::thread> threads;
        for (int t = 0; t < 3; ++t) {
            threads.emplace_back([&] {
                ++begin;
                while (begin < 3) {
                }
                int result = reseau_close(loop);
                EXPECT_TRUE(result == 0 || result == RESEAU_ERROR_BAD_ID) << result;
                EXPECT_EQ(0, reseau_wait_closed(loop, RESEAU_FOREVER));
                EXPECT_EQ(1, canceled);
            });
        }
        for (std::thread &thread : threads) {
            thread.join();
        }
    }
}

/* ---- Timers ---- */

TEST(ReseauTimer, AOneShotTimerIsCalledOnceNotEarlyAndIsGone) {
    Calls calls;
    Clock::time_point start = Clock::now();
    reseau_id loop = 0;
    calls.function = [&](reseau_id timer) { loop = reseau_loop_of(timer); };
    reseau_id timer = reseau_timer_start(0, 20, 0, Calls::OnTimer, &calls);
    ASSERT_GT(timer, 0);
    ASSERT_TRUE(calls.called.Wait());
    EXPECT_GE(MillisecondsSince(start), 20);
    EXPECT_EQ(0, reseau_wait_closed(timer, RESEAU_FOREVER));
    EXPECT_EQ(1, calls.count);
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_timer_restart(timer, 0));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_close(timer));
    EXPECT_GT(loop, 0);
}

TEST(ReseauTimer, ArgumentsAreChecked) {
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_timer_start(0, 0, 0, nullptr, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_timer_start(0, -1, 0, Calls::OnTimer, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_timer_start(0, 0, -1, Calls::OnTimer, nullptr));
    Calls calls;
    reseau_id timer = reseau_timer_start(0, INT64_MAX, INT64_MAX, Calls::OnTimer, &calls);
    ASSERT_GT(timer, 0);
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_timer_restart(timer, -1));
    EXPECT_EQ(0, reseau_timer_restart(timer, INT64_MAX));
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_wait_closed(timer, 1));
    EXPECT_EQ(0, reseau_close(timer));
    EXPECT_EQ(0, reseau_wait_closed(timer, RESEAU_FOREVER));
    EXPECT_EQ(0, calls.count);
}

TEST(ReseauTimer, APeriodicTimerIsCalledUntilItIsClosed) {
    Calls calls;
    Clock::time_point start = Clock::now();
    reseau_id timer = reseau_timer_start(0, 5, 5, Calls::OnTimer, &calls);
    ASSERT_TRUE(calls.called.Wait(6));
    EXPECT_GE(MillisecondsSince(start), 30);
    EXPECT_EQ(0, reseau_close(timer));
    EXPECT_EQ(0, reseau_wait_closed(timer, RESEAU_FOREVER));
}

TEST(ReseauTimer, WhatWasMissedIsLeftOut) {
    reseau_id loop = reseau_loop_new();
    Calls calls;
    ASSERT_GT(reseau_timer_start(loop, 2, 2, Calls::OnTimer, &calls), 0);
    Clock::time_point start = Clock::now();
    while (MillisecondsSince(start) < 30) {
        std::this_thread::yield();
    }
    EXPECT_EQ(0, reseau_loop_run(loop, 0));
    EXPECT_EQ(1, calls.count);
    EXPECT_EQ(0, reseau_close(loop));
}

/* The second call is on time, at 80 ms; 40 ms after the first, it would be at 100. A busy machine may need some tries.
 */
TEST(ReseauTimer, ALateCallDoesNotMoveTheNext) {
    bool was_on_time = false;
    for (int i = 0; i < 50 && !was_on_time; ++i) {
        reseau_id loop = reseau_loop_new();
        Calls calls;
        Clock::time_point start = Clock::now();
        ASSERT_GT(reseau_timer_start(loop, 40, 40, Calls::OnTimer, &calls), 0);
        while (MillisecondsSince(start) < 60) {
            std::this_thread::yield();
        }
        calls.function = [&](reseau_id) {
            if (calls.count == 2) {
                reseau_loop_stop(loop);
            }
        };
        EXPECT_EQ(0, reseau_loop_run(loop, RESEAU_FOREVER));
        EXPECT_GE(MillisecondsSince(start), 80);
        was_on_time = MillisecondsSince(start) < 100;
        EXPECT_EQ(0, reseau_close(loop));
    }
    EXPECT_TRUE(was_on_time);
}

TEST(ReseauTimer, ItBeginsAgainFromAnyThread) {
    RunningLoop loop;
    for (bool from_loop : {false, true}) {
        Calls calls;
        reseau_id timer = reseau_timer_start(loop.id, 3600000, 0, Calls::OnTimer, &calls);
        auto restart = [&] {
            EXPECT_EQ(0, reseau_timer_restart(timer, 3600000));
            EXPECT_EQ(0, reseau_timer_restart(timer, 1));
        };
        if (from_loop) {
            RunOn(loop.id, restart);
        } else {
            restart();
        }
        ASSERT_TRUE(calls.called.Wait());
        EXPECT_EQ(0, reseau_wait_closed(timer, RESEAU_FOREVER));
        EXPECT_EQ(1, calls.count);
    }
}

TEST(ReseauTimer, ARestartPutsOffACallThatIsDue) {
    reseau_id loop = reseau_loop_new();
    Calls calls;
    reseau_id timer = reseau_timer_start(loop, 0, 0, Calls::OnTimer, &calls);
    EXPECT_EQ(0, reseau_timer_restart(timer, 3600000));

    /* The restart has come to the loop before the call, if both are there when the loop is run. */
    EXPECT_EQ(0, reseau_loop_run(loop, 0));
    EXPECT_EQ(0, reseau_loop_run(loop, 0));
    EXPECT_EQ(0, calls.count);
    EXPECT_EQ(0, reseau_close(timer));
    EXPECT_EQ(RESEAU_ERROR_CLOSED, reseau_timer_restart(timer, 0));
    EXPECT_EQ(0, reseau_loop_run(loop, 0));
    EXPECT_EQ(0, reseau_wait_closed(timer, 0));
    EXPECT_EQ(0, reseau_close(loop));
}

TEST(ReseauTimer, AOneShotTimerMayBeginAgainInsideItsCall) {
    Calls calls;
    calls.function = [&](reseau_id timer) {
        if (calls.count < 3) {
            EXPECT_EQ(0, reseau_timer_restart(timer, 1));
        }
    };
    reseau_id timer = reseau_timer_start(0, 0, 0, Calls::OnTimer, &calls);
    ASSERT_TRUE(calls.called.Wait(3));
    EXPECT_EQ(0, reseau_wait_closed(timer, RESEAU_FOREVER));
    EXPECT_EQ(3, calls.count);
}

TEST(ReseauTimer, ItIsClosedInsideItsCall) {
    for (int64_t period : {0, 1}) {
        Calls calls;
        calls.function = [&](reseau_id timer) {
            EXPECT_EQ(0, reseau_close(timer));
            EXPECT_EQ(0, reseau_close(timer));
            EXPECT_EQ(RESEAU_ERROR_CLOSED, reseau_timer_restart(timer, 0));
        };
        reseau_id timer = reseau_timer_start(0, 0, period, Calls::OnTimer, &calls);
        EXPECT_EQ(0, reseau_wait_closed(timer, RESEAU_FOREVER));
        EXPECT_EQ(1, calls.count);
        EXPECT_FALSE(calls.is_inside);
    }
}

TEST(ReseauTimer, ItIsClosedOnItsLoopsThread) {
    RunningLoop loop;
    Calls calls;
    reseau_id timer = reseau_timer_start(loop.id, 1, 1, Calls::OnTimer, &calls);
    ASSERT_TRUE(calls.called.Wait());
    RunOn(loop.id, [&] {
        EXPECT_EQ(0, reseau_close(timer));
        calls.is_over = true;
        EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_close(timer)) << "gone at once";
    });
    RunOn(loop.id, [] {});
    EXPECT_FALSE(calls.was_late);
}

TEST(ReseauTimer, NothingIsCalledAfterAClosesEndOnAnotherThread) {
    for (int i = 0; i < 50; ++i) {
        Calls calls;
        reseau_id timer = reseau_timer_start(0, 0, 1, Calls::OnTimer, &calls);
        if (i % 2 == 0) {
            ASSERT_TRUE(calls.called.Wait());
        }
        EXPECT_EQ(0, reseau_close(timer));
        EXPECT_EQ(0, reseau_wait_closed(timer, RESEAU_FOREVER));
        EXPECT_FALSE(calls.is_inside);
        calls.is_over = true;
        RunOn(0, [] {});
        EXPECT_FALSE(calls.was_late);
    }
}

TEST(ReseauTimer, ThreadsRestartAndCloseOneAtTheSameTime) {
    RunningLoop loop;
    for (int round = 0; round < 50; ++round) {
        Calls calls;
        reseau_id timer = reseau_timer_start(loop.id, 0, 1, Calls::OnTimer, &calls);
        std::vector<std::thread> threads;
        for (int t = 0; t < 3; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 20; ++i) {
                    int result = t == 2 && i == 10 ? reseau_close(timer) : reseau_timer_restart(timer, i % 2);
                    EXPECT_TRUE(result == 0 || result == RESEAU_ERROR_CLOSED || result == RESEAU_ERROR_BAD_ID);
                }
            });
        }
        for (std::thread &thread : threads) {
            thread.join();
        }
        EXPECT_EQ(0, reseau_wait_closed(timer, RESEAU_FOREVER));
        EXPECT_FALSE(calls.is_inside);
    }
}

TEST(ReseauTimer, TheEndOfItsLoopEndsIt) {
    reseau_id loop = reseau_loop_new();
    Calls calls;
    reseau_id idle = reseau_timer_start(loop, 3600000, 0, Calls::OnTimer, &calls);
    reseau_id due = reseau_timer_start(loop, 0, 1, Calls::OnTimer, &calls);
    reseau_id closing = reseau_timer_start(loop, 0, 1, Calls::OnTimer, &calls);
    EXPECT_EQ(0, reseau_close(closing));
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_wait_closed(closing, 0)) << "nobody runs the loop";
    EXPECT_EQ(0, reseau_close(loop));
    for (reseau_id timer : {idle, due, closing}) {
        EXPECT_EQ(0, reseau_wait_closed(timer, 0));
        EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_close(timer));
    }
    EXPECT_EQ(0, calls.count);
}

TEST(ReseauTimer, TimersAndTheirLoopEndAtTheSameTime) {
    for (int round = 0; round < 50; ++round) {
        auto loop = std::make_unique<RunningLoop>();
        std::atomic<reseau_id> timers[3];
        Calls calls;
        for (auto &timer : timers) {
            timer = reseau_timer_start(loop->id, 0, 1, Calls::OnTimer, &calls);
        }
        std::vector<std::thread> threads;
        for (auto &timer : timers) {
            threads.emplace_back([&] {
                reseau_timer_restart(timer, 0);
                reseau_close(timer);
            });
        }
        loop->Close();
        for (std::thread &thread : threads) {
            thread.join();
        }
        for (auto &timer : timers) {
            EXPECT_EQ(0, reseau_wait_closed(timer, RESEAU_FOREVER));
        }
        EXPECT_FALSE(calls.is_inside);
    }
}

/* ---- Watches ---- */

class ReseauWatch : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_EQ(0, socket_pair(ends_));
        socket_set_nonblocking(ends_[0]);
        socket_set_nonblocking(ends_[1]);
    }

    void TearDown() override {
        CloseEnd(0);
        CloseEnd(1);
    }

    void CloseEnd(int end) {
        if (ends_[end] >= 0) {
            socket_close(ends_[end]);
        }
        ends_[end] = -1;
    }

    void Send() {
        ASSERT_EQ(1, socket_write(ends_[1], "x", 1));
    }

    void End(reseau_id watch) {
        EXPECT_EQ(0, reseau_close(watch));
        EXPECT_EQ(0, reseau_wait_closed(watch, RESEAU_FOREVER));
        EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_close(watch));
    }

    int ends_[2] = {-1, -1};
    Calls calls_;
};

TEST_F(ReseauWatch, ReportsWhenSomethingCanBeRead) {
    reseau_id watch = reseau_watch(0, ends_[0], RESEAU_READABLE, Calls::OnWatch, &calls_);
    ASSERT_GT(watch, 0);
    Send();
    ASSERT_TRUE(calls_.called.Wait());
    EXPECT_EQ(RESEAU_READABLE, calls_.events);
    End(watch);
}

TEST_F(ReseauWatch, ReportsEdgeByEdge) {
    reseau_id loop = reseau_loop_new();
    reseau_id watch = reseau_watch(loop, ends_[0], RESEAU_READABLE, Calls::OnWatch, &calls_);
    ASSERT_GT(watch, 0);
    auto calls_of_a_run = [&] {
        int before = calls_.count;
        EXPECT_EQ(0, reseau_loop_run(loop, 0));
        return calls_.count - before;
    };
    EXPECT_EQ(0, calls_of_a_run());
    Send();
    EXPECT_EQ(1, calls_of_a_run());
    EXPECT_EQ(0, calls_of_a_run()) << "what nobody has read is no news";
    Send();
    EXPECT_EQ(1, calls_of_a_run());
    EXPECT_EQ(0, reseau_close(loop));
    EXPECT_EQ(0, reseau_wait_closed(watch, 0));
}

TEST_F(ReseauWatch, TheStateAtTheBeginningCounts) {
    Send();
    reseau_id watch = reseau_watch(0, ends_[0], RESEAU_READABLE | RESEAU_WRITABLE, Calls::OnWatch, &calls_);
    ASSERT_GT(watch, 0);
    ASSERT_TRUE(calls_.called.Wait());
    EXPECT_EQ(RESEAU_READABLE | RESEAU_WRITABLE, calls_.events);
    End(watch);
}

TEST_F(ReseauWatch, OnlyWhatWasAskedForIsReported) {
    reseau_id loop = reseau_loop_new();
    ASSERT_GT(reseau_watch(loop, ends_[0], RESEAU_READABLE, Calls::OnWatch, &calls_), 0);
    EXPECT_EQ(0, reseau_loop_run(loop, 0));
    EXPECT_EQ(0, calls_.count) << "it can be written";
    EXPECT_EQ(0, reseau_close(loop));
}

TEST_F(ReseauWatch, APeerThatIsGoneIsReported) {
    reseau_id watch = reseau_watch(0, ends_[0], RESEAU_WRITABLE, Calls::OnWatch, &calls_);
    ASSERT_TRUE(calls_.called.Wait());
    CloseEnd(1);
    ASSERT_TRUE(calls_.called.Wait(2));
    EXPECT_EQ(RESEAU_WRITABLE | RESEAU_BROKEN, calls_.events);
    End(watch);
}

TEST_F(ReseauWatch, TheEndOfAStreamCanBeRead) {
    reseau_id watch = reseau_watch(0, ends_[0], RESEAU_READABLE, Calls::OnWatch, &calls_);
    ASSERT_EQ(0, socket_end(ends_[1]));
    ASSERT_TRUE(calls_.called.Wait());
    EXPECT_EQ(RESEAU_READABLE, calls_.events);
    End(watch);
}

TEST_F(ReseauWatch, WhatCannotBeWatchedIsRefused) {
    RunningLoop loop;
    for (reseau_id id : {loop.id, (reseau_id)0}) {
        EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_watch(id, ends_[0], 0, Calls::OnWatch, &calls_));
        EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_watch(id, ends_[0], RESEAU_BROKEN, Calls::OnWatch, &calls_));
        EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_watch(id, ends_[0], 9, Calls::OnWatch, &calls_));
        EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_watch(id, ends_[0], RESEAU_READABLE, nullptr, &calls_));
        EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_watch(id, -1, RESEAU_READABLE, Calls::OnWatch, &calls_));
        int file = open(::testing::internal::GetArgvs()[0].c_str(), O_RDONLY);
        EXPECT_EQ(RESEAU_ERROR_SYSTEM, reseau_watch(id, file, RESEAU_READABLE, Calls::OnWatch, &calls_));
        close(file);
        EXPECT_EQ(RESEAU_ERROR_SYSTEM, reseau_watch(id, file, RESEAU_READABLE, Calls::OnWatch, &calls_));
    }

    /* Once on each loop. */
    reseau_id first = reseau_watch(loop.id, ends_[0], RESEAU_READABLE, Calls::OnWatch, &calls_);
    EXPECT_GT(first, 0);
    EXPECT_EQ(RESEAU_ERROR_SYSTEM, reseau_watch(loop.id, ends_[0], RESEAU_READABLE, Calls::OnWatch, &calls_));
    RunOn(loop.id, [&] {
        EXPECT_EQ(RESEAU_ERROR_SYSTEM, reseau_watch(loop.id, ends_[0], RESEAU_READABLE, Calls::OnWatch, &calls_));
    });
    RunningLoop other;
    EXPECT_GT(reseau_watch(other.id, ends_[0], RESEAU_READABLE, Calls::OnWatch, &calls_), 0);
    EXPECT_EQ(0, calls_.count);
}

TEST_F(ReseauWatch, ItIsClosedInsideItsCallAndTheDescriptorAfterIt) {
    calls_.function = [&](reseau_id watch) {
        EXPECT_EQ(0, reseau_close(watch));
        CloseEnd(0);

        /* The number is free again, and may be watched again. */
        int again[2];
        ASSERT_EQ(0, socket_pair(again));
        reseau_id next = reseau_watch(reseau_loop_current(), again[0], RESEAU_READABLE, Calls::OnWatch, &calls_);
        EXPECT_GT(next, 0);
        EXPECT_EQ(0, reseau_close(next));
        socket_close(again[0]);
        socket_close(again[1]);
    };
    reseau_id watch = reseau_watch(0, ends_[0], RESEAU_WRITABLE, Calls::OnWatch, &calls_);
    ASSERT_GT(watch, 0);
    EXPECT_EQ(0, reseau_wait_closed(watch, RESEAU_FOREVER));
    EXPECT_EQ(1, calls_.count);
}

TEST_F(ReseauWatch, OneEventsCallEndsAnotherOfTheSameBatch) {
    reseau_id loop = reseau_loop_new();
    reseau_id watches[2] = {0, 0};
    calls_.function = [&](reseau_id watch) { EXPECT_EQ(0, reseau_close(watches[watch == watches[0] ? 1 : 0])); };
    for (int i = 0; i < 2; ++i) {
        watches[i] = reseau_watch(loop, ends_[i], RESEAU_WRITABLE, Calls::OnWatch, &calls_);
        ASSERT_GT(watches[i], 0);
    }
    EXPECT_EQ(0, reseau_loop_run(loop, 0));
    EXPECT_EQ(1, calls_.count);
    EXPECT_EQ(0, reseau_close(loop));
}

TEST_F(ReseauWatch, ADescriptorThatWasClosedFirstDoesNoHarm) {
    RunningLoop loop;
    reseau_id watch = reseau_watch(loop.id, ends_[0], RESEAU_READABLE, Calls::OnWatch, &calls_);
    CloseEnd(0);
    End(watch);
    RunOn(loop.id, [] {});
    EXPECT_EQ(0, calls_.count);
}

TEST_F(ReseauWatch, NothingIsCalledAfterAClosesEndOnAnotherThread) {
    RunningLoop loop;
    std::atomic<bool> stop{false};
    std::thread writer([&] {
        char bytes[64];
        while (!stop) {
            if (socket_write(ends_[1], "x", 1) < 0 || socket_read(ends_[0], bytes, sizeof(bytes)) < 0) {
                std::this_thread::yield();
            }
        }
    });
    for (int i = 0; i < 100; ++i) {
        Calls calls;
        reseau_id watch = reseau_watch(loop.id, ends_[0], RESEAU_READABLE, Calls::OnWatch, &calls);
        ASSERT_GT(watch, 0);
        if (i % 2 == 0) {
            ASSERT_TRUE(calls.called.Wait());
        }
        End(watch);
        EXPECT_FALSE(calls.is_inside);
        calls.is_over = true;
        RunOn(loop.id, [] {});
        EXPECT_FALSE(calls.was_late);
    }
    stop = true;
    writer.join();
}

TEST_F(ReseauWatch, WatchesBeginWhileTheirLoopEnds) {
    for (int round = 0; round < 50; ++round) {
        auto loop = std::make_unique<RunningLoop>();
        std::vector<std::thread> threads;
        for (int end : ends_) {
            threads.emplace_back([&, end] {
                for (int i = 0; i < 20; ++i) {
                    reseau_id watch = reseau_watch(loop->id, end, RESEAU_WRITABLE, Calls::OnWatch, &calls_);
                    if (watch > 0) {
                        reseau_close(watch);
                        EXPECT_EQ(0, reseau_wait_closed(watch, RESEAU_FOREVER));
                    }
                }
            });
        }
        loop->Close();
        for (std::thread &thread : threads) {
            thread.join();
        }
    }
}

/* ---- Everything ---- */

TEST(ReseauEventLoop, IsChosenByTheProgram) {
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_choose_event_loop(0));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_choose_event_loop(3));
#if defined(__linux__)
    int result = reseau_choose_event_loop(RESEAU_EVENT_LOOP_IO_URING);
    EXPECT_TRUE(result == 0 || result == RESEAU_ERROR_UNSUPPORTED) << result;
    EXPECT_EQ(0, reseau_choose_event_loop(RESEAU_EVENT_LOOP_EPOLL));
    reseau_choose_event_loop(RESEAU_EVENT_LOOP_IO_URING);
#else
    EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_choose_event_loop(RESEAU_EVENT_LOOP_EPOLL));
    EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_choose_event_loop(RESEAU_EVENT_LOOP_IO_URING));
#endif
    RunOn(0, [] {});
}

TEST(ReseauLoopMemory, NothingIsLeftBehind) {
    auto cycle = [] {
        reseau_id loop = reseau_loop_new();
        int ends[2];
        ASSERT_EQ(0, socket_pair(ends));
        Calls calls;
        for (int i = 0; i < 10; ++i) {
            reseau_timer_start(loop, i % 3, i % 2, Calls::OnTimer, &calls);
            Posted::Post(loop, [](bool) {});
        }
        reseau_id watch = reseau_watch(loop, ends[0], RESEAU_READABLE, Calls::OnWatch, &calls);
        EXPECT_GT(watch, 0);
        EXPECT_LT(reseau_watch(loop, ends[0], RESEAU_READABLE, Calls::OnWatch, &calls), 0);
        EXPECT_EQ(0, reseau_loop_run(loop, 0));
        EXPECT_EQ(0, reseau_close(loop));
        socket_close(ends[0]);
        socket_close(ends[1]);
    };
    for (int i = 0; i < 300; ++i) {
        cycle();
    }
    size_t before = memory_in_use();
    for (int i = 0; i < 300; ++i) {
        cycle();
    }
    EXPECT_LT(memory_in_use(), before + 16384);
}

#if !defined(_WIN32)
TEST(ReseauLoopFork, AChildMakesItsOwn) {
    reseau_id loop = reseau_loop_new();
    Calls calls;
    reseau_id timer = reseau_timer_start(loop, 3600000, 0, Calls::OnTimer, &calls);
    RunOn(0, [] {});
    pid_t child = fork();
    if (child == 0) {
        Signal called;
        bool is_right = reseau_loop_run(loop, 0) == RESEAU_ERROR_FORKED && reseau_close(timer) == RESEAU_ERROR_FORKED &&
                        reseau_post(loop, Posted::Run, nullptr) == RESEAU_ERROR_FORKED;
        reseau_id own = reseau_loop_new();
        is_right = is_right && own > 0 && reseau_loop_run(own, 1) == 0 && reseau_close(own) == 0;
        is_right = is_right && Posted::Post(0, [&](bool) { called.Raise(); }) == 0 && called.Wait();
        _exit(is_right ? 0 : 1);
    }
    int status = 1;
    ASSERT_EQ(child, waitpid(child, &status, 0));
    EXPECT_EQ(0, status);
    EXPECT_EQ(0, reseau_close(loop));
}
#endif

} // namespace
