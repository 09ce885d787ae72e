# SPDX-License-Identifier: Apache-2.0
"""Keywords of Python become the option structs of C."""
import ctypes
import enum
from typing import Any, List, Optional, Union

from . import _raw
from ._tls import TLS, tls_pointer
from ._values import milliseconds, text

_SIZE_MAX = ctypes.c_size_t(-1).value


class WritePolicy(enum.IntEnum):
    """What a write does when the queue has no room for it."""

    #: It waits for room, up to the time-out.
    BLOCK = _raw.RESEAU_WRITE_BLOCK
    #: It fails with an Error whose errno is ENOBUFS, and queues nothing.
    WOULD_BLOCK = _raw.RESEAU_WRITE_WOULD_BLOCK
    #: It fails so, and the connection is aborted: this peer reads too slowly.
    CLOSE = _raw.RESEAU_WRITE_CLOSE


class Options:
    """`struct reseau_options`, and what it points to."""

    def __init__(self, tls: Union[bool, TLS]) -> None:
        self.struct: Any = _raw.reseau_options()
        self.struct.size = ctypes.sizeof(self.struct)
        pointer = tls_pointer(tls)
        self._kept: List[Any] = [pointer]
        if pointer is not None:
            self.struct.tls = pointer

    def seconds(self, **values: Optional[float]) -> None:
        """Times that were given. Nothing is the library's default, infinity no limit, no time at all the shortest."""
        for field, value in values.items():
            if value is not None:
                limit = int(_raw.RESEAU_FOREVER) if value == float("inf") else max(1, milliseconds(value))
                setattr(self.struct, field, limit)

    def numbers(self, **values: Optional[float]) -> None:
        """Numbers that were given; infinity is no limit."""
        for field, value in values.items():
            if value is not None:
                if value < 0:
                    raise ValueError(f"{field} is less than zero")
                setattr(self.struct, field, _SIZE_MAX if value == float("inf") else int(value))

    def words(self, **values: Optional[str]) -> None:
        """Texts that were given."""
        for field, value in values.items():
            if value is not None:
                setattr(self.struct, field, text(value, field))

    def flags(self, **values: bool) -> None:
        for field, value in values.items():
            setattr(self.struct, field, int(value))

    @property
    def pointer(self) -> Any:
        return ctypes.byref(self.struct)
