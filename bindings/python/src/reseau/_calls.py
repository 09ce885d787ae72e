# SPDX-License-Identifier: Apache-2.0
"""What the library calls in Python: hooks of connections, and what asks for the log of a connect that has failed.

These calls come on threads of the library's, which wait for the interpreter's lock. None may come when the interpreter
has ended: at exit the connections that have something here are closed, then aborted, and waited for (rule 330). So are
watches, whose calls may come on a daemon thread. C gets numbers for objects, not pointers: a number that is not known
any more is nothing.
"""
import atexit
import os
import threading
import time
import weakref
from typing import Any, Dict, Optional

from ._library import lib, quick
from ._values import Numbers

# How long the end of the interpreter waits for closes behind what is queued, and then again for aborts, in seconds.
_TIME_AT_EXIT = 1.0

_objects: Dict[int, Any] = {}
_connections: Dict[int, int] = {}
_numbers = Numbers()
_changed = threading.Condition()
_has_ended = False

#: What has a close(), and calls that come on the thread of who waits for something.
closed_at_exit: "weakref.WeakSet[Any]" = weakref.WeakSet()


def keep(thing: Any) -> int:
    """A number for C, by which the thing is found until it is dropped."""
    with _changed:
        if _has_ended:
            raise RuntimeError("the interpreter is ending: it takes no calls of the library any more")
        number = _numbers.next()
        _objects[number] = thing
    return number


def belongs(number: int, connection: int) -> None:
    """What has this number is dropped with this connection."""
    with _changed:
        if number in _objects:
            _connections[number] = connection


def found(number: Optional[int]) -> Any:
    return _objects.get(number or 0)


def drop(number: Optional[int]) -> Any:
    """It is not called any more. Returns what it was, or None."""
    with _changed:
        _connections.pop(number or 0, None)
        thing = _objects.pop(number or 0, None)
        _changed.notify_all()
    return thing


def _end() -> None:
    global _has_ended
    with _changed:
        _has_ended = True
    for thing in list(closed_at_exit):
        thing.close()
        thing.wait_closed(_TIME_AT_EXIT)
    for function in (quick.reseau_close, lib.reseau_abort):
        end = time.monotonic() + _TIME_AT_EXIT
        with _changed:
            connections = set(_connections.values())
        for connection in connections:
            function(connection)
        with _changed:
            while _objects and _changed.wait(max(0.0, end - time.monotonic())):
                pass


def _forget() -> None:
    # In a forked child nobody calls, and whoever had the lock may not be there.
    global _changed
    _changed = threading.Condition()
    _objects.clear()
    _connections.clear()


atexit.register(_end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
