// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tls.SChannel;

/// <summary>
/// Credentials, the certificate that they show, and what is trusted. After <see cref="New"/> it does not change, so all
/// threads may use it. It outlives its connections: rule 257.
/// </summary>
internal unsafe struct SChannelContext
{
    internal SecHandle Credentials;
    internal bool IsServer;
    internal bool VerifiesPeer;
    internal bool ChecksRevocation;
    internal bool ResumesSessions;
    internal SChannelTrust Trust;
    internal SChannelRevocation Revocation;
    internal aws_tls_versions LowestVersion;

    /// <summary>The certificate that is shown, by whose names it is chosen; NULL if there is none.</summary>
    internal CERT_CONTEXT* Shown;

    /// <summary>A server's other certificates; the contexts are the holder's (rule 164).</summary>
    internal SChannelContext** Others;
    internal int OtherCount;

    /// <summary>The longest content of a record that is sent, if that is less than usual; else 0.</summary>
    internal nuint FragmentSize;
    private bool _hasCredentials;
    private SChannelIdentity _identity;
    private aws_allocator* _allocator;

    /// <summary>See <see cref="TlsEngine.NewContext"/>.</summary>
    internal static void* New(
        aws_allocator* allocator, aws_tls_ctx_options* options, TlsContextExtras* extras, bool isServer)
    {
        if (extras != null && !IsSupported(extras))
            return Errors.RaiseNull(AWS_ERROR_PLATFORM_NOT_SUPPORTED);

        if (!SChannelEngine.IsSupported(options->cipher_pref))
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"static: cipher preference {(uint)options->cipher_pref} is not supported by the system's TLS");
            return Errors.RaiseNull(AWS_IO_TLS_CIPHER_PREF_UNSUPPORTED);
        }

        SChannelContext* context = (SChannelContext*)Allocator.Calloc(allocator, 1, (nuint)sizeof(SChannelContext));
        context->_allocator = allocator;
        context->IsServer = isServer;
        context->VerifiesPeer = options->verify_peer;
        context->ResumesSessions = SessionCache.IsEnabled && (extras == null || !extras->IsResumptionOff);
        context->ChecksRevocation = !isServer && !options->no_certificate_revocation;
        if (SetUp(context, options) == AWS_OP_SUCCESS && SetUpRevocation(context, options, extras) == AWS_OP_SUCCESS)
        {
            context->Shown = context->_identity.Certificate;
            SetOthers(context, extras);
            return context;
        }

        int error = Errors.LastError();
        Free(context);
        return Errors.RaiseNull(error);
    }

    /// <summary>
    /// See <see cref="TlsEngine.FreeContext"/>. Credentials first: they refer to the certificate and its key.
    /// </summary>
    internal static void Free(void* engineContext)
    {
        SChannelContext* context = (SChannelContext*)engineContext;
        if (context->_hasCredentials)
            SChannelEngine.Functions->FreeCredentialsHandle(&context->Credentials);
        context->_identity.CleanUp();
        context->Trust.CleanUp();
        context->Revocation.CleanUp();
        Allocator.Release(context->_allocator, context->Others);
        Allocator.Release(context->_allocator, context);
    }

    private static void SetOthers(SChannelContext* context, TlsContextExtras* extras)
    {
        if (extras == null || extras->OtherCount == 0)
            return;

        context->OtherCount = extras->OtherCount;
        context->Others = (SChannelContext**)Allocator.Calloc(
            context->_allocator, (nuint)extras->OtherCount, (nuint)sizeof(SChannelContext*));
        for (int i = 0; i < extras->OtherCount; i++)
            context->Others[i] = (SChannelContext*)TlsContext.Of(extras->Others[i])->EngineContext;
    }

    private static bool IsSupported(TlsContextExtras* extras)
    {
        bool isSupported = extras->Staple.len == 0 && !extras->RequiresStaple && extras->KeyLogPath.len == 0;
        if (!isSupported)
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"static: the system's TLS takes no stapled responses and gives no secrets out");
        return isSupported;
    }

    // Only where the context itself says what is trusted.
    private static int SetUpRevocation(SChannelContext* context, aws_tls_ctx_options* options, TlsContextExtras* extras)
    {
        if (extras == null || extras->RevocationLists.len == 0)
            return AWS_OP_SUCCESS;
        return context->VerifiesPeer && TlsContextOptions.IsSet(&options->ca_file)
            ? context->Revocation.Load(&extras->RevocationLists, context->_allocator)
            : SChannelErrors.RaiseContextError("lists of revoked certificates need certificates to trust"u8, 0);
    }

    private static int SetUp(SChannelContext* context, aws_tls_ctx_options* options)
    {
        aws_tls_versions lowest;
        if (VersionPolicy.Lowest(options, context->IsServer, &lowest) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        context->LowestVersion = lowest;
        context->FragmentSize = options->max_fragment_size is 512 or 1024 or 2048 or 4096
            ? options->max_fragment_size
            : 0;
        if (KeyLog.IsOpen())
            Log.Write(AWS_LL_WARN, AWS_LS_IO_TLS, $"static: the system's TLS does not give its secrets out");
        if (context->VerifiesPeer && context->Trust.Load(options, context->_allocator) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;
        if (!context->VerifiesPeer && !context->IsServer)
            Log.Write(
                AWS_LL_WARN,
                AWS_LS_IO_TLS,
                $"id=0x{(nint)context:x}: servers are not asked who they are; anybody in between can read and change " +
                $"everything");
        return SetUpCredentials(context, options);
    }

    // A key in memory leaves nothing behind, but not every system takes one: then it is in a container meanwhile.
    private static int SetUpCredentials(SChannelContext* context, aws_tls_ctx_options* options)
    {
        if (!SChannelIdentity.IsGiven(options))
            return Acquire(context);

        bool triesMemory = !context->IsServer && context->_identity.LoadWithKeyInMemory(options, context->_allocator);
        if (triesMemory && SChannelCredentials.Acquire(context, context->_identity.Certificate) == Sspi.SEC_E_OK)
        {
            context->_hasCredentials = true;
            return AWS_OP_SUCCESS;
        }

        context->_identity.CleanUp();
        return context->_identity.Load(options, context->_allocator) == AWS_OP_SUCCESS ? Acquire(context) : AWS_OP_ERR;
    }

    private static int Acquire(SChannelContext* context)
    {
        int status = SChannelCredentials.Acquire(context, context->_identity.Certificate);
        context->_hasCredentials = status == Sspi.SEC_E_OK;
        if (context->_hasCredentials)
            return AWS_OP_SUCCESS;
        if (status is Sspi.SEC_E_ALGORITHM_MISMATCH or SChannelCredentials.NoVersion)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: the system has no such version of TLS");
            return Errors.Raise(AWS_IO_TLS_VERSION_UNSUPPORTED);
        }

        return SChannelErrors.RaiseContextError("the system's TLS gives no credentials"u8, status);
    }
}
