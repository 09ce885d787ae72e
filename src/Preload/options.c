/* SPDX-License-Identifier: Apache-2.0 */
#include "relay.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

/*
 * getsockopt() and setsockopt(). What a transport does not have, and what only says how fast or by which way something
 * should go, is kept and changes nothing: programs give up when a socket does not take such an option.
 */

static bool is_hint(int level, int name) {
    switch (level) {
    case IPPROTO_TCP:
        return name == TCP_NODELAY || name == TCP_CORK || name == TCP_KEEPIDLE || name == TCP_KEEPINTVL ||
               name == TCP_KEEPCNT || name == TCP_QUICKACK || name == TCP_USER_TIMEOUT || name == TCP_DEFER_ACCEPT ||
               name == TCP_SYNCNT || name == TCP_LINGER2 || name == TCP_NOTSENT_LOWAT || name == TCP_FASTOPEN;
    case IPPROTO_IP:
        return name == IP_TOS || name == IP_TTL || name == IP_MTU_DISCOVER || name == IP_BIND_ADDRESS_NO_PORT ||
               name == IP_FREEBIND;
    case IPPROTO_IPV6:
        return name == IPV6_TCLASS || name == IPV6_UNICAST_HOPS || name == IPV6_V6ONLY || name == IPV6_MTU_DISCOVER;
    case SOL_SOCKET:
        return name == SO_PRIORITY || name == SO_MARK || name == SO_INCOMING_CPU || name == SO_BUSY_POLL ||
               name == SO_RCVBUFFORCE || name == SO_SNDBUFFORCE;
    default:
        return false;
    }
}

/* Under the table's lock: where it is kept, or where there is room for it; NULL if there is none. */
static struct hint *find_hint(struct file *file, int level, int name, bool is_new) {
    for (int i = 0; i < file->hint_count; i++) {
        if (file->hints[i].level == level && file->hints[i].name == name) {
            return &file->hints[i];
        }
    }
    if (!is_new || file->hint_count == HINTS_MAX) {
        return NULL;
    }
    struct hint *hint = &file->hints[file->hint_count++];
    hint->level = level;
    hint->name = name;
    return hint;
}

static int keep_hint(int descriptor, int level, int name, const void *value, socklen_t length) {
    if (length < 1 || value == NULL) {
        errno = value == NULL ? EFAULT : EINVAL;
        return -1;
    }
    table_lock();
    struct file *file = table_file(descriptor);
    struct hint *hint = file == NULL ? NULL : find_hint(file, level, name, true);
    if (hint != NULL) {
        hint->value = 0;
        memcpy(&hint->value, value, length < sizeof(int) ? length : sizeof(int));
    }
    table_unlock();
    return 0;
}

static int give_hint(int descriptor, int level, int name, void *value, socklen_t *length) {
    table_lock();
    struct file *file = table_file(descriptor);
    struct hint *hint = file == NULL ? NULL : find_hint(file, level, name, false);
    int kept = hint == NULL ? 0 : hint->value;
    table_unlock();
    if (*length > sizeof(int)) {
        *length = sizeof(int);
    }
    memcpy(value, &kept, *length);
    return 0;
}

static int give_number(int number, void *value, socklen_t *length) {
    if (*length > sizeof(int)) {
        *length = sizeof(int);
    }
    memcpy(value, &number, *length);
    return 0;
}

PRELOAD_EXPORT int setsockopt(int descriptor, int level, int name, const void *value, socklen_t length) {
    int number = table_socket(descriptor);
    if (number == 0) {
        bool is_kept = level != SOL_SOCKET && table_relayed(descriptor, NULL);
        return is_kept ? keep_hint(descriptor, level, name, value, length)
                       : REAL(setsockopt)(descriptor, level, name, value, length);
    }
    int result = reseau_usetsockopt(number, level, name, value, length);
    return result < 0 && errno == ENOPROTOOPT && is_hint(level, name)
               ? keep_hint(descriptor, level, name, value, length)
               : result;
}

PRELOAD_EXPORT int getsockopt(int descriptor, int level, int name, void *restrict value, socklen_t *restrict length) {
    int number = table_socket(descriptor);
    struct file file;
    if (number != 0) {
        int result = reseau_ugetsockopt(number, level, name, value, length);
        return result < 0 && errno == ENOPROTOOPT && is_hint(level, name)
                   ? give_hint(descriptor, level, name, value, length)
                   : result;
    }
    if (!table_relayed(descriptor, &file)) {
        return REAL(getsockopt)(descriptor, level, name, value, length);
    }
    if (level != SOL_SOCKET) {
        return give_hint(descriptor, level, name, value, length);
    }
    switch (name) {
    case SO_DOMAIN:
        return give_number(file.domain, value, length);
    case SO_TYPE:
        return give_number(file.type, value, length);
    case SO_PROTOCOL:
        return give_number(file.protocol, value, length);
    case SO_ACCEPTCONN:
        return give_number(file.is_listening, value, length);
    default:
        return REAL(getsockopt)(descriptor, level, name, value, length);
    }
}
