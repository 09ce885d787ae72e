# SPDX-License-Identifier: Apache-2.0
"""The transport of a stream socket: received by the loop's queue, sent by the socket at once where it has room."""
import asyncio.constants
import asyncio.futures
import asyncio.log
import asyncio.trsock
import collections
import contextvars
import os
import socket
import sys
import warnings
import weakref
from asyncio import protocols, transports
from typing import Any, Deque, Dict, Iterable, Optional, Union

from .. import _raw
from ._accelerator import native

_RECEIVE: int = _raw.RESEAU_RECEIVE
_WRITABLE: int = _raw.RESEAU_WRITABLE

# A second write that fails is logged after so many.
_WARN_AFTER = 5

# Pieces for one call of the system.
_MOST_PIECES = 64

_WRITE_ERROR = "Fatal write error on socket transport"

# What ends a connection often is no error of the program.
_USUAL = (BrokenPipeError, ConnectionResetError, ConnectionAbortedError)

_asyncio: Any = asyncio
_FlowControl: Any = transports._FlowControlMixin


class _TransportSocket(_asyncio.trsock.TransportSocket):  # type: ignore[misc]
    """What get_extra_info("socket") answers: the end of sending is behind what was written."""

    __slots__ = ("_transport",)

    def __init__(self, sock: socket.socket, transport: "SocketTransport") -> None:
        super().__init__(sock)
        self._transport = weakref.ref(transport)

    def shutdown(self, how: int) -> None:
        """As that of a socket."""
        transport = self._transport()
        if transport is not None:
            transport._settle()
        super().shutdown(how)


class SocketTransport(_FlowControl, transports.Transport):  # type: ignore[misc]
    """A transport of asyncio's kind; see asyncio.Transport for its methods."""

    _start_tls_compatible = True
    _sendfile_compatible = _asyncio.constants._SendfileMode.TRY_NATIVE
    _sock: Any = None
    _writer: Any = None

    def __init__(
        self,
        loop: Any,
        sock: socket.socket,
        protocol: Any,
        waiter: Any = None,
        extra: Optional[Dict[str, Any]] = None,
        server: Any = None,
        context: Optional[contextvars.Context] = None,
    ) -> None:
        super().__init__(extra, loop)  # type: ignore[call-arg]
        self._extra["socket"] = _TransportSocket(sock, self)
        try:
            self._extra["sockname"] = sock.getsockname()
        except OSError:
            self._extra["sockname"] = None
        if "peername" not in self._extra:
            try:
                self._extra["peername"] = sock.getpeername()
            except OSError:
                self._extra["peername"] = None
        self._sock = sock
        self._sock_fd = sock.fileno()
        self._send: Any = sock.send
        self._note_sent: Any = loop._runner.note_sent
        self._token = 0
        self._wanted = 0
        self._context = context if context is not None else contextvars.copy_context()
        self._server = server
        self._buffer: Deque[Union[bytes, memoryview]] = collections.deque()
        self._buffered = 0
        self._conn_lost = 0
        self._closing = False
        self._paused = False
        self._eof = False
        self._has_ended = False
        self._kept: Optional[bytes] = None
        self._kept_end: Optional[int] = None
        self._empty_waiter: Any = None
        self._protocol_connected = False
        self.set_protocol(protocol)
        self._protocol_connected = True
        if server is not None:
            if sys.version_info >= (3, 13):
                server._attach(self)
            else:
                server._attach()
        loop._transports[self._sock_fd] = self
        if native is not None and type(self).write is SocketTransport.write:
            # As long as nothing is in the way, it sends by itself.
            self._writer = native.Writer(
                loop._runner, self._sock_fd, self._write, self._queue_rest, self._fail_to_send
            )
            self._writer.set_open(True)
            self.__dict__["write"] = self._writer.write
        if sock.family in (socket.AF_INET, socket.AF_INET6) and sock.type == socket.SOCK_STREAM:
            try:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError:
                pass

        call_soon = loop.call_soon
        call_soon(self._protocol.connection_made, self, context=self._context)
        call_soon(self._begin, context=self._context)
        if waiter is not None:
            call_soon(_asyncio.futures._set_result_unless_cancelled, waiter, None)

    def __repr__(self) -> str:
        state = "closed" if self._sock is None else "closing" if self._closing else "open"
        return f"<reseau.asyncio transport {state} fd={self._sock_fd}>"

    def __del__(self, warn: Any = warnings.warn) -> None:
        if self._sock is not None:
            warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._sock.close()

            # Its number may be another's now, and others that go with this may write in their own __del__().
            if self._writer is not None:
                self._writer.set_open(False)
            if self._server is not None and sys.version_info < (3, 13):
                self._server._detach()

    # ---- Protocol ----

    def set_protocol(self, protocol: Any) -> None:
        """What gets the bytes from now on."""
        self._protocol = protocol
        self._view_received: Any = getattr(protocol, "view_received", None)
        is_buffered = isinstance(protocol, protocols.BufferedProtocol)
        self._data_received = None if is_buffered else protocol.data_received

        # In C, with TLS.
        self._records = getattr(protocol, "native_records", None)

        # A reader of asyncio's streams, which the module in C feeds.
        self._fed = protocol if native is not None and native.feeds(protocol) else None
        self._choose_receiver()

    def get_protocol(self) -> Any:
        """What gets the bytes."""
        return self._protocol

    def is_closing(self) -> bool:
        """Whether it is closed or on its way to it."""
        return self._closing

    # ---- Reading ----

    def _choose_receiver(self) -> None:
        """The loop gives bytes to the protocol itself as long as nothing is in the way."""
        function = self._records or self._fed or self._data_received
        if function is None or self._paused or self._closing or self._kept is not None or not self._token:
            self._loop._receivers.pop(self._token, None)
            return
        self._loop._receivers[self._token] = self._loop._receiver(self._context, function, self)

    def _fail_to_receive(self, error: BaseException) -> None:
        self._fatal_error(error, "Fatal error: protocol.data_received() call failed.")

    def _begin(self) -> None:
        if self._closing or self._token or self._sock is None:
            return
        self._wanted = 0 if self._paused else _RECEIVE
        self._loop._add_stream(self._sock_fd, self._wanted, self)
        self._choose_receiver()

    def _want(self, events: int) -> None:
        if events != self._wanted:
            self._wanted = events
            if self._token:
                self._loop._change_stream(self._sock_fd, events)

    def is_reading(self) -> bool:
        """Whether bytes are given to the protocol."""
        return not self._closing and not self._paused

    def pause_reading(self) -> None:
        """No bytes for the protocol until resume_reading()."""
        if not self.is_reading():
            return
        self._paused = True
        self._choose_receiver()
        self._want(self._wanted & ~_RECEIVE)
        if self._loop.get_debug():
            _asyncio.log.logger.debug("%r pauses reading", self)

    def resume_reading(self) -> None:
        """Goes on."""
        if self._closing or not self._paused:
            return
        self._paused = False
        if self._kept is not None or self._kept_end is not None:
            self._loop.call_soon(self._give_kept, context=self._context)
        elif not self._has_ended:
            self._want(self._wanted | _RECEIVE)
        self._choose_receiver()
        if self._loop.get_debug():
            _asyncio.log.logger.debug("%r resumes reading", self)

    def _give_kept(self) -> None:
        if self._paused or self._conn_lost:
            return
        data, self._kept = self._kept, None
        try:
            if data is not None:
                self._give(memoryview(data))
        except BaseException:
            # The loop is ending by it, and may run again.
            self._loop.call_soon(self._give_kept, context=self._context)
            raise
        if self._kept is None and self._kept_end is not None and not self._paused:
            error, self._kept_end = self._kept_end, None
            self._give_end(error)
        if not self._paused and not self._has_ended and not self._closing and self._token:
            self._want(self._wanted | _RECEIVE)
        self._choose_receiver()

    def _on_bytes(self, data: memoryview) -> None:
        """Of the queue; the memory is good for the time of the call."""
        if self._conn_lost or self._closing:
            return
        if self._paused or self._kept is not None:
            self._keep(bytes(data))
        elif self._view_received is not None:
            self._context.run(self._give_view, data)
        else:
            self._context.run(self._give, data)

    def _keep(self, data: bytes) -> None:
        self._kept = data if self._kept is None else self._kept + data
        self._choose_receiver()

    def _give(self, data: memoryview) -> None:
        """To the protocol, in its context. What it pauses before is kept."""
        while data:
            if self._paused:
                self._keep(bytes(data))
                return
            if self._closing or self._conn_lost:
                return
            if self._data_received is not None:
                try:
                    self._data_received(data.tobytes())
                    return
                except (SystemExit, KeyboardInterrupt):
                    raise
                except BaseException as error:
                    self._fail_to_receive(error)
                    return
            if self._view_received is not None:
                self._give_view(data)
                return
            what = "Fatal error: protocol.get_buffer() call failed."
            try:
                room = memoryview(self._protocol.get_buffer(len(data))).cast("B")
                if not room:
                    raise RuntimeError("get_buffer() returned an empty buffer")
                count = min(len(room), len(data))
                room[:count] = data[:count]
                data = data[count:]
                what = "Fatal error: protocol.buffer_updated() call failed."
                self._protocol.buffer_updated(count)
            except (SystemExit, KeyboardInterrupt):
                self._give_later(data)
                raise
            except BaseException as error:
                self._fatal_error(error, what)
                return

    def _give_view(self, data: memoryview) -> None:
        try:
            self._view_received(data)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._fail_to_receive(error)

    def _give_later(self, data: memoryview) -> None:
        """The loop is ending by an exception, and may run again: what has not been given is given then."""
        if not data or self._closing or self._conn_lost:
            return
        self._keep(bytes(data))
        if not self._paused:
            self._loop.call_soon(self._give_kept, context=self._context)

    def _on_end(self, error: int) -> None:
        """Of the queue, which receives no more."""
        self._has_ended = True
        if self._conn_lost:
            return
        if self._paused or self._kept is not None:
            self._kept_end = error
        else:
            self._context.run(self._give_end, error)

    def _give_end(self, error: int) -> None:
        self._has_ended = True
        if error != 0:
            self._fatal_error(OSError(error, os.strerror(error)), "Fatal read error on socket transport")
            return
        if self._loop.get_debug():
            _asyncio.log.logger.debug("%r received EOF", self)
        try:
            keep_open = self._protocol.eof_received()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as problem:
            self._fatal_error(problem, "Fatal error: protocol.eof_received() call failed.")
            return
        if keep_open:
            self._want(self._wanted & ~_RECEIVE)
        else:
            self.close()

    # ---- Writing ----

    def get_write_buffer_size(self) -> int:
        """Bytes that wait for room in the socket."""
        self._settle()
        return self._buffered

    def write(self, data: Any) -> None:
        """Sends what the socket has room for, and keeps the rest until it has."""
        self._write(data)

    def _write(self, data: Any) -> None:
        if type(data) is not bytes and not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")
        if self._eof:
            raise RuntimeError("Cannot call write() after write_eof()")
        if self._empty_waiter is not None:
            raise RuntimeError("unable to write; sendfile is in progress")
        if not data:
            return
        if self._conn_lost:
            self._count_lost_write()
            return
        if self._buffer:
            self._queue_write(bytes(data))
            return
        try:
            sent = self._send(data)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._fatal_error(error, _WRITE_ERROR)
            return
        self._note_sent()
        if type(data) is memoryview and data.itemsize != 1:
            data = data.cast("B")
        if sent < len(data):
            self._queue_rest(bytes(data), sent)

    def _queue_rest(self, data: bytes, sent: int) -> None:
        self._queue_write(memoryview(data)[sent:] if sent else data)

    def _fail_to_send(self, error: int) -> None:
        self._fatal_error(OSError(error, os.strerror(error)), _WRITE_ERROR)

    def _settle(self) -> None:
        """What was written in this round may wait for the writes of other transports: it goes now."""
        if self._writer is not None:
            self._writer.settle()

    def _choose_writer(self) -> None:
        """Whether write() may send at once, without looking at anything else."""
        if self._writer is not None:
            self._writer.set_open(not (self._buffer or self._eof or self._conn_lost or self._empty_waiter))

    def writelines(self, list_of_data: Iterable[Any]) -> None:
        """As one write."""
        self.write(b"".join(list_of_data))

    def _count_lost_write(self) -> None:
        if self._conn_lost >= _WARN_AFTER:
            _asyncio.log.logger.warning("socket.send() raised exception.")
        self._conn_lost += 1

    def _queue_write(self, data: Union[bytes, memoryview]) -> None:
        self._buffer.append(data)
        self._buffered += len(data)
        self._choose_writer()
        if not self._token and not self._closing:
            self._begin()
        self._want(self._wanted | _WRITABLE)
        self._maybe_pause_protocol()

    def _on_writable(self) -> None:
        """Of the queue: there was no room, and is some."""
        if self._conn_lost or not self._buffer:
            return
        self._context.run(self._send_more)

    def _send_more(self) -> None:
        while self._buffer:
            try:
                if len(self._buffer) == 1:
                    sent = self._sock.send(self._buffer[0])
                else:
                    pieces = [self._buffer[index] for index in range(min(len(self._buffer), _MOST_PIECES))]
                    sent = self._sock.sendmsg(pieces)
            except (BlockingIOError, InterruptedError):
                break
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as error:
                self._buffer.clear()
                self._buffered = 0
                self._fatal_error(error, _WRITE_ERROR)
                if self._empty_waiter is not None:
                    self._empty_waiter.set_exception(error)
                return
            self._take_sent(sent)
        self._choose_writer()
        self._maybe_resume_protocol()
        if self._buffer:
            return
        self._want(self._wanted & ~_WRITABLE)
        if self._empty_waiter is not None:
            self._empty_waiter.set_result(None)
        if self._closing:
            self._finish(None)
        elif self._eof:
            self._shut_down_writing()

    def _take_sent(self, sent: int) -> None:
        self._buffered -= sent
        while sent:
            first = self._buffer.popleft()
            if len(first) > sent:
                self._buffer.appendleft(memoryview(first)[sent:])
                return
            sent -= len(first)

    def can_write_eof(self) -> bool:
        """It can."""
        return True

    def write_eof(self) -> None:
        """Ends this side's sending, behind what was written."""
        self._settle()
        if self._closing or self._eof:
            return
        self._eof = True
        self._choose_writer()
        if not self._buffer:
            self._shut_down_writing()

    def _shut_down_writing(self) -> None:
        try:
            self._sock.shutdown(socket.SHUT_WR)
        except OSError as error:
            self._fatal_error(error, "Fatal error on transport")

    # For the loop's sendfile().
    def _make_empty_waiter(self) -> Any:
        if self._empty_waiter is not None:
            raise RuntimeError("Empty waiter is already set")
        self._settle()
        self._empty_waiter = self._loop.create_future()
        self._choose_writer()
        if not self._buffer:
            self._empty_waiter.set_result(None)
        return self._empty_waiter

    def _reset_empty_waiter(self) -> None:
        self._empty_waiter = None
        self._choose_writer()

    # ---- The end ----

    def close(self) -> None:
        """Closes behind what was written."""
        self._settle()
        if self._closing:
            return
        self._closing = True
        self._choose_receiver()
        self._want(self._wanted & ~_RECEIVE)
        if not self._buffer:
            self._finish(None)

    def abort(self) -> None:
        """Closes at once."""
        self._force_close(None)

    def _fatal_error(self, error: BaseException, message: str = "Fatal error on transport") -> None:
        if isinstance(error, OSError):
            if self._loop.get_debug():
                _asyncio.log.logger.debug("%r: %s", self, message, exc_info=True)
        else:
            self._loop.call_exception_handler(
                {"message": message, "exception": error, "transport": self, "protocol": self._protocol}
            )
        self._force_close(error)

    def _force_close(self, error: Optional[BaseException]) -> None:
        self._settle()
        if self._conn_lost:
            return
        self._buffer.clear()
        self._buffered = 0
        self._closing = True
        self._finish(error)

    def _finish(self, error: Optional[BaseException]) -> None:
        if self._conn_lost:
            return
        self._conn_lost += 1
        self._choose_writer()
        if self._token:
            self._loop._remove_stream(self._sock_fd, self._token)
            self._token = 0
        self._loop.call_soon(self._call_connection_lost, error, context=self._context)

    def _call_connection_lost(self, error: Optional[BaseException]) -> None:
        try:
            if self._protocol_connected:
                self._protocol.connection_lost(error)
        finally:
            if self._empty_waiter is not None and not self._empty_waiter.done():
                self._empty_waiter.set_exception(ConnectionError("Connection is closed by peer"))
            self._sock.close()
            self._sock = self._send = self._writer = None
            self.__dict__.pop("write", None)
            self._protocol = None
            self._data_received = self._records = self._fed = None
            self._view_received = None
            server, self._server = self._server, None
            if server is not None:
                if sys.version_info >= (3, 13):
                    server._detach(self)
                else:
                    server._detach()
