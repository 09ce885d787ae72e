/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_USOCKET_H
#define RESEAU_USOCKET_H

/*
 * POSIX sockets in user space, over any transport (<reseau/transport.h>). Each function does what POSIX Issue 8 says of
 * the one whose name it has after `reseau_u`; where Linux says more, what Linux does: its types, flags, options and
 * numbers are used. docs/usocket.md lists the differences.
 *
 *   Results      As POSIX has them: -1, and the calling thread's errno is set. A call that succeeds may change
 *                errno.
 *   Descriptors  Numbers of their own, at least RESEAU_USOCKET_FIRST, which the system does not know: its close(),
 *                read(), poll() do not take them. A number that was closed is not given out again for a long time;
 *                a call with one fails with EBADF.
 *   Threads      Every function may be called on any thread. A thread may send while another receives; of several
 *                that do the same one comes after the other. Closing the last descriptor of a socket ends calls
 *                that wait for it, with EBADF.
 *   Blocking     Calls block unless O_NONBLOCK or MSG_DONTWAIT says otherwise. Sockets in memory need no thread of
 *                the library's.
 *   Signals      Waiting ends with EINTR when a handler has run that was installed without SA_RESTART. Writing to
 *                an end that nobody reads raises SIGPIPE on the calling thread, unless MSG_NOSIGNAL is given.
 *   Windows      Types and numbers are those of <reseau/compat/posix_sockets.h>: Winsock's, and errno's of the C
 *                runtime. SO_RCVTIMEO and SO_SNDTIMEO take a struct timeval here, too. There are no signals.
 *   Fork         A child has none of its parent's sockets: calls fail with EBADF. It may make its own. Nothing of
 *                the parent's is changed. exec leaves no socket.
 *
 * With RESEAU_USOCKET_POSIX_NAMES defined before this header is included, the names of POSIX mean these functions in
 * all that follows: socket(), read(), poll(), fd_set, ... Then include the system's headers first.
 */

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#    include <reseau/compat/posix_sockets.h>
#    if !defined(iovec)
/* What follows is written in POSIX's words; a program may have given some of them a meaning of its own. */
#        define RESEAU_USOCKET_FORGETS_NAMES
#        define iovec reseau_iovec
#        define msghdr reseau_msghdr
#        define epoll_event reseau_epoll_event
#        pragma push_macro("nfds_t")
#        undef nfds_t
#        define nfds_t reseau_nfds_t
#        pragma push_macro("ssize_t")
#        undef ssize_t
#        define ssize_t reseau_ssize_t
#    endif
#else
#    include <poll.h>
#    include <signal.h>
#    include <sys/socket.h>
#    include <sys/time.h>
#    include <sys/types.h>
#    include <sys/uio.h>
#endif

#if defined(__linux__)
#    include <sys/epoll.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

struct reseau_transport;

/** Descriptors have this number, or a greater one. */
#define RESEAU_USOCKET_FIRST 0x40000000

/* ---- Making and connecting ---- */

/**
 * Makes a socket of the transport that is selected for `domain`; without one, of a network in memory. `type` is
 * SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET, with SOCK_NONBLOCK and SOCK_CLOEXEC. Returns its descriptor.
 * Errors: EAFNOSUPPORT, EPROTONOSUPPORT, ESOCKTNOSUPPORT, EINVAL, ENFILE, and the transport's.
 */
int reseau_usocket(int domain, int type, int protocol);

/** The same of a transport that is named. EINVAL if that is NULL. */
int reseau_usocket_on(struct reseau_transport *transport, int domain, int type, int protocol);

/** Makes two sockets that are connected with each other. Errors: those of reseau_usocket(), EOPNOTSUPP, EFAULT. */
int reseau_usocketpair(int domain, int type, int protocol, int descriptors[2]);

/** The same of a transport that is named. EINVAL if that is NULL. */
int reseau_usocketpair_on(struct reseau_transport *transport, int domain, int type, int protocol, int descriptors[2]);

/** bind(): gives a socket its name. Errors: EBADF, ENOTSOCK, EINVAL, EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT, EFAULT.
 */
int reseau_ubind(int descriptor, const struct sockaddr *address, socklen_t length);

/** listen(): `backlog` connections wait at most; 0 and less are 1. Errors: EBADF, ENOTSOCK, EOPNOTSUPP, EINVAL. */
int reseau_ulisten(int descriptor, int backlog);

/**
 * accept(): the oldest connection that waits; blocks, for SO_RCVTIMEO at most. The new descriptor has none of the flags
 * of the listener's. Errors: EBADF, ENOTSOCK, EINVAL (does not listen), EOPNOTSUPP, EAGAIN, EINTR, ENFILE, EFAULT.
 */
int reseau_uaccept(int descriptor, struct sockaddr *address, socklen_t *length);

/** accept4(): `flags` are SOCK_NONBLOCK and SOCK_CLOEXEC; EINVAL for others. */
int reseau_uaccept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);

/**
 * connect(): blocks, for SO_SNDTIMEO at most (then EINPROGRESS). A connection that is not made at once goes on being
 * made; poll() says when it is, SO_ERROR whether. Errors: EBADF, ENOTSOCK, EINPROGRESS, EALREADY, EISCONN,
 * ECONNREFUSED, EAFNOSUPPORT, EADDRNOTAVAIL, EINVAL, EOPNOTSUPP (listens), EINTR, EFAULT, ETIMEDOUT, EPROTOTYPE.
 */
int reseau_uconnect(int descriptor, const struct sockaddr *address, socklen_t length);

/** shutdown(): SHUT_RD, SHUT_WR, SHUT_RDWR. Errors: EBADF, ENOTSOCK, EINVAL, ENOTCONN. */
int reseau_ushutdown(int descriptor, int how);

/**
 * close(): the descriptor is gone in any case. With the last one of a socket, what was sent still reaches the peer, and
 * SO_LINGER says how long to wait for that; data that was not read resets the connection. Errors: EBADF.
 */
int reseau_uclose(int descriptor);

/* ---- Names ---- */

/** getsockname(): at most `*length` bytes; `*length` becomes the whole length. Errors: EBADF, ENOTSOCK, EFAULT, EINVAL.
 */
int reseau_ugetsockname(int descriptor, struct sockaddr *address, socklen_t *length);

/** getpeername(), the same. Errors also: ENOTCONN. */
int reseau_ugetpeername(int descriptor, struct sockaddr *address, socklen_t *length);

/* ---- Sending ---- */

/**
 * send(): `flags` are MSG_DONTWAIT, MSG_NOSIGNAL, MSG_EOR; others that mean nothing here are ignored. Blocks until all
 * is taken, for SO_SNDTIMEO at most; how many bytes were. Errors: EBADF, ENOTSOCK, EAGAIN, EINTR, EPIPE, ECONNRESET,
 * ENOTCONN, EDESTADDRREQ, EMSGSIZE, EOPNOTSUPP (MSG_OOB), EFAULT, and the transport's.
 */
ssize_t reseau_usend(int descriptor, const void *data, size_t length, int flags);

/** sendto(): datagrams to an address. Errors also: EISCONN (a local stream, and an address). */
ssize_t reseau_usendto(
    int descriptor,
    const void *data,
    size_t length,
    int flags,
    const struct sockaddr *address,
    socklen_t address_length);

/** sendmsg(): gathered. Control data is not sent: EOPNOTSUPP. EMSGSIZE also for more than 1024 pieces. */
ssize_t reseau_usendmsg(int descriptor, const struct msghdr *message, int flags);

/** write(): as send() without flags. */
ssize_t reseau_uwrite(int descriptor, const void *data, size_t length);

/** writev(): gathered. EINVAL for less than 1 or more than 1024 pieces, or more than SSIZE_MAX bytes. */
ssize_t reseau_uwritev(int descriptor, const struct iovec *pieces, int count);

/* ---- Receiving ---- */

/**
 * recv(): `flags` are MSG_PEEK, MSG_WAITALL, MSG_DONTWAIT, MSG_TRUNC (the datagram's whole length is returned). Blocks
 * until there are SO_RCVLOWAT bytes, for SO_RCVTIMEO at most. 0 is the end. Errors: EBADF, ENOTSOCK, EAGAIN, EINTR,
 * ECONNRESET, ENOTCONN, EINVAL (MSG_OOB; of datagrams EOPNOTSUPP), EFAULT, and the transport's.
 */
ssize_t reseau_urecv(int descriptor, void *data, size_t length, int flags);

/** recvfrom(): and who sent a datagram; `*address_length` becomes the whole length of the address. */
ssize_t reseau_urecvfrom(
    int descriptor, void *data, size_t length, int flags, struct sockaddr *address, socklen_t *address_length);

/** recvmsg(): scattered; msg_flags may have MSG_TRUNC, and MSG_EOR is never set. There is never control data. */
ssize_t reseau_urecvmsg(int descriptor, struct msghdr *message, int flags);

/** read(): as recv() without flags. */
ssize_t reseau_uread(int descriptor, void *data, size_t length);

/** readv(): scattered. EINVAL for less than 1 or more than 1024 pieces, or more than SSIZE_MAX bytes. */
ssize_t reseau_ureadv(int descriptor, const struct iovec *pieces, int count);

/** sockatmark(): always 0, since there is no urgent data. Errors: EBADF, ENOTSOCK, ENOTTY (no stream). */
int reseau_usockatmark(int descriptor);

/* ---- Options and flags ---- */

/**
 * getsockopt(): of SOL_SOCKET SO_ACCEPTCONN, SO_BROADCAST, SO_DEBUG, SO_DOMAIN, SO_DONTROUTE, SO_ERROR, SO_KEEPALIVE,
 * SO_LINGER, SO_OOBINLINE, SO_PROTOCOL, SO_RCVBUF, SO_RCVLOWAT, SO_RCVTIMEO, SO_REUSEADDR, SO_REUSEPORT, SO_SNDBUF,
 * SO_SNDLOWAT, SO_SNDTIMEO, SO_TYPE; all others are the transport's. Errors: EBADF, ENOTSOCK, ENOPROTOOPT, EINVAL,
 * EFAULT.
 */
int reseau_ugetsockopt(int descriptor, int level, int name, void *value, socklen_t *length);

/** setsockopt(): those of them that can be set. Errors: EBADF, ENOTSOCK, ENOPROTOOPT, EINVAL, EDOM, EFAULT. */
int reseau_usetsockopt(int descriptor, int level, int name, const void *value, socklen_t length);

/** dup(): another descriptor of the same socket, which shares its flags. Errors: EBADF, ENFILE. */
int reseau_udup(int descriptor);

/**
 * fcntl(): F_GETFL and F_SETFL (O_NONBLOCK), F_GETFD and F_SETFD (FD_CLOEXEC), F_DUPFD and F_DUPFD_CLOEXEC, whose
 * argument, the smallest number, is ignored. `argument` is 0 for commands without one. Errors: EBADF, EINVAL, ENFILE.
 */
int reseau_ufcntl(int descriptor, int command, intptr_t argument);

/**
 * ioctl(): FIONREAD (bytes that can be read; of the next datagram), FIONBIO, SIOCATMARK, TIOCOUTQ (always 0: what was
 * taken is the transport's); others are the transport's. Errors: EBADF, ENOTTY, EFAULT.
 */
int reseau_uioctl(int descriptor, unsigned long request, void *argument);

/* ---- Readiness ---- */

/**
 * poll(): POLLIN, POLLRDNORM, POLLOUT, POLLWRNORM, POLLRDHUP, POLLERR, POLLHUP, POLLNVAL, as Linux sets them for TCP.
 * Descriptors of the system's are POLLNVAL. `timeout` in milliseconds. Errors: EINTR, EFAULT, EINVAL, ENOMEM.
 */
int reseau_upoll(struct pollfd *descriptors, nfds_t count, int timeout);

/** How many descriptors a reseau_ufd_set can have. */
#define RESEAU_UFD_SETSIZE 1024

/** fd_set: a set of descriptors. Zero is the empty one. */
typedef struct reseau_ufd_set {
    /** How many of `descriptors` are in it. */
    unsigned count;
    /** In no order. */
    int descriptors[RESEAU_UFD_SETSIZE];
} reseau_ufd_set;

/** FD_ZERO(): empties the set. */
void reseau_ufd_zero(reseau_ufd_set *set);

/** FD_SET(): adds a descriptor, if there is room. */
void reseau_ufd_add(int descriptor, reseau_ufd_set *set);

/** FD_CLR(): takes it out. */
void reseau_ufd_remove(int descriptor, reseau_ufd_set *set);

/** FD_ISSET(): 1 if it is in the set. */
int reseau_ufd_has(int descriptor, const reseau_ufd_set *set);

/**
 * select(): `count` is ignored, but for less than 0. What `timeout` points to becomes the time that was left, as on
 * Linux. Errors: EBADF (one of them is not open), EINTR, EINVAL, ENOMEM.
 */
int reseau_uselect(
    int count,
    reseau_ufd_set *readable,
    reseau_ufd_set *writable,
    reseau_ufd_set *exceptional,
    struct timeval *timeout);

#if defined(__linux__) || defined(_WIN32)
/** epoll_create1(): `flags` is 0 or EPOLL_CLOEXEC. The descriptor is closed by reseau_uclose(). Errors: EINVAL, ENFILE.
 */
int reseau_uepoll_create1(int flags);

/**
 * epoll_ctl(): EPOLLIN, EPOLLOUT, EPOLLRDHUP, EPOLLERR, EPOLLHUP; EPOLLET, EPOLLONESHOT; EPOLLEXCLUSIVE and EPOLLWAKEUP
 * change nothing. An epoll descriptor can be in another one, not deeper. Errors: EBADF, EEXIST, ENOENT, EINVAL, ELOOP,
 * EFAULT, EPERM (no descriptor of ours).
 */
int reseau_uepoll_ctl(int epoll, int operation, int descriptor, struct epoll_event *event);

/** epoll_wait(): `timeout` in milliseconds. Errors: EBADF, EINTR, EFAULT, EINVAL. */
int reseau_uepoll_wait(int epoll, struct epoll_event *events, int capacity, int timeout);

/**
 * A descriptor of the system's for an epoll descriptor, so that a loop of the system's can wait for these sockets, too:
 * it becomes readable when something becomes ready after a reseau_uepoll_wait() with a timeout of 0 that has found
 * nothing, and such a call ends that. Nobody else reads it; it is closed with the epoll descriptor. On Windows it is an
 * event object, to be waited for by WaitForSingleObject() and the like: its HANDLE is this number. Errors: EBADF,
 * EINVAL (no epoll descriptor), EMFILE, ENFILE.
 */
int reseau_uepoll_descriptor(int epoll);
#endif

#ifdef __cplusplus
}
#endif

#if defined(RESEAU_USOCKET_FORGETS_NAMES)
#    undef RESEAU_USOCKET_FORGETS_NAMES
#    undef iovec
#    undef msghdr
#    undef epoll_event
#    undef nfds_t
#    pragma pop_macro("nfds_t")
#    undef ssize_t
#    pragma pop_macro("ssize_t")
#endif

#ifdef RESEAU_USOCKET_POSIX_NAMES
#    if !defined(_WIN32)
#        include <fcntl.h>
#        include <sys/ioctl.h>
#        include <sys/select.h>
#        include <unistd.h>
#    endif

#    undef FD_SETSIZE
#    undef FD_ZERO
#    undef FD_SET
#    undef FD_CLR
#    undef FD_ISSET

/** The names of POSIX, for these sockets. */
#    define socket(domain, type, protocol) reseau_usocket((domain), (type), (protocol))
#    define socketpair(domain, type, protocol, two) reseau_usocketpair((domain), (type), (protocol), (two))
#    define bind(descriptor, address, length) reseau_ubind((descriptor), (address), (length))
#    define listen(descriptor, backlog) reseau_ulisten((descriptor), (backlog))
#    define accept(descriptor, address, length) reseau_uaccept((descriptor), (address), (length))
#    define accept4(descriptor, address, length, flags) reseau_uaccept4((descriptor), (address), (length), (flags))
#    define connect(descriptor, address, length) reseau_uconnect((descriptor), (address), (length))
#    define shutdown(descriptor, how) reseau_ushutdown((descriptor), (how))
#    define close(descriptor) reseau_uclose((descriptor))
#    define getsockname(descriptor, address, length) reseau_ugetsockname((descriptor), (address), (length))
#    define getpeername(descriptor, address, length) reseau_ugetpeername((descriptor), (address), (length))
#    define send(descriptor, data, length, flags) reseau_usend((descriptor), (data), (length), (flags))
#    define sendto(descriptor, data, length, flags, address, address_length)                                           \
        reseau_usendto((descriptor), (data), (length), (flags), (address), (address_length))
#    define sendmsg(descriptor, message, flags) reseau_usendmsg((descriptor), (message), (flags))
#    define write(descriptor, data, length) reseau_uwrite((descriptor), (data), (length))
#    define writev(descriptor, pieces, count) reseau_uwritev((descriptor), (pieces), (count))
#    define recv(descriptor, data, length, flags) reseau_urecv((descriptor), (data), (length), (flags))
#    define recvfrom(descriptor, data, length, flags, address, address_length)                                         \
        reseau_urecvfrom((descriptor), (data), (length), (flags), (address), (address_length))
#    define recvmsg(descriptor, message, flags) reseau_urecvmsg((descriptor), (message), (flags))
#    define read(descriptor, data, length) reseau_uread((descriptor), (data), (length))
#    define readv(descriptor, pieces, count) reseau_ureadv((descriptor), (pieces), (count))
#    define sockatmark(descriptor) reseau_usockatmark((descriptor))
#    define getsockopt(descriptor, level, name, value, length)                                                         \
        reseau_ugetsockopt((descriptor), (level), (name), (value), (length))
#    define setsockopt(descriptor, level, name, value, length)                                                         \
        reseau_usetsockopt((descriptor), (level), (name), (value), (length))
#    define dup(descriptor) reseau_udup((descriptor))
#    define fcntl(...) RESEAU_UFCNTL_OF(__VA_ARGS__, 0, 0)
#    define RESEAU_UFCNTL_OF(descriptor, command, argument, ...)                                                       \
        reseau_ufcntl((descriptor), (command), (intptr_t)(argument))
#    define ioctl(descriptor, request, argument) reseau_uioctl((descriptor), (unsigned long)(request), (argument))
#    define poll(descriptors, count, timeout) reseau_upoll((descriptors), (count), (timeout))
#    define select(count, readable, writable, exceptional, timeout)                                                    \
        reseau_uselect((count), (readable), (writable), (exceptional), (timeout))
#    define fd_set reseau_ufd_set
#    define FD_SETSIZE RESEAU_UFD_SETSIZE
#    define FD_ZERO(set) reseau_ufd_zero((set))
#    define FD_SET(descriptor, set) reseau_ufd_add((descriptor), (set))
#    define FD_CLR(descriptor, set) reseau_ufd_remove((descriptor), (set))
#    define FD_ISSET(descriptor, set) reseau_ufd_has((descriptor), (set))
#    if defined(__linux__) || defined(_WIN32)
#        define epoll_create1(flags) reseau_uepoll_create1((flags))
#        define epoll_create(size) ((size) > 0 ? reseau_uepoll_create1(0) : reseau_uepoll_create1(-1))
#        define epoll_ctl(epoll, operation, descriptor, event)                                                         \
            reseau_uepoll_ctl((epoll), (operation), (descriptor), (event))
#        define epoll_wait(epoll, events, capacity, timeout)                                                           \
            reseau_uepoll_wait((epoll), (events), (capacity), (timeout))
#    endif
#endif

#endif /* RESEAU_USOCKET_H */
