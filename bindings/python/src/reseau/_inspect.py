# SPDX-License-Identifier: Apache-2.0
"""Seeing inside: how a connect has gone, counters, what TCP knows, captures for Wireshark."""
import ctypes
import os
import threading
from types import TracebackType
from typing import Any, List, NamedTuple, Optional, Type

from . import _raw
from ._errors import Error, error_of
from ._library import lib, quick
from ._values import Path, path
from ._waiting import checked

_MAX_ATTEMPTS = 32


class Address(NamedTuple):
    """An address and its port; of a Unix socket its path and 0."""

    host: str
    port: int


class Attempt(NamedTuple):
    """One address that a connect has tried."""

    #: With a proxy the proxy's.
    address: Address
    #: When it began and ended: seconds from the call that made the connection.
    begun: float
    ended: float
    #: None for the one that has connected; a CanceledError if another was first, or the time was over.
    error: Optional[Error]


class Counters(NamedTuple):
    """What a connection has done."""

    #: Bytes of the stream that came in, and that the system took: content, where there is TLS.
    bytes_read: int
    bytes_written: int
    #: Calls that have consumed bytes, and calls that have queued some.
    reads: int
    writes: int
    #: Calls of the system to receive, also in vain, and to send.
    receive_calls: int
    send_calls: int
    #: Bytes that wait to be read, and, files left out, to be sent, now.
    unread_bytes: int
    queued_bytes: int
    #: The most bytes that have ever been queued.
    max_queued_bytes: int
    #: How long the queue was full altogether, in seconds.
    full: float
    #: Seconds from the call that made it until now.
    age: float


class ProcessCounters(NamedTuple):
    """What all connections of the process have done, those of asyncio's own sockets left out."""

    #: Connections that are there now, also those that are connecting.
    open_now: int
    #: Those that this process began, adopted ones included, and those that it accepted.
    begun: int
    accepted: int
    #: Those that could be used.
    opened: int
    #: Those that have ended, by who ended them.
    closed_by_local: int
    closed_by_peer: int
    closed_by_library: int
    #: Of all that have ended, those that ended with an error, by what they were doing.
    failed_names: int
    failed_connect: int
    failed_proxy: int
    failed_tls: int
    failed_open: int
    failed_close: int
    #: Bytes of all streams that came in, and that the system took.
    bytes_read: int
    bytes_written: int


class TCPInfo(NamedTuple):
    """What TCP knows of a connection. What the system does not say is 0."""

    #: The round-trip time, smoothed; its variation; the least that was measured; in seconds.
    rtt: float
    rtt_variance: float
    min_rtt: float
    #: How long TCP waits for a confirmation before it sends again, in seconds.
    retransmit_timeout: float
    congestion_window_bytes: int
    slow_start_threshold_bytes: int
    peers_window_bytes: int
    #: Bytes that may be in one segment that is sent, and in one that comes.
    send_segment_bytes: int
    receive_segment_bytes: int
    #: Segments that are sent and not confirmed, and those of them that seem lost.
    unconfirmed_segments: int
    lost_segments: int
    #: Segments that were sent again, in all; and how often the oldest one not confirmed was.
    retransmitted_segments: int
    present_retransmits: int
    #: Bytes that the system has and has not sent yet.
    unsent_bytes: int
    #: Bytes that the peer has confirmed, and that it has sent.
    confirmed_bytes: int
    received_bytes: int
    #: Bytes a second that the peer confirms, lately.
    delivery_rate_bytes: int


class CaptureInfo(NamedTuple):
    """What a capture has done."""

    #: Packets in the file, those that found no room, and the bytes of the file.
    packets: int
    dropped: int
    file_bytes: int
    #: Why writing the file has failed, or None. Packets were dropped from then on.
    error: Optional[Error]


def _sized(kind: Any) -> Any:
    struct: Any = kind()
    struct.size = ctypes.sizeof(struct)
    return struct


def address_of(found: Any) -> Address:
    return Address(os.fsdecode(found.text), found.port)


def attempts_of(identity: int) -> List[Attempt]:
    found: Any = (_raw.reseau_attempt * _MAX_ATTEMPTS)()
    count = checked(quick.reseau_attempts(identity, found, _MAX_ATTEMPTS))
    return [
        Attempt(
            address_of(one.address),
            one.begun_ns / 1e9,
            one.ended_ns / 1e9,
            error_of(one.error) if one.error else None,
        )
        for one in found[:count]
    ]


def counters_of(identity: int) -> Counters:
    struct = _sized(_raw.reseau_counters)
    checked(quick.reseau_counters(identity, ctypes.byref(struct)))
    times = {"full": struct.full_ns / 1e9, "age": struct.age_ns / 1e9}
    return Counters(*(times[name] if name in times else getattr(struct, name) for name in Counters._fields))


def process_counters() -> ProcessCounters:
    """The counters of this process since its beginning; of a forked child, with its parent's numbers in them."""
    struct = _sized(_raw.reseau_process_counters)
    checked(quick.reseau_process_counters(ctypes.byref(struct)))
    return ProcessCounters(*(getattr(struct, name) for name in ProcessCounters._fields))


def tcp_info_of(identity: int) -> TCPInfo:
    struct = _sized(_raw.reseau_tcp_info)
    checked(quick.reseau_tcp_info(identity, ctypes.byref(struct)))
    times = {
        "rtt": struct.rtt_us / 1e6,
        "rtt_variance": struct.rtt_variance_us / 1e6,
        "min_rtt": struct.min_rtt_us / 1e6,
        "retransmit_timeout": struct.retransmit_timeout_us / 1e6,
    }
    return TCPInfo(*(times[name] if name in times else getattr(struct, name) for name in TCPInfo._fields))


class Capture:
    """A capture that is under way: capture() begins it. Stop it, or use it in a `with` statement."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._info: Optional[CaptureInfo] = None

    def stop(self) -> CaptureInfo:
        """Ends it: everything captured is in the file then. Twice does no harm."""
        with self._lock:
            if self._info is None:
                struct = _sized(_raw.reseau_capture_info)
                checked(lib.reseau_capture_stop(ctypes.byref(struct)))
                error = error_of(struct.error) if struct.error else None
                self._info = CaptureInfo(struct.packets, struct.dropped, struct.file_bytes, error)
            return self._info

    def __enter__(self) -> "Capture":
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.stop()


def capture(
    file: Path,
    *,
    connection: Optional[Any] = None,
    listener: Optional[Any] = None,
    buffer_bytes: Optional[int] = None,
    packet_bytes: Optional[int] = None,
    file_bytes: Optional[int] = None,
) -> Capture:
    """Begins to write what goes through connections to a new file in the format pcapng, which Wireshark opens.

    The packets are made up and hold the plaintext, also of TLS: the file may hold secrets, and is for its owner only.
    `connection`: that one alone; `listener`: those that it has accepted; neither: all of this process. `buffer_bytes` of
    memory wait for the disk; `packet_bytes` of each packet are kept; after `file_bytes` packets are dropped. One capture
    at a time. What asyncio's own sockets carry is not in it.
    """
    options = _sized(_raw.reseau_capture_options)
    options.connection = 0 if connection is None else connection.id
    options.listener = 0 if listener is None else listener.id
    for name, value in (("buffer_bytes", buffer_bytes), ("packet_bytes", packet_bytes), ("file_bytes", file_bytes)):
        if value is not None:
            if value < 0:
                raise ValueError(f"{name} is less than zero")
            setattr(options, name, value)
    checked(lib.reseau_capture_start(path(file), ctypes.byref(options)), os.fsdecode(file))
    return Capture()
