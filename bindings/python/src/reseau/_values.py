# SPDX-License-Identifier: Apache-2.0
"""Values of Python as C takes them, and those of C as Python has them."""
import ctypes
import os
import threading
from typing import Any, Optional, Tuple, Union

from . import _raw

Path = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]
Buffer = Union[bytes, bytearray, memoryview]


class Numbers:
    """Numbers for C, each once; for any thread, also where there is no interpreter's lock."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> int:
        with self._lock:
            self._last += 1
            return self._last


def text(value: str, what: str) -> bytes:
    """UTF-8 for C, which must not contain a NUL."""
    data = value.encode("utf-8", "surrogateescape")
    if b"\0" in data:
        raise ValueError(f"{what} contains a NUL")
    return data


def path(value: Path) -> bytes:
    data = os.fsencode(value)
    if b"\0" in data:
        raise ValueError("a path contains a NUL")
    return data


def milliseconds(seconds: Optional[float]) -> int:
    """None is no limit. What is more than nothing is never rounded to nothing."""
    if seconds is None:
        return int(_raw.RESEAU_FOREVER)
    if seconds != seconds:
        raise ValueError("a time is not a number")
    if seconds < 0:
        raise ValueError("a time is less than zero")
    return min(int(-(-seconds * 1000 // 1)), 2**53)


def port_number(port: int) -> int:
    if not 0 <= port <= 0xFFFF:
        raise OverflowError("a port is 0 to 65535")
    return port


def type_of(struct: Any, field: str) -> Any:
    """The type of a field, such as that of a callback."""
    return next(one[1] for one in struct._fields_ if one[0] == field)


def pointer_to(data: Any) -> Tuple[Any, int]:
    """What C can read, without a copy where that is possible; and the number of bytes."""
    if type(data) is bytes:
        return data, len(data)
    view = memoryview(data)
    if not view.contiguous or view.readonly:
        copy = bytes(view)
        return copy, len(copy)
    size = view.nbytes
    if size == 0:
        return b"", 0
    return (ctypes.c_char * size).from_buffer(view), size
