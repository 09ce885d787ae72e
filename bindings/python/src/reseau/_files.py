# SPDX-License-Identifier: Apache-2.0
"""Files on disk, by offset; whole files; and what happens to files and folders."""
import collections
import ctypes
import enum
import os
import time
import warnings
from types import TracebackType
from typing import Any, Deque, Iterator, List, NamedTuple, Optional, Tuple, Type, Union

from . import _raw
from ._calls import closed_at_exit
from ._errors import error_of
from ._library import lib, quick
from ._values import Buffer, Path, milliseconds, path, pointer_to, type_of
from ._waiting import TIMED_OUT, checked, wait

UNLIMITED = ctypes.c_size_t(-1).value


class FileKind(enum.IntEnum):
    """What a path stands for."""

    #: A pipe, a socket, a device, or anything else.
    OTHER = _raw.RESEAU_FILE_KIND_OTHER
    REGULAR = _raw.RESEAU_FILE_KIND_REGULAR
    FOLDER = _raw.RESEAU_FILE_KIND_FOLDER


class FileInfo(NamedTuple):
    """What the system knows of a file."""

    #: Its bytes.
    length: int
    #: Another file that has come to the same path has another number.
    node: int
    #: When its content was changed: nanoseconds since 1970, in UTC.
    modified_ns: int
    kind: FileKind
    #: Its permission bits.
    mode: int


class ChangeKind(enum.IntEnum):
    """What has happened to a file, or to the folder that is watched."""

    #: Something has come to this name: it was made, moved there, or has taken the place of what was there.
    CREATED = _raw.RESEAU_FILE_CREATED
    #: Its content, times or permissions have changed.
    CHANGED = _raw.RESEAU_FILE_CHANGED
    #: It is not there any more. Without a name: the folder itself, and the watch ends.
    REMOVED = _raw.RESEAU_FILE_REMOVED
    #: It has another name in the same folder.
    RENAMED = _raw.RESEAU_FILE_RENAMED
    #: Changes were lost, since there were too many: look at everything again.
    RESCAN = _raw.RESEAU_FILE_RESCAN


class Change(NamedTuple):
    """One change."""

    kind: ChangeKind
    #: The name in the folder, or that of the file that is watched; None with RESCAN, and for the folder itself.
    name: Optional[str]
    #: With RENAMED: the name until now.
    old_name: Optional[str]
    #: Whether what has the name is a folder.
    is_folder: bool


def file_options(loop: int = 0, mode: Optional[int] = None, gather: Optional[float] = None) -> Any:
    options: Any = _raw.reseau_file_options()
    options.size = ctypes.sizeof(options)
    options.loop = loop
    if mode is not None:
        options.mode = mode
    if gather is not None:
        options.gather_ms = max(1, milliseconds(gather))
    return options


def file_flags(read: bool, write: bool, create: bool, exclusive: bool, truncate: bool) -> int:
    return int(
        (_raw.RESEAU_FILE_READ if read else 0)
        | (_raw.RESEAU_FILE_WRITE if write else 0)
        | (_raw.RESEAU_FILE_CREATE if create or exclusive else 0)
        | (_raw.RESEAU_FILE_EXCLUSIVE if exclusive else 0)
        | (_raw.RESEAU_FILE_TRUNCATE if truncate else 0)
    )


def empty_info() -> Any:
    info: Any = _raw.reseau_file_info()
    info.size = ctypes.sizeof(info)
    return info


def info_of(found: Any) -> FileInfo:
    return FileInfo(found.length, found.node, found.modified_ns, FileKind(found.kind), found.mode)


def change_of(found: Any) -> Change:
    name = None if found.name is None else os.fsdecode(found.name)
    old_name = None if found.old_name is None else os.fsdecode(found.old_name)
    return Change(ChangeKind(found.kind), name, old_name, bool(found.is_folder))


class File:
    """A regular file, read and written at offsets; File.open() opens it. Any number of threads may use it at once."""

    def __init__(self, identity: int) -> None:
        """Of the id of the C surface."""
        self._id = identity
        self._closed = False

    @classmethod
    def open(
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
        """Opens a file. `create`: it is made if there is none, with the permission bits of `mode` (0o666, less the
        umask); `exclusive`: it is made, and must not be there; `truncate`: its content is thrown away."""
        flags = file_flags(read, write, create, exclusive, truncate)
        result: int = lib.reseau_file_open(path(file), flags, ctypes.byref(file_options(0, mode)))
        return cls(checked(result, os.fsdecode(file)))

    def __repr__(self) -> str:
        return f"<reseau.File {self._id:#x}{' closed' if self._closed else ''}>"

    @property
    def id(self) -> int:
        """The id of the C surface."""
        return self._id

    @property
    def closed(self) -> bool:
        """Whether close() was called."""
        return self._closed

    def _open(self) -> int:
        if self._closed:
            raise ValueError("I/O operation on closed file.")
        return self._id

    def read(self, size: int, offset: int) -> bytes:
        """Reads `size` bytes from an offset; fewer only at the end of the file, where it is b""."""
        if size < 0 or offset < 0:
            raise ValueError("a size or offset is less than zero")
        memory = bytearray(size)
        count = self.readinto(memory, offset)
        return bytes(memory if count == size else memory[:count])

    def readinto(self, buffer: Union[bytearray, memoryview], offset: int) -> int:
        """Fills a buffer from an offset; less only at the end of the file. Returns the number of bytes."""
        view = memoryview(buffer)
        if view.readonly or not view.contiguous:
            raise TypeError("readinto() needs a writable, contiguous buffer")
        size = view.nbytes
        room = (ctypes.c_char * size).from_buffer(view) if size else None
        return checked(lib.reseau_file_read(self._open(), room or ctypes.create_string_buffer(1), size, offset))

    def write(self, data: Buffer, offset: int) -> int:
        """Writes all of it at an offset; what lies between that and the end of a shorter file is zeros."""
        pointer, size = pointer_to(data)
        return checked(lib.reseau_file_write(self._open(), pointer, size, offset))

    def sync(self) -> None:
        """Returns when everything that was written is on the disk."""
        checked(lib.reseau_file_sync(self._open()))

    def truncate(self, length: int) -> None:
        """Makes the file so long; what is added is zeros."""
        checked(lib.reseau_file_truncate(self._open(), length))

    def info(self) -> FileInfo:
        """What the system knows of it."""
        found = empty_info()
        checked(lib.reseau_file_info(self._open(), ctypes.byref(found)))
        return info_of(found)

    def close(self) -> None:
        """Closes it. Twice does no harm."""
        if not self._closed:
            self._closed = True
            quick.reseau_close(self._id)

    def __enter__(self) -> "File":
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if not getattr(self, "_closed", True):
            warnings.warn(f"unclosed {self!r}", ResourceWarning, stacklevel=2, source=self)
            self.close()


def file_info(file: Path) -> FileInfo:
    """What a path stands for, through symbolic links."""
    found = empty_info()
    checked(lib.reseau_file_info_of(path(file), ctypes.byref(found)), os.fsdecode(file))
    return info_of(found)


def load_file(file: Path, *, limit: Optional[int] = None) -> bytes:
    """Reads a whole file. TooLargeError if there are more than `limit` bytes."""
    data = ctypes.c_void_p()
    size = UNLIMITED if limit is None else limit
    length = checked(lib.reseau_file_load(path(file), ctypes.byref(data), size), os.fsdecode(file))
    try:
        return ctypes.string_at(data, length)
    finally:
        quick.reseau_free(data)


def store_file(file: Path, data: Buffer, *, mode: Optional[int] = None) -> None:
    """Makes a file of these bytes, in the place of one that may be there, at once and for all readers.

    Whatever fails, be it the power, there is the old file or the new one, whole; it is on the disk when this returns.
    `mode`: its permission bits; without it those of the file that it replaces.
    """
    pointer, size = pointer_to(data)
    options = file_options(0, mode)
    checked(lib.reseau_file_store(path(file), pointer, size, ctypes.byref(options)), os.fsdecode(file))


def _watch_callbacks(loop: int, changes: Deque[Change], ends: List[int]) -> Tuple[Any, Any]:
    def changed(identity: int, change: Any, state: Any) -> None:
        changes.append(change_of(change.contents))
        quick.reseau_loop_stop(loop)

    def ended(identity: int, error: int, state: Any) -> None:
        ends.append(error)
        quick.reseau_loop_stop(loop)

    return lib.reseau_file_watch.argtypes[2](changed), type_of(_raw.reseau_file_options, "on_close")(ended)


class Watch:
    """What happens to a file or in a folder: `for change in watch`, or next_change(); watch() begins it.

    It has a loop of its own that runs while somebody waits for a change, on that thread (rule 331).
    """

    def __init__(self, file: Path, gather: Optional[float] = None) -> None:
        self._changes: Deque[Change] = collections.deque()
        self._ends: List[int] = []
        self._closed = False
        self._loop = checked(lib.reseau_loop_new())
        options = file_options(self._loop, None, gather)
        # They are called inside reseau_loop_run(), know nothing of this object, and are there as long as it is.
        self._callbacks = _watch_callbacks(self._loop, self._changes, self._ends)
        on_change, options.on_close = self._callbacks
        closed_at_exit.add(self)
        try:
            result: int = lib.reseau_file_watch(path(file), ctypes.byref(options), on_change, None)
            checked(result, os.fsdecode(file))
        except BaseException:
            self.close()
            raise

    def __repr__(self) -> str:
        return f"<reseau.Watch {self._loop:#x}{' closed' if self._closed else ''}>"

    @property
    def closed(self) -> bool:
        """Whether close() was called, or the folder that was watched is gone."""
        return self._closed

    def next_change(self, timeout: Optional[float] = None) -> Optional[Change]:
        """The next change, or None when there is no other: the watch is closed, or its folder is gone. One thread at a
        time waits for it. TimedOutError after `timeout` seconds."""

        end = None if timeout is None else time.monotonic() + timeout
        while not (self._changes or self._ends or self._closed):
            rest = None if end is None else max(0.0, end - time.monotonic())
            result = wait(self._run, rest)
            if result < 0 and not self._closed and (result != TIMED_OUT or rest == 0):
                raise error_of(result)
        if self._changes:
            return self._changes.popleft()
        self.close()
        return None

    def _run(self, limit: int) -> int:
        result: int = lib.reseau_loop_run(self._loop, limit)
        return TIMED_OUT if result == 0 and not (self._changes or self._ends) else result

    def __iter__(self) -> Iterator[Change]:
        """Changes as they come, until the watch is closed or the folder is gone."""
        return iter(self.next_change, None)

    def close(self) -> None:
        """Ends it; who waits for a change gets None. Twice does no harm."""
        if not self._closed:
            self._closed = True
            # What is on the loop ends with it.
            lib.reseau_close(self._loop)

    def wait_closed(self, timeout: Optional[float] = None) -> None:
        """Waits until nothing of it is under way any more, after close()."""
        checked(wait(lambda limit: int(lib.reseau_wait_closed(self._loop, limit)), timeout))

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


def watch(file: Path, *, gather: Optional[float] = None) -> Watch:
    """Begins to watch a folder, without the folders in it; or a file, which need not be there yet, and may be replaced.

    Of what happens to one name within `gather` seconds (0.05) the outcome is reported.
    """
    return Watch(file, gather)
