/* SPDX-License-Identifier: Apache-2.0 */
#include "native.h"

#include <dlfcn.h>

struct calls g_calls;

/* Where there is no vectorcall by name (3.9, 3.10). */
static PyObject *s_call_by_tuple(PyObject *callable, PyObject *const *args, size_t count, PyObject *names) {
    (void)names;
    PyObject *tuple = PyTuple_New((Py_ssize_t)count);
    if (tuple == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < count; ++i) {
        Py_INCREF(args[i]);
        PyTuple_SetItem(tuple, (Py_ssize_t)i, args[i]);
    }
    PyObject *result = PyObject_Call(callable, tuple, NULL);
    Py_DECREF(tuple);
    return result;
}

static void *s_find(const char *name) {
    return dlsym(RTLD_DEFAULT, name);
}

static int s_find_calls(void) {
    g_calls.vectorcall = s_find("PyObject_Vectorcall");
    if (g_calls.vectorcall == NULL) {
        g_calls.vectorcall = s_call_by_tuple;
    }
    g_calls.enter = s_find("PyContext_Enter");
    g_calls.leave = s_find("PyContext_Exit");
    g_calls.copy_context = s_find("PyContext_CopyCurrent");
    if (g_calls.enter == NULL || g_calls.leave == NULL || g_calls.copy_context == NULL) {
        PyErr_SetString(PyExc_ImportError, "reseau.asyncio: this Python has no contexts");
        return -1;
    }
    return 0;
}

PyTypeObject *add_type(PyObject *module, PyType_Spec *spec) {
    PyObject *type = PyType_FromSpec(spec);
    if (type == NULL) {
        return NULL;
    }
    const char *name = spec->name;
    for (const char *c = name; *c != 0; ++c) {
        name = *c == '.' ? c + 1 : name;
    }
    Py_INCREF(type);
    if (PyModule_AddObject(module, name, type) != 0) {
        Py_DECREF(type);
        Py_DECREF(type);
        return NULL;
    }
    return (PyTypeObject *)type;
}

PyObject *new_object(PyTypeObject *type) {
    return PyType_GenericAlloc(type, 0);
}

void free_object(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    PyObject_GC_Del(object);
    Py_DECREF(type);
}

void drop(PyObject **field) {
    PyObject *was = *field;
    *field = NULL;
    Py_XDECREF(was);
}

PyObject *leave(PyObject *context, PyObject *result) {
    PyObject *type = NULL, *error = NULL, *trace = NULL;
    if (result == NULL) {
        PyErr_Fetch(&type, &error, &trace);
    }
    if (g_calls.leave(context) != 0) {
        Py_XDECREF(type);
        Py_XDECREF(error);
        Py_XDECREF(trace);
        Py_XDECREF(result);
        return NULL;
    }
    if (result == NULL) {
        PyErr_Restore(type, error, trace);
    }
    return result;
}

PyObject *call_in(PyObject *context, PyObject *callable, PyObject *const *args, Py_ssize_t count) {
    if (g_calls.enter(context) != 0) {
        return NULL;
    }
    return leave(context, g_calls.vectorcall(callable, args, (size_t)count, NULL));
}

PyObject *take_error(void) {
    if (PyErr_ExceptionMatches(PyExc_SystemExit) || PyErr_ExceptionMatches(PyExc_KeyboardInterrupt)) {
        return NULL;
    }
    PyObject *type, *error, *trace;
    PyErr_Fetch(&type, &error, &trace);
    PyErr_NormalizeException(&type, &error, &trace);
    if (trace != NULL) {
        PyException_SetTraceback(error, trace);
    }
    Py_XDECREF(type);
    Py_XDECREF(trace);
    return error;
}

static PyModuleDef s_module = {
    PyModuleDef_HEAD_INIT,
    "reseau.asyncio._native",
    "What reseau.asyncio does for each message and each callback.",
    -1,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
};

PyMODINIT_FUNC PyInit__native(void) {
    if (s_find_calls() != 0) {
        return NULL;
    }
    PyObject *module = PyModule_Create(&s_module);
    if (module == NULL) {
        return NULL;
    }
    if (PyModule_AddIntConstant(module, "INTERFACE", INTERFACE) != 0 || handle_add_types(module) != 0 ||
        runner_add_types(module) != 0 || stream_add_types(module) != 0 || records_add_types(module) != 0 ||
        reader_add_functions(module) != 0) {
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
