# SPDX-License-Identifier: Apache-2.0
"""Listeners: what accepts connections."""
import os
import warnings
from types import TracebackType
from typing import Iterator, Optional, Type, Union

from . import _raw
from ._connection import Connection, _address
from ._errors import Error
from ._inspect import Address
from ._library import lib, quick
from ._options import Options, WritePolicy
from ._tls import TLS, tls_pointer
from ._values import Path, path, port_number, text
from ._waiting import checked, wait


class Listener:
    """Accepts connections: `for connection in listener`, or accept(). Close it, or use it in a `with` statement."""

    def __init__(self, identity: int) -> None:
        """Of the id of the C surface. Made by listen() and listen_path()."""
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

    def reload_tls(self, tls: TLS) -> None:
        """Other options of TLS for the connections that are accepted from now on; files are read again.

        Those that are there go on with what they have. After an error everything is as it was.
        """
        checked(lib.reseau_tls_reload(self._id, tls_pointer(tls)))

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
    slow_reader_rate: Optional[int] = None,
    close_timeout: Optional[float] = None,
    user_timeout: Optional[float] = None,
    keep_alive: Optional[float] = None,
    backlog: Optional[int] = None,
    max_connections: Optional[int] = None,
    ipv6_only: bool = False,
    reuse_port: bool = False,
    read_buffer: Optional[int] = None,
    write_queue: Optional[float] = None,
    write_policy: WritePolicy = WritePolicy.BLOCK,
    delay_small_writes: bool = False,
    fast_open: bool = False,
) -> Listener:
    """Listens on a port of an address. Without a host on the loopback address; "*" is every address.

    Port 0 lets the system choose, and Listener.port has the number. `any_port_from`: walks up from the port to the
    first that is free. `backlog` connections wait to be accepted (511), `max_connections` are there at a time, and more
    wait. `reuse_port`: several may have the port, each with a part of the connections. `fast_open`: bytes that come with
    the first packet are taken. The other keywords are those of connect(), for the connections that it accepts.
    """
    options = Options(locals())
    name = None if host is None else text(host, "host")
    function = lib.reseau_listen_any if any_port_from else lib.reseau_listen
    return Listener(checked(function(name, port_number(port), options.pointer), f"{host}:{port}"))


def listen_path(
    path_name: Path,
    *,
    tls: Union[bool, TLS] = False,
    mode: Optional[int] = None,
    tls_timeout: Optional[float] = None,
    idle_timeout: Optional[float] = None,
    slow_reader_timeout: Optional[float] = None,
    slow_reader_rate: Optional[int] = None,
    close_timeout: Optional[float] = None,
    backlog: Optional[int] = None,
    max_connections: Optional[int] = None,
    read_buffer: Optional[int] = None,
    write_queue: Optional[float] = None,
    write_policy: WritePolicy = WritePolicy.BLOCK,
) -> Listener:
    """Listens on a Unix socket, whose path is removed when the listener closes. `mode`: permission bits (0o600).

    The other keywords are those of listen().
    """
    options = Options(locals())
    return Listener(checked(lib.reseau_listen_path(path(path_name), options.pointer), os.fsdecode(path_name)))
