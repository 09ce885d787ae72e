/* SPDX-License-Identifier: Apache-2.0 */
#include "support/reseau_peer.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <string>

namespace {

/* What a child returns; 0 if all was well. A child that waits for ever is killed. */
template <class Body> int InChild(Body body) {
    pid_t child = fork();
    if (child == 0) {
        alarm((unsigned)(60 * TimeoutScale()));
        _exit(body());
    }
    int status = 0;
    EXPECT_EQ(child, waitpid(child, &status, 0));
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace

TEST(ReseauFork, WhatTheParentMadeIsRefusedInTheChild) {
    Pair pair;
    EXPECT_EQ(0, InChild([&] {
                  char byte = 0;
                  struct reseau_address address;
                  return reseau_write(pair.client, &byte, 1) != RESEAU_ERROR_FORKED             ? 1
                         : reseau_read(pair.client, &byte, 1) != RESEAU_ERROR_FORKED            ? 2
                         : reseau_close(pair.client) != RESEAU_ERROR_FORKED                     ? 3
                         : reseau_accept(pair.listener, 0) != RESEAU_ERROR_FORKED               ? 4
                         : reseau_wait_closed(pair.client, 10) != RESEAU_ERROR_FORKED           ? 5
                         : reseau_local_address(pair.listener, &address) != RESEAU_ERROR_FORKED ? 6
                                                                                                : 0;
              }));
    ASSERT_EQ(5, Write(pair.client, "still"));
    EXPECT_EQ("still", ReadExactly(pair.server, 5)) << "the parent's go on";
}

TEST(ReseauFork, AChildMakesItsOwn) {
    Pair pair;
    EXPECT_EQ(0, InChild([&] {
                  reseau_id listener = reseau_listen(nullptr, 0, nullptr);
                  reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
                  reseau_id server = reseau_accept(listener, 10000);
                  char buffer[5];
                  return listener <= 0                                                 ? 1
                         : client <= 0                                                 ? 2
                         : server <= 0                                                 ? 3
                         : client == pair.client || server == pair.server              ? 4
                         : reseau_write(client, "child", 5) != 5                       ? 5
                         : reseau_read_exactly(server, buffer, 5) != 5                 ? 6
                         : memcmp(buffer, "child", 5) != 0                             ? 7
                         : reseau_close(client) != 0                                   ? 8
                         : reseau_wait_closed(client, 10000) != 0                      ? 9
                         : reseau_write(pair.client, buffer, 1) != RESEAU_ERROR_FORKED ? 10
                                                                                       : 0;
              }));
}

/* With the locks of the table held, perhaps, by threads that the child does not have. */
TEST(ReseauFork, WhileOtherThreadsMakeAndEndConnections) {
    std::atomic<bool> ends{false};
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i) {
        threads.emplace_back([&] {
            while (!ends) {
                Pair pair;
                Write(pair.client, "x");
            }
        });
    }
    for (int i = 0; i < 20; ++i) {
        ASSERT_EQ(0, InChild([] {
                      reseau_id listener = reseau_listen(nullptr, 0, nullptr);
                      reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
                      return listener > 0 && client > 0 && reseau_close(client) == 0 ? 0 : 1;
                  }));
    }
    ends = true;
    for (std::thread &thread : threads) {
        thread.join();
    }
}

TEST(ReseauExit, TheStatusIsTheProgramsWithEverythingAlive) {
    for (int way = 0; way < 6; ++way) {
        EXPECT_EQ(7, InChild([way] {
                      Recorder *recorder = new Recorder();
                      recorder->on_data = [way](reseau_id, const char *, size_t length) {
                          if (way == 3) {
                              exit(7);
                          }
                          return length;
                      };
                      reseau_id listener = reseau_listen(nullptr, 0, &recorder->options);
                      reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
                      reseau_connect_start("192.0.2.1", 9, nullptr);
                      Write(client, std::string(1000000, 'e'));
                      std::thread waiter([client] {
                          char byte;
                          reseau_read(client, &byte, 1);
                      });
                      waiter.detach();
                      if (way == 1) {
                          reseau_close(client);
                      }
                      if (way == 3) {
                          pause();
                      }
                      if (way == 4) {
                          atexit([] { reseau_listen(nullptr, 0, nullptr); });
                      }
                      way == 2 ? _exit(7) : exit(7);
                      return 99;
                  }))
            << way;
    }
}
