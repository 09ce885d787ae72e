/* SPDX-License-Identifier: Apache-2.0 */
/*
 * syscall(): programs call by number what their C library did not have yet, or what they do not leave to it. Calls of
 * sockets and epoll_pwait2() go to this library's functions. Those of all descriptors (read(), write(), close(),
 * fcntl(), dup(), poll(), epoll_ctl(), ...) do not: by number they reach the system's reserved descriptor.
 */
#include "preload.h"

#include <stdarg.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ARGUMENTS = 6 };

/* Whether the number is that of a call of ours; the result, with errno, is that of the function. */
static int s_call(long number, const long *given, long *result) {
    int descriptor = (int)given[0];
    void *second = (void *)given[1];
    switch (number) {
    case SYS_socket:
        *result = socket((int)given[0], (int)given[1], (int)given[2]);
        return 1;
    case SYS_socketpair:
        *result = socketpair((int)given[0], (int)given[1], (int)given[2], (int *)given[3]);
        return 1;
    case SYS_bind:
        *result = bind(descriptor, (__CONST_SOCKADDR_ARG){(const struct sockaddr *)second}, (socklen_t)given[2]);
        return 1;
    case SYS_connect:
        *result = connect(descriptor, (__CONST_SOCKADDR_ARG){(const struct sockaddr *)second}, (socklen_t)given[2]);
        return 1;
    case SYS_listen:
        *result = listen(descriptor, (int)given[1]);
        return 1;
#if defined(SYS_accept)
    case SYS_accept:
        *result = accept(descriptor, (__SOCKADDR_ARG){(struct sockaddr *)second}, (socklen_t *)given[2]);
        return 1;
#endif
    case SYS_accept4:
        *result =
            accept4(descriptor, (__SOCKADDR_ARG){(struct sockaddr *)second}, (socklen_t *)given[2], (int)given[3]);
        return 1;
    case SYS_getsockname:
        *result = getsockname(descriptor, (__SOCKADDR_ARG){(struct sockaddr *)second}, (socklen_t *)given[2]);
        return 1;
    case SYS_getpeername:
        *result = getpeername(descriptor, (__SOCKADDR_ARG){(struct sockaddr *)second}, (socklen_t *)given[2]);
        return 1;
    case SYS_getsockopt:
        *result = getsockopt(descriptor, (int)given[1], (int)given[2], (void *)given[3], (socklen_t *)given[4]);
        return 1;
    case SYS_setsockopt:
        *result = setsockopt(descriptor, (int)given[1], (int)given[2], (const void *)given[3], (socklen_t)given[4]);
        return 1;
    case SYS_shutdown:
        *result = shutdown(descriptor, (int)given[1]);
        return 1;
    case SYS_sendto:
        *result = sendto(
            descriptor,
            second,
            (size_t)given[2],
            (int)given[3],
            (__CONST_SOCKADDR_ARG){(const struct sockaddr *)given[4]},
            (socklen_t)given[5]);
        return 1;
    case SYS_recvfrom:
        *result = recvfrom(
            descriptor,
            second,
            (size_t)given[2],
            (int)given[3],
            (__SOCKADDR_ARG){(struct sockaddr *)given[4]},
            (socklen_t *)given[5]);
        return 1;
    case SYS_sendmsg:
        *result = sendmsg(descriptor, second, (int)given[2]);
        return 1;
    case SYS_recvmsg:
        *result = recvmsg(descriptor, second, (int)given[2]);
        return 1;
    case SYS_sendmmsg:
        *result = sendmmsg(descriptor, second, (unsigned)given[2], (int)given[3]);
        return 1;
    case SYS_recvmmsg:
        *result = recvmmsg(descriptor, second, (unsigned)given[2], (int)given[3], (struct timespec *)given[4]);
        return 1;
    case SYS_epoll_pwait2:
        *result = epoll_pwait2(
            descriptor, second, (int)given[2], (const struct timespec *)given[3], (const sigset_t *)given[4]);
        return 1;
    default:
        return 0;
    }
}

PRELOAD_EXPORT long syscall(long number, ...) {
    long given[ARGUMENTS];
    long result;
    va_list arguments;
    va_start(arguments, number);
    for (int i = 0; i < ARGUMENTS; i++) {
        given[i] = va_arg(arguments, long);
    }
    va_end(arguments);
    return s_call(number, given, &result)
               ? result
               : REAL(syscall)(number, given[0], given[1], given[2], given[3], given[4], given[5]);
}
