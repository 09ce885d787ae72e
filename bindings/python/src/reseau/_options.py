# SPDX-License-Identifier: Apache-2.0
"""Keywords of Python become the option structs of C."""
import ctypes
import enum
from typing import Any, Callable, Dict, List, Mapping, Tuple

from . import _raw
from ._tls import tls_pointer
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


# Keywords of connect(), listen() and the others, and the fields of `struct reseau_options` that they set.
_SECONDS = {
    "timeout": "connect_timeout_ms",
    "names_timeout": "names_timeout_ms",
    "attempt_timeout": "attempt_timeout_ms",
    "proxy_timeout": "proxy_timeout_ms",
    "tls_timeout": "tls_timeout_ms",
    "idle_timeout": "idle_timeout_ms",
    "slow_reader_timeout": "slow_reader_timeout_ms",
    "close_timeout": "close_timeout_ms",
    "user_timeout": "user_timeout_ms",
    "keep_alive": "keep_alive_ms",
}
_NUMBERS = {
    "family": "family",
    "slow_reader_rate": "slow_reader_bytes_per_second",
    "backlog": "backlog",
    "max_connections": "max_connections",
    "mode": "path_mode",
    "read_buffer": "read_buffer_bytes",
    "write_queue": "write_queue_bytes",
    "write_policy": "write_policy",
}
_TEXTS = {"proxy": "proxy", "source_address": "source_address", "interface": "interface_name"}
_FLAGS = {
    "ipv6_only": "ipv6_only",
    "reuse_port": "reuse_port",
    "delay_small_writes": "delay_small_writes",
    "fast_open": "fast_open",
}


def _time(value: float, _: str) -> int:
    # Infinity is no limit, no time at all the shortest.
    return int(_raw.RESEAU_FOREVER) if value == float("inf") else max(1, milliseconds(value))


def _number(value: float, keyword: str) -> int:
    if value < 0:
        raise ValueError(f"{keyword} is less than zero")
    return _SIZE_MAX if value == float("inf") else int(value)


def _flag(value: bool, _: str) -> int:
    return int(value)


_KINDS: Any = ((_SECONDS, _time), (_NUMBERS, _number), (_TEXTS, text), (_FLAGS, _flag))

#: Every keyword, the field that it sets, and what makes a value of C of one of Python's.
KEYWORDS: Dict[str, Tuple[str, Callable[[Any, str], Any]]] = {
    keyword: (field, convert) for fields, convert in _KINDS for keyword, field in fields.items()
}


class Options:
    """`struct reseau_options`, and what it points to, of the keywords among these names; None leaves the default."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.struct: Any = _raw.reseau_options()
        self.struct.size = ctypes.sizeof(self.struct)
        pointer = tls_pointer(names["tls"])
        self._kept: List[Any] = [pointer]
        if pointer is not None:
            self.struct.tls = pointer
        for name, value in names.items():
            if name in KEYWORDS and value is not None:
                field, convert = KEYWORDS[name]
                setattr(self.struct, field, convert(value, name))

    @property
    def pointer(self) -> Any:
        return ctypes.byref(self.struct)
