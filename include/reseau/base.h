/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_BASE_H
#define RESEAU_BASE_H

/*
 * What every header of this surface uses: ids, errors, times, the version.
 *
 * Conventions, the same in every function
 *   Results   0 or more is success; less than 0 is one of `enum reseau_error`. There is no errno and no last error.
 *   Ids       A connection, listener, datagram socket, file, timer, watch, loop or completion queue is a number above
 *             0, which is never given out again. A call with an id whose object is gone fails with RESEAU_ERROR_BAD_ID
 *             and touches nothing else.
 *   Threads   Every function may be called from any thread. Callbacks come on the thread of the object's loop, one at a
 *             time, never inside a call that begins something, and never under a lock. What may block says so; called
 *             on a loop's thread it fails with RESEAU_ERROR_WOULD_BLOCK_LOOP instead, and changes nothing.
 *   Times     Milliseconds in int64_t. In arguments 0 is "do not wait" and RESEAU_FOREVER no limit; in option structs 0
 *             is the default and RESEAU_FOREVER no limit.
 *   Options   The first field is the size of the struct, so that fields can be added. Zero in any other field means the
 *             default. NULL in place of a struct means all defaults. Structs and what they point to are copied inside
 *             the call.
 *   Memory    Text is NUL-terminated. What an argument points to is the caller's, and is not used after the call, where
 *             nothing else is said. Memory that a function gives to its caller is freed by reseau_free(). `state` is
 *             passed to callbacks as it is, and never read through.
 *   Fork      A child process must not use what its parent made (RESEAU_ERROR_FORKED); it may make its own.
 *   Signals   A handler calls none of these functions. What waits goes on when one has run, where nothing else is said.
 *             Where a loop is to act on signals: block them before the first call, since threads inherit that, and give
 *             a descriptor of signalfd(2), or of a pipe that a handler writes to, to reseau_watch().
 */

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#    define RESEAU_API __declspec(dllimport)
#else
#    define RESEAU_API
#endif

/** Names an object. 0 and -1 never do; neither does any other number below 1. */
typedef int64_t reseau_id;

/** No limit of time; no limit of bytes where a field says so. */
#define RESEAU_FOREVER ((int64_t)-1)

/** What calls return when they fail. Numbers never change; new ones may come. */
enum reseau_error {
    /** An argument cannot be: NULL, a size of options that is unknown, a number out of range. */
    RESEAU_ERROR_INVALID_ARGUMENT = -1,
    /** No object has this id, or none any more. */
    RESEAU_ERROR_BAD_ID = -2,
    /** The object is of another kind than this function is for. */
    RESEAU_ERROR_WRONG_KIND = -3,
    /** The connection is closed or on its way to it: nothing more can be sent. */
    RESEAU_ERROR_CLOSED = -4,
    /** The peer has ended the stream, and everything before its end has been read. */
    RESEAU_ERROR_END_OF_STREAM = -5,
    /** A deadline or a limit of time has passed. */
    RESEAU_ERROR_TIMED_OUT = -6,
    /** Nothing can be done without waiting. */
    RESEAU_ERROR_WOULD_BLOCK = -7,
    /** A call that may block was made on the thread of a loop, which would stop everything on it. */
    RESEAU_ERROR_WOULD_BLOCK_LOOP = -8,
    /** The operation was canceled by a close. */
    RESEAU_ERROR_CANCELED = -9,
    /** Another thread is already doing this on the same object. */
    RESEAU_ERROR_BUSY = -10,
    /** The bounded queue of writes, or a buffer that was given, has no room for it. */
    RESEAU_ERROR_NO_ROOM = -11,
    /** A datagram is larger than can be sent, or a line or message than allowed. */
    RESEAU_ERROR_TOO_LARGE = -12,
    /** The system has no memory, or a limit of memory is reached. */
    RESEAU_ERROR_NO_MEMORY = -13,
    /** The process or the system has no more descriptors. */
    RESEAU_ERROR_TOO_MANY_FILES = -14,
    /** The system forbids it. */
    RESEAU_ERROR_ACCESS_DENIED = -15,
    /** Another socket has this address. */
    RESEAU_ERROR_ADDRESS_IN_USE = -16,
    /** No interface of this host has this address. */
    RESEAU_ERROR_ADDRESS_NOT_AVAILABLE = -17,
    /** Not an address, a host name, or a path that a socket can have. */
    RESEAU_ERROR_BAD_ADDRESS = -18,
    /** This system, or this build, cannot do it. */
    RESEAU_ERROR_UNSUPPORTED = -19,
    /** Nobody listens there. */
    RESEAU_ERROR_REFUSED = -20,
    /** The peer has given the connection up, or the network has. */
    RESEAU_ERROR_RESET = -21,
    /** No way to that host. */
    RESEAU_ERROR_UNREACHABLE = -22,
    /** The network is down. */
    RESEAU_ERROR_NETWORK_DOWN = -23,
    /** The name has no address (EAI_NONAME). */
    RESEAU_ERROR_NAME_NOT_FOUND = -24,
    /** The name could not be looked up now (EAI_AGAIN). */
    RESEAU_ERROR_NAME_TRY_AGAIN = -25,
    /** The name could not be looked up. */
    RESEAU_ERROR_NAME_FAILED = -26,
    /** The TLS handshake failed. */
    RESEAU_ERROR_TLS_HANDSHAKE = -27,
    /** The peer's certificate is not trusted, has expired, or is for another name. */
    RESEAU_ERROR_TLS_CERTIFICATE = -28,
    /** The peer has sent records that cannot be read. */
    RESEAU_ERROR_TLS_PROTOCOL = -29,
    /** The stream ended without a close_notify: it may have been cut. */
    RESEAU_ERROR_TLS_TRUNCATED = -30,
    /** A certificate, key or other option of TLS cannot be used. */
    RESEAU_ERROR_TLS_OPTIONS = -31,
    /** No such file or path. */
    RESEAU_ERROR_NOT_FOUND = -32,
    /** A file could not be read or written. */
    RESEAU_ERROR_FILE = -33,
    /** The peer has not read for longer, or more slowly, than allowed. */
    RESEAU_ERROR_SLOW_READER = -34,
    /** The loop of the object has ended. */
    RESEAU_ERROR_LOOP_ENDED = -35,
    /** The object belongs to the process that this one was forked from. */
    RESEAU_ERROR_FORKED = -36,
    /** A failure of the system that has no number of its own here. */
    RESEAU_ERROR_SYSTEM = -37,
    /** The proxy does not make this connection. */
    RESEAU_ERROR_PROXY_REFUSED = -38,
    /** The proxy asks for a user and a password, or for others. */
    RESEAU_ERROR_PROXY_AUTHENTICATION = -39,
    /** What answers is not a proxy of this kind. */
    RESEAU_ERROR_PROXY_PROTOCOL = -40,
    /** A hook of the connection has failed, or its bytes were cut. */
    RESEAU_ERROR_HOOK = -41,
    /** There is something of this name already. */
    RESEAU_ERROR_EXISTS = -42,
    /** The disk is full, or the space that the user may have on it. */
    RESEAU_ERROR_NO_SPACE = -43,
};

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The name of an error, such as "RESEAU_ERROR_TIMED_OUT", in static memory; never NULL: 0 is "0", what is no error is
 * "unknown". Any thread.
 */
RESEAU_API const char *reseau_error_name(int64_t error);

/** A short sentence that says what an error means, in static memory; never NULL. Any thread. */
RESEAU_API const char *reseau_error_text(int64_t error);

/** The version of the library in use, such as "0.3.0", in static memory. Any thread. */
RESEAU_API const char *reseau_version(void);

/** Frees memory that a function of this surface has given to its caller. NULL does nothing. Any thread. */
RESEAU_API void reseau_free(void *memory);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_BASE_H */
