// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>What all engines ask of PEM that a program shows to peers.</summary>
internal static unsafe class PemCredentials
{
    /// <summary>AWS_OP_ERR with AWS_IO_FILE_VALIDATION_FAILURE for what is no text.</summary>
    internal static int CheckText(aws_byte_buf* pem, ReadOnlySpan<byte> what)
    {
        if (Utf8Decoder.Decode(ByteCursor.FromBuf(pem), null) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;

        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: the {Literal.Of(what)} is no text: it must be ASCII or UTF-8");
        return Errors.Raise(AWS_IO_FILE_VALIDATION_FAILURE);
    }

    /// <summary>
    /// The first key of the text as DER, which is the caller's to wipe; others, certificates and parameters of curves
    /// may stand beside it. False if there is none, or it is damaged or encrypted, which is logged.
    /// </summary>
    internal static bool TryReadKey(aws_byte_buf* pem, aws_allocator* allocator, aws_byte_buf* der)
    {
        *der = default;
        PemReader reader = PemReader.OfAnyLayout(ByteCursor.FromBuf(pem));
        while (reader.TryNext())
        {
            if (!Pem.IsPrivateKey(reader.Label))
                continue;

            if (!reader.IsEncryptedByHeader && !reader.Is("ENCRYPTED PRIVATE KEY"u8))
                return reader.TryDecode(allocator, der);

            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"static: the private key is encrypted, and there is no pass phrase for it: only PKCS#12 takes one");
            return false;
        }

        return false;
    }
}
