// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// Whether a certificate is for the host that was meant. OpenSSL verifies the chain and knows no names; which names are
/// the host's is for <see cref="HostName"/> to say.
/// </summary>
internal static unsafe class OpenSslVerification
{
    /// <summary>A client that verifies its peers.</summary>
    internal static void ApplyToClient(void* sslContext)
    {
        LibSsl.SSL_CTX_set_verify(sslContext, LibSsl.SSL_VERIFY_PEER, OpenSslCallbacks.Table->Verify);

        // Else it would hold name constraints also against a common name that looks like a host's.
        LibCrypto.X509_VERIFY_PARAM_set_hostflags(
            LibSsl.SSL_CTX_get0_param(sslContext), LibCrypto.X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    }

    /// <summary>
    /// OpenSSL has looked at a certificate of a client's chain, the server's own last, and calls it good (1) or not.
    /// What is returned counts.
    /// </summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int OnVerified(int isGood, void* storeContext)
    {
        bool comesAfterNames = isGood == 1
            ? LibCrypto.X509_STORE_CTX_get_error_depth(storeContext) == 0
            : IsCheckedLast(LibCrypto.X509_STORE_CTX_get_error(storeContext));
        if (!comesAfterNames)
            return isGood;

        void* ssl = LibCrypto.X509_STORE_CTX_get_ex_data(storeContext, LibSsl.SSL_get_ex_data_X509_STORE_CTX_idx());
        aws_string* meant = ssl == null ? null : OpenSslConnection.HostMeant(ssl);
        if (meant != null && IsFor(LibCrypto.X509_STORE_CTX_get0_cert(storeContext), meant))
            return isGood;

        // A client that names nobody would be content with anybody's certificate.
        if (meant == null)
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"id=0x{(nint)ssl:x}: no server name was set, so no certificate can be the right one");
        else
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"id=0x{(nint)ssl:x}: the certificate is not for {meant}");
        LibCrypto.X509_STORE_CTX_set_error(storeContext, LibCrypto.X509_V_ERR_HOSTNAME_MISMATCH);
        return 0;
    }

    // A certificate for another host fails for that, also when its signature or its time is wrong as well.
    private static bool IsCheckedLast(int error) => error
        is LibCrypto.X509_V_ERR_CERT_SIGNATURE_FAILURE
        or LibCrypto.X509_V_ERR_CERT_NOT_YET_VALID
        or LibCrypto.X509_V_ERR_CERT_HAS_EXPIRED;

    private static bool IsFor(void* certificate, aws_string* meant) =>
        HostName.TryParse(new ReadOnlySpan<byte>(meant->bytes, (int)meant->len), out HostName host) &&
        IsFor(certificate, host);

    /// <summary>Whether this host is among the names of a certificate.</summary>
    internal static bool IsFor(void* certificate, in HostName host)
    {
        // Of two such extensions nobody knows which counts.
        int at = LibCrypto.X509_get_ext_by_NID(certificate, LibCrypto.NID_subject_alt_name, -1);
        if (at < 0 || LibCrypto.X509_get_ext_by_NID(certificate, LibCrypto.NID_subject_alt_name, at) >= 0)
            return false;

        void* value = LibCrypto.X509_EXTENSION_get_data(LibCrypto.X509_get_ext(certificate, at));
        return value != null &&
            SubjectAltName.Has(
                new ReadOnlySpan<byte>(
                    LibCrypto.ASN1_STRING_get0_data(value), LibCrypto.ASN1_STRING_length(value)),
                host);
    }

    /// <summary>Says what was wrong with the certificate, if that was it.</summary>
    internal static void LogFailure(void* ssl)
    {
        c_long result = LibSsl.SSL_get_verify_result(ssl);
        if (result != LibCrypto.X509_V_OK && LibSsl.SSL_get_verify_mode(ssl) != LibSsl.SSL_VERIFY_NONE)
            Log.Write(
                AWS_LL_WARN,
                AWS_LS_IO_TLS,
                $"id=0x{(nint)ssl:x}: the peer's certificate: {LibCrypto.X509_verify_cert_error_string(result)}");
    }
}
