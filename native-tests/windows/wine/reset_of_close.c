/* SPDX-License-Identifier: Apache-2.0 */
/* A socket that is closed with SO_LINGER on and no time resets its connection: the peer's next receive says so. */
#include <winsock2.h>

#include <stdio.h>

int main(void) {
    WSADATA data;
    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return 2;
    struct sockaddr_in name = {0};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int length = sizeof(name);
    SOCKET listener = socket(AF_INET, SOCK_STREAM, 0), closed = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&name, length) != 0 || listen(listener, 1) != 0 ||
        getsockname(listener, (struct sockaddr *)&name, &length) != 0 ||
        connect(closed, (struct sockaddr *)&name, length) != 0)
        return 2;
    SOCKET peer = accept(listener, NULL, NULL);
    struct linger reset = {1, 0};
    if (peer == INVALID_SOCKET || setsockopt(closed, SOL_SOCKET, SO_LINGER, (const char *)&reset, sizeof(reset)) != 0 ||
        closesocket(closed) != 0)
        return 2;
    char byte;
    int count = recv(peer, &byte, 1, 0);
    int error = count < 0 ? WSAGetLastError() : 0;
    printf("the receive: %d, error %d\n", count, error);
    return error == WSAECONNRESET ? 0 : count == 0 ? 1 : 2;
}
