/* SPDX-License-Identifier: Apache-2.0 */
#include "support/reseau_peer.h"
#include "support/socket_pair.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace {

/* A connection of one end of a socket pair; the other is read by system calls. */
struct Raw {
    Raw() {
        int ends[2];
        EXPECT_EQ(0, socket_pair(ends));
        id = reseau_adopt(ends[0], 0, nullptr);
        EXPECT_GT(id, 0) << reseau_error_name(id);
        peer = ends[1];
    }
    ~Raw() {
        socket_close(peer);
    }

    std::string ReadToEnd() {
        std::string text;
        char part[4096];
        for (int64_t count; (count = socket_read(peer, part, sizeof(part))) > 0;) {
            text.append(part, (size_t)count);
        }
        return text;
    }

    reseau_id id;
    int peer;
};

} // namespace

TEST(ReseauIds, AreAboveZeroAndNeverGivenOutAgain) {
    std::set<reseau_id> seen;
    for (int i = 0; i < 5000; ++i) {
        Raw raw;
        ASSERT_GT(raw.id, 0);
        ASSERT_TRUE(seen.insert(raw.id).second);
        ASSERT_EQ(0, reseau_abort(raw.id));
    }
}

TEST(ReseauIds, OfAnObjectThatIsGoneAreBad) {
    Raw raw;
    ASSERT_EQ(0, reseau_close(raw.id));
    ASSERT_EQ(0, reseau_wait_closed(raw.id, 60000));
    char byte = 0;
    struct reseau_address address;
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_write(raw.id, &byte, 1));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_read(raw.id, &byte, 1));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_close(raw.id));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_peer_address(raw.id, &address));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_touch(raw.id));
    EXPECT_EQ(0, reseau_wait_closed(raw.id, 0)) << "it was gone before";
}

TEST(ReseauIds, OfAnotherKindAreRefused) {
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    char byte = 0;
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_write(listener, &byte, 1));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_read(listener, &byte, 1));
    Raw raw;
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_accept(raw.id, 0));
    reseau_abort(raw.id);
    reseau_close(listener);
}

TEST(ReseauIds, ThatNobodyWasGivenAreBad) {
    for (reseau_id id : {(reseau_id)0, (reseau_id)-1, (reseau_id)1, INT64_MAX, INT64_MIN, (reseau_id)1 << 62}) {
        char byte = 0;
        EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_write(id, &byte, 1)) << id;
        EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_wait_closed(id, 0)) << id;
    }
}

/* Each time the id is old, its slot new: what is written to an old id must reach nobody. */
TEST(ReseauIds, OldOnesReachNobodyHoweverOftenSlotsAreUsedAgain) {
    const int times = 100000 / TimeoutScale();
    const size_t old_count = 4096;
    std::vector<std::atomic<reseau_id>> old(old_count);
    std::atomic<bool> ends{false};
    std::atomic<long> accepted{0}, refused{0};
    std::vector<std::thread> attackers;
    for (unsigned seed = 1; seed <= 3; ++seed) {
        attackers.emplace_back([&, seed] {
            unsigned random = seed;
            while (!ends) {
                random = random * 1103515245u + 12345u;
                reseau_id id = old[(random >> 8) % old_count];
                if (id != 0) {
                    (reseau_write(id, "attack", 6) < 0 ? refused : accepted)++;
                    reseau_abort(id);
                }
#if defined(_WIN32)
                /* Under Wine each call of the system's waits for a processor. */
                if ((random >> 24) == 0) {
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                }
#endif
            }
        });
    }
    for (int i = 0; i < times; ++i) {
        Raw raw;
        std::string text = "message " + std::to_string(i);
        ASSERT_EQ((int64_t)text.size(), Write(raw.id, text));
        ASSERT_EQ(0, reseau_end(raw.id));
        ASSERT_EQ(text, raw.ReadToEnd());
        reseau_close(raw.id);
        old[(size_t)i % old_count] = raw.id;
    }
    ends = true;
    for (std::thread &attacker : attackers) {
        attacker.join();
    }
    EXPECT_EQ(0, accepted);
    EXPECT_GT(refused, 0);
}

TEST(ReseauIds, TheRecordsOfTheLastThousandThatWereClosedAreThere) {
    std::vector<reseau_id> ids;
    for (int i = 0; i < 1024; ++i) {
        Raw raw;
        ASSERT_EQ(i % 7 + 1, reseau_write(raw.id, "1234567", (size_t)(i % 7 + 1)));
        ASSERT_EQ(0, reseau_flush(raw.id));
        reseau_close(raw.id);
        ASSERT_EQ(0, reseau_wait_closed(raw.id, 60000));
        ids.push_back(raw.id);
    }
    for (int i = 0; i < 1024; ++i) {
        struct reseau_close_info info = InfoOf(ids[(size_t)i]);
        ASSERT_EQ((uint64_t)(i % 7 + 1), info.bytes_written);
        ASSERT_EQ(RESEAU_CLOSED_BY_LOCAL, info.closed_by);
    }
}

/* With timers in between, some of the later connections get the slots of the first ones. */
TEST(ReseauIds, ARecordStaysWhenALaterConnectionHasTheSlot) {
    auto end = [](reseau_id id) {
        ASSERT_EQ(0, reseau_close(id));
        ASSERT_EQ(0, reseau_wait_closed(id, 60000));
    };
    std::vector<reseau_id> ids;
    for (int i = 0; i < 800; ++i) {
        Raw raw;
        ASSERT_EQ(i % 7 + 1, reseau_write(raw.id, "1234567", (size_t)(i % 7 + 1)));
        ASSERT_EQ(0, reseau_flush(raw.id));
        end(raw.id);
        ids.push_back(raw.id);
        for (int timers = i < 7 ? 0 : 2; timers > 0; --timers) {
            end(reseau_timer_start(
                0, 3600000, 0, [](reseau_id, void *) {}, nullptr));
        }
    }
    for (size_t i = 0; i < ids.size(); ++i) {
        ASSERT_EQ((uint64_t)(i % 7 + 1), InfoOf(ids[i]).bytes_written) << i;
    }
}

TEST(ReseauIds, ErrorsHaveNamesAndTexts) {
    for (int error = -37; error <= 0; ++error) {
        EXPECT_STRNE("unknown", reseau_error_name(error));
        EXPECT_GT(strlen(reseau_error_text(error)), 5u);
    }
    EXPECT_STREQ("RESEAU_ERROR_TIMED_OUT", reseau_error_name(RESEAU_ERROR_TIMED_OUT));
    EXPECT_STREQ("unknown", reseau_error_name(-1000));
    EXPECT_STREQ("unknown", reseau_error_name(INT64_MIN));
    EXPECT_GT(strlen(reseau_version()), 4u);
    reseau_free(nullptr);
}
