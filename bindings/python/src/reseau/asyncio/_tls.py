# SPDX-License-Identifier: Apache-2.0
"""asyncio's TLS protocol, with a shorter way for the usual case: records that come and go while the connection is open.

It is given the queue's memory as it is, and counts the records in it, so that it reads as often as there are any: asking
once more only to hear that there is no other costs as much as a small record.
"""
import ssl
import sys
from asyncio import sslproto
from typing import Any, Sequence

from ._accelerator import native

_Base: Any = sslproto.SSLProtocol
_AGAIN = (ssl.SSLWantReadError, ssl.SSLSyscallError)
_HEADER = 5
_LARGEST = 16384
_LARGEST_RECORD = _LARGEST + 2048
_TYPES = range(20, 25)


def _is_known() -> bool:
    # The parts that the short way uses came with Python 3.11.
    return sys.version_info >= (3, 11) and hasattr(_Base, "_do_read__copied") and hasattr(_Base, "_process_outgoing")


class RecordCounter:
    """How many records of TLS end in what has come (RFC 8446, section 5.1)."""

    def __init__(self) -> None:
        self._head = b""
        self._left = 0
        self._is_lost = False

    def count(self, data: memoryview) -> int:
        """Of the bytes that come next. What is no record, the engine is to see: it counts as one, and all behind it."""
        if self._is_lost:
            return 1
        ended = 0
        position = 0
        end = len(data)
        while True:
            if self._left:
                if end - position < self._left:
                    self._left -= end - position
                    return ended
                position += self._left
                self._left = 0
                ended += 1
            needed = _HEADER - len(self._head)
            if end - position < needed:
                self._head += bytes(data[position:end])
                return ended
            head = self._head + data[position : position + needed].tobytes()
            self._head = b""
            self._left = head[3] << 8 | head[4]
            position += needed
            if head[0] not in _TYPES or self._left > _LARGEST_RECORD:
                self._is_lost = True
                return ended + 1


class _FastTLSProtocol(_Base):  # type: ignore[misc]
    #: In C, where that is there: takes what the loop's queue has received, and is write() of the program's transport.
    native_records: Any = None

    def __init__(self, *arguments: Any, **others: Any) -> None:
        super().__init__(*arguments, **others)
        self._records = RecordCounter()
        self._open = sslproto.SSLProtocolState.WRAPPED
        if native is not None:
            self.native_records = native.Records(self, self._incoming, self._outgoing)

    @property
    def _is_fast(self) -> bool:
        """It is open, and nothing is in the way."""
        return not (
            self._state is not self._open
            or self._write_backlog
            or self._app_protocol_is_buffer
            or self._app_reading_paused
            or self._ssl_reading_paused
            or self._app_writing_paused
            or self._ssl_writing_paused
        )

    def _on_handshake_complete(self, error: Any) -> None:
        records = self.native_records
        if records is not None and error is None and type(self._sslobj) is ssl.SSLObject:
            sslobj: Any = self._sslobj
            engine = sslobj._sslobj
            transport = self._get_app_transport()
            records.open(engine.read, engine.write, transport.write)
            transport.__dict__["write"] = records.write
        super()._on_handshake_complete(error)

    def connection_lost(self, error: Any) -> None:
        transport = self._app_transport
        super().connection_lost(error)
        if self.native_records is not None:
            if transport is not None:
                transport.__dict__.pop("write", None)
            self.native_records.close()
            self.native_records = None

    def view_received(self, data: memoryview) -> None:
        """Instead of get_buffer() and buffer_updated(): memory that is good for the time of the call."""
        if self.native_records is not None:
            self.native_records.receive(data.tobytes())
            return
        self._incoming.write(data)
        ended = self._records.count(data)
        if not self._is_fast:
            self._continue()
        elif ended:
            self._read_records(ended)

    def _continue(self) -> None:
        # An empty update: the bytes are where it looks for them.
        self.buffer_updated(0)

    def _read_records(self, count: int) -> None:
        try:
            parts = []
            read = self._sslobj.read
            has_ended = False
            try:
                for _ in range(count):
                    part = read(_LARGEST)
                    if not part:
                        has_ended = True
                        break
                    parts.append(part)
            except _AGAIN:
                pass
            if parts:
                self._app_protocol.data_received(parts[0] if len(parts) == 1 else b"".join(parts))
            if has_ended:
                self._end_received()
            else:
                self._finish_received()
        except Exception as error:
            self._fail_to_read(error)

    def _end_received(self) -> None:
        self._call_eof_received()
        self._start_shutdown()
        self._finish_received()

    def _finish_received(self) -> None:
        if self._write_backlog:
            self._do_write()
        elif self._outgoing.pending:
            self._process_outgoing()
        self._control_ssl_reading()

    def _fail_to_read(self, error: BaseException) -> None:
        self._fatal_error(error, "SSL error in data received")

    def _write_appdata(self, list_of_data: Sequence[Any]) -> None:
        if self._state is not self._open or self._write_backlog or len(list_of_data) != 1:
            super()._write_appdata(list_of_data)
            return
        data = list_of_data[0]
        size = len(data)
        try:
            written = self._sslobj.write(data)
        except Exception as error:
            self._fail_to_write(error, data)
            return
        if written < size:
            self._write_rest(data, written)
        else:
            self._process_outgoing()

    def _write_rest(self, data: Any, written: int) -> None:
        super()._write_appdata([memoryview(data)[written:]])

    def _write_late(self, data: Any) -> None:
        """Of who has kept the transport's write(), and calls it when the connection is lost."""
        super()._write_appdata((data,))

    def _fail_to_write(self, error: BaseException, data: Any) -> None:
        if isinstance(error, _AGAIN):
            super()._write_appdata([data])
        else:
            self._fatal_error(error, "Fatal error on SSL protocol")

    def _process_outgoing(self) -> None:
        if not self._ssl_writing_paused:
            data = self._outgoing.read()
            if data:
                self._transport.write(data)
        if self._app_writing_paused or self._ssl_writing_paused or self._write_backlog:
            self._control_app_writing()


TLSProtocol: Any = _FastTLSProtocol if _is_known() else _Base
