// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// The certificates of a PEM text, one after the other, as DER; objects of other kinds are passed over. Engines do not
/// read PEM: theirs accept fewer layouts, and may ask for a pass phrase at the terminal.
/// </summary>
internal unsafe struct PemCertificates
{
    private readonly aws_allocator* _allocator;
    private PemReader _reader;

    /// <summary>The text must stay; the allocator is for what is needed on the way.</summary>
    internal PemCertificates(aws_byte_cursor pem, aws_allocator* allocator)
    {
        _reader = PemReader.OfAnyLayout(pem);
        _allocator = allocator;
    }

    /// <summary>The place of the present certificate among all objects of the text, from 1.</summary>
    internal readonly nuint Number => _reader.Number;

    /// <summary>OpenSSL's own form, in which trust settings follow the certificate.</summary>
    internal readonly bool HasTrustSettings => _reader.Is("TRUSTED CERTIFICATE"u8);

    /// <summary>
    /// Goes on to the next certificate. Its DER is the caller's to clean up, and empty if it is damaged. False when
    /// there is none.
    /// </summary>
    internal bool TryNext(aws_byte_buf* der)
    {
        *der = default;
        while (_reader.TryNext())
        {
            bool isCertificate =
                HasTrustSettings || _reader.Is("CERTIFICATE"u8) || _reader.Is("X509 CERTIFICATE"u8);
            if (_reader.IsWhole && !isCertificate)
                continue;

            if (_reader.IsEncryptedByHeader || !_reader.TryDecode(_allocator, der))
                *der = default;
            return true;
        }

        return false;
    }
}
