# SPDX-License-Identifier: Apache-2.0
"""Connections, listeners, datagrams, names and interfaces on libreseau; `reseau.asyncio` has an event loop.

    import reseau

    with reseau.connect("localhost", 7000, tls=True, timeout=5) as connection:
        connection.write(b"hello\\n")
        print(connection.readline())
"""
from ._connection import (
    Address,
    ClosedBy,
    CloseInfo,
    Connection,
    Listener,
    adopt,
    connect,
    connect_path,
    listen,
    listen_path,
)
from ._errors import (
    AccessDeniedError,
    AddressError,
    BadIdError,
    CanceledError,
    CertificateError,
    ClosedError,
    Error,
    ForkedError,
    NameLookupError,
    NotFoundError,
    RefusedError,
    ResetError,
    TimedOutError,
    TLSError,
    TooLargeError,
    TruncatedError,
    UnsupportedError,
    WouldBlockError,
)
from ._library import VERSION
from ._net import DatagramSocket, InterfaceAddress, interfaces, is_link_local, resolve, resolve_reverse
from ._options import TLS

__version__ = VERSION

__all__ = [
    "TLS",
    "VERSION",
    "AccessDeniedError",
    "Address",
    "AddressError",
    "BadIdError",
    "CanceledError",
    "CertificateError",
    "CloseInfo",
    "ClosedBy",
    "ClosedError",
    "Connection",
    "DatagramSocket",
    "Error",
    "ForkedError",
    "InterfaceAddress",
    "Listener",
    "NameLookupError",
    "NotFoundError",
    "RefusedError",
    "ResetError",
    "TLSError",
    "TimedOutError",
    "TooLargeError",
    "TruncatedError",
    "UnsupportedError",
    "WouldBlockError",
    "adopt",
    "connect",
    "connect_path",
    "interfaces",
    "is_link_local",
    "listen",
    "listen_path",
    "resolve",
    "resolve_reverse",
]
