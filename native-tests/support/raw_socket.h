/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_RAW_SOCKET_H
#define RESEAU_TESTS_RAW_SOCKET_H

#if defined(_WIN32)
#    ifndef NOMINMAX
#        define NOMINMAX
#    endif
#    include <winsock2.h>

#    include <afunix.h>
#    include <iphlpapi.h>
#    include <ws2tcpip.h>
#    include <vector>

typedef struct sockaddr_un sockaddr_un;
typedef ADDRESS_FAMILY sa_family_t;
typedef SOCKET raw_socket_t;

enum { SOCK_CLOEXEC = 0, MSG_NOSIGNAL = 0 };
enum { SHUT_RD = SD_RECEIVE, SHUT_WR = SD_SEND, SHUT_RDWR = SD_BOTH };

/* Winsock is started by whoever uses it; the library does so for itself. */
static inline raw_socket_t raw_socket_new(int family) {
    static const int started = [] {
        WSADATA data;
        return WSAStartup(MAKEWORD(2, 2), &data);
    }();
    return started == 0 ? WSASocketW(family, SOCK_STREAM, 0, NULL, 0, WSA_FLAG_OVERLAPPED) : INVALID_SOCKET;
}

static inline raw_socket_t raw_socket_accept(raw_socket_t listener) {
    return accept(listener, NULL, NULL);
}

static inline void raw_socket_close(raw_socket_t socket) {
    closesocket(socket);
}

static inline int poll(struct pollfd *fds, unsigned long count, int milliseconds) {
    return WSAPoll(fds, count, milliseconds);
}

/*
 * The state of a connection over IPv4 in the system's table; CLOSED if it is not there, and 0 if there is no table.
 * Only of those that are connected: Wine takes seconds to look up the owners of thousands that are over.
 */
static inline DWORD raw_socket_tcp_state(raw_socket_t socket) {
    struct sockaddr_in own = {}, peer = {};
    int length = sizeof(own);
    if (getsockname(socket, (struct sockaddr *)&own, &length) != 0 || own.sin_family != AF_INET) {
        return 0;
    }
    length = sizeof(peer);
    getpeername(socket, (struct sockaddr *)&peer, &length);
    std::vector<char> memory(1 << 16);
    ULONG size = (ULONG)memory.size();
    DWORD status;
    const TCP_TABLE_CLASS connections = TCP_TABLE_BASIC_CONNECTIONS;
    while ((status = GetExtendedTcpTable(memory.data(), &size, FALSE, AF_INET, connections, 0)) ==
           ERROR_INSUFFICIENT_BUFFER) {
        memory.resize(size);
    }
    if (status != NO_ERROR) {
        return 0;
    }
    const auto *table = (const MIB_TCPTABLE *)memory.data();
    for (DWORD i = 0; i < table->dwNumEntries; ++i) {
        const MIB_TCPROW &row = table->table[i];
        if (row.dwLocalAddr == own.sin_addr.s_addr && (u_short)row.dwLocalPort == own.sin_port &&
            row.dwRemoteAddr == peer.sin_addr.s_addr && (u_short)row.dwRemotePort == peer.sin_port) {
            return row.dwState;
        }
    }
    return MIB_TCP_STATE_CLOSED;
}

/* Waits until the system knows that the peer is done sending; false after a minute without. WSAPoll() does not say so
 * everywhere while there is something to read. */
static inline bool raw_socket_await_peers_end(raw_socket_t socket) {
    for (int i = 0; i < 6000; ++i) {
        switch (raw_socket_tcp_state(socket)) {
        case MIB_TCP_STATE_CLOSED:
        case MIB_TCP_STATE_CLOSE_WAIT:
        case MIB_TCP_STATE_CLOSING:
        case MIB_TCP_STATE_LAST_ACK:
        case MIB_TCP_STATE_TIME_WAIT:
            return true;
        default:
            Sleep(10);
        }
    }
    return false;
}
#else
#    include <arpa/inet.h>
#    include <netinet/in.h>
#    include <poll.h>
#    include <sys/socket.h>
#    include <sys/un.h>
#    include <unistd.h>

typedef int raw_socket_t;

static inline raw_socket_t raw_socket_new(int family) {
    return socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static inline raw_socket_t raw_socket_accept(raw_socket_t listener) {
    return accept4(listener, NULL, NULL, SOCK_CLOEXEC);
}

static inline void raw_socket_close(raw_socket_t socket) {
    close(socket);
}

/* Waits until the system knows that the peer is done sending; false after a minute without. */
static inline bool raw_socket_await_peers_end(raw_socket_t socket) {
    struct pollfd poll_fd = {socket, POLLRDHUP, 0};
    return poll(&poll_fd, 1, 60000) == 1;
}
#endif

#include <aws/io/socket.h>

/* The system's own handle of a socket of the library's. */
static inline raw_socket_t system_socket(const struct aws_socket *socket) {
#if defined(_WIN32)
    return (raw_socket_t)socket->io_handle.data.handle;
#else
    return socket->io_handle.data.fd;
#endif
}

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
    explicit RawSocket(raw_socket_t fd = (raw_socket_t)-1) : fd_(fd) {
    }

    RawSocket(RawSocket &&other) noexcept : fd_(other.fd_) {
        other.fd_ = (raw_socket_t)-1;
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
        RawSocket listener(raw_socket_new(name.Family()));
        if (bind(listener.fd_, name.get(), name.Size()) != 0 || listen(listener.fd_, backlog) != 0) {
            listener.Close();
        }
        return listener;
    }

    static RawSocket Connect(const char *address, uint16_t port) {
        return Connect(SocketName::Ipv4(address, port));
    }

    static RawSocket Connect(const SocketName &name) {
        RawSocket connection(raw_socket_new(name.Family()));
        if (connect(connection.fd_, name.get(), name.Size()) != 0) {
            connection.Close();
        }
        return connection;
    }

    RawSocket Accept() const {
        return AwaitReadable() ? RawSocket(raw_socket_accept(fd_)) : RawSocket();
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
        setsockopt(fd_, SOL_SOCKET, SO_LINGER, (const char *)&linger, sizeof(linger));
    }

    void Close() {
        if (IsOpen()) {
            raw_socket_close(fd_);
            fd_ = (raw_socket_t)-1;
        }
    }

    bool IsOpen() const {
        return fd_ != (raw_socket_t)-1;
    }

    raw_socket_t fd() const {
        return fd_;
    }

  private:
    raw_socket_t fd_;
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
