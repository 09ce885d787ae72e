/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The functions of the C library that can be made to fail. Each asks the injector and else does what the real one does.
 * The kernel's promises are kept: a transfer that took less than it could, or none, is followed by the event that there
 * is more, for which the descriptor is armed again.
 */
#include "faults/injector.h"
#include "support/io_uring.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

namespace {

/* The function of that name that would have been called without this program. */
template <class Function> Function Real(const char *name) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

#define REAL(name)                                                                                                     \
    static const auto real = Real<decltype(&::name)>(#name);                                                           \
    const void *const caller = __builtin_return_address(0)

/* The one behind the last that has a name. */
#define TAKE_ARGUMENT(last)                                                                                            \
    va_list arguments;                                                                                                 \
    va_start(arguments, last);                                                                                         \
    void *argument = va_arg(arguments, void *);                                                                        \
    va_end(arguments)

/* What is known of a descriptor: which poller watches it and for what, and whether it carries a stream of bytes. */
struct Watch {
    int epoll = -1;
    struct epoll_event event = {};
    bool is_stream = false;
};

constexpr int kMostDescriptors = 4096;
std::mutex watch_mutex;
Watch watches[kMostDescriptors];

void Remember(int fd, bool is_stream) {
    std::lock_guard<std::mutex> lock(watch_mutex);
    if (fd >= 0 && fd < kMostDescriptors) {
        watches[fd] = Watch();
        watches[fd].is_stream = is_stream;
    }
}

bool IsStream(int fd) {
    std::lock_guard<std::mutex> lock(watch_mutex);
    return fd >= 0 && fd < kMostDescriptors && watches[fd].is_stream;
}

/* Arms the descriptor again: if it is ready, that is a new event. */
void Rearm(int fd) {
    std::lock_guard<std::mutex> lock(watch_mutex);
    if (fd >= 0 && fd < kMostDescriptors && watches[fd].epoll >= 0) {
        int error = errno;
        syscall(SYS_epoll_ctl, watches[fd].epoll, EPOLL_CTL_MOD, fd, &watches[fd].event);
        errno = error;
    }
}

/* Whether a send can be short, or would block: that promises an event, and a ring's poll cannot be armed again here. */
bool CanBeFull(int fd) {
    std::lock_guard<std::mutex> lock(watch_mutex);
    return !IsOnIoUring() || fd < 0 || fd >= kMostDescriptors || watches[fd].epoll >= 0;
}

/* A fault of a transfer. Would-block promises an event. */
bool TransferFails(Call call, int fd, const void *caller) {
    int error = 0;
    bool can_block = (call != Call::kSend && call != Call::kSendMsg) || CanBeFull(fd);
    if (FaultStrikes(call, caller, &error) && (can_block || error != EAGAIN)) {
        if (error == EAGAIN) {
            Rearm(fd);
        }
        errno = error;
        return true;
    }
    if (can_block && IsDribbling(caller) && IsStream(fd) && DribbleWouldBlock()) {
        Rearm(fd);
        errno = EAGAIN;
        return true;
    }
    return false;
}

/* How much of so many bytes to move. */
size_t Share(int fd, size_t size, const void *caller) {
    return size > 1 && IsDribbling(caller) && IsStream(fd) ? 1 : size;
}

/* After a transfer that was cut short. */
ssize_t Done(int fd, ssize_t count, size_t share, size_t size) {
    if (share != size) {
        Rearm(fd);
    }
    return count;
}

size_t SizeOf(const struct iovec *pieces, size_t count) {
    size_t size = 0;
    for (size_t i = 0; i < count; ++i) {
        size += pieces[i].iov_len;
    }
    return size;
}

/* The first byte of several pieces. */
struct iovec FirstByte(const struct iovec *pieces, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        if (pieces[i].iov_len != 0) {
            return {pieces[i].iov_base, 1};
        }
    }
    return {nullptr, 0};
}

bool Fails(Call call, const void *caller) {
    int error = 0;
    if (!FaultStrikes(call, caller, &error)) {
        return false;
    }
    errno = error;
    return true;
}

/* Streams of stdio whose error flag is to be set. */
std::atomic<FILE *> broken_file{nullptr};

} // namespace

extern "C" {

int socket(int domain, int type, int protocol) {
    REAL(socket);
    if (Fails(Call::kSocket, caller)) {
        return -1;
    }
    int fd = real(domain, type, protocol);
    Remember(fd, (type & 0xf) == SOCK_STREAM);
    return fd;
}

int bind(int fd, const struct sockaddr *address, socklen_t length) {
    REAL(bind);
    return Fails(Call::kBind, caller) ? -1 : real(fd, address, length);
}

int listen(int fd, int backlog) {
    REAL(listen);
    return Fails(Call::kListen, caller) ? -1 : real(fd, backlog);
}

int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags) {
    REAL(accept4);
    if (Fails(Call::kAccept, caller)) {
        return -1;
    }
    int accepted = real(fd, address, length, flags);
    Remember(accepted, true);
    return accepted;
}

/* A signal interrupts the wait, not the attempt. */
int connect(int fd, const struct sockaddr *address, socklen_t length) {
    REAL(connect);
    int error = 0;
    if (!FaultStrikes(Call::kConnect, caller, &error)) {
        return real(fd, address, length);
    }
    if (error == EINTR && real(fd, address, length) != 0 && errno != EINPROGRESS) {
        return -1;
    }
    errno = error;
    return -1;
}

int getsockname(int fd, struct sockaddr *address, socklen_t *length) {
    REAL(getsockname);
    return Fails(Call::kGetSockName, caller) ? -1 : real(fd, address, length);
}

int getsockopt(int fd, int level, int name, void *value, socklen_t *length) {
    REAL(getsockopt);
    return Fails(Call::kGetSockOpt, caller) ? -1 : real(fd, level, name, value, length);
}

int setsockopt(int fd, int level, int name, const void *value, socklen_t length) {
    REAL(setsockopt);
    return Fails(Call::kSetSockOpt, caller) ? -1 : real(fd, level, name, value, length);
}

/* It fails when the peer is gone; an event reports that, which does not come here: the end is sent. */
int shutdown(int fd, int how) {
    REAL(shutdown);
    int error = 0;
    bool fails = FaultStrikes(Call::kShutdown, caller, &error);
    int result = real(fd, how);
    if (fails) {
        errno = error;
        return -1;
    }
    return result;
}

ssize_t send(int fd, const void *data, size_t size, int flags) {
    REAL(send);
    if (TransferFails(Call::kSend, fd, caller)) {
        return -1;
    }
    size_t share = CanBeFull(fd) ? Share(fd, size, caller) : size;
    return Done(fd, real(fd, data, share, flags), share, size);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    REAL(sendmsg);
    if (TransferFails(Call::kSendMsg, fd, caller)) {
        return -1;
    }
    size_t size = SizeOf(message->msg_iov, message->msg_iovlen);
    if (!CanBeFull(fd) || Share(fd, size, caller) == size) {
        return real(fd, message, flags);
    }
    struct msghdr less = *message;
    struct iovec byte = FirstByte(message->msg_iov, message->msg_iovlen);
    less.msg_iov = &byte;
    less.msg_iovlen = 1;
    return Done(fd, real(fd, &less, flags), 1, size);
}

ssize_t read(int fd, void *buffer, size_t size) {
    REAL(read);
    if (TransferFails(Call::kRead, fd, caller)) {
        return -1;
    }
    size_t share = Share(fd, size, caller);
    return Done(fd, real(fd, buffer, share), share, size);
}

ssize_t readv(int fd, const struct iovec *pieces, int count) {
    REAL(readv);
    if (TransferFails(Call::kReadV, fd, caller)) {
        return -1;
    }
    size_t size = SizeOf(pieces, (size_t)count);
    if (Share(fd, size, caller) == size) {
        return real(fd, pieces, count);
    }
    struct iovec byte = FirstByte(pieces, (size_t)count);
    return Done(fd, real(fd, &byte, 1), 1, size);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags) {
    REAL(recvmsg);
    if (TransferFails(Call::kRecvMsg, fd, caller)) {
        return -1;
    }
    size_t size = SizeOf(message->msg_iov, message->msg_iovlen);
    if (Share(fd, size, caller) == size) {
        return real(fd, message, flags);
    }
    struct iovec *pieces = message->msg_iov;
    size_t count = message->msg_iovlen;
    struct iovec byte = FirstByte(pieces, count);
    message->msg_iov = &byte;
    message->msg_iovlen = 1;
    ssize_t received = real(fd, message, flags);
    message->msg_iov = pieces;
    message->msg_iovlen = count;
    return Done(fd, received, 1, size);
}

/* These two find out whether a closed connection may go. */
ssize_t recv(int fd, void *buffer, size_t size, int flags) {
    REAL(recv);
    return Fails(Call::kDiscard, caller) ? -1 : real(fd, buffer, size, flags);
}

int ioctl(int fd, unsigned long request, ...) __THROW {
    REAL(ioctl);
    TAKE_ARGUMENT(request);
    return Fails(Call::kBytesUnderWay, caller) ? -1 : real(fd, request, argument);
}

int poll(struct pollfd *descriptors, nfds_t count, int timeout) {
    REAL(poll);
    return Fails(Call::kPoll, caller) ? -1 : real(descriptors, count, timeout);
}

int sendmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags) {
    REAL(sendmmsg);
    return TransferFails(Call::kSendMany, fd, caller) ? -1 : real(fd, messages, count, flags);
}

int recvmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags, struct timespec *timeout) {
    REAL(recvmmsg);
    return TransferFails(Call::kReceiveMany, fd, caller) ? -1 : real(fd, messages, count, flags, timeout);
}

ssize_t sendfile(int fd, int file, off_t *offset, size_t size) __THROW {
    REAL(sendfile);
    if (TransferFails(Call::kSendFile, fd, caller)) {
        return -1;
    }
    size_t share = Share(fd, size, caller);
    return Done(fd, real(fd, file, offset, share), share, size);
}

int getpeername(int fd, struct sockaddr *address, socklen_t *length) __THROW {
    REAL(getpeername);
    return Fails(Call::kPeerName, caller) ? -1 : real(fd, address, length);
}

int fcntl(int fd, int command, ...) {
    REAL(fcntl);
    TAKE_ARGUMENT(command);
    return Fails(Call::kControl, caller) ? -1 : real(fd, command, argument);
}

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    if (TransferFails(Call::kWrite, fd, caller)) {
        return -1;
    }
    size_t share = Share(fd, size, caller);
    return Done(fd, real(fd, data, share), share, size);
}

ssize_t pwritev2(int fd, const struct iovec *pieces, int count, off_t offset, int flags) {
    REAL(pwritev2);
    if (Fails(Call::kLacksPipeWrite, caller)) {
        return -1;
    }
    if (TransferFails(Call::kPipeWrite, fd, caller)) {
        return -1;
    }
    size_t size = SizeOf(pieces, (size_t)count);
    if (Share(fd, size, caller) == size) {
        return real(fd, pieces, count, offset, flags);
    }
    struct iovec byte = FirstByte(pieces, (size_t)count);
    return Done(fd, real(fd, &byte, 1, offset, flags), 1, size);
}

/* Whatever it says, the descriptor is gone. */
int close(int fd) {
    REAL(close);
    int error = 0;
    bool fails = FaultStrikes(Call::kClose, caller, &error);
    Remember(fd, false);
    int result = real(fd);
    if (fails) {
        errno = error;
        return -1;
    }
    return result;
}

int pipe2(int fds[2], int flags) {
    REAL(pipe2);
    if (Fails(Call::kPipe, caller)) {
        return -1;
    }
    int result = real(fds, flags);
    if (result == 0) {
        Remember(fds[0], true);
        Remember(fds[1], true);
    }
    return result;
}

int eventfd(unsigned int initial, int flags) {
    REAL(eventfd);
    if (Fails(Call::kEventFd, caller)) {
        return -1;
    }
    int fd = real(initial, flags);
    Remember(fd, false);
    return fd;
}

int epoll_create1(int flags) {
    REAL(epoll_create1);
    return Fails(Call::kEpollCreate, caller) ? -1 : real(flags);
}

/* The kernel refuses to remove only what is not there: it is taken out all the same. */
int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event) {
    REAL(epoll_ctl);
    if (operation == EPOLL_CTL_ADD && Fails(Call::kEpollAdd, caller)) {
        return -1;
    }
    int error = 0;
    bool fails = operation == EPOLL_CTL_DEL && FaultStrikes(Call::kEpollRemove, caller, &error);
    {
        std::lock_guard<std::mutex> lock(watch_mutex);
        if (fd >= 0 && fd < kMostDescriptors && operation == EPOLL_CTL_ADD) {
            watches[fd].epoll = epoll;
            watches[fd].event = *event;
        } else if (fd >= 0 && fd < kMostDescriptors && operation == EPOLL_CTL_MOD) {
            watches[fd].event = *event;
        } else if (fd >= 0 && fd < kMostDescriptors && operation == EPOLL_CTL_DEL) {
            watches[fd].epoll = -1;
        }
    }
    int result = real(epoll, operation, fd, event);
    if (fails) {
        errno = error;
        return -1;
    }
    return result;
}

int epoll_wait(int epoll, struct epoll_event *events, int capacity, int timeout) {
    REAL(epoll_wait);
    return Fails(Call::kEpollWait, caller) ? -1 : real(epoll, events, capacity, timeout);
}

long syscall(long number, ...) __THROW {
    REAL(syscall);
    va_list arguments;
    va_start(arguments, number);
    long a = va_arg(arguments, long);
    long b = va_arg(arguments, long);
    long c = va_arg(arguments, long);
    long d = va_arg(arguments, long);
    long e = va_arg(arguments, long);
    long f = va_arg(arguments, long);
    va_end(arguments);
    constexpr long epoll_pwait2_number = 441;
    if (number == epoll_pwait2_number && (Fails(Call::kLacksEpollWait, caller) || Fails(Call::kEpollWait, caller))) {
        return -1;
    }
    if ((number == SYS_io_uring_setup && Fails(Call::kRingSetup, caller)) ||
        (number == SYS_io_uring_enter && Fails(Call::kRingEnter, caller)) ||
        (number == SYS_io_uring_register && Fails(Call::kRingRegister, caller))) {
        return -1;
    }
    return real(number, a, b, c, d, e, f);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
    REAL(pthread_create);
    int error = 0;
    return FaultStrikes(Call::kThreadCreate, caller, &error) ? error : real(thread, attributes, body, argument);
}

int pthread_attr_init(pthread_attr_t *attributes) __THROW {
    REAL(pthread_attr_init);
    int error = 0;
    return FaultStrikes(Call::kThreadAttributes, caller, &error) ? error : real(attributes);
}

int pthread_attr_getstacksize(const pthread_attr_t *attributes, size_t *size) __THROW {
    REAL(pthread_attr_getstacksize);
    int error = 0;
    return FaultStrikes(Call::kThreadStackSize, caller, &error) ? error : real(attributes, size);
}

int pthread_setname_np(pthread_t thread, const char *name) __THROW {
    REAL(pthread_setname_np);
    int error = 0;
    return FaultStrikes(Call::kThreadName, caller, &error) ? error : real(thread, name);
}

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    REAL(getaddrinfo);
    int error = 0;
    if (FaultStrikes(Call::kGetAddrInfo, caller, &error)) {
        errno = ENOMEM;
        return error;
    }
    return real(node, service, hints, result);
}

const char *inet_ntop(int family, const void *address, char *text, socklen_t size) __THROW {
    REAL(inet_ntop);
    return Fails(Call::kAddressToText, caller) ? nullptr : real(family, address, text, size);
}

int clock_gettime(clockid_t clock, struct timespec *time) __THROW {
    REAL(clock_gettime);
    return Fails(Call::kClock, caller) ? -1 : real(clock, time);
}

int prctl(int option, ...) __THROW {
    REAL(prctl);
    va_list arguments;
    va_start(arguments, option);
    unsigned long a = va_arg(arguments, unsigned long);
    unsigned long b = va_arg(arguments, unsigned long);
    unsigned long c = va_arg(arguments, unsigned long);
    unsigned long d = va_arg(arguments, unsigned long);
    va_end(arguments);
    return Fails(Call::kTimerSlack, caller) ? -1 : real(option, a, b, c, d);
}

FILE *fopen(const char *path, const char *mode) {
    REAL(fopen);
    return Fails(Call::kFileOpen, caller) ? nullptr : real(path, mode);
}

size_t fread(void *buffer, size_t size, size_t count, FILE *file) {
    REAL(fread);
    if (Fails(Call::kFileRead, caller)) {
        broken_file = file;
        return 0;
    }
    return real(buffer, size, count, file);
}

size_t fwrite(const void *data, size_t size, size_t count, FILE *file) {
    REAL(fwrite);
    if (Fails(Call::kFileWrite, caller)) {
        broken_file = file;
        return 0;
    }
    return real(data, size, count, file);
}

int ferror(FILE *file) __THROW {
    REAL(ferror);
    (void)caller;
    return broken_file == file ? 1 : real(file);
}

int fflush(FILE *file) {
    REAL(fflush);
    return Fails(Call::kFileFlush, caller) ? EOF : real(file);
}

int fseeko(FILE *file, off_t offset, int whence) {
    REAL(fseeko);
    return Fails(Call::kFileSeek, caller) ? -1 : real(file, offset, whence);
}

int fclose(FILE *file) {
    REAL(fclose);
    FILE *same = file;
    broken_file.compare_exchange_strong(same, nullptr);
    int error = 0;
    bool fails = FaultStrikes(Call::kFileClose, caller, &error);
    int result = real(file);
    if (fails) {
        errno = error;
        return EOF;
    }
    return result;
}

int statx(int directory, const char *path, int flags, unsigned int mask, struct statx *status) __THROW {
    REAL(statx);
    return Fails(Call::kFileStatus, caller) ? -1 : real(directory, path, flags, mask, status);
}

int open(const char *path, int flags, ...) {
    REAL(open);
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return Fails(Call::kOpen, caller) ? -1 : real(path, flags, mode);
}

ssize_t pread(int fd, void *buffer, size_t size, off_t offset) {
    REAL(pread);
    return Fails(Call::kReadAt, caller) ? -1 : real(fd, buffer, size, offset);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
    REAL(pwrite);
    return Fails(Call::kWriteAt, caller) ? -1 : real(fd, data, size, offset);
}

int fsync(int fd) {
    REAL(fsync);
    return Fails(Call::kSync, caller) ? -1 : real(fd);
}

int ftruncate(int fd, off_t length) __THROW {
    REAL(ftruncate);
    return Fails(Call::kTruncate, caller) ? -1 : real(fd, length);
}

int chmod(const char *path, mode_t mode) __THROW {
    REAL(chmod);
    return Fails(Call::kPermit, caller) ? -1 : real(path, mode);
}

int inotify_init1(int flags) __THROW {
    REAL(inotify_init1);
    return Fails(Call::kNotify, caller) ? -1 : real(flags);
}

int inotify_add_watch(int fd, const char *path, uint32_t mask) __THROW {
    REAL(inotify_add_watch);
    return Fails(Call::kNotifyAdd, caller) ? -1 : real(fd, path, mask);
}

int mkdir(const char *path, mode_t mode) __THROW {
    REAL(mkdir);
    return Fails(Call::kDirectoryMake, caller) ? -1 : real(path, mode);
}

int rmdir(const char *path) __THROW {
    REAL(rmdir);
    return Fails(Call::kDirectoryRemove, caller) ? -1 : real(path);
}

DIR *opendir(const char *path) {
    REAL(opendir);
    return Fails(Call::kDirectoryOpen, caller) ? nullptr : real(path);
}

struct dirent *readdir(DIR *directory) {
    REAL(readdir);
    return Fails(Call::kDirectoryRead, caller) ? nullptr : real(directory);
}

int closedir(DIR *directory) {
    REAL(closedir);
    int error = 0;
    bool fails = FaultStrikes(Call::kDirectoryClose, caller, &error);
    int result = real(directory);
    if (fails) {
        errno = error;
        return -1;
    }
    return result;
}

int unlink(const char *path) __THROW {
    REAL(unlink);
    return Fails(Call::kFileRemove, caller) ? -1 : real(path);
}

int rename(const char *from, const char *to) __THROW {
    REAL(rename);
    return Fails(Call::kFileMove, caller) ? -1 : real(from, to);
}

char *realpath(const char *path, char *resolved) __THROW {
    REAL(realpath);
    return Fails(Call::kFullPath, caller) ? nullptr : real(path, resolved);
}

FILE *popen(const char *command, const char *mode) {
    REAL(popen);
    return Fails(Call::kProcessOpen, caller) ? nullptr : real(command, mode);
}

/* The process is gone and its status lost. */
int pclose(FILE *stream) {
    REAL(pclose);
    FILE *same = stream;
    broken_file.compare_exchange_strong(same, nullptr);
    int error = 0;
    bool fails = FaultStrikes(Call::kProcessClose, caller, &error);
    int status = real(stream);
    if (fails) {
        errno = error;
        return -1;
    }
    return status;
}

int getpwuid_r(uid_t user, struct passwd *entry, char *room, size_t size, struct passwd **found) {
    REAL(getpwuid_r);
    int error = 0;
    if (FaultStrikes(Call::kUserEntry, caller, &error)) {
        *found = nullptr;
        return error;
    }
    return real(user, entry, room, size, found);
}

int getrusage(__rusage_who_t who, struct rusage *usage) __THROW {
    REAL(getrusage);
    return Fails(Call::kUsage, caller) ? -1 : real(who, usage);
}

int getrlimit(__rlimit_resource_t resource, struct rlimit *limit) __THROW {
    REAL(getrlimit);
    return Fails(Call::kGetLimit, caller) ? -1 : real(resource, limit);
}

int setrlimit(__rlimit_resource_t resource, const struct rlimit *limit) __THROW {
    REAL(setrlimit);
    return Fails(Call::kSetLimit, caller) ? -1 : real(resource, limit);
}

int setenv(const char *name, const char *value, int overwrite) __THROW {
    REAL(setenv);
    return Fails(Call::kSetEnvironment, caller) ? -1 : real(name, value, overwrite);
}

int unsetenv(const char *name) __THROW {
    REAL(unsetenv);
    return Fails(Call::kUnsetEnvironment, caller) ? -1 : real(name);
}

long sysconf(int name) __THROW {
    REAL(sysconf);
    return Fails(Call::kConfiguration, caller) ? -1 : real(name);
}

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes) __THROW {
    REAL(pthread_mutex_init);
    int error = 0;
    return FaultStrikes(Call::kMutexInit, caller, &error) ? error : real(mutex, attributes);
}

int pthread_cond_init(pthread_cond_t *condition, const pthread_condattr_t *attributes) __THROW {
    REAL(pthread_cond_init);
    int error = 0;
    return FaultStrikes(Call::kConditionInit, caller, &error) ? error : real(condition, attributes);
}

int pthread_rwlock_init(pthread_rwlock_t *lock, const pthread_rwlockattr_t *attributes) __THROW {
    REAL(pthread_rwlock_init);
    int error = 0;
    return FaultStrikes(Call::kLockInit, caller, &error) ? error : real(lock, attributes);
}

int pthread_attr_setstacksize(pthread_attr_t *attributes, size_t size) __THROW {
    REAL(pthread_attr_setstacksize);
    int error = 0;
    return FaultStrikes(Call::kThreadSetStackSize, caller, &error) ? error : real(attributes, size);
}

int pthread_attr_setaffinity_np(pthread_attr_t *attributes, size_t size, const cpu_set_t *processors) __THROW {
    REAL(pthread_attr_setaffinity_np);
    int error = 0;
    return FaultStrikes(Call::kThreadAffinity, caller, &error) ? error : real(attributes, size, processors);
}

void *dlopen(const char *path, int flags) {
    REAL(dlopen);
    return Fails(Call::kLibraryOpen, caller) ? nullptr : real(path, flags);
}

/* A signal comes at once. */
int nanosleep(const struct timespec *time, struct timespec *rest) {
    REAL(nanosleep);
    if (!Fails(Call::kSleep, caller)) {
        return real(time, rest);
    }
    *rest = *time;
    return -1;
}

ssize_t getrandom(void *buffer, size_t size, unsigned int flags) {
    REAL(getrandom);
    return Fails(Call::kRandom, caller) ? -1 : real(buffer, size, flags);
}

} /* extern "C" */
