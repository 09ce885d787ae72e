/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_FORK_H
#define RESEAU_TESTS_FORK_H

#include "support/synchronisation.h"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <functional>

/* Starts a child that returns what the function returns. One that hangs is ended by SIGALRM. */
inline pid_t StartChild(const std::function<int()> &function) {
    const pid_t child = fork();
    if (child == 0) {
        alarm(60 * (unsigned)TimeoutScale());
        _exit(function());
    }
    return child;
}

/* Waits for a child: what it returned, or the signal that ended it, negative. */
inline int AwaitChild(pid_t child) {
    int status = 0;
    EXPECT_EQ(child, waitpid(child, &status, 0));
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

inline int InChild(const std::function<int()> &function) {
    return AwaitChild(StartChild(function));
}

#endif /* RESEAU_TESTS_FORK_H */
