/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_COMPAT_POSIX_SOCKETS_H
#define RESEAU_COMPAT_POSIX_SOCKETS_H

/*
 * What <reseau/usocket.h> and <reseau/transport.h> need of POSIX. Unix systems have it in their own headers, and
 * nothing is here. On Windows Winsock has a part, whose types and numbers are used: struct sockaddr and its like,
 * socklen_t, struct pollfd (whose `fd` is a SOCKET), struct timeval, struct linger, AF_*, SOCK_*, SO_*, MSG_*, POLL*,
 * FIONREAD, FIONBIO, SIOCATMARK. Its numbers of errors are not used (WSAE*), but those of the C runtime's <errno.h>,
 * where EAGAIN and EWOULDBLOCK differ (what would wait is EAGAIN), and which has no ESOCKTNOSUPPORT.
 *
 * What Winsock does not have is here, with `reseau_` or `RESEAU_` before its name, so that nothing that looks for such
 * names finds them. With RESEAU_USOCKET_POSIX_CONSTANTS defined before this header is included, types and numbers have
 * POSIX's names as well; with RESEAU_USOCKET_POSIX_NAMES also functions (<reseau/usocket.h>).
 */

#if defined(_WIN32)

#    include <winsock2.h>
#    include <ws2tcpip.h>

#    include <errno.h>
#    include <stddef.h>
#    include <stdint.h>

/** ssize_t: how many bytes, or -1. */
typedef ptrdiff_t reseau_ssize_t;

/** nfds_t: how many descriptors. */
typedef size_t reseau_nfds_t;

/** struct iovec: a piece of memory. */
struct reseau_iovec {
    /** Where it begins. */
    void *iov_base;
    /** How many bytes. */
    size_t iov_len;
};

/** struct msghdr: what one call sends or receives. */
struct reseau_msghdr {
    /** An address, or NULL. */
    void *msg_name;
    /** Bytes of it. */
    socklen_t msg_namelen;
    /** The pieces. */
    struct reseau_iovec *msg_iov;
    /** How many. */
    size_t msg_iovlen;
    /** Control data; there is none. */
    void *msg_control;
    /** Bytes of it. */
    size_t msg_controllen;
    /** Of a message that was received. */
    int msg_flags;
};

/** epoll_data_t: what the program knows a registration by. */
typedef union reseau_epoll_data {
    /** A pointer. */
    void *ptr;
    /** A descriptor. */
    int fd;
    /** A number. */
    uint32_t u32;
    /** A number. */
    uint64_t u64;
} reseau_epoll_data_t;

/** struct epoll_event: what has happened, or is asked for. */
struct reseau_epoll_event {
    /** RESEAU_EPOLLIN and the like. */
    uint32_t events;
    /** What the program has given with a registration. */
    reseau_epoll_data_t data;
};

/** No number of the C runtime's. */
#    define RESEAU_ESOCKTNOSUPPORT EPROTONOSUPPORT

/** Flags of socket() and accept4(). */
#    define RESEAU_SOCK_NONBLOCK 0x800
#    define RESEAU_SOCK_CLOEXEC 0x80000

/** Which direction shutdown() ends. */
#    define RESEAU_SHUT_RD 0
#    define RESEAU_SHUT_WR 1
#    define RESEAU_SHUT_RDWR 2

/** Options of SOL_SOCKET. */
#    define RESEAU_SO_REUSEPORT 0x200
#    define RESEAU_SO_PROTOCOL 0x1016
#    define RESEAU_SO_DOMAIN 0x1019

/** Flags of send(), recv() and the like. */
#    define RESEAU_MSG_DONTWAIT 0x40
#    define RESEAU_MSG_EOR 0x80
#    define RESEAU_MSG_TRUNC 0x100
#    define RESEAU_MSG_CTRUNC 0x200
#    define RESEAU_MSG_ERRQUEUE 0x1000
#    define RESEAU_MSG_NOSIGNAL 0x4000

/** An event of poll(): the peer sends no more. */
#    define RESEAU_POLLRDHUP 0x2000

/** Commands of fcntl(), and their flags. */
#    define RESEAU_F_DUPFD 0
#    define RESEAU_F_GETFD 1
#    define RESEAU_F_SETFD 2
#    define RESEAU_F_GETFL 3
#    define RESEAU_F_SETFL 4
#    define RESEAU_F_DUPFD_CLOEXEC 1030
#    define RESEAU_FD_CLOEXEC 1
#    define RESEAU_O_NONBLOCK 0x800

/** A request of ioctl(). */
#    define RESEAU_TIOCOUTQ 0x40047473UL

/** Events of epoll: those of poll(), and flags. */
#    define RESEAU_EPOLLIN 0x300u
#    define RESEAU_EPOLLPRI 0x400u
#    define RESEAU_EPOLLOUT 0x10u
#    define RESEAU_EPOLLERR 0x1u
#    define RESEAU_EPOLLHUP 0x2u
#    define RESEAU_EPOLLRDHUP 0x2000u
#    define RESEAU_EPOLLEXCLUSIVE 0x10000000u
#    define RESEAU_EPOLLWAKEUP 0x20000000u
#    define RESEAU_EPOLLONESHOT 0x40000000u
#    define RESEAU_EPOLLET 0x80000000u

/** Operations of epoll_ctl(), and the flag of epoll_create1(). */
#    define RESEAU_EPOLL_CTL_ADD 1
#    define RESEAU_EPOLL_CTL_DEL 2
#    define RESEAU_EPOLL_CTL_MOD 3
#    define RESEAU_EPOLL_CLOEXEC 0x80000

#    if defined(RESEAU_USOCKET_POSIX_NAMES) || defined(RESEAU_USOCKET_POSIX_CONSTANTS)
#        include <fcntl.h>
#        include <io.h>
#        include <sys/types.h>

/** The names of POSIX. */
#        define iovec reseau_iovec
#        define msghdr reseau_msghdr
#        define epoll_data_t reseau_epoll_data_t
#        define epoll_event reseau_epoll_event
#        define nfds_t reseau_nfds_t
#        if defined(_MSC_VER) && !defined(ssize_t)
#            define ssize_t reseau_ssize_t
#        endif
#        undef ESOCKTNOSUPPORT
#        define ESOCKTNOSUPPORT RESEAU_ESOCKTNOSUPPORT
#        undef SOCK_NONBLOCK
#        define SOCK_NONBLOCK RESEAU_SOCK_NONBLOCK
#        undef SOCK_CLOEXEC
#        define SOCK_CLOEXEC RESEAU_SOCK_CLOEXEC
#        undef SHUT_RD
#        define SHUT_RD RESEAU_SHUT_RD
#        undef SHUT_WR
#        define SHUT_WR RESEAU_SHUT_WR
#        undef SHUT_RDWR
#        define SHUT_RDWR RESEAU_SHUT_RDWR
#        undef SO_REUSEPORT
#        define SO_REUSEPORT RESEAU_SO_REUSEPORT
#        undef SO_PROTOCOL
#        define SO_PROTOCOL RESEAU_SO_PROTOCOL
#        undef SO_DOMAIN
#        define SO_DOMAIN RESEAU_SO_DOMAIN
#        undef MSG_DONTWAIT
#        define MSG_DONTWAIT RESEAU_MSG_DONTWAIT
#        undef MSG_EOR
#        define MSG_EOR RESEAU_MSG_EOR
#        undef MSG_TRUNC
#        define MSG_TRUNC RESEAU_MSG_TRUNC
#        undef MSG_CTRUNC
#        define MSG_CTRUNC RESEAU_MSG_CTRUNC
#        undef MSG_ERRQUEUE
#        define MSG_ERRQUEUE RESEAU_MSG_ERRQUEUE
#        undef MSG_NOSIGNAL
#        define MSG_NOSIGNAL RESEAU_MSG_NOSIGNAL
#        undef POLLRDHUP
#        define POLLRDHUP RESEAU_POLLRDHUP
#        undef F_DUPFD
#        define F_DUPFD RESEAU_F_DUPFD
#        undef F_GETFD
#        define F_GETFD RESEAU_F_GETFD
#        undef F_SETFD
#        define F_SETFD RESEAU_F_SETFD
#        undef F_GETFL
#        define F_GETFL RESEAU_F_GETFL
#        undef F_SETFL
#        define F_SETFL RESEAU_F_SETFL
#        undef F_DUPFD_CLOEXEC
#        define F_DUPFD_CLOEXEC RESEAU_F_DUPFD_CLOEXEC
#        undef FD_CLOEXEC
#        define FD_CLOEXEC RESEAU_FD_CLOEXEC
#        undef O_NONBLOCK
#        define O_NONBLOCK RESEAU_O_NONBLOCK
#        undef TIOCOUTQ
#        define TIOCOUTQ RESEAU_TIOCOUTQ
#        define EPOLLIN RESEAU_EPOLLIN
#        define EPOLLPRI RESEAU_EPOLLPRI
#        define EPOLLOUT RESEAU_EPOLLOUT
#        define EPOLLERR RESEAU_EPOLLERR
#        define EPOLLHUP RESEAU_EPOLLHUP
#        define EPOLLRDHUP RESEAU_EPOLLRDHUP
#        define EPOLLEXCLUSIVE RESEAU_EPOLLEXCLUSIVE
#        define EPOLLWAKEUP RESEAU_EPOLLWAKEUP
#        define EPOLLONESHOT RESEAU_EPOLLONESHOT
#        define EPOLLET RESEAU_EPOLLET
#        define EPOLL_CTL_ADD RESEAU_EPOLL_CTL_ADD
#        define EPOLL_CTL_DEL RESEAU_EPOLL_CTL_DEL
#        define EPOLL_CTL_MOD RESEAU_EPOLL_CTL_MOD
#        define EPOLL_CLOEXEC RESEAU_EPOLL_CLOEXEC
#    endif

#endif

#endif /* RESEAU_COMPAT_POSIX_SOCKETS_H */
