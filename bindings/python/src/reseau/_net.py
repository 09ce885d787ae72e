# SPDX-License-Identifier: Apache-2.0
"""Names, addresses, interfaces, datagrams."""
import ctypes
import os
import warnings
from types import TracebackType
from typing import Any, List, NamedTuple, Optional, Sequence, Tuple, Type, Union

from . import _raw
from ._connection import _address
from ._errors import error_of
from ._inspect import Address
from ._library import lib, quick
from ._values import Buffer, pointer_to, port_number, text
from ._waiting import TIMED_OUT, checked, scratch, wait

_MOST_ADDRESSES = 64
_WOULD_BLOCK: int = _raw.RESEAU_ERROR_WOULD_BLOCK


def _parse(address: str) -> Any:
    ip: Any = _raw.reseau_ip()
    checked(quick.reseau_ip_parse(text(address, "an address"), ctypes.byref(ip)), address)
    return ip


def _format(ip: Any) -> str:
    room = ctypes.create_string_buffer(_raw.RESEAU_IP_TEXT_SIZE)
    checked(quick.reseau_ip_format(ctypes.byref(ip), room, _raw.RESEAU_IP_TEXT_SIZE))
    return room.value.decode()


def resolve(name: str, family: int = 0) -> List[str]:
    """The addresses of a name, in the system's order. `family` is 4, 6, or 0 for both. Waits for the system."""
    host = text(name, "a name")
    capacity = _MOST_ADDRESSES
    while True:
        ips: Any = (_raw.reseau_ip * capacity)()
        count = checked(lib.reseau_resolve(host, family, ips, capacity, None), name)
        if count <= capacity:
            return [_format(ips[index]) for index in range(count)]
        capacity = count


def resolve_reverse(address: str) -> str:
    """The name of an address. Waits for the system."""
    room = ctypes.create_string_buffer(1025)
    checked(lib.reseau_resolve_reverse(ctypes.byref(_parse(address)), room, 1025, None), address)
    return os.fsdecode(room.value)


def is_link_local(address: str) -> bool:
    """Whether an address is good on one link only."""
    return bool(quick.reseau_ip_is_link_local(ctypes.byref(_parse(address))))


class InterfaceAddress(NamedTuple):
    """An address of one of this host's interfaces."""

    name: str
    number: int
    address: str
    prefix_length: int
    is_loopback: bool
    is_up: bool


def interfaces(family: int = 0, with_loopback: bool = True) -> List[InterfaceAddress]:
    """The addresses of this host's interfaces, also of those that are down. `family` is 4, 6, or 0 for both."""
    capacity = _MOST_ADDRESSES
    while True:
        found: Any = (_raw.reseau_interface_address * capacity)()
        count = checked(quick.reseau_interface_addresses(family, int(with_loopback), found, capacity))
        if count <= capacity:
            break
        capacity = count
    return [
        InterfaceAddress(
            os.fsdecode(one.name), one.number, _format(one.ip), one.prefix_length, bool(one.is_loopback), bool(one.is_up)
        )
        for one in found[:count]
    ]


class Datagram(NamedTuple):
    """A datagram that came, or one to send."""

    data: Buffer
    #: The other end; to send: None is the peer.
    address: Union[None, Address, Tuple[str, int]] = None
    #: Not 0: `data` is several datagrams, each of so many bytes, of which the last may be shorter.
    segment_size: int = 0
    #: It was longer than any datagram may be: what did not fit is lost.
    is_truncated: bool = False


class DatagramSocket:
    """A UDP socket: bind() or connect() makes it. Any number of threads may use it at once."""

    _LARGEST = 65535

    def __init__(self, identity: int) -> None:
        """Of the id of the C surface."""
        self._id = identity
        self._closed = False
        #: Seconds that a receive may wait; None: no limit; 0: not at all.
        self.timeout: Optional[float] = None

    @classmethod
    def bind(
        cls,
        host: Optional[str] = None,
        port: int = 0,
        *,
        share_address: bool = False,
        broadcast: bool = False,
        ipv6_only: bool = False,
        receive_queue: Optional[int] = None,
        join_received: bool = False,
    ) -> "DatagramSocket":
        """With a local address; without a host on 127.0.0.1; "*" is every address of both families.

        `share_address`: others that ask for it, too, may have the port; `broadcast`: datagrams may go to broadcast
        addresses; `receive_queue`: bytes that may wait to be received; `join_received`: receive_many() may get what came
        from one sender, and in one size, as one, with its `segment_size`.
        """
        options = cls._options(share_address, broadcast, ipv6_only, receive_queue, join_received)
        name = None if host is None else text(host, "host")
        return cls(checked(lib.reseau_datagram_bind(name, port_number(port), ctypes.byref(options)), f"{host}:{port}"))

    @classmethod
    def connect(
        cls,
        host: str,
        port: int,
        *,
        broadcast: bool = False,
        receive_queue: Optional[int] = None,
        join_received: bool = False,
    ) -> "DatagramSocket":
        """With a peer: it sends there, and receives from there only. Keywords as for bind()."""
        options = cls._options(False, broadcast, False, receive_queue, join_received)
        name = text(host, "host")
        return cls(
            checked(lib.reseau_datagram_connect(name, port_number(port), ctypes.byref(options)), f"{host}:{port}")
        )

    @staticmethod
    def _options(
        share_address: bool, broadcast: bool, ipv6_only: bool, receive_queue: Optional[int], join_received: bool
    ) -> Any:
        options: Any = _raw.reseau_datagram_options()
        options.size = ctypes.sizeof(options)
        options.share_address = int(share_address)
        options.broadcast = int(broadcast)
        options.ipv6_only = int(ipv6_only)
        options.receive_queue_bytes = receive_queue or 0
        options.join_received = int(join_received)
        return options

    def __repr__(self) -> str:
        return f"<reseau.DatagramSocket {self._id:#x}{' closed' if self._closed else ''}>"

    @property
    def id(self) -> int:
        """The id of the C surface."""
        return self._id

    @property
    def local_address(self) -> Address:
        """The address of this side."""
        return _address(quick.reseau_local_address, self._id)

    def send(self, data: Buffer, address: Union[None, Address, Tuple[str, int]] = None) -> int:
        """Sends a datagram to an address, or to the peer. Never waits: WouldBlockError if the system has no room."""
        pointer, size = pointer_to(data)
        if address is None:
            return checked(quick.reseau_datagram_send(self._id, pointer, size, None, 0))
        ip = _parse(address[0])
        return checked(
            quick.reseau_datagram_send(self._id, pointer, size, ctypes.byref(ip), port_number(address[1]))
        )

    def send_many(self, datagrams: Sequence[Datagram]) -> int:
        """Sends many by few calls of the system, in order, until one cannot be sent. Returns how many went; the error of
        the first only if none did. One with a `segment_size` is cut there, by the system where it can."""
        array: Any = (_raw.reseau_datagram * max(1, len(datagrams)))()
        kept = []
        for one, datagram in zip(array, datagrams):
            pointer, one.length = pointer_to(datagram.data)
            one.data = ctypes.cast(pointer, ctypes.c_void_p)
            kept.append(pointer)
            one.segment_size = datagram.segment_size
            if datagram.address is not None:
                one.ip = _parse(datagram.address[0])
                one.port = port_number(datagram.address[1])
        return checked(quick.reseau_datagram_send_batch(self._id, array, len(datagrams)))

    def send_segments(
        self, data: Buffer, segment_size: int, address: Union[None, Address, Tuple[str, int]] = None
    ) -> int:
        """Sends several datagrams to one address, or to the peer: `data` is cut into pieces of `segment_size` bytes, of
        which the last may be shorter, by the system where it can. Never waits. Returns how many bytes went, a whole
        number of pieces: fewer than all if the system has no room in between, WouldBlockError if none went."""
        one: Any = _raw.reseau_datagram()
        pointer, one.length = pointer_to(data)
        one.data = ctypes.cast(pointer, ctypes.c_void_p)
        one.segment_size = segment_size
        if address is not None:
            one.ip = _parse(address[0])
            one.port = port_number(address[1])
        sent = ctypes.c_size_t(0)
        whole = checked(quick.reseau_datagram_send_rest(self._id, ctypes.byref(one), 1, ctypes.byref(sent)))
        return int(one.length) if whole else sent.value

    def receive_many(self, count: int = 16, timeout: Optional[float] = None) -> List[Datagram]:
        """As many as are there, up to `count`, by one call of the system; waits for the first."""
        if count < 1:
            raise ValueError("there is room for at least one")
        memory = scratch(self._LARGEST * count)
        array: Any = (_raw.reseau_datagram * count)()
        for index in range(count):
            array[index].data = ctypes.addressof(memory) + index * self._LARGEST
            array[index].capacity = self._LARGEST
        limit = self.timeout if timeout is None else timeout

        def receive(function: Any, part: int) -> int:
            return int(function.reseau_datagram_receive_batch(self._id, array, count, part))

        got = receive(quick, 0)
        if got == _WOULD_BLOCK and limit != 0:
            got = wait(lambda part: self._waited(receive(lib, part)), limit)
        return [
            Datagram(
                ctypes.string_at(one.data, one.length),
                Address(_format(one.ip), one.port),
                one.segment_size,
                bool(one.is_truncated),
            )
            for one in array[: checked(got)]
        ]

    def receive(self, timeout: Optional[float] = None) -> Tuple[bytes, Address]:
        """The next datagram, and where it came from."""
        memory = scratch(self._LARGEST)
        datagram: Any = _raw.reseau_datagram()
        datagram.data = ctypes.addressof(memory)
        datagram.capacity = self._LARGEST
        limit = self.timeout if timeout is None else timeout
        count: int = quick.reseau_datagram_receive(self._id, ctypes.byref(datagram), 0)
        if count == _WOULD_BLOCK and limit != 0:
            receive = lib.reseau_datagram_receive
            count = wait(lambda part: self._waited(receive(self._id, ctypes.byref(datagram), part)), limit)
        if count < 0:
            raise error_of(count)
        return ctypes.string_at(memory, count), Address(_format(datagram.ip), datagram.port)

    @staticmethod
    def _waited(result: int) -> int:
        # A wait of no time at all, at the end of a longer one.
        return TIMED_OUT if result == _WOULD_BLOCK else result

    @property
    def peer_address(self) -> Address:
        """The address of the peer; ClosedError if there is none."""
        return _address(quick.reseau_peer_address, self._id)

    def join(self, group: str, interface: Optional[str] = None) -> None:
        """Joins a multicast group."""
        name = None if interface is None else text(interface, "interface")
        checked(quick.reseau_datagram_join(self._id, ctypes.byref(_parse(group)), name))

    def leave(self, group: str, interface: Optional[str] = None) -> None:
        """Leaves it."""
        name = None if interface is None else text(interface, "interface")
        checked(quick.reseau_datagram_leave(self._id, ctypes.byref(_parse(group)), name))

    def set_multicast(self, hops: int = -1, loop: bool = True, interface: Optional[str] = None) -> None:
        """How far datagrams to groups go, whether members on this host get them, by which interface they leave."""
        name = None if interface is None else text(interface, "interface")
        checked(quick.reseau_datagram_set_multicast(self._id, hops, int(loop), name))

    def set_hops(self, hops: int) -> None:
        """How far other datagrams go: 1 to 255."""
        checked(quick.reseau_datagram_set_hops(self._id, hops))

    def close(self) -> None:
        """Closes it; receives that wait raise CanceledError. Twice does no harm."""
        if not self._closed:
            self._closed = True
            quick.reseau_close(self._id)

    def __enter__(self) -> "DatagramSocket":
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if not getattr(self, "_closed", True):
            warnings.warn(f"unclosed {self!r}", ResourceWarning, stacklevel=2, source=self)
            self.close()
