# SPDX-License-Identifier: Apache-2.0
"""Connections, listeners, datagrams, files, names and interfaces on libreseau; `reseau.asyncio` has an event loop.

    import reseau

    with reseau.connect("localhost", 7000, tls=True, timeout=5) as connection:
        connection.write(b"hello\\n")
        print(connection.readline())
"""
from ._connect import adopt, connect, connect_path
from ._connection import ClosedBy, CloseInfo, Connection
from ._errors import (
    AccessDeniedError,
    AddressError,
    BadIdError,
    CanceledError,
    CertificateError,
    ClosedError,
    Error,
    ExistsError,
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
from ._files import Change, ChangeKind, File, FileInfo, FileKind, Watch, file_info, load_file, store_file, watch
from ._hooks import EndOfStream, Hook, HookResult
from ._inspect import (
    Address,
    Attempt,
    Capture,
    CaptureInfo,
    Counters,
    ProcessCounters,
    TCPInfo,
    capture,
    process_counters,
)
from ._library import VERSION
from ._listener import Listener, listen, listen_path
from ._net import Datagram, DatagramSocket, InterfaceAddress, interfaces, is_link_local, resolve, resolve_reverse
from ._options import WritePolicy
from ._tls import TLS, Certificate, PKCS11Key, TLSCertificate, TLSInfo

__version__ = VERSION

__all__ = [
    "AccessDeniedError",
    "Address",
    "AddressError",
    "Attempt",
    "BadIdError",
    "CanceledError",
    "Capture",
    "CaptureInfo",
    "Certificate",
    "CertificateError",
    "Change",
    "ChangeKind",
    "CloseInfo",
    "ClosedBy",
    "ClosedError",
    "Connection",
    "Counters",
    "Datagram",
    "DatagramSocket",
    "EndOfStream",
    "Error",
    "ExistsError",
    "File",
    "FileInfo",
    "FileKind",
    "ForkedError",
    "HookResult",
    "InterfaceAddress",
    "Listener",
    "NameLookupError",
    "NotFoundError",
    "PKCS11Key",
    "ProcessCounters",
    "RefusedError",
    "ResetError",
    "TCPInfo",
    "TLS",
    "TLSCertificate",
    "TLSError",
    "TLSInfo",
    "TimedOutError",
    "TooLargeError",
    "TruncatedError",
    "UnsupportedError",
    "VERSION",
    "Watch",
    "WouldBlockError",
    "WritePolicy",
    "adopt",
    "capture",
    "connect",
    "connect_path",
    "file_info",
    "interfaces",
    "is_link_local",
    "listen",
    "listen_path",
    "load_file",
    "process_counters",
    "resolve",
    "resolve_reverse",
    "store_file",
    "watch",
]
