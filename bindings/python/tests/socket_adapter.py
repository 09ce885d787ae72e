# SPDX-License-Identifier: Apache-2.0
"""The calls of socket.socket on connections and listeners, as far as CPython's tests of TCP make them.

A descriptor is the library's, so what needs one is not here; select() asks the connections themselves.
"""
import errno
import os
import select as _select
import socket as _socket
import time
import types
from typing import Any, List, Optional, Tuple

import reseau


class Socket:
    """Neither connection nor listener at first, as a socket is."""

    def __init__(self, family: int = -1, type: int = -1, proto: int = 0, fileno: Optional[int] = None) -> None:
        self.family = _socket.AF_INET if family == -1 else family
        self.type = _socket.SOCK_DGRAM if type == _socket.SOCK_DGRAM else _socket.SOCK_STREAM
        self._timeout = 0.0 if type != -1 and type & _socket.SOCK_NONBLOCK else _socket.getdefaulttimeout()
        self._bound: Tuple[str, int] = ("127.0.0.1", 0)
        self._options: dict[Any, Any] = {}
        self._listener: Optional[reseau.Listener] = None
        self._connection: Optional[reseau.Connection] = None
        self._accepted: List[reseau.Connection] = []
        self._closed = False

    # ---- State ----

    def fileno(self) -> int:
        if self._closed:
            return -1
        return self._connection.id if self._connection else self._listener.id if self._listener else 0

    def settimeout(self, seconds: Optional[float]) -> None:
        self._timeout = seconds
        if self._connection:
            self._connection.timeout = seconds

    def gettimeout(self) -> Optional[float]:
        return self._timeout

    def setblocking(self, blocking: Any) -> None:
        self.settimeout(None if blocking else 0.0)

    def getblocking(self) -> bool:
        return self._timeout != 0

    def setsockopt(self, level: int, name: int, value: Any) -> None:
        self._options[level, name] = value

    def getsockopt(self, level: int, name: int) -> Any:
        return self._options.get((level, name), 0)

    def _whole(self, address: reseau.Address) -> Any:
        return tuple(address) + ((0, 0) if self.family == _socket.AF_INET6 else ())

    def getsockname(self) -> Any:
        if self._closed:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        if self._connection:
            return self._whole(self._connection.local_address)
        return self._whole(self._listen().address)

    def getpeername(self) -> Any:
        return self._whole(self._of_connection().peer_address)

    # ---- Servers ----

    def bind(self, address: Any) -> None:
        self._bound = address[:2]
        self._listen()

    def _listen(self) -> reseau.Listener:
        if self._listener is None:
            host = self._bound[0] or ("*" if self.family == _socket.AF_INET6 else "0.0.0.0")
            only = bool(self._options.get((_socket.IPPROTO_IPV6, _socket.IPV6_V6ONLY), 0))
            shared = bool(self._options.get((_socket.SOL_SOCKET, _socket.SO_REUSEPORT), 0))
            self._listener = reseau.listen(host, self._bound[1], ipv6_only=only, reuse_port=shared)
        return self._listener

    def listen(self, backlog: int = 0) -> None:
        self._listen()

    def accept(self) -> Tuple["Socket", Any]:
        other = Socket(self.family)
        if self._accepted:
            connection = self._accepted.pop()
        else:
            try:
                connection = self._listen().accept(self._timeout)
            except reseau.TimedOutError:
                if self._timeout != 0:
                    raise
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from None
        other._take(connection)
        return other, self._whole(connection.peer_address)

    # ---- Clients ----

    def _take(self, connection: reseau.Connection) -> None:
        self._connection = connection
        connection.timeout = self._timeout

    def connect(self, address: Any) -> None:
        self._take(reseau.connect(address[0], address[1], timeout=self._timeout))

    def _of_connection(self) -> reseau.Connection:
        if self._connection is None or (self._closed and not self._connection._files):
            raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN))
        return self._connection

    # ---- Bytes ----

    def recv(self, size: int, flags: int = 0) -> bytes:
        return self._of_connection().read(size)

    def recvfrom(self, size: int, flags: int = 0) -> Tuple[bytes, Any]:
        return self.recv(size), None

    def recv_into(self, buffer: Any, size: int = 0, flags: int = 0) -> int:
        return self._of_connection().readinto(memoryview(buffer)[: size or None])

    def send(self, data: Any, flags: int = 0) -> int:
        return self._of_connection().write(data)

    def sendall(self, data: Any, flags: int = 0) -> None:
        self._of_connection().write(data)

    def sendfile(self, file: Any, offset: int = 0, count: Optional[int] = None) -> int:
        if self.type != _socket.SOCK_STREAM:
            raise ValueError("only SOCK_STREAM type sockets are supported")
        if self._timeout == 0:
            raise ValueError("non-blocking sockets are not supported")
        if count is not None and (not isinstance(count, int) or count <= 0):
            raise (ValueError if isinstance(count, int) else TypeError)(f"count must be a positive integer (got {count!r})")
        if "b" not in getattr(file, "mode", "b"):
            raise ValueError("file should be opened in binary mode")
        connection = self._of_connection()
        try:
            size = os.fstat(file.fileno()).st_size
        except (AttributeError, OSError, ValueError):
            file.seek(offset)
            data = file.read() if count is None else file.read(count)
            return connection.write(data)
        length = max(0, size - offset if count is None else min(count, size - offset))
        sent = connection.sendfile(file, offset, length) if length else 0
        connection.flush()
        file.seek(offset + sent)
        return sent

    _sendfile_use_send = sendfile

    def _sendfile_use_sendfile(self, file: Any, offset: int = 0, count: Optional[int] = None) -> int:
        try:
            os.fstat(file.fileno())
        except (AttributeError, OSError, ValueError):
            raise _socket._GiveupOnSendfile("not a regular file")  # type: ignore[attr-defined]
        return self.sendfile(file, offset, count)

    def makefile(self, mode: str = "r", buffering: Any = None, **others: Any) -> Any:
        return self._of_connection().makefile(mode, buffering, **others)

    # ---- The end ----

    def shutdown(self, how: int) -> None:
        if not -(2**31) <= how < 2**31:
            raise OverflowError("signed integer is greater than maximum")
        if how != _socket.SHUT_RD:
            self._of_connection().shutdown_write()

    def close(self) -> None:
        self._closed = True
        for one in [self._connection, self._listener, *self._accepted]:
            if one is not None:
                one.close()
        if self._listener is not None:
            self._listener.wait_closed(60)

    def __enter__(self) -> "Socket":
        return self

    def __exit__(self, *ignored: Any) -> None:
        self.close()


def _is_readable(one: Any) -> bool:
    if not isinstance(one, Socket):
        return bool(_select.select([one], [], [], 0)[0])
    if one._connection is not None:
        return one._connection.available > 0 or one._connection.at_end
    if not one._accepted:
        try:
            one._accepted.append(one._listen().accept(0.01))
        except TimeoutError:
            return False
    return True


def select(readable: Any, writable: Any, exceptional: Any, timeout: Optional[float] = None) -> Any:
    end = time.monotonic() + (timeout if timeout is not None else 3600)
    while True:
        found = [one for one in readable if _is_readable(one)]
        if found or time.monotonic() >= end:
            return found, [], []
        time.sleep(0.001)


def create_server(address: Any, *, family: int = _socket.AF_INET, backlog: Any = None, reuse_port: bool = False,
                  dualstack_ipv6: bool = False) -> Socket:  # fmt: skip
    made = Socket(family)
    if reuse_port:
        made.setsockopt(_socket.SOL_SOCKET, _socket.SO_REUSEPORT, 1)
    if family == _socket.AF_INET6 and not dualstack_ipv6:
        made.setsockopt(_socket.IPPROTO_IPV6, _socket.IPV6_V6ONLY, 1)
    made.bind(address)
    return made


def create_connection(address: Any, timeout: Any = None, source_address: Any = None, **others: Any) -> Socket:
    made = Socket()
    if timeout is not None:
        made.settimeout(timeout)
    made.connect(address)
    return made


def module() -> types.ModuleType:
    """What stands for the module socket in CPython's tests."""
    made = types.ModuleType("socket")
    made.__dict__.update(vars(_socket))
    made.__dict__.update(
        socket=Socket, SocketType=Socket, create_server=create_server, create_connection=create_connection
    )
    return made
