// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tests.Tls.SChannel;

/// <summary>
/// A security provider with the manners of SChannel, with OpenSSL inside: tokens are records, a call that lacks bytes
/// consumes none, what it does not need is left over, and what comes after a handshake of TLS 1.3 is for another call.
/// For both sides, on any system. It shows the certificate of a test, and looks at nobody's.
/// </summary>
internal static unsafe class ProviderOfOpenSsl
{
    // What a provider may add in front and behind. TLS 1.3 adds less in front than this.
    private const uint Header = 13;
    private const uint Trailer = 64;
    private const int RecordHeader = 5;

    private static readonly OpenSslFunctions s_ssl = new();
    private static SecurityFunctionTableW* s_table;

    /// <summary>The highest version of credentials that are made from now on.</summary>
    internal static int MaxVersion { get; set; } = Tls13;

    internal const int Tls12 = 0x0303;
    internal const int Tls13 = 0x0304;

    /// <summary>The alerts that were asked for, in order.</summary>
    internal static List<uint> Alerts { get; } = [];

    /// <summary>How many messages came after a handshake.</summary>
    internal static int LateMessages { get; private set; }

    /// <summary>How many contexts and credentials there are.</summary>
    internal static int Alive { get; private set; }

    /// <summary>The credentials that the last server's context was made with.</summary>
    internal static nint LastShown { get; private set; }

    private sealed class Context
    {
        internal nint Ssl;
        internal nint Incoming;
        internal nint Outgoing;
        internal bool IsServer;
        internal bool IsFinished;
        internal bool IsClosing;
        internal byte[] Chosen = [];
    }

    internal static SecurityFunctionTableW* Table
    {
        get
        {
            if (s_table != null)
                return s_table;

            s_table = (SecurityFunctionTableW*)NativeMemory.AllocZeroed((nuint)sizeof(SecurityFunctionTableW));
            s_table->AcquireCredentialsHandleW = &Acquire;
            s_table->FreeCredentialsHandle = &FreeCredentials;
            s_table->InitializeSecurityContextW = &Initialize;
            s_table->AcceptSecurityContext = &Accept;
            s_table->DeleteSecurityContext = &Delete;
            s_table->ApplyControlToken = &Apply;
            s_table->QueryContextAttributesW = &Query;
            s_table->FreeContextBuffer = &Free;
            s_table->EncryptMessage = &Encrypt;
            s_table->DecryptMessage = &Decrypt;
            return s_table;
        }
    }

    private static Context Of(SecHandle* handle) => (Context)GCHandle.FromIntPtr(handle->dwLower).Target!;

    [UnmanagedCallersOnly]
    private static int Acquire(
        char* principal, char* package, uint use, void* logon, void* given, void* function, void* argument,
        SecHandle* credentials, long* expiry)
    {
        nint context = s_ssl.NewContext(MaxVersion);
        if (use == Sspi.SECPKG_CRED_INBOUND)
            s_ssl.UseCertificate(context, TlsIdentity.NewCertificate(out ECDsa key), key);
        credentials->dwLower = context;
        Alive++;
        return Sspi.SEC_E_OK;
    }

    [UnmanagedCallersOnly]
    private static int FreeCredentials(SecHandle* credentials)
    {
        s_ssl.FreeContext(credentials->dwLower);
        Alive--;
        return Sspi.SEC_E_OK;
    }

    [UnmanagedCallersOnly]
    private static int Initialize(
        SecHandle* credentials, SecHandle* known, char* target, uint options, uint reserved, uint representation,
        SecBufferDesc* input, uint alsoReserved, SecHandle* made, SecBufferDesc* output, uint* attributes, long* expiry)
    {
        if (known == null)
        {
            Context begun = Begin(credentials, made, isServer: false);
            if (Find(input, Sspi.SECBUFFER_APPLICATION_PROTOCOLS, out SecBuffer list))
                s_ssl.OfferProtocols(begun.Ssl, NamesIn(list));
            if (target != null)
                s_ssl.AskForName(begun.Ssl, new string(target));
        }

        return Step(Of(made), input, output);
    }

    [UnmanagedCallersOnly]
    private static int Accept(
        SecHandle* credentials, SecHandle* known, SecBufferDesc* input, uint options, uint representation,
        SecHandle* made, SecBufferDesc* output, uint* attributes, long* expiry)
    {
        if (known == null)
        {
            LastShown = credentials->dwLower;
            Context begun = Begin(credentials, made, isServer: true);
            if (Find(input, Sspi.SECBUFFER_APPLICATION_PROTOCOLS, out SecBuffer list))
                begun.Chosen = NamesIn(list).ToArray();
        }

        return Step(Of(made), input, output);
    }

    private static Context Begin(SecHandle* credentials, SecHandle* made, bool isServer)
    {
        Context context = new() { IsServer = isServer, Ssl = s_ssl.New(credentials->dwLower, isServer) };
        (context.Incoming, context.Outgoing) = s_ssl.Connect(context.Ssl);
        made->dwLower = GCHandle.ToIntPtr(GCHandle.Alloc(context));
        Alive++;
        return context;
    }

    // Sizes and the kind stand in front.
    private static ReadOnlySpan<byte> NamesIn(SecBuffer list)
    {
        byte* bytes = (byte*)list.pvBuffer;
        Xunit.Assert.Equal(list.cbBuffer - 4, *(uint*)bytes);
        Xunit.Assert.Equal(Sspi.SecApplicationProtocolNegotiationExt_ALPN, *(uint*)(bytes + 4));
        Xunit.Assert.Equal(list.cbBuffer - 10, *(ushort*)(bytes + 8));
        return new ReadOnlySpan<byte>(bytes + 10, *(ushort*)(bytes + 8));
    }

    private static int Step(Context context, SecBufferDesc* input, SecBufferDesc* output)
    {
        if (context.IsClosing)
        {
            s_ssl.Shutdown(context.Ssl);
            return End(context, Sspi.SEC_E_OK, output);
        }

        // A late message was read by the call that found it; what it had to say waits to be sent.
        if (context.IsFinished)
            return End(context, Sspi.SEC_E_OK, output);

        ReadOnlySpan<byte> rest = Find(input, Sspi.SECBUFFER_TOKEN, out SecBuffer token)
            ? new(token.pvBuffer, (int)token.cbBuffer)
            : default;
        if (!rest.IsEmpty && LengthOf(rest) > rest.Length)
            return Sspi.SEC_E_INCOMPLETE_MESSAGE;

        int result = rest.IsEmpty ? s_ssl.Handshake(context.Ssl) : 0;
        while (!rest.IsEmpty && LengthOf(rest) <= rest.Length && result == 0)
        {
            s_ssl.Feed(context.Incoming, rest[..LengthOf(rest)]);
            rest = rest[LengthOf(rest)..];
            result = s_ssl.Handshake(context.Ssl);
        }

        context.IsFinished = result > 0;
        if (!rest.IsEmpty)
            input->pBuffers[1] = new SecBuffer { BufferType = Sspi.SECBUFFER_EXTRA, cbBuffer = (uint)rest.Length };
        int status = result > 0
            ? Sspi.SEC_E_OK
            : result == 0 ? Sspi.SEC_I_CONTINUE_NEEDED : Sspi.SEC_E_ILLEGAL_MESSAGE;
        return End(context, status, output);
    }

    private static int End(Context context, int status, SecBufferDesc* output)
    {
        byte[] bytes = s_ssl.Drain(context.Outgoing);
        output->pBuffers[0].cbBuffer = (uint)bytes.Length;
        if (bytes.Length > 0)
        {
            output->pBuffers[0].pvBuffer = NativeMemory.Alloc((nuint)bytes.Length);
            bytes.CopyTo(new Span<byte>(output->pBuffers[0].pvBuffer, bytes.Length));
        }

        return status;
    }

    private static int LengthOf(ReadOnlySpan<byte> record) =>
        record.Length < RecordHeader ? int.MaxValue : RecordHeader + (record[3] << 8) + record[4];

    private static bool Find(SecBufferDesc* buffers, uint type, out SecBuffer found)
    {
        found = default;
        for (uint i = 0; buffers != null && i < buffers->cBuffers; i++)
        {
            if (buffers->pBuffers[i].BufferType == type)
                found = buffers->pBuffers[i];
        }

        return found.BufferType == type;
    }

    [UnmanagedCallersOnly]
    private static int Delete(SecHandle* handle)
    {
        s_ssl.Free(Of(handle).Ssl);
        GCHandle.FromIntPtr(handle->dwLower).Free();
        Alive--;
        return Sspi.SEC_E_OK;
    }

    [UnmanagedCallersOnly]
    private static int Apply(SecHandle* handle, SecBufferDesc* input)
    {
        uint* token = (uint*)input->pBuffers[0].pvBuffer;
        if (token[0] == Sspi.SCHANNEL_SHUTDOWN)
            Of(handle).IsClosing = true;
        else
            Alerts.Add(token[2]);
        return Sspi.SEC_E_OK;
    }

    [UnmanagedCallersOnly]
    private static int Free(void* memory)
    {
        NativeMemory.Free(memory);
        return Sspi.SEC_E_OK;
    }

    [UnmanagedCallersOnly]
    private static int Query(SecHandle* handle, uint attribute, void* into)
    {
        Context context = Of(handle);
        switch (attribute)
        {
            case Sspi.SECPKG_ATTR_STREAM_SIZES:
                *(SecPkgContext_StreamSizes*)into = new SecPkgContext_StreamSizes
                {
                    cbHeader = Header,
                    cbTrailer = Trailer,
                    cbMaximumMessage = 16 * 1024,
                };
                return Sspi.SEC_E_OK;
            case Sspi.SECPKG_ATTR_CONNECTION_INFO:
                uint client = s_ssl.VersionOf(context.Ssl) == Tls13
                    ? Sspi.SP_PROT_TLS1_3_CLIENT
                    : Sspi.SP_PROT_TLS1_2_CLIENT;
                *(SecPkgContext_ConnectionInfo*)into = new SecPkgContext_ConnectionInfo
                {
                    dwProtocol = context.IsServer ? client >> 1 : client,
                };
                return Sspi.SEC_E_OK;
            case Sspi.SECPKG_ATTR_APPLICATION_PROTOCOL:
                ReadOnlySpan<byte> name = context.IsServer
                    ? context.Chosen.AsSpan(int.Min(1, context.Chosen.Length))
                    : s_ssl.ProtocolOf(context.Ssl);
                SecPkgContext_ApplicationProtocol* protocol = (SecPkgContext_ApplicationProtocol*)into;
                protocol->ProtoNegoStatus = name.IsEmpty ? 0u : 1;
                protocol->ProtoNegoExt = Sspi.SecApplicationProtocolNegotiationExt_ALPN;
                protocol->ProtocolIdSize = (byte)name.Length;
                name.CopyTo(new Span<byte>(protocol->ProtocolId, 255));
                return Sspi.SEC_E_OK;
            default:
                return Sspi.SEC_E_UNSUPPORTED_FUNCTION;
        }
    }

    [UnmanagedCallersOnly]
    private static int Encrypt(SecHandle* handle, uint quality, SecBufferDesc* message, uint number)
    {
        Context context = Of(handle);
        SecBuffer* buffers = message->pBuffers;
        s_ssl.Write(context.Ssl, new ReadOnlySpan<byte>(buffers[1].pvBuffer, (int)buffers[1].cbBuffer));
        byte[] record = s_ssl.Drain(context.Outgoing);
        record.CopyTo(new Span<byte>(buffers[0].pvBuffer, record.Length));
        buffers[2].cbBuffer = (uint)record.Length - buffers[0].cbBuffer - buffers[1].cbBuffer;
        return Sspi.SEC_E_OK;
    }

    [UnmanagedCallersOnly]
    private static int Decrypt(SecHandle* handle, SecBufferDesc* message, uint number, uint* quality)
    {
        Context context = Of(handle);
        SecBuffer* buffers = message->pBuffers;
        byte* bytes = (byte*)buffers[0].pvBuffer;
        uint given = buffers[0].cbBuffer;
        int length = LengthOf(new ReadOnlySpan<byte>(bytes, (int)given));
        if (length > given)
            return Sspi.SEC_E_INCOMPLETE_MESSAGE;

        s_ssl.Feed(context.Incoming, new ReadOnlySpan<byte>(bytes, length));
        byte[] content = s_ssl.Read(context.Ssl, out bool isClosed, out bool isDamaged);
        if (isDamaged)
            return unchecked((int)0x8009030F);
        if (isClosed)
            return Sspi.SEC_I_CONTEXT_EXPIRED;

        uint rest = given - (uint)length;
        bool isLate = content.Length == 0 && s_ssl.VersionOf(context.Ssl) == Tls13;
        if (isLate)
        {
            // Its content is for the next step: here the last eight bytes stand for it.
            LateMessages++;
            rest += 8;
        }

        content.CopyTo(new Span<byte>(bytes + RecordHeader, content.Length));
        buffers[0].BufferType = Sspi.SECBUFFER_STREAM_HEADER;
        buffers[1] = new SecBuffer
        {
            BufferType = Sspi.SECBUFFER_DATA,
            cbBuffer = (uint)content.Length,
            pvBuffer = bytes + RecordHeader,
        };
        if (rest > 0)
        {
            buffers[3] = new SecBuffer
            {
                BufferType = Sspi.SECBUFFER_EXTRA,
                cbBuffer = rest,
                pvBuffer = bytes + given - rest,
            };
        }

        return isLate ? Sspi.SEC_I_RENEGOTIATE : Sspi.SEC_E_OK;
    }
}
