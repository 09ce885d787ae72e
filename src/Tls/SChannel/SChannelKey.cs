// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tls.SChannel;

/// <summary>
/// A private key where the provider can use it, which does so in a process of its own: in a container of the system's
/// with a name that nobody else has, which is deleted with the key. Rule 260. Keys of both interfaces of the system:
/// CNG, and CAPI, older, for RSA alone.
/// </summary>
internal unsafe struct SChannelKey
{
    private const int NameCapacity = 48;
    private const byte Integer = 0x02;
    private const byte BitString = 0x03;
    private const byte Sequence = 0x30;
    private const byte PublicPoint = 0xA1;

    private fixed char _name[NameCapacity];
    private nint _key;
    private bool _isOfCapi;

    private static ReadOnlySpan<char> Prefix => "reseau-";

    /// <summary>Whether the certificate is for this key, as far as the key says.</summary>
    internal static bool IsOf(in PrivateKeyInfo info, CERT_CONTEXT* certificate)
    {
        CRYPT_BIT_BLOB blob = certificate->pCertInfo->PublicKey;
        ReadOnlySpan<byte> shown = new(blob.pbData, (int)blob.cbData);
        DerReader outer = new(info.Key);
        if (!outer.TryRead(out _, out ReadOnlySpan<byte> content))
            return false;

        DerReader fields = new(content);
        fields.TryRead(out _, out _);
        if (!info.IsRsa)
            return IsPointOf(fields, shown);

        // Modulus and exponent stand in both.
        DerReader other = new(shown);
        if (!other.TryRead(out byte kind, out ReadOnlySpan<byte> numbers) || kind != Sequence)
            return false;

        DerReader known = new(numbers);
        return fields.TryRead(out kind, out ReadOnlySpan<byte> modulus) && kind == Integer &&
            known.TryRead(out kind, out ReadOnlySpan<byte> shownModulus) && kind == Integer &&
            modulus.SequenceEqual(shownModulus);
    }

    // The point is optional: a key that lacks it may be of any certificate.
    private static bool IsPointOf(DerReader fields, ReadOnlySpan<byte> shown)
    {
        while (fields.TryRead(out byte kind, out ReadOnlySpan<byte> content))
        {
            if (kind != PublicPoint)
                continue;

            DerReader point = new(content);
            return point.TryRead(out kind, out ReadOnlySpan<byte> bits) && kind == BitString && bits.Length > 0 &&
                bits[1..].SequenceEqual(shown);
        }

        return true;
    }

    /// <summary>Brings the key in and says so in the certificate. False if the system does not take it.</summary>
    internal bool Import(in PrivateKeyInfo info, CERT_CONTEXT* certificate, aws_allocator* allocator, bool isInMemory)
    {
        if (!isInMemory && !TryName())
            return false;

        aws_byte_buf pkcs8;
        info.ToPkcs8(allocator, &pkcs8);
        bool isImported = ImportCng(&pkcs8, isInMemory);
        ByteBuf.CleanUpSecure(&pkcs8);
        if (isImported)
            return isInMemory ? AttachHandle(certificate) : AttachName(certificate);
        return !isInMemory && info.IsRsa && ImportCapi(info.Key, allocator) && AttachName(certificate);
    }

    /// <summary>Deletes the key. Nobody uses the certificate any more.</summary>
    internal void CleanUp()
    {
        if (_isOfCapi)
        {
            nint none;
            fixed (char* name = _name)
            {
                CryptoKeys.CryptAcquireContextW(
                    &none,
                    name,
                    null,
                    CryptoKeys.PROV_RSA_AES,
                    CryptoKeys.CRYPT_DELETEKEYSET | CryptoKeys.CRYPT_SILENT);
            }
        }

        if (_key != 0)
            Ncrypt.NCryptDeleteKey(_key, Ncrypt.NCRYPT_SILENT_FLAG);
        this = default;
    }

    private bool TryName()
    {
        aws_uuid uuid;
        if (Uuid.Init(&uuid) != AWS_OP_SUCCESS)
            return false;

        fixed (char* name = _name)
        {
            Span<char> into = new(name, NameCapacity);
            into.Clear();
            Prefix.CopyTo(into);
            return Convert.TryToHexStringLower(
                new ReadOnlySpan<byte>(&uuid, sizeof(aws_uuid)), into[Prefix.Length..], out _);
        }
    }

    private bool ImportCng(aws_byte_buf* pkcs8, bool isInMemory)
    {
        nint provider = 0;
        fixed (char* providerName = "Microsoft Software Key Storage Provider", type = "PKCS8_PRIVATEKEY", name = _name)
        {
            if (Ncrypt.NCryptOpenStorageProvider(&provider, providerName, 0) != 0)
                return false;

            NCryptBuffer called = new()
            {
                cbBuffer = (uint)((Prefix.Length + (2 * sizeof(aws_uuid)) + 1) * sizeof(char)),
                BufferType = Ncrypt.NCRYPTBUFFER_PKCS_KEY_NAME,
                pvBuffer = name,
            };
            NCryptBufferDesc parameters = new() { cBuffers = 1, pBuffers = &called };
            nint key = 0;
            int status = Ncrypt.NCryptImportKey(
                provider,
                0,
                type,
                isInMemory ? null : &parameters,
                &key,
                pkcs8->buffer,
                (uint)pkcs8->len,
                Ncrypt.NCRYPT_SILENT_FLAG);
            Ncrypt.NCryptFreeObject(provider);
            _key = status == 0 ? key : 0;
            return status == 0;
        }
    }

    private bool ImportCapi(ReadOnlySpan<byte> pkcs1, aws_allocator* allocator)
    {
        nint provider = 0;
        fixed (char* name = _name)
        {
            if (CryptoKeys.CryptAcquireContextW(
                &provider,
                name,
                null,
                CryptoKeys.PROV_RSA_AES,
                CryptoKeys.CRYPT_NEWKEYSET | CryptoKeys.CRYPT_SILENT) == 0)
            {
                return false;
            }
        }

        _isOfCapi = true;
        nint key = 0;
        bool isImported = false;
        fixed (byte* der = pkcs1)
        {
            uint size = 0;
            const uint encoding = Crypt32.X509_ASN_ENCODING | Crypt32.PKCS_7_ASN_ENCODING;
            Crypt32.CryptDecodeObjectEx(
                encoding, Crypt32.PKCS_RSA_PRIVATE_KEY, der, (uint)pkcs1.Length, 0, null, null, &size);
            if (size > 0)
            {
                byte* blob = (byte*)Allocator.Acquire(allocator, size);
                isImported = Crypt32.CryptDecodeObjectEx(
                    encoding, Crypt32.PKCS_RSA_PRIVATE_KEY, der, (uint)pkcs1.Length, 0, null, blob, &size) != 0 &&
                    CryptoKeys.CryptImportKey(provider, blob, size, 0, 0, &key) != 0;
                SecureMemory.Zero(blob, size);
                Allocator.Release(allocator, blob);
            }
        }

        if (key != 0)
            CryptoKeys.CryptDestroyKey(key);
        CryptoKeys.CryptReleaseContext(provider, 0);
        return isImported;
    }

    private bool AttachName(CERT_CONTEXT* certificate)
    {
        fixed (char* name = _name, provider = "Microsoft Software Key Storage Provider",
            older = "Microsoft Enhanced RSA and AES Cryptographic Provider")
        {
            CRYPT_KEY_PROV_INFO info = new()
            {
                pwszContainerName = name,
                pwszProvName = _isOfCapi ? older : provider,
                dwProvType = _isOfCapi ? CryptoKeys.PROV_RSA_AES : 0,
                dwKeySpec = _isOfCapi ? CryptoKeys.AT_KEYEXCHANGE : 0,
            };
            return Crypt32.CertSetCertificateContextProperty(
                certificate, Crypt32.CERT_KEY_PROV_INFO_PROP_ID, 0, &info) != 0;
        }
    }

    // The certificate frees the key then.
    private bool AttachHandle(CERT_CONTEXT* certificate)
    {
        nint key = _key;
        bool isAttached = Crypt32.CertSetCertificateContextProperty(
            certificate, Crypt32.CERT_NCRYPT_KEY_HANDLE_PROP_ID, 0, &key) != 0;
        if (!isAttached)
            Ncrypt.NCryptFreeObject(key);
        _key = 0;
        return isAttached;
    }
}
