/* SPDX-License-Identifier: Apache-2.0 */
#include "native.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define RECEIVE 8

/* Writes wait for each other if so many have come in one round, and for so long. */
#define MIN_GATHERED 4
#define MAX_GATHERING_NS 200000

static PyTypeObject *s_type;

int runner_is_one(PyObject *object) {
    return Py_TYPE(object) == s_type;
}

static PyObject *s_new(PyTypeObject *type, PyObject *args, PyObject *names) {
    PyObject *ready, *receivers, *deliver;
    long long queue;
    unsigned long long wait, wait_for_reply, send, memory, completions;
    Py_ssize_t capacity;
    (void)names;
    if (!PyArg_ParseTuple(
            args,
            "OOOLKKKKKn",
            &ready,
            &receivers,
            &deliver,
            &queue,
            &wait,
            &wait_for_reply,
            &send,
            &memory,
            &completions,
            &capacity)) {
        return NULL;
    }
    struct runner *self = (struct runner *)new_object(type);
    if (self == NULL) {
        return NULL;
    }
    self->queue = queue;
    self->wait = (wait_fn *)(uintptr_t)wait;
    self->wait_for_reply = (wait_fn *)(uintptr_t)wait_for_reply;
    self->send = (send_fn *)(uintptr_t)send;
    self->memory = (const char *)(uintptr_t)memory;
    self->completions = (struct completion *)(uintptr_t)completions;
    self->capacity = (size_t)capacity;
    Py_INCREF(ready);
    self->ready = ready;
    Py_INCREF(receivers);
    self->receivers = receivers;
    Py_INCREF(deliver);
    self->deliver = deliver;
    self->append = PyObject_GetAttrString(ready, "append");
    self->pop = PyObject_GetAttrString(ready, "popleft");
    if (self->append == NULL || self->pop == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

/* The thread that sees what is written is to end before that is gone. */
static void s_end_overdue(struct runner *self) {
    struct overdue *overdue = self->overdue;
    self->overdue = NULL;
    if (overdue != NULL) {
        overdue_free(overdue);
    }
}

static int s_clear(struct runner *self) {
    s_end_overdue(self);
    drop(&self->append);
    drop(&self->pop);
    drop(&self->ready);
    drop(&self->receivers);
    drop(&self->deliver);
    while (self->settled < self->send_count) {
        drop(&self->bytes[self->settled]);
        drop(&self->writers[self->settled++]);
    }
    self->send_count = self->settled = self->sent_late = 0;
    return 0;
}

static int s_traverse(struct runner *self, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->append);
    Py_VISIT(self->pop);
    Py_VISIT(self->ready);
    Py_VISIT(self->receivers);
    Py_VISIT(self->deliver);
    for (Py_ssize_t i = self->settled; i < self->send_count; ++i) {
        Py_VISIT(self->writers[i]);
    }
    return 0;
}

static void s_dealloc(struct runner *self) {
    PyObject_GC_UnTrack(self);
    s_clear(self);
    free_object((PyObject *)self);
}

/* ---- What is written ---- */

static int64_t s_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int s_has_overdue(struct runner *self) {
    if (!self->has_overdue) {
        self->has_overdue = 1;
        self->overdue = overdue_new(self);
    }
    return self->overdue != NULL && overdue_is_here(self->overdue);
}

int runner_gathers(struct runner *self) {
    return self->gathers && !self->is_sending && self->send_count < MAX_SENDS && s_has_overdue(self);
}

void runner_gather(struct runner *self, PyObject *writer, int descriptor, PyObject *bytes) {
    if (self->send_count == 0) {
        self->gathering_since = s_now();
    }
    struct completion_send send = {PyBytes_AsString(bytes), (uint64_t)PyBytes_Size(bytes), descriptor, 0, 0};
    Py_INCREF(writer);
    self->writers[self->send_count] = writer;
    Py_INCREF(bytes);
    self->bytes[self->send_count] = bytes;
    overdue_lock(self->overdue);
    self->sends[self->send_count++] = send;
    ++self->gathered;
    overdue_wake(self->overdue);
    overdue_unlock(self->overdue);
}

/* Each writer is notified in its turn. What that calls may write again: then those behind it are notified before. */
static int s_settle_all(struct runner *self) {
    PyObject *type = NULL, *error = NULL, *trace = NULL;
    while (self->settled < self->send_count) {
        PyObject *writer = self->writers[self->settled];
        PyObject *bytes = self->bytes[self->settled];
        struct completion_send send = self->sends[self->settled++];
        if (writer_settle(writer, (Py_ssize_t)send.sent, send.error) != 0) {
            if (type == NULL) {
                PyErr_Fetch(&type, &error, &trace);
            } else {
                PyErr_Clear();
            }
        }
        Py_DECREF(bytes);
        Py_DECREF(writer);
    }
    if (type != NULL) {
        PyErr_Restore(type, error, trace);
        return -1;
    }
    return 0;
}

void send_alone(struct completion_send *one) {
    ssize_t sent = send(one->descriptor, one->data, one->length, MSG_DONTWAIT | MSG_NOSIGNAL);
    int error = sent < 0 && errno != EAGAIN && errno != EINTR ? errno : 0;
    one->sent = sent < 0 ? 0 : (uint64_t)sent;
    one->error = error;
}

/* In a forked child all of them are its parent's, which sends them, or has sent them in part. */
static void s_leave_to_parent(struct runner *self) {
    for (Py_ssize_t i = 0; i < self->send_count; ++i) {
        self->sends[i].sent = self->sends[i].length;
        self->sends[i].error = 0;
    }
}

/* Those that have not gone. */
static void s_send_rest(struct runner *self, Py_ssize_t first) {
    if (self->overdue != NULL && !overdue_is_here(self->overdue)) {
        s_leave_to_parent(self);
        return;
    }
    if (first == self->send_count) {
        return;
    }
    int status = self->send(self->queue, self->sends + first, (size_t)(self->send_count - first));

    /* Nothing has been sent: another thread, which has no business there, is inside a call with the queue. */
    for (Py_ssize_t i = first; status != 0 && i < self->send_count; ++i) {
        send_alone(&self->sends[i]);
    }
}

int runner_send(struct runner *self) {
    if (self->send_count == 0) {
        return 0;
    }
    if (self->is_sending) {
        return s_settle_all(self);
    }
    overdue_lock(self->overdue);
    self->is_sending = 1;
    Py_ssize_t first = self->sent_late;
    overdue_unlock(self->overdue);
    s_send_rest(self, first);
    int status = s_settle_all(self);
    overdue_lock(self->overdue);
    self->send_count = self->settled = self->sent_late = 0;
    self->is_sending = 0;
    overdue_unlock(self->overdue);
    return status;
}

/* Those that wait go when they are many, or one has waited for long. An exception that is set stays. */
static int s_send_if_due(struct runner *self) {
    if (self->send_count == 0 || (self->send_count < MAX_SENDS && s_now() - self->gathering_since < MAX_GATHERING_NS)) {
        return 0;
    }
    return runner_send(self);
}

/* At the end of a round, whatever has happened in it: `status` passes, and its exception. */
static int s_end_gathering(struct runner *self, int status) {
    PyObject *type, *error, *trace;
    self->gathers = 0;
    if (self->send_count == 0) {
        return status;
    }
    PyErr_Fetch(&type, &error, &trace);
    int of_sends = runner_send(self);
    if (type == NULL) {
        return of_sends != 0 ? -1 : status;
    }
    PyErr_Restore(type, error, trace);
    return status;
}

static PyObject *s_send(struct runner *self, PyObject *unused) {
    (void)unused;
    if (s_end_gathering(self, 0) != 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

/* The last of a loop. */
static PyObject *s_close(struct runner *self, PyObject *unused) {
    int status = s_end_gathering(self, 0);
    s_end_overdue(self);
    (void)unused;
    if (status != 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

/* ---- What is ready ---- */

static int s_is_context(PyObject *name) {
    return PyUnicode_CompareWithASCIIString(name, "context") == 0;
}

/* call_soon(callback, *args, context=None) */
static PyObject *s_call_soon(struct runner *self, PyObject *const *args, Py_ssize_t count, PyObject *names) {
    PyObject *context = NULL;
    Py_ssize_t named = names != NULL ? PyTuple_Size(names) : 0;
    if (count < 1 || named > 1 || (named == 1 && !s_is_context(PyTuple_GetItem(names, 0)))) {
        PyErr_SetString(PyExc_TypeError, "call_soon() takes a callback, its arguments, and a context by name");
        return NULL;
    }
    if (named == 1 && args[count] != Py_None) {
        context = args[count];
        Py_INCREF(context);
    } else {
        context = g_calls.copy_context();
    }
    if (context == NULL) {
        return NULL;
    }
    PyObject *handle = handle_new(context, args[0], args + 1, count - 1);
    Py_DECREF(context);
    if (handle == NULL) {
        return NULL;
    }
    PyObject *result = g_calls.vectorcall(self->append, &handle, 1, NULL);
    if (result == NULL) {
        Py_DECREF(handle);
        return NULL;
    }
    Py_DECREF(result);
    return handle;
}

/* asyncio's own handles: timers, and what other threads have scheduled. */
static int s_run_other(PyObject *handle) {
    PyObject *is_cancelled = PyObject_GetAttrString(handle, "_cancelled");
    if (is_cancelled == NULL) {
        return -1;
    }
    int is = PyObject_IsTrue(is_cancelled);
    Py_DECREF(is_cancelled);
    if (is != 0) {
        return is < 0 ? -1 : 0;
    }
    PyObject *result = PyObject_CallMethod(handle, "_run", NULL);
    Py_XDECREF(result);
    return result != NULL ? 0 : -1;
}

static int s_run_all(struct runner *self) {
    for (Py_ssize_t left = PyObject_Size(self->ready); left > 0; --left) {
        PyObject *handle = g_calls.vectorcall(self->pop, NULL, 0, NULL);
        if (handle == NULL) {
            return -1;
        }
        int status = handle_is_one(handle) ? handle_run(handle) : s_run_other(handle);
        Py_DECREF(handle);
        if (status != 0 || s_send_if_due(self) != 0) {
            return -1;
        }
    }
    return 0;
}

static PyObject *s_run_ready(struct runner *self, PyObject *unused) {
    (void)unused;
    if (s_end_gathering(self, s_run_all(self)) != 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

/* ---- What has come ---- */

static PyObject *s_record(const struct completion *one) {
    return Py_BuildValue(
        "KiiKK",
        (unsigned long long)one->token,
        one->events,
        one->error,
        (unsigned long long)one->length,
        (unsigned long long)one->offset);
}

static PyObject *s_deliver(struct runner *self, const struct completion *one) {
    PyObject *record = s_record(one);
    PyObject *result = record != NULL ? g_calls.vectorcall(self->deliver, &record, 1, NULL) : NULL;
    Py_XDECREF(record);
    return result;
}

/* Bytes alone go to a receiver, if there is one; everything else is in Python. */
static PyObject *s_give(struct runner *self, const struct completion *one) {
    if (one->events != RECEIVE || one->length == 0) {
        return s_deliver(self, one);
    }
    PyObject *token = PyLong_FromUnsignedLongLong(one->token);
    if (token == NULL) {
        return NULL;
    }
    PyObject *receiver = PyDict_GetItemWithError(self->receivers, token);
    Py_DECREF(token);
    if (receiver == NULL || !receiver_is_one(receiver)) {
        return PyErr_Occurred() != NULL ? NULL : s_deliver(self, one);
    }
    Py_INCREF(receiver);
    PyObject *result = receiver_call(receiver, self->memory + one->offset, (Py_ssize_t)one->length);
    Py_DECREF(receiver);
    return result;
}

static PyObject *s_dispatch(struct runner *self, PyObject *unused) {
    (void)unused;
    self->gathers = self->count - self->given >= MIN_GATHERED;
    while (self->given < self->count) {
        PyObject *result = s_give(self, &self->completions[self->given++]);
        Py_XDECREF(result);
        if (result == NULL || s_send_if_due(self) != 0) {
            s_end_gathering(self, -1);
            return NULL;
        }
    }
    Py_RETURN_NONE;
}

/* The next of what has come, as a tuple, or None: instead of dispatch(). */
static PyObject *s_take(struct runner *self, PyObject *unused) {
    (void)unused;
    if (self->given >= self->count) {
        Py_RETURN_NONE;
    }
    return s_record(&self->completions[self->given++]);
}

/* Whether the selector's own descriptor, token 0, is among what has come. */
static PyObject *s_has_selector(struct runner *self, PyObject *unused) {
    (void)unused;
    for (Py_ssize_t i = self->given; i < self->count; ++i) {
        if (self->completions[i].token == 0) {
            Py_RETURN_TRUE;
        }
    }
    Py_RETURN_FALSE;
}

/* ---- Waiting ---- */

/*
 * wait(nanoseconds): how many have come, or an error of the library's; 0 nanoseconds keep the interpreter's lock. What
 * the last wait has brought and an exception has kept from being given out comes first, from where it still is.
 */
static PyObject *s_wait(struct runner *self, PyObject *limit) {
    int64_t nanoseconds = PyLong_AsLongLong(limit);
    if (nanoseconds == -1 && PyErr_Occurred() != NULL) {
        return NULL;
    }
    if (self->given < self->count) {
        return PyLong_FromSsize_t(self->count - self->given);
    }
    int count;
    self->count = self->given = 0;

    /* An interrupt may have come between a round's end and its sends. */
    if (s_end_gathering(self, 0) != 0) {
        return NULL;
    }
    if (nanoseconds == 0) {
        count = self->wait(self->queue, self->completions, self->capacity, 0);
    } else {
        wait_fn *wait = self->has_sent ? self->wait_for_reply : self->wait;
        self->has_sent = 0;
        PyThreadState *thread = PyEval_SaveThread();
        count = wait(self->queue, self->completions, self->capacity, nanoseconds);
        PyEval_RestoreThread(thread);
    }
    self->count = count > 0 ? count : 0;
    return PyLong_FromLong(count);
}

static PyObject *s_note_sent(struct runner *self, PyObject *unused) {
    (void)unused;
    self->has_sent = 1;
    Py_RETURN_NONE;
}

static PyMethodDef s_methods[] = {
    {"call_soon",
     (PyCFunction)(void *)s_call_soon,
     METH_FASTCALL | METH_KEYWORDS,
     "Schedules a callback for the next round."},
    {"run_ready", (PyCFunction)(void *)s_run_ready, METH_NOARGS, "Calls what is ready now, not what that makes ready."},
    {"wait", (PyCFunction)(void *)s_wait, METH_O, "Waits so many nanoseconds; returns how many have come."},
    {"dispatch", (PyCFunction)(void *)s_dispatch, METH_NOARGS, "Gives out what has come. Writes wait for send()."},
    {"send", (PyCFunction)(void *)s_send, METH_NOARGS, "Sends what was written since dispatch()."},
    {"close", (PyCFunction)(void *)s_close, METH_NOARGS, "Sends what waits; from now on nothing does."},
    {"take", (PyCFunction)(void *)s_take, METH_NOARGS, "The next of what has come, or None."},
    {"has_selector", (PyCFunction)(void *)s_has_selector, METH_NOARGS, "Whether token 0 is among what has come."},
    {"note_sent", (PyCFunction)(void *)s_note_sent, METH_NOARGS, "A reply may come soon."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot s_slots[] = {
    {Py_tp_new, s_new},
    {Py_tp_dealloc, s_dealloc},
    {Py_tp_traverse, s_traverse},
    {Py_tp_clear, s_clear},
    {Py_tp_methods, s_methods},
    {0, NULL},
};

static PyType_Spec s_spec = {
    "reseau.asyncio._native.Runner",
    sizeof(struct runner),
    0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    s_slots,
};

int runner_add_types(PyObject *module) {
    s_type = add_type(module, &s_spec);
    return s_type != NULL ? 0 : -1;
}
