# SPDX-License-Identifier: Apache-2.0
"""Making connections."""
import os
import threading
from typing import Any, Callable, List, Optional, Union

from . import _raw
from ._calls import belongs, drop, found, keep
from ._connection import Connection
from ._inspect import Attempt, attempts_of
from ._library import lib, quick
from ._options import Options, WritePolicy
from ._tls import TLS
from ._values import Path, path, port_number, text, type_of
from ._waiting import checked


def _connecting(start: Callable[[], int], what: str) -> Connection:
    """Connecting waits in C; on the main thread another one does, so that signals are handled."""
    if threading.get_ident() != threading.main_thread().ident:
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


def _on_close(identity: int, info: Any, number: Optional[int]) -> None:
    # Of a connect that has failed this is the place to ask (rule 330).
    log = drop(number)
    if log is not None and not log:
        log.extend(attempts_of(identity))


_ON_CLOSE = type_of(_raw.reseau_options, "on_close")(_on_close)


def _with_log(options: Options, start: Callable[[], int], log: List[Attempt]) -> Callable[[], int]:
    """The same, which also writes down the addresses that are tried."""
    tried: List[Attempt] = []
    number = keep(tried)
    options.struct.state = number
    options.struct.on_close = _ON_CLOSE

    def logged() -> int:
        identity = start()
        if identity > 0:
            belongs(number, identity)
            log.extend(attempts_of(identity))
        else:
            drop(number)
            log.extend(tried)
        return identity

    return logged


def connect(
    host: str,
    port: int,
    *,
    timeout: Optional[float] = None,
    tls: Union[bool, TLS] = False,
    family: Optional[int] = None,
    names_timeout: Optional[float] = None,
    attempt_timeout: Optional[float] = None,
    proxy: Optional[str] = None,
    proxy_timeout: Optional[float] = None,
    tls_timeout: Optional[float] = None,
    idle_timeout: Optional[float] = None,
    slow_reader_timeout: Optional[float] = None,
    slow_reader_rate: Optional[int] = None,
    close_timeout: Optional[float] = None,
    user_timeout: Optional[float] = None,
    keep_alive: Optional[float] = None,
    source_address: Optional[str] = None,
    interface: Optional[str] = None,
    read_buffer: Optional[int] = None,
    write_queue: Optional[float] = None,
    write_policy: WritePolicy = WritePolicy.BLOCK,
    delay_small_writes: bool = False,
    fast_open: bool = False,
    attempts: Optional[List[Attempt]] = None,
) -> Connection:
    """Connects to a port of a host, which is a name or an address; all of its addresses are tried, in a race (RFC 8305).

    tls                   True, or TLS(...)
    timeout               for names, connecting, the proxy and TLS together (30 s); also alone: `names_timeout` (no limit),
                          `attempt_timeout` for each address (10 s), `proxy_timeout` (10 s), `tls_timeout` (10 s)
    family                4 or 6: addresses of that family only
    proxy                 "socks5://user:password@host:1080" or "http://host:3128", which looks the name up; TLS is with
                          the target. The environment is not read
    attempts              a list that gets what was tried, also if nothing has connected
    source_address        the address to connect from; `interface` the interface to connect through
    idle_timeout          closed when nothing was read or written for so long
    slow_reader_timeout   aborted when the peer has taken nothing of what was written for so long; `slow_reader_rate`: or
                          fewer bytes in a second, on average over that time (10 s)
    close_timeout         how long a close waits for the peer to take what was written (10 s)
    keep_alive            silence after which TCP asks whether the peer is there (off)
    user_timeout          how long sent bytes may stay unconfirmed (TCP_USER_TIMEOUT)
    read_buffer           bytes kept that nobody has read (65,536)
    write_queue           bytes that wait to be sent (1,048,576); math.inf: no limit. `write_policy`: what a write does
                          when there is no room
    delay_small_writes    Nagle's algorithm, which is off
    fast_open             TCP fast open (RFC 7413): for protocols in which the client speaks first, and its first bytes
                          may come twice

    Times are in seconds; math.inf is no limit.
    """
    options = Options(locals())
    name = text(host, "host")
    number = port_number(port)

    def start() -> int:
        return int(lib.reseau_connect(name, number, options.pointer))

    return _connecting(start if attempts is None else _with_log(options, start, attempts), f"{host}:{port}")


def connect_path(
    path_name: Path,
    *,
    timeout: Optional[float] = None,
    tls: Union[bool, TLS] = False,
    tls_timeout: Optional[float] = None,
    idle_timeout: Optional[float] = None,
    slow_reader_timeout: Optional[float] = None,
    slow_reader_rate: Optional[int] = None,
    close_timeout: Optional[float] = None,
    read_buffer: Optional[int] = None,
    write_queue: Optional[float] = None,
    write_policy: WritePolicy = WritePolicy.BLOCK,
) -> Connection:
    """Connects to a Unix socket; "@name" is one of Linux's abstract names. Keywords as for connect()."""
    options = Options(locals())
    name = path(path_name)
    return _connecting(lambda: int(lib.reseau_connect_path(name, options.pointer)), os.fsdecode(path_name))


def adopt(
    descriptor: int,
    *,
    server_side: bool = False,
    tls: Union[bool, TLS] = False,
    tls_timeout: Optional[float] = None,
    idle_timeout: Optional[float] = None,
    slow_reader_timeout: Optional[float] = None,
    slow_reader_rate: Optional[int] = None,
    close_timeout: Optional[float] = None,
    user_timeout: Optional[float] = None,
    keep_alive: Optional[float] = None,
    read_buffer: Optional[int] = None,
    write_queue: Optional[float] = None,
    write_policy: WritePolicy = WritePolicy.BLOCK,
    delay_small_writes: bool = False,
) -> Connection:
    """Makes a connection of a connected stream socket: adopt(socket.detach()). The descriptor is the library's then.

    Keywords as for connect().
    """
    options = Options(locals())
    return Connection(checked(lib.reseau_adopt(descriptor, int(server_side), options.pointer)))
