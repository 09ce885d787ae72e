/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_SIMULATION_H
#define RESEAU_SIMULATION_H

/*
 * A network that exists only in memory, with faults, on a clock that jumps from one event to the next: for tests of
 * whole programs. Years pass in seconds, and one seed decides everything that happens.
 *
 * A simulation has hosts, and a host is a loop. The ordinary functions open connections, listeners, datagram sockets,
 * timers and posted functions on it, by its id, as on any loop; and inside its callbacks the default loop is the host.
 * So a program is begun by reseau_post() to its host, and need not know where it runs. Names are those of the
 * simulation, and so are addresses, the network and the time that limits are measured by.
 *
 *   Not there   What is the system's fails with RESEAU_ERROR_UNSUPPORTED: Unix sockets, descriptors made elsewhere,
 *               files and their watches, interfaces, names of addresses, multicast. Calls that block fail with
 *               RESEAU_ERROR_WOULD_BLOCK_LOOP, on any thread: nothing happens but in reseau_simulation_step() and
 *               reseau_simulation_run().
 *   The same    One seed gives one run, on every machine, with the same hash. That holds for programs that use none of
 *   run         these to decide: other clocks and random numbers, addresses of memory, values of ids, other threads.
 *   TLS         Its keys are the system's random numbers, so that other bytes are sent each time: see
 *               `ignores_content`. Certificates are judged by the system's clock.
 *   Threads     None is made. A simulation belongs to the thread that has made it; others may post to its hosts, which
 *               takes the sameness away.
 */

#include <reseau/base.h>

#include <string.h>

/** How one direction between two hosts behaves. Zero in all fields is a perfect link. Numbers from 0 to 1 are odds. */
struct reseau_link {
    /** sizeof(struct reseau_link). */
    size_t size;
    /** Microseconds that everything takes, and, at random, up to so many more. */
    int64_t latency_us;
    int64_t jitter_us;
    /** What is sent waits for what was sent before. 0: no limit. */
    uint64_t bytes_per_second;
    /** Bytes of a stream that travel together, at most. Default: 16,384. */
    size_t segment_bytes;
    /** A datagram or a segment is lost. Segments are sent again, after 200 ms, 400 ms and so on. */
    double loss;
    /** A datagram comes twice. */
    double duplication;
    /** What is sent is late, and overtaken: a datagram by others; the rest of a stream waits for it. */
    double reordering;
    /** A segment resets its connection. */
    double reset;
};

/** What hosts do to their programs, at random. Zero in all fields is nothing. Numbers from 0 to 1 are odds. */
struct reseau_faults {
    /** sizeof(struct reseau_faults). */
    size_t size;
    /** A read or a write of the socket moves fewer bytes than it could. */
    double short_io;
    /** A socket cannot be opened: RESEAU_ERROR_TOO_MANY_FILES. */
    double no_socket;
    /** A connection is refused, or gets no answer. */
    double no_connect;
    /** A connection cannot be accepted now, or is lost before. */
    double no_accept;
    /** A name cannot be looked up now: RESEAU_ERROR_NAME_TRY_AGAIN. */
    double no_name;
    /** Milliseconds that looking a name up takes, at random up to this. */
    int64_t name_ms;
    /** Bytes that a socket may have taken and not sent, and received and not handed out. Default: 65,536. */
    size_t buffer_bytes;
};

/** Options of reseau_simulation_new(). Set `size`; leave the rest zero. */
struct reseau_simulation_options {
    /** sizeof(struct reseau_simulation_options). */
    size_t size;
    /** Not 0: the hash is of what happens, when, and of how many bytes, but not of the bytes: for TLS. */
    int ignores_content;
    /** Not 0: hosts that have something to do at the same moment take turns. Default: their order is random. */
    int takes_turns;
};

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A simulation without hosts, at its beginning; NULL for default options. Returns its id, or an error. The calling
 * thread is the one that may use it.
 */
RESEAU_API reseau_id reseau_simulation_new(uint64_t seed, const struct reseau_simulation_options *options);

/**
 * Ends all hosts as reseau_abort() does, and the simulation. Returns 0, or RESEAU_ERROR_BUSY inside a callback of a
 * host. What is on the hosts is called for the last time inside this call.
 */
RESEAU_API int reseau_simulation_free(reseau_id simulation);

/**
 * A host: its loop, by id. `name` can be looked up by the others. `addresses` are of IPv4 and IPv6, with spaces
 * between, at most 8; NULL: one of each family, 10.0.0.1 and fd00::1 for the first host, and so on. Every host has
 * 127.0.0.1 and ::1 for itself. RESEAU_ERROR_EXISTS if another has the name, RESEAU_ERROR_ADDRESS_IN_USE if it has an
 * address; RESEAU_ERROR_BAD_ADDRESS.
 *
 * reseau_close() ends a host as if its program were killed: everything on it ends with RESEAU_ERROR_LOOP_ENDED, and its
 * peers see that. reseau_abort() does so as if the power were cut: its peers see nothing of it. After that a host with
 * the same name and addresses can be made: it has started again.
 */
RESEAU_API reseau_id reseau_simulation_host(reseau_id simulation, const char *name, const char *addresses);

/**
 * Another name, for these addresses, whoever has them; NULL: the name has none from now on. In place of what the name
 * had before. RESEAU_ERROR_BAD_ADDRESS.
 */
RESEAU_API int reseau_simulation_name(reseau_id simulation, const char *name, const char *addresses);

/**
 * How the network behaves from one host to another, from now on; 0 for a host is all of them, and for both also those
 * to come. `link` is copied; NULL is a perfect one. The link of a host to itself is always perfect.
 */
RESEAU_API int
reseau_simulation_link(reseau_id simulation, reseau_id from, reseau_id to, const struct reseau_link *link);

/**
 * Cuts two hosts off from each other, in both directions; 0 is all others. What is on its way is lost; streams send it
 * again until it comes through, for 15 minutes, and fail then with RESEAU_ERROR_TIMED_OUT. One direction alone is cut
 * by a link that loses everything.
 */
RESEAU_API int reseau_simulation_partition(reseau_id simulation, reseau_id a, reseau_id b);

/** Ends that; 0 is all others. */
RESEAU_API int reseau_simulation_heal(reseau_id simulation, reseau_id a, reseau_id b);

/** Resets the connections between two hosts; 0 is all others. Returns how many there were. */
RESEAU_API int reseau_simulation_reset(reseau_id simulation, reseau_id a, reseau_id b);

/** What a host does to its program from now on; 0: all hosts, also those to come. `faults` NULL: nothing. */
RESEAU_API int reseau_simulation_faults(reseau_id simulation, reseau_id host, const struct reseau_faults *faults);

/**
 * Links and faults by the seed: some perfect, some bad, and for the next `duration_ms` partitions and resets, after
 * which nothing is cut and nothing fails any more, though all is slow as before. For hosts that are there.
 */
RESEAU_API int reseau_simulation_random_faults(reseau_id simulation, int64_t duration_ms);

/**
 * One step: what the network does at this moment, or one round of a host's loop; if there is neither, the clock jumps
 * to the next event first. Returns 1; 0 if nothing will happen any more. RESEAU_ERROR_BUSY inside a callback of a host.
 */
RESEAU_API int reseau_simulation_step(reseau_id simulation);

/**
 * Steps until nothing will happen any more, which a listener or a silent connection does not prevent: returns 0. Or
 * until `limit_ms` have passed on the simulation's clock, which then stands there: RESEAU_ERROR_TIMED_OUT; or until
 * reseau_simulation_stop(): 1.
 */
RESEAU_API int reseau_simulation_run(reseau_id simulation, int64_t limit_ms);

/** Ends the run after the present step; from a callback. */
RESEAU_API int reseau_simulation_stop(reseau_id simulation);

/** Nanoseconds on the simulation's clock since its beginning, or an error. */
RESEAU_API int64_t reseau_simulation_now(reseau_id simulation);

/**
 * A random number that the seed decides, for programs: 63 bits, or an error. They have nothing to do with those of the
 * network, which a program that takes more or fewer of them leaves as they are.
 */
RESEAU_API int64_t reseau_simulation_random(reseau_id simulation);

/** What a program has to say becomes a line of the trace, and a part of the hash. */
RESEAU_API int reseau_simulation_note(reseau_id simulation, const char *text);

/** A number for everything that has happened until now. 0 for an id that is none. */
RESEAU_API uint64_t reseau_simulation_hash(reseau_id simulation);

/**
 * From now on writes what happens to a file, as lines of text: to find where two runs differ. NULL ends it.
 * RESEAU_ERROR_FILE, also when it ends and not everything could be written.
 */
RESEAU_API int reseau_simulation_trace(reseau_id simulation, const char *path);

/**
 * From now on writes the packets of the whole network to a file, as pcapng, at the moment when they are sent, with the
 * simulation's clock, which begins with the year 2000. NULL ends it. RESEAU_ERROR_FILE, also when it ends and not
 * everything could be written.
 */
RESEAU_API int reseau_simulation_capture(reseau_id simulation, const char *path);

/**
 * Calls a function for `count` seeds, from `first` on, until it returns something else than 0: that is the result, and
 * `*failed`, if not NULL, gets the seed. Before that it says on standard error how to run this seed alone. Returns 0 if
 * there is none. In the environment RESEAU_SIMULATION_SEED is one seed to call it for instead, and
 * RESEAU_SIMULATION_SEEDS another count.
 */
RESEAU_API int reseau_simulation_seeds(
    uint64_t first, uint64_t count, int (*scenario)(uint64_t seed, void *state), void *state, uint64_t *failed);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_SIMULATION_H */
