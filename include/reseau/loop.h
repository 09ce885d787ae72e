/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_LOOP_H
#define RESEAU_LOOP_H

/*
 * Loops, functions posted to them, timers, and descriptors made elsewhere.
 *
 * A program need not make a loop: the library makes its own when they are first needed, one for each processor and at
 * most 8, each on a thread of its own. Make one to have callbacks on a thread of yours.
 */

#include <reseau/base.h>

/** What can be watched for, and what is reported. */
enum reseau_event {
    /** There is something to read, or the end of the stream. */
    RESEAU_READABLE = 1,
    /** There is room to write. */
    RESEAU_WRITABLE = 2,
    /** Reported only, and always: the other side is gone, or the descriptor has an error. */
    RESEAU_BROKEN = 4,
};

/** What loops are made on. Only Linux has a choice. */
enum reseau_event_loop {
    /** epoll, which loops of Linux are on unless something else was asked for. */
    RESEAU_EVENT_LOOP_EPOLL = 1,
    /** io_uring, of Linux 6.1 or newer. Loops that callers run are on epoll all the same. */
    RESEAU_EVENT_LOOP_IO_URING = 2,
};

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Chooses what loops are made on from now on, those of the library and of the aws API included (there they are of the
 * type AWS_EVENT_LOOP_EPOLL either way); call it before anything else. What there is stays as it is. Without it the
 * environment chooses: RESEAU_EVENT_LOOP is `epoll` or `io_uring`. Who asks for epoll, by either, gets no ring of
 * io_uring anywhere, not for the batches of completion queues either, which try one otherwise. `event_loop` is of `enum
 * reseau_event_loop`. Returns 0; RESEAU_ERROR_UNSUPPORTED if the system has no such thing, or does not let us have it:
 * then loops are on epoll where there is that. RESEAU_ERROR_INVALID_ARGUMENT. Any thread; never blocks.
 */
RESEAU_API int reseau_choose_event_loop(int event_loop);

/**
 * A loop without a thread: it runs inside reseau_loop_run(), on the caller's. Returns its id or an error.
 *
 * reseau_close() ends it: at once, on the calling thread, if nobody runs it; else when the run returns, which it then
 * does. Posted functions are called as canceled; timers, watches and sockets on the loop end with it, as if by
 * RESEAU_ERROR_LOOP_ENDED. The thread that does all this counts as the loop's meanwhile. The library's own loops cannot
 * be closed, run or stopped.
 */
RESEAU_API reseau_id reseau_loop_new(void);

/**
 * Runs a loop on this thread: until reseau_loop_stop(), or for `timeout_ms`; 0 does what is due, one round of it, and
 * returns. Returns 0, or RESEAU_ERROR_LOOP_ENDED if it was closed meanwhile. RESEAU_ERROR_BUSY if a thread runs it
 * already; RESEAU_ERROR_WOULD_BLOCK_LOOP on a loop's thread. Threads may run it one after the other.
 */
RESEAU_API int reseau_loop_run(reseau_id loop, int64_t timeout_ms);

/**
 * Ends the reseau_loop_run() that runs now, when what was posted before has been called; or the next one after a round.
 * Any thread; never blocks.
 */
RESEAU_API int reseau_loop_stop(reseau_id loop);

/** The loop of an object: a connection, listener, datagram socket, file, timer or watch. Any thread; never blocks. */
RESEAU_API reseau_id reseau_loop_of(reseau_id id);

/** The loop whose thread this is, or RESEAU_ERROR_BAD_ID. Never blocks. */
RESEAU_API reseau_id reseau_loop_current(void);

/**
 * Has a function called once on the loop's thread, after those posted to this loop before by the same thread. `loop` 0:
 * one of the library's. `is_canceled` is 1 if the loop ends before; the function is called all the same, so that it can
 * free its state. If this fails, with RESEAU_ERROR_LOOP_ENDED for instance, it is not called. Any thread; never blocks.
 */
RESEAU_API int reseau_post(reseau_id loop, void (*function)(void *state, int is_canceled), void *state);

/**
 * Calls a function after `delay_ms`, never sooner, then every `period_ms`, or once if that is 0. A late call does not
 * move those after it; moments that have passed meanwhile are left out. `loop` 0: one of the library's. Returns the
 * timer's id; a one-shot timer is gone when its call returns, unless that has begun it again. After reseau_close() on
 * the loop's thread the function is not called any more; on another thread a call may be under way:
 * reseau_wait_closed() waits for it. Any thread; never blocks.
 */
RESEAU_API reseau_id reseau_timer_start(
    reseau_id loop, int64_t delay_ms, int64_t period_ms, void (*function)(reseau_id timer, void *state), void *state);

/**
 * Begins the timer's delay again, from now; the period stays. RESEAU_ERROR_CLOSED if it is closed and not gone yet. Any
 * thread, also inside its own function; never blocks.
 */
RESEAU_API int reseau_timer_restart(reseau_id timer, int64_t delay_ms);

/**
 * Reports when a descriptor made elsewhere can be read or written (`events`: bits of `enum reseau_event`), edge by
 * edge: what is there at first, then again only when something has come or room was made. The descriptor stays the
 * caller's, who closes the watch first; on another thread than the loop's, waits for that by reseau_wait_closed(); and
 * then closes the descriptor. One watch of a descriptor on each loop; RESEAU_ERROR_SYSTEM for that, and for what cannot
 * be watched, such as regular files. `loop` 0: one of the library's. Any thread; never blocks.
 *
 * On Windows the descriptor is a SOCKET (its value has 32 bits that count), which this makes non-blocking
 * (WSAEventSelect); a socket has one watch in all, and the later of two on different loops has the events.
 */
RESEAU_API reseau_id reseau_watch(
    reseau_id loop,
    int descriptor,
    int events,
    void (*function)(reseau_id watch, int events, void *state),
    void *state);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_LOOP_H */
