/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_RAW_SOCKET_H
#define RESEAU_TESTS_RAW_SOCKET_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <string>

/* An address as the system takes it. */
class SocketName {
  public:
    static SocketName Ipv4(const char *address, uint16_t port) {
        SocketName name;
        auto *ipv4 = name.Begin<struct sockaddr_in>(AF_INET);
        ipv4->sin_port = htons(port);
        inet_pton(AF_INET, address, &ipv4->sin_addr);
        return name;
    }

    /* The loopback address. */
    static SocketName Ipv6(uint16_t port) {
        SocketName name;
        auto *ipv6 = name.Begin<struct sockaddr_in6>(AF_INET6);
        ipv6->sin6_port = htons(port);
        ipv6->sin6_addr = in6addr_loopback;
        return name;
    }

    static SocketName Unix(const std::string &path) {
        SocketName name;
        auto *local = name.Begin<struct sockaddr_un>(AF_UNIX);
        strncpy(local->sun_path, path.c_str(), sizeof(local->sun_path) - 1);
        return name;
    }

    int Family() const {
        return storage_.ss_family;
    }
    const struct sockaddr *get() const {
        return (const struct sockaddr *)&storage_;
    }
    socklen_t Size() const {
        return size_;
    }

  private:
    template <class Name> Name *Begin(int family) {
        storage_.ss_family = (sa_family_t)family;
        size_ = sizeof(Name);
        return (Name *)&storage_;
    }

    struct sockaddr_storage storage_ = {};
    socklen_t size_ = 0;
};

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
        return Listen(SocketName::Ipv4(address, port), backlog);
    }

    /* The same on the IPv6 loopback address, which not every machine has. */
    static RawSocket ListenIpv6(int backlog = 16, uint16_t port = 0) {
        return Listen(SocketName::Ipv6(port), backlog);
    }

    static RawSocket ListenUnix(const std::string &path, int backlog = 16) {
        return Listen(SocketName::Unix(path), backlog);
    }

    static RawSocket Listen(const SocketName &name, int backlog) {
        RawSocket listener(socket(name.Family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (bind(listener.fd_, name.get(), name.Size()) != 0 || listen(listener.fd_, backlog) != 0) {
            listener.Close();
        }
        return listener;
    }

    static RawSocket Connect(const char *address, uint16_t port) {
        return Connect(SocketName::Ipv4(address, port));
    }

    static RawSocket Connect(const SocketName &name) {
        RawSocket connection(socket(name.Family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (connect(connection.fd_, name.get(), name.Size()) != 0) {
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
    int fd_;
};

/* An address that drops connection attempts: a listener whose queue is full, so that the kernel drops what asks to
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

/* Where a socket of IPv6 finds its own machine: 127.0.0.1 by way of IPv6 if the machine has no IPv6 address. */
inline const char *Ipv6Loopback() {
    static const bool has_own = RawSocket::ListenIpv6().IsOpen();
    return has_own ? "::1" : "::ffff:127.0.0.1";
}

#endif /* RESEAU_TESTS_RAW_SOCKET_H */
