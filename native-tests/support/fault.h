/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_FAULT_H
#define RESEAU_TESTS_FAULT_H

#include <atomic>
#include <cerrno>

/*
 * A call of the C library that this program defines itself. The library under test then calls the program's version,
 * which counts, and fails as often as it is set to. Define one per call:
 *
 *     static Fault accept_fault;
 *     extern "C" int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags) {
 *         return accept_fault.ShouldFail() ? -1 : (int)syscall(SYS_accept4, fd, address, length, flags);
 *     }
 */
class Fault {
  public:
    /* The next calls, so many, fail with this errno. */
    void Fail(int error, int times = 1) {
        error_ = error;
        left_ = times;
    }

    bool ShouldFail() {
        ++calls_;
        if (left_.load() <= 0 || left_.fetch_sub(1) <= 0) {
            return false;
        }
        errno = error_;
        return true;
    }

    int Calls() const {
        return calls_;
    }
    void Clear() {
        left_ = 0;
        calls_ = 0;
    }

  private:
    std::atomic<int> error_{0};
    std::atomic<int> left_{0};
    std::atomic<int> calls_{0};
};

#endif /* RESEAU_TESTS_FAULT_H */
