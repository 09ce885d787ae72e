# SPDX-License-Identifier: Apache-2.0
"""Files for asyncio: threads of the library do the work, and what is done is reported inside the loop's own wait.

So nothing is called on another thread than the loop's, and no thread of Python's is needed (rule 332).
"""
import asyncio
import atexit
import collections
import ctypes
import os
import time
import warnings
from types import TracebackType
from typing import Any, Callable, Deque, Dict, List, Optional, Type, Union

from .. import _raw
from .._errors import error_of
from .._files import UNLIMITED, Change, FileInfo, change_of, empty_info, file_flags, file_options, info_of
from .._library import lib, quick
from .._values import Buffer, Numbers, Path, path, pointer_to, type_of
from ._loop import EventLoop


def _running_loop() -> EventLoop:
    loop = asyncio.get_running_loop()
    if not isinstance(loop, EventLoop):
        raise RuntimeError("files need a loop of reseau.asyncio: reseau.asyncio.run(main())")
    return loop


class _Operation:
    """Something that is under way: the memory that it uses stays, also if nobody waits any more (rule 332)."""

    def __init__(self, loop: EventLoop, memory: Any, is_of: Optional[str]) -> None:
        self.loop = loop
        self.memory = memory
        self.is_of = is_of
        self.future: "asyncio.Future[int]" = loop.create_future()

    def finish(self, result: int) -> None:
        if self.future.done() or self.loop.is_closed():
            return
        if result < 0:
            self.future.set_exception(error_of(result, self.is_of))
        else:
            self.future.set_result(result)


# How long the end of the interpreter waits for loops of other threads, in seconds.
_TIME_AT_EXIT = 1.0

_operations: Dict[int, _Operation] = {}
_numbers = Numbers()


def _done(identity: int, result: int, number: int) -> None:
    operation = _operations.pop(number, None)
    if operation is not None:
        operation.finish(result)


def _loaded(identity: int, data: Optional[int], result: int, number: int) -> None:
    operation = _operations.pop(number, None)
    if operation is not None and data is not None:
        operation.memory = ctypes.string_at(data, max(0, result))
    quick.reseau_free(data)
    if operation is not None:
        operation.finish(result)


_DONE = lib.reseau_file_read_start.argtypes[4](_done)
_LOADED = lib.reseau_file_load_start.argtypes[3](_loaded)


async def _finished(
    loop: EventLoop, start: Callable[[int], int], memory: Any = None, is_of: Optional[str] = None
) -> "tuple[int, _Operation, int]":
    """Begins something that gets a number; its result, itself, and what beginning it has returned: 0, or an id."""
    operation = _Operation(loop, memory, is_of)
    number = _numbers.next()
    _operations[number] = operation
    begun = start(number)
    if begun < 0:
        del _operations[number]
        raise error_of(begun, is_of)
    try:
        return await operation.future, operation, begun
    except asyncio.CancelledError:
        if begun > 0:
            quick.reseau_close(begun)
        raise


def _end() -> None:
    # The loop of a daemon thread may be about to call; that must not be when the interpreter has ended.
    end = time.monotonic() + _TIME_AT_EXIT
    for identity in [state.identity for state in list(_watches.values())]:
        quick.reseau_close(identity)
    while time.monotonic() < end:
        loops = [one.loop for one in list(_operations.values())] + [one.loop for one in list(_watches.values())]
        if not any(loop.is_running() for loop in loops):
            return
        time.sleep(0.001)


atexit.register(_end)


class File:
    """A regular file, read and written at offsets; `await File.open(...)` opens it. Many operations may be under way."""

    def __init__(self, identity: int, loop: EventLoop) -> None:
        """Of the id of the C surface."""
        self._id = identity
        self._loop = loop
        self._closed = False

    @classmethod
    async def open(
        cls,
        file: Path,
        *,
        read: bool = True,
        write: bool = False,
        create: bool = False,
        exclusive: bool = False,
        truncate: bool = False,
        mode: Optional[int] = None,
    ) -> "File":
        """As reseau.File.open()."""
        loop = _running_loop()
        flags = file_flags(read, write, create, exclusive, truncate)
        options = ctypes.byref(file_options(loop._queue, mode))

        def start(number: int) -> int:
            return int(quick.reseau_file_open_start(path(file), flags, options, _DONE, number))

        _, _, identity = await _finished(loop, start, None, os.fsdecode(file))
        return cls(identity, loop)

    def __repr__(self) -> str:
        return f"<reseau.asyncio.File {self._id:#x}{' closed' if self._closed else ''}>"

    @property
    def closed(self) -> bool:
        """Whether close() was called."""
        return self._closed

    async def _do(self, function: Any, *arguments: Any, memory: Any = None) -> int:
        if self._closed:
            raise ValueError("I/O operation on closed file.")

        def start(number: int) -> int:
            return int(function(self._id, *arguments, _DONE, number))

        result, _, _ = await _finished(self._loop, start, memory)
        return result

    async def read(self, size: int, offset: int) -> bytes:
        """Reads `size` bytes from an offset; fewer only at the end of the file, where it is b""."""
        if size < 0 or offset < 0:
            raise ValueError("a size or offset is less than zero")
        room = (ctypes.c_char * max(1, size))()
        count = await self._do(quick.reseau_file_read_start, room, size, offset, memory=room)
        return ctypes.string_at(room, count)

    async def readinto(self, buffer: Union[bytearray, memoryview], offset: int) -> int:
        """Fills a buffer from an offset; less only at the end of the file. Returns the number of bytes.

        Until it is done the buffer cannot be resized; also if this is cancelled it may be filled until then.
        """
        view = memoryview(buffer)
        if view.readonly or not view.contiguous:
            raise TypeError("readinto() needs a writable, contiguous buffer")
        size = view.nbytes
        room = (ctypes.c_char * size).from_buffer(view) if size else ctypes.create_string_buffer(1)
        return await self._do(quick.reseau_file_read_start, room, size, offset, memory=room)

    async def write(self, data: Buffer, offset: int) -> int:
        """Writes all of it at an offset; what lies between that and the end of a shorter file is zeros."""
        pointer, size = pointer_to(data)
        return await self._do(quick.reseau_file_write_start, pointer, size, offset, memory=pointer)

    async def sync(self) -> None:
        """Returns when everything that was written is on the disk."""
        await self._do(quick.reseau_file_sync_start)

    async def truncate(self, length: int) -> None:
        """Makes the file so long; what is added is zeros."""
        await self._do(quick.reseau_file_truncate_start, length)

    async def info(self) -> FileInfo:
        """What the system knows of it."""
        found = empty_info()
        await self._do(quick.reseau_file_info_start, ctypes.byref(found), memory=found)
        return info_of(found)

    def close(self) -> None:
        """Closes it: what has not begun yet raises CanceledError. Twice does no harm."""
        if not self._closed:
            self._closed = True
            quick.reseau_close(self._id)

    async def __aenter__(self) -> "File":
        return self

    async def __aexit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if not getattr(self, "_closed", True):
            warnings.warn(f"unclosed {self!r}", ResourceWarning, stacklevel=2, source=self)
            self.close()


async def load_file(file: Path, *, limit: Optional[int] = None) -> bytes:
    """Reads a whole file. TooLargeError if there are more than `limit` bytes."""
    loop = _running_loop()
    options = ctypes.byref(file_options(loop._queue))
    size = UNLIMITED if limit is None else limit

    def start(number: int) -> int:
        return int(quick.reseau_file_load_start(path(file), size, options, _LOADED, number))

    _, operation, _ = await _finished(loop, start, None, os.fsdecode(file))
    content: bytes = operation.memory or b""
    return content


async def store_file(file: Path, data: Buffer, *, mode: Optional[int] = None) -> None:
    """As reseau.store_file()."""
    loop = _running_loop()
    options = ctypes.byref(file_options(loop._queue, mode))
    pointer, size = pointer_to(data)

    def start(number: int) -> int:
        return int(quick.reseau_file_store_start(path(file), pointer, size, options, _DONE, number))

    await _finished(loop, start, pointer, os.fsdecode(file))


class Watch:
    """What happens to a file or in a folder: `async for change in watch`, or `await next_change()`; watch() begins it."""

    def __init__(self, file: Path, gather: Optional[float] = None) -> None:
        self._loop = _running_loop()
        self._closed = False
        self._state = _WatchState(self._loop)
        number = _numbers.next()
        _watches[number] = self._state
        options = file_options(self._loop._queue, None, gather)
        options.state = number
        options.on_close = _ON_CLOSE
        result: int = quick.reseau_file_watch(path(file), ctypes.byref(options), _ON_CHANGE, number)
        if result < 0:
            self._closed = True
            del _watches[number]
            raise error_of(result, os.fsdecode(file))
        self._id = self._state.identity = result

    def __repr__(self) -> str:
        return f"<reseau.asyncio.Watch {getattr(self, '_id', 0):#x}{' closed' if self._closed else ''}>"

    async def next_change(self) -> Optional[Change]:
        """The next change, or None when there is no other: the watch is closed, or its folder is gone."""
        while not (self._state.changes or self._state.has_ended or self._closed):
            waiter: "asyncio.Future[None]" = self._loop.create_future()
            self._state.waiters.append(waiter)
            await waiter
        if self._state.changes:
            return self._state.changes.popleft()
        self.close()
        return None

    def __aiter__(self) -> "Watch":
        return self

    async def __anext__(self) -> Change:
        change = await self.next_change()
        if change is None:
            raise StopAsyncIteration
        return change

    def close(self) -> None:
        """Ends it; who waits for a change gets None. Twice does no harm."""
        if not self._closed:
            self._closed = True
            quick.reseau_close(self._id)
            self._state.wake()

    def __enter__(self) -> "Watch":
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if not getattr(self, "_closed", True):
            warnings.warn(f"unclosed {self!r}", ResourceWarning, stacklevel=2, source=self)
            self.close()


class _WatchState:
    def __init__(self, loop: EventLoop) -> None:
        self.loop = loop
        self.changes: Deque[Change] = collections.deque()
        self.waiters: List["asyncio.Future[None]"] = []
        self.has_ended = False
        self.identity = 0

    def wake(self) -> None:
        waiters, self.waiters = self.waiters, []
        for waiter in waiters:
            if not waiter.done() and not self.loop.is_closed():
                waiter.set_result(None)


_watches: Dict[int, _WatchState] = {}


def _on_change(identity: int, change: Any, number: int) -> None:
    state = _watches.get(number)
    if state is not None:
        state.changes.append(change_of(change.contents))
        state.wake()


def _on_close(identity: int, error: int, number: int) -> None:
    state = _watches.pop(number, None)
    if state is not None:
        state.has_ended = True
        state.wake()


_ON_CHANGE = lib.reseau_file_watch.argtypes[2](_on_change)
_ON_CLOSE = type_of(_raw.reseau_file_options, "on_close")(_on_close)


def watch(file: Path, *, gather: Optional[float] = None) -> Watch:
    """Begins to watch a folder or file, as reseau.watch() does; for tasks of the running loop."""
    return Watch(file, gather)
