// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tls.SChannel;

/// <summary>
/// The certificate that is shown to peers, with its key: from PEM, or from a store of the system. Rule 259.
/// </summary>
internal unsafe struct SChannelIdentity
{
    internal CERT_CONTEXT* Certificate;
    private nint _store;
    private SChannelKey _key;

    internal static bool IsGiven(aws_tls_ctx_options* options) =>
        SystemPathOf(options) != null ||
        (TlsContextOptions.IsSet(&options->certificate) && TlsContextOptions.IsSet(&options->private_key));

    /// <summary>
    /// With a key that is in no container, which not every system knows: false then, and nothing to clean up.
    /// </summary>
    internal bool LoadWithKeyInMemory(aws_tls_ctx_options* options, aws_allocator* allocator)
    {
        if (SystemPathOf(options) != null)
            return false;

        SChannelIdentity identity = default;
        bool isLoaded = identity.LoadPem(options, allocator, isInMemory: true) == AWS_OP_SUCCESS;
        if (isLoaded)
            this = identity;
        else
            identity.CleanUp();
        return isLoaded;
    }

    /// <summary>AWS_OP_ERR with the last error set; then it is to be cleaned up all the same.</summary>
    internal int Load(aws_tls_ctx_options* options, aws_allocator* allocator)
    {
        byte* path = SystemPathOf(options);
        if (path == null)
            return LoadPem(options, allocator, isInMemory: false);

        Certificate = SChannelStorePath.Find(allocator, path);
        return Certificate == null ? AWS_OP_ERR : AWS_OP_SUCCESS;
    }

    internal void CleanUp()
    {
        if (Certificate != null)
            Crypt32.CertFreeCertificateContext(Certificate);
        if (_store != 0)
            Crypt32.CertCloseStore(_store, 0);
        _key.CleanUp();
        this = default;
    }

    // The options of programs have this field on Windows only.
    private static byte* SystemPathOf(aws_tls_ctx_options* options) =>
#if RESEAU_WINDOWS
        options->system_certificate_path;
#else
        null;
#endif

    private int LoadPem(aws_tls_ctx_options* options, aws_allocator* allocator, bool isInMemory)
    {
        if (PemCredentials.CheckText(&options->certificate, "certificate"u8) != AWS_OP_SUCCESS ||
            PemCredentials.CheckText(&options->private_key, "private key"u8) != AWS_OP_SUCCESS)
        {
            return AWS_OP_ERR;
        }

        _store = SChannelTrust.NewStore();
        if (_store == 0)
            return SChannelErrors.RaiseLastAsContextError("no store for certificates can be made"u8);

        Certificate = AddChain(&options->certificate, allocator);
        if (Certificate == null)
            return SChannelErrors.RaiseLastAsContextError("the certificate cannot be used"u8);

        aws_byte_buf der;
        bool isUsed = PemCredentials.TryReadKey(&options->private_key, allocator, &der) &&
            PrivateKeyInfo.TryParse(SpanOf(&der), out PrivateKeyInfo info) &&
            SChannelKey.IsOf(info, Certificate) && _key.Import(info, Certificate, allocator, isInMemory);
        ByteBuf.CleanUpSecure(&der);
        if (isUsed)
            return AWS_OP_SUCCESS;
        return isInMemory
            ? AWS_OP_ERR
            : SChannelErrors.RaiseLastAsContextError("the private key cannot be used with this certificate"u8);
    }

    private static ReadOnlySpan<byte> SpanOf(aws_byte_buf* buffer) => new(buffer->buffer, (int)buffer->len);

    // The first is what is shown, the others lead to its root. One that is damaged is one that peers would not see.
    private readonly CERT_CONTEXT* AddChain(aws_byte_buf* pem, aws_allocator* allocator)
    {
        PemCertificates chain = new(ByteCursor.FromBuf(pem), allocator);
        CERT_CONTEXT* leaf = null;
        bool isAdded = true;
        aws_byte_buf der;
        while (isAdded && chain.TryNext(&der))
        {
            CERT_CONTEXT* added = null;
            isAdded = SChannelTrust.TryAdd(_store, &der, leaf == null ? &added : null);
            ByteBuf.CleanUp(&der);
            if (leaf == null)
                leaf = added;
        }

        if (isAdded || leaf == null)
            return leaf;

        Crypt32.CertFreeCertificateContext(leaf);
        return null;
    }
}
