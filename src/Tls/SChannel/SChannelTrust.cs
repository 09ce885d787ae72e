// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tls.SChannel;

/// <summary>
/// Which certificates a context trusts: the system's, or those of a store in memory and nothing else. Rule 261.
/// </summary>
internal unsafe struct SChannelTrust
{
    // Of the structure without the flags, which older systems take only.
    private const uint OlderConfigSize = 80;

    private nint _roots;
    private nint _engine;

    /// <summary>Builds chains to these roots; 0 is the system's own.</summary>
    internal readonly nint Engine => _engine;

    /// <summary>The only certificates that are trusted; 0 if the system says which.</summary>
    internal readonly nint Roots => _roots;

    /// <summary>AWS_OP_ERR with the last error set; then it is to be cleaned up all the same.</summary>
    internal int Load(aws_tls_ctx_options* options, aws_allocator* allocator)
    {
        if (options->ca_path != null)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: the system's TLS reads no directories of certificates");
            return Errors.Raise(AWS_IO_TLS_CTX_ERROR);
        }

        byte* file = EnvironmentVariables.Trusted(Literal.Of("AWS_CA_BUNDLE"u8));
        if (file == null)
            file = EnvironmentVariables.Trusted(Literal.Of("SSL_CERT_FILE"u8));
        bool isOverridden = TlsContextOptions.IsSet(&options->ca_file);
        if (!isOverridden && file == null)
            return AWS_OP_SUCCESS;

        _roots = NewStore();
        nuint count = 0;
        bool isLoaded = _roots != 0 && (isOverridden
            ? TryAddAll(&options->ca_file, allocator)
            : TrustFile.TryAddTo((void*)_roots, file, &Add, out count) && count > 0);
        if (!isLoaded || !TryMakeEngine())
            return SChannelErrors.RaiseLastAsContextError("the certificates to trust cannot be used"u8);
        return AWS_OP_SUCCESS;
    }

    internal void CleanUp()
    {
        if (_engine != 0)
            Crypt32.CertFreeCertificateChainEngine(_engine);
        if (_roots != 0)
            Crypt32.CertCloseStore(_roots, 0);
        this = default;
    }

    /// <summary>Whether this is one of the only certificates that are trusted.</summary>
    internal readonly bool HasRoot(CERT_CONTEXT* certificate)
    {
        CERT_CONTEXT* found = Crypt32.CertFindCertificateInStore(
            _roots, Crypt32.X509_ASN_ENCODING, 0, Crypt32.CERT_FIND_EXISTING, certificate, null);
        if (found == null)
            return false;

        Crypt32.CertFreeCertificateContext(found);
        return true;
    }

    /// <summary>In memory; 0 on failure.</summary>
    internal static nint NewStore() => Crypt32.CertOpenStore(
        Crypt32.CERT_STORE_PROV_MEMORY, 0, 0, Crypt32.CERT_STORE_CREATE_NEW_FLAG, null);

    /// <summary>Adds a certificate of <see cref="PemCertificates"/>; gives it out, too, unless that is NULL.</summary>
    internal static bool TryAdd(nint store, aws_byte_buf* der, CERT_CONTEXT** added)
    {
        // The encoding takes bytes behind the certificate, where OpenSSL's own form has its settings.
        DerReader reader = new(new ReadOnlySpan<byte>(der->buffer, (int)der->len));
        if (der->len == 0 || !reader.TryRead(out _, out ReadOnlySpan<byte> content))
            return false;

        uint length = (uint)(der->len - (nuint)LengthBehind(der, content));
        return Crypt32.CertAddEncodedCertificateToStore(
            store, Crypt32.X509_ASN_ENCODING, der->buffer, length, Crypt32.CERT_STORE_ADD_ALWAYS, added) != 0;
    }

    private static int LengthBehind(aws_byte_buf* der, ReadOnlySpan<byte> content)
    {
        fixed (byte* start = content)
            return (int)(der->buffer + der->len - (start + content.Length));
    }

    // All of them or none: the program named them.
    private readonly bool TryAddAll(aws_byte_buf* pem, aws_allocator* allocator)
    {
        PemCertificates certificates = new(ByteCursor.FromBuf(pem), allocator);
        bool isAdded = true;
        bool isEmpty = true;
        aws_byte_buf der;
        while (isAdded && certificates.TryNext(&der))
        {
            isAdded = TryAdd(_roots, &der, null);
            ByteBuf.CleanUp(&der);
            isEmpty = false;
        }

        return isAdded && !isEmpty;
    }

    /// <summary>See <see cref="TrustFile.TryAddTo"/>.</summary>
    private static TrustAddition Add(void* store, TrustCertificate* certificate) =>
        TryAdd((nint)store, &certificate->Der, null) ? TrustAddition.Added : TrustAddition.Refused;

    // Whoever trusts a certificate trusts it also where it is not the root of its chain.
    private bool TryMakeEngine()
    {
        CERT_CHAIN_ENGINE_CONFIG config = new()
        {
            cbSize = (uint)sizeof(CERT_CHAIN_ENGINE_CONFIG),
            hExclusiveRoot = _roots,
            dwExclusiveFlags = Crypt32.CERT_CHAIN_EXCLUSIVE_ENABLE_CA_FLAG,
        };
        nint engine = 0;
        bool isMade = Crypt32.CertCreateCertificateChainEngine(&config, &engine) != 0;
        if (!isMade)
        {
            config.cbSize = OlderConfigSize;
            isMade = Crypt32.CertCreateCertificateChainEngine(&config, &engine) != 0;
        }

        _engine = isMade ? engine : 0;
        return isMade;
    }
}
