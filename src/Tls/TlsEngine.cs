// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>How a step of an engine ended.</summary>
internal enum TlsOutcome
{
    /// <summary>The handshake is complete, or bytes were read or written.</summary>
    Done,

    /// <summary>Nothing more can be done before the peer has sent more.</summary>
    NeedsInput,

    /// <summary>The handshake waits for the answer to <see cref="TlsEngine.KeyRequest"/>.</summary>
    NeedsKey,

    /// <summary>The peer's close_notify has come: it sends no more.</summary>
    Closed,

    /// <summary>The connection is lost; the last error says why.</summary>
    Failed,
}

/// <summary>
/// What a TLS implementation provides. Contexts may be used on all threads at once, a connection on one at a time. A
/// connection takes records from the windows of its <see cref="TlsRecords"/> and puts records there; it never waits.
/// <see cref="TlsSession"/> keeps the order of calls: the handshake, then reads and writes; after a failure nothing but
/// HasPlaintext, the names and FreeConnection.
/// </summary>
internal unsafe struct TlsEngine
{
    /// <summary>Whether contexts with this preference can be made here.</summary>
    internal delegate*<aws_tls_cipher_pref, bool> IsCipherPreferenceSupported;

    /// <summary>
    /// Copies all it needs of the options and extras, which may be NULL; true for a server's context. Contexts of the
    /// engine among the extras are good as long as this one. NULL with the last error set.
    /// </summary>
    internal delegate*<aws_allocator*, aws_tls_ctx_options*, TlsContextExtras*, bool, void*> NewContext;
    internal delegate*<void*, void> FreeContext;

    /// <summary>
    /// A connection of this context, over these records. The protocols of ALPN, which outlive it, are what a client
    /// offers; a server chooses among them by <see cref="AlpnList.TrySelect"/>. NULL with the last error set.
    /// </summary>
    internal delegate*<void*, TlsRecords*, aws_allocator*, aws_tls_connection_options*, AlpnList*, void*>
        NewConnection;
    internal delegate*<void*, void> FreeConnection;

    /// <summary>Goes on with the handshake as far as it can.</summary>
    internal delegate*<void*, TlsOutcome> Handshake;

    /// <summary>What is to be done with the private key. AWS_OP_ERR with the last error set if nobody can.</summary>
    internal delegate*<void*, TlsKeyRequest*, int> KeyRequest;

    /// <summary>The handshake can go on with this output, or without if it is NULL. False: it cannot be that.</summary>
    internal delegate*<void*, aws_byte_cursor*, bool> AnswerKeyRequest;

    /// <summary>Decrypts into a window of the caller's; Done means at least one byte.</summary>
    internal delegate*<void*, byte*, nuint, out nuint, TlsOutcome> Read;

    /// <summary>Encrypts all of it; Done or Failed.</summary>
    internal delegate*<void*, byte*, nuint, TlsOutcome> Write;

    /// <summary>Whether bytes are decrypted already and wait to be read.</summary>
    internal delegate*<void*, bool> HasPlaintext;

    /// <summary>Everything that came has been read: memory that only records on their way need is released.</summary>
    internal delegate*<void*, void> ReleaseBuffers;

    /// <summary>Puts the alert that says that nothing more will be sent.</summary>
    internal delegate*<void*, void> SendCloseNotify;

    /// <summary>
    /// What the server has chosen by ALPN, unchecked; empty if nothing. Valid as long as the connection.
    /// </summary>
    internal delegate*<void*, aws_byte_cursor> Protocol;

    /// <summary>
    /// The host name that the client asked for; empty if it named none. Valid as long as the connection.
    /// </summary>
    internal delegate*<void*, aws_byte_cursor> ServerName;

    /// <summary>What the handshake has led to.</summary>
    internal delegate*<void*, TlsDescription> Describe;

    /// <summary>
    /// The certificate that the peer has shown, as DER in a buffer that this makes; false if it has shown none.
    /// </summary>
    internal delegate*<void*, aws_allocator*, aws_byte_buf*, bool> PeerCertificate;

    /// <summary>Turns PKCS#12 into PEM: the certificates, and the key. Both buffers are made by it.</summary>
    internal delegate*<aws_allocator*, aws_byte_cursor, aws_byte_cursor, aws_byte_buf*, aws_byte_buf*, int>
        ImportPkcs12;
}
