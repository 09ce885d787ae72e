/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_PYTHON_NATIVE_H
#define RESEAU_PYTHON_NATIVE_H

/*
 * The fast half of reseau.asyncio: what happens for each message and each callback, without ctypes and without
 * functions written in Python. One module for CPython 3.9 and newer, by its stable ABI; the few functions outside that
 * are looked up when it is imported (s_calls in module.c). Everything here is for the thread that has the interpreter's
 * lock. What is rare is in Python, and is called from here. `reseau.asyncio` works without this module, too.
 */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x03090000
#include <Python.h>

#include <stdint.h>

/* The stable ABI has it since 3.10; interpreters have had it since 3.7. */
#ifndef METH_FASTCALL
#    define METH_FASTCALL 0x0080
#endif

/* Of PyMemoryView_FromMemory(), which the stable ABI has had before its flags. */
#ifndef PyBUF_READ
#    define PyBUF_READ 0x100
#endif

/**
 * What the package's Python and this module expect of each other; the same number is in asyncio/_accelerator.py. It
 * rises with each change of what either calls of the other.
 */
#define INTERFACE 4

/** Functions of CPython's that its stable ABI has later or not at all. */
struct calls {
    PyObject *(*vectorcall)(PyObject *callable, PyObject *const *args, size_t count, PyObject *names);
    int (*enter)(PyObject *context);
    int (*leave)(PyObject *context);
    PyObject *(*copy_context)(void);
};
extern struct calls g_calls;

/** What a library says of one descriptor (reseau/completion.h). */
struct completion {
    uint64_t token;
    int32_t events;
    int32_t error;
    uint64_t length;
    uint64_t offset;
};

/** Bytes for a descriptor, and what came of them (the same header). */
struct completion_send {
    const void *data;
    uint64_t length;
    int32_t descriptor;
    int32_t error;
    uint64_t sent;
};

/** So many writes wait for each other at most. */
#define MAX_SENDS 64

typedef int wait_fn(int64_t queue, struct completion *completions, size_t capacity, int64_t timeout_ns);

typedef int send_fn(int64_t queue, struct completion_send *sends, size_t count);

/** The round of one loop. */
struct runner {
    PyObject_HEAD PyObject *append;
    PyObject *pop;
    PyObject *ready;
    PyObject *receivers;
    PyObject *deliver;
    wait_fn *wait;
    wait_fn *wait_for_reply;
    send_fn *send;
    int64_t queue;
    const char *memory;
    struct completion *completions;
    size_t capacity;

    /** Of the last wait: how many, and how many of them have been given out. */
    Py_ssize_t count;
    Py_ssize_t given;
    int has_sent;

    /** Much has come in this round: writes wait. */
    char gathers;
    /** When the first of them was written, in nanoseconds. */
    int64_t gathering_since;
    /** Whose they are, and what they write. */
    PyObject *writers[MAX_SENDS];
    PyObject *bytes[MAX_SENDS];
    /** How many of them the system has had, and the program has been notified of: 0 until they go. */
    Py_ssize_t settled;

    /** The thread that sends what has waited for too long, or NULL; whether there was to be one. */
    struct overdue *overdue;
    char has_overdue;

    /* ---- Changed under the lock of that thread only ---- */

    /** Writes of this round, which go out together. */
    struct completion_send sends[MAX_SENDS];
    Py_ssize_t send_count;
    /** They are on their way. */
    char is_sending;
    /** So many of them that thread has sent. */
    Py_ssize_t sent_late;
    /** Writes that waited, since the beginning. */
    uint64_t gathered;
};

/* In each file: makes its type, and adds it to the module. 0, or -1 with an exception. */
int handle_add_types(PyObject *module);
int runner_add_types(PyObject *module);
int stream_add_types(PyObject *module);
int records_add_types(PyObject *module);
int reader_add_functions(PyObject *module);

/** A type of a module. Returns a reference of its own, or NULL. */
PyTypeObject *add_type(PyObject *module, PyType_Spec *spec);

/** A new object of a type, zeroed, whose class it is: the object's fields are empty. */
PyObject *new_object(PyTypeObject *type);

/** Frees an object whose fields are empty. */
void free_object(PyObject *object);

/** Takes what is in a field out of it, and drops it. */
void drop(PyObject **field);

/** Calls something in a context. */
PyObject *call_in(PyObject *context, PyObject *callable, PyObject *const *args, Py_ssize_t count);

/** The exception that is set, taken out, or NULL if it ends the loop: SystemExit and KeyboardInterrupt stay set. */
PyObject *take_error(void);

/** What call_soon() returns, for its callback and arguments. */
PyObject *handle_new(PyObject *context, PyObject *callback, PyObject *const *args, Py_ssize_t count);
int handle_is_one(PyObject *object);

/** Calls it unless it was cancelled. -1: with an exception, which ends the loop. */
int handle_run(PyObject *handle);

/** Bytes of TLS that have come, for what reads them. NULL: with an exception. */
PyObject *records_receive(PyObject *records, const char *bytes, Py_ssize_t size);
int records_is_one(PyObject *object);

/**
 * Bytes for the reader of a protocol of asyncio's streams. 1: done; 0: the protocol's data_received() is to do it; -1:
 * with an exception.
 */
int reader_feed(PyObject *protocol, const char *bytes, Py_ssize_t size);

/** The same, or by data_received(). NULL: with an exception. */
PyObject *reader_receive(PyObject *protocol, const char *bytes, Py_ssize_t size);

/** Ends what g_calls.enter() has begun; a result passes, and so does the exception of none. */
PyObject *leave(PyObject *context, PyObject *result);

int runner_is_one(PyObject *object);

/** The thread of a runner, which ends with overdue_free(); NULL if there can be none. */
struct overdue *overdue_new(struct runner *runner);
void overdue_free(struct overdue *overdue);

/** False in a forked child, which has no such thread. */
int overdue_is_here(const struct overdue *overdue);

/** Around changes of what it sees. NULL is none. */
void overdue_lock(struct overdue *overdue);
void overdue_unlock(struct overdue *overdue);

/** Something waits. Under its lock. */
void overdue_wake(struct overdue *overdue);

/** One write by a call of its own. */
void send_alone(struct completion_send *one);

/** Whether a write may wait for others of its round. */
int runner_gathers(struct runner *runner);

/** Keeps the bytes of a write for runner_send(); there is room. */
void runner_gather(struct runner *runner, PyObject *writer, int descriptor, PyObject *bytes);

/** Sends what was gathered, and notifies each writer by writer_settle(). -1: with an exception; all were notified. */
int runner_send(struct runner *runner);

/** What came of a writer's gathered write. -1: with an exception. */
int writer_settle(PyObject *writer, Py_ssize_t sent, int error);
int receiver_is_one(PyObject *object);

/** Calls a receiver with bytes that have come. NULL: with an exception. */
PyObject *receiver_call(PyObject *receiver, const char *bytes, Py_ssize_t size);

#endif /* RESEAU_PYTHON_NATIVE_H */
