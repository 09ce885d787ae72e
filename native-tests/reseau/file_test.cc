/* SPDX-License-Identifier: Apache-2.0 */
/* Files on disk: <reseau/file.h>. */
#include "support/fork.h"
#include "support/synchronisation.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

namespace {

const int kAll = RESEAU_FILE_READ | RESEAU_FILE_WRITE | RESEAU_FILE_CREATE;

/* What a program is called with when something that it began is done. */
struct Done {
    static void Call(reseau_id id, int64_t result, void *state) {
        auto *self = static_cast<Done *>(state);
        self->id = id;
        self->loop = reseau_loop_current();
        self->result = result;
        if (self->then) {
            self->then();
        }
        self->signal.Raise();
    }

    int64_t Await() {
        EXPECT_TRUE(signal.Wait());
        EXPECT_EQ(1, signal.Count());
        return result;
    }

    Signal signal;
    std::function<void()> then;
    reseau_id id = 0;
    reseau_id loop = 0;
    int64_t result = -1000;
};

struct Options : reseau_file_options {
    Options() : reseau_file_options(reseau_file_options_default()) {
    }
};

/* A file that is closed with the test. */
struct File {
    explicit File(const std::string &path, int flags = kAll) : id(reseau_file_open(path.c_str(), flags, nullptr)) {
        EXPECT_GT(id, 0) << reseau_error_name(id);
    }
    ~File() {
        reseau_close(id);
        EXPECT_EQ(0, reseau_wait_closed(id, RESEAU_FOREVER));
    }
    int64_t Write(const std::string &text, uint64_t offset) const {
        return reseau_file_write(id, text.data(), text.size(), offset);
    }
    std::string Read(size_t size, uint64_t offset) const {
        std::string text(size, '\0');
        int64_t read = reseau_file_read(id, &text[0], size, offset);
        EXPECT_GE(read, 0) << reseau_error_name(read);
        text.resize(read < 0 ? 0 : (size_t)read);
        return text;
    }
    reseau_id id;
};

std::string Content(const std::string &path) {
    std::ifstream stream(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
}

void RunOn(reseau_id loop, std::function<void()> function) {
    Signal done;
    std::function<void()> all = [&] {
        function();
        done.Raise();
    };
    ASSERT_EQ(
        0,
        reseau_post(
            loop, [](void *state, int) { (*static_cast<std::function<void()> *>(state))(); }, &all));
    ASSERT_TRUE(done.Wait());
}

int DiskThreads() {
    int count = 0;
    DIR *tasks = opendir("/proc/self/task");
    while (struct dirent *entry = readdir(tasks)) {
        count += Content(std::string("/proc/self/task/") + entry->d_name + "/comm") == "ReseauDisk\n";
    }
    closedir(tasks);
    return count;
}

} // namespace

/* ---- Blocking ---- */

TEST(ReseauFile, IsReadAndWrittenAtOffsets) {
    TemporaryDirectory directory;
    File file(directory.Path("file"));
    EXPECT_EQ("", file.Read(10, 0)) << "at the end";
    EXPECT_EQ(5, file.Write("hello", 0));
    EXPECT_EQ(5, file.Write("world", 10));
    EXPECT_EQ(std::string("hello\0\0\0\0\0world", 15), file.Read(100, 0));
    EXPECT_EQ("world", file.Read(5, 10));
    EXPECT_EQ("", file.Read(5, 15));
    EXPECT_EQ("", file.Read(5, 1u << 30));
    EXPECT_EQ(0, file.Write("", 3));
    EXPECT_EQ(0, reseau_file_truncate(file.id, 3));
    EXPECT_EQ(0, reseau_file_sync(file.id));
    struct reseau_file_info info = {};
    info.size = sizeof(info);
    EXPECT_EQ(0, reseau_file_info(file.id, &info));
    EXPECT_EQ(3u, info.length);
    EXPECT_EQ(RESEAU_FILE_KIND_REGULAR, info.kind);
    EXPECT_GT(info.modified_ns, INT64_C(1500000000000000000));
    EXPECT_EQ("hel", Content(directory.Path("file")));
}

TEST(ReseauFile, IsOpenedAsTheFlagsSay) {
    TemporaryDirectory directory;
    std::string path = directory.Path("file");
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_file_open(path.c_str(), RESEAU_FILE_READ | RESEAU_FILE_WRITE, nullptr));
    Options options;
    options.mode = 0640;
    umask(022);
    reseau_id made = reseau_file_open(path.c_str(), kAll | RESEAU_FILE_EXCLUSIVE, &options);
    ASSERT_GT(made, 0);
    EXPECT_EQ(7, reseau_file_write(made, "content", 7, 0));
    struct reseau_file_info info = {};
    info.size = sizeof(info);
    EXPECT_EQ(0, reseau_file_info_of(path.c_str(), &info));
    EXPECT_EQ(0640u, info.mode);
    EXPECT_EQ(RESEAU_ERROR_EXISTS, reseau_file_open(path.c_str(), kAll | RESEAU_FILE_EXCLUSIVE, nullptr));
    {
        File reader(path, RESEAU_FILE_READ);
        EXPECT_EQ("content", reader.Read(10, 0));
        EXPECT_EQ(RESEAU_ERROR_FILE, reader.Write("x", 0)) << "it is open for reading alone";
    }
    File truncated(path, RESEAU_FILE_WRITE | RESEAU_FILE_TRUNCATE);
    EXPECT_EQ("", Content(path));
    EXPECT_EQ(0, reseau_close(made));
    EXPECT_EQ(0, reseau_wait_closed(made, RESEAU_FOREVER));
}

TEST(ReseauFile, WhatIsNoRegularFileIsRefusedWithoutWaiting) {
    TemporaryDirectory directory;
    ASSERT_EQ(0, mkfifo(directory.Path("pipe").c_str(), 0600));
    for (const std::string &path : {directory.Path("pipe"), directory.Path(), std::string("/dev/null")}) {
        EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_open(path.c_str(), RESEAU_FILE_READ, nullptr)) << path;
        EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_open(path.c_str(), RESEAU_FILE_WRITE, nullptr)) << path;
        void *data = nullptr;
        EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_load(path.c_str(), &data, 100)) << path;
        EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_store(path.c_str(), "x", 1, nullptr)) << path;
    }
}

TEST(ReseauFile, BadArgumentsChangeNothing) {
    TemporaryDirectory directory;
    std::string path = directory.Path("file");
    const char *name = path.c_str();
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_open(nullptr, kAll, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_open(name, 0, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_open(name, 64 | kAll, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_open(name, RESEAU_FILE_READ | RESEAU_FILE_TRUNCATE, nullptr));
    EXPECT_EQ(
        RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_open(name, RESEAU_FILE_WRITE | RESEAU_FILE_EXCLUSIVE, nullptr));
    Options options;
    options.size = 1;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_open(name, kAll, &options));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_open_start(name, kAll, nullptr, nullptr, nullptr));
    EXPECT_NE(0, access(name, F_OK));
    File file(path);
    char byte = 0;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_read(file.id, nullptr, 1, 0));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_read(file.id, &byte, 1, UINT64_MAX));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_write(file.id, &byte, 1, (uint64_t)1 << 63));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_truncate(file.id, UINT64_MAX));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_read_start(file.id, &byte, 1, 0, nullptr, nullptr));
    struct reseau_file_info info = {};
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_info(file.id, &info));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_file_read(-1, &byte, 1, 0));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_file_sync(0));
    reseau_id timer = reseau_timer_start(
        0, 60000, 0, [](reseau_id, void *) {}, nullptr);
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_file_sync(timer));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_write(file.id, "x", 1));
    reseau_close(timer);
}

TEST(ReseauFile, BlockingCallsAreRefusedOnALoop) {
    TemporaryDirectory directory;
    std::string path = directory.Path("file");
    File file(path);
    RunOn(reseau_loop_of(file.id), [&] {
        char byte = 0;
        void *data = nullptr;
        struct reseau_file_info info = {};
        info.size = sizeof(info);
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_file_open(path.c_str(), kAll, nullptr));
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_file_read(file.id, &byte, 1, 0));
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_file_write(file.id, &byte, 1, 0));
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_file_sync(file.id));
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_file_truncate(file.id, 5));
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_file_info(file.id, &info));
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_file_info_of(path.c_str(), &info));
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_file_load(path.c_str(), &data, 1));
        EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_file_store(path.c_str(), "x", 1, nullptr));
    });
    EXPECT_EQ("", Content(path));
}

/* ---- Without blocking ---- */

TEST(ReseauFile, EverythingHasAFormThatDoesNotBlock) {
    TemporaryDirectory directory;
    std::string path = directory.Path("file");
    Done open, write, read, sync, truncate, info_done;
    reseau_id file = reseau_file_open_start(path.c_str(), kAll, nullptr, Done::Call, &open);
    ASSERT_GT(file, 0);
    EXPECT_EQ(0, open.Await());
    EXPECT_EQ(file, open.id);
    EXPECT_EQ(reseau_loop_of(file), open.loop);
    std::string text(3000000, 'w');
    EXPECT_EQ(0, reseau_file_write_start(file, text.data(), text.size(), 5, Done::Call, &write));
    EXPECT_EQ((int64_t)text.size(), write.Await());
    EXPECT_EQ(reseau_loop_of(file), write.loop);
    std::string back(4000000, 'r');
    EXPECT_EQ(0, reseau_file_read_start(file, &back[0], back.size(), 0, Done::Call, &read));
    EXPECT_EQ((int64_t)text.size() + 5, read.Await());
    EXPECT_TRUE(back.compare(5, text.size(), text) == 0);
    EXPECT_EQ(0, reseau_file_sync_start(file, Done::Call, &sync));
    EXPECT_EQ(0, sync.Await());
    EXPECT_EQ(0, reseau_file_truncate_start(file, 100, Done::Call, &truncate));
    EXPECT_EQ(0, truncate.Await());
    struct reseau_file_info info = {};
    info.size = sizeof(info);
    EXPECT_EQ(0, reseau_file_info_start(file, &info, Done::Call, &info_done));
    EXPECT_EQ(0, info_done.Await());
    EXPECT_EQ(100u, info.length);
    EXPECT_EQ(0, reseau_close(file));
    EXPECT_EQ(0, reseau_wait_closed(file, RESEAU_FOREVER));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_file_sync(file));
}

TEST(ReseauFile, OneThatCannotBeOpenedEndsByItself) {
    Done open;
    Signal closed;
    std::atomic<int> error{0};
    static std::atomic<int> *reported;
    reported = &error;
    Options options;
    options.state = &closed;
    options.on_close = [](reseau_id, int why, void *state) {
        *reported = why;
        static_cast<Signal *>(state)->Raise();
    };
    reseau_id file = reseau_file_open_start("/no/such/file", RESEAU_FILE_READ, &options, Done::Call, &open);
    ASSERT_GT(file, 0);
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, open.Await());
    ASSERT_TRUE(closed.Wait());
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, error);
    EXPECT_EQ(0, reseau_wait_closed(file, RESEAU_FOREVER));
}

TEST(ReseauFile, AtMostFourThreadsBlock) {
    TemporaryDirectory directory;
    File file(directory.Path("file"));
    std::string text(1 << 20, 't');
    std::vector<Done> done(200);
    for (size_t i = 0; i < done.size(); ++i) {
        ASSERT_EQ(0, reseau_file_write_start(file.id, text.data(), text.size(), i % 8 << 20, Done::Call, &done[i]));
    }
    EXPECT_EQ(1 << 20, done[0].Await()) << "a thread has begun, and has its name";
    int threads = DiskThreads();
    EXPECT_GE(threads, 1);
    EXPECT_LE(threads, 4);
    for (Done &one : done) {
        EXPECT_EQ(1 << 20, one.Await());
    }
    EXPECT_LE(DiskThreads(), 4);
}

TEST(ReseauFile, ACloseCancelsWhatWaitsAndReportsEverything) {
    TemporaryDirectory directory;
    std::string text(1 << 20, 't');
    int canceled = 0;
    for (int round = 0; round < 20; ++round) {
        static std::atomic<int> is_closed;
        is_closed = 0;
        Options options;
        options.on_close = [](reseau_id, int error, void *) {
            EXPECT_EQ(0, error);
            ++is_closed;
        };
        reseau_id file = reseau_file_open(directory.Path("file").c_str(), kAll, &options);
        ASSERT_GT(file, 0);
        std::vector<Done> done(50);
        for (Done &one : done) {
            one.then = [] { EXPECT_EQ(0, is_closed); };
            ASSERT_EQ(0, reseau_file_write_start(file, text.data(), text.size(), 0, Done::Call, &one));
        }
        EXPECT_EQ(0, reseau_close(file));
        char byte = 0;
        int late = reseau_file_read_start(file, &byte, 1, 0, Done::Call, nullptr);
        EXPECT_TRUE(late == RESEAU_ERROR_CLOSED || late == RESEAU_ERROR_BAD_ID) << late;
        EXPECT_EQ(0, reseau_wait_closed(file, RESEAU_FOREVER));
        EXPECT_EQ(1, is_closed);
        for (Done &one : done) {
            EXPECT_EQ(1, one.signal.Count()) << "reported before the end";
            EXPECT_TRUE(one.result == 1 << 20 || one.result == RESEAU_ERROR_CANCELED) << one.result;
            canceled += one.result == RESEAU_ERROR_CANCELED;
        }
    }
    /* In a round whose close came late four threads can have done all of it, but not in each. */
    EXPECT_GT(canceled, 0);
}

TEST(ReseauFile, ACallbackMayCloseAndBegin) {
    TemporaryDirectory directory;
    directory.Write("file", "0123456789");
    reseau_id file = reseau_file_open(directory.Path("file").c_str(), RESEAU_FILE_READ, nullptr);
    char buffer[10];
    Done first, second;
    first.then = [&] {
        EXPECT_EQ(0, reseau_file_read_start(file, buffer, 10, 0, Done::Call, &second));
        EXPECT_EQ(0, second.signal.Count()) << "never inside the call that begins it";
        EXPECT_EQ(0, reseau_close(file));
        EXPECT_EQ(0, second.signal.Count()) << "never inside a close";
    };
    EXPECT_EQ(0, reseau_file_read_start(file, buffer, 1, 0, Done::Call, &first));
    EXPECT_EQ(1, first.Await());
    int64_t result = second.Await();
    EXPECT_TRUE(result == 10 || result == RESEAU_ERROR_CANCELED) << result;
    EXPECT_EQ(0, reseau_wait_closed(file, RESEAU_FOREVER));
}

TEST(ReseauFile, CallbacksComeWhereTheLoopRuns) {
    TemporaryDirectory directory;
    Options options;
    options.loop = reseau_loop_new();
    reseau_id file = reseau_file_open(directory.Path("file").c_str(), kAll, &options);
    ASSERT_GT(file, 0);
    std::thread::id ran;
    Done write;
    write.then = [&] { ran = std::this_thread::get_id(); };
    ASSERT_EQ(0, reseau_file_write_start(file, "x", 1, 0, Done::Call, &write));
    while (write.signal.Count() == 0) {
        ASSERT_EQ(0, reseau_loop_run(options.loop, 10));
    }
    EXPECT_EQ(std::this_thread::get_id(), ran);
    EXPECT_EQ(options.loop, write.loop);
    EXPECT_EQ(0, reseau_close(options.loop));
    EXPECT_EQ(0, reseau_wait_closed(file, RESEAU_FOREVER));
}

TEST(ReseauFile, TheEndOfItsLoopReportsEverything) {
    TemporaryDirectory directory;
    std::string text(1 << 20, 't');
    for (int round = 0; round < 20; ++round) {
        static std::atomic<int> error;
        error = 1;
        Options options;
        options.loop = reseau_loop_new();
        options.on_close = [](reseau_id, int why, void *) { error = why; };
        reseau_id file = reseau_file_open(directory.Path("file").c_str(), kAll, &options);
        Done load_done;
        std::vector<Done> done(30);
        for (Done &one : done) {
            ASSERT_EQ(0, reseau_file_write_start(file, text.data(), text.size(), 0, Done::Call, &one));
        }
        reseau_id load = reseau_file_load_start(
            directory.Path("file").c_str(),
            1 << 24,
            &options,
            [](reseau_id id, void *data, int64_t result, void *state) {
                reseau_free(data);
                Done::Call(id, result, state);
            },
            &load_done);
        EXPECT_GT(load, 0);
        EXPECT_EQ(0, reseau_close(options.loop));
        for (Done &one : done) {
            EXPECT_EQ(1, one.signal.Count()) << "when the close has returned, so have they";
            EXPECT_TRUE(one.result == 1 << 20 || one.result == RESEAU_ERROR_LOOP_ENDED) << one.result;
        }
        EXPECT_EQ(1, load_done.signal.Count());
        EXPECT_EQ(RESEAU_ERROR_LOOP_ENDED, error);
        EXPECT_EQ(0, reseau_wait_closed(file, 0));
        EXPECT_EQ(0, reseau_wait_closed(load, 0));
        EXPECT_LT(reseau_file_open(directory.Path("file").c_str(), kAll, &options), 0);
    }
}

TEST(ReseauFile, ManyThreadsUseOneWhileItIsClosed) {
    TemporaryDirectory directory;
    for (int round = 0; round < 30; ++round) {
        reseau_id file = reseau_file_open(directory.Path("file").c_str(), kAll, nullptr);
        std::atomic<int> uses{0};
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                char byte = 'x';
                int64_t result = 1;
                while (result == 1) {
                    result = t % 2 == 0 ? reseau_file_write(file, &byte, 1, (uint64_t)t)
                                        : reseau_file_write(file, &byte, 1, 100);
                    ++uses;
                }
                EXPECT_TRUE(result == RESEAU_ERROR_CLOSED || result == RESEAU_ERROR_BAD_ID) << result;
            });
        }
        while (uses < 100) {
            std::this_thread::yield();
        }
        EXPECT_EQ(0, reseau_close(file));
        for (std::thread &thread : threads) {
            thread.join();
        }
        EXPECT_EQ(0, reseau_wait_closed(file, RESEAU_FOREVER));
    }
}

/* ---- Whole files ---- */

TEST(ReseauFileLoad, GivesTheWholeFileAndANul) {
    TemporaryDirectory directory;
    for (size_t size : {(size_t)0, (size_t)1, (size_t)4095, (size_t)4096, (size_t)4097, (size_t)1000000}) {
        std::string content(size, 'c');
        directory.Write("file", content);
        void *data = nullptr;
        ASSERT_EQ((int64_t)size, reseau_file_load(directory.Path("file").c_str(), &data, size));
        EXPECT_TRUE(content == std::string((const char *)data, size));
        EXPECT_EQ('\0', ((const char *)data)[size]);
        reseau_free(data);
        if (size > 0) {
            EXPECT_EQ(RESEAU_ERROR_TOO_LARGE, reseau_file_load(directory.Path("file").c_str(), &data, size - 1));
            EXPECT_EQ(nullptr, data);
        }
    }
    void *data = nullptr;
    int64_t length = reseau_file_load("/proc/self/status", &data, SIZE_MAX);
    EXPECT_GT(length, 100) << "one of no size, to which content is made";
    reseau_free(data);
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_file_load("/no/such/file", &data, 1));
}

TEST(ReseauFileLoad, HasAFormThatDoesNotBlock) {
    TemporaryDirectory directory;
    directory.Write("file", "whole");
    struct Loaded {
        Signal signal;
        std::string text;
        int64_t result = 0;
    } loaded;
    auto done = [](reseau_id, void *data, int64_t result, void *state) {
        auto *self = static_cast<Loaded *>(state);
        self->result = result;
        if (result >= 0) {
            self->text.assign((const char *)data, (size_t)result);
        } else {
            EXPECT_EQ(nullptr, data);
        }
        reseau_free(data);
        self->signal.Raise();
    };
    reseau_id load = reseau_file_load_start(directory.Path("file").c_str(), 5, nullptr, done, &loaded);
    ASSERT_GT(load, 0);
    EXPECT_EQ(0, reseau_wait_closed(load, RESEAU_FOREVER)) << "it ends by itself";
    EXPECT_EQ(1, loaded.signal.Count());
    EXPECT_EQ("whole", loaded.text);
    load = reseau_file_load_start(directory.Path("none").c_str(), 5, nullptr, done, &loaded);
    EXPECT_EQ(0, reseau_wait_closed(load, RESEAU_FOREVER));
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, loaded.result);
}

TEST(ReseauFileStore, ReplacesAtOnceForReaders) {
    TemporaryDirectory directory;
    std::string path = directory.Path("file");
    std::string a(300000, 'a'), b(200000, 'b');
    ASSERT_EQ((int64_t)a.size(), reseau_file_store(path.c_str(), a.data(), a.size(), nullptr));
    std::atomic<bool> stop{false};
    std::atomic<int> loads{0};
    std::thread reader([&] {
        while (!stop) {
            void *data = nullptr;
            int64_t length = reseau_file_load(path.c_str(), &data, 1 << 20);
            ASSERT_GT(length, 0) << reseau_error_name(length);
            std::string text((const char *)data, (size_t)length);
            reseau_free(data);
            EXPECT_TRUE(text == a || text == b);
            ++loads;
        }
    });
    for (int i = 0; i < 50 || loads < 50; ++i) {
        const std::string &text = i % 2 == 0 ? b : a;
        ASSERT_EQ((int64_t)text.size(), reseau_file_store(path.c_str(), text.data(), text.size(), nullptr));
    }
    stop = true;
    reader.join();
    int names = 0;
    for (auto &entry : std::filesystem::directory_iterator(directory.Path())) {
        (void)entry;
        ++names;
    }
    EXPECT_EQ(1, names) << "nothing is left beside it";
}

TEST(ReseauFileStore, ALinkThatLeadsNowhereStays) {
    TemporaryDirectory directory;
    ASSERT_EQ(0, symlink("nothing", directory.Path("link").c_str()));
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_file_store(directory.Path("link").c_str(), "new", 3, nullptr));
    struct stat status;
    ASSERT_EQ(0, lstat(directory.Path("link").c_str(), &status));
    EXPECT_TRUE(S_ISLNK(status.st_mode));
    EXPECT_NE(0, stat(directory.Path("nothing").c_str(), &status));
}

TEST(ReseauFileStore, KeepsPermissionsAndLinks) {
    TemporaryDirectory directory;
    directory.Write("file", "old");
    ASSERT_EQ(0, chmod(directory.Path("file").c_str(), 0604));
    ASSERT_EQ(0, symlink("file", directory.Path("link").c_str()));
    EXPECT_EQ(3, reseau_file_store(directory.Path("link").c_str(), "new", 3, nullptr));
    EXPECT_EQ("new", Content(directory.Path("file")));
    struct stat status;
    ASSERT_EQ(0, lstat(directory.Path("link").c_str(), &status));
    EXPECT_TRUE(S_ISLNK(status.st_mode));
    ASSERT_EQ(0, stat(directory.Path("file").c_str(), &status));
    EXPECT_EQ(0604u, status.st_mode & 07777);
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_file_store(directory.Path("no/file").c_str(), "x", 1, nullptr));
    Done done;
    reseau_id store = reseau_file_store_start(directory.Path("second").c_str(), "two", 3, nullptr, Done::Call, &done);
    ASSERT_GT(store, 0);
    EXPECT_EQ(3, done.Await());
    EXPECT_EQ(0, reseau_wait_closed(store, RESEAU_FOREVER));
    EXPECT_EQ("two", Content(directory.Path("second")));
}

/* ---- Processes ---- */

TEST(ReseauFileFork, AChildMakesItsOwn) {
    TemporaryDirectory directory;
    File file(directory.Path("file"));
    Done done;
    ASSERT_EQ(0, reseau_file_write_start(file.id, "x", 1, 0, Done::Call, &done));
    EXPECT_EQ(1, done.Await());
    EXPECT_EQ(0, InChild([&] {
                  char byte = 0;
                  bool is_right = reseau_file_read(file.id, &byte, 1, 0) == RESEAU_ERROR_FORKED &&
                                  reseau_close(file.id) == RESEAU_ERROR_FORKED;
                  Done own;
                  reseau_id made = reseau_file_open(directory.Path("file").c_str(), RESEAU_FILE_READ, nullptr);
                  is_right = is_right && reseau_file_read_start(made, &byte, 1, 0, Done::Call, &own) == 0;
                  return is_right && own.Await() == 1 && byte == 'x' ? 0 : 1;
              }));
    EXPECT_EQ("x", file.Read(1, 0));
}

TEST(ReseauFileExit, WithWorkUnderWayIsTheProgramsOwn) {
    TemporaryDirectory directory;
    EXPECT_EQ(7, InChild([&]() -> int {
                  static std::string text(1 << 22, 't');
                  reseau_id file = reseau_file_open(directory.Path("file").c_str(), kAll, nullptr);
                  for (int i = 0; i < 50; ++i) {
                      reseau_file_write_start(
                          file, text.data(), text.size(), 0, [](reseau_id, int64_t, void *) {}, nullptr);
                  }
                  exit(7);
              }));
}
