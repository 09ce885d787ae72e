/* SPDX-License-Identifier: Apache-2.0 */
#include "relay.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Calls that send and receive. */

PRELOAD_EXPORT ssize_t read(int descriptor, void *data, size_t length) {
    int number = table_socket(descriptor);
    return number != 0 ? reseau_uread(number, data, length) : REAL(read)(descriptor, data, length);
}

PRELOAD_EXPORT ssize_t readv(int descriptor, const struct iovec *pieces, int count) {
    int number = table_socket(descriptor);
    return number != 0 ? reseau_ureadv(number, pieces, count) : REAL(readv)(descriptor, pieces, count);
}

PRELOAD_EXPORT ssize_t recvfrom(
    int descriptor, void *restrict data, size_t length, int flags, __SOCKADDR_ARG address, socklen_t *restrict size) {
    int number = table_socket(descriptor);
    return number != 0 ? reseau_urecvfrom(number, data, length, flags, address.__sockaddr__, size)
                       : REAL(recvfrom)(descriptor, data, length, flags, address, size);
}

PRELOAD_EXPORT ssize_t recv(int descriptor, void *data, size_t length, int flags) {
    int number = table_socket(descriptor);
    return number != 0 ? reseau_urecv(number, data, length, flags)
                       : REAL(recvfrom)(descriptor, data, length, flags, NULL, NULL);
}

PRELOAD_EXPORT ssize_t recvmsg(int descriptor, struct msghdr *message, int flags) {
    int number = table_socket(descriptor);
    return number != 0 ? reseau_urecvmsg(number, message, flags) : REAL(recvmsg)(descriptor, message, flags);
}

PRELOAD_EXPORT int
recvmmsg(int descriptor, struct mmsghdr *messages, unsigned count, int flags, struct timespec *timeout) {
    int number = table_socket(descriptor);
    if (number == 0) {
        return REAL(recvmmsg)(descriptor, messages, count, flags, timeout);
    }
    unsigned got = 0;
    while (got < count) {
        bool waits = (flags & MSG_WAITFORONE) == 0 || got == 0;
        int kept = (flags & ~MSG_WAITFORONE) | (waits ? 0 : MSG_DONTWAIT);
        ssize_t length = reseau_urecvmsg(number, &messages[got].msg_hdr, kept);
        if (length < 0) {
            break;
        }
        messages[got++].msg_len = (unsigned)length;
    }
    return got > 0 || count == 0 ? (int)got : -1;
}

PRELOAD_EXPORT ssize_t write(int descriptor, const void *data, size_t length) {
    int number = table_socket(descriptor);
    return number != 0 ? reseau_uwrite(number, data, length) : REAL(write)(descriptor, data, length);
}

PRELOAD_EXPORT ssize_t writev(int descriptor, const struct iovec *pieces, int count) {
    int number = table_socket(descriptor);
    return number != 0 ? reseau_uwritev(number, pieces, count) : REAL(writev)(descriptor, pieces, count);
}

PRELOAD_EXPORT ssize_t
sendto(int descriptor, const void *data, size_t length, int flags, __CONST_SOCKADDR_ARG address, socklen_t size) {
    int number = table_socket(descriptor);
    return number != 0 ? reseau_usendto(number, data, length, flags, address.__sockaddr__, size)
                       : REAL(sendto)(descriptor, data, length, flags, address, size);
}

PRELOAD_EXPORT ssize_t send(int descriptor, const void *data, size_t length, int flags) {
    int number = table_socket(descriptor);
    return number != 0 ? reseau_usend(number, data, length, flags)
                       : REAL(sendto)(descriptor, data, length, flags, NULL, 0);
}

/* Descriptors that are sent to another process have to be the system's. */
static void hand_over_all(const struct msghdr *message) {
    struct msghdr *at = (struct msghdr *)message;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(at); header != NULL; header = CMSG_NXTHDR(at, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) {
            continue;
        }
        size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; i++) {
            int descriptor;
            memcpy(&descriptor, CMSG_DATA(header) + i * sizeof(int), sizeof(int));
            if (table_socket(descriptor) != 0) {
                relay_hand_over(descriptor);
            }
        }
    }
}

PRELOAD_EXPORT ssize_t sendmsg(int descriptor, const struct msghdr *message, int flags) {
    int number = table_socket(descriptor);
    if (number != 0) {
        return reseau_usendmsg(number, message, flags);
    }
    if (message != NULL && message->msg_controllen > 0 && atomic_load(&table_is_used)) {
        hand_over_all(message);
    }
    return REAL(sendmsg)(descriptor, message, flags);
}

PRELOAD_EXPORT int sendmmsg(int descriptor, struct mmsghdr *messages, unsigned count, int flags) {
    int number = table_socket(descriptor);
    if (number == 0) {
        return REAL(sendmmsg)(descriptor, messages, count, flags);
    }
    unsigned sent = 0;
    while (sent < count) {
        ssize_t length = reseau_usendmsg(number, &messages[sent].msg_hdr, flags);
        if (length < 0) {
            break;
        }
        messages[sent++].msg_len = (unsigned)length;
    }
    return sent > 0 || count == 0 ? (int)sent : -1;
}

/*
 * From a file to one of our sockets: how many bytes, and the file is where the last of them was. What has no position,
 * a pipe say, is refused, as by the system: what was read from it and not taken by the socket could not be put back.
 */
static ssize_t send_file(int number, int in, off_t *offset, size_t count) {
    char bytes[32 * 1024];
    size_t sent = 0;
    off_t at = offset != NULL ? *offset : lseek(in, 0, SEEK_CUR);
    if (at < 0) {
        errno = errno == ESPIPE || offset != NULL ? EINVAL : errno;
        return -1;
    }
    while (sent < count) {
        size_t wanted = count - sent < sizeof(bytes) ? count - sent : sizeof(bytes);
        ssize_t got = pread(in, bytes, wanted, at);
        ssize_t taken = got <= 0 ? got : reseau_usend(number, bytes, (size_t)got, 0);
        if (taken <= 0) {
            if (taken < 0 && sent == 0) {
                return -1;
            }
            break;
        }
        sent += (size_t)taken;
        at += taken;
        if (taken < got) {
            break;
        }
    }
    if (offset != NULL) {
        *offset = at;
    } else {
        lseek(in, at, SEEK_SET);
    }
    return (ssize_t)sent;
}

PRELOAD_EXPORT ssize_t sendfile(int out, int in, off_t *offset, size_t count) {
    int number = table_socket(out);
    if (table_socket(in) != 0) {
        errno = EINVAL;
        return -1;
    }
    return number != 0 ? send_file(number, in, offset, count) : REAL(sendfile)(out, in, offset, count);
}

PRELOAD_EXPORT ssize_t sendfile64(int out, int in, off64_t *offset, size_t count) {
    return sendfile(out, in, offset, count);
}

PRELOAD_EXPORT ssize_t splice(int in, off64_t *in_offset, int out, off64_t *out_offset, size_t length, unsigned flags) {
    if (table_socket(in) != 0) {
        relay_hand_over(in);
    }
    if (table_socket(out) != 0) {
        relay_hand_over(out);
    }
    return REAL(splice)(in, in_offset, out, out_offset, length, flags);
}

/* ---- What programs call that are compiled with _FORTIFY_SOURCE ---- */

_Noreturn void __chk_fail(void);

PRELOAD_EXPORT ssize_t __read_chk(int descriptor, void *data, size_t length, size_t room) {
    if (length > room) {
        __chk_fail();
    }
    return read(descriptor, data, length);
}

PRELOAD_EXPORT ssize_t __recv_chk(int descriptor, void *data, size_t length, size_t room, int flags) {
    if (length > room) {
        __chk_fail();
    }
    return recv(descriptor, data, length, flags);
}

PRELOAD_EXPORT ssize_t __recvfrom_chk(
    int descriptor, void *data, size_t length, size_t room, int flags, __SOCKADDR_ARG address, socklen_t *size) {
    if (length > room) {
        __chk_fail();
    }
    return recvfrom(descriptor, data, length, flags, address, size);
}

/* ---- Other names of the C library's for them ---- */

extern __typeof__(read) __read PRELOAD_ALIAS(read);
extern __typeof__(send) __send PRELOAD_ALIAS(send);
extern __typeof__(write) __write PRELOAD_ALIAS(write);
