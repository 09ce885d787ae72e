// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tls.SChannel;

/// <summary>
/// Whether a peer's certificate is good. The system builds the chain and says what is wrong with it; which names are
/// the host's is for <see cref="HostName"/> to say. The order of what is wrong is that of ADR 18.
/// </summary>
internal static unsafe class SChannelVerification
{
    private const uint Ignored =
        Crypt32.CERT_TRUST_REVOCATION_STATUS_UNKNOWN | Crypt32.CERT_TRUST_IS_OFFLINE_REVOCATION;

    /// <summary>
    /// AWS_ERROR_SUCCESS, or why not. The name is that of the host that was meant, or NULL; servers ask for none.
    /// </summary>
    internal static int Check(SChannelContext* context, CERT_CONTEXT* certificate, aws_string* name)
    {
        CERT_CHAIN_CONTEXT* chain = Build(context, certificate);
        if (chain == null)
            return AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN;

        int error = OfLinks(context, chain);
        if (error == AWS_ERROR_SUCCESS && !context->IsServer && !IsFor(certificate, name))
            error = AWS_IO_TLS_HOST_NAME_MISMATCH;
        if (error == AWS_ERROR_SUCCESS)
            error = OfCertificates(chain);
        if (error == AWS_ERROR_SUCCESS)
            error = context->Revocation.Check(chain->rgpChain[0]);
        if (error == AWS_ERROR_SUCCESS && !context->IsServer && !IsForServers(chain))
            error = AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN;
        Crypt32.CertFreeCertificateChain(chain);
        return error;
    }

    // Nothing is asked for over the network, on a loop's thread, but one thing: a system may not have a root yet that
    // it trusts, and get it from its maker only then (ADR 40).
    private static CERT_CHAIN_CONTEXT* Build(SChannelContext* context, CERT_CONTEXT* certificate)
    {
        uint flags = Crypt32.CERT_CHAIN_CACHE_ONLY_URL_RETRIEVAL;
        if (context->ChecksRevocation)
        {
            flags |= Crypt32.CERT_CHAIN_REVOCATION_CHECK_END_CERT |
                Crypt32.CERT_CHAIN_REVOCATION_CHECK_CACHE_ONLY;
        }

        CERT_CHAIN_CONTEXT* chain = Build(context, certificate, flags);
        const uint unknown = Crypt32.CERT_TRUST_IS_UNTRUSTED_ROOT | Crypt32.CERT_TRUST_IS_PARTIAL_CHAIN;
        if (chain == null || context->Trust.Engine != 0 || (chain->dwErrorStatus & unknown) == 0)
            return chain;

        Crypt32.CertFreeCertificateChain(chain);
        flags &= ~Crypt32.CERT_CHAIN_CACHE_ONLY_URL_RETRIEVAL;
        return Build(context, certificate, flags | Crypt32.CERT_CHAIN_DISABLE_AIA);
    }

    private static CERT_CHAIN_CONTEXT* Build(SChannelContext* context, CERT_CONTEXT* certificate, uint flags)
    {
        CERT_CHAIN_PARA parameters = new() { cbSize = (uint)sizeof(CERT_CHAIN_PARA) };
        CERT_CHAIN_CONTEXT* chain;
        if (Crypt32.CertGetCertificateChain(
            context->Trust.Engine, certificate, null, certificate->hCertStore, &parameters, flags, null, &chain) != 0)
        {
            return chain;
        }

        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"id=0x{(nint)certificate:x}: no chain can be made of the certificate");
        return null;
    }

    private static int OfLinks(SChannelContext* context, CERT_CHAIN_CONTEXT* chain)
    {
        CERT_SIMPLE_CHAIN* links = chain->rgpChain[0];
        CERT_CONTEXT* last = links->rgpElement[links->cElement - 1]->pCertContext;

        // Where the program says what is trusted the system's word alone is not enough.
        bool isKnown = context->Trust.Engine == 0 || context->Trust.HasRoot(last);
        if ((chain->dwErrorStatus & Crypt32.CERT_TRUST_IS_PARTIAL_CHAIN) != 0)
            return isKnown && context->Trust.Engine != 0 ? AWS_ERROR_SUCCESS : AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND;
        bool isUntrusted = !isKnown || (chain->dwErrorStatus & Crypt32.CERT_TRUST_IS_UNTRUSTED_ROOT) != 0;
        return isUntrusted ? AWS_IO_TLS_UNKNOWN_ROOT_CERTIFICATE : AWS_ERROR_SUCCESS;
    }

    private static int OfCertificates(CERT_CHAIN_CONTEXT* chain)
    {
        uint status = chain->dwErrorStatus &
            ~(Ignored | Crypt32.CERT_TRUST_IS_PARTIAL_CHAIN | Crypt32.CERT_TRUST_IS_UNTRUSTED_ROOT);
        if (status == 0)
            return AWS_ERROR_SUCCESS;
        if ((status & Crypt32.CERT_TRUST_IS_NOT_SIGNATURE_VALID) != 0)
            return AWS_IO_TLS_BAD_CERTIFICATE;
        if ((status & Crypt32.CERT_TRUST_IS_NOT_TIME_VALID) != 0)
            return OfTime(chain->rgpChain[0]);
        return (status & Crypt32.CERT_TRUST_IS_REVOKED) != 0
            ? AWS_IO_TLS_PEER_CERTIFICATE_REVOKED
            : AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN;
    }

    private static int OfTime(CERT_SIMPLE_CHAIN* links)
    {
        for (uint i = 0; i < links->cElement; i++)
        {
            int order = Crypt32.CertVerifyTimeValidity(null, links->rgpElement[i]->pCertContext->pCertInfo);
            if (order != 0)
                return order < 0 ? AWS_IO_TLS_CERTIFICATE_NOT_YET_VALID : AWS_IO_TLS_CERTIFICATE_EXPIRED;
        }

        return AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN;
    }

    // The rest of what the system asks of a server's chain, roots, revocation and names having been looked at: what it
    // is for, and what its authorities may do.
    private static bool IsForServers(CERT_CHAIN_CONTEXT* chain)
    {
        SSL_EXTRA_CERT_CHAIN_POLICY_PARA ssl = new()
        {
            cbSize = (uint)sizeof(SSL_EXTRA_CERT_CHAIN_POLICY_PARA),
            dwAuthType = Crypt32.AUTHTYPE_SERVER,
            fdwChecks = Crypt32.SECURITY_FLAG_IGNORE_CERT_CN_INVALID | Crypt32.SECURITY_FLAG_IGNORE_REVOCATION |
                Crypt32.SECURITY_FLAG_IGNORE_UNKNOWN_CA,
        };
        CERT_CHAIN_POLICY_PARA parameters = new()
        {
            cbSize = (uint)sizeof(CERT_CHAIN_POLICY_PARA),
            dwFlags = Crypt32.CERT_CHAIN_POLICY_IGNORE_ALL_REV_UNKNOWN_FLAGS |
                Crypt32.CERT_CHAIN_POLICY_ALLOW_UNKNOWN_CA_FLAG,
            pvExtraPolicyPara = &ssl,
        };
        CERT_CHAIN_POLICY_STATUS status = new() { cbSize = (uint)sizeof(CERT_CHAIN_POLICY_STATUS) };
        bool isChecked =
            Crypt32.CertVerifyCertificateChainPolicy(Crypt32.CERT_CHAIN_POLICY_SSL, chain, &parameters, &status) != 0;
        if (isChecked && status.dwError == 0)
            return true;

        Log.Write(
            AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: the chain is not for a server, status 0x{(uint)status.dwError:x}");
        return false;
    }

    // A client that names nobody would be content with anybody's certificate.
    private static bool IsFor(CERT_CONTEXT* certificate, aws_string* name)
    {
        if (name == null)
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"static: no server name was set, so no certificate can be the right one");
            return false;
        }

        if (HostName.TryParse(new ReadOnlySpan<byte>(name->bytes, (int)name->len), out HostName host) &&
            SubjectAltName.Has(SChannelServerNames.NamesIn(certificate->pCertInfo), host))
        {
            return true;
        }

        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: the certificate is not for {name}");
        return false;
    }
}
