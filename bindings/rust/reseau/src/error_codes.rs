// SPDX-License-Identifier: Apache-2.0
// Written by bindings/rust/generate; do not edit.

errors! {
    /// An argument cannot be: NULL, a size of options that is unknown, a number out of range.
    InvalidArgument = RESEAU_ERROR_INVALID_ARGUMENT,
    /// No object has this id, or none any more.
    BadId = RESEAU_ERROR_BAD_ID,
    /// The object is of another kind than this function is for.
    WrongKind = RESEAU_ERROR_WRONG_KIND,
    /// The connection is closed or on its way to it: nothing more can be sent.
    Closed = RESEAU_ERROR_CLOSED,
    /// The peer has ended the stream, and everything before its end has been read.
    EndOfStream = RESEAU_ERROR_END_OF_STREAM,
    /// A deadline or a limit of time has passed.
    TimedOut = RESEAU_ERROR_TIMED_OUT,
    /// Nothing can be done without waiting.
    WouldBlock = RESEAU_ERROR_WOULD_BLOCK,
    /// A call that may block was made on the thread of a loop, which would stop everything on it.
    WouldBlockLoop = RESEAU_ERROR_WOULD_BLOCK_LOOP,
    /// The operation was canceled by a close.
    Canceled = RESEAU_ERROR_CANCELED,
    /// Another thread is already doing this on the same object.
    Busy = RESEAU_ERROR_BUSY,
    /// The bounded queue of writes, or a buffer that was given, has no room for it.
    NoRoom = RESEAU_ERROR_NO_ROOM,
    /// A datagram is larger than can be sent, or a line or message than allowed.
    TooLarge = RESEAU_ERROR_TOO_LARGE,
    /// The system has no memory, or a limit of memory is reached.
    NoMemory = RESEAU_ERROR_NO_MEMORY,
    /// The process or the system has no more descriptors.
    TooManyFiles = RESEAU_ERROR_TOO_MANY_FILES,
    /// The system forbids it.
    AccessDenied = RESEAU_ERROR_ACCESS_DENIED,
    /// Another socket has this address.
    AddressInUse = RESEAU_ERROR_ADDRESS_IN_USE,
    /// No interface of this host has this address.
    AddressNotAvailable = RESEAU_ERROR_ADDRESS_NOT_AVAILABLE,
    /// Not an address, a host name, or a path that a socket can have.
    BadAddress = RESEAU_ERROR_BAD_ADDRESS,
    /// This system, or this build, cannot do it.
    Unsupported = RESEAU_ERROR_UNSUPPORTED,
    /// Nobody listens there.
    Refused = RESEAU_ERROR_REFUSED,
    /// The peer has given the connection up, or the network has.
    Reset = RESEAU_ERROR_RESET,
    /// No way to that host.
    Unreachable = RESEAU_ERROR_UNREACHABLE,
    /// The network is down.
    NetworkDown = RESEAU_ERROR_NETWORK_DOWN,
    /// The name has no address (EAI_NONAME).
    NameNotFound = RESEAU_ERROR_NAME_NOT_FOUND,
    /// The name could not be looked up now (EAI_AGAIN).
    NameTryAgain = RESEAU_ERROR_NAME_TRY_AGAIN,
    /// The name could not be looked up.
    NameFailed = RESEAU_ERROR_NAME_FAILED,
    /// The TLS handshake failed.
    TlsHandshake = RESEAU_ERROR_TLS_HANDSHAKE,
    /// The peer's certificate is not trusted, has expired, or is for another name.
    TlsCertificate = RESEAU_ERROR_TLS_CERTIFICATE,
    /// The peer has sent records that cannot be read.
    TlsProtocol = RESEAU_ERROR_TLS_PROTOCOL,
    /// The stream ended without a close_notify: it may have been cut.
    TlsTruncated = RESEAU_ERROR_TLS_TRUNCATED,
    /// A certificate, key or other option of TLS cannot be used.
    TlsOptions = RESEAU_ERROR_TLS_OPTIONS,
    /// No such file or path.
    NotFound = RESEAU_ERROR_NOT_FOUND,
    /// A file could not be read or written.
    File = RESEAU_ERROR_FILE,
    /// The peer has not read for longer, or more slowly, than allowed.
    SlowReader = RESEAU_ERROR_SLOW_READER,
    /// The loop of the object has ended.
    LoopEnded = RESEAU_ERROR_LOOP_ENDED,
    /// The object belongs to the process that this one was forked from.
    Forked = RESEAU_ERROR_FORKED,
    /// A failure of the system that has no number of its own here.
    System = RESEAU_ERROR_SYSTEM,
    /// The proxy does not make this connection.
    ProxyRefused = RESEAU_ERROR_PROXY_REFUSED,
    /// The proxy asks for a user and a password, or for others.
    ProxyAuthentication = RESEAU_ERROR_PROXY_AUTHENTICATION,
    /// What answers is not a proxy of this kind.
    ProxyProtocol = RESEAU_ERROR_PROXY_PROTOCOL,
    /// A hook of the connection has failed, or its bytes were cut.
    Hook = RESEAU_ERROR_HOOK,
    /// There is something of this name already.
    Exists = RESEAU_ERROR_EXISTS,
    /// The disk is full, or the space that the user may have on it.
    NoSpace = RESEAU_ERROR_NO_SPACE,
}
