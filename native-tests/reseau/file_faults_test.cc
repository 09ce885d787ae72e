/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls of the C library that fail under files: this program has functions of those names, which the library calls, and
 * which fail when they are to.
 */
#include "support/fork.h"
#include "support/reseau_peer.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/inotify.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <string>

/* A call that fails with an errno, so many times. */
struct Fault {
    std::atomic<int> error{0};
    std::atomic<int> times{0};
    std::atomic<int> calls{0};

    void Fail(int with, int often = 1) {
        error = with;
        times = often;
    }
    bool Strikes() {
        ++calls;
        int left = times;
        while (left > 0 && !times.compare_exchange_weak(left, left - 1)) {
        }
        errno = left > 0 ? error.load() : errno;
        return left > 0;
    }
};

static Fault fault_of_fsync, fault_of_ftruncate, fault_of_sendfile, fault_of_init, fault_of_add, fault_of_pwrite,
    fault_of_create;

template <class Function> static Function Real(Function, const char *name) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

#define REAL(function) static auto real = Real(&function, #function)

extern "C" {
int fsync(int descriptor) {
    REAL(fsync);
    return fault_of_fsync.Strikes() ? -1 : real(descriptor);
}

int ftruncate(int descriptor, off_t length) noexcept {
    REAL(ftruncate);
    return fault_of_ftruncate.Strikes() ? -1 : real(descriptor, length);
}

ssize_t sendfile(int out, int in, off_t *offset, size_t count) noexcept {
    REAL(sendfile);
    return fault_of_sendfile.Strikes() ? -1 : real(out, in, offset, count);
}

int inotify_init1(int flags) noexcept {
    REAL(inotify_init1);
    return fault_of_init.Strikes() ? -1 : real(flags);
}

int inotify_add_watch(int descriptor, const char *path, uint32_t mask) noexcept {
    REAL(inotify_add_watch);
    return fault_of_add.Strikes() ? -1 : real(descriptor, path, mask);
}

ssize_t pwrite(int descriptor, const void *data, size_t size, off_t offset) {
    REAL(pwrite);
    return fault_of_pwrite.Strikes() ? -1 : real(descriptor, data, size, offset);
}

/* Permission bits with which files have been made. */
static std::atomic<unsigned> made_with{0};

int open(const char *path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    REAL(open);
    if ((flags & O_CREAT) != 0) {
        made_with |= mode;
    }
    return real(path, flags, mode);
}

int pthread_create(
    pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) noexcept {
    REAL(pthread_create);
    return fault_of_create.Strikes() ? fault_of_create.error.load() : real(thread, attributes, start, argument);
}
}

namespace {

std::string Load(const std::string &path) {
    void *data = nullptr;
    int64_t length = reseau_file_load(path.c_str(), &data, 1 << 24);
    std::string text((const char *)data, length < 0 ? 0 : (size_t)length);
    reseau_free(data);
    return text;
}

} // namespace

TEST(ReseauFileFaults, AFileThatTheKernelCannotSendIsCopied) {
    TemporaryDirectory directory;
    std::string content = Pattern(3000000);
    directory.Write("file", content);
    for (int error : {EINVAL, ENOSYS, EPERM, EOPNOTSUPP}) {
        Pair pair;
        fault_of_sendfile.Fail(error, 1000000);
        int before = fault_of_sendfile.calls;
        ASSERT_EQ(3000000, reseau_send_file(pair.client, directory.Path("file").c_str(), 0, -1));
        EXPECT_TRUE(content == ReadExactly(pair.server, content.size())) << error;
        EXPECT_GT(fault_of_sendfile.calls, before) << "it was asked";
        fault_of_sendfile.Fail(0, 0);
    }
}

TEST(ReseauFileFaults, WhatASignalInterruptsIsMadeAgain) {
    TemporaryDirectory directory;
    std::string content = Pattern(300000);
    directory.Write("file", content);
    Pair pair;
    fault_of_sendfile.Fail(EINTR, 3);
    ASSERT_EQ(300000, reseau_send_file(pair.client, directory.Path("file").c_str(), 0, -1));
    EXPECT_TRUE(content == ReadExactly(pair.server, content.size()));
    reseau_id file = reseau_file_open(directory.Path("file").c_str(), RESEAU_FILE_READ | RESEAU_FILE_WRITE, nullptr);
    fault_of_fsync.Fail(EINTR, 2);
    fault_of_ftruncate.Fail(EINTR, 2);
    EXPECT_EQ(0, reseau_file_sync(file));
    EXPECT_EQ(0, reseau_file_truncate(file, 5));
    reseau_close(file);
    reseau_wait_closed(file, RESEAU_FOREVER);
}

TEST(ReseauFileFaults, AFileThatCannotBeReadEndsTheConnection) {
    TemporaryDirectory directory;
    directory.Write("file", "content");
    Recorder recorder;
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
    ASSERT_GT(client, 0);
    fault_of_sendfile.Fail(EIO);
    ASSERT_EQ(7, reseau_send_file(client, directory.Path("file").c_str(), 0, -1));
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(RESEAU_ERROR_FILE, recorder.Infos()[0].error);
    reseau_close(listener);
}

TEST(ReseauFileFaults, ErrorsOfTheDiskHaveTheirNumbers) {
    TemporaryDirectory directory;
    reseau_id file = reseau_file_open(directory.Path("file").c_str(), RESEAU_FILE_WRITE | RESEAU_FILE_CREATE, nullptr);
    ASSERT_GT(file, 0);
    fault_of_fsync.Fail(ENOSPC);
    EXPECT_EQ(RESEAU_ERROR_NO_SPACE, reseau_file_sync(file));
    fault_of_fsync.Fail(EIO);
    EXPECT_EQ(RESEAU_ERROR_FILE, reseau_file_sync(file));
    fault_of_ftruncate.Fail(EIO);
    EXPECT_EQ(RESEAU_ERROR_FILE, reseau_file_truncate(file, 1));
    fault_of_pwrite.Fail(ENOSPC);
    EXPECT_EQ(RESEAU_ERROR_NO_SPACE, reseau_file_write(file, "x", 1, 0));
    EXPECT_EQ(1, reseau_file_write(file, "x", 1, 0)) << "the file can be used after it";
    reseau_close(file);
    reseau_wait_closed(file, RESEAU_FOREVER);
}

TEST(ReseauFileFaults, AFailedReplacementLeavesTheOldFileAndNothingElse) {
    TemporaryDirectory directory;
    directory.Write("file", "old");
    std::string path = directory.Path("file");
    fault_of_pwrite.Fail(ENOSPC);
    EXPECT_EQ(RESEAU_ERROR_NO_SPACE, reseau_file_store(path.c_str(), "new", 3, nullptr));
    fault_of_fsync.Fail(EIO);
    EXPECT_EQ(RESEAU_ERROR_FILE, reseau_file_store(path.c_str(), "new", 3, nullptr));
    EXPECT_EQ("old", Load(path));
    int names = 0;
    for (auto &entry : std::filesystem::directory_iterator(directory.Path())) {
        (void)entry;
        ++names;
    }
    EXPECT_EQ(1, names);
    EXPECT_EQ(3, reseau_file_store(path.c_str(), "new", 3, nullptr));
    EXPECT_EQ("new", Load(path));
}

TEST(ReseauFileFaults, AWatchThatTheSystemRefusesIsAnError) {
    auto nothing = [](reseau_id, const struct reseau_file_change *, void *) {};
    fault_of_init.Fail(EMFILE);
    EXPECT_EQ(RESEAU_ERROR_TOO_MANY_FILES, reseau_file_watch("/tmp", nullptr, nothing, nullptr));
    fault_of_init.Fail(ENOSYS);
    EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_file_watch("/tmp", nullptr, nothing, nullptr));
    fault_of_add.Fail(ENOSPC);
    EXPECT_EQ(RESEAU_ERROR_TOO_MANY_FILES, reseau_file_watch("/tmp", nullptr, nothing, nullptr));
    fault_of_add.Fail(EACCES);
    EXPECT_EQ(RESEAU_ERROR_ACCESS_DENIED, reseau_file_watch("/tmp", nullptr, nothing, nullptr));
}

/* In a process that has none yet. Returns 0, or the number of what went wrong. */
static int UseWithoutThreads(const std::string &path) {
    auto done = [](reseau_id, int64_t result, void *state) {
        if (state == nullptr || result != 1) {
            _exit(100); /* nothing was begun */
        }
        static_cast<Signal *>(state)->Raise();
    };
    char byte;
    reseau_id file = reseau_file_open(path.c_str(), RESEAU_FILE_READ, nullptr);
    fault_of_create.Fail(EAGAIN, 1000);
    if (reseau_file_read_start(file, &byte, 1, 0, done, nullptr) != RESEAU_ERROR_NO_MEMORY) {
        return 1;
    }
    if (reseau_file_open_start(path.c_str(), RESEAU_FILE_READ, nullptr, done, nullptr) != RESEAU_ERROR_NO_MEMORY) {
        return 2;
    }
    if (reseau_file_read(file, &byte, 1, 0) != 1) {
        return 3; /* blocking calls need none */
    }
    if (reseau_close(file) != 0 || reseau_wait_closed(file, 60000) != 0) {
        return 4; /* the handle is closed without one, too */
    }
    fault_of_create.Fail(0, 0);
    Signal signal;
    file = reseau_file_open(path.c_str(), RESEAU_FILE_READ, nullptr);
    return reseau_file_read_start(file, &byte, 1, 0, done, &signal) == 0 && signal.Wait() ? 0 : 5;
}

TEST(ReseauFileFaults, WithoutAThreadNothingBegins) {
    TemporaryDirectory directory;
    directory.Write("file", "content");
    std::string path = directory.Path("file");
    EXPECT_EQ(0, InChild([&] { return UseWithoutThreads(path); }));
}

TEST(ReseauFileFaults, WhatReplacesAFileThatNobodyMayOpenIsNeverOpenToOthers) {
    TemporaryDirectory directory;
    std::string path = directory.Path("closed");
    directory.Write("closed", "old");
    ASSERT_EQ(0, chmod(path.c_str(), 0));
    made_with = 0;
    EXPECT_EQ(3, reseau_file_store(path.c_str(), "new", 3, nullptr));
    EXPECT_EQ(0600u, made_with);
    struct stat status;
    ASSERT_EQ(0, stat(path.c_str(), &status));
    EXPECT_EQ(0u, status.st_mode & 07777);
}
