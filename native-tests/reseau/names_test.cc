/* SPDX-License-Identifier: Apache-2.0 */
/* Connects whose names the system's resolver does not find, or not in time. */
#include "support/reseau_peer.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <dlfcn.h>
#include <netdb.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

/* What look-ups fail with; 0: they do not. And whether they wait. */
static std::atomic<int> fault_of_look_up;
static std::atomic<bool> is_look_up_slow;

extern "C" int
getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    bool is_look_up = hints == nullptr || (hints->ai_flags & AI_NUMERICHOST) == 0;
    while (is_look_up && is_look_up_slow) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (is_look_up && fault_of_look_up != 0) {
        return fault_of_look_up;
    }
    static auto *real = reinterpret_cast<decltype(&getaddrinfo)>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(node, service, hints, result);
}

TEST(ReseauNames, ASlowLookUpIsGivenUp) {
    Recorder recorder;
    is_look_up_slow = true;
    for (bool is_whole : {false, true}) {
        recorder.options.names_timeout_ms = is_whole ? 0 : 20;
        recorder.options.connect_timeout_ms = is_whole ? 20 : RESEAU_FOREVER;
        std::string name = std::string(is_whole ? "whole" : "names") + ".slow.invalid";
        EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_connect(name.c_str(), 80, &recorder.options));
        EXPECT_EQ(RESEAU_PHASE_NAMES, recorder.Infos().back().phase);
    }
    is_look_up_slow = false;
}

TEST(ReseauNames, AConnectSaysWhatTheResolverHasSaid) {
    const std::vector<std::pair<int, int>> table = {
        {EAI_NONAME, RESEAU_ERROR_NAME_NOT_FOUND},
        {EAI_AGAIN, RESEAU_ERROR_NAME_TRY_AGAIN},
        {EAI_MEMORY, RESEAU_ERROR_NO_MEMORY},
        {EAI_FAIL, RESEAU_ERROR_NAME_FAILED},
        {EAI_SYSTEM, RESEAU_ERROR_NAME_FAILED},
    };
    for (const auto &row : table) {
        Recorder recorder;
        std::string name = "code" + std::to_string(-row.first) + ".invalid";
        fault_of_look_up = row.first;
        EXPECT_EQ(row.second, reseau_connect(name.c_str(), 80, &recorder.options)) << gai_strerror(row.first);
        fault_of_look_up = 0;
        ASSERT_EQ(1u, recorder.Infos().size());
        EXPECT_EQ(row.first, recorder.Infos()[0].resolver_error);
        EXPECT_EQ(RESEAU_PHASE_NAMES, recorder.Infos()[0].phase);
    }
}
