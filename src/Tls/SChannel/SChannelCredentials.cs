// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tls.SChannel;

/// <summary>Asks the provider for credentials: in the newer form, which has TLS 1.3, or else in the older.</summary>
internal static unsafe class SChannelCredentials
{
    /// <summary>What a system says that has none of the versions: SEC_E_NO_AUTHENTICATING_AUTHORITY.</summary>
    internal const int NoVersion = unchecked((int)0x80090311);

    // A session that lasts so long is not resumed. 0 would be the system's default.
    private const uint ShortestLifespan = 1;

    private const uint OfServers = Sspi.SP_PROT_TLS1_0_SERVER | Sspi.SP_PROT_TLS1_1_SERVER |
        Sspi.SP_PROT_TLS1_2_SERVER | Sspi.SP_PROT_TLS1_3_SERVER;

    // The bit of a version, of those of clients; a server's is the one below.
    private static uint BitOf(aws_tls_versions version) => version switch
    {
        AWS_IO_TLSv1 => Sspi.SP_PROT_TLS1_0_CLIENT,
        AWS_IO_TLSv1_1 => Sspi.SP_PROT_TLS1_1_CLIENT,
        AWS_IO_TLSv1_3 => Sspi.SP_PROT_TLS1_3_CLIENT,
        _ => Sspi.SP_PROT_TLS1_2_CLIENT,
    };

    /// <summary>Whether a connection of this version, as the provider has it, is allowed.</summary>
    internal static bool IsAllowed(uint protocol, aws_tls_versions lowest)
    {
        uint client = (protocol & OfServers) != 0 ? protocol << 1 : protocol;
        return client >= BitOf(lowest);
    }

    /// <summary>Shows the certificate, if it is not NULL. The status of the provider.</summary>
    internal static int Acquire(SChannelContext* context, CERT_CONTEXT* certificate)
    {
        int status = SChannelEngine.TakesOlderForm ? NoVersion : AcquireNewer(context, certificate);
        return status == Sspi.SEC_E_OK ? status : AcquireOlder(context, certificate);
    }

    private static int AcquireNewer(SChannelContext* context, CERT_CONTEXT* certificate)
    {
        TLS_PARAMETERS parameters = new()
        {
            // All that are older, SSL included; bits of versions to come are not among them.
            grbitDisabledProtocols = BitOf(context->LowestVersion) - 1,
        };
        if (context->IsServer)
            parameters.grbitDisabledProtocols >>= 1;
        SCH_CREDENTIALS credentials = new()
        {
            dwVersion = Sspi.SCH_CREDENTIALS_VERSION,
            cCreds = certificate == null ? 0u : 1,
            paCred = certificate == null ? null : &certificate,
            dwSessionLifespan = LifespanOf(context),
            dwFlags = FlagsOf(context),
            cTlsParameters = 1,
            pTlsParameters = &parameters,
        };
        return Acquire(context, &credentials);
    }

    private static int AcquireOlder(SChannelContext* context, CERT_CONTEXT* certificate)
    {
        // TLS 1.3 is not for this form.
        uint enabled = (Sspi.SP_PROT_TLS1_3_CLIENT - BitOf(context->LowestVersion)) &
            (Sspi.SP_PROT_TLS1_0_CLIENT | Sspi.SP_PROT_TLS1_1_CLIENT | Sspi.SP_PROT_TLS1_2_CLIENT);
        if (enabled == 0)
            return NoVersion;

        SCHANNEL_CRED credentials = new()
        {
            dwVersion = Sspi.SCHANNEL_CRED_VERSION,
            cCreds = certificate == null ? 0u : 1,
            paCred = certificate == null ? null : &certificate,
            grbitEnabledProtocols = context->IsServer ? enabled >> 1 : enabled,
            dwSessionLifespan = LifespanOf(context),
            dwFlags = FlagsOf(context),
        };
        return Acquire(context, &credentials);
    }

    private static uint LifespanOf(SChannelContext* context) => context->ResumesSessions ? 0 : ShortestLifespan;

    private static uint FlagsOf(SChannelContext* context)
    {
        if (!context->IsServer)
        {
            return Sspi.SCH_CRED_MANUAL_CRED_VALIDATION | Sspi.SCH_CRED_NO_DEFAULT_CREDS | Sspi.SCH_USE_STRONG_CRYPTO;
        }

        uint reconnects = context->ResumesSessions ? 0 : Sspi.SCH_CRED_DISABLE_RECONNECTS;
        return Sspi.SCH_CRED_NO_SYSTEM_MAPPER | Sspi.SCH_USE_STRONG_CRYPTO | reconnects;
    }

    private static int Acquire(SChannelContext* context, void* credentials)
    {
        long expiry;
        fixed (char* package = "Microsoft Unified Security Protocol Provider")
        {
            return SChannelEngine.Functions->AcquireCredentialsHandleW(
                null,
                package,
                context->IsServer ? Sspi.SECPKG_CRED_INBOUND : Sspi.SECPKG_CRED_OUTBOUND,
                null,
                credentials,
                null,
                null,
                &context->Credentials,
                &expiry);
        }
    }
}
