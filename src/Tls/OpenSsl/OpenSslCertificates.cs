// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// The certificates of a PEM text, one after the other; objects of other kinds are passed over. OpenSSL sees DER only:
/// its own reader of PEM takes fewer layouts, and asks for a pass phrase at the terminal.
/// </summary>
internal unsafe struct OpenSslCertificates
{
    private readonly aws_allocator* _allocator;
    private PemReader _reader;

    /// <summary>The text must stay; the allocator is for what is needed on the way.</summary>
    internal OpenSslCertificates(aws_byte_cursor pem, aws_allocator* allocator)
    {
        _reader = PemReader.OfAnyLayout(pem);
        _allocator = allocator;
    }

    /// <summary>The place of the present certificate among all objects of the text, from 1.</summary>
    internal readonly nuint Number => _reader.Number;

    /// <summary>
    /// Goes on to the next certificate, which is the caller's; NULL is one that is damaged. False when there is none.
    /// </summary>
    internal bool TryNext(out void* certificate)
    {
        certificate = null;
        while (_reader.TryNext())
        {
            // OpenSSL's own form, with trust settings.
            bool hasSettings = _reader.Is("TRUSTED CERTIFICATE"u8);
            bool isOther = !hasSettings && !_reader.Is("CERTIFICATE"u8) && !_reader.Is("X509 CERTIFICATE"u8);
            if (_reader.IsWhole && isOther)
                continue;

            certificate = Decode(hasSettings);
            return true;
        }

        return false;
    }

    private readonly void* Decode(bool hasSettings)
    {
        aws_byte_buf der;
        if (_reader.IsEncryptedByHeader || !_reader.TryDecode(_allocator, &der))
            return null;

        byte* position = der.buffer;
        void* certificate = hasSettings
            ? LibCrypto.d2i_X509_AUX(null, &position, (nint)der.len)
            : LibCrypto.d2i_X509(null, &position, (nint)der.len);
        ByteBuf.CleanUp(&der);
        return certificate;
    }
}
