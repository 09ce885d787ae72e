/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_LOCK_H
#define RESEAU_TESTS_LOCK_H

#include <mutex>

#if defined(_WIN32)

#    include "support/portable.h"

#    include <chrono>

/*
 * std::mutex and std::condition_variable, by the system's own. Those of MinGW's thread library deadlocked under load:
 * two threads waited for a mutex that no thread had.
 */
class Lock {
  public:
    Lock() = default;
    Lock(const Lock &) = delete;
    Lock &operator=(const Lock &) = delete;

    void lock() {
        AcquireSRWLockExclusive(&lock_);
    }

    void unlock() {
        ReleaseSRWLockExclusive(&lock_);
    }

  private:
    friend class Condition;

    SRWLOCK lock_ = SRWLOCK_INIT;
};

class Condition {
  public:
    Condition() = default;
    Condition(const Condition &) = delete;
    Condition &operator=(const Condition &) = delete;

    void notify_all() {
        WakeAllConditionVariable(&condition_);
    }

    template <class Predicate> void wait(std::unique_lock<Lock> &lock, Predicate predicate) {
        while (!predicate()) {
            SleepConditionVariableSRW(&condition_, &lock.mutex()->lock_, INFINITE, 0);
        }
    }

    template <class Predicate>
    bool wait_for(std::unique_lock<Lock> &lock, std::chrono::milliseconds time, Predicate predicate) {
        const auto end = std::chrono::steady_clock::now() + time;
        while (!predicate()) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
            if (left.count() <= 0) {
                return false;
            }
            SleepConditionVariableSRW(&condition_, &lock.mutex()->lock_, static_cast<DWORD>(left.count()), 0);
        }
        return true;
    }

  private:
    CONDITION_VARIABLE condition_ = CONDITION_VARIABLE_INIT;
};

#else

#    include <condition_variable>

using Lock = std::mutex;
using Condition = std::condition_variable;

#endif

#endif /* RESEAU_TESTS_LOCK_H */
