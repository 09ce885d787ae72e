// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tls.SChannel;

/// <summary>The handshake: records that have come go to the provider, and what it answers is put.</summary>
internal unsafe partial struct SChannelConnection
{
    // A message may go over many records; no sound one is longer than this, certificates included.
    private const nuint LongestMessage = 128 * 1024;

    // So much is taken ahead: what comes behind the handshake is for Read, and need not be in here.
    private const nuint TakenAhead = 16 * 1024;

    private const byte Fatal = 2;
    private const byte HandshakeFailure = 40;
    private const byte ProtocolVersion = 70;

    private const uint ClientOptions = Sspi.ISC_REQ_REPLAY_DETECT | Sspi.ISC_REQ_SEQUENCE_DETECT |
        Sspi.ISC_REQ_CONFIDENTIALITY | Sspi.ISC_REQ_ALLOCATE_MEMORY | Sspi.ISC_REQ_EXTENDED_ERROR |
        Sspi.ISC_REQ_STREAM | Sspi.ISC_REQ_MANUAL_CRED_VALIDATION | Sspi.ISC_REQ_USE_SUPPLIED_CREDS;

    private const uint ServerOptions = Sspi.ASC_REQ_REPLAY_DETECT | Sspi.ASC_REQ_SEQUENCE_DETECT |
        Sspi.ASC_REQ_CONFIDENTIALITY | Sspi.ASC_REQ_ALLOCATE_MEMORY | Sspi.ASC_REQ_EXTENDED_ERROR |
        Sspi.ASC_REQ_STREAM;

    /// <summary>See <see cref="TlsEngine.Handshake"/>.</summary>
    internal static TlsOutcome Handshake(void* handle)
    {
        SChannelConnection* connection = (SChannelConnection*)handle;
        if (!connection->_hasSecurity && !connection->_context->IsServer)
        {
            int status = Begin(connection, connection->_protocols->Bytes, connection->_protocols->Length);
            if (status != Sspi.SEC_I_CONTINUE_NEEDED)
                return FailHandshake(connection, status);
        }

        while (true)
        {
            nuint tried = connection->_tried;
            RecordState state = TakeAhead(connection, tried);
            if (state == RecordState.Damaged)
                return FailHandshake(connection, Sspi.SEC_E_ILLEGAL_MESSAGE);
            if (connection->_input.Whole <= tried)
                return TlsOutcome.NeedsInput;
            if (connection->_input.Whole > LongestMessage)
                return FailHandshake(connection, Sspi.SEC_E_ILLEGAL_MESSAGE);

            NoteAlert(connection);
            nuint before = connection->_input.Whole;
            int status = connection->_hasSecurity
                ? Feed(connection, connection->_input.Whole)
                : Accept(connection);
            switch (status)
            {
                case Sspi.SEC_E_OK:
                    return Finish(connection);
                case Sspi.SEC_I_INCOMPLETE_CREDENTIALS:
                    // The peer asks for a certificate, and there is none: the same again goes on without.
                    connection->_tried = 0;
                    break;
                case Sspi.SEC_I_CONTINUE_NEEDED or Sspi.SEC_E_INCOMPLETE_MESSAGE:
                    connection->_tried = connection->_input.Whole == before ? before : 0;
                    break;
                default:
                    return FailHandshake(connection, status);
            }
        }
    }

    // One record at least behind those that were not enough.
    private static RecordState TakeAhead(SChannelConnection* connection, nuint tried)
    {
        RecordState state = RecordState.Whole;
        while (state == RecordState.Whole &&
            (connection->_input.Whole <= tried || connection->_input.Whole < TakenAhead))
        {
            state = connection->_input.TakeRecord(connection->_records, connection->_allocator);
        }

        // What came before it may be an alert that says more.
        return state == RecordState.Damaged && connection->_input.Whole > tried ? RecordState.Partial : state;
    }

    // Before there is encryption an alert can be read, and says more than the provider's status.
    private static void NoteAlert(SChannelConnection* connection)
    {
        byte* record = connection->_input.Next;
        if (record[0] == TlsAlerts.RecordType && connection->_input.LengthAt(0) == ClientHello.RecordHeader + 2 &&
            record[ClientHello.RecordHeader] == Fatal)
        {
            connection->_alert = record[ClientHello.RecordHeader + 1];
        }
    }

    // A server needs all of the client's first message, to choose a protocol: the provider would fail without a common
    // one, and knows no order of ours.
    private static int Accept(SChannelConnection* connection)
    {
        nuint whole = connection->_input.Whole;
        if (LacksHello(connection, whole))
            return Sspi.SEC_E_INCOMPLETE_MESSAGE;

        byte* message = (byte*)Allocator.Acquire(connection->_allocator, whole);
        ReadOnlySpan<byte> joined = new(message, Join(connection, message, whole));
        byte* chosen = null;
        byte chosenLength = 0;
        if (ClientHello.TryParse(joined, out ClientHello hello))
            Read(connection, hello, out chosen, out chosenLength);

        // In the peer's list the length stands in front.
        int status = chosen == null
            ? Begin(connection, null, 0)
            : Begin(connection, chosen - 1, chosenLength + 1u);
        Allocator.Release(connection->_allocator, message);
        return status;
    }

    // What has come before is not looked at again: a message may come in as many records as it has bytes.
    private static bool LacksHello(SChannelConnection* connection, nuint whole)
    {
        ClientHelloCount* count = &connection->_hello;
        while (count->Records < whole && connection->_input.Next[count->Records] == ClientHello.RecordType)
        {
            nuint record = connection->_input.LengthAt(count->Records);
            ClientHelloCount.Add(
                count,
                connection->_input.Next + count->Records + ClientHello.RecordHeader,
                record - ClientHello.RecordHeader);
            count->Records += record;
        }

        // A record of another type ends it, and is the provider's to judge.
        return count->Records == whole && ClientHelloCount.IsPart(count);
    }

    // The content of all records, up to the first that is of another type.
    private static int Join(SChannelConnection* connection, byte* into, nuint whole)
    {
        nuint length = 0;
        for (nuint at = 0; at < whole && connection->_input.Next[at] == ClientHello.RecordType;)
        {
            nuint record = connection->_input.LengthAt(at);
            nuint content = record - ClientHello.RecordHeader;
            NativeMemory.Copy(connection->_input.Next + at + ClientHello.RecordHeader, into + length, content);
            length += content;
            at += record;
        }

        return (int)length;
    }

    private static void Read(
        SChannelConnection* connection, in ClientHello hello, out byte* chosen, out byte chosenLength)
    {
        fixed (byte* name = hello.ServerName, offered = hello.Protocols)
        {
            if (connection->_serverName == null && !hello.ServerName.IsEmpty)
            {
                connection->_serverName =
                    AwsString.NewFromArray(connection->_allocator, name, (nuint)hello.ServerName.Length);
            }

            connection->_shown = SChannelServerNames.Choose(connection->_context, hello.ServerName);
            AlpnList.TrySelect(
                connection->_protocols, offered, (uint)hello.Protocols.Length, out chosen, out chosenLength);
        }
    }

    // The first call has the protocols, a server's also what has come.
    private static int Begin(SChannelConnection* connection, byte* protocols, uint length)
    {
        SecBuffer* buffers = stackalloc SecBuffer[3];
        SecBufferDesc input = new() { pBuffers = buffers };
        if (connection->_context->IsServer)
        {
            buffers[0] = new SecBuffer
            {
                BufferType = Sspi.SECBUFFER_TOKEN,
                cbBuffer = (uint)connection->_input.Whole,
                pvBuffer = connection->_input.Next,
            };
            buffers[1] = default;
            input.cBuffers = 2;
        }

        byte* offer = null;
        if (length > 0)
        {
            // Sizes in front: of what follows, and of the list; between them, what it is.
            const uint Head = (2 * sizeof(uint)) + sizeof(ushort);
            offer = (byte*)Allocator.Acquire(connection->_allocator, Head + length);
            *(uint*)offer = Head - sizeof(uint) + length;
            *(uint*)(offer + sizeof(uint)) = Sspi.SecApplicationProtocolNegotiationExt_ALPN;
            *(ushort*)(offer + (2 * sizeof(uint))) = (ushort)length;
            NativeMemory.Copy(protocols, offer + Head, length);
            buffers[input.cBuffers++] = new SecBuffer
            {
                BufferType = Sspi.SECBUFFER_APPLICATION_PROTOCOLS,
                cbBuffer = Head + length,
                pvBuffer = offer,
            };
        }

        int status = Negotiate(connection, input.cBuffers == 0 ? null : &input);
        if (connection->_context->IsServer)
            ConsumeAfter(connection, status, connection->_input.Whole, buffers[1]);
        if (offer != null)
            Allocator.Release(connection->_allocator, offer);
        return status;
    }

    // So many bytes of what has come. What the provider has not used stays.
    private static int Feed(SChannelConnection* connection, nuint length)
    {
        SecBuffer* buffers = stackalloc SecBuffer[2];
        buffers[0] = new SecBuffer
        {
            BufferType = Sspi.SECBUFFER_TOKEN,
            cbBuffer = (uint)length,
            pvBuffer = connection->_input.Next,
        };
        buffers[1] = default;
        SecBufferDesc input = new() { cBuffers = 2, pBuffers = buffers };
        int status = Negotiate(connection, &input);
        ConsumeAfter(connection, status, length, buffers[1]);
        return status;
    }

    private static void ConsumeAfter(SChannelConnection* connection, int status, nuint length, SecBuffer second)
    {
        // The same bytes are wanted again.
        if (status is Sspi.SEC_E_INCOMPLETE_MESSAGE or Sspi.SEC_I_INCOMPLETE_CREDENTIALS)
            return;

        nuint rest = second.BufferType == Sspi.SECBUFFER_EXTRA ? nuint.Min(second.cbBuffer, length) : 0;
        connection->_input.Consume(length - rest);
    }

    // One step of either side; what the provider answers is put, also when it fails.
    private static int Negotiate(SChannelConnection* connection, SecBufferDesc* input)
    {
        SChannelContext* context = connection->_context;
        SecHandle* credentials = &connection->_shown->Credentials;
        SecBuffer* buffers = stackalloc SecBuffer[2];
        buffers[0] = new SecBuffer { BufferType = Sspi.SECBUFFER_TOKEN };
        buffers[1] = new SecBuffer { BufferType = Sspi.SECBUFFER_ALERT };
        SecBufferDesc output = new() { cBuffers = 2, pBuffers = buffers };
        SecHandle* known = connection->_hasSecurity ? &connection->_security : null;
        uint attributes = 0;
        long expiry;
        int status = context->IsServer
            ? SChannelEngine.Functions->AcceptSecurityContext(
                credentials,
                known,
                input,
                context->VerifiesPeer ? ServerOptions | Sspi.ASC_REQ_MUTUAL_AUTH : ServerOptions,
                0,
                &connection->_security,
                &output,
                &attributes,
                &expiry)
            : SChannelEngine.Functions->InitializeSecurityContextW(
                credentials,
                known,
                WideString.CharactersOf(connection->_target),
                ClientOptions,
                0,
                0,
                input,
                0,
                &connection->_security,
                &output,
                &attributes,
                &expiry);
        connection->_hasSecurity |= status is Sspi.SEC_E_OK or Sspi.SEC_I_CONTINUE_NEEDED
            or Sspi.SEC_I_INCOMPLETE_CREDENTIALS;
        PutAndFree(connection, buffers[0]);
        PutAndFree(connection, buffers[1]);
        return status;
    }

    private static void PutAndFree(SChannelConnection* connection, SecBuffer buffer)
    {
        if (buffer.pvBuffer == null)
            return;

        TlsRecords.Put(connection->_records, (byte*)buffer.pvBuffer, buffer.cbBuffer);
        SChannelEngine.Functions->FreeContextBuffer(buffer.pvBuffer);
    }

    // The provider is content; whether we are is another matter.
    private static TlsOutcome Finish(SChannelConnection* connection)
    {
        connection->_tried = 0;
        SecHandle* security = &connection->_security;
        SecurityFunctionTableW* functions = SChannelEngine.Functions;
        SecPkgContext_ConnectionInfo info = default;
        int status = functions->QueryContextAttributesW(security, Sspi.SECPKG_ATTR_STREAM_SIZES, &connection->_sizes);
        if (status == Sspi.SEC_E_OK)
            status = functions->QueryContextAttributesW(security, Sspi.SECPKG_ATTR_CONNECTION_INFO, &info);
        if (status != Sspi.SEC_E_OK)
            return FailHandshake(connection, status);

        connection->_version = info.dwProtocol;
        ReadProtocol(connection);
        if (!SChannelCredentials.IsAllowed(info.dwProtocol, connection->_context->LowestVersion))
            return Refuse(connection, AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE, ProtocolVersion);

        int error = connection->_context->VerifiesPeer ? CheckPeer(connection, out byte alert) : NoCheck(out alert);
        if (error != AWS_ERROR_SUCCESS)
            return Refuse(connection, error, alert);

        LogSuccess(connection, info);
        return TlsOutcome.Done;
    }

    private static int NoCheck(out byte alert)
    {
        alert = 0;
        return AWS_ERROR_SUCCESS;
    }

    private static int CheckPeer(SChannelConnection* connection, out byte alert)
    {
        CERT_CONTEXT* certificate = null;
        SChannelEngine.Functions->QueryContextAttributesW(
            &connection->_security, Sspi.SECPKG_ATTR_REMOTE_CERT_CONTEXT, &certificate);
        if (certificate == null)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"id=0x{(nint)connection:x}: the peer shows no certificate");
            alert = IsTls13(connection) ? TlsAlerts.CertificateRequired : HandshakeFailure;
            return AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE;
        }

        int error = SChannelVerification.Check(connection->_context, certificate, connection->_serverName);
        Crypt32.CertFreeCertificateContext(certificate);
        alert = TlsAlerts.OfVerification(error);
        return error;
    }

    private static void ReadProtocol(SChannelConnection* connection)
    {
        SecPkgContext_ApplicationProtocol protocol;
        int status = SChannelEngine.Functions->QueryContextAttributesW(
            &connection->_security, Sspi.SECPKG_ATTR_APPLICATION_PROTOCOL, &protocol);
        bool isAgreed = status == Sspi.SEC_E_OK &&
            protocol.ProtoNegoStatus == Sspi.SecApplicationProtocolNegotiationStatus_Success &&
            protocol.ProtoNegoExt == Sspi.SecApplicationProtocolNegotiationExt_ALPN;
        connection->_protocol = isAgreed ? protocol : default;
    }

    private static TlsOutcome Refuse(SChannelConnection* connection, int error, byte alert)
    {
        Log.Write(
            AWS_LL_WARN,
            AWS_LS_IO_TLS,
            $"id=0x{(nint)connection:x}: handshake refused, {Errors.ErrorName(error)}");
        SendAlert(connection, alert);
        Errors.Raise(error);
        return TlsOutcome.Failed;
    }

    private static TlsOutcome FailHandshake(SChannelConnection* connection, int status)
    {
        Log.Write(
            AWS_LL_WARN,
            AWS_LS_IO_TLS,
            $"id=0x{(nint)connection:x}: handshake failed, status 0x{(uint)status:x}, alert {connection->_alert}");
        Errors.Raise(
            connection->_alert != 0 ? TlsAlerts.ErrorOf(connection->_alert) : SChannelErrors.OfHandshake(status));
        return TlsOutcome.Failed;
    }

    private static void LogSuccess(SChannelConnection* connection, SecPkgContext_ConnectionInfo info)
    {
        if (!Log.IsEnabled(AWS_LL_DEBUG, AWS_LS_IO_TLS))
            return;

        SecPkgContext_SessionInfo session = default;
        SChannelEngine.Functions->QueryContextAttributesW(
            &connection->_security, Sspi.SECPKG_ATTR_SESSION_INFO, &session);
        aws_byte_cursor name = ServerName(connection);

        // A client may ask for anything, line feeds included.
        if (!HostName.TryParse(new ReadOnlySpan<byte>(name.ptr, (int)name.len), out _))
            name = default;
        Log.Write(
            AWS_LL_DEBUG,
            AWS_LS_IO_TLS,
            $"id=0x{(nint)connection:x}: version 0x{info.dwProtocol:x}, cipher 0x{info.aiCipher:x}, protocol " +
            $"'{Protocol(connection)}', server '{name}', resumed: " +
            $"{(session.dwFlags & Sspi.SSL_SESSION_RECONNECT) != 0}");
    }
}
