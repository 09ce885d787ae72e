# SPDX-License-Identifier: Apache-2.0
"""Exceptions: one class for each kind of failure, all of them OSError, with an errno where one fits."""
import errno as _errno
import socket as _socket
from typing import Dict, Optional, Tuple, Type

from . import _raw
from ._library import quick


class Error(OSError):
    """A failure. `errno` is the system's number where one fits, `code` the library's own, `name` that one's name."""

    code: int = _raw.RESEAU_ERROR_SYSTEM

    @property
    def name(self) -> str:
        """Such as "RESEAU_ERROR_TIMED_OUT"."""
        text: bytes = quick.reseau_error_name(self.code)
        return text.decode()


class BadIdError(Error):
    """The object is closed and gone."""


class ClosedError(Error, BrokenPipeError):
    """The connection is closed or on its way to it: nothing more can be sent."""


class CanceledError(Error):
    """The operation was canceled by a close."""


class TimedOutError(Error, TimeoutError):
    """A limit of time has passed."""


class WouldBlockError(Error, BlockingIOError):
    """Nothing can be done without waiting."""


class TooLargeError(Error):
    """A datagram, line or message is larger than can be or than allowed."""


class ResetError(Error, ConnectionResetError):
    """The peer has given the connection up, or the network has."""


class RefusedError(Error, ConnectionRefusedError):
    """Nobody listens there."""


class AccessDeniedError(Error, PermissionError):
    """The system forbids it."""


class NotFoundError(Error, FileNotFoundError):
    """No such file or path."""


class ExistsError(Error, FileExistsError):
    """There is something of this name already."""


class AddressError(Error):
    """An address is in use, is not this host's, or is none."""


class NameLookupError(Error, _socket.gaierror):
    """A name has no address, or could not be looked up."""


class TLSError(Error):
    """The handshake failed, or what the peer sent cannot be read."""


class CertificateError(TLSError):
    """The peer's certificate is not trusted, has expired, or is for another name."""


class TruncatedError(TLSError):
    """The stream ended without a close_notify: it may have been cut."""


class UnsupportedError(Error):
    """This system, or this build of the library, cannot do it."""


class ForkedError(Error):
    """The object belongs to the process that this one was forked from."""


_KINDS: Dict[int, Tuple[Type[Error], Optional[int]]] = {
    _raw.RESEAU_ERROR_INVALID_ARGUMENT: (Error, _errno.EINVAL),
    _raw.RESEAU_ERROR_BAD_ID: (BadIdError, _errno.EBADF),
    _raw.RESEAU_ERROR_WRONG_KIND: (Error, _errno.ENOTSUP),
    _raw.RESEAU_ERROR_CLOSED: (ClosedError, _errno.EPIPE),
    _raw.RESEAU_ERROR_END_OF_STREAM: (Error, None),
    _raw.RESEAU_ERROR_TIMED_OUT: (TimedOutError, _errno.ETIMEDOUT),
    _raw.RESEAU_ERROR_WOULD_BLOCK: (WouldBlockError, _errno.EAGAIN),
    _raw.RESEAU_ERROR_WOULD_BLOCK_LOOP: (Error, _errno.EDEADLK),
    _raw.RESEAU_ERROR_CANCELED: (CanceledError, _errno.ECANCELED),
    _raw.RESEAU_ERROR_BUSY: (Error, _errno.EBUSY),
    _raw.RESEAU_ERROR_NO_ROOM: (Error, _errno.ENOBUFS),
    _raw.RESEAU_ERROR_TOO_LARGE: (TooLargeError, _errno.EMSGSIZE),
    _raw.RESEAU_ERROR_NO_MEMORY: (Error, _errno.ENOMEM),
    _raw.RESEAU_ERROR_TOO_MANY_FILES: (Error, _errno.EMFILE),
    _raw.RESEAU_ERROR_ACCESS_DENIED: (AccessDeniedError, _errno.EACCES),
    _raw.RESEAU_ERROR_ADDRESS_IN_USE: (AddressError, _errno.EADDRINUSE),
    _raw.RESEAU_ERROR_ADDRESS_NOT_AVAILABLE: (AddressError, _errno.EADDRNOTAVAIL),
    _raw.RESEAU_ERROR_BAD_ADDRESS: (AddressError, _errno.EINVAL),
    _raw.RESEAU_ERROR_UNSUPPORTED: (UnsupportedError, _errno.EOPNOTSUPP),
    _raw.RESEAU_ERROR_REFUSED: (RefusedError, _errno.ECONNREFUSED),
    _raw.RESEAU_ERROR_RESET: (ResetError, _errno.ECONNRESET),
    _raw.RESEAU_ERROR_UNREACHABLE: (Error, _errno.EHOSTUNREACH),
    _raw.RESEAU_ERROR_NETWORK_DOWN: (Error, _errno.ENETDOWN),
    _raw.RESEAU_ERROR_NAME_NOT_FOUND: (NameLookupError, _socket.EAI_NONAME),
    _raw.RESEAU_ERROR_NAME_TRY_AGAIN: (NameLookupError, _socket.EAI_AGAIN),
    _raw.RESEAU_ERROR_NAME_FAILED: (NameLookupError, _socket.EAI_FAIL),
    _raw.RESEAU_ERROR_TLS_HANDSHAKE: (TLSError, None),
    _raw.RESEAU_ERROR_TLS_CERTIFICATE: (CertificateError, None),
    _raw.RESEAU_ERROR_TLS_PROTOCOL: (TLSError, None),
    _raw.RESEAU_ERROR_TLS_TRUNCATED: (TruncatedError, None),
    _raw.RESEAU_ERROR_TLS_OPTIONS: (TLSError, None),
    _raw.RESEAU_ERROR_NOT_FOUND: (NotFoundError, _errno.ENOENT),
    _raw.RESEAU_ERROR_FILE: (Error, _errno.EIO),
    _raw.RESEAU_ERROR_SLOW_READER: (TimedOutError, _errno.ETIMEDOUT),
    _raw.RESEAU_ERROR_LOOP_ENDED: (CanceledError, _errno.ECANCELED),
    _raw.RESEAU_ERROR_FORKED: (ForkedError, _errno.EBADF),
}

# Those that came later.
for _name, _kind in (
    ("PROXY_REFUSED", (RefusedError, _errno.ECONNREFUSED)),
    ("PROXY_AUTHENTICATION", (AccessDeniedError, _errno.EACCES)),
    ("PROXY_PROTOCOL", (Error, _errno.EPROTO)),
    ("EXISTS", (ExistsError, _errno.EEXIST)),
    ("NO_SPACE", (Error, _errno.ENOSPC)),
):
    if hasattr(_raw, "RESEAU_ERROR_" + _name):
        _KINDS[getattr(_raw, "RESEAU_ERROR_" + _name)] = _kind


def error_of(code: int, what: Optional[str] = None) -> Error:
    """The exception of a negative result, to be raised."""
    kind, number = _KINDS.get(code, (Error, None))
    text: str = quick.reseau_error_text(code).decode()
    if what is not None:
        text = f"{text.rstrip('.')}: {what}"
    error = kind(number, text)
    error.code = code
    return error
