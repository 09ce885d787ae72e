/* SPDX-License-Identifier: Apache-2.0 */
#include "native.h"

#include <structmember.h>

#include <stddef.h>

#define INLINE_ARGS 3

/** As asyncio.Handle. After a cancel() it has neither callback nor arguments. */
struct handle {
    PyObject_HEAD PyObject *context;
    PyObject *callback;
    int is_cancelled;
    int count;
    PyObject *args[INLINE_ARGS];

    /** Instead, if they are more: a tuple. */
    PyObject *many;
    PyObject *weak_references;
};

static PyTypeObject *s_type;

/* Functions of Python's: the text of a handle; and what has been raised, reported to the loop that runs. */
static PyObject *s_describe;
static PyObject *s_report_error;

int handle_is_one(PyObject *object) {
    return Py_TYPE(object) == s_type;
}

/* Without these, a handle that has no callback could be made. */
static PyObject *s_new(PyTypeObject *type, PyObject *args, PyObject *names) {
    (void)type;
    (void)args;
    (void)names;
    PyErr_SetString(PyExc_TypeError, "handles are made by call_soon()");
    return NULL;
}

PyObject *handle_new(PyObject *context, PyObject *callback, PyObject *const *args, Py_ssize_t count) {
    struct handle *self = (struct handle *)new_object(s_type);
    if (self == NULL) {
        return NULL;
    }
    Py_INCREF(callback);
    self->callback = callback;
    Py_INCREF(context);
    self->context = context;
    if (count > INLINE_ARGS) {
        self->many = PyTuple_New(count);
        if (self->many == NULL) {
            Py_DECREF(self);
            return NULL;
        }
    }
    for (Py_ssize_t i = 0; i < count; ++i) {
        Py_INCREF(args[i]);
        if (self->many != NULL) {
            PyTuple_SetItem(self->many, i, args[i]);
        } else {
            self->args[i] = args[i];
        }
    }
    self->count = (int)count;
    return (PyObject *)self;
}

static PyObject *s_args(struct handle *self, void *closure) {
    (void)closure;
    if (self->is_cancelled) {
        Py_RETURN_NONE;
    }
    if (self->many != NULL) {
        Py_INCREF(self->many);
        return self->many;
    }
    PyObject *tuple = PyTuple_New(self->count);

    /* Memory for it may have had garbage collected, and what that calls may have cancelled this. */
    if (tuple != NULL && self->is_cancelled) {
        Py_DECREF(tuple);
        Py_RETURN_NONE;
    }
    for (int i = 0; tuple != NULL && i < self->count; ++i) {
        Py_INCREF(self->args[i]);
        PyTuple_SetItem(tuple, i, self->args[i]);
    }
    return tuple;
}

static int s_clear(struct handle *self) {
    self->is_cancelled = 1;
    drop(&self->callback);
    drop(&self->context);
    drop(&self->many);
    for (int i = 0; i < INLINE_ARGS; ++i) {
        drop(&self->args[i]);
    }
    return 0;
}

static int s_traverse(struct handle *self, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->callback);
    Py_VISIT(self->context);
    Py_VISIT(self->many);
    for (int i = 0; i < INLINE_ARGS; ++i) {
        Py_VISIT(self->args[i]);
    }
    return 0;
}

static void s_dealloc(struct handle *self) {
    PyObject_GC_UnTrack(self);
    if (self->weak_references != NULL) {
        PyObject_ClearWeakRefs((PyObject *)self);
    }
    s_clear(self);
    free_object((PyObject *)self);
}

/* Reports to the loop. The callback and its arguments are those that were called: it may have been cancelled meanwhile.
 */
static int s_report(PyObject *handle, PyObject *callback, PyObject *args) {
    PyObject *error = take_error();
    if (error == NULL) {
        return -1;
    }
    PyObject *result = PyObject_CallFunctionObjArgs(s_report_error, handle, error, callback, args, NULL);
    Py_DECREF(error);
    Py_XDECREF(result);
    return result != NULL ? 0 : -1;
}

static int s_run_many(PyObject *handle, PyObject *context, PyObject *callback, PyObject *args) {
    PyObject *result = NULL;
    if (g_calls.enter(context) == 0) {
        result = leave(context, PyObject_Call(callback, args, NULL));
    }
    Py_XDECREF(result);
    return result != NULL ? 0 : s_report(handle, callback, args);
}

static int s_run_few(PyObject *handle, PyObject *context, PyObject *callback, PyObject **args, int count) {
    PyObject *result = call_in(context, callback, args, count);
    if (result != NULL) {
        Py_DECREF(result);
        return 0;
    }
    PyObject *type, *error, *trace;
    PyErr_Fetch(&type, &error, &trace);
    PyObject *tuple = PyTuple_New(count);
    for (int i = 0; tuple != NULL && i < count; ++i) {
        Py_INCREF(args[i]);
        PyTuple_SetItem(tuple, i, args[i]);
    }
    PyErr_Restore(type, error, trace);
    int status = tuple != NULL ? s_report(handle, callback, tuple) : -1;
    Py_XDECREF(tuple);
    return status;
}

int handle_run(PyObject *handle) {
    struct handle *self = (struct handle *)handle;
    if (self->is_cancelled) {
        return 0;
    }

    /* It may be cancelled while it runs, which takes them away. */
    PyObject *context = self->context, *callback = self->callback, *many = self->many;
    PyObject *args[INLINE_ARGS];
    int count = self->count;
    Py_INCREF(context);
    Py_INCREF(callback);
    Py_XINCREF(many);
    for (int i = 0; many == NULL && i < count; ++i) {
        args[i] = self->args[i];
        Py_INCREF(args[i]);
    }
    int status =
        many != NULL ? s_run_many(handle, context, callback, many) : s_run_few(handle, context, callback, args, count);
    for (int i = 0; many == NULL && i < count; ++i) {
        Py_DECREF(args[i]);
    }
    Py_XDECREF(many);
    Py_DECREF(callback);
    Py_DECREF(context);
    return status;
}

static PyObject *s_cancel(struct handle *self, PyObject *unused) {
    (void)unused;
    s_clear(self);
    Py_RETURN_NONE;
}

static PyObject *s_cancelled(struct handle *self, PyObject *unused) {
    (void)unused;
    return PyBool_FromLong(self->is_cancelled);
}

static PyObject *s_or_none(PyObject *object) {
    if (object == NULL) {
        Py_RETURN_NONE;
    }
    Py_INCREF(object);
    return object;
}

static PyObject *s_get_context(struct handle *self, PyObject *unused) {
    (void)unused;
    return s_or_none(self->context);
}

static PyObject *s_get_cancelled(struct handle *self, void *closure) {
    (void)closure;
    return PyBool_FromLong(self->is_cancelled);
}

static PyObject *s_get_callback(struct handle *self, void *closure) {
    (void)closure;
    return s_or_none(self->callback);
}

static PyObject *s_get_context_field(struct handle *self, void *closure) {
    (void)closure;
    return s_or_none(self->context);
}

static PyObject *s_run(PyObject *self, PyObject *unused) {
    (void)unused;
    if (handle_run(self) != 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *s_repr(PyObject *self) {
    return PyObject_CallFunctionObjArgs(s_describe, self, NULL);
}

static PyObject *s_use(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *describe, *report;
    if (!PyArg_ParseTuple(args, "OO", &describe, &report)) {
        return NULL;
    }
    drop(&s_describe);
    drop(&s_report_error);
    Py_INCREF(describe);
    s_describe = describe;
    Py_INCREF(report);
    s_report_error = report;
    Py_RETURN_NONE;
}

static PyMethodDef s_functions[] = {
    {"use", s_use, METH_VARARGS, "Functions that describe a handle, and that report what a callback has raised."},
    {NULL, NULL, 0, NULL},
};

static PyMethodDef s_methods[] = {
    {"cancel", (PyCFunction)(void *)s_cancel, METH_NOARGS, "It is not called any more, and keeps nothing."},
    {"cancelled", (PyCFunction)(void *)s_cancelled, METH_NOARGS, "Whether it was cancelled."},
    {"get_context", (PyCFunction)(void *)s_get_context, METH_NOARGS, "The context; None after a cancel()."},
    {"_run", s_run, METH_NOARGS, "Calls it."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef s_getset[] = {
    {"_cancelled", (getter)(void *)s_get_cancelled, NULL, NULL, NULL},
    {"_callback", (getter)(void *)s_get_callback, NULL, NULL, NULL},
    {"_context", (getter)(void *)s_get_context_field, NULL, NULL, NULL},
    {"_args", (getter)(void *)s_args, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMemberDef s_members[] = {
    {"__weaklistoffset__", T_PYSSIZET, offsetof(struct handle, weak_references), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot s_slots[] = {
    {Py_tp_new, s_new},
    {Py_tp_dealloc, s_dealloc},
    {Py_tp_traverse, s_traverse},
    {Py_tp_clear, s_clear},
    {Py_tp_repr, s_repr},
    {Py_tp_methods, s_methods},
    {Py_tp_getset, s_getset},
    {Py_tp_members, s_members},
    {0, NULL},
};

static PyType_Spec s_spec = {
    "reseau.asyncio._native.Handle",
    sizeof(struct handle),
    0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    s_slots,
};

int handle_add_types(PyObject *module) {
    s_type = add_type(module, &s_spec);
    return s_type != NULL ? PyModule_AddFunctions(module, s_functions) : -1;
}
