# SPDX-License-Identifier: Apache-2.0
"""The round of a loop where the module in C is not there: the same as native/runner.c, by ctypes."""
import ctypes
import functools
import struct
from contextvars import copy_context
from typing import Any, Callable, Deque, Dict, Optional, Tuple

from .. import _raw
from .._library import lib, quick
from ._handle import Callback, report

# struct reseau_completion: its token, what has happened, an error, length and offset of bytes.
_COMPLETION = struct.Struct("=QiiQQ")
_RECEIVE: int = _raw.RESEAU_RECEIVE
Completion = Tuple[int, int, int, int, int]


def receiver(context: Any, function: Callable[[bytes], Any], transport: Any) -> Any:
    """What takes the bytes of a stream."""
    found: Any = functools.partial(context.run, function)
    found.transport = transport
    return found


class Runner:
    """Waits, gives out what has come, and calls what is ready."""

    def __init__(
        self,
        ready: Deque[Any],
        receivers: Dict[int, Any],
        deliver: Callable[[Completion], Any],
        queue: int,
        memory: Any,
        completions: Any,
    ) -> None:
        self._ready = ready
        self._receivers = receivers
        self._deliver = deliver
        self._memory = memory
        self._records = memoryview(completions).cast("B")
        self._zeros = bytes(len(self._records))
        self._count = self._given = 0
        self._is_waiting = False
        self._has_sent = False

        # Arguments that are C's already need no conversion in each round.
        self._time_limit = ctypes.c_int64()
        capacity = ctypes.c_size_t(len(completions))
        arguments = (ctypes.c_int64(queue), ctypes.c_void_p(ctypes.addressof(completions)), capacity)
        self._poll = functools.partial(quick["reseau_completions_wait"], *arguments, ctypes.c_int64(0))
        self._sleep = functools.partial(lib["reseau_completions_wait"], *arguments, self._time_limit)
        self._await_reply = functools.partial(
            lib["reseau_completions_wait_for_reply"], *arguments, self._time_limit
        )

    def wait(self, nanoseconds: int) -> int:
        """How many have come, or an error of the library's.

        What the last wait has brought and an exception has kept from being given out comes first.
        """
        if self._is_waiting:
            # The exception came before it was known how many: each of them has something in its `events`.
            self._count = sum(1 for one in _COMPLETION.iter_unpack(self._records) if one[1])
            self._given = 0
            self._is_waiting = False
        if self._given < self._count:
            return self._count - self._given
        used = self._count * _COMPLETION.size
        self._count = self._given = 0
        self._records[:used] = self._zeros[:used]
        self._is_waiting = True
        if not nanoseconds:
            # What does not wait is over sooner than the lock would be given away and come back.
            count = int(self._poll())
        else:
            self._time_limit.value = nanoseconds
            wait = self._await_reply if self._has_sent else self._sleep
            self._has_sent = False
            count = int(wait())
        self._count = max(0, count)
        self._is_waiting = False
        return count

    def note_sent(self) -> None:
        """A reply may come soon."""
        self._has_sent = True

    def send(self) -> None:
        """Nothing waits: each write is sent at once."""

    def close(self) -> None:
        """The last of a loop."""

    def has_selector(self) -> bool:
        """Whether token 0 is among what has come."""
        return any(one[0] == 0 for one in self._rest())

    def _rest(self) -> Any:
        size = _COMPLETION.size
        return _COMPLETION.iter_unpack(self._records[self._given * size : self._count * size])

    def take(self) -> Optional[Completion]:
        """The next of what has come, or None: instead of dispatch()."""
        if self._given >= self._count:
            return None
        self._given += 1
        found: Any = _COMPLETION.unpack_from(self._records, (self._given - 1) * _COMPLETION.size)
        return found  # type: ignore[no-any-return]

    def dispatch(self) -> None:
        """Gives out what has come: bytes alone to their receivers, everything else to the loop."""
        memory = self._memory
        receiver_of = self._receivers.get
        deliver = self._deliver
        rest = iter(list(self._rest()))
        try:
            for one in rest:
                token, what, _, length, offset = one
                receive = receiver_of(token)
                if receive is None or what != _RECEIVE or not length:
                    deliver(one)
                else:
                    try:
                        receive(memory[offset : offset + length])
                    except (SystemExit, KeyboardInterrupt):
                        raise
                    except BaseException as error:
                        receive.transport._fail_to_receive(error)
        finally:
            self._given = self._count - len(list(rest))

    def run_ready(self) -> None:
        """Calls what is ready now, and not what that makes ready."""
        ready = self._ready
        for _ in range(len(ready)):
            handle = ready.popleft()
            if type(handle) is Callback:
                # A cancel() meanwhile takes them from the handle.
                run: Any = handle.func
                arguments: Any = handle.args
                try:
                    run(*arguments)
                except (SystemExit, KeyboardInterrupt):
                    raise
                except BaseException as error:
                    report(handle, error, arguments[0], arguments[1:])
            elif not handle._cancelled:
                handle._run()
        handle = arguments = None

    def call_soon(self, callback: Callable[..., Any], *args: Any, context: Any = None) -> Any:
        """Schedules a callback for the next round."""
        handle = Callback((copy_context() if context is None else context).run, callback, *args)
        self._ready.append(handle)
        return handle
