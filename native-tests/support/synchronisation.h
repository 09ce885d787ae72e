/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_SYNCHRONISATION_H
#define RESEAU_TESTS_SYNCHRONISATION_H

#include "support/lock.h"

#include <chrono>
#include <cstdlib>

/* Factor for all timeouts of tests: RESEAU_TEST_TIMEOUT_SCALE, for valgrind. */
inline int TimeoutScale() {
    /* The number: what getenv() has returned does not outlast a change of the environment. */
    static const int scale = [] {
        const char *text = getenv("RESEAU_TEST_TIMEOUT_SCALE");
        return text == nullptr ? 1 : atoi(text);
    }();
    return scale;
}

/* State shared with callbacks on other threads: changed under a lock, waited for by predicate. */
class Monitor {
  public:
    template <class Action> void Change(Action action) {
        std::lock_guard<Lock> lock(mutex_);
        action();
        changed_.notify_all();
    }

    /* False when the predicate did not come true in time; long enough for any loaded machine. */
    template <class Predicate> bool Await(Predicate predicate, int seconds = 60) {
        return AwaitFor(std::chrono::seconds(seconds * TimeoutScale()), predicate);
    }

    /* The same with a time that is not scaled, for what should not happen. */
    template <class Predicate> bool AwaitFor(std::chrono::milliseconds time, Predicate predicate) {
        std::unique_lock<Lock> lock(mutex_);
        return changed_.wait_for(lock, time, predicate);
    }

    template <class Reader> auto Read(Reader reader) {
        std::lock_guard<Lock> lock(mutex_);
        return reader();
    }

  private:
    Lock mutex_;
    Condition changed_;
};

/* Something that happens on one thread, once or more often, and that another one waits for. */
class Signal {
  public:
    void Raise() {
        monitor_.Change([this] { ++count_; });
    }

    /* False if it has not been raised that often within a minute. */
    bool Wait(int times = 1) {
        return monitor_.Await([&] { return count_ >= times; });
    }

    bool WaitFor(std::chrono::milliseconds time, int times = 1) {
        return monitor_.AwaitFor(time, [&] { return count_ >= times; });
    }

    int Count() {
        return monitor_.Read([this] { return count_; });
    }

  private:
    Monitor monitor_;
    int count_ = 0;
};

#endif /* RESEAU_TESTS_SYNCHRONISATION_H */
