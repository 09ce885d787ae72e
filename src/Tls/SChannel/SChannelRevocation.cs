// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tls.SChannel;

/// <summary>
/// Lists of revoked certificates that a program has given: every certificate of a chain but the one that is trusted is
/// looked up in a list of its issuer's that is in force. The system would look in its caches instead. Rule 261.
/// </summary>
internal unsafe struct SChannelRevocation
{
    private nint _lists;

    /// <summary>All of them or none; AWS_OP_ERR with the last error set.</summary>
    internal int Load(aws_byte_buf* pem, aws_allocator* allocator)
    {
        if (pem->len == 0)
            return AWS_OP_SUCCESS;

        _lists = SChannelTrust.NewStore();
        return _lists != 0 && TryAddAll(pem, allocator)
            ? AWS_OP_SUCCESS
            : SChannelErrors.RaiseLastAsContextError("the lists of revoked certificates cannot be used"u8);
    }

    internal void CleanUp()
    {
        if (_lists != 0)
            Crypt32.CertCloseStore(_lists, 0);
        this = default;
    }

    /// <summary>
    /// AWS_ERROR_SUCCESS, or why the chain is not good. Its last certificate is the one that is trusted.
    /// </summary>
    internal readonly int Check(CERT_SIMPLE_CHAIN* links)
    {
        for (uint i = 0; _lists != 0 && i + 1 < links->cElement; i++)
        {
            int error = Check(links->rgpElement[i]->pCertContext, links->rgpElement[i + 1]->pCertContext);
            if (error != AWS_ERROR_SUCCESS)
                return error;
        }

        return AWS_ERROR_SUCCESS;
    }

    private readonly int Check(CERT_CONTEXT* certificate, CERT_CONTEXT* issuer)
    {
        bool isListed = false;
        bool isRevoked = false;
        CRL_CONTEXT* list = null;
        while ((list = Crypt32.CertEnumCRLsInStore(_lists, list)) != null)
        {
            if (!IsOf(list, issuer))
                continue;

            isListed = true;
            CRL_ENTRY* found = null;
            isRevoked |= Crypt32.CertFindCertificateInCRL(certificate, list, 0, null, &found) == 0 || found != null;
        }

        if (isRevoked)
            return AWS_IO_TLS_PEER_CERTIFICATE_REVOKED;
        if (isListed)
            return AWS_ERROR_SUCCESS;

        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_TLS,
            $"static: no list of revoked certificates of an issuer in the chain is in force");
        return AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN;
    }

    // By its name, its signature and its time.
    private static bool IsOf(CRL_CONTEXT* list, CERT_CONTEXT* issuer)
    {
        CRYPT_DATA_BLOB name = list->pCrlInfo->Issuer;
        CRYPT_DATA_BLOB subject = issuer->pCertInfo->Subject;
        return new ReadOnlySpan<byte>(name.pbData, (int)name.cbData).SequenceEqual(
                new ReadOnlySpan<byte>(subject.pbData, (int)subject.cbData)) &&
            Crypt32.CertVerifyCRLTimeValidity(null, list->pCrlInfo) == 0 &&
            Crypt32.CryptVerifyCertificateSignatureEx(
                0,
                Crypt32.X509_ASN_ENCODING,
                Crypt32.CRYPT_VERIFY_CERT_SIGN_SUBJECT_CRL,
                list,
                Crypt32.CRYPT_VERIFY_CERT_SIGN_ISSUER_CERT,
                issuer,
                0,
                null) != 0;
    }

    private readonly bool TryAddAll(aws_byte_buf* pem, aws_allocator* allocator)
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

            bool isAdded = Crypt32.CertAddEncodedCRLToStore(
                _lists,
                Crypt32.X509_ASN_ENCODING,
                der.buffer,
                (uint)der.len,
                Crypt32.CERT_STORE_ADD_ALWAYS,
                null) != 0;
            ByteBuf.CleanUp(&der);
            if (!isAdded)
                return false;
            isEmpty = false;
        }

        return !isEmpty;
    }
}
