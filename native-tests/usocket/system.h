/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_USOCKET_SYSTEM_H
#define RESEAU_TESTS_USOCKET_SYSTEM_H

/* What the tests of sockets in user space need of the system: names of POSIX, sockets and files of its own. */

#include "support/lock.h"

#if defined(_WIN32)
#    ifndef NOMINMAX
#        define NOMINMAX
#    endif
#    define RESEAU_USOCKET_POSIX_CONSTANTS
#    include <reseau/usocket.h>

#    include <afunix.h>
#    include <process.h>
#    include <windows.h>

#    include <cstdio>
#    include <cstring>
#    include <set>
#    include <string>

typedef ADDRESS_FAMILY sa_family_t;

/* The numbers that the tests expect of calls. */
inline const char *strerrorname_np(int number) {
    switch (number) {
#    define NAME_OF(error)                                                                                             \
    case error:                                                                                                        \
        return #error
        NAME_OF(EACCES);
        NAME_OF(EADDRINUSE);
        NAME_OF(EADDRNOTAVAIL);
        NAME_OF(EAFNOSUPPORT);
        NAME_OF(EAGAIN);
        NAME_OF(EALREADY);
        NAME_OF(EBADF);
        NAME_OF(EBUSY);
        NAME_OF(ECONNABORTED);
        NAME_OF(ECONNREFUSED);
        NAME_OF(ECONNRESET);
        NAME_OF(EDESTADDRREQ);
        NAME_OF(EDOM);
        NAME_OF(EEXIST);
        NAME_OF(EFAULT);
        NAME_OF(EINPROGRESS);
        NAME_OF(EINTR);
        NAME_OF(EINVAL);
        NAME_OF(EISCONN);
        NAME_OF(ELOOP);
        NAME_OF(EMSGSIZE);
        NAME_OF(ENFILE);
        NAME_OF(ENOBUFS);
        NAME_OF(ENOENT);
        NAME_OF(ENOPROTOOPT);
        NAME_OF(ENOTCONN);
        NAME_OF(ENOTSOCK);
        NAME_OF(ENOTTY);
        NAME_OF(EOPNOTSUPP);
        NAME_OF(EPERM);
        NAME_OF(EPIPE);
        NAME_OF(EPROTO);
        NAME_OF(EPROTONOSUPPORT);
        NAME_OF(EPROTOTYPE);
        NAME_OF(ETIMEDOUT);
        NAME_OF(EWOULDBLOCK);
#    undef NAME_OF
    default:
        return number == 0 ? "0" : "another error";
    }
}

inline SOCKET system_socket_new(int type) {
    static const int started = [] {
        WSADATA data;
        return WSAStartup(MAKEWORD(2, 2), &data);
    }();
    return started == 0 ? WSASocketW(AF_INET, type, 0, nullptr, 0, WSA_FLAG_OVERLAPPED) : INVALID_SOCKET;
}

/* Two sockets that are connected with each other, by the loopback. */
inline int system_pair(int type, int ends[2]) {
    SOCKET sockets[2] = {system_socket_new(type), system_socket_new(type)};
    struct sockaddr_in names[2] = {};
    int length = sizeof(names[0]);
    int room = 1 << 20;
    for (int i = 0; i < 2; ++i) {
        struct sockaddr *name = reinterpret_cast<struct sockaddr *>(&names[i]);
        names[i].sin_family = AF_INET;
        names[i].sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (bind(sockets[i], name, length) != 0 || getsockname(sockets[i], name, &length) != 0) {
            return -1;
        }
        setsockopt(sockets[i], SOL_SOCKET, SO_RCVBUF, reinterpret_cast<char *>(&room), sizeof(room));
    }
    struct sockaddr *first = reinterpret_cast<struct sockaddr *>(&names[0]);
    struct sockaddr *second = reinterpret_cast<struct sockaddr *>(&names[1]);
    if (type == SOCK_DGRAM) {
        if (connect(sockets[0], second, length) != 0 || connect(sockets[1], first, length) != 0) {
            return -1;
        }
    } else {
        SOCKET listener = sockets[1];
        if (listen(listener, 1) != 0 || connect(sockets[0], second, length) != 0) {
            return -1;
        }
        sockets[1] = accept(listener, nullptr, nullptr);
        closesocket(listener);
    }
    ends[0] = static_cast<int>(sockets[0]);
    ends[1] = static_cast<int>(sockets[1]);
    return 0;
}

inline reseau_ssize_t system_receive(int socket, char *into, size_t size) {
    return recv(static_cast<SOCKET>(socket), into, static_cast<int>(size), 0);
}

inline reseau_ssize_t system_send(int socket, const char *data, size_t size) {
    return send(static_cast<SOCKET>(socket), data, static_cast<int>(size), 0);
}

/* Calls do not wait any more. */
inline void system_set_nonblocking(int socket) {
    u_long yes = 1;
    ioctlsocket(static_cast<SOCKET>(socket), FIONBIO, &yes);
}

/* Those of which nothing more is received: nothing else ends a call that waits. */
struct SystemEnded {
    Lock lock;
    std::set<int> sockets;
};

inline SystemEnded &system_ended() {
    static SystemEnded ended;
    return ended;
}

/* Waits for something; 0 also when receiving was ended. */
inline reseau_ssize_t system_receive_or_end(int socket, char *into, size_t size) {
    struct pollfd one = {static_cast<SOCKET>(socket), POLLIN, 0};
    do {
        std::lock_guard<Lock> hold(system_ended().lock);
        if (system_ended().sockets.count(socket) != 0) {
            return 0;
        }
    } while (WSAPoll(&one, 1, 20) == 0);
    return system_receive(socket, into, size);
}

inline int system_close(int socket) {
    std::lock_guard<Lock> hold(system_ended().lock);
    system_ended().sockets.erase(socket);
    return closesocket(static_cast<SOCKET>(socket));
}

/* Who receives on another thread gets nothing more. */
inline void system_end_receiving(int socket) {
    std::lock_guard<Lock> hold(system_ended().lock);
    system_ended().sockets.insert(socket);
}

inline HANDLE system_handle(int number) {
    return reinterpret_cast<HANDLE>(static_cast<intptr_t>(number));
}

inline int system_number(HANDLE handle) {
    return static_cast<int>(reinterpret_cast<intptr_t>(handle));
}

inline bool system_is_readable(int event, int timeout) {
    return WaitForSingleObject(system_handle(event), static_cast<DWORD>(timeout)) == WAIT_OBJECT_0;
}

/* A file by its path. */
inline int system_memory_at(const std::string &path, DWORD disposition) {
    return system_number(CreateFileA(
        path.c_str(),
        GENERIC_READ | GENERIC_WRITE | DELETE,
        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
        nullptr,
        disposition,
        FILE_ATTRIBUTE_TEMPORARY,
        nullptr));
}

/* A file for memory that is shared; less than 0 on failure. */
inline int system_memory_new() {
    static int count = 0;
    char folder[MAX_PATH] = "";
    GetTempPathA(MAX_PATH, folder);
    return system_memory_at(
        folder + ("reseau-shared-" + std::to_string(_getpid()) + "-" + std::to_string(count++)), CREATE_ALWAYS);
}

inline std::string system_path(int memory) {
    char path[MAX_PATH] = "";
    GetFinalPathNameByHandleA(system_handle(memory), path, MAX_PATH, 0);
    return path;
}

/* The same file once more, whose locks are its own. */
inline int system_open_again(int memory) {
    return system_memory_at(system_path(memory), OPEN_EXISTING);
}

inline bool system_lock(int memory, unsigned at) {
    OVERLAPPED where = {};
    where.Offset = at;
    return LockFileEx(system_handle(memory), LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &where);
}

inline void *system_map(int memory, size_t size) {
    HANDLE section =
        CreateFileMappingA(system_handle(memory), nullptr, PAGE_READWRITE, 0, static_cast<DWORD>(size), nullptr);
    void *mapped = MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, size);
    CloseHandle(section);
    return mapped;
}

inline void system_unmap(void *mapped, size_t size) {
    (void)size;
    UnmapViewOfFile(mapped);
}

inline int system_handle_duplicate(int handle) {
    HANDLE copy = nullptr;
    DuplicateHandle(
        GetCurrentProcess(), system_handle(handle), GetCurrentProcess(), &copy, 0, FALSE, DUPLICATE_SAME_ACCESS);
    return system_number(copy);
}

/* Of a file that nobody else has open, the file goes, too. */
inline int system_handle_close(int handle) {
    FILE_DISPOSITION_INFO gone = {TRUE};
    SetFileInformationByHandle(system_handle(handle), FileDispositionInfo, &gone, sizeof(gone));
    return CloseHandle(system_handle(handle)) ? 0 : -1;
}
#else
#    include <arpa/inet.h>
#    include <fcntl.h>
#    include <netinet/in.h>
#    include <netinet/tcp.h>
#    include <poll.h>
#    include <sys/epoll.h>
#    include <sys/ioctl.h>
#    include <sys/mman.h>
#    include <sys/socket.h>
#    include <sys/uio.h>
#    include <sys/un.h>
#    include <unistd.h>

#    include <cstring>
#    include <string>

inline int system_pair(int type, int ends[2]) {
    return socketpair(AF_UNIX, type, 0, ends);
}

inline ssize_t system_receive(int socket, char *into, size_t size) {
    return recv(socket, into, size, 0);
}

inline ssize_t system_send(int socket, const char *data, size_t size) {
    return send(socket, data, size, MSG_NOSIGNAL);
}

inline int system_close(int socket) {
    return close(socket);
}

inline void system_set_nonblocking(int socket) {
    fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK);
}

inline ssize_t system_receive_or_end(int socket, char *into, size_t size) {
    return system_receive(socket, into, size);
}

inline void system_end_receiving(int socket) {
    shutdown(socket, SHUT_RDWR);
}

inline bool system_is_readable(int descriptor, int timeout) {
    struct pollfd one = {descriptor, POLLIN, 0};
    return ::poll(&one, 1, timeout) == 1;
}

inline int system_memory_new() {
    return memfd_create("reseau", MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

inline int system_open_again(int memory) {
    std::string path = "/proc/self/fd/" + std::to_string(memory);
    return open(path.c_str(), O_RDWR | O_CLOEXEC);
}

inline bool system_lock(int memory, unsigned at) {
    struct flock range = {};
    range.l_type = F_WRLCK;
    range.l_start = at;
    range.l_len = 1;
    return fcntl(memory, F_OFD_SETLK, &range) == 0;
}

inline void *system_map(int memory, size_t size) {
    void *mapped = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    return mapped == MAP_FAILED ? nullptr : mapped;
}

inline void system_unmap(void *mapped, size_t size) {
    munmap(mapped, size);
}

inline int system_handle_duplicate(int descriptor) {
    return dup(descriptor);
}

inline int system_handle_close(int descriptor) {
    return close(descriptor);
}
#endif

#endif /* RESEAU_TESTS_USOCKET_SYSTEM_H */
