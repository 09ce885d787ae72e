# SPDX-License-Identifier: Apache-2.0
"""Hooks: functions of Python's that the bytes of a connection go through."""
import ctypes
from typing import Any, Callable, Dict, List, Optional, Tuple, Union

from . import _raw
from ._calls import belongs, drop, found, keep
from ._errors import error_of
from ._library import lib, quick
from ._values import type_of
from ._waiting import checked

#: What a hook returns: bytes that go on; with a number before them, how many bytes of its input it is done with.
HookResult = Union[None, bytes, bytearray, memoryview, Tuple[int, Union[bytes, bytearray, memoryview]]]

_DONE: int = _raw.RESEAU_HOOK_DONE
_MORE: int = _raw.RESEAU_HOOK_MORE
_END: int = _raw.RESEAU_HOOK_END
_FAILED: int = _raw.RESEAU_ERROR_HOOK


class EndOfStream(Exception):
    """Raised by the `read` of a hook: the stream has ended here, with these last bytes; what comes behind is thrown away."""

    def __init__(self, data: bytes = b"") -> None:
        super().__init__(data)
        self.data = data


class _Function:
    """One function of a hook, and what of its result the windows had no room for."""

    def __init__(self, function: Callable[..., HookResult], has_input: bool, knows_end: bool) -> None:
        self._function = function
        self._has_input = has_input
        self._knows_end = knows_end
        self._rest: Any = memoryview(b"")
        self._has_ended = False
        self._was_last = False

    def call(self, bytes_of_c: Any) -> int:
        has_asked = not self._rest
        if has_asked:
            self._ask(bytes_of_c)
        part = self._rest[: bytes_of_c.output_room]
        if part:
            ctypes.memmove(bytes_of_c.output, part.tobytes(), len(part))
            bytes_of_c.produced = len(part)
            self._rest = self._rest[len(part) :]
        if self._rest:
            return _MORE
        if self._has_ended:
            return _END
        if has_asked or not self._has_input:
            return _DONE
        # What came while the rest went out has not been seen.
        is_new_end = bool(bytes_of_c.is_last) and not self._was_last
        return _MORE if bytes_of_c.input_length or is_new_end else _DONE

    def _ask(self, bytes_of_c: Any) -> None:
        if self._has_ended:
            bytes_of_c.consumed = bytes_of_c.input_length
            return
        length = bytes_of_c.input_length
        if not self._has_input:
            result = self._function()
        else:
            is_last = bool(bytes_of_c.is_last)
            if not length and not (is_last and not self._was_last):
                return
            self._was_last = is_last
            data = ctypes.string_at(bytes_of_c.input, length) if length else b""
            try:
                result = self._function(data, is_last) if self._knows_end else self._function(data)
            except EndOfStream as end:
                if not self._knows_end:
                    raise
                self._has_ended = True
                result = end.data
        consumed = length
        if isinstance(result, tuple):
            consumed, result = result
            if not 0 <= consumed <= length:
                raise ValueError(f"a hook has consumed {consumed} bytes of {length}")
        bytes_of_c.consumed = consumed
        self._rest = memoryview(b"" if result is None else bytes(result))


class Hook:
    """A hook of a connection, as add_hook() returns it."""

    def __init__(self, connection: int, functions: Dict[str, _Function]) -> None:
        self._connection = connection
        self._functions = functions
        self._number = 0
        self._problem: Optional[BaseException] = None
        self._siblings: List["Hook"] = []

    def _forget(self) -> None:
        # One that has ended the connection stays, to be asked why.
        if self._problem is None and self in self._siblings:
            self._siblings.remove(self)

    def remove(self) -> None:
        """Takes the hook away. What was written before goes through it still, then its `close` puts its last bytes; what
        is written later passes it by. What comes in passes it by from now on, beginning with what it has not consumed: a
        `read` that knows that its protocol ends here returns how much it is done with, and takes its hook away before.
        Not for a hook that TLS stands on. Never waits; also inside functions of hooks."""
        checked(quick.reseau_remove_hook(self._connection, self._number))


def _caller(name: str) -> Any:
    def call(connection: int, bytes_of_c: Any, number: Optional[int]) -> int:
        hook = found(number)
        if hook is None:
            return _FAILED
        try:
            return int(hook._functions[name].call(bytes_of_c.contents))
        except BaseException as problem:  # it must not reach C
            hook._problem = problem
            return _FAILED

    return type_of(_raw.reseau_hook, name)(call)


def _destroy(number: Optional[int]) -> None:
    hook = found(number)
    if hook is not None:
        hook._forget()
    drop(number)


_CALLERS = {name: _caller(name) for name in ("read", "write", "flush", "close")}
_DESTROY = type_of(_raw.reseau_hook, "destroy")(_destroy)


def add_hook(
    connection: int,
    hooks: List[Hook],
    read: Optional[Callable[[bytes, bool], HookResult]],
    write: Optional[Callable[[bytes], HookResult]],
    flush: Optional[Callable[[], HookResult]],
    close: Optional[Callable[[], HookResult]],
) -> Hook:
    """Puts a hook on top of a connection, and into the list of its hooks until it has left.

    Waits for the connection's loop a moment, and gives the lock away meanwhile.
    """
    functions = {
        name: _Function(function, has_input, knows_end)
        for name, function, has_input, knows_end in (
            ("read", read, True, True),
            ("write", write, True, False),
            ("flush", flush, False, False),
            ("close", close, False, False),
        )
        if function is not None
    }
    hook = Hook(connection, functions)
    hook._siblings = hooks
    hooks.append(hook)
    struct: Any = _raw.reseau_hook()
    struct.size = ctypes.sizeof(struct)
    for name in functions:
        setattr(struct, name, _CALLERS[name])
    struct.destroy = _DESTROY
    hook._number = number = keep(hook)
    struct.state = number
    belongs(number, connection)
    result: int = lib.reseau_add_hook(connection, ctypes.byref(struct))
    if result < 0:
        drop(number)
        hook._forget()
        raise error_of(result)
    return hook
