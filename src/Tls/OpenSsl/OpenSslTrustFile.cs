// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// The system's certificates as they are in its file, each with the hash of its subject, until a chain asks for that.
/// OpenSSL takes a fifth of a millisecond to decode one, most of it for the public key; a file has some hundred and
/// fifty, and a chain asks for one. Not changed any more when handshakes begin, so any thread may look.
/// </summary>
internal unsafe struct OpenSslTrustFile
{
    /// <summary>Stands in front of a certificate's DER.</summary>
    private struct Head
    {
        internal uint Hash;
        internal bool HasTrustSettings;
        internal nuint Number;
        internal nuint Length;
    }

    // Owns this, so it is there.
    private void* _store;
    private aws_string* _path;
    private aws_byte_buf _certificates;

    /// <summary>Empty; its store owns it, and <see cref="CleanUp"/> ends it. The path is for log lines.</summary>
    internal static void Init(OpenSslTrustFile* file, void* store, byte* path)
    {
        *file = new()
        {
            _store = store,
            _path = path == null ? null : AwsString.NewFromCStr(DefaultAllocator.Instance, path),
        };
        ByteBuf.Init(&file->_certificates, DefaultAllocator.Instance, 0);
    }

    internal static void CleanUp(OpenSslTrustFile* file)
    {
        AwsString.Destroy(file->_path);
        ByteBuf.CleanUp(&file->_certificates);
    }

    /// <summary>See <see cref="TrustFile.TryAddTo"/>.</summary>
    internal static TrustAddition Keep(void* file, TrustCertificate* certificate)
    {
        OpenSslTrustFile* self = (OpenSslTrustFile*)file;
        Head head = new()
        {
            HasTrustSettings = certificate->HasTrustSettings,
            Number = certificate->Number,
            Length = certificate->Der.len,
        };
        TrustAddition addition = TryHash(&certificate->Der, out head.Hash, out bool isHashed);
        if (addition != TrustAddition.Added)
            return addition;

        // Without the digest there is nothing to find it by.
        if (!isHashed)
            return OpenSslTrust.Add(self->_store, certificate);

        aws_byte_cursor bytes = new() { ptr = (byte*)&head, len = (nuint)sizeof(Head) };
        ByteBuf.AppendDynamic(&self->_certificates, &bytes);
        bytes = ByteCursor.FromBuf(&certificate->Der);
        ByteBuf.AppendDynamic(&self->_certificates, &bytes);
        return TrustAddition.Added;
    }

    /// <summary>
    /// Adds the certificates of the subjects with that hash to the store. False only if OpenSSL has no memory.
    /// </summary>
    internal static bool TryAddTo(OpenSslTrustFile* file, void* store, uint hash, out bool isAnyAdded)
    {
        isAnyAdded = false;
        byte* at = file->_certificates.buffer;
        byte* end = at + file->_certificates.len;
        while (at < end)
        {
            Head head = Unsafe.ReadUnaligned<Head>(at);
            TrustCertificate certificate = new()
            {
                Der = ByteBuf.FromArray(at + sizeof(Head), head.Length),
                HasTrustSettings = head.HasTrustSettings,
                Number = head.Number,
            };
            at += (nuint)sizeof(Head) + head.Length;
            if (head.Hash != hash)
                continue;

            TrustAddition addition = OpenSslTrust.Add(store, &certificate);
            if (addition == TrustAddition.OutOfMemory)
                return false;
            if (addition == TrustAddition.Refused)
                TrustFile.LogRefused(file->_path->bytes, certificate.Number);
            isAnyAdded |= addition == TrustAddition.Added;
        }

        return true;
    }

    // By its subject alone. Refused: it is no certificate.
    private static TrustAddition TryHash(aws_byte_buf* der, out uint hash, out bool isHashed)
    {
        hash = 0;
        isHashed = false;
        ReadOnlySpan<byte> bytes = new(der->buffer, (int)der->len);
        if (!CertificateReader.TryRead(bytes, out CertificateReader fields))
            return TrustAddition.Refused;

        int length = fields.Subject.Length;
        int head = DerHead.LengthOf(length);
        byte* position = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(fields.Subject)) - head;
        void* name = LibCrypto.d2i_X509_NAME(null, &position, (c_long)(head + length));
        if (name == null)
            return OpenSslTrust.RefusedOrOutOfMemory();

        int isDone;
        hash = (uint)LibCrypto.X509_NAME_hash_ex(name, null, null, &isDone);
        isHashed = isDone == 1;
        LibCrypto.X509_NAME_free(name);
        return TrustAddition.Added;
    }
}
