/* SPDX-License-Identifier: Apache-2.0 */
/* What else reseau.h asks of the system: files, what happens to them, loops, timers, names; and libsock's functions. */
#include "faults/run.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include "sock.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

namespace {

constexpr int64_t kLong = 20000;

int64_t Said(FaultRun &run, int64_t result) {
    if (result < 0) {
        run.Report((int)result);
    }
    return result;
}

void Close(FaultRun &run, reseau_id id) {
    if (id > 0) {
        reseau_close(id);
        run.Check(reseau_wait_closed(id, kLong) == 0, "what is closed is gone soon");
    }
}

/* What is called once for each operation that has begun. */
struct Done {
    FaultRun &run;
    int count = 0;
    int64_t result = 0;

    static void Call(reseau_id, int64_t result, void *state) {
        auto *self = static_cast<Done *>(state);
        self->run.state.Change([&] {
            ++self->count;
            self->result = result;
        });
    }
    static void Loaded(reseau_id id, void *data, int64_t length, void *state) {
        reseau_free(data);
        Call(id, length, state);
    }

    /* False if it did not begin, or has failed. */
    bool Await(int64_t began) {
        if (Said(run, began) < 0) {
            return false;
        }
        run.Await([this] { return count == 1; }, "an operation of a file");
        return Said(run, result) >= 0;
    }
};

bool UseFile(FaultRun &run, reseau_id file) {
    char room[8];
    struct reseau_file_info info = {};
    info.size = sizeof(info);
    Done write = {run}, sync = {run}, read = {run};
    return Said(run, reseau_file_write(file, "abcdef", 6, 0)) == 6 && Said(run, reseau_file_sync(file)) == 0 &&
           Said(run, reseau_file_truncate(file, 4)) == 0 && Said(run, reseau_file_info(file, &info)) == 0 &&
           Said(run, reseau_file_read(file, room, sizeof(room), 0)) == 4 && info.length == 4 &&
           write.Await(reseau_file_write_start(file, "xyz", 3, 4, Done::Call, &write)) &&
           sync.Await(reseau_file_sync_start(file, Done::Call, &sync)) &&
           read.Await(reseau_file_read_start(file, room, sizeof(room), 0, Done::Call, &read)) && read.result == 7;
}

} // namespace

void PlayReseauFiles(FaultRun &run) {
    TemporaryDirectory directory;
    std::string path = directory.Path("file"), stored = directory.Path("stored");
    const int flags = RESEAU_FILE_READ | RESEAU_FILE_WRITE | RESEAU_FILE_CREATE;
    reseau_id file = Said(run, reseau_file_open(path.c_str(), flags, nullptr));
    bool is_used = file > 0 && UseFile(run, file);
    Close(run, file);
    void *data = nullptr;
    Done load = {run};
    if (Said(run, reseau_file_store(stored.c_str(), "whole", 5, nullptr)) == 5) {
        int64_t length = Said(run, reseau_file_load(stored.c_str(), &data, 100));
        run.Check(length < 0 || (length == 5 && memcmp(data, "whole", 5) == 0), "what is stored is whole");
        reseau_free(length < 0 ? nullptr : data);
        bool is_loaded = load.Await(reseau_file_load_start(stored.c_str(), 100, nullptr, Done::Loaded, &load));
        if (is_used && length == 5 && is_loaded) {
            run.Complete();
        }
    }
}

void PlayReseauWatches(FaultRun &run) {
    struct Seen {
        FaultRun &run;
        int changes = 0;
        int ends = 0;
    } seen = {run};
    TemporaryDirectory directory;
    struct reseau_file_options options = reseau_file_options_default();
    options.state = &seen;
    options.gather_ms = 1;
    options.on_close = [](reseau_id, int error, void *state) {
        auto *self = static_cast<Seen *>(state);
        Said(self->run, error);
        self->run.state.Change([&] { ++self->ends; });
    };
    reseau_id watch = reseau_file_watch(
        directory.Path().c_str(),
        &options,
        [](reseau_id, const struct reseau_file_change *, void *state) {
            auto *self = static_cast<Seen *>(state);
            self->run.state.Change([&] { ++self->changes; });
        },
        &seen);
    if (Said(run, watch) <= 0) {
        return;
    }
    directory.Write("new", "x");
    run.Await([&] { return seen.changes > 0 || seen.ends > 0; }, "a change of a folder");
    if (seen.changes > 0) {
        run.Complete();
    }
    Close(run, watch);
    run.Check(seen.ends == 1, "a watch ends once");
}

void PlayReseauLoops(FaultRun &run) {
    struct Calls {
        FaultRun &run;
        int posted = 0, once = 0, periodic = 0, readable = 0;
    } calls = {run};
    int ends[2];
    run.Check(pipe(ends) == 0 && fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0, "the test has a pipe");
    run.Check(write(ends[1], "x", 1) == 1, "the test writes");
    reseau_id loop = Said(run, reseau_loop_new());
    if (loop > 0) {
        std::thread thread([&] { Said(run, reseau_loop_run(loop, RESEAU_FOREVER)); });
        auto count = [](int Calls::*which, void *state) {
            auto *self = static_cast<Calls *>(state);
            self->run.state.Change([&] { ++(self->*which); });
        };
        static auto add = count;
        int posted = (int)Said(
            run,
            reseau_post(
                loop, [](void *s, int) { add(&Calls::posted, s); }, &calls));
        auto on_once = [](reseau_id, void *s) { add(&Calls::once, s); };
        auto on_period = [](reseau_id, void *s) { add(&Calls::periodic, s); };
        auto on_ready = [](reseau_id, int, void *s) { add(&Calls::readable, s); };
        reseau_id once = Said(run, reseau_timer_start(loop, 1, 0, on_once, &calls));
        reseau_id periodic = Said(run, reseau_timer_start(loop, 1, 1, on_period, &calls));
        reseau_id watch = Said(run, reseau_watch(loop, ends[0], RESEAU_READABLE, on_ready, &calls));
        run.Await([&] { return posted != 0 || calls.posted == 1; }, "a posted function");
        run.Await([&] { return once <= 0 || calls.once == 1; }, "a timer");
        run.Await([&] { return periodic <= 0 || calls.periodic >= 3; }, "a periodic timer");
        run.Await([&] { return watch <= 0 || calls.readable >= 1; }, "a watched descriptor");
        if (posted == 0 && once > 0 && periodic > 0 && watch > 0) {
            run.Complete();
        }
        Close(run, periodic);
        Close(run, watch);
        reseau_loop_stop(loop);
        thread.join();
        Close(run, loop);
    }
    close(ends[0]);
    close(ends[1]);
}

void PlayReseauNames(FaultRun &run) {
    struct reseau_ip ips[8], loopback;
    struct reseau_interface_address addresses[64];
    char name[256];
    int code = 0;
    run.Check(reseau_ip_parse("127.0.0.1", &loopback) == 0, "an address is one");
    bool is_done = Said(run, reseau_resolve("localhost", 0, ips, 8, &code)) > 0;
    run.Check(is_done || code != 0, "a failed look-up has the resolver's code");
    is_done = Said(run, reseau_resolve_reverse(&loopback, name, sizeof(name), &code)) > 0 && is_done;
    is_done = Said(run, reseau_interface_addresses(0, 1, addresses, 64)) > 0 && is_done;
    if (is_done) {
        run.Complete();
    }
}

/* ---- libsock ---- */

static std::mutex s_closed_mutex;
static std::map<intptr_t, int> s_closed;

extern "C" void sock_on_close(intptr_t uuid) {
    std::lock_guard<std::mutex> lock(s_closed_mutex);
    ++s_closed[uuid];
}

static int ClosedOf(intptr_t uuid) {
    std::lock_guard<std::mutex> lock(s_closed_mutex);
    return s_closed[uuid];
}

/* Until something can be read, or one of them is closed. Nothing comes to the other, but its end may. */
static bool AwaitReadable(FaultRun &run, intptr_t uuid, intptr_t other) {
    struct pollfd one = {sock_uuid2fd(uuid), POLLIN, 0};
    int ready = 0;
    for (int i = 0; i < 2000 && ready == 0; ++i) {
        char nothing;
        if (one.fd < 0 || ClosedOf(uuid) != 0 || sock_read(other, &nothing, 1) < 0) {
            return false;
        }
        ready = poll(&one, 1, 10);
    }
    run.Check(ready == 1, "something comes, or the end");
    return ready == 1;
}

static void CloseSock(FaultRun &run, intptr_t uuid) {
    if (uuid > 0) {
        sock_force_close(uuid);
        for (int i = 0; i < 20000 && ClosedOf(uuid) == 0; ++i) {
            usleep(1000);
        }
        run.Check(ClosedOf(uuid) == 1, "sock_on_close() is called once");
    }
}

void PlayLibsock(FaultRun &run) {
    TemporaryDirectory directory;
    std::string path = directory.Path("socket");
    intptr_t listener = sock_listen(path.c_str(), nullptr);
    intptr_t client = listener > 0 ? sock_connect(&path[0], nullptr) : -1, server = -1;
    while (client > 0 && server <= 0 && AwaitReadable(run, listener, client)) {
        server = sock_accept(listener);
        if (server == -1 && errno != EAGAIN) {
            break;
        }
    }
    std::string back;
    char room[16];
    ssize_t length = 0;
    if (server > 0 && sock_write(client, "question", 8) == 0) {
        while (back.size() < 8 && AwaitReadable(run, server, client) &&
               (length = sock_read(server, room, sizeof(room))) >= 0) {
            back.append(room, (size_t)length);
        }
    }
    if (back == "question") {
        run.Complete();
    } else {
        run.Report(RESEAU_ERROR_SYSTEM);
    }
    for (intptr_t uuid : {client, server, listener}) {
        CloseSock(run, uuid);
    }
}
