/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_PRELOAD_READINESS_H
#define RESEAU_PRELOAD_READINESS_H

#include "preload.h"

/* On the monotonic clock, in nanoseconds; INT64_MAX is never. */
int64_t deadline_after(const struct timespec *timeout);

/* The time that is left; NULL without an end. */
struct timespec *time_until(int64_t deadline, struct timespec *left);

/* Parents' listeners among them are asked for connections. */
void announce_listeners(const struct pollfd *descriptors, nfds_t count);

/* An epoll descriptor is to be readable when it has events, for poll() and for other epoll descriptors. */
void events_are_watched(int descriptor);

#endif /* RESEAU_PRELOAD_READINESS_H */
