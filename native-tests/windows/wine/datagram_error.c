/* SPDX-License-Identifier: Apache-2.0 */
/* A connected datagram socket that is watched says by its next receive that nobody has the peer's port. */
#include <winsock2.h>

#include <stdio.h>

int main(void) {
    WSADATA data;
    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return 2;
    struct sockaddr_in nobody = {0};
    nobody.sin_family = AF_INET;
    nobody.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int length = sizeof(nobody);
    SOCKET gone = socket(AF_INET, SOCK_DGRAM, 0), client = socket(AF_INET, SOCK_DGRAM, 0);
    if (bind(gone, (struct sockaddr *)&nobody, length) != 0 ||
        getsockname(gone, (struct sockaddr *)&nobody, &length) != 0 || closesocket(gone) != 0 ||
        connect(client, (struct sockaddr *)&nobody, length) != 0)
        return 2;

    WSAEVENT event = WSACreateEvent();
    if (WSAEventSelect(client, event, FD_READ | FD_CLOSE) != 0 || send(client, "x", 1, 0) != 1)
        return 2;
    DWORD waited = WSAWaitForMultipleEvents(1, &event, TRUE, 3000, FALSE);
    char byte;
    int error = recv(client, &byte, 1, 0) < 0 ? WSAGetLastError() : 0;
    printf("event: %d; the receive: error %d\n", waited == WSA_WAIT_EVENT_0, error);
    return error == WSAECONNRESET || error == WSAECONNREFUSED ? 0 : error == WSAEWOULDBLOCK ? 1 : 2;
}
