/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_LATCH_H
#define RESEAU_TESTS_LATCH_H

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>

/* Factor for all timeouts of tests: RESEAU_TEST_TIMEOUT_SCALE, for valgrind. */
inline int TimeoutScale() {
    static const char *text = getenv("RESEAU_TEST_TIMEOUT_SCALE");
    return text == nullptr ? 1 : atoi(text);
}

/* State shared with callbacks on other threads: changed under a lock, waited for by predicate. */
class Monitor {
  public:
    template <class Action> void Change(Action action) {
        std::lock_guard<std::mutex> lock(mutex_);
        action();
        changed_.notify_all();
    }

    /* False when the predicate did not come true in time; long enough for any loaded machine. */
    template <class Predicate> bool Await(Predicate predicate, int seconds = 60) {
        std::unique_lock<std::mutex> lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(seconds * TimeoutScale()), predicate);
    }

    template <class Reader> auto Read(Reader reader) {
        std::lock_guard<std::mutex> lock(mutex_);
        return reader();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
};

/* Opened once, by whatever thread. */
class Latch {
  public:
    void Open() {
        monitor_.Change([this] { open_ = true; });
    }

    bool Await(int seconds = 60) {
        return monitor_.Await([this] { return open_; }, seconds);
    }

    bool IsOpen() {
        return monitor_.Read([this] { return open_; });
    }

  private:
    Monitor monitor_;
    bool open_ = false;
};

#endif /* RESEAU_TESTS_LATCH_H */
