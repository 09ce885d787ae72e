# SPDX-License-Identifier: Apache-2.0
"""Waiting inside the library, with time-outs, so that signals are still handled.

A call that waits in C hears nothing of signals, whose Python handlers run on the main thread only. There a wait is cut
into short ones; other threads wait as long as they may.
"""
import ctypes
import threading
import time
from typing import Any, Callable, Optional

from . import _raw
from ._errors import error_of
from ._values import milliseconds

TIMED_OUT: int = _raw.RESEAU_ERROR_TIMED_OUT
FOREVER: int = _raw.RESEAU_FOREVER

# How long the main thread does not look at signals, in milliseconds.
SLICE = 100


def on_main_thread() -> bool:
    """Whether Python's handlers of signals run on this thread."""
    # Asking for the thread itself would make an object for each of the library's.
    return threading.get_ident() == threading.main_thread().ident


def wait(call: Callable[[int], int], timeout: Optional[float]) -> int:
    """Calls with a limit in milliseconds until the result is another than that of a limit that has passed."""
    on_main = on_main_thread()
    if timeout is None and not on_main:
        return call(FOREVER)
    end = None if timeout is None else time.monotonic() + timeout
    while True:
        rest = FOREVER if end is None else milliseconds(max(0.0, end - time.monotonic()))
        part = rest
        if on_main and (rest == FOREVER or rest > SLICE):
            part = SLICE
        result = call(part)
        if result != TIMED_OUT or part == rest:
            return result


def checked(result: int, what: Optional[str] = None) -> int:
    if result < 0:
        raise error_of(result, what)
    return result


_local = threading.local()


def scratch(size: int) -> Any:
    """Memory of this thread, good until the next call of this function."""
    memory: Any = getattr(_local, "memory", None)
    if memory is None or len(memory) < size:
        memory = (ctypes.c_char * max(65536, size))()
        _local.memory = memory
        _local.view = memoryview(memory).cast("B")
    return memory


def taken(count: int) -> bytes:
    """The first bytes of what scratch() has returned last on this thread."""
    content: bytes = _local.view[:count].tobytes()
    return content
