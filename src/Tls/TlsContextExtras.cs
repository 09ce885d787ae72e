// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// What a context can have besides the options of aws-c-io. Whoever has made it frees it; a context copies what it
/// needs. Zeroed it asks for nothing but what RFC 7633 says: a certificate that promises a staple comes with one.
/// </summary>
internal unsafe struct TlsContextExtras
{
    /// <summary>Lists of revoked certificates, as PEM. All certificates of a chain are looked up then.</summary>
    internal aws_byte_buf RevocationLists;

    /// <summary>Server: the OCSP response that is sent along with the certificate, as DER.</summary>
    internal aws_byte_buf Staple;

    /// <summary>Client: a server that sends no good OCSP response is refused.</summary>
    internal bool RequiresStaple;

    /// <summary>No sessions are kept or handed out.</summary>
    internal bool IsResumptionOff;

    /// <summary>The path of the file for the secrets of these connections; empty if there is none.</summary>
    internal aws_byte_buf KeyLogPath;

    /// <summary>Set by the engine: why that file cannot be opened; 0 if nothing is wrong with it.</summary>
    internal int KeyLogError;

    /// <summary>Server: contexts with other certificates, to be chosen by the name asked for; held.</summary>
    internal aws_tls_ctx** Others;
    internal int OtherCount;

    internal static void CleanUp(TlsContextExtras* extras)
    {
        ByteBuf.CleanUp(&extras->RevocationLists);
        ByteBuf.CleanUp(&extras->Staple);
        ByteBuf.CleanUp(&extras->KeyLogPath);
        for (int i = 0; i < extras->OtherCount; i++)
            TlsContext.Release(extras->Others[i]);
        Allocator.Release(Allocator.Default(), extras->Others);
        *extras = default;
    }

    /// <summary>Without the other contexts.</summary>
    internal static TlsContextExtras Copy(TlsContextExtras* extras) => new()
    {
        RevocationLists = Copy(&extras->RevocationLists),
        Staple = Copy(&extras->Staple),
        KeyLogPath = Copy(&extras->KeyLogPath),
        RequiresStaple = extras->RequiresStaple,
        IsResumptionOff = extras->IsResumptionOff,
    };

    internal static bool AreEqual(TlsContextExtras* a, TlsContextExtras* b) =>
        a->RequiresStaple == b->RequiresStaple && a->IsResumptionOff == b->IsResumptionOff &&
        a->OtherCount == 0 && b->OtherCount == 0 &&
        Bytes(&a->RevocationLists).SequenceEqual(Bytes(&b->RevocationLists)) &&
        Bytes(&a->Staple).SequenceEqual(Bytes(&b->Staple)) &&
        Bytes(&a->KeyLogPath).SequenceEqual(Bytes(&b->KeyLogPath));

    private static ReadOnlySpan<byte> Bytes(aws_byte_buf* buffer) => new(buffer->buffer, (int)buffer->len);

    private static aws_byte_buf Copy(aws_byte_buf* bytes)
    {
        aws_byte_buf copy = default;
        if (bytes->len > 0)
            ByteBuf.InitCopyFromCursor(&copy, Allocator.Default(), ByteCursor.FromBuf(bytes));
        return copy;
    }
}

/// <summary>What a handshake has led to. Texts are static or the engine's, as long as the connection.</summary>
internal unsafe struct TlsDescription
{
    /// <summary>12 or 13, for example.</summary>
    internal int Version;
    internal byte* Cipher;
    internal bool IsResumed;
}
