// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tls.SChannel;

/// <summary>A security context and what belongs to it. Used by one thread at a time. Rule 258.</summary>
internal unsafe partial struct SChannelConnection
{
    private const int MaxCipherName = 63;

    private SChannelContext* _context;

    // Whose credentials are used: of a server's contexts the one that is for the name that the client asks for.
    private SChannelContext* _shown;
    private TlsRecords* _records;
    private aws_allocator* _allocator;
    private AlpnList* _protocols;

    // The host that a client means, or that a server was asked for; and as the provider has it, for clients.
    private aws_string* _serverName;
    private WideString* _target;

    private SecHandle _security;
    private bool _hasSecurity;
    private SChannelInput _input;

    // Of a server, before it has a security context.
    private ClientHelloCount _hello;

    // So many bytes of whole records were not enough.
    private nuint _tried;

    // Decrypted and not read yet, where the records were.
    private byte* _plaintext;
    private nuint _plaintextLength;

    // Where a record is made if the owner has no room for it in one piece.
    private byte* _spare;
    private SecPkgContext_StreamSizes _sizes;
    private SecPkgContext_ApplicationProtocol _protocol;
    private uint _version;
    private fixed byte _cipher[MaxCipherName + 1];

    // A fatal alert that has come before there was encryption; 0 for none.
    private byte _alert;

    /// <summary>See <see cref="TlsEngine.NewConnection"/>.</summary>
    internal static void* New(
        void* engineContext,
        TlsRecords* records,
        aws_allocator* allocator,
        aws_tls_connection_options* options,
        AlpnList* protocols)
    {
        SChannelContext* context = (SChannelContext*)engineContext;
        SChannelConnection* connection =
            (SChannelConnection*)Allocator.Calloc(allocator, 1, (nuint)sizeof(SChannelConnection));
        connection->_context = context;
        connection->_shown = context;
        connection->_records = records;
        connection->_allocator = allocator;
        connection->_protocols = protocols;
        if (context->IsServer || options->server_name == null || options->server_name->len == 0)
            return connection;
        if (SetServerName(connection, options->server_name) == AWS_OP_SUCCESS)
            return connection;

        int error = Errors.LastError();
        Free(connection);
        return Errors.RaiseNull(error);
    }

    /// <summary>Also of one that never came to anything. The context is there until this has returned.</summary>
    internal static void Free(void* handle)
    {
        SChannelConnection* connection = (SChannelConnection*)handle;
        if (connection->_hasSecurity)
            SChannelEngine.Functions->DeleteSecurityContext(&connection->_security);
        connection->_input.CleanUp(connection->_allocator);
        if (connection->_spare != null)
            Allocator.Release(connection->_allocator, connection->_spare);
        AwsString.Destroy(connection->_serverName);
        WideString.Destroy(connection->_target);
        Allocator.Release(connection->_allocator, connection);
    }

    // The options are C's to write to, so what is in them may have come there unchecked. Addresses are not asked for.
    private static int SetServerName(SChannelConnection* connection, aws_string* name)
    {
        if (!TlsConnectionOptions.TryParseServerName(AwsString.ToCursor(name), out HostName host))
            return Errors.Raise(AWS_IO_TLS_CTX_ERROR);

        fixed (byte* text = host.Text)
            connection->_serverName = AwsString.NewFromArray(connection->_allocator, text, (nuint)host.Text.Length);
        if (host.IsAddress)
            return AWS_OP_SUCCESS;

        connection->_target = WideString.FromUtf8(connection->_allocator, connection->_serverName);
        return connection->_target == null ? AWS_OP_ERR : AWS_OP_SUCCESS;
    }

    /// <summary>See <see cref="TlsEngine.HasPlaintext"/>. Records that came with the handshake's count, too.</summary>
    internal static bool HasPlaintext(void* handle)
    {
        SChannelConnection* connection = (SChannelConnection*)handle;
        return connection->_plaintextLength > 0 || connection->_input.Whole > connection->_tried;
    }

    /// <summary>See <see cref="TlsEngine.ReleaseBuffers"/>.</summary>
    internal static void ReleaseBuffers(void* handle)
    {
        SChannelConnection* connection = (SChannelConnection*)handle;
        if (connection->_plaintextLength == 0)
            connection->_input.Release(connection->_allocator);
        if (connection->_spare != null)
            Allocator.Release(connection->_allocator, connection->_spare);
        connection->_spare = null;
    }

    /// <summary>See <see cref="TlsEngine.SendCloseNotify"/>.</summary>
    internal static void SendCloseNotify(void* handle)
    {
        uint token = Sspi.SCHANNEL_SHUTDOWN;
        SendControl((SChannelConnection*)handle, &token, sizeof(uint));
    }

    // A fatal alert, if the provider makes one: it is the peer's to know, and nothing depends on it here.
    private static void SendAlert(SChannelConnection* connection, byte alert)
    {
        SCHANNEL_ALERT_TOKEN token = new()
        {
            dwTokenType = Sspi.SCHANNEL_ALERT,
            dwAlertType = Sspi.TLS1_ALERT_FATAL,
            dwAlertNumber = alert,
        };
        SendControl(connection, &token, (uint)sizeof(SCHANNEL_ALERT_TOKEN));
    }

    private static void SendControl(SChannelConnection* connection, void* token, uint size)
    {
        if (!connection->_hasSecurity)
            return;

        SecBuffer buffer = new() { BufferType = Sspi.SECBUFFER_TOKEN, cbBuffer = size, pvBuffer = token };
        SecBufferDesc control = new() { cBuffers = 1, pBuffers = &buffer };
        if (SChannelEngine.Functions->ApplyControlToken(&connection->_security, &control) != Sspi.SEC_E_OK)
            return;

        // The provider makes the record when it is asked to go on, a server's with an input, if an empty one.
        SecBuffer* empty = stackalloc SecBuffer[2];
        empty[0] = new SecBuffer { BufferType = Sspi.SECBUFFER_TOKEN };
        empty[1] = default;
        SecBufferDesc input = new() { cBuffers = 2, pBuffers = empty };
        Negotiate(connection, connection->_context->IsServer ? &input : null);
    }

    /// <summary>See <see cref="TlsEngine.Protocol"/>.</summary>
    internal static aws_byte_cursor Protocol(void* handle)
    {
        SChannelConnection* connection = (SChannelConnection*)handle;
        return new aws_byte_cursor
        {
            ptr = connection->_protocol.ProtocolId,
            len = connection->_protocol.ProtocolIdSize,
        };
    }

    /// <summary>See <see cref="TlsEngine.ServerName"/>.</summary>
    internal static aws_byte_cursor ServerName(void* handle)
    {
        SChannelConnection* connection = (SChannelConnection*)handle;
        return connection->_serverName == null ? default : AwsString.ToCursor(connection->_serverName);
    }

    /// <summary>See <see cref="TlsEngine.Describe"/>.</summary>
    internal static TlsDescription Describe(void* handle)
    {
        SChannelConnection* connection = (SChannelConnection*)handle;
        SecPkgContext_SessionInfo session = default;
        SecPkgContext_CipherInfo cipher = new() { dwVersion = Sspi.SECPKGCONTEXT_CIPHERINFO_V1 };
        SecHandle* security = &connection->_security;
        SChannelEngine.Functions->QueryContextAttributesW(security, Sspi.SECPKG_ATTR_SESSION_INFO, &session);
        int status = SChannelEngine.Functions->QueryContextAttributesW(
            security, Sspi.SECPKG_ATTR_CIPHER_INFO, &cipher);
        for (int i = 0; status == Sspi.SEC_E_OK && i < MaxCipherName; i++)
            connection->_cipher[i] = (byte)cipher.szCipherSuite[i];

        // Each version has a bit for servers, and the next one up for clients.
        return new TlsDescription
        {
            Version = connection->_version switch
            {
                >= Sspi.SP_PROT_TLS1_3_SERVER => 13,
                >= Sspi.SP_PROT_TLS1_2_SERVER => 12,
                >= Sspi.SP_PROT_TLS1_1_SERVER => 11,
                _ => 10,
            },
            Cipher = connection->_cipher,
            IsResumed = (session.dwFlags & Sspi.SSL_SESSION_RECONNECT) != 0,
        };
    }

    /// <summary>See <see cref="TlsEngine.PeerCertificate"/>.</summary>
    internal static bool PeerCertificate(void* handle, aws_allocator* allocator, aws_byte_buf* der)
    {
        CERT_CONTEXT* certificate = null;
        SChannelEngine.Functions->QueryContextAttributesW(
            &((SChannelConnection*)handle)->_security, Sspi.SECPKG_ATTR_REMOTE_CERT_CONTEXT, &certificate);
        if (certificate == null)
            return false;

        ByteBuf.InitCopyFromCursor(
            der,
            allocator,
            new aws_byte_cursor { ptr = certificate->pbCertEncoded, len = certificate->cbCertEncoded });
        Crypt32.CertFreeCertificateContext(certificate);
        return true;
    }

    private static bool IsTls13(SChannelConnection* connection) =>
        (connection->_version & (Sspi.SP_PROT_TLS1_3_CLIENT | Sspi.SP_PROT_TLS1_3_SERVER)) != 0;
}
