/* SPDX-License-Identifier: Apache-2.0 */
/* A socket that is watched says by its next receive that the peer has reset the connection. */
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
    SOCKET listener = socket(AF_INET, SOCK_STREAM, 0), peer = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&name, length) != 0 || listen(listener, 1) != 0 ||
        getsockname(listener, (struct sockaddr *)&name, &length) != 0 ||
        connect(peer, (struct sockaddr *)&name, length) != 0)
        return 2;
    SOCKET watched = accept(listener, NULL, NULL);
    WSAEVENT event = WSACreateEvent();
    struct linger reset = {1, 0};
    if (watched == INVALID_SOCKET || WSAEventSelect(watched, event, FD_READ | FD_CLOSE) != 0 ||
        setsockopt(peer, SOL_SOCKET, SO_LINGER, (const char *)&reset, sizeof(reset)) != 0 || closesocket(peer) != 0)
        return 2;
    DWORD waited = WSAWaitForMultipleEvents(1, &event, TRUE, 3000, FALSE);
    char byte;
    int count = recv(watched, &byte, 1, 0);
    int error = count < 0 ? WSAGetLastError() : 0;
    printf("event: %d; the receive: %d, error %d\n", waited == WSA_WAIT_EVENT_0, count, error);
    return error == WSAECONNRESET ? 0 : count == 0 ? 1 : 2;
}
