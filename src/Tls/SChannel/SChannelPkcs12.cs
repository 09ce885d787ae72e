// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tls.SChannel;

/// <summary>PKCS#12 into PEM, by the system's reader. The key is nowhere else meanwhile.</summary>
internal static unsafe class SChannelPkcs12
{
    private const int WrongPassword = 86;

    /// <summary>See <see cref="TlsEngine.ImportPkcs12"/>.</summary>
    internal static int Import(
        aws_allocator* allocator,
        aws_byte_cursor pkcs12,
        aws_byte_cursor password,
        aws_byte_buf* certificate,
        aws_byte_buf* privateKey)
    {
        CRYPT_DATA_BLOB content = new() { cbData = (uint)pkcs12.len, pbData = pkcs12.ptr };
        if (pkcs12.len is 0 or > int.MaxValue || Crypt32.PFXIsPFXBlob(&content) == 0)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: this is no PKCS#12");
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        }

        WideString* text = WideString.FromUtf8(allocator, &password);
        if (text == null)
            return AWS_OP_ERR;

        nint store = Crypt32.PFXImportCertStore(
            &content, WideString.CharactersOf(text), Crypt32.CRYPT_EXPORTABLE | Crypt32.PKCS12_NO_PERSIST_KEY);
        int reason = (int)Interop.Windows.Kernel32.GetLastError();
        SecureMemory.Zero(WideString.CharactersOf(text), WideString.LengthOf(text) * sizeof(char));
        WideString.Destroy(text);
        if (store == 0)
        {
            return reason == WrongPassword
                ? SChannelErrors.RaiseContextError("the password is not that of the PKCS#12"u8, reason)
                : SChannelErrors.RaiseContextError("the PKCS#12 cannot be opened"u8, reason);
        }

        int result = WritePem(allocator, store, certificate, privateKey);
        Crypt32.CertCloseStore(store, 0);
        return result;
    }

    // The certificate with the key comes first in a chain, wherever it stands in the file.
    private static int WritePem(
        aws_allocator* allocator, nint store, aws_byte_buf* certificate, aws_byte_buf* privateKey)
    {
        ByteBuf.Init(certificate, allocator, 0);
        ByteBuf.Init(privateKey, allocator, 0);
        CERT_CONTEXT* leaf = null;
        CERT_CONTEXT* next = null;
        while (leaf == null && (next = Crypt32.CertEnumCertificatesInStore(store, next)) != null)
        {
            if (TryWriteKey(allocator, next, privateKey))
                leaf = next;
        }

        if (leaf == null)
        {
            ByteBuf.CleanUp(certificate);
            ByteBuf.CleanUp(privateKey);
            return SChannelErrors.RaiseLastAsContextError("the PKCS#12 lacks a certificate or its key"u8);
        }

        AppendPem(certificate, "CERTIFICATE"u8, leaf->pbCertEncoded, leaf->cbCertEncoded);
        ReadOnlySpan<byte> shown = new(leaf->pbCertEncoded, (int)leaf->cbCertEncoded);
        next = null;
        while ((next = Crypt32.CertEnumCertificatesInStore(store, next)) != null)
        {
            if (!shown.SequenceEqual(new ReadOnlySpan<byte>(next->pbCertEncoded, (int)next->cbCertEncoded)))
                AppendPem(certificate, "CERTIFICATE"u8, next->pbCertEncoded, next->cbCertEncoded);
        }

        Crypt32.CertFreeCertificateContext(leaf);
        return AWS_OP_SUCCESS;
    }

    private static bool TryWriteKey(aws_allocator* allocator, CERT_CONTEXT* certificate, aws_byte_buf* privateKey)
    {
        nint key;
        uint kind;
        int isOurs;
        if (Crypt32.CryptAcquireCertificatePrivateKey(
            certificate,
            Crypt32.CRYPT_ACQUIRE_CACHE_FLAG | Crypt32.CRYPT_ACQUIRE_ALLOW_NCRYPT_KEY_FLAG |
                Crypt32.CRYPT_ACQUIRE_SILENT_FLAG,
            null,
            &key,
            &kind,
            &isOurs) == 0)
        {
            return false;
        }

        bool isOfCng = kind == Crypt32.CERT_NCRYPT_KEY_SPEC;
        bool isWritten = isOfCng
            ? TryExportCng(allocator, key, privateKey)
            : TryExportCapi(allocator, key, kind, privateKey);
        if (isOurs != 0 && isOfCng)
            Ncrypt.NCryptFreeObject(key);
        else if (isOurs != 0)
            CryptoKeys.CryptReleaseContext(key, 0);
        return isWritten;
    }

    private static bool TryExportCng(aws_allocator* allocator, nint key, aws_byte_buf* into)
    {
        fixed (char* type = "PKCS8_PRIVATEKEY", policy = "Export Policy")
        {
            // What was imported may leave encrypted only, unless whoever has it says more. The key is ours alone.
            uint isAllowed = Ncrypt.NCRYPT_ALLOW_EXPORT_FLAG | Ncrypt.NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG;
            Ncrypt.NCryptSetProperty(key, policy, &isAllowed, sizeof(uint), Ncrypt.NCRYPT_SILENT_FLAG);
            uint size = 0;
            if (Ncrypt.NCryptExportKey(key, 0, type, null, null, 0, &size, Ncrypt.NCRYPT_SILENT_FLAG) != 0)
                return false;

            byte* der = (byte*)Allocator.Acquire(allocator, size);
            bool isExported =
                Ncrypt.NCryptExportKey(key, 0, type, null, der, size, &size, Ncrypt.NCRYPT_SILENT_FLAG) == 0;
            return EndExport(allocator, isExported, "PRIVATE KEY"u8, der, size, into);
        }
    }

    private static bool TryExportCapi(aws_allocator* allocator, nint provider, uint kind, aws_byte_buf* into)
    {
        nint key;
        uint size = 0;
        if (CryptoKeys.CryptGetUserKey(provider, kind, &key) == 0)
            return false;

        byte* blob = null;
        bool isExported = CryptoKeys.CryptExportKey(key, 0, CryptoKeys.PRIVATEKEYBLOB, 0, null, &size) != 0;
        if (isExported)
        {
            blob = (byte*)Allocator.Acquire(allocator, size);
            isExported = CryptoKeys.CryptExportKey(key, 0, CryptoKeys.PRIVATEKEYBLOB, 0, blob, &size) != 0;
        }

        CryptoKeys.CryptDestroyKey(key);
        if (blob == null)
            return false;

        byte* der = null;
        uint derSize = 0;
        if (isExported && RsaKeyBlob.TryParse(new ReadOnlySpan<byte>(blob, (int)size), out RsaKeyBlob rsa))
        {
            der = (byte*)Allocator.Acquire(allocator, rsa.MaxPkcs1);
            derSize = (uint)rsa.ToPkcs1(new Span<byte>(der, (int)rsa.MaxPkcs1));
        }

        SecureMemory.Zero(blob, size);
        Allocator.Release(allocator, blob);
        return der != null && EndExport(allocator, true, "RSA PRIVATE KEY"u8, der, derSize, into);
    }

    private static bool EndExport(
        aws_allocator* allocator, bool isExported, ReadOnlySpan<byte> label, byte* der, uint size, aws_byte_buf* into)
    {
        if (isExported)
            AppendPem(into, label, der, size);
        SecureMemory.Zero(der, size);
        Allocator.Release(allocator, der);
        return isExported;
    }

    private static void AppendPem(aws_byte_buf* text, ReadOnlySpan<byte> label, byte* der, uint size) =>
        Pem.Append(text, label, new aws_byte_cursor { ptr = der, len = size });
}
