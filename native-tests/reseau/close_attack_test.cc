/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Closes at every moment: by callbacks and by several threads, twice and more, gracefully and at once, with writes of
 * each kind on their way (copied, owned, at the front, files), with input read by a callback, by calls, or by nobody,
 * plain and over TLS, with hooks and without. By seed: RESEAU_STRESS_SEED repeats one, RESEAU_STRESS_ROUNDS asks for
 * more. However it goes, each connection closes once, owned memory comes back once, no descriptor stays.
 */
#include "support/hook_samples.h"
#include "support/reseau_peer.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {

int Setting(const char *name, int otherwise) {
    const char *text = getenv(name);
    return text == nullptr ? otherwise : atoi(text);
}

size_t Descriptors() {
    auto all = std::filesystem::directory_iterator("/proc/self/fd");
    return (size_t)std::distance(begin(all), end(all));
}

/* What one round does, all of it by its seed. */
struct Plan {
    explicit Plan(unsigned seed) : random(seed) {
    }
    bool Flip() {
        return random() % 2 == 0;
    }
    int Of(int count) {
        return (int)(random() % (unsigned)count);
    }
    std::minstd_rand random;
};

struct Attack {
    Attack(unsigned seed, const std::string &file) : plan(seed), path(file) {
    }

    void End(reseau_id id, bool isAbort) {
        int result = isAbort ? reseau_abort(id) : reseau_close(id);
        EXPECT_TRUE(result == 0 || result == RESEAU_ERROR_BAD_ID) << reseau_error_name(result);
    }

    /* Errors are fine; memory that was given away comes back. */
    void WriteOne(reseau_id id, int kind) {
        static char text[70000];
        size_t size = kind % 2 == 0 ? 100 : sizeof(text);
        switch (kind / 2) {
        case 0:
            reseau_write(id, text, size);
            break;
        case 1:
            reseau_write_front(id, text, size);
            break;
        case 2:
            ++given;
            reseau_write_owned(
                id, text, size, [](void *, void *back) { ++*static_cast<std::atomic<int> *>(back); }, &back);
            break;
        default:
            reseau_send_file(id, path.c_str(), 0, -1);
        }
    }

    void Prepare(Recorder &recorder) {
        int where = plan.Of(4);
        bool isAbort = plan.Flip();
        auto end = [this, isAbort](reseau_id id) {
            End(id, isAbort);
            End(id, !isAbort);
        };
        if (where == 0) {
            recorder.on_open = end;
        } else if (where == 1) {
            recorder.on_data = [end](reseau_id id, const char *, size_t length) {
                end(id);
                return length / 2;
            };
        } else if (where == 2) {
            recorder.on_close = end;
        }
        recorder.options.write_policy = plan.Of(3);
        recorder.options.write_queue_bytes = plan.Flip() ? 50000 : SIZE_MAX;
    }

    void Work(reseau_id id, unsigned seed, bool reads) {
        Plan own(seed);
        char buffer[4096];
        for (int i = own.Of(12); i >= 0; --i) {
            WriteOne(id, own.Of(8));
            if (reads) {
                reseau_try_read(id, buffer, sizeof(buffer));
            }
        }
        End(id, own.Flip());
    }

    void Run(const struct reseau_tls_options *client_tls, const struct reseau_tls_options *server_tls) {
        Recorder one, other;
        bool isTls = plan.Flip(), isRead = plan.Flip();
        one.options.tls = isTls ? client_tls : nullptr;
        other.options.tls = isTls ? server_tls : nullptr;
        Prepare(one);
        Prepare(other);
        if (isRead) {
            one.options.on_data = nullptr;
        }
        reseau_id listener = other.Listen();
        reseau_id id = reseau_connect_start("127.0.0.1", PortOf(listener), &one.options);
        ASSERT_GT(id, 0);
        if (plan.Flip()) {
            Sample::Add(id, NewMask(7));
        }
        if (plan.Flip()) {
            reseau_pause(id);
        }
        std::vector<std::thread> threads;
        for (int i = plan.Of(3); i >= 0; --i) {
            unsigned seed = (unsigned)plan.random();
            threads.emplace_back([this, id, seed, isRead] { Work(id, seed, isRead); });
        }
        for (std::thread &thread : threads) {
            thread.join();
        }
        End(id, plan.Flip());
        EXPECT_TRUE(one.AwaitClosed());
        EXPECT_EQ(0, reseau_wait_closed(id, 60000));
        EXPECT_EQ(1u, one.Infos().size()) << "each closes once";
        EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_close(id));
        reseau_close(listener);
    }

    Plan plan;
    const std::string path;
    std::atomic<int> given{0}, back{0};
};

} // namespace

TEST(ReseauCloseAttack, HoweverItGoesEachClosesOnceAndNothingStays) {
    const std::string folder = std::string(RESEAU_TEST_CERTIFICATES) + "/";
    const std::string ca = folder + "ca.crt", certificate = folder + "ec256.crt", key = folder + "ec256.key";
    struct reseau_tls_options client_tls = reseau_tls_options_default(), server_tls = reseau_tls_options_default();
    client_tls.ca_file = ca.c_str();
    client_tls.server_name = "localhost";
    server_tls.certificate_file = certificate.c_str();
    server_tls.key_file = key.c_str();
    TemporaryDirectory directory;
    directory.Write("file", std::string(200000, 'f'));
    unsigned seed = (unsigned)Setting("RESEAU_STRESS_SEED", 1);
    size_t before = 0;
    for (int round = 0; round < Setting("RESEAU_STRESS_ROUNDS", 150) && !HasFailure(); ++round, ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Attack attack(seed, directory.Path("file"));
        attack.Run(&client_tls, &server_tls);
        EXPECT_EQ(attack.given.load(), attack.back.load()) << "what was given comes back once";
        if (round == 20) {
            before = Descriptors();
        }
    }
    /* The last ones may wait until their peers have what was sent. */
    for (int i = 0; i < 6000 && Descriptors() > before + 4; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_LE(Descriptors(), before + 4);
}
