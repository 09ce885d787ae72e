// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Platform;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// An OpenSSL, or one of its relatives, that the program exports, as Node.js does. The dynamic linker would bind
/// libssl.so.3 to it, and libcrypto.so.3 to parts of it, while what we look up by handle is libcrypto's own; objects of
/// the one would reach functions of the other. Deep binding has each library take its own symbols first.
/// </summary>
internal static unsafe class OtherOpenSsl
{
    /// <summary>
    /// Whether libraries are to be opened apart from it. Not where nothing is exported, so that a program may still
    /// stand between OpenSSL and the C library. A program with a sanitizer ends when it sees deep binding.
    /// </summary>
    internal static bool IsKeptApart
    {
        get
        {
            if (!IsExported())
                return false;

            if (!HasSanitizer())
                return true;

            Log.Write(
                AWS_LL_WARN,
                AWS_LS_IO_TLS,
                $"static: the program exports another OpenSSL, and its sanitizer keeps us from using our own apart " +
                $"from it");
            return false;
        }
    }

    /// <summary>Each relative has some of these: allocation, errors, digests, certificates, contexts.</summary>
    private static bool IsExported() =>
        IsForeign("CRYPTO_malloc"u8) || IsForeign("CRYPTO_free"u8) || IsForeign("OPENSSL_malloc"u8)
        || IsForeign("OPENSSL_init_crypto"u8) || IsForeign("ERR_get_error"u8) || IsForeign("ERR_clear_error"u8)
        || IsForeign("BIO_new"u8) || IsForeign("EVP_MD_CTX_new"u8) || IsForeign("EVP_PKEY_free"u8)
        || IsForeign("X509_free"u8) || IsForeign("SSL_CTX_new"u8) || IsForeign("SSL_new"u8);

    private static bool HasSanitizer() =>
        Find("__asan_init"u8) != null || Find("__hwasan_init"u8) != null || Find("__msan_init"u8) != null
        || Find("__tsan_init"u8) != null;

    /// <summary>Defined, and not by the libraries that we are about to open.</summary>
    private static bool IsForeign(ReadOnlySpan<byte> name)
    {
        if (DynamicLibrary.BaseOf(Find(name), out byte* file) == null)
            return false;

        ReadOnlySpan<byte> path = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(file);
        return !path.EndsWith(OpenSslLibrary.SslName) && !path.EndsWith(OpenSslLibrary.CryptoName);
    }

    private static void* Find(ReadOnlySpan<byte> name) => DynamicLibrary.FindDefault(Literal.Of(name));
}
