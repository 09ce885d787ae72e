/* SPDX-License-Identifier: Apache-2.0 */
#include "native.h"

#include <errno.h>
#include <sys/socket.h>

/* More than this is sent at once, since the system has enough to do with it. */
#define MAX_GATHERED (64 * 1024)

/* More than this is sent without the interpreter's lock, by the function written in Python. */
#define MAX_KEPT_LOCK (256 * 1024)

/** What takes the bytes of a stream, in the transport's context: a function of its protocol, records of TLS, or the
 * protocol of asyncio's streams itself. */
struct receiver {
    PyObject_HEAD PyObject *context;
    PyObject *function;
    PyObject *transport;
};

/** write() of a transport: sends at once as long as nothing is in the way. */
struct writer {
    PyObject_HEAD struct runner *runner;

    /** Of Python: write(data), sent(data, count), failed(errno). */
    PyObject *slow;
    PyObject *sent;
    PyObject *failed;
    int descriptor;

    /** What was written in this round, and goes out at its end; or NULL. */
    PyObject *gathered;

    /** Nothing is queued, and neither the end nor a file is on its way. */
    char is_open;
};

static PyTypeObject *s_receiver_type;
static PyTypeObject *s_writer_type;

/* ---- Receiver ---- */

int receiver_is_one(PyObject *object) {
    return Py_TYPE(object) == s_receiver_type;
}

static PyObject *s_receiver_new(PyTypeObject *type, PyObject *args, PyObject *names) {
    PyObject *context, *function, *transport;
    (void)names;
    if (!PyArg_ParseTuple(args, "OOO", &context, &function, &transport)) {
        return NULL;
    }
    struct receiver *self = (struct receiver *)new_object(type);
    if (self != NULL) {
        Py_INCREF(context);
        self->context = context;
        Py_INCREF(function);
        self->function = function;
        Py_INCREF(transport);
        self->transport = transport;
    }
    return (PyObject *)self;
}

static int s_receiver_clear(struct receiver *self) {
    drop(&self->context);
    drop(&self->function);
    drop(&self->transport);
    return 0;
}

static int s_receiver_traverse(struct receiver *self, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->context);
    Py_VISIT(self->function);
    Py_VISIT(self->transport);
    return 0;
}

static void s_receiver_dealloc(struct receiver *self) {
    PyObject_GC_UnTrack(self);
    s_receiver_clear(self);
    free_object((PyObject *)self);
}

/* Of the transport, in Python: what the protocol has raised. */
static PyObject *s_receive_failed(PyObject *transport) {
    PyObject *error = take_error();
    if (error == NULL) {
        return NULL;
    }
    PyObject *result = PyObject_CallMethod(transport, "_fail_to_receive", "O", error);
    Py_DECREF(error);
    return result;
}

static PyObject *s_give_bytes(PyObject *context, PyObject *function, const char *bytes, Py_ssize_t size) {
    PyObject *data = PyBytes_FromStringAndSize(bytes, size);
    PyObject *result = data != NULL ? call_in(context, function, &data, 1) : NULL;
    Py_XDECREF(data);
    return result;
}

static PyObject *s_give_reader(PyObject *context, PyObject *protocol, const char *bytes, Py_ssize_t size) {
    return g_calls.enter(context) == 0 ? leave(context, reader_receive(protocol, bytes, size)) : NULL;
}

static PyObject *s_give_records(PyObject *context, PyObject *records, const char *bytes, Py_ssize_t size) {
    return g_calls.enter(context) == 0 ? leave(context, records_receive(records, bytes, size)) : NULL;
}

PyObject *receiver_call(PyObject *receiver, const char *bytes, Py_ssize_t size) {
    struct receiver *self = (struct receiver *)receiver;

    /* It may be dropped by what it calls. */
    PyObject *transport = self->transport, *context = self->context, *function = self->function;
    Py_INCREF(transport);
    Py_INCREF(context);
    Py_INCREF(function);

    /* What is no function is a protocol that reader.c knows, be it of another class by now. */
    PyObject *result = records_is_one(function)     ? s_give_records(context, function, bytes, size)
                       : PyCallable_Check(function) ? s_give_bytes(context, function, bytes, size)
                                                    : s_give_reader(context, function, bytes, size);
    if (result == NULL) {
        result = s_receive_failed(transport);
    }
    Py_DECREF(function);
    Py_DECREF(context);
    Py_DECREF(transport);
    return result;
}

static PyType_Slot s_receiver_slots[] = {
    {Py_tp_new, s_receiver_new},
    {Py_tp_dealloc, s_receiver_dealloc},
    {Py_tp_traverse, s_receiver_traverse},
    {Py_tp_clear, s_receiver_clear},
    {0, NULL},
};

static PyType_Spec s_receiver_spec = {
    "reseau.asyncio._native.Receiver",
    sizeof(struct receiver),
    0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    s_receiver_slots,
};

/* ---- Writer ---- */

static PyObject *s_writer_new(PyTypeObject *type, PyObject *args, PyObject *names) {
    PyObject *runner, *slow, *sent, *failed;
    int descriptor;
    (void)names;
    if (!PyArg_ParseTuple(args, "OiOOO", &runner, &descriptor, &slow, &sent, &failed)) {
        return NULL;
    }
    if (!runner_is_one(runner)) {
        PyErr_SetString(PyExc_TypeError, "a writer is of a Runner of this module");
        return NULL;
    }
    struct writer *self = (struct writer *)new_object(type);
    if (self != NULL) {
        Py_INCREF(runner);
        self->runner = (struct runner *)runner;
        Py_INCREF(slow);
        self->slow = slow;
        Py_INCREF(sent);
        self->sent = sent;
        Py_INCREF(failed);
        self->failed = failed;
        self->descriptor = descriptor;
    }
    return (PyObject *)self;
}

static int s_writer_clear(struct writer *self) {
    self->is_open = 0;
    drop((PyObject **)&self->runner);
    drop(&self->slow);
    drop(&self->sent);
    drop(&self->failed);
    drop(&self->gathered);
    return 0;
}

static int s_writer_traverse(struct writer *self, visitproc visit, void *arg) {
    Py_VISIT(self->gathered);
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->runner);
    Py_VISIT(self->slow);
    Py_VISIT(self->sent);
    Py_VISIT(self->failed);
    return 0;
}

static void s_writer_dealloc(struct writer *self) {
    PyObject_GC_UnTrack(self);
    s_writer_clear(self);
    free_object((PyObject *)self);
}

static PyObject *s_call_with_number(PyObject *function, PyObject *data, long number) {
    PyObject *of_number = PyLong_FromLong(number);
    PyObject *result = of_number == NULL ? NULL
                       : data == NULL    ? PyObject_CallFunctionObjArgs(function, of_number, NULL)
                                         : PyObject_CallFunctionObjArgs(function, data, of_number, NULL);
    Py_XDECREF(of_number);
    return result;
}

static PyObject *s_sent_part(struct writer *self, PyObject *data, Py_ssize_t sent, int error) {
    if (error != 0 && error != EAGAIN && error != EWOULDBLOCK && error != EINTR) {
        return s_call_with_number(self->failed, NULL, error);
    }
    return s_call_with_number(self->sent, data, (long)sent);
}

int writer_settle(PyObject *writer, Py_ssize_t sent, int error) {
    struct writer *self = (struct writer *)writer;
    PyObject *data = self->gathered;
    self->gathered = NULL;

    /* The cycle collector may have emptied it. */
    if (data == NULL || (error == 0 && sent == PyBytes_Size(data)) || self->slow == NULL) {
        Py_XDECREF(data);
        return 0;
    }
    PyObject *result = s_sent_part(self, data, sent, error);
    Py_DECREF(data);
    Py_XDECREF(result);
    return result != NULL ? 0 : -1;
}

/* What was written before goes before. -1: with an exception. */
static int s_send_gathered(struct writer *self) {
    return self->gathered != NULL ? runner_send(self->runner) : 0;
}

static PyObject *s_write(struct writer *self, PyObject *data) {
    if (s_send_gathered(self) != 0) {
        return NULL;
    }
    if (!self->is_open || !PyBytes_CheckExact(data)) {
        if (self->slow == NULL) {
            PyErr_SetString(PyExc_RuntimeError, "the transport is gone");
            return NULL;
        }
        return PyObject_CallFunctionObjArgs(self->slow, data, NULL);
    }
    Py_ssize_t size = PyBytes_Size(data);
    if (size == 0) {
        Py_RETURN_NONE;
    }
    if (size > MAX_KEPT_LOCK) {
        return PyObject_CallFunctionObjArgs(self->slow, data, NULL);
    }
    self->runner->has_sent = 1;
    if (size <= MAX_GATHERED && runner_gathers(self->runner)) {
        Py_INCREF(data);
        self->gathered = data;
        runner_gather(self->runner, (PyObject *)self, self->descriptor, data);
        Py_RETURN_NONE;
    }
    ssize_t sent = send(self->descriptor, PyBytes_AsString(data), (size_t)size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent == size) {
        Py_RETURN_NONE;
    }
    return sent < 0 ? s_sent_part(self, data, 0, errno) : s_sent_part(self, data, sent, 0);
}

/* Before something that has to be behind what was written. */
static PyObject *s_settle(struct writer *self, PyObject *unused) {
    (void)unused;
    if (s_send_gathered(self) != 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *s_set_open(struct writer *self, PyObject *value) {
    int is_open = PyObject_IsTrue(value);
    if (is_open < 0) {
        return NULL;
    }
    self->is_open = is_open && self->slow != NULL;
    Py_RETURN_NONE;
}

static PyMethodDef s_writer_methods[] = {
    {"write", (PyCFunction)(void *)s_write, METH_O, "Sends what the socket has room for, and keeps the rest."},
    {"set_open", (PyCFunction)(void *)s_set_open, METH_O, "Whether write() may send at once."},
    {"settle", (PyCFunction)(void *)s_settle, METH_NOARGS, "Sends what waits for others of its round."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot s_writer_slots[] = {
    {Py_tp_new, s_writer_new},
    {Py_tp_dealloc, s_writer_dealloc},
    {Py_tp_traverse, s_writer_traverse},
    {Py_tp_clear, s_writer_clear},
    {Py_tp_methods, s_writer_methods},
    {0, NULL},
};

static PyType_Spec s_writer_spec = {
    "reseau.asyncio._native.Writer",
    sizeof(struct writer),
    0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    s_writer_slots,
};

int stream_add_types(PyObject *module) {
    s_receiver_type = add_type(module, &s_receiver_spec);
    s_writer_type = s_receiver_type != NULL ? add_type(module, &s_writer_spec) : NULL;
    return s_writer_type != NULL ? 0 : -1;
}
