/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_COMPLETION_H
#define RESEAU_COMPLETION_H

/*
 * Completions in batches, for event loops of other languages: a queue is a loop that is run one round at a time, and
 * answers with an array of what has happened, not with callbacks. Descriptors stay the caller's; the queue receives
 * from them, if so asked, so that one call brings the bytes of many connections.
 *
 * A queue is for one thread at a time: a call that comes while another thread is in one fails with RESEAU_ERROR_BUSY
 * and changes nothing. reseau_loop_stop(), reseau_post() and all else that takes a loop's id may come from any thread;
 * their functions are called inside reseau_completions_wait(). It ends by reseau_close(). On Windows a descriptor is a
 * SOCKET, of which 32 bits count, and what happens to it is reported a moment later, be it behind a change.
 */

#include <reseau/base.h>
#include <reseau/loop.h>

/** What can be asked for and is reported besides `enum reseau_event`. */
enum reseau_completion_event {
    /** Bytes are received as they come, as with recv(2), and reported. Not together with RESEAU_READABLE. */
    RESEAU_RECEIVE = 8,
};

/** What has happened to a descriptor since the last report of it. */
struct reseau_completion {
    /** What the program has given with the descriptor. */
    uint64_t token;
    /** Bits of RESEAU_READABLE, RESEAU_WRITABLE, RESEAU_BROKEN, RESEAU_RECEIVE; one or more. */
    int32_t events;
    /** With RESEAU_RECEIVE: 0, or why nothing can be received any more: a number of errno.h. */
    int32_t error;
    /** With RESEAU_RECEIVE: bytes received; 0 is the end of the stream if `error` is 0. Nothing comes after either. */
    uint64_t length;
    /** With RESEAU_RECEIVE: where in the queue's memory they begin, in bytes. Good until the next wait. */
    uint64_t offset;
};

/** Bytes for a descriptor; and, after the call, what came of them. */
struct reseau_completion_send {
    const void *data;
    uint64_t length;
    /** A non-blocking stream socket. */
    int32_t descriptor;
    /** Afterwards: 0, or why nothing can be sent any more: a number of errno.h. */
    int32_t error;
    /** Afterwards: how many bytes the system has taken. Fewer than there are: it has no room for more now. */
    uint64_t sent;
};

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A queue with so many bytes of memory to receive into, or some more: 262,144 at least; 0 is 1,048,576. Returns its id,
 * which is also that of a loop, but not for reseau_loop_run() (RESEAU_ERROR_WRONG_KIND); or an error. Any thread; never
 * blocks.
 */
RESEAU_API reseau_id reseau_completions_new(size_t memory_bytes);

/**
 * The memory that is received into, which stays the queue's, and its size in bytes (`size` may be NULL); NULL if the id
 * is not a queue's. Any thread; never blocks.
 */
RESEAU_API const void *reseau_completions_memory(reseau_id queue, size_t *size);

/**
 * Begins with a descriptor, which must be non-blocking for RESEAU_RECEIVE, and which is in this queue once.
 * `events`: bits of RESEAU_READABLE and RESEAU_WRITABLE, reported edge by edge as reseau_watch() does, or
 * RESEAU_RECEIVE, or 0, to begin with reseau_completions_change(). RESEAU_BROKEN is reported together with them only.
 * Returns 0, or RESEAU_ERROR_BUSY if the queue has the descriptor; RESEAU_ERROR_SYSTEM if it cannot be watched. Never
 * blocks.
 */
RESEAU_API int reseau_completions_add(reseau_id queue, int descriptor, int events, uint64_t token);

/**
 * Other events from now on. A bit of RESEAU_READABLE or RESEAU_WRITABLE that was not asked for before is reported when
 * it happens from now on: try first, and ask when that would block. RESEAU_RECEIVE goes on with what is there.
 * RESEAU_ERROR_INVALID_ARGUMENT if the queue does not have the descriptor. Never blocks.
 */
RESEAU_API int reseau_completions_change(reseau_id queue, int descriptor, int events);

/** Nothing of this descriptor is reported any more; before it is closed. Errors as the one before. Never blocks. */
RESEAU_API int reseau_completions_remove(reseau_id queue, int descriptor);

/**
 * Waits until something has happened, up to `timeout_ns` nanoseconds (0: not at all; RESEAU_FOREVER: no limit), and
 * writes up to `capacity` completions, one for each descriptor; the rest comes with the next call. Returns how many; 0
 * when the time has passed, also when less of it has: after reseau_loop_stop(), posted functions, and signals.
 * RESEAU_ERROR_LOOP_ENDED when the queue is closed meanwhile; RESEAU_ERROR_WOULD_BLOCK_LOOP on a loop's thread.
 */
RESEAU_API int
reseau_completions_wait(reseau_id queue, struct reseau_completion *completions, size_t capacity, int64_t timeout_ns);

/**
 * The same, for a program that has sent something since the last wait and expects a reply: before it sleeps it asks the
 * system again and again for a moment, 100 microseconds at most, if replies have come sooner than that before. It saves
 * a sleep and a wake-up; where it does not pay it is not done. Errors as the one before.
 */
RESEAU_API int reseau_completions_wait_for_reply(
    reseau_id queue, struct reseau_completion *completions, size_t capacity, int64_t timeout_ns);

/**
 * Sends to several sockets, which need not be in the queue: what each has room for now, by one call of the system where
 * it has such a call (Linux's io_uring, if we are allowed it). No descriptor stands there twice. Returns 0; or an
 * error, and has sent nothing. Never blocks.
 */
RESEAU_API int reseau_completions_send(reseau_id queue, struct reseau_completion_send *sends, size_t count);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_COMPLETION_H */
