# SPDX-License-Identifier: Apache-2.0
"""Connections: streams of bytes over TCP or Unix sockets, plain or by TLS."""
import ctypes
import enum
import io
import os
import threading
import warnings
from types import TracebackType
from typing import IO, Any, Callable, Iterable, Iterator, List, NamedTuple, Optional, Tuple, Type, Union

from . import _raw
from ._errors import Error, error_of
from ._library import lib, quick
from ._options import TLS, Options, Path, milliseconds, path, port_number, text, tls_pointer
from ._waiting import FOREVER, TIMED_OUT, checked, on_main_thread, scratch, taken, wait

Buffer = Union[bytes, bytearray, memoryview]

# Copying more than this takes longer than giving the interpreter's lock to others.
_QUICK_BYTES = 32768
_READ_BYTES = 65536
_WOULD_BLOCK: int = _raw.RESEAU_ERROR_WOULD_BLOCK
_END_OF_STREAM: int = _raw.RESEAU_ERROR_END_OF_STREAM
_TOO_LARGE: int = _raw.RESEAU_ERROR_TOO_LARGE


class Address(NamedTuple):
    """An address and its port; of a Unix socket its path and 0."""

    host: str
    port: int


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
    #: The code of the layer below, for logs.
    cause: int
    bytes_read: int
    bytes_written: int
    #: Queued, and never taken by the system.
    bytes_unsent: int
    #: Seconds from its making until now or its end.
    duration: float


_PHASES = {
    value: name[len("RESEAU_PHASE_"):].lower() for name, value in vars(_raw).items() if name.startswith("RESEAU_PHASE_")
}


def _address(function: Any, identity: int) -> Address:
    found: Any = _raw.reseau_address()
    checked(function(identity, ctypes.byref(found)))
    return Address(os.fsdecode(found.text), found.port)


def _pointer(data: Any) -> Tuple[Any, int]:
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
        )

    def set_idle_timeout(self, seconds: Optional[float]) -> None:
        """Have it closed when nothing was read or written for so long; None: never."""
        checked(quick.reseau_set_idle_timeout(self._id, milliseconds(seconds)))

    def touch(self) -> None:
        """Puts the idle time-out off, as a read or write does."""
        checked(quick.reseau_touch(self._id))

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
                raise error_of(count)
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
            if result == TIMED_OUT and self._timeout == 0:
                result = _WOULD_BLOCK
            raise error_of(result)
        return result

    # ---- Writing ----

    def write(self, data: Buffer) -> int:
        """Sends all of it: queues it, waiting for room if there is none. Returns the number of bytes."""
        pointer, size = _pointer(data)
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
        pointer, size = _pointer(data)
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
            return checked(result)

        def limited(limit: int) -> int:
            error: int = quick.reseau_set_write_deadline(self._id, limit)
            return error if error < 0 else call()

        try:
            return self._ended(wait(limited, self._timeout))
        finally:
            quick.reseau_set_write_deadline(self._id, 0)

    # ---- TLS ----

    def start_tls(self, tls: Union[bool, TLS] = True, *, server_side: bool = False) -> None:
        """Begins TLS on the plain connection. A protocol reads its own answer first, and nothing more."""
        pointer = tls_pointer(tls)
        checked(lib.reseau_start_tls(self._id, int(server_side), pointer))

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
        if self._closed and self._files == 0:
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
        connection._files += 1

    def close(self) -> None:
        if not self.closed:
            super().close()
            connection, self._connection = self._connection, None
            if connection is not None:
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


def _connecting(start: Callable[[], int], what: str) -> Connection:
    """Connecting waits in C; on the main thread another one does, so that signals are handled."""
    if threading.current_thread() is not threading.main_thread():
        return Connection(checked(start(), what))

    result = [0]
    done = threading.Event()
    given_up = threading.Lock()
    is_given_up = False

    def run() -> None:
        identity = start()
        with given_up:
            result[0] = identity
            if is_given_up and identity > 0:
                quick.reseau_abort(identity)
        done.set()

    threading.Thread(target=run, name="reseau.connect", daemon=True).start()
    try:
        done.wait()
    except BaseException:
        with given_up:
            is_given_up = True
            if result[0] > 0:
                quick.reseau_abort(result[0])
        raise
    return Connection(checked(result[0], what))


def connect(
    host: str,
    port: int,
    *,
    timeout: Optional[float] = None,
    tls: Union[bool, TLS] = False,
    family: Optional[int] = None,
    attempt_timeout: Optional[float] = None,
    tls_timeout: Optional[float] = None,
    idle_timeout: Optional[float] = None,
    slow_reader_timeout: Optional[float] = None,
    close_timeout: Optional[float] = None,
    user_timeout: Optional[float] = None,
    keep_alive: Optional[float] = None,
    source_address: Optional[str] = None,
    interface: Optional[str] = None,
    read_buffer: Optional[int] = None,
    write_queue: Optional[int] = None,
    delay_small_writes: bool = False,
) -> Connection:
    """Connects to a port of a host, which is a name or an address; all of its addresses are tried, in a race (RFC 8305).

    `tls`: True, or TLS(...). Times are in seconds; `timeout` is for names, connecting and TLS together (30 s). `family`
    is 4 or 6. `read_buffer` and `write_queue` are bytes.
    """
    options = Options(tls)
    options.seconds("connect_timeout_ms", timeout)
    options.seconds("attempt_timeout_ms", attempt_timeout)
    options.seconds("tls_timeout_ms", tls_timeout)
    options.number("family", family)
    options.words("source_address", source_address)
    options.words("interface_name", interface)
    _common(
        options, idle_timeout, slow_reader_timeout, close_timeout, user_timeout, keep_alive, read_buffer, write_queue,
        delay_small_writes,
    )  # fmt: skip
    name = text(host, "host")
    number = port_number(port)
    return _connecting(lambda: int(lib.reseau_connect(name, number, options.pointer)), f"{host}:{port}")


def connect_path(
    path_name: Path,
    *,
    timeout: Optional[float] = None,
    tls: Union[bool, TLS] = False,
    tls_timeout: Optional[float] = None,
    idle_timeout: Optional[float] = None,
    slow_reader_timeout: Optional[float] = None,
    close_timeout: Optional[float] = None,
    read_buffer: Optional[int] = None,
    write_queue: Optional[int] = None,
) -> Connection:
    """Connects to a Unix socket; "@name" is one of Linux's abstract names."""
    options = Options(tls)
    options.seconds("connect_timeout_ms", timeout)
    options.seconds("tls_timeout_ms", tls_timeout)
    _common(options, idle_timeout, slow_reader_timeout, close_timeout, None, None, read_buffer, write_queue, False)
    name = path(path_name)
    return _connecting(lambda: int(lib.reseau_connect_path(name, options.pointer)), os.fsdecode(path_name))


def adopt(descriptor: int, *, server_side: bool = False, tls: Union[bool, TLS] = False) -> Connection:
    """Makes a connection of a connected stream socket: adopt(socket.detach()). The descriptor is the library's then."""
    options = Options(tls)
    return Connection(checked(lib.reseau_adopt(descriptor, int(server_side), options.pointer)))


def _common(
    options: Options,
    idle_timeout: Optional[float],
    slow_reader_timeout: Optional[float],
    close_timeout: Optional[float],
    user_timeout: Optional[float],
    keep_alive: Optional[float],
    read_buffer: Optional[int],
    write_queue: Optional[int],
    delay_small_writes: bool,
) -> None:
    options.seconds("idle_timeout_ms", idle_timeout)
    options.seconds("slow_reader_timeout_ms", slow_reader_timeout)
    options.seconds("close_timeout_ms", close_timeout)
    options.seconds("user_timeout_ms", user_timeout)
    options.seconds("keep_alive_ms", keep_alive)
    options.number("read_buffer_bytes", read_buffer)
    options.number("write_queue_bytes", write_queue)
    options.struct.delay_small_writes = int(delay_small_writes)


class Listener:
    """Accepts connections: `for connection in listener`, or accept(). Close it, or use it in a `with` statement."""

    def __init__(self, identity: int) -> None:
        """Of the id of the C surface. Made by listen(), listen_any() and listen_path()."""
        self._id = identity
        self._closed = False
        self.timeout: Optional[float] = None

    def __repr__(self) -> str:
        return f"<reseau.Listener {self._id:#x}{' closed' if self._closed else ''}>"

    @property
    def id(self) -> int:
        """The id of the C surface."""
        return self._id

    @property
    def closed(self) -> bool:
        """Whether close() was called."""
        return self._closed

    @property
    def address(self) -> Address:
        """Where it listens."""
        return _address(quick.reseau_local_address, self._id)

    @property
    def port(self) -> int:
        """The port of that."""
        return self.address.port

    def accept(self, timeout: Optional[float] = None) -> Connection:
        """The next connection; TLS is done. Raises CanceledError when the listener is closed meanwhile."""
        limit = self.timeout if timeout is None else timeout
        return Connection(checked(wait(lambda part: int(lib.reseau_accept(self._id, part)), limit)))

    def pause(self) -> None:
        """Stops accepting; connections wait in the system's queue."""
        checked(quick.reseau_pause(self._id))

    def resume(self) -> None:
        """Goes on."""
        checked(quick.reseau_resume(self._id))

    def close(self) -> None:
        """Stops listening; connections that were accepted go on. Twice does no harm."""
        if not self._closed:
            self._closed = True
            quick.reseau_close(self._id)

    def wait_closed(self, timeout: Optional[float] = None) -> None:
        """Waits until the listener is gone, after close(): then its address is free."""
        checked(wait(lambda limit: int(lib.reseau_wait_closed(self._id, limit)), timeout))

    def __iter__(self) -> Iterator[Connection]:
        """Connections as they come, until the listener is closed."""
        while not self._closed:
            try:
                yield self.accept()
            except Error as error:
                if error.code not in (_raw.RESEAU_ERROR_CANCELED, _raw.RESEAU_ERROR_BAD_ID):
                    raise
                return

    def __enter__(self) -> "Listener":
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if not getattr(self, "_closed", True):
            warnings.warn(f"unclosed {self!r}", ResourceWarning, stacklevel=2, source=self)
            self.close()


def listen(
    host: Optional[str] = None,
    port: int = 0,
    *,
    tls: Union[bool, TLS] = False,
    any_port_from: bool = False,
    tls_timeout: Optional[float] = None,
    idle_timeout: Optional[float] = None,
    slow_reader_timeout: Optional[float] = None,
    close_timeout: Optional[float] = None,
    user_timeout: Optional[float] = None,
    keep_alive: Optional[float] = None,
    backlog: Optional[int] = None,
    max_connections: Optional[int] = None,
    ipv6_only: bool = False,
    reuse_port: bool = False,
    read_buffer: Optional[int] = None,
    write_queue: Optional[int] = None,
    delay_small_writes: bool = False,
) -> Listener:
    """Listens on a port of an address. Without a host on the loopback address; "*" is every address.

    Port 0 lets the system choose, and Listener.port has the number. `any_port_from`: walks up from the port to the
    first that is free. The limits are those of the connections that it accepts.
    """
    options = Options(tls)
    options.seconds("tls_timeout_ms", tls_timeout)
    options.number("backlog", backlog)
    options.number("max_connections", max_connections)
    options.struct.ipv6_only = int(ipv6_only)
    options.struct.reuse_port = int(reuse_port)
    _common(
        options, idle_timeout, slow_reader_timeout, close_timeout, user_timeout, keep_alive, read_buffer, write_queue,
        delay_small_writes,
    )  # fmt: skip
    name = None if host is None else text(host, "host")
    function = lib.reseau_listen_any if any_port_from else lib.reseau_listen
    return Listener(checked(function(name, port_number(port), options.pointer), f"{host}:{port}"))


def listen_path(
    path_name: Path,
    *,
    tls: Union[bool, TLS] = False,
    mode: Optional[int] = None,
    backlog: Optional[int] = None,
    idle_timeout: Optional[float] = None,
    slow_reader_timeout: Optional[float] = None,
    close_timeout: Optional[float] = None,
    read_buffer: Optional[int] = None,
    write_queue: Optional[int] = None,
) -> Listener:
    """Listens on a Unix socket, whose path is removed when the listener closes. `mode`: permission bits (0o600)."""
    options = Options(tls)
    options.number("path_mode", mode)
    options.number("backlog", backlog)
    _common(options, idle_timeout, slow_reader_timeout, close_timeout, None, None, read_buffer, write_queue, False)
    return Listener(checked(lib.reseau_listen_path(path(path_name), options.pointer), os.fsdecode(path_name)))
