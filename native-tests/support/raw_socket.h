/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_RAW_SOCKET_H
#define RESEAU_TESTS_RAW_SOCKET_H

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <string>

/* The system's own sockets, for peers that do what no library would. Blocking. Closed with the object. */
class RawSocket {
  public:
    explicit RawSocket(int fd = -1) : fd_(fd) {
    }

    RawSocket(RawSocket &&other) noexcept : fd_(other.fd_) {
        other.fd_ = -1;
    }

    RawSocket &operator=(RawSocket &&other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }

    ~RawSocket() {
        Close();
    }

    /* Listens on an IPv4 address, on a port that the system chooses if none is given. */
    static RawSocket Listen(const char *address, int backlog = 16, uint16_t port = 0) {
        RawSocket listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        struct sockaddr_in name = Ipv4(address, port);
        if (bind(listener.fd_, (struct sockaddr *)&name, sizeof(name)) != 0 || listen(listener.fd_, backlog) != 0) {
            listener.Close();
        }
        return listener;
    }

    /* The same on the IPv6 loopback address, which not every machine has. */
    static RawSocket ListenIpv6(int backlog = 16, uint16_t port = 0) {
        RawSocket listener(socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
        struct sockaddr_in6 name = {};
        name.sin6_family = AF_INET6;
        name.sin6_addr = in6addr_loopback;
        name.sin6_port = htons(port);
        if (bind(listener.fd_, (struct sockaddr *)&name, sizeof(name)) != 0 || listen(listener.fd_, backlog) != 0) {
            listener.Close();
        }
        return listener;
    }

    static RawSocket ListenUnix(const std::string &path, int backlog = 16) {
        RawSocket listener(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        struct sockaddr_un name = {};
        name.sun_family = AF_UNIX;
        strncpy(name.sun_path, path.c_str(), sizeof(name.sun_path) - 1);
        if (bind(listener.fd_, (struct sockaddr *)&name, sizeof(name)) != 0 || listen(listener.fd_, backlog) != 0) {
            listener.Close();
        }
        return listener;
    }

    static RawSocket Connect(const char *address, uint16_t port) {
        RawSocket connection(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        struct sockaddr_in name = Ipv4(address, port);
        if (connect(connection.fd_, (struct sockaddr *)&name, sizeof(name)) != 0) {
            connection.Close();
        }
        return connection;
    }

    RawSocket Accept() const {
        return AwaitReadable() ? RawSocket(accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC)) : RawSocket();
    }

    bool AwaitReadable(int milliseconds = 60000) const {
        if (!IsOpen()) {
            return false;
        }
        struct pollfd poll_fd = {fd_, POLLIN, 0};
        return poll(&poll_fd, 1, milliseconds) == 1;
    }

    uint16_t Port() const {
        struct sockaddr_in6 name = {};
        socklen_t length = sizeof(name);
        getsockname(fd_, (struct sockaddr *)&name, &length);
        return ntohs(name.sin6_port);
    }

    bool Write(const std::string &text) const {
        for (size_t sent = 0; sent < text.size();) {
            ssize_t count = send(fd_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
            if (count < 0) {
                return false;
            }
            sent += (size_t)count;
        }
        return true;
    }

    /* Everything up to the end of the stream, or to an error. */
    std::string ReadToEnd() const {
        std::string text;
        char buffer[65536];
        while (AwaitReadable()) {
            ssize_t count = recv(fd_, buffer, sizeof(buffer), 0);
            if (count <= 0) {
                break;
            }
            text.append(buffer, (size_t)count);
        }
        return text;
    }

    /* Makes close() send a reset. */
    void ResetOnClose() const {
        struct linger linger = {1, 0};
        setsockopt(fd_, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
    }

    void Close() {
        if (fd_ >= 0) {
            close(fd_);
            fd_ = -1;
        }
    }

    bool IsOpen() const {
        return fd_ >= 0;
    }

    int fd() const {
        return fd_;
    }

  private:
    static struct sockaddr_in Ipv4(const char *address, uint16_t port) {
        struct sockaddr_in name = {};
        name.sin_family = AF_INET;
        name.sin_port = htons(port);
        inet_pton(AF_INET, address, &name.sin_addr);
        return name;
    }

    int fd_;
};

/* An address that swallows connection attempts: a listener whose queue is full, so that the kernel drops what asks to
 * get in, as a firewall would. */
class BlackHole {
  public:
    explicit BlackHole(const char *address, uint16_t port = 0) : listener_(RawSocket::Listen(address, 0, port)) {
        /* A queue of length 0 holds one. */
        filler_ = RawSocket::Connect(address, listener_.Port());
        listener_.AwaitReadable();
    }

    bool IsOpen() const {
        return filler_.IsOpen();
    }

    uint16_t Port() const {
        return listener_.Port();
    }

    /* Makes room, so that attempts which the kernel repeats get through from now on. */
    void Open(int backlog = 16) {
        listen(listener_.fd(), backlog);
        accepted_ = listener_.Accept();
    }

    const RawSocket &listener() const {
        return listener_;
    }

  private:
    RawSocket listener_;
    RawSocket filler_;
    RawSocket accepted_;
};

/* Descriptors of the process that are sockets. */
inline int CountSockets() {
    int count = 0;
    DIR *directory = opendir("/proc/self/fd");
    while (struct dirent *entry = readdir(directory)) {
        char target[64] = {};
        std::string path = std::string("/proc/self/fd/") + entry->d_name;
        if (readlink(path.c_str(), target, sizeof(target) - 1) > 0 && strncmp(target, "socket:", 7) == 0) {
            count++;
        }
    }
    closedir(directory);
    return count;
}

/* Where a socket of IPv6 finds its own machine: 127.0.0.1 by way of IPv6 if the machine has no IPv6 address. */
inline const char *Ipv6Loopback() {
    static const bool has_own = RawSocket::ListenIpv6().IsOpen();
    return has_own ? "::1" : "::ffff:127.0.0.1";
}

#endif /* RESEAU_TESTS_RAW_SOCKET_H */
