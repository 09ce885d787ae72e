# SPDX-License-Identifier: Apache-2.0
"""Keywords of Python become the option structs of C."""
import ctypes
import os
from typing import Any, List, Optional, Sequence, Tuple, Union

from . import _raw

Path = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]


def text(value: str, what: str) -> bytes:
    """UTF-8 for C, which must not contain a NUL."""
    data = value.encode("utf-8", "surrogateescape")
    if b"\0" in data:
        raise ValueError(f"{what} contains a NUL")
    return data


def path(value: Path) -> bytes:
    data = os.fsencode(value)
    if b"\0" in data:
        raise ValueError("a path contains a NUL")
    return data


def milliseconds(seconds: Optional[float]) -> int:
    """None is no limit. What is more than nothing is never rounded to nothing."""
    if seconds is None:
        return int(_raw.RESEAU_FOREVER)
    if seconds != seconds:
        raise ValueError("a time is not a number")
    if seconds < 0:
        raise ValueError("a time is less than zero")
    return min(int(-(-seconds * 1000 // 1)), 2**53)


def port_number(port: int) -> int:
    if not 0 <= port <= 0xFFFF:
        raise OverflowError("a port is 0 to 65535")
    return port


def _pem(value: Union[str, bytes]) -> Tuple[bytes, int]:
    data = value.encode("ascii") if isinstance(value, str) else bytes(value)
    return data, len(data)


class TLS:
    """How to use TLS, for connect(), listen() and Connection.start_tls(): TLS(ca_file="ca.pem").

    A client needs nothing: it trusts what the system trusts and verifies the certificate for the host that it connects
    to. A server needs a certificate and its key.

    ca_file, ca_directory, ca_pem             trusted certificates, in place of the system's
    certificate_file, key_file                this side's chain and private key, as PEM files
    certificate_pem, key_pem                  the same in memory
    server_name                               client: the name to ask for and to verify, if not the host
    alpn                                      protocols to agree on, the best first: ["h2", "http/1.1"]
    minimum_version                           "1.2" (the default) or "1.3"
    insecure                                  client: verify nothing; for tests
    client_certificates                       server: demand a certificate of each client
    """

    def __init__(
        self,
        *,
        ca_file: Optional[Path] = None,
        ca_directory: Optional[Path] = None,
        ca_pem: Union[None, str, bytes] = None,
        certificate_file: Optional[Path] = None,
        key_file: Optional[Path] = None,
        certificate_pem: Union[None, str, bytes] = None,
        key_pem: Union[None, str, bytes] = None,
        server_name: Optional[str] = None,
        alpn: Optional[Sequence[str]] = None,
        minimum_version: Optional[str] = None,
        insecure: bool = False,
        client_certificates: bool = False,
    ) -> None:
        struct: Any = _raw.reseau_tls_options()
        struct.size = ctypes.sizeof(struct)
        for name, value in (
            ("ca_file", ca_file),
            ("ca_directory", ca_directory),
            ("certificate_file", certificate_file),
            ("key_file", key_file),
        ):
            if value is not None:
                setattr(struct, name, path(value))
        for name, pem in (("ca_pem", ca_pem), ("certificate_pem", certificate_pem), ("key_pem", key_pem)):
            if pem is not None:
                data, length = _pem(pem)
                setattr(struct, name, data)
                setattr(struct, name + "_length", length)
        if server_name is not None:
            struct.server_name = text(server_name, "server_name")
        if alpn is not None:
            if isinstance(alpn, str):
                raise TypeError("alpn is a sequence of names of protocols, not one str")
            struct.alpn = text(";".join(alpn), "alpn")
        if minimum_version is not None:
            versions = {"1.2": 12, "1.3": 13}
            if minimum_version not in versions:
                raise ValueError('minimum_version is "1.2" or "1.3"')
            struct.minimum_version = versions[minimum_version]
        struct.insecure = int(insecure)
        struct.client_certificates = int(client_certificates)
        self._struct = struct

    def __repr__(self) -> str:
        return "<reseau.TLS>"


def tls_pointer(tls: Union[bool, TLS]) -> Any:
    """A pointer to options for C, or NULL."""
    if tls is False or tls is None:
        return None
    if tls is True:
        tls = TLS()
    if not isinstance(tls, TLS):
        raise TypeError("tls is a bool or reseau.TLS(...)")
    return ctypes.pointer(tls._struct)


class Options:
    """`struct reseau_options`, and what it points to."""

    def __init__(self, tls: Union[bool, TLS]) -> None:
        self.struct: Any = _raw.reseau_options()
        self.struct.size = ctypes.sizeof(self.struct)
        pointer = tls_pointer(tls)
        self._kept: List[Any] = [pointer]
        if pointer is not None:
            self.struct.tls = pointer

    def seconds(self, field: str, value: Optional[float]) -> None:
        """A time that was given. Nothing is the default of the library, infinity no limit."""
        if value is not None:
            limit = int(_raw.RESEAU_FOREVER) if value == float("inf") else milliseconds(value)
            setattr(self.struct, field, limit)

    def number(self, field: str, value: Optional[int]) -> None:
        if value is not None:
            if value < 0:
                raise ValueError(f"{field} is less than zero")
            setattr(self.struct, field, value)

    def words(self, field: str, value: Optional[str]) -> None:
        if value is not None:
            setattr(self.struct, field, text(value, field))

    @property
    def pointer(self) -> Any:
        return ctypes.byref(self.struct)
