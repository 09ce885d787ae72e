/* SPDX-License-Identifier: Apache-2.0 */
/* A program that knows nothing of us, by the names that its header maps. */
#if defined(_WIN32)
#    include <winsock2.h>
#    include <ws2tcpip.h>
#else
#    include <arpa/inet.h>
#    include <fcntl.h>
#    include <netinet/in.h>
#    include <poll.h>
#    include <sys/ioctl.h>
#    include <sys/select.h>
#    include <sys/socket.h>
#    include <unistd.h>
#endif
#include <errno.h>
#include <string.h>

#define RESEAU_USOCKET_POSIX_NAMES
#include <reseau/usocket.h>

int posix_names_exchange(void);

/* 0 if everything was as POSIX says; else the line where it was not. */
#define CHECK(is_so)                                                                                                   \
    if (!(is_so))                                                                                                      \
    return __LINE__

int posix_names_exchange(void) {
    struct sockaddr_in address;
    socklen_t length = sizeof(address);
    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(listener >= RESEAU_USOCKET_FIRST);
    CHECK(bind(listener, (struct sockaddr *)&address, sizeof(address)) == 0);
    CHECK(listen(listener, SOMAXCONN) == 0);
    CHECK(getsockname(listener, (struct sockaddr *)&address, &length) == 0);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(client, (struct sockaddr *)&address, length) == 0);
    int server = accept(listener, NULL, NULL);
    CHECK(server >= RESEAU_USOCKET_FIRST);
    CHECK(write(client, "hello", 5) == 5);

    fd_set set;
    FD_ZERO(&set);
    FD_SET(server, &set);
    CHECK(select(server + 1, &set, NULL, NULL, NULL) == 1);
    CHECK(FD_ISSET(server, &set));
    int count = 0;
    CHECK(ioctl(server, FIONREAD, &count) == 0 && count == 5);
    char room[10];
    CHECK(recv(server, room, sizeof(room), 0) == 5);
    CHECK(memcmp(room, "hello", 5) == 0);

    CHECK(fcntl(server, F_SETFL, fcntl(server, F_GETFL) | O_NONBLOCK) == 0);
    CHECK(read(server, room, sizeof(room)) == -1 && errno == EAGAIN);
    CHECK(shutdown(client, SHUT_WR) == 0);
    struct pollfd one = {server, POLLIN, 0};
    CHECK(poll(&one, 1, -1) == 1 && one.revents == POLLIN);
    CHECK(read(server, room, sizeof(room)) == 0);
    CHECK(close(server) == 0 && close(client) == 0 && close(listener) == 0);
    CHECK(close(listener) == -1 && errno == EBADF);
    return 0;
}
