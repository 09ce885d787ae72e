// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>Which certificates a context trusts: an X509_STORE, of its own or the system's.</summary>
internal static unsafe class OpenSslTrust
{
    /// <summary>Gives the context its store. AWS_OP_ERR with the last error set.</summary>
    internal static int Apply(void* sslContext, aws_tls_ctx_options* options, aws_allocator* allocator)
    {
        LibCrypto.ERR_clear_error();
        bool isOverridden = options->ca_path != null || TlsContextOptions.IsSet(&options->ca_file);
        void* store = isOverridden ? NewStore(options, allocator)
            : OperatingSystem.IsWindows() && TrustLocations.OfSystem().AreNone ? OpenSslWindowsTrust.NewStore()
            : SystemTrust.Store(SystemStores);
        if (store == null)
            return AWS_OP_ERR;

        LibSsl.SSL_CTX_set1_cert_store(sslContext, store);
        LibCrypto.X509_STORE_free(store);

        // Whoever trusts a certificate trusts it also where it is not the root of its chain.
        LibCrypto.X509_VERIFY_PARAM_set_flags(
            LibSsl.SSL_CTX_get0_param(sslContext),
            LibCrypto.X509_V_FLAG_TRUSTED_FIRST | LibCrypto.X509_V_FLAG_PARTIAL_CHAIN);
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// Has each certificate of a chain looked up in these lists: without one of its issuer that is in force it is not
    /// trusted. Only where the context has a store of its own.
    /// </summary>
    internal static int AddRevocationLists(
        void* sslContext, aws_tls_ctx_options* options, TlsContextExtras* extras, aws_allocator* allocator)
    {
        bool isOverridden = options->ca_path != null || TlsContextOptions.IsSet(&options->ca_file);
        void* store = isOverridden && options->verify_peer ? LibSsl.SSL_CTX_get_cert_store(sslContext) : null;
        if (store == null || !TryAddLists(store, &extras->RevocationLists, allocator))
            return OpenSslErrors.RaiseContextError("the lists of revoked certificates cannot be used"u8);

        LibCrypto.X509_VERIFY_PARAM_set_flags(
            LibSsl.SSL_CTX_get0_param(sslContext),
            LibCrypto.X509_V_FLAG_CRL_CHECK | LibCrypto.X509_V_FLAG_CRL_CHECK_ALL);
        return AWS_OP_SUCCESS;
    }

    // All of them or none.
    private static bool TryAddLists(void* store, aws_byte_buf* pem, aws_allocator* allocator)
    {
        PemReader reader = PemReader.OfAnyLayout(ByteCursor.FromBuf(pem));
        bool isEmpty = true;
        while (reader.TryNext())
        {
            aws_byte_buf der;
            if (reader.IsWhole && !reader.Is("X509 CRL"u8))
                continue;
            if (!reader.TryDecode(allocator, &der))
                return false;

            byte* position = der.buffer;
            void* list = LibCrypto.d2i_X509_CRL(null, &position, (c_long)der.len);
            ByteBuf.CleanUp(&der);
            bool isAdded = list != null && LibCrypto.X509_STORE_add_crl(store, list) == 1;
            LibCrypto.X509_CRL_free(list);
            if (!isAdded)
                return false;
            isEmpty = false;
        }

        return !isEmpty;
    }

    private static void* NewStore(aws_tls_ctx_options* options, aws_allocator* allocator)
    {
        void* store = LibCrypto.X509_STORE_new();
        bool isFilled = store != null &&
            (options->ca_path == null || OpenSslTrustLookup.AddTo(store, null, options->ca_path->bytes) != null) &&
            (!TlsContextOptions.IsSet(&options->ca_file) || AddText(store, &options->ca_file, allocator));
        if (isFilled)
            return store;

        LibCrypto.X509_STORE_free(store);
        OpenSslErrors.RaiseContextError("the certificates to trust cannot be used"u8);
        return null;
    }

    // All of them or none: the program named them.
    private static bool AddText(void* store, aws_byte_buf* pem, aws_allocator* allocator)
    {
        PemCertificates certificates = new(ByteCursor.FromBuf(pem), allocator);
        bool isAdded = true;
        bool isEmpty = true;
        aws_byte_buf der;
        while (isAdded && certificates.TryNext(&der))
        {
            isAdded = TryAdd(store, &der, certificates.HasTrustSettings);
            ByteBuf.CleanUp(&der);
            isEmpty = false;
        }

        return isAdded && !isEmpty;
    }

    private static SystemTrust.Stores SystemStores => new() { Load = &Load, Acquire = &Acquire, Release = &Release };

    private static void Acquire(void* store) => LibCrypto.X509_STORE_up_ref(store);

    private static void Release(void* store) => LibCrypto.X509_STORE_free(store);

    /// <summary>
    /// The system's store. Its file is read now, but its certificates, and the directories, only when a chain asks.
    /// </summary>
    private static void* Load(TrustLocations locations)
    {
        byte* file = locations.File;
        byte* directories = locations.Directories;
        void* store = LibCrypto.X509_STORE_new();
        OpenSslTrustLookup* lookup = store == null ? null : OpenSslTrustLookup.AddTo(store, file, directories);
        nuint count = 0;
        bool isLoaded = lookup != null &&
            (file == null || TrustFile.TryAddTo(&lookup->File, file, &OpenSslTrustFile.Keep, out count)) &&
            (directories == null || count > 0 || OpenSslTrustDirectory.TryAddAny(store, directories, out count));
        if (isLoaded && count > 0)
        {
            Log.Write(
                AWS_LL_DEBUG,
                AWS_LS_IO_TLS,
                $"static: trust store made of file {OrNone(file)} and directory {OrNone(directories)}");
            return store;
        }

        LibCrypto.X509_STORE_free(store);
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_TLS,
            $"static: no certificate to trust can be used in file {OrNone(file)} and directory {OrNone(directories)}");
        OpenSslErrors.RaiseContextError("the system's trust store cannot be used"u8);
        return null;
    }

    // For log lines.
    private static byte* OrNone(byte* path) => path != null ? path : Literal.Of("(none)"u8);

    /// <summary>See <see cref="TrustFile.TryAddTo"/>.</summary>
    internal static TrustAddition Add(void* store, TrustCertificate* certificate) =>
        TryAdd(store, &certificate->Der, certificate->HasTrustSettings)
            ? TrustAddition.Added
            : RefusedOrOutOfMemory();

    /// <summary>By OpenSSL's first error, which is cleared unless OpenSSL had no memory.</summary>
    internal static TrustAddition RefusedOrOutOfMemory()
    {
        if (OpenSslErrors.UnlessOutOfMemory(AWS_ERROR_SUCCESS) != AWS_ERROR_SUCCESS)
            return TrustAddition.OutOfMemory;

        LibCrypto.ERR_clear_error();
        return TrustAddition.Refused;
    }

    private static bool TryAdd(void* store, aws_byte_buf* der, bool hasTrustSettings)
    {
        void* certificate = Decode(der, hasTrustSettings);
        bool isAdded = certificate != null && LibCrypto.X509_STORE_add_cert(store, certificate) == 1;
        LibCrypto.X509_free(certificate);
        return isAdded;
    }

    /// <summary>A certificate of <see cref="PemCertificates"/>, the caller's; NULL for a damaged one.</summary>
    internal static void* Decode(aws_byte_buf* der, bool hasTrustSettings)
    {
        if (der->len == 0)
            return null;

        byte* position = der->buffer;
        return hasTrustSettings
            ? LibCrypto.d2i_X509_AUX(null, &position, (c_long)der->len)
            : LibCrypto.d2i_X509(null, &position, (c_long)der->len);
    }
}
