// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// OCSP responses that servers send along with their certificate: asked for, and looked at when they come. A server
/// that sends none is believed; one that sends a false one, or one that says "revoked", is not.
/// </summary>
internal static unsafe class OpenSslStapling
{
    private const int ClockSkewSeconds = 300;

    // The number of the extension by which responses are asked for.
    private static ReadOnlySpan<byte> StatusRequest => [5];

    // How old a response without an end may be.
    private const int MaxAgeSeconds = 14 * 24 * 3600;

    /// <summary>An OpenSSL built without OCSP lacks all that is needed. OpenSSL has been loaded.</summary>
    internal static bool IsAvailable =>
        LibCrypto.OCSP_basic_verify != null && LibCrypto.OCSP_resp_find_status != null;

    internal static void Apply(void* sslContext)
    {
        if (!IsAvailable)
            return;

        LibSsl.SSL_CTX_ctrl(
            sslContext, LibSsl.SSL_CTRL_SET_TLSEXT_STATUS_REQ_TYPE, LibSsl.TLSEXT_STATUSTYPE_ocsp, null);
        LibSsl.SSL_CTX_callback_ctrl(
            sslContext,
            LibSsl.SSL_CTRL_SET_TLSEXT_STATUS_REQ_CB,
            OpenSslCallbacks.Table->Status);
    }

    /// <summary>Has a server send this response, which must be one that an authority has answered.</summary>
    internal static bool TryGive(void* sslContext, aws_byte_buf* staple)
    {
        if (!IsAvailable)
            return false;

        byte* position = staple->buffer;
        void* response = LibCrypto.d2i_OCSP_RESPONSE(null, &position, (c_long)staple->len);
        bool isAnswer = response != null &&
            LibCrypto.OCSP_response_status(response) == LibCrypto.OCSP_RESPONSE_STATUS_SUCCESSFUL;
        if (response != null)
            LibCrypto.OCSP_RESPONSE_free(response);
        if (isAnswer)
            LibSsl.SSL_CTX_callback_ctrl(
                sslContext, LibSsl.SSL_CTRL_SET_TLSEXT_STATUS_REQ_CB, OpenSslCallbacks.Table->Status);
        return isAnswer;
    }

    /// <summary>A client asks a server for its response, or has got one; its answers have other numbers.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int OnResponse(void* ssl, void* argument)
    {
        OpenSslContext* context = OpenSslConnection.ContextOf(ssl);
        return context != null && context->IsServer ? Give(ssl) : Judge(ssl, context);
    }

    private static int Give(void* ssl)
    {
        OpenSslContext* context = OpenSslConnection.CertificateContextOf(ssl);
        aws_byte_buf* staple = &context->Staple;

        // OpenSSL frees the copy.
        void* copy = staple->len == 0 ? null : LibCrypto.CRYPTO_memdup(staple->buffer, staple->len, null, 0);
        if (copy == null)
            return LibSsl.SSL_TLSEXT_ERR_NOACK;

        LibSsl.SSL_ctrl(ssl, LibSsl.SSL_CTRL_SET_TLSEXT_STATUS_REQ_OCSP_RESP, (c_long)staple->len, copy);
        return LibSsl.SSL_TLSEXT_ERR_OK;
    }

    // 1 accepts the connection, 0 ends it.
    private static int Judge(void* ssl, OpenSslContext* context)
    {
        byte* bytes = null;
        c_long length = LibSsl.SSL_ctrl(ssl, LibSsl.SSL_CTRL_GET_TLSEXT_STATUS_REQ_OCSP_RESP, 0, &bytes);
        if (bytes == null || length <= 0)
            return MayLack(ssl, context) ? 1 : 0;

        byte* position = bytes;
        void* response = LibCrypto.d2i_OCSP_RESPONSE(null, &position, length);
        if (response == null)
            return 0;

        void* basic = LibCrypto.OCSP_response_status(response) == LibCrypto.OCSP_RESPONSE_STATUS_SUCCESSFUL
            ? LibCrypto.OCSP_response_get1_basic(response)
            : null;
        bool isGood = basic != null && IsGood(ssl, basic, context != null && context->RequiresStaple);
        if (basic != null)
            LibCrypto.OCSP_BASICRESP_free(basic);
        LibCrypto.OCSP_RESPONSE_free(response);
        if (!isGood)
            OpenSslErrors.Log(AWS_LL_ERROR, ssl, "the stapled OCSP response does not confirm the certificate"u8);
        return isGood ? 1 : 0;
    }

    // Whether a server may send none.
    private static bool MayLack(void* ssl, OpenSslContext* context)
    {
        // A session that is resumed has had its response.
        if (context == null || !context->HonoursPromisedStaple || LibSsl.SSL_session_reused(ssl) == 1)
            return true;

        void* chain = LibSsl.SSL_get0_verified_chain(ssl);
        bool isPromised = chain != null && LibCrypto.OPENSSL_sk_num(chain) > 0 &&
            IsPromisedBy(LibCrypto.OPENSSL_sk_value(chain, 0));
        if (!context->RequiresStaple && !isPromised)
            return true;

        LibSsl.SSL_set_verify_result(ssl, LibCrypto.X509_V_ERR_OCSP_VERIFY_NEEDED);
        OpenSslErrors.Log(AWS_LL_ERROR, ssl, "the server sends no OCSP response, which it has to"u8);
        return false;
    }

    // RFC 7633: a list of extensions of TLS that a server will have. What cannot be read promises all.
    private static bool IsPromisedBy(void* certificate)
    {
        int at = LibCrypto.X509_get_ext_by_NID(certificate, LibCrypto.NID_tlsfeature, -1);
        if (at < 0)
            return false;

        void* value = LibCrypto.X509_EXTENSION_get_data(LibCrypto.X509_get_ext(certificate, at));
        DerReader whole = new(
            new ReadOnlySpan<byte>(LibCrypto.ASN1_STRING_get0_data(value), LibCrypto.ASN1_STRING_length(value)));
        if (!whole.TryRead(out _, out ReadOnlySpan<byte> list))
            return true;

        DerReader features = new(list);
        while (!features.IsAtEnd)
        {
            if (!features.TryRead(out _, out ReadOnlySpan<byte> feature) || feature.SequenceEqual(StatusRequest))
                return true;
        }

        return false;
    }

    private static bool IsGood(void* ssl, void* basic, bool isRequired)
    {
        void* chain = LibSsl.SSL_get0_verified_chain(ssl);
        if (chain == null || LibCrypto.OPENSSL_sk_num(chain) == 0)
            return false;

        // A certificate that is trusted by itself makes a chain of one. Then its issuer, if anything is known of it, is
        // among what the server has sent.
        void* leaf = LibCrypto.OPENSSL_sk_value(chain, 0);
        void* known = chain;
        void* issuer = FindIssuer(known, leaf);
        if (issuer == null)
            issuer = FindIssuer(known = LibSsl.SSL_get_peer_cert_chain(ssl), leaf);
        if (issuer != null)
            return IsSignedFor(basic, issuer, known) && SaysGood(ssl, basic, leaf, issuer);

        Log.Write(
            AWS_LL_INFO,
            AWS_LS_IO_TLS,
            $"id=0x{(nint)ssl:x}: nobody here can judge the stapled OCSP response, since the certificate is " +
            $"trusted by itself");
        return !isRequired;
    }

    private static void* FindIssuer(void* candidates, void* leaf)
    {
        int count = candidates == null ? 0 : LibCrypto.OPENSSL_sk_num(candidates);
        for (int i = 0; i < count; i++)
        {
            void* candidate = LibCrypto.OPENSSL_sk_value(candidates, i);
            if (LibCrypto.X509_check_issued(candidate, leaf) == LibCrypto.X509_V_OK &&
                LibCrypto.X509_verify(leaf, LibCrypto.X509_get0_pubkey(candidate)) == 1)
            {
                return candidate;
            }
        }

        LibCrypto.ERR_clear_error();
        return null;
    }

    // The issuer signs, or the holder of a certificate that it has issued for that: RFC 6960, 4.2.2.2. So
    // nobody else is to be trusted, and the issuer need not be a root.
    private static bool IsSignedFor(void* basic, void* issuer, void* known)
    {
        void* store = LibCrypto.X509_STORE_new();
        bool isSigned = store != null &&
            LibCrypto.X509_STORE_add_cert(store, issuer) == 1 &&
            LibCrypto.OCSP_basic_verify(basic, known, store, LibCrypto.OCSP_PARTIAL_CHAIN) == 1;
        if (store != null)
            LibCrypto.X509_STORE_free(store);
        return isSigned;
    }

    private static bool SaysGood(void* ssl, void* basic, void* leaf, void* issuer)
    {
        void* id = LibCrypto.OCSP_cert_to_id(null, leaf, issuer);
        if (id == null)
            return false;

        int status = -1;
        int reason = 0;
        void* revokedAt = null;
        void* from = null;
        void* until = null;
        int found = LibCrypto.OCSP_resp_find_status(basic, id, &status, &reason, &revokedAt, &from, &until);
        LibCrypto.OCSP_CERTID_free(id);
        c_long maxAge = until == null ? MaxAgeSeconds : -1;
        if (found != 1 || LibCrypto.OCSP_check_validity(from, until, ClockSkewSeconds, maxAge) != 1)
            return false;

        OpenSslConnection.LimitByStaple(
            ssl, until == null ? OpenSslValidity.TimeOf(from) + MaxAgeSeconds : OpenSslValidity.TimeOf(until));
        if (status == LibCrypto.V_OCSP_CERTSTATUS_REVOKED)
            LibSsl.SSL_set_verify_result(ssl, LibCrypto.X509_V_ERR_CERT_REVOKED);
        return status == LibCrypto.V_OCSP_CERTSTATUS_GOOD;
    }
}
