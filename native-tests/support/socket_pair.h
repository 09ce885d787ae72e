/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_SOCKET_PAIR_H
#define RESEAU_TESTS_SOCKET_PAIR_H

/* Two connected sockets as numbers, and calls on them; on Windows, which has no pairs, they are connected by TCP. */

#include "support/raw_socket.h"

#include <stdint.h>

#if defined(_WIN32)
static inline int socket_pair(int ends[2]) {
    SOCKET listener = raw_socket_new(AF_INET);
    struct sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int length = sizeof(address);
    SOCKET first = raw_socket_new(AF_INET);
    bool is_good = bind(listener, (struct sockaddr *)&address, length) == 0 && listen(listener, 1) == 0 &&
                   getsockname(listener, (struct sockaddr *)&address, &length) == 0 &&
                   connect(first, (struct sockaddr *)&address, length) == 0;
    SOCKET second = is_good ? raw_socket_accept(listener) : INVALID_SOCKET;
    closesocket(listener);
    ends[0] = (int)first;
    ends[1] = (int)second;
    return second == INVALID_SOCKET ? -1 : 0;
}

static inline int socket_close(int socket) {
    return closesocket((SOCKET)socket);
}

static inline int64_t socket_read(int socket, void *buffer, size_t size) {
    return recv((SOCKET)socket, (char *)buffer, (int)size, 0);
}

static inline int64_t socket_write(int socket, const void *data, size_t length) {
    return send((SOCKET)socket, (const char *)data, (int)length, 0);
}

/* No more is sent. */
static inline int socket_end(int socket) {
    return shutdown((SOCKET)socket, SD_SEND);
}

static inline void socket_set_nonblocking(int socket) {
    u_long is_on = 1;
    ioctlsocket((SOCKET)socket, FIONBIO, &is_on);
}

static inline int datagram_socket_new(void) {
    raw_socket_close(raw_socket_new(AF_INET));
    return (int)WSASocketW(AF_INET, SOCK_DGRAM, 0, NULL, 0, WSA_FLAG_OVERLAPPED);
}
#else
#    include <fcntl.h>

static inline int socket_pair(int ends[2]) {
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
}

static inline int socket_close(int socket) {
    return close(socket);
}

static inline int64_t socket_read(int socket, void *buffer, size_t size) {
    return read(socket, buffer, size);
}

static inline int64_t socket_write(int socket, const void *data, size_t length) {
    return write(socket, data, length);
}

static inline int socket_end(int socket) {
    return shutdown(socket, SHUT_WR);
}

static inline void socket_set_nonblocking(int socket) {
    fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK);
}

static inline int datagram_socket_new(void) {
    return socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}
#endif

#endif /* RESEAU_TESTS_SOCKET_PAIR_H */
