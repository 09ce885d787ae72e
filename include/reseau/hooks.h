/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_HOOKS_H
#define RESEAU_HOOKS_H

/*
 * Hooks: what the bytes of a connection become on their way, such as compression, framing, or a cipher of one's own.
 * Any number of them stand on one another; TLS is a layer among them.
 *
 *         reseau_write()  |   ^  on_data, reseau_read()
 *     the newest hook     |   |
 *     ...                 |   |    those added after TLS began see what it carries
 *     TLS                 |   |
 *     the oldest hook     v   |    those added before see its records
 *                       the socket
 *
 * A hook has four functions of one shape. Each gets bytes and a window, says how many bytes it has consumed and how
 * many it has put into the window, and can be called as often as that takes. What it does not consume is kept for it
 * and given again, with more behind it. So a hook needs no buffer for what is incomplete, nor one for its output; both
 * are bounded, and a peer that does not read stops them as it stops a plain connection. `flush` and `close` get no
 * input.
 */

#include <reseau/base.h>

#include <string.h>

/** What a hook is given, and what it makes of it. */
struct reseau_hook_bytes {
    /** What has come and is not consumed yet, in one piece. NULL if there is nothing. */
    const unsigned char *input;
    size_t input_length;
    /** Nothing will come behind it: the stream has ended there. */
    int is_last;
    /** Where the result goes: room for at least 16,384 bytes. */
    unsigned char *output;
    size_t output_room;
    /** Set by the hook, 0 before: how much of `input` it is done with. */
    size_t consumed;
    /** Set by the hook, 0 before: how much it has put into `output`. */
    size_t produced;
};

/** What a function of a hook returns. */
enum reseau_hook_result {
    /** It has done what it can; what it has not consumed needs more behind it. */
    RESEAU_HOOK_DONE = 0,
    /** It has more to put: call it again with another window. It must have consumed or produced something. */
    RESEAU_HOOK_MORE = 1,
    /** `read` only: the stream has ended here, as the hook's own protocol says. What comes behind is thrown away. */
    RESEAU_HOOK_END = 2,
};

/**
 * A function of a hook. Returns one of `enum reseau_hook_result`; a number below 0 fails the connection, with
 * RESEAU_ERROR_HOOK, and that number as `cause` in its record. So does a call whose result or numbers cannot be, with
 * RESEAU_ERROR_INVALID_ARGUMENT as the cause. It comes on the thread of the connection's loop, one at a
 * time, under no lock, and may call any function of the library that does not block, also for its own connection: what
 * it writes goes through all hooks, from the top; a close or abort takes effect when it has returned; a hook that it
 * adds is the newest. It must not run a loop or throw.
 */
typedef int(reseau_hook_fn)(reseau_id connection, struct reseau_hook_bytes *bytes, void *state);

/** A hook. Functions may be NULL: then bytes pass as they are, and there is nothing to flush or to close. */
struct reseau_hook {
    /** sizeof(struct reseau_hook). */
    size_t size;

    /** Given to each function. */
    void *state;

    /**
     * Bytes from below. When the stream has ended, once more with `is_last`; what is left unconsumed then was cut,
     * and fails the connection: RESEAU_ERROR_HOOK, the cause being RESEAU_ERROR_END_OF_STREAM.
     */
    reseau_hook_fn *read;

    /** Bytes from above. A file comes in pieces of 64 KB at most, in order with other writes. */
    reseau_hook_fn *write;

    /**
     * All that was written up to now has been given to `write`: puts what the hook holds back, so that the peer gets
     * it. Often: a turn of the loop that has written ends with it. Also asked for by reseau_flush_hooks().
     */
    reseau_hook_fn *flush;

    /**
     * This side ends its sending, by reseau_end() or a graceful close: puts the last bytes, such as a trailer. Once,
     * after all else that goes out; not when the connection is aborted or has failed.
     */
    reseau_hook_fn *close;

    /** Frees the state: once, after `on_close`, when the hook has left or cannot be added. On any thread. */
    void (*destroy)(void *state);
};

/** A hook that says nothing but its size. */
static inline struct reseau_hook reseau_hook_default(void) {
    struct reseau_hook hook;
    memset(&hook, 0, sizeof(hook));
    hook.size = sizeof(hook);
    return hook;
}

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Puts a hook on top of a connection. What the peer has sent and nobody has read goes through it, so a
 * protocol that agrees on it reads its own answer first, and nothing more; what was written before goes without it. In
 * a callback of the connection's the bytes that this call consumes are read. Returns 0 when that has been done; on
 * the loop's thread it is done when the callback has returned. Elsewhere it waits for the loop a moment: on the thread
 * of another loop that is RESEAU_ERROR_WOULD_BLOCK_LOOP. RESEAU_ERROR_CLOSED if the connection is closing;
 * RESEAU_ERROR_BUSY while TLS begins. The struct is copied; on failure the state has been destroyed, but for
 * RESEAU_ERROR_INVALID_ARGUMENT.
 *
 * At most 64 KB are kept that a hook has not consumed; one that needs more in one piece ends the connection:
 * RESEAU_ERROR_HOOK, the cause being RESEAU_ERROR_TOO_LARGE. A connection with hooks cannot be detached.
 */
RESEAU_API int reseau_add_hook(reseau_id connection, const struct reseau_hook *hook);

/**
 * Takes the newest hook with this state away. What was written before goes through it still, then its `close` puts its
 * last bytes, and what is written later passes it by. What comes in passes it by from now on, first what it has not
 * consumed; a function of it that runs at this moment comes to its end. So a hook whose own protocol says that it ends
 * here consumes up to that place in its `read`, and takes itself away. Its state is destroyed when all of that has been
 * done, on the loop's thread. The connection goes on, and can still not be detached. Returns 0 at once.
 * RESEAU_ERROR_NOT_FOUND if there is no such hook; RESEAU_ERROR_UNSUPPORTED for one that TLS stands on;
 * RESEAU_ERROR_CLOSED if the connection is closing; RESEAU_ERROR_BUSY while TLS begins. Any thread; never blocks.
 */
RESEAU_API int reseau_remove_hook(reseau_id connection, const void *state);

/**
 * Has `flush` of each hook called, from the newest to the oldest, also if nothing was written: so a hook can send bytes
 * of its own, such as the answer to what `read` has seen. Returns 0 or an error. Any thread; never blocks.
 */
RESEAU_API int reseau_flush_hooks(reseau_id connection);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_HOOKS_H */
