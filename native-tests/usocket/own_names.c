/* SPDX-License-Identifier: Apache-2.0 */
/* What a program for Windows has given a meaning of its own has it behind the header, too. */
#include <winsock2.h>

#define ssize_t SSIZE_T
#define nfds_t unsigned

#include <reseau/usocket.h>

#if !defined(ssize_t) || !defined(nfds_t) || defined(iovec) || defined(msghdr) || defined(epoll_event)
#    error "the header has changed names of the program's"
#endif

ssize_t usocket_own_names(int descriptor, void *data, size_t length);

ssize_t usocket_own_names(int descriptor, void *data, size_t length) {
    nfds_t count = 1;
    struct pollfd one = {(SOCKET)descriptor, POLLIN, 0};
    return reseau_upoll(&one, count, 0) == 1 ? reseau_urecv(descriptor, data, length, 0) : 0;
}
