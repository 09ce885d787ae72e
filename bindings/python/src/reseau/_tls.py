# SPDX-License-Identifier: Apache-2.0
"""How TLS is spoken, and what a handshake has led to."""
import ctypes
import datetime
from typing import Any, List, NamedTuple, Optional, Sequence, Tuple, Union

from . import _raw
from ._library import lib, quick
from ._values import Path, path, text
from ._waiting import checked

Pem = Union[str, bytes]

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
_VERSIONS = {12: "1.2", 13: "1.3"}


def _set_paths(struct: Any, **values: Optional[Path]) -> None:
    for name, value in values.items():
        if value is not None:
            setattr(struct, name, path(value))


def _set_pems(struct: Any, **values: Optional[Pem]) -> None:
    for name, value in values.items():
        if value is not None:
            data = value.encode("ascii") if isinstance(value, str) else bytes(value)
            setattr(struct, name, data)
            setattr(struct, name + "_length", len(data))


class TLSCertificate:
    """A certificate chain of a server and its private key, as PEM files or as PEM in memory: one of several.

    staple_file: a file with the OCSP response of this certificate, as DER.
    """

    def __init__(
        self,
        certificate_file: Optional[Path] = None,
        key_file: Optional[Path] = None,
        *,
        certificate_pem: Optional[Pem] = None,
        key_pem: Optional[Pem] = None,
        staple_file: Optional[Path] = None,
    ) -> None:
        struct: Any = _raw.reseau_tls_certificate()
        struct.size = ctypes.sizeof(struct)
        _set_paths(struct, certificate_file=certificate_file, key_file=key_file, staple_file=staple_file)
        _set_pems(struct, certificate_pem=certificate_pem, key_pem=key_pem)
        self._struct = struct

    def __repr__(self) -> str:
        return "<reseau.TLSCertificate>"


class PKCS11Key:
    """A private key that stays in a PKCS#11 token, which signs: PKCS11Key("/usr/lib/.../libsofthsm2.so", pin="0000").

    library   the token's library, to be loaded
    token     the label of the token; without one the only slot that has a token
    key       the label of the key; without one the only private key of the token
    pin       the user's PIN
    """

    def __init__(
        self, library: Path, *, token: Optional[str] = None, key: Optional[str] = None, pin: Optional[str] = None
    ) -> None:
        self._library = path(library)
        self._texts = [
            (name, text(value, name))
            for name, value in (("pkcs11_token", token), ("pkcs11_key", key), ("pkcs11_pin", pin))
            if value is not None
        ]

    def __repr__(self) -> str:
        return "<reseau.PKCS11Key>"


class TLS:
    """How to use TLS, for connect(), listen() and Connection.start_tls(): TLS(ca_file="ca.pem").

    A client needs nothing: it trusts what the system trusts and verifies the certificate for the host that it connects
    to. A server needs a certificate and its key. Files are read by each call that gets this.

    ca_file, ca_directory, ca_pem             trusted certificates, in place of the system's
    certificate_file, key_file                this side's chain and private key, as PEM files
    certificate_pem, key_pem                  the same in memory
    pkcs11_key                                PKCS11Key(...) in place of the key: a token has it
    server_name                               client: the name to ask for and to verify, if not the host
    alpn                                      protocols to agree on, the best first: ["h2", "http/1.1"]
    minimum_version                           "1.2" (the default) or "1.3"
    insecure                                  client: verify nothing; for tests
    client_certificates                       server: demand a certificate of each client
    crl_file, crl_pem                         lists of revoked certificates; each certificate of the peer's chain needs
                                              one of its issuer; only together with ca_file or its kin
    require_staple                            client: refuse servers that staple no good OCSP response
    staple_file                               server: a file with the OCSP response, as DER, to staple
    certificates                              server: more of them, TLSCertificate(...); the first that has the name
                                              that a client asks for is shown, the one above where none has
    resumption                                False: each connection has a full handshake
    key_log_file                              a file to which the secrets of these connections are appended, for
                                              Wireshark; whoever reads it can read them
    """

    def __init__(
        self,
        *,
        ca_file: Optional[Path] = None,
        ca_directory: Optional[Path] = None,
        ca_pem: Optional[Pem] = None,
        certificate_file: Optional[Path] = None,
        key_file: Optional[Path] = None,
        certificate_pem: Optional[Pem] = None,
        key_pem: Optional[Pem] = None,
        pkcs11_key: Optional[PKCS11Key] = None,
        server_name: Optional[str] = None,
        alpn: Optional[Sequence[str]] = None,
        minimum_version: Optional[str] = None,
        insecure: bool = False,
        client_certificates: bool = False,
        crl_file: Optional[Path] = None,
        crl_pem: Optional[Pem] = None,
        require_staple: bool = False,
        staple_file: Optional[Path] = None,
        certificates: Sequence[TLSCertificate] = (),
        resumption: bool = True,
        key_log_file: Optional[Path] = None,
    ) -> None:
        struct: Any = _raw.reseau_tls_options()
        struct.size = ctypes.sizeof(struct)
        _set_paths(
            struct,
            ca_file=ca_file,
            ca_directory=ca_directory,
            certificate_file=certificate_file,
            key_file=key_file,
            crl_file=crl_file,
            staple_file=staple_file,
            key_log_file=key_log_file,
        )
        _set_pems(struct, ca_pem=ca_pem, certificate_pem=certificate_pem, key_pem=key_pem, crl_pem=crl_pem)
        if server_name is not None:
            struct.server_name = text(server_name, "server_name")
        if alpn is not None:
            if isinstance(alpn, str):
                raise TypeError("alpn is a sequence of names of protocols, not one str")
            struct.alpn = text(";".join(alpn), "alpn")
        if minimum_version is not None:
            versions = {name: number for number, name in _VERSIONS.items()}
            if minimum_version not in versions:
                raise ValueError('minimum_version is "1.2" or "1.3"')
            struct.minimum_version = versions[minimum_version]
        if pkcs11_key is not None:
            struct.pkcs11_library = pkcs11_key._library
            for name, value in pkcs11_key._texts:
                setattr(struct, name, value)
        struct.insecure = int(insecure)
        struct.client_certificates = int(client_certificates)
        struct.require_staple = int(require_staple)
        struct.no_resumption = int(not resumption)
        if certificates:
            more: Any = (_raw.reseau_tls_certificate * len(certificates))()
            for index, certificate in enumerate(certificates):
                more[index] = certificate._struct
            struct.certificates = more
            struct.certificate_count = len(certificates)
            self._certificates = (more, list(certificates))
        self._struct = struct

    def __repr__(self) -> str:
        return "<reseau.TLS>"


def tls_pointer(tls: Union[None, bool, TLS]) -> Any:
    """A pointer to options for C, or NULL."""
    if tls is False or tls is None:
        return None
    if tls is True:
        tls = TLS()
    if not isinstance(tls, TLS):
        raise TypeError("tls is a bool or reseau.TLS(...)")
    return ctypes.pointer(tls._struct)


class TLSInfo(NamedTuple):
    """What a handshake has led to."""

    #: "1.2" or "1.3".
    version: str
    #: Whether an earlier session was resumed: then the peer has shown its certificate earlier.
    resumed: bool
    #: The suite by its name in RFC 8446, or OpenSSL's for TLS 1.2.
    cipher: str
    #: Agreed on by ALPN, or "".
    protocol: str
    #: The name that the client has asked for, or "".
    server_name: str


class Certificate(NamedTuple):
    """A certificate that a peer has shown."""

    #: Distinguished names as RFC 4514 writes them: "CN=host,O=Someone".
    subject: str
    issuer: str
    #: Alternative names: "DNS:host", "IP:127.0.0.1", "URI:...", "email:...". Others are left out.
    names: Tuple[str, ...]
    #: The time from which and until which it is valid, in UTC.
    not_before: datetime.datetime
    not_after: datetime.datetime
    #: The whole as PEM, and as DER.
    pem: str
    der: bytes


# Both wait for the loop a moment, so the interpreter's lock is given away: the loop may be in a hook that waits for it.


def tls_info_of(identity: int) -> TLSInfo:
    info: Any = _raw.reseau_tls_info()
    info.size = ctypes.sizeof(info)
    checked(lib.reseau_tls_info(identity, ctypes.byref(info)))
    return TLSInfo(
        _VERSIONS.get(info.version, str(info.version)),
        bool(info.is_resumed),
        info.cipher.decode("latin-1"),
        info.protocol.decode("latin-1"),
        info.server_name.decode("latin-1"),
    )


def peer_certificate_of(identity: int) -> Optional[Certificate]:
    found: Any = ctypes.POINTER(_raw.reseau_certificate)()
    result: int = lib.reseau_tls_peer_certificate(identity, ctypes.byref(found))
    if result == _raw.RESEAU_ERROR_NOT_FOUND:
        return None
    checked(result)
    try:
        one: Any = found.contents
        names: List[str] = [one.names[index].decode("utf-8", "replace") for index in range(one.name_count)]
        return Certificate(
            one.subject.decode("utf-8", "replace"),
            one.issuer.decode("utf-8", "replace"),
            tuple(names),
            _EPOCH + datetime.timedelta(seconds=one.not_before),
            _EPOCH + datetime.timedelta(seconds=one.not_after),
            one.pem.decode("ascii"),
            ctypes.string_at(one.der, one.der_length),
        )
    finally:
        quick.reseau_free(found)
