/* SPDX-License-Identifier: Apache-2.0 */
/* No socket is bound to an address that this machine does not have (198.51.100.1 is for documentation, RFC 5737). */
#include <winsock2.h>

#include <stdio.h>

int main(void) {
    WSADATA data;
    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return 2;
    struct sockaddr_in elsewhere = {0};
    elsewhere.sin_family = AF_INET;
    elsewhere.sin_addr.s_addr = htonl(0xC6336401);
    SOCKET handle = socket(AF_INET, SOCK_DGRAM, 0);
    int error = bind(handle, (struct sockaddr *)&elsewhere, sizeof(elsewhere)) != 0 ? WSAGetLastError() : 0;
    printf("bind: error %d\n", error);
    return error == WSAEADDRNOTAVAIL ? 0 : error == 0 ? 1 : 2;
}
