/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Sockets by the numbers of their system calls, with no header of ours. Prints what arrived, and the errors.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static long require(long result, const char *what) {
    if (result < 0) {
        perror(what);
        exit(1);
    }
    return result;
}

static void print_failure(const char *what, long result) {
    printf("%s: %ld, %s\n", what, result, result < 0 ? strerror(errno) : "no error");
}

/* Functions of the program's own that have the names of the C library's, and call the system by number. */
static int s_own_calls;

int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags) {
    s_own_calls++;
    return (int)syscall(SYS_accept4, descriptor, address, length, flags);
}

ssize_t sendmsg(int descriptor, const struct msghdr *message, int flags) {
    s_own_calls++;
    return syscall(SYS_sendmsg, descriptor, message, flags);
}

static void print_option(long descriptor, int name) {
    int value = 0;
    socklen_t length = sizeof(value);
    require(syscall(SYS_getsockopt, descriptor, IPPROTO_TCP, name, &value, &length), "getsockopt");
    printf("option %d: %d\n", name, value);
}

static void stream(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);
    long listener = require(syscall(SYS_socket, AF_INET, SOCK_STREAM, 0), "socket");
    int on = 1;
    require(syscall(SYS_setsockopt, listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)), "setsockopt");
    int seconds = 77;
    require(syscall(SYS_setsockopt, listener, IPPROTO_TCP, TCP_KEEPIDLE, &seconds, sizeof(seconds)), "setsockopt");
    require(syscall(SYS_bind, listener, &address, sizeof(address)), "bind");
    require(syscall(SYS_listen, listener, 5), "listen");
    require(syscall(SYS_getsockname, listener, &address, &length), "getsockname");
    long client = require(syscall(SYS_socket, AF_INET, SOCK_STREAM, 0), "socket");
    require(syscall(SYS_connect, client, &address, sizeof(address)), "connect");
    print_failure("connect again", syscall(SYS_connect, client, &address, sizeof(address)));
    long server = require(accept4((int)listener, NULL, NULL, SOCK_CLOEXEC), "accept4");
    print_option(server, TCP_KEEPIDLE);
    struct sockaddr_in peer;
    length = sizeof(peer);
    require(syscall(SYS_getpeername, client, &peer, &length), "getpeername");
    printf("the peer is %s\n", peer.sin_port == address.sin_port ? "the listener" : "another");

    char text[] = "hello";
    struct iovec part = {.iov_base = text, .iov_len = 5};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    require(sendmsg((int)client, &message, 0), "sendmsg");
    require(syscall(SYS_sendto, client, " there", 6, 0, NULL, 0), "sendto");
    require(syscall(SYS_shutdown, client, SHUT_WR), "shutdown");
    char room[32] = "";
    long got = require(syscall(SYS_recvfrom, server, room, sizeof(room) - 1, MSG_WAITALL, NULL, NULL), "recvfrom");
    printf("%ld bytes: %s\n", got, room);
    int type = 0;
    length = sizeof(type);
    require(syscall(SYS_getsockopt, server, SOL_SOCKET, SO_TYPE, &type, &length), "getsockopt");
    printf("a %s\n", type == SOCK_STREAM ? "stream" : "socket of another type");
    close((int)server);
    close((int)client);
    close((int)listener);
}

static void datagrams(void) {
    int pair[2];
    require(syscall(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, pair), "socketpair");
    char texts[2][8] = {"one", "two"};
    struct iovec parts[2] = {{texts[0], 3}, {texts[1], 3}};
    struct mmsghdr messages[2] = {
        {.msg_hdr = {.msg_iov = &parts[0], .msg_iovlen = 1}}, {.msg_hdr = {.msg_iov = &parts[1], .msg_iovlen = 1}}};
    printf("%ld sent\n", require(syscall(SYS_sendmmsg, pair[0], messages, 2, 0), "sendmmsg"));
    memset(texts, 0, sizeof(texts));
    printf("%ld received", require(syscall(SYS_recvmmsg, pair[1], messages, 2, 0, NULL), "recvmmsg"));
    printf(": %s %s\n", texts[0], texts[1]);
    print_failure("no socket", syscall(SYS_listen, 0, 1));
}

int main(void) {
    stream();
    datagrams();
    printf("%d calls of its own functions\n", s_own_calls);
    return 0;
}
