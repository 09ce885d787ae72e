# SPDX-License-Identifier: Apache-2.0
"""Connections: streams of bytes over TCP or Unix sockets, plain or by TLS."""
import ctypes
import enum
import io
import os
import threading
import warnings
from types import TracebackType
from typing import IO, Any, Callable, Iterable, Iterator, List, NamedTuple, NoReturn, Optional, Tuple, Type, Union

from . import _hooks, _raw
from ._errors import Error, error_of
from ._inspect import Address, Attempt, Counters, TCPInfo, address_of, attempts_of, counters_of, tcp_info_of
from ._library import lib, quick
from ._tls import TLS, Certificate, TLSInfo, peer_certificate_of, tls_info_of, tls_pointer
from ._values import Buffer, Path, milliseconds, path, pointer_to
from ._waiting import FOREVER, TIMED_OUT, checked, on_main_thread, scratch, taken, wait

# Copying more than this takes longer than giving the interpreter's lock to others.
_QUICK_BYTES = 32768
_READ_BYTES = 65536
_WOULD_BLOCK: int = _raw.RESEAU_ERROR_WOULD_BLOCK
_HOOK: int = _raw.RESEAU_ERROR_HOOK


class ClosedBy(enum.IntEnum):
    """Who ended a connection."""

    NOBODY = _raw.RESEAU_CLOSED_BY_NOBODY
    LOCAL = _raw.RESEAU_CLOSED_BY_LOCAL
    PEER = _raw.RESEAU_CLOSED_BY_PEER
    LIBRARY = _raw.RESEAU_CLOSED_BY_LIBRARY


class CloseInfo(NamedTuple):
    """How a connection ended, or is until now."""

    closed_by: ClosedBy
    #: What it did: "names", "connect", "proxy", "tls", "read", "write", "idle", "open", "close"; "" before its end.
    phase: str
    #: Why, or None.
    error: Optional[Error]
    #: The code of the layer below, for logs. With the phase "proxy" the proxy's own number, if it has said one.
    cause: int
    bytes_read: int
    bytes_written: int
    #: Queued, and never taken by the system.
    bytes_unsent: int
    #: Seconds from its making until now or its end.
    duration: float
    #: The alert that the peer has ended TLS by (RFC 8446, section 6), or 0.
    tls_alert: int
    #: The code of the system's resolver (socket.EAI_*) if the name could not be looked up, or 0.
    resolver_error: int


_PHASES = {
    value: name[len("RESEAU_PHASE_"):].lower() for name, value in vars(_raw).items() if name.startswith("RESEAU_PHASE_")
}


def _address(function: Any, identity: int) -> Address:
    found: Any = _raw.reseau_address()
    checked(function(identity, ctypes.byref(found)))
    return address_of(found)


class Connection:
    """A connected stream. Read and write it as a file; close it, or use it in a `with` statement.

    Any number of threads may write, each write as a whole; one thread reads at a time. `timeout`, in seconds, limits
    each call that waits; None is no limit.
    """

    def __init__(self, identity: int) -> None:
        """Of the id of the C surface. Made by connect(), Listener.accept() and adopt()."""
        self._id = identity
        self._timeout: Optional[float] = None
        self._closed = False
        # Whether calls that wait have a limit now, in the library.
        self._is_limited = False
        # File objects that are open: the last one of them and of the connection closes.
        self._files = 0
        self._files_lock = threading.Lock()
        self._hooks: List[_hooks.Hook] = []
        # From now on writes that would wait fail at once: then we say how long they may.
        quick.reseau_set_write_deadline(identity, 0)

    def __repr__(self) -> str:
        return f"<reseau.Connection {self._id:#x}{' closed' if self._closed else ''}>"

    # ---- State ----

    @property
    def id(self) -> int:
        """The id of the C surface."""
        return self._id

    @property
    def closed(self) -> bool:
        """Whether close() or abort() was called, or detach()."""
        return self._closed

    @property
    def timeout(self) -> Optional[float]:
        """Seconds that a call may wait; None: no limit; 0: not at all."""
        return self._timeout

    @timeout.setter
    def timeout(self, seconds: Optional[float]) -> None:
        if seconds is not None:
            milliseconds(seconds)
        self._timeout = seconds

    @property
    def local_address(self) -> Address:
        """The address of this side."""
        return _address(quick.reseau_local_address, self._id)

    @property
    def peer_address(self) -> Address:
        """The address of the other side."""
        return _address(quick.reseau_peer_address, self._id)

    @property
    def available(self) -> int:
        """Bytes that can be read without waiting."""
        return checked(quick.reseau_available(self._id))

    @property
    def pending(self) -> int:
        """Bytes that are written and not taken by the system."""
        return checked(quick.reseau_pending(self._id))

    @property
    def at_end(self) -> bool:
        """Whether the peer has ended the stream and everything was read."""
        return bool(checked(quick.reseau_at_end(self._id)))

    @property
    def alpn_protocol(self) -> str:
        """The protocol agreed on by ALPN, or ""."""
        room = ctypes.create_string_buffer(256)
        checked(quick.reseau_tls_protocol(self._id, room, 256))
        return room.value.decode("latin-1")

    def tls_info(self) -> TLSInfo:
        """What the TLS handshake has led to. UnsupportedError without TLS, WouldBlockError during the handshake."""
        return tls_info_of(self._id)

    def peer_certificate(self) -> Optional[Certificate]:
        """The certificate that the peer has shown, or None if it has shown none."""
        return peer_certificate_of(self._id)

    def attempts(self) -> List[Attempt]:
        """The addresses that the connect has tried, in order, at most 32."""
        return attempts_of(self._id)

    def counters(self) -> Counters:
        """What the connection has done."""
        return counters_of(self._id)

    def tcp_info(self) -> TCPInfo:
        """What TCP knows now. UnsupportedError for other sockets."""
        return tcp_info_of(self._id)

    def close_info(self) -> CloseInfo:
        """How the connection ended, or is until now; also for a while after its end."""
        info: Any = _raw.reseau_close_info()
        info.size = ctypes.sizeof(info)
        checked(quick.reseau_close_info(self._id, ctypes.byref(info)))
        return CloseInfo(
            ClosedBy(info.closed_by),
            _PHASES.get(info.phase, ""),
            error_of(info.error) if info.error else None,
            info.cause,
            info.bytes_read,
            info.bytes_written,
            info.bytes_unsent,
            info.duration_ns / 1e9,
            info.tls_alert,
            info.resolver_error,
        )

    def set_idle_timeout(self, seconds: Optional[float]) -> None:
        """Have it closed when nothing was read or written for so long; None: never."""
        checked(quick.reseau_set_idle_timeout(self._id, milliseconds(seconds)))

    def touch(self) -> None:
        """Puts the idle time-out off, as a read or write does."""
        checked(quick.reseau_touch(self._id))

    def pause(self) -> None:
        """Takes no more from the peer until resume()."""
        checked(quick.reseau_pause(self._id))

    def resume(self) -> None:
        """Goes on."""
        checked(quick.reseau_resume(self._id))

    # ---- Reading ----

    def readinto(self, buffer: Union[bytearray, memoryview]) -> int:
        """Reads what is there into a buffer, waiting for the first byte if there is none. 0 is the end of the stream."""
        view = memoryview(buffer)
        if view.readonly or not view.contiguous:
            raise TypeError("readinto() needs a writable, contiguous buffer")
        size = view.nbytes
        if size == 0:
            return 0
        return self._read_some((ctypes.c_char * size).from_buffer(view), size)

    def read(self, size: int = -1) -> bytes:
        """Reads up to `size` bytes: what is there, or the first that come. b"" is the end of the stream.

        Without a size, or with one below 0, reads until the end of the stream.
        """
        if size < 0:
            return self._read_all()
        if size == 0:
            return b""
        limit = min(size, _READ_BYTES)
        memory = scratch(limit)
        return taken(self._read_some(memory, limit))

    recv = read

    def peek(self, size: int = _READ_BYTES) -> bytes:
        """What is there, up to `size` bytes, without consuming it. Never waits."""
        memory = scratch(size)
        return taken(checked(quick.reseau_peek(self._id, memory, size)))

    def readexactly(self, size: int) -> bytes:
        """Reads exactly `size` bytes; fewer only if the stream ends before. After an error nothing is consumed."""
        if size <= _READ_BYTES:
            room = scratch(size)
            return taken(self._reading(lambda: int(lib.reseau_read_exactly(self._id, room, size))))
        memory = (ctypes.c_char * size)()
        count = self._reading(lambda: int(lib.reseau_read_exactly(self._id, memory, size)))
        return memory.raw[:count] if count != size else memory.raw[:size]

    def readuntil(self, delimiter: bytes = b"\n", limit: int = 65536) -> bytes:
        """Reads up to and with a delimiter; at the end of the stream what is left, or b"".

        Raises TooLargeError if the first `limit` bytes have no delimiter; nothing is consumed then.
        """
        if not delimiter:
            raise ValueError("a delimiter has at least one byte")
        memory = scratch(limit)
        count = self._reading(
            lambda: int(lib.reseau_read_until(self._id, delimiter, len(delimiter), memory, limit))
        )
        return taken(count)

    def readline(self, limit: int = 65536) -> bytes:
        """Reads a line with its end, as files do; b"" at the end of the stream. The limit as for readuntil()."""
        return self.readuntil(b"\n", 65536 if limit < 0 else limit)

    def readlines(self) -> List[bytes]:
        """All lines until the end of the stream."""
        return list(self)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def _read_some(self, memory: Any, size: int) -> int:
        if not self._may_wait_freely():
            count: int = quick.reseau_try_read(self._id, memory, size)
            if count >= 0:
                return count
            if count != _WOULD_BLOCK:
                self._fail(count)
        return self._reading(lambda: int(lib.reseau_read(self._id, memory, size)))

    def _read_all(self) -> bytes:
        parts: List[bytes] = []
        while True:
            part = self.read(_READ_BYTES)
            if not part:
                return b"".join(parts)
            parts.append(part)

    def _may_wait_freely(self) -> bool:
        # In one call, as long as it takes.
        return self._timeout is None and not self._is_limited and not on_main_thread()

    def _reading(self, call: Callable[[], int]) -> int:
        if self._may_wait_freely():
            return self._ended(call())

        def limited(limit: int) -> int:
            self._is_limited = limit != FOREVER
            result: int = quick.reseau_set_read_deadline(self._id, limit)
            return result if result < 0 else call()

        return self._ended(wait(limited, self._timeout))

    def _ended(self, result: int) -> int:
        if result < 0:
            self._fail(_WOULD_BLOCK if result == TIMED_OUT and self._timeout == 0 else result)
        return result

    def _fail(self, result: int) -> NoReturn:
        raise error_of(result) from (self.hook_error if result == _HOOK else None)

    # ---- Writing ----

    def write(self, data: Buffer) -> int:
        """Sends all of it: queues it, waiting for room if there is none. Returns the number of bytes."""
        pointer, size = pointer_to(data)
        function = quick if size <= _QUICK_BYTES else lib
        result: int = function.reseau_write(self._id, pointer, size)
        if result >= 0:
            return result
        return self._writing(result, lambda: int(lib.reseau_write(self._id, pointer, size)))

    def sendall(self, data: Buffer) -> None:
        """As write()."""
        self.write(data)

    def write_urgent(self, data: Buffer) -> int:
        """As write(), before everything that is queued but for what is about to be sent."""
        pointer, size = pointer_to(data)
        result: int = lib.reseau_write_front(self._id, pointer, size)
        return self._writing(result, lambda: int(lib.reseau_write_front(self._id, pointer, size)))

    def writelines(self, lines: Iterable[Buffer]) -> None:
        """Sends all of them, as one write."""
        self.write(b"".join(lines))

    def sendfile(
        self, file: Union[Path, IO[bytes]], offset: int = 0, count: Optional[int] = None
    ) -> int:
        """Sends a file, by its path or an open one, from an offset, in order with other writes; also by TLS.

        The file is read by the library while this thread goes on: flush() waits until all of it has been sent. An open
        file may be closed meanwhile, and is not moved. Returns the number of bytes that will be sent.
        """
        if offset < 0 or (count is not None and count < 0):
            raise ValueError("an offset or count is less than zero")
        length = -1 if count is None else count
        fileno = getattr(file, "fileno", None)
        if fileno is not None:
            return checked(lib.reseau_send_descriptor(self._id, fileno(), offset, length, 0))
        name: Any = file
        return checked(lib.reseau_send_file(self._id, path(name), offset, length))

    def flush(self) -> None:
        """Waits until the system has taken everything that was written."""
        result: int = lib.reseau_flush(self._id)
        self._writing(result, lambda: int(lib.reseau_flush(self._id)))

    def shutdown_write(self) -> None:
        """Ends this side's sending, behind what was written; the peer reads the end. Reading goes on."""
        checked(quick.reseau_end(self._id))

    def _writing(self, result: int, call: Callable[[], int]) -> int:
        if result != TIMED_OUT:
            return self._ended(result)

        def limited(limit: int) -> int:
            error: int = quick.reseau_set_write_deadline(self._id, limit)
            return error if error < 0 else call()

        try:
            return self._ended(wait(limited, self._timeout))
        finally:
            quick.reseau_set_write_deadline(self._id, 0)

    # ---- TLS and hooks ----

    def start_tls(self, tls: Union[bool, TLS] = True, *, server_side: bool = False, wait: bool = True) -> None:
        """Begins TLS on the plain connection. A protocol reads its own answer first, and nothing more.

        With `wait=False` it does not wait for the handshake: what was written before goes before it, in the clear; reads
        and tls_info() have to do with what comes after it, and what is written waits for it. If it fails, they do.
        """
        pointer = tls_pointer(tls)
        if wait:
            checked(lib.reseau_start_tls(self._id, int(server_side), pointer))
        else:
            nothing = lib.reseau_start_tls_then.argtypes[3]()
            checked(lib.reseau_start_tls_then(self._id, int(server_side), pointer, nothing))

    def add_hook(
        self,
        read: Optional[Callable[[bytes, bool], _hooks.HookResult]] = None,
        write: Optional[Callable[[bytes], _hooks.HookResult]] = None,
        flush: Optional[Callable[[], _hooks.HookResult]] = None,
        close: Optional[Callable[[], _hooks.HookResult]] = None,
    ) -> _hooks.Hook:
        """Puts a hook on the connection: functions that its bytes go through, such as compression. Returns what takes it
        away again.

        read(data, is_last)   bytes from the peer; `is_last`: nothing comes behind them. What is returned is read.
        write(data)           bytes that are written. What is returned is sent.
        flush()               all that was written has been given to `write`: what is returned is sent behind it. Often.
        close()               this side ends its sending: the last bytes, such as a trailer. Once.

        Each returns the bytes that go on, or None for none; or a pair, how many bytes of `data` it is done with and
        those: the rest comes again, with more behind it, up to 64 KB. `read` may raise EndOfStream(data). Any other
        exception ends the connection; reads and writes then fail with it as their cause, and `hook_error` is it.

        What the peer has sent and nobody has read goes through the hook, so a protocol that agrees on one reads its own
        answer first and nothing more. Hooks stand on one another; those added after TLS see what it carries, those
        before its records. They are called on a thread of the library's, one at a time, and must not block: they may
        write to connections, and close them.
        """
        return _hooks.add_hook(self._id, self._hooks, read, write, flush, close)

    def flush_hooks(self) -> None:
        """Has `flush` of each hook called soon, from the newest to the oldest, also if nothing was written."""
        checked(quick.reseau_flush_hooks(self._id))

    @property
    def hook_error(self) -> Optional[BaseException]:
        """The exception by which a hook has ended the connection, or None."""
        return next((hook._problem for hook in self._hooks if hook._problem is not None), None)

    # ---- As a file ----

    def makefile(
        self,
        mode: str = "r",
        buffering: Optional[int] = None,
        *,
        encoding: Optional[str] = None,
        errors: Optional[str] = None,
        newline: Optional[str] = None,
    ) -> Any:
        """A file object on the connection, as socket.makefile() makes it. Closing it leaves the connection open."""
        if not set(mode) <= {"r", "w", "b"} or not set(mode) & {"r", "w"}:
            raise ValueError(f"invalid mode {mode!r} (only r, w, b allowed)")
        reads, writes = "r" in mode, "w" in mode
        raw = _RawFile(self, reads, writes)
        size = io.DEFAULT_BUFFER_SIZE if buffering is None or buffering < 0 else buffering
        if size == 0:
            if "b" not in mode:
                raise ValueError("unbuffered streams must be binary")
            return raw
        buffered: Any
        if reads and writes:
            buffered = io.BufferedRWPair(raw, raw, size)
        elif reads:
            buffered = io.BufferedReader(raw, size)
        else:
            buffered = io.BufferedWriter(raw, size)
        if "b" in mode:
            return buffered
        wrapped = io.TextIOWrapper(buffered, encoding, errors, newline)
        wrapped.mode = mode  # type: ignore[misc]
        return wrapped

    # ---- The end ----

    def close(self) -> None:
        """Closes behind what was written, without waiting for it. Twice does no harm.

        While file objects of makefile() are open, the last one of them does it.
        """
        if not self._closed:
            self._closed = True
            self._close_if_unused()

    def _close_if_unused(self) -> None:
        with self._files_lock:
            is_unused = self._closed and self._files == 0
        if is_unused:
            quick.reseau_close(self._id)

    def abort(self) -> None:
        """Closes at once; what was written and not sent is thrown away."""
        self._closed = True
        quick.reseau_abort(self._id)

    def wait_closed(self, timeout: Optional[float] = None) -> None:
        """Waits until the connection is gone, after close() or abort()."""
        checked(wait(lambda limit: int(lib.reseau_wait_closed(self._id, limit)), timeout))

    def detach(self) -> int:
        """Takes the descriptor out, which is the caller's from then on; for socket.socket(fileno=...).

        Only of a plain connection whose writes were sent and whose bytes were read.
        """
        descriptor = checked(lib.reseau_detach(self._id))
        self._closed = True
        return descriptor

    def __enter__(self) -> "Connection":
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if not getattr(self, "_closed", True):
            warnings.warn(f"unclosed {self!r}", ResourceWarning, stacklevel=2, source=self)
            self.close()


class _RawFile(io.RawIOBase):
    """What a file object of the standard library stands on."""

    def __init__(self, connection: Connection, reads: bool, writes: bool) -> None:
        super().__init__()
        self._connection: Optional[Connection] = connection
        self._reads = reads
        self._writes = writes
        self._timed_out = False
        with connection._files_lock:
            connection._files += 1

    def close(self) -> None:
        if not self.closed:
            super().close()
            connection, self._connection = self._connection, None
            if connection is not None:
                with connection._files_lock:
                    connection._files -= 1
                connection._close_if_unused()

    def _open(self) -> Connection:
        if self._connection is None:
            raise ValueError("I/O operation on closed file.")
        return self._connection

    def fileno(self) -> int:
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        raise io.UnsupportedOperation("the descriptor is the library's")

    @property
    def mode(self) -> str:
        return ("r" if self._reads else "") + ("w" if self._writes else "") + "b"

    @property
    def name(self) -> int:
        return self._open().id

    def readable(self) -> bool:
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        return self._reads

    def writable(self) -> bool:
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        return self._writes

    def readinto(self, buffer: Any) -> Optional[int]:
        if not self.readable():
            raise io.UnsupportedOperation("not readable")
        if self._timed_out:
            raise OSError("cannot read from timed out object")
        try:
            return self._open().readinto(buffer)
        except TimeoutError:
            # What buffers above have taken of a longer read is lost.
            self._timed_out = True
            raise
        except BlockingIOError:
            return None

    def write(self, data: Any) -> Optional[int]:
        if not self.writable():
            raise io.UnsupportedOperation("not writable")
        try:
            return self._open().write(data)
        except BlockingIOError:
            return None
