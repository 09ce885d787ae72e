# SPDX-License-Identifier: Apache-2.0
"""Finds the shared library, loads it, and checks that it is the one that this package was written for."""
import ctypes
import os
import sys
from typing import Any, List

from . import _raw


def _refuse_subinterpreter() -> None:
    # Objects of the library belong to the process, and ctypes keeps state of its own there: one interpreter uses them.
    api = ctypes.pythonapi
    try:
        current, main = api.PyInterpreterState_Get, api.PyInterpreterState_Main
    except AttributeError:  # another implementation than CPython
        return
    current.restype = main.restype = ctypes.c_void_p
    if current() != main():
        raise ImportError("reseau cannot be used in a sub-interpreter: import it in the main one")


def _candidates() -> List[str]:
    chosen = os.environ.get("RESEAU_LIBRARY")
    if chosen:
        return [chosen]
    here = os.path.dirname(os.path.abspath(__file__))
    if sys.platform == "darwin":
        names = ["libreseau.dylib"]
    else:
        names = ["libreseau.so"]
    beside = [os.path.join(here, name) for name in names]
    return [path for path in beside if os.path.exists(path)] + ["libreseau.so.1", *names]


def _load() -> "tuple[ctypes.CDLL, ctypes.PyDLL, str]":
    if sys.platform == "win32":
        raise ImportError("reseau: this surface of the library is not there on Windows yet")
    problems = []
    for path in _candidates():
        try:
            return ctypes.CDLL(path), ctypes.PyDLL(path), path
        except OSError as problem:
            problems.append(str(problem))
    raise ImportError(
        "reseau: the shared library was not found; RESEAU_LIBRARY names one, a wheel carries one.\n  "
        + "\n  ".join(problems)
    )


_refuse_subinterpreter()
_raw.check_layouts()
_released, _kept, PATH = _load()
_missing = _raw.declare(_released)
if _missing:
    raise ImportError(f"reseau: {PATH} is older than this package: it has no {', '.join(_missing)}")
_raw.declare(_kept)

#: The functions; the interpreter's lock is released meanwhile. For what may wait.
lib: Any = _released

#: The same, which keep the lock: for calls that are over sooner than the lock would be given away and come back.
quick: Any = _kept

#: The version of the library.
VERSION: str = quick.reseau_version().decode()
