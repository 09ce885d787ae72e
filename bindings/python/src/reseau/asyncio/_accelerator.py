# SPDX-License-Identifier: Apache-2.0
"""Finds the module in C that does what happens for each message, or says that there is none.

It lies in this folder (in a wheel) or beside the library (where that was built), and is for CPython with its lock.
One that this Python cannot load, or of another version of the package, is as none.
RESEAU_ASYNCIO=pure leaves it out; RESEAU_ASYNCIO=native demands it.
"""
import importlib.machinery
import importlib.util
import os
import sys
import sysconfig
from typing import Any, Optional

from .._library import PATH

_NAME = "_native.abi3.so"

# The module's number of what it and this package expect of each other (native/native.h).
_INTERFACE = 4


def _find() -> Optional[str]:
    if sys.implementation.name != "cpython" or sysconfig.get_config_var("Py_GIL_DISABLED"):
        return None
    if os.environ.get("RESEAU_ASYNCIO") == "pure":
        return None
    beside = [os.path.dirname(os.path.abspath(__file__))]
    if os.path.dirname(PATH):
        beside.append(os.path.dirname(os.path.realpath(PATH)))
    for folder in beside:
        file = os.path.join(folder, _NAME)
        if os.path.exists(file):
            return file
    return None


def _load_from(file: str) -> Any:
    name = __package__ + "._native"
    loader = importlib.machinery.ExtensionFileLoader(name, file)
    spec = importlib.util.spec_from_file_location(name, file, loader=loader)
    if spec is None:
        raise ImportError(f"reseau.asyncio: {file} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    if getattr(module, "INTERFACE", None) != _INTERFACE:
        raise ImportError(f"reseau.asyncio: {file} is of another version")
    sys.modules[name] = module
    return module


def _load() -> Any:
    is_demanded = os.environ.get("RESEAU_ASYNCIO") == "native"
    file = _find()
    if file is None:
        if is_demanded:
            raise ImportError(f"reseau.asyncio: there is no {_NAME} for this Python")
        return None
    try:
        return _load_from(file)
    except ImportError:
        if is_demanded:
            raise
        return None


#: The module, or None.
native: Any = _load()
