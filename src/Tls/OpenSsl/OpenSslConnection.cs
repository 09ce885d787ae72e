// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>An SSL and what belongs to it. Used by one thread at a time.</summary>
internal unsafe partial struct OpenSslConnection
{
    private void* _ssl;
    private OpenSslContext* _context;
    private aws_allocator* _allocator;
    private aws_string* _serverName;
    private AlpnList* _protocols;

    // Where the handshake runs if it may have to wait for a key; NULL before and after.
    private void* _handshake;

    // The one whose certificate is shown, if it is not the connection's own.
    private OpenSslContext* _certificateContext;

    private SessionValidity _validity;
    private TlsRecords* _records;

    // There was a fatal error: the session cannot be resumed.
    private bool _isLost;

    /// <summary>See <see cref="TlsEngine.NewConnection"/>.</summary>
    internal static void* New(
        void* engineContext,
        TlsRecords* records,
        aws_allocator* allocator,
        aws_tls_connection_options* options,
        AlpnList* protocols)
    {
        OpenSslContext* context = (OpenSslContext*)engineContext;
        LibCrypto.ERR_clear_error();
        OpenSslConnection* connection =
            (OpenSslConnection*)Allocator.Calloc(allocator, 1, (nuint)sizeof(OpenSslConnection));
        connection->_context = context;
        connection->_allocator = allocator;
        connection->_protocols = protocols;
        connection->_records = records;
        connection->_ssl = LibSsl.SSL_new(context->SslContext);
        void* bio = connection->_ssl == null ? null : OpenSslBio.New(records, context->AsksForKeyOperations);
        if (bio == null)
        {
            OpenSslErrors.RaiseContextError("OpenSSL makes no connection"u8);
            Free(connection);
            return null;
        }

        LibSsl.SSL_set_bio(connection->_ssl, bio, bio);
        LibSsl.SSL_set_ex_data(connection->_ssl, 0, connection);
        int result = context->IsServer ? SetUpServer(connection) : SetUpClient(connection, options);
        if (result == AWS_OP_SUCCESS)
            return connection;

        int error = Errors.LastError();
        Free(connection);
        return Errors.RaiseNull(error);
    }

    /// <summary>Also of one that never came to anything.</summary>
    internal static void Free(void* handle)
    {
        OpenSslConnection* connection = (OpenSslConnection*)handle;
        EndHandshake(connection);
        if (connection->_ssl != null)
        {
            // A session stays good although its connection was cut off.
            if (!connection->_isLost)
                LibSsl.SSL_set_shutdown(connection->_ssl, LibSsl.SSL_SENT_SHUTDOWN | LibSsl.SSL_RECEIVED_SHUTDOWN);
            LibSsl.SSL_free(connection->_ssl);
        }

        AwsString.Destroy(connection->_serverName);
        Allocator.Release(connection->_allocator, connection);
    }

    private static int SetUpServer(OpenSslConnection* connection)
    {
        LibSsl.SSL_set_accept_state(connection->_ssl);
        return AWS_OP_SUCCESS;
    }

    private static int SetUpClient(OpenSslConnection* connection, aws_tls_connection_options* options)
    {
        void* ssl = connection->_ssl;
        LibSsl.SSL_set_connect_state(ssl);
        AlpnList* protocols = connection->_protocols;
        if (protocols->Length > 0 && LibSsl.SSL_set_alpn_protos(ssl, protocols->Bytes, protocols->Length) != 0)
            return OpenSslErrors.RaiseContextError("the list of protocols cannot be used"u8);

        if (options->server_name == null || options->server_name->len == 0)
            return AWS_OP_SUCCESS;
        if (SetServerName(connection, options->server_name) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        connection->_validity.Offer(
            OpenSslSessions.Resume(connection->_context->Sessions, connection->_serverName, ssl));
        return AWS_OP_SUCCESS;
    }

    // The options are C's to write to, so what is in them may have come there unchecked. Addresses are not asked for.
    private static int SetServerName(OpenSslConnection* connection, aws_string* name)
    {
        if (!TlsConnectionOptions.TryParseServerName(AwsString.ToCursor(name), out HostName host))
            return Errors.Raise(AWS_IO_TLS_CTX_ERROR);

        fixed (byte* text = host.Text)
            connection->_serverName = AwsString.NewFromArray(connection->_allocator, text, (nuint)host.Text.Length);
        bool isSet = host.IsAddress || LibSsl.SSL_ctrl(
            connection->_ssl,
            LibSsl.SSL_CTRL_SET_TLSEXT_HOSTNAME,
            LibSsl.TLSEXT_NAMETYPE_host_name,
            connection->_serverName->bytes) == 1;
        return isSet ? AWS_OP_SUCCESS : OpenSslErrors.RaiseContextError("the server name cannot be used"u8);
    }

    /// <summary>The host that the connection of this SSL is for; NULL if that was left open.</summary>
    internal static aws_string* HostMeant(void* ssl)
    {
        OpenSslConnection* connection = (OpenSslConnection*)LibSsl.SSL_get_ex_data(ssl, 0);
        return connection == null ? null : connection->_serverName;
    }

    /// <summary>The context that the connection of this SSL was made of; NULL before that is known.</summary>
    internal static OpenSslContext* ContextOf(void* ssl)
    {
        OpenSslConnection* connection = (OpenSslConnection*)LibSsl.SSL_get_ex_data(ssl, 0);
        return connection == null ? null : connection->_context;
    }

    /// <summary>The context whose certificate is shown.</summary>
    internal static OpenSslContext* CertificateContextOf(void* ssl)
    {
        OpenSslConnection* connection = (OpenSslConnection*)LibSsl.SSL_get_ex_data(ssl, 0);
        return connection->_certificateContext != null ? connection->_certificateContext : connection->_context;
    }

    internal static void UseCertificateOf(void* ssl, OpenSslContext* context) =>
        ((OpenSslConnection*)LibSsl.SSL_get_ex_data(ssl, 0))->_certificateContext = context;

    /// <summary>See <see cref="TlsEngine.Describe"/>.</summary>
    internal static TlsDescription Describe(void* handle)
    {
        void* ssl = ((OpenSslConnection*)handle)->_ssl;
        return new TlsDescription
        {
            Version = LibSsl.SSL_version(ssl) switch
            {
                LibSsl.TLS1_3_VERSION => 13,
                LibSsl.TLS1_2_VERSION => 12,
                LibSsl.TLS1_1_VERSION => 11,
                _ => 10,
            },
            Cipher = LibSsl.SSL_CIPHER_get_name(LibSsl.SSL_get_current_cipher(ssl)),
            IsResumed = LibSsl.SSL_session_reused(ssl) == 1,
        };
    }

    /// <summary>See <see cref="TlsEngine.PeerCertificate"/>.</summary>
    internal static bool PeerCertificate(void* handle, aws_allocator* allocator, aws_byte_buf* der)
    {
        void* certificate = LibSsl.SSL_get1_peer_certificate(((OpenSslConnection*)handle)->_ssl);
        int length = certificate == null ? 0 : LibCrypto.i2d_X509(certificate, null);
        if (length > 0)
        {
            ByteBuf.Init(der, allocator, (nuint)length);
            byte* end = der->buffer;
            der->len = (nuint)LibCrypto.i2d_X509(certificate, &end);
        }

        LibCrypto.X509_free(certificate);
        return length > 0;
    }

    /// <summary>See <see cref="TlsEngine.Handshake"/>.</summary>
    internal static TlsOutcome Handshake(void* handle)
    {
        OpenSslConnection* connection = (OpenSslConnection*)handle;
        LibCrypto.ERR_clear_error();
        if (!TryStep(connection, out int result))
            return TlsOutcome.NeedsKey;
        if (result == 1)
        {
            EndHandshake(connection);
            FixValidity(connection);
            LogSuccess(connection);
            return TlsOutcome.Done;
        }

        if (LibSsl.SSL_get_error(connection->_ssl, result) is LibSsl.SSL_ERROR_WANT_READ or LibSsl.SSL_ERROR_WANT_WRITE)
            return TlsOutcome.NeedsInput;

        connection->_isLost = true;
        connection->_records->PeersAlert = OpenSslErrors.AlertOrZero();
        Errors.Raise(OpenSslErrors.OfHandshake(connection->_ssl));
        OpenSslVerification.LogFailure(connection->_ssl);
        OpenSslErrors.Log(AWS_LL_WARN, connection->_ssl, "handshake failed"u8);
        return TlsOutcome.Failed;
    }

    private static void LogSuccess(OpenSslConnection* connection)
    {
        if (!Log.IsEnabled(AWS_LL_DEBUG, AWS_LS_IO_TLS))
            return;

        byte* version = LibSsl.SSL_get_version(connection->_ssl);
        byte* cipher = LibSsl.SSL_CIPHER_get_name(LibSsl.SSL_get_current_cipher(connection->_ssl));
        bool isResumed = LibSsl.SSL_session_reused(connection->_ssl) == 1;
        aws_byte_cursor name = ServerName(connection);

        // A client may ask for anything, line feeds included.
        if (!HostName.TryParse(new ReadOnlySpan<byte>(name.ptr, (int)name.len), out _))
            name = default;
        Log.Write(
            AWS_LL_DEBUG,
            AWS_LS_IO_TLS,
            $"id=0x{(nint)connection->_ssl:x}: {version}, {cipher}, protocol '{Protocol(connection)}', server " +
            $"'{name}', resumed: {isResumed}");
    }

    /// <summary>See <see cref="TlsEngine.Read"/>.</summary>
    internal static TlsOutcome Read(void* handle, byte* into, nuint size, out nuint read)
    {
        OpenSslConnection* connection = (OpenSslConnection*)handle;
        nuint count = 0;
        LibCrypto.ERR_clear_error();
        if (LibSsl.SSL_read_ex(connection->_ssl, into, size, &count) == 1)
        {
            read = count;
            return TlsOutcome.Done;
        }

        read = 0;

        switch (LibSsl.SSL_get_error(connection->_ssl, 0))
        {
            case LibSsl.SSL_ERROR_WANT_READ:
            case LibSsl.SSL_ERROR_WANT_WRITE:
                return TlsOutcome.NeedsInput;
            case LibSsl.SSL_ERROR_ZERO_RETURN:
                return TlsOutcome.Closed;
        }

        connection->_isLost = true;
        connection->_records->PeersAlert = OpenSslErrors.AlertOrZero();
        Errors.Raise(OpenSslErrors.OfReading());
        OpenSslErrors.Log(AWS_LL_ERROR, connection->_ssl, "reading failed"u8);
        return TlsOutcome.Failed;
    }

    /// <summary>
    /// See <see cref="TlsEngine.Write"/>. The records take everything, so nothing is ever left for later.
    /// </summary>
    internal static TlsOutcome Write(void* handle, byte* from, nuint size)
    {
        OpenSslConnection* connection = (OpenSslConnection*)handle;
        LibCrypto.ERR_clear_error();
        while (size > 0)
        {
            nuint written = 0;
            if (LibSsl.SSL_write_ex(connection->_ssl, from, size, &written) != 1)
                break;
            from += written;
            size -= written;
        }

        if (size == 0)
            return TlsOutcome.Done;

        connection->_isLost = true;
        Errors.Raise(OpenSslErrors.UnlessOutOfMemory(AWS_IO_TLS_ERROR_WRITE_FAILURE));
        OpenSslErrors.Log(AWS_LL_ERROR, connection->_ssl, "writing failed"u8);
        return TlsOutcome.Failed;
    }

    /// <summary>See <see cref="TlsEngine.HasPlaintext"/>.</summary>
    internal static bool HasPlaintext(void* handle) => LibSsl.SSL_pending(((OpenSslConnection*)handle)->_ssl) > 0;

    /// <summary>See <see cref="TlsEngine.ReleaseBuffers"/>.</summary>
    internal static void ReleaseBuffers(void* handle)
    {
        OpenSslConnection* connection = (OpenSslConnection*)handle;

        // OpenSSL releases its buffers by itself but for one: a ticket that comes makes it get ready to write. Releases
        // before 3.0.14 would also drop a record that has come in part ("RB": the body is awaited).
        if (LibSsl.SSL_rstate_string(connection->_ssl)[1] == 'H')
            LibSsl.SSL_free_buffers(connection->_ssl);
    }

    /// <summary>See <see cref="TlsEngine.SendCloseNotify"/>.</summary>
    internal static void SendCloseNotify(void* handle)
    {
        LibCrypto.ERR_clear_error();
        LibSsl.SSL_shutdown(((OpenSslConnection*)handle)->_ssl);
    }

    /// <summary>See <see cref="TlsEngine.Protocol"/>.</summary>
    internal static aws_byte_cursor Protocol(void* handle)
    {
        byte* name = null;
        uint length = 0;
        OpenSslConnection* connection = (OpenSslConnection*)handle;
        LibSsl.SSL_get0_alpn_selected(connection->_ssl, &name, &length);
        return new aws_byte_cursor { ptr = name, len = length };
    }

    /// <summary>See <see cref="TlsEngine.ServerName"/>.</summary>
    internal static aws_byte_cursor ServerName(void* handle)
    {
        OpenSslConnection* connection = (OpenSslConnection*)handle;
        return connection->_serverName != null
            ? AwsString.ToCursor(connection->_serverName)
            : ByteCursor.FromCStr(LibSsl.SSL_get_servername(connection->_ssl, (int)LibSsl.TLSEXT_NAMETYPE_host_name));
    }

    /// <summary>OpenSSL's server asks which protocol to take. Without a common one the connection has none.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int OnProtocolsOffered(
        void* ssl, byte** selected, byte* selectedLength, byte* offered, uint offeredLength, void* argument)
    {
        AlpnList* protocols = ((OpenSslConnection*)LibSsl.SSL_get_ex_data(ssl, 0))->_protocols;
        if (!AlpnList.TrySelect(protocols, offered, offeredLength, out byte* name, out byte length))
            return LibSsl.SSL_TLSEXT_ERR_NOACK;

        *selected = name;
        *selectedLength = length;
        return LibSsl.SSL_TLSEXT_ERR_OK;
    }

    /// <summary>OpenSSL's client has a session that can be resumed; 1 keeps the reference that comes with it.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int OnNewSession(void* ssl, void* session)
    {
        OpenSslConnection* connection = (OpenSslConnection*)LibSsl.SSL_get_ex_data(ssl, 0);
        if (connection == null || connection->_serverName == null || connection->_context->Sessions == null)
            return 0;

        FixValidity(connection);
        long end = connection->_validity.End;
        return OpenSslSessions.Keep(connection->_context->Sessions, connection->_serverName, session, end) ? 1 : 0;
    }

    /// <summary>See <see cref="SessionValidity.LimitByStaple"/>.</summary>
    internal static void LimitByStaple(void* ssl, long end) =>
        ((OpenSslConnection*)LibSsl.SSL_get_ex_data(ssl, 0))->_validity.LimitByStaple(end);

    private static void FixValidity(OpenSslConnection* connection)
    {
        if (connection->_validity.IsFixed || connection->_context->Sessions == null)
            return;

        void* chain = connection->_context->VerifiesPeer ? LibSsl.SSL_get0_verified_chain(connection->_ssl) : null;
        bool isResumed = LibSsl.SSL_session_reused(connection->_ssl) == 1;
        connection->_validity.Fix(isResumed, OpenSslValidity.EndOf(chain));
    }
}
