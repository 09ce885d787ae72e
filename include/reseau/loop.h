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
    RESEAU_READABLE = 1,
    RESEAU_WRITABLE = 2,
    /** Reported only: the other side is gone, or the descriptor has an error. */
    RESEAU_BROKEN = 4,
};

#ifdef __cplusplus
extern "C" {
#endif

/** A loop without a thread: it runs inside reseau_loop_run(), on the caller's. Closed by reseau_close(). */
RESEAU_API reseau_id reseau_loop_new(void);

/**
 * Runs a loop on this thread: until reseau_loop_stop(), or for `timeout_ms`; 0 does what is due and returns. Returns 0.
 * RESEAU_ERROR_BUSY if a thread runs it already; RESEAU_ERROR_WOULD_BLOCK_LOOP inside a callback.
 */
RESEAU_API int reseau_loop_run(reseau_id loop, int64_t timeout_ms);

/** Ends the reseau_loop_run() that runs now, or the next one at once. Any thread. */
RESEAU_API int reseau_loop_stop(reseau_id loop);

/** The loop of an object. */
RESEAU_API reseau_id reseau_loop_of(reseau_id id);

/** The loop whose thread this is, or RESEAU_ERROR_BAD_ID. */
RESEAU_API reseau_id reseau_loop_current(void);

/**
 * Has a function called once on the loop's thread, after those posted before by the same thread. `loop` 0: one of the
 * library's. `is_canceled` is 1 if the loop ends before; the function is called all the same, so that it can free its
 * state. Any thread.
 */
RESEAU_API int reseau_post(reseau_id loop, void (*function)(void *state, int is_canceled), void *state);

/**
 * Calls a function after `delay_ms`, then every `period_ms`, or once if that is 0. A late call does not make others
 * come sooner; those that were missed are left out. `loop` 0: one of the library's. Returns the timer's id; a one-shot
 * timer is gone when its call returns. After reseau_close() from the loop's thread the function is not called any more;
 * from another thread a call may be under way: reseau_wait_closed() waits for it.
 */
RESEAU_API reseau_id reseau_timer_start(
    reseau_id loop,
    int64_t delay_ms,
    int64_t period_ms,
    void (*function)(reseau_id timer, void *state),
    void *state);

/** Begins the timer's delay again, from now. */
RESEAU_API int reseau_timer_restart(reseau_id timer, int64_t delay_ms);

/**
 * Reports when a descriptor made elsewhere can be read or written (`events`: bits of `enum reseau_event`), edge by
 * edge: again only when that has changed. The descriptor stays the caller's, who closes the watch first. `loop` 0: one
 * of the library's.
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
