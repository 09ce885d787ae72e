/* SPDX-License-Identifier: Apache-2.0 */
#include "native.h"

#include <string.h>

/*
 * The reader of asyncio's streams is fed from the memory that the bytes are in, as StreamReaderProtocol.data_received()
 * and StreamReader.feed_data() would, and without either. Whatever is unusual is theirs: other classes, functions that
 * somebody has replaced, a reader that is gone, has ended, or is full.
 */

/* asyncio's classes, and their functions as they were when this module was imported. */
static PyTypeObject *s_protocol_type;
static PyTypeObject *s_reader_type;
static PyObject *s_stock_received;
static PyObject *s_stock_feed;

/* Names. */
static PyObject *s_function, *s_received, *s_feed, *s_reader_ref, *s_buffer, *s_waiter, *s_eof, *s_limit, *s_cancelled,
    *s_set_result;

/* Whether a method is what the class has had: neither an object's own, nor a replacement in the class. */
static int s_is_stock(PyObject *object, PyObject *name, PyObject *stock) {
    PyObject *method = PyObject_GetAttr(object, name);
    PyObject *function = method != NULL ? PyObject_GetAttr(method, s_function) : NULL;
    Py_XDECREF(method);
    if (function == NULL) {
        PyErr_Clear();
        return 0;
    }
    Py_DECREF(function);
    return function == stock;
}

static int s_is_fed(PyObject *protocol) {
    return Py_TYPE(protocol) == s_protocol_type && s_is_stock(protocol, s_received, s_stock_received);
}

/* The reader that a protocol refers to weakly. NULL: there is none of asyncio's own, or an exception. */
static PyObject *s_reader_of(PyObject *protocol) {
    PyObject *reference = PyObject_GetAttr(protocol, s_reader_ref);
    if (reference == NULL || reference == Py_None) {
        Py_XDECREF(reference);
        return NULL;
    }
    PyObject *reader = g_calls.vectorcall(reference, NULL, 0, NULL);
    Py_DECREF(reference);
    if (reader != NULL && (Py_TYPE(reader) != s_reader_type || !s_is_stock(reader, s_feed, s_stock_feed))) {
        Py_DECREF(reader);
        return NULL;
    }
    return reader;
}

/* Its limit. 0: it is no number that a buffer's size can be compared with here. */
static Py_ssize_t s_limit_of(PyObject *reader) {
    PyObject *limit = PyObject_GetAttr(reader, s_limit);
    Py_ssize_t most = limit != NULL ? PyLong_AsSsize_t(limit) : -1;
    Py_XDECREF(limit);
    if (most == -1) {
        PyErr_Clear();
    }
    return most > 0 ? most : 0;
}

/* Its buffer, if there is so much room in it that it need not pause its transport. NULL: no, or an exception. */
static PyObject *s_buffer_with_room(PyObject *reader, Py_ssize_t size) {
    PyObject *has_ended = PyObject_GetAttr(reader, s_eof);
    Py_ssize_t most = has_ended == Py_False ? s_limit_of(reader) : 0;
    Py_XDECREF(has_ended);
    PyObject *buffer = most > 0 ? PyObject_GetAttr(reader, s_buffer) : NULL;
    if (buffer == NULL) {
        return NULL;
    }
    if (!PyByteArray_CheckExact(buffer) || (PyByteArray_Size(buffer) + size) / 2 >= most) {
        Py_DECREF(buffer);
        return NULL;
    }
    return buffer;
}

static int s_append(PyObject *buffer, const char *bytes, Py_ssize_t size) {
    Py_ssize_t was = PyByteArray_Size(buffer);
    if (PyByteArray_Resize(buffer, was + size) != 0) {
        return -1;
    }
    memcpy(PyByteArray_AsString(buffer) + was, bytes, (size_t)size);
    return 0;
}

static int s_set_result_of(PyObject *waiter) {
    PyObject *is_cancelled = PyObject_CallMethodObjArgs(waiter, s_cancelled, NULL);
    int is = is_cancelled != NULL ? PyObject_IsTrue(is_cancelled) : -1;
    Py_XDECREF(is_cancelled);
    if (is != 0) {
        return is < 0 ? -1 : 0;
    }
    PyObject *result = PyObject_CallMethodObjArgs(waiter, s_set_result, Py_None, NULL);
    Py_XDECREF(result);
    return result != NULL ? 0 : -1;
}

static int s_wake(PyObject *reader) {
    PyObject *waiter = PyObject_GetAttr(reader, s_waiter);
    int status = waiter != NULL ? 0 : -1;
    if (waiter != NULL && waiter != Py_None) {
        status = PyObject_SetAttr(reader, s_waiter, Py_None) == 0 ? s_set_result_of(waiter) : -1;
    }
    Py_XDECREF(waiter);
    return status;
}

int reader_feed(PyObject *protocol, const char *bytes, Py_ssize_t size) {
    if (!s_is_fed(protocol)) {
        return 0;
    }
    PyObject *reader = s_reader_of(protocol);
    PyObject *buffer = reader != NULL ? s_buffer_with_room(reader, size) : NULL;
    int status = 0;
    if (buffer != NULL) {
        status = s_append(buffer, bytes, size) == 0 && s_wake(reader) == 0 ? 1 : -1;
    } else if (PyErr_Occurred() != NULL) {
        status = -1;
    }
    Py_XDECREF(buffer);
    Py_XDECREF(reader);
    return status;
}

PyObject *reader_receive(PyObject *protocol, const char *bytes, Py_ssize_t size) {
    int status = reader_feed(protocol, bytes, size);
    if (status != 0) {
        return status < 0 ? NULL : (Py_INCREF(Py_None), Py_None);
    }
    PyObject *data = PyBytes_FromStringAndSize(bytes, size);
    PyObject *result = data != NULL ? PyObject_CallMethodObjArgs(protocol, s_received, data, NULL) : NULL;
    Py_XDECREF(data);
    return result;
}

static PyObject *s_feeds(PyObject *module, PyObject *protocol) {
    (void)module;
    return PyBool_FromLong(s_is_fed(protocol));
}

static PyMethodDef s_functions[] = {
    {"feeds", s_feeds, METH_O, "Whether a protocol is that of asyncio's streams, whose reader this module feeds."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject *s_class(PyObject *streams, const char *name, PyObject *function, PyObject **stock) {
    PyObject *type = PyObject_GetAttrString(streams, name);
    *stock = type != NULL ? PyObject_GetAttr(type, function) : NULL;
    return *stock != NULL ? (PyTypeObject *)type : NULL;
}

static int s_intern_all(void) {
    const struct {
        PyObject **name;
        const char *text;
    } names[] = {
        {&s_function, "__func__"},
        {&s_received, "data_received"},
        {&s_feed, "feed_data"},
        {&s_reader_ref, "_stream_reader_wr"},
        {&s_buffer, "_buffer"},
        {&s_waiter, "_waiter"},
        {&s_eof, "_eof"},
        {&s_limit, "_limit"},
        {&s_cancelled, "cancelled"},
        {&s_set_result, "set_result"},
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); ++i) {
        *names[i].name = PyUnicode_InternFromString(names[i].text);
        if (*names[i].name == NULL) {
            return -1;
        }
    }
    return 0;
}

int reader_add_functions(PyObject *module) {
    PyObject *streams = PyImport_ImportModule("asyncio.streams");
    if (streams == NULL || s_intern_all() != 0) {
        Py_XDECREF(streams);
        return -1;
    }
    s_protocol_type = s_class(streams, "StreamReaderProtocol", s_received, &s_stock_received);
    s_reader_type = s_protocol_type != NULL ? s_class(streams, "StreamReader", s_feed, &s_stock_feed) : NULL;
    Py_DECREF(streams);
    return s_reader_type != NULL ? PyModule_AddFunctions(module, s_functions) : -1;
}
