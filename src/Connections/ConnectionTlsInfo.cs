// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Tls;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>What a program can see of the TLS of a connection. Any thread but those of other loops.</summary>
internal static unsafe class ConnectionTlsInfo
{
    private const int CipherSize = 64;
    private const int NameSize = 256;

    /// <summary>Returns 0 or an error; the size has been checked.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Get(Connection* connection, reseau_tls_info* info)
    {
        reseau_tls_info found = default;
        int error = LoopQuery.Ask(connection, &Describe, &found);
        if (error != 0)
            return error;

        nuint size = info->size;
        found.size = size;
        NativeMemory.Copy(&found, info, size);
        return 0;
    }

    /// <summary>
    /// The certificate that the peer has shown, in one block of memory for the program to free. Returns 0 or an error.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int GetPeerCertificate(Connection* connection, reseau_certificate** certificate)
    {
        aws_byte_buf der;
        *certificate = null;
        int error = LoopQuery.Ask(connection, &CopyCertificate, &der);
        if (error != 0)
            return error;

        *certificate = CertificateDescription.New(new ReadOnlySpan<byte>(der.buffer, (int)der.len));
        ByteBuf.CleanUp(&der);
        return *certificate == null ? RESEAU_ERROR_NO_MEMORY : 0;
    }

    private static int Describe(Connection* connection, void* argument)
    {
        int error = WhyNot(connection);
        if (error != 0)
            return error;

        reseau_tls_info* info = (reseau_tls_info*)argument;
        TlsSession* session = ConnectionTls.SessionOf(connection);
        TlsDescription found = TlsSession.Describe(session);
        info->version = found.Version;
        info->is_resumed = found.IsResumed ? 1 : 0;
        Copy(ByteCursor.FromCStr(found.Cipher), info->cipher, CipherSize);
        WordLock.Lock(&connection->Lock);
        aws_byte_cursor protocol = connection->Protocol;
        WordLock.Unlock(&connection->Lock);
        Copy(protocol, info->protocol, NameSize);

        // A client may ask for anything.
        aws_byte_cursor name = TlsSession.ServerName(session);
        if (name.len <= int.MaxValue && HostName.TryParse(new ReadOnlySpan<byte>(name.ptr, (int)name.len), out _))
            Copy(name, info->server_name, NameSize);
        return 0;
    }

    private static int CopyCertificate(Connection* connection, void* argument)
    {
        int error = WhyNot(connection);
        if (error != 0)
            return error;

        bool isShown = TlsSession.TryGetPeerCertificate(
            ConnectionTls.SessionOf(connection), Allocator.Default(), (aws_byte_buf*)argument);
        return isShown ? 0 : RESEAU_ERROR_NOT_FOUND;
    }

    // What a peer has shown in a handshake that is not over says nothing.
    private static int WhyNot(Connection* connection)
    {
        if (connection->Tls != null)
            return ConnectionTls.SessionOf(connection)->HadHandshake ? 0 : RESEAU_ERROR_WOULD_BLOCK;
        if (connection->Phase == ConnectionPhase.Closed)
            return RESEAU_ERROR_CLOSED;
        return connection->Settings->Tls != null || connection->NextTls != null
            ? RESEAU_ERROR_WOULD_BLOCK
            : RESEAU_ERROR_UNSUPPORTED;
    }

    // Cut where there is no room, which no name of a cipher, protocol or host comes to.
    private static void Copy(aws_byte_cursor text, byte* into, int size)
    {
        nuint length = nuint.Min(text.len, (nuint)size - 1);
        NativeMemory.Copy(text.ptr, into, length);
        into[length] = 0;
    }
}
