/* SPDX-License-Identifier: Apache-2.0 */
#include "native.h"

#include <string.h>

#define HEADER 5
#define LARGEST 16384
#define LARGEST_RECORD (LARGEST + 2048)
#define FIRST_TYPE 20
#define LAST_TYPE 24
#define MAX_PARTS 64

/**
 * TLS of one stream while it is open: records that have come go into the memory that the engine reads, and are counted,
 * so that it is asked as often as there are any (RFC 8446, section 5.1). What is rare is the protocol's, in Python.
 */
struct records {
    PyObject_HEAD PyObject *protocol;
    PyObject *incoming;
    PyObject *outgoing;
    PyObject *incoming_write;
    PyObject *outgoing_read;

    /** From when the handshake is finished: the engine's functions, and write() of the program's transport. */
    PyObject *read;
    PyObject *write;
    PyObject *slow_write;

    /** Of the record that has not ended: what is there of its header, and how much of the rest is to come. */
    unsigned char head[HEADER];
    int head_size;
    size_t left;
    char is_lost;
};

static PyTypeObject *s_type;

/* Errors of the engine that only say that more must come. */
static PyObject *s_again;

/* Names of attributes of the protocol in asyncio. */
static PyObject *s_is_fast, *s_app_protocol, *s_data_received, *s_pending, *s_transport, *s_write_name, *s_largest;

int records_is_one(PyObject *object) {
    return Py_TYPE(object) == s_type;
}

static PyObject *s_new(PyTypeObject *type, PyObject *args, PyObject *names) {
    PyObject *protocol, *incoming, *outgoing;
    (void)names;
    if (!PyArg_ParseTuple(args, "OOO", &protocol, &incoming, &outgoing)) {
        return NULL;
    }
    struct records *self = (struct records *)new_object(type);
    if (self == NULL) {
        return NULL;
    }
    Py_INCREF(protocol);
    self->protocol = protocol;
    Py_INCREF(incoming);
    self->incoming = incoming;
    Py_INCREF(outgoing);
    self->outgoing = outgoing;
    self->incoming_write = PyObject_GetAttrString(incoming, "write");
    self->outgoing_read = PyObject_GetAttrString(outgoing, "read");
    if (self->incoming_write == NULL || self->outgoing_read == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static int s_clear(struct records *self) {
    drop(&self->protocol);
    drop(&self->incoming);
    drop(&self->outgoing);
    drop(&self->incoming_write);
    drop(&self->outgoing_read);
    drop(&self->read);
    drop(&self->write);
    drop(&self->slow_write);
    return 0;
}

static int s_traverse(struct records *self, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->protocol);
    Py_VISIT(self->incoming);
    Py_VISIT(self->outgoing);
    Py_VISIT(self->incoming_write);
    Py_VISIT(self->outgoing_read);
    Py_VISIT(self->read);
    Py_VISIT(self->write);
    Py_VISIT(self->slow_write);
    return 0;
}

static void s_dealloc(struct records *self) {
    PyObject_GC_UnTrack(self);
    s_clear(self);
    free_object((PyObject *)self);
}

/* How many records end in what has come. What is no record, the engine is to see: it counts as one, and all behind it.
 */
static int s_count(struct records *self, const unsigned char *bytes, size_t size) {
    int ended = 0;
    while (!self->is_lost) {
        if (self->left > 0) {
            if (size < self->left) {
                self->left -= size;
                return ended;
            }
            bytes += self->left;
            size -= self->left;
            self->left = 0;
            ++ended;
        }
        while (self->head_size < HEADER) {
            if (size == 0) {
                return ended;
            }
            self->head[self->head_size++] = *bytes++;
            --size;
        }
        self->head_size = 0;
        self->left = (size_t)self->head[3] << 8 | self->head[4];
        self->is_lost = self->head[0] < FIRST_TYPE || self->head[0] > LAST_TYPE || self->left > LARGEST_RECORD;
    }
    return ended + 1;
}

static PyObject *s_call(PyObject *function, PyObject *argument) {
    return g_calls.vectorcall(function, &argument, argument != NULL, NULL);
}

static PyObject *s_call_method(PyObject *object, const char *name, PyObject *argument) {
    PyObject *method = PyObject_GetAttrString(object, name);
    PyObject *result = method != NULL ? s_call(method, argument) : NULL;
    Py_XDECREF(method);
    return result;
}

static int s_is(PyObject *object, PyObject *name) {
    PyObject *value = PyObject_GetAttr(object, name);
    int is = value != NULL ? PyObject_IsTrue(value) : -1;
    Py_XDECREF(value);
    return is;
}

/* ---- Reading ---- */

static int s_needs_more(void) {
    PyObject *type, *error, *trace;
    PyErr_Fetch(&type, &error, &trace);
    if (!PyErr_GivenExceptionMatches(type, s_again)) {
        PyErr_Restore(type, error, trace);
        return 0;
    }
    Py_XDECREF(type);
    Py_XDECREF(error);
    Py_XDECREF(trace);
    return 1;
}

static PyObject *s_join(PyObject **parts, int count) {
    if (count == 1) {
        Py_INCREF(parts[0]);
        return parts[0];
    }
    PyObject *list = PyList_New(0), *nothing = PyBytes_FromStringAndSize(NULL, 0), *joined = NULL;
    int failed = list == NULL || nothing == NULL;
    for (int i = 0; i < count && !failed; ++i) {
        failed = PyList_Append(list, parts[i]) != 0;
    }
    if (!failed) {
        joined = PyObject_CallMethod(nothing, "join", "O", list);
    }
    Py_XDECREF(list);
    Py_XDECREF(nothing);
    return joined;
}

/* Reads so many records. Returns how many there are in `parts`, or -1. */
static int s_read(struct records *self, int count, PyObject **parts, int *has_ended) {
    int read = 0;
    while (read < count) {
        PyObject *part = s_call(self->read, s_largest);
        if (part == NULL) {
            if (s_needs_more()) {
                return read;
            }
            for (int i = 0; i < read; ++i) {
                Py_DECREF(parts[i]);
            }
            return -1;
        }
        parts[read++] = part;
        if (PyBytes_Size(part) == 0) {
            Py_DECREF(parts[--read]);
            *has_ended = 1;
            return read;
        }
    }
    return read;
}

static int s_give(struct records *self, PyObject **parts, int count) {
    PyObject *data = s_join(parts, count);
    for (int i = 0; i < count; ++i) {
        Py_DECREF(parts[i]);
    }
    PyObject *app = data != NULL ? PyObject_GetAttr(self->protocol, s_app_protocol) : NULL;
    int status = app != NULL ? reader_feed(app, PyBytes_AsString(data), PyBytes_Size(data)) : -1;
    if (status == 0) {
        PyObject *result = PyObject_CallMethodObjArgs(app, s_data_received, data, NULL);
        status = result != NULL ? 1 : -1;
        Py_XDECREF(result);
    }
    Py_XDECREF(app);
    Py_XDECREF(data);
    return status < 0 ? -1 : 0;
}

/* Something is left to be done: for the peer, or of what has come. */
static int s_has_rest(struct records *self) {
    int pending = s_is(self->incoming, s_pending);
    if (pending != 0) {
        return pending;
    }
    pending = s_is(self->outgoing, s_pending);
    if (pending != 0) {
        return pending;
    }
    int is_fast = s_is(self->protocol, s_is_fast);
    return is_fast < 0 ? -1 : !is_fast;
}

static PyObject *s_read_and_give(struct records *self, int count) {
    PyObject *parts[MAX_PARTS];
    int has_ended = 0, is_fast = 1;
    do {
        int read = s_read(self, count < MAX_PARTS ? count : MAX_PARTS, parts, &has_ended);
        if (read < 0 || (read > 0 && s_give(self, parts, read) != 0)) {
            return NULL;
        }
        count -= read > 0 ? read : count;

        /* The protocol may have paused, or closed: what is left is for Python. */
        is_fast = count > 0 && !has_ended ? s_is(self->protocol, s_is_fast) : 0;
    } while (is_fast > 0);
    if (is_fast < 0) {
        return NULL;
    }
    if (has_ended) {
        return s_call_method(self->protocol, "_end_received", NULL);
    }
    int has_rest = count > 0 ? 1 : s_has_rest(self);
    if (has_rest < 0) {
        return NULL;
    }
    if (has_rest > 0) {
        return s_call_method(self->protocol, count > 0 ? "_continue" : "_finish_received", NULL);
    }
    Py_RETURN_NONE;
}

static PyObject *s_fail(PyObject *protocol) {
    if (!PyErr_ExceptionMatches(PyExc_Exception)) {
        return NULL;
    }
    PyObject *error = take_error();
    if (error == NULL) {
        return NULL;
    }
    PyObject *result = s_call_method(protocol, "_fail_to_read", error);
    Py_DECREF(error);
    return result;
}

PyObject *records_receive(PyObject *records, const char *bytes, Py_ssize_t size) {
    struct records *self = (struct records *)records;
    PyObject *view = PyMemoryView_FromMemory((char *)(uintptr_t)bytes, size, PyBUF_READ);
    PyObject *written = view != NULL ? s_call(self->incoming_write, view) : NULL;
    Py_XDECREF(view);
    if (written == NULL) {
        return NULL;
    }
    Py_DECREF(written);
    int ended = s_count(self, (const unsigned char *)bytes, (size_t)size);
    int is_fast = self->read != NULL ? s_is(self->protocol, s_is_fast) : 0;
    if (is_fast < 0) {
        return NULL;
    }
    PyObject *protocol = self->protocol, *result;
    Py_INCREF(protocol);
    Py_INCREF(records);
    if (!is_fast) {
        result = s_call_method(protocol, "_continue", NULL);
    } else if (ended > 0) {
        result = s_read_and_give(self, ended);
        if (result == NULL) {
            result = s_fail(protocol);
        }
    } else {
        Py_INCREF(Py_None);
        result = Py_None;
    }
    Py_DECREF(records);
    Py_DECREF(protocol);
    return result;
}

static PyObject *s_receive(PyObject *self, PyObject *data) {
    char *bytes;
    Py_ssize_t size;
    if (((struct records *)self)->protocol == NULL) {
        Py_RETURN_NONE;
    }
    return PyBytes_AsStringAndSize(data, &bytes, &size) == 0 ? records_receive(self, bytes, size) : NULL;
}

/* ---- Writing ---- */

static PyObject *s_send(struct records *self) {
    PyObject *data = s_call(self->outgoing_read, NULL);
    if (data == NULL) {
        return NULL;
    }
    PyObject *result = NULL;
    PyObject *transport = PyObject_GetAttr(self->protocol, s_transport);
    PyObject *write = transport != NULL ? PyObject_GetAttr(transport, s_write_name) : NULL;
    Py_XDECREF(transport);
    if (write != NULL) {
        result = s_call(write, data);
        Py_DECREF(write);
    }
    Py_DECREF(data);
    return result;
}

static PyObject *s_write(struct records *self, PyObject *data) {
    if (self->protocol == NULL) {
        Py_RETURN_NONE;
    }
    if (self->write == NULL || !PyBytes_CheckExact(data) || PyBytes_Size(data) == 0 || PyBytes_Size(data) > LARGEST ||
        s_is(self->protocol, s_is_fast) <= 0) {
        if (PyErr_Occurred() != NULL) {
            return NULL;
        }

        /* The connection is lost, and somebody has kept the transport's write(). */
        return self->slow_write != NULL ? s_call(self->slow_write, data)
                                        : s_call_method(self->protocol, "_write_late", data);
    }
    PyObject *written = s_call(self->write, data);
    if (written == NULL) {
        PyObject *error = PyErr_ExceptionMatches(PyExc_Exception) ? take_error() : NULL;
        PyObject *result = NULL;
        if (error != NULL) {
            PyObject *failed = PyObject_GetAttrString(self->protocol, "_fail_to_write");
            result = failed != NULL ? PyObject_CallFunctionObjArgs(failed, error, data, NULL) : NULL;
            Py_XDECREF(failed);
            Py_DECREF(error);
        }
        return result;
    }
    int is_all = PyLong_AsSsize_t(written) == PyBytes_Size(data);
    PyObject *result = is_all ? s_send(self) : PyObject_CallMethod(self->protocol, "_write_rest", "OO", data, written);
    Py_DECREF(written);
    return result;
}

static PyObject *s_open(struct records *self, PyObject *args) {
    PyObject *read, *write, *slow_write;
    if (!PyArg_ParseTuple(args, "OOO", &read, &write, &slow_write)) {
        return NULL;
    }
    drop(&self->read);
    drop(&self->write);
    drop(&self->slow_write);
    Py_INCREF(read);
    self->read = read;
    Py_INCREF(write);
    self->write = write;
    Py_INCREF(slow_write);
    self->slow_write = slow_write;
    Py_RETURN_NONE;
}

static PyObject *s_close(struct records *self, PyObject *unused) {
    (void)unused;
    drop(&self->read);
    drop(&self->write);
    drop(&self->slow_write);
    Py_RETURN_NONE;
}

static PyMethodDef s_methods[] = {
    {"receive", s_receive, METH_O, "Bytes that have come."},
    {"write", (PyCFunction)(void *)s_write, METH_O, "Encrypts and sends."},
    {"open", (PyCFunction)(void *)s_open, METH_VARARGS, "The handshake is finished: read, write, and the slow write."},
    {"close", (PyCFunction)(void *)s_close, METH_NOARGS, "The connection is lost."},
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
    "reseau.asyncio._native.Records",
    sizeof(struct records),
    0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    s_slots,
};

static int s_add_again(void) {
    PyObject *ssl = PyImport_ImportModule("ssl");
    PyObject *read = ssl != NULL ? PyObject_GetAttrString(ssl, "SSLWantReadError") : NULL;
    PyObject *call = read != NULL ? PyObject_GetAttrString(ssl, "SSLSyscallError") : NULL;
    PyObject *both = call != NULL ? PyTuple_New(2) : NULL;
    Py_XDECREF(ssl);
    if (both == NULL) {
        Py_XDECREF(read);
        Py_XDECREF(call);
        return -1;
    }
    PyTuple_SetItem(both, 0, read);
    PyTuple_SetItem(both, 1, call);
    s_again = both;
    return 0;
}

static int s_intern(PyObject **name, const char *text) {
    *name = PyUnicode_InternFromString(text);
    return *name != NULL ? 0 : -1;
}

int records_add_types(PyObject *module) {
    s_type = add_type(module, &s_spec);
    s_largest = PyLong_FromLong(LARGEST);
    if (s_type == NULL || s_largest == NULL || s_intern(&s_is_fast, "_is_fast") != 0 ||
        s_intern(&s_app_protocol, "_app_protocol") != 0 || s_intern(&s_data_received, "data_received") != 0 ||
        s_intern(&s_pending, "pending") != 0 || s_intern(&s_transport, "_transport") != 0 ||
        s_intern(&s_write_name, "write") != 0) {
        return -1;
    }
    return s_add_again();
}
