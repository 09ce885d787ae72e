/* SPDX-License-Identifier: Apache-2.0 */
/* Sockets of the family AF_UNIX. */
#include <winsock2.h>

#include <stdio.h>

int main(void) {
    WSADATA data;
    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return 2;
    SOCKET handle = socket(AF_UNIX, SOCK_STREAM, 0);
    int error = handle == INVALID_SOCKET ? WSAGetLastError() : 0;
    printf("socket(AF_UNIX): error %d\n", error);
    return error == 0 ? 0 : error == WSAEAFNOSUPPORT ? 1 : 2;
}
