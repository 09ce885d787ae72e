// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>What connections share: certificates, trust, settings. Counted; any thread.</summary>
internal unsafe struct TlsContext
{
    // First: the pointer that the user holds is this one's.
    internal aws_tls_ctx Ctx;
    internal TlsEngine* Engine;
    internal void* EngineContext;
    internal bool IsServer;

    /// <summary>For connections without a list of their own.</summary>
    internal AlpnList Protocols;

    /// <summary>Held; NULL when the engine has the private key, or when there is none.</summary>
    internal aws_custom_key_op_handler* KeyHandler;

    // Held: an engine's context may choose one of them.
    private aws_tls_ctx** _others;
    private int _otherCount;

    internal static TlsContext* Of(aws_tls_ctx* ctx) => (TlsContext*)ctx->impl;

    /// <summary>For servers; see <see cref="NewClient"/>.</summary>
    internal static aws_tls_ctx* NewServer(
        aws_allocator* alloc, aws_tls_ctx_options* options, TlsContextExtras* extras = null) =>
        New(alloc, options, extras, isServer: true);

    /// <summary>
    /// For clients. All that is needed of the options is copied. NULL with the last error set on failure, which is
    /// AWS_IO_TLS_CTX_ERROR where no other fits.
    /// </summary>
    internal static aws_tls_ctx* NewClient(
        aws_allocator* alloc, aws_tls_ctx_options* options, TlsContextExtras* extras = null) =>
        New(alloc, options, extras, isServer: false);

    private static aws_tls_ctx* New(
        aws_allocator* allocator, aws_tls_ctx_options* options, TlsContextExtras* extras, bool isServer)
    {
        if (allocator == null || options == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        TlsEngine* engine = TlsEngines.For(options);
        if (extras != null && !AreOthersOf(extras, engine))
            return (aws_tls_ctx*)Errors.RaiseNull(AWS_IO_TLS_CTX_ERROR);

        void* engineContext = engine->NewContext(allocator, options, extras, isServer);
        if (engineContext == null)
            return null;

        TlsContext* context = (TlsContext*)Allocator.Calloc(allocator, 1, (nuint)sizeof(TlsContext));
        if (options->alpn_list != null &&
            AlpnList.Init(&context->Protocols, allocator, options->alpn_list) != AWS_OP_SUCCESS)
        {
            int error = Errors.LastError();
            engine->FreeContext(engineContext);
            Allocator.Release(allocator, context);
            return (aws_tls_ctx*)Errors.RaiseNull(error);
        }

        context->Ctx.alloc = allocator;
        context->Ctx.impl = context;
        context->Engine = engine;
        context->EngineContext = engineContext;
        context->IsServer = isServer;
        if (TlsContextOptions.UsesKeyHandler(options))
            context->KeyHandler = CustomKeyOperationHandler.Acquire(options->custom_key_op_handler);
        if (extras != null)
            HoldOthers(context, extras);
        AwsRefCount.Init(&context->Ctx.ref_count, context, &OnUnreferenced);
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_TLS, $"id=0x{(nint)context:x}: new context, for servers: {isServer}");
        return &context->Ctx;
    }

    // One that a token has the key of may be another engine's than those beside it.
    private static bool AreOthersOf(TlsContextExtras* extras, TlsEngine* engine)
    {
        for (int i = 0; i < extras->OtherCount; i++)
        {
            if (Of(extras->Others[i])->Engine == engine)
                continue;

            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"static: the certificates of a server, one of which has its key in a token, need different engines");
            return false;
        }

        return true;
    }

    private static void HoldOthers(TlsContext* context, TlsContextExtras* extras)
    {
        if (extras->OtherCount == 0)
            return;

        context->_otherCount = extras->OtherCount;
        context->_others = (aws_tls_ctx**)Allocator.Calloc(
            context->Ctx.alloc, (nuint)extras->OtherCount, (nuint)sizeof(aws_tls_ctx*));
        for (int i = 0; i < extras->OtherCount; i++)
            context->_others[i] = Acquire(extras->Others[i]);
    }

    /// <summary>One more reference; NULL gives NULL.</summary>
    internal static aws_tls_ctx* Acquire(aws_tls_ctx* ctx)
    {
        if (ctx != null)
            AwsRefCount.Acquire(&ctx->ref_count);
        return ctx;
    }

    /// <summary>Ends a reference; the last one frees the context.</summary>
    internal static void Release(aws_tls_ctx* ctx)
    {
        if (ctx != null)
            AwsRefCount.Release(&ctx->ref_count);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnUnreferenced(void* userData)
    {
        TlsContext* context = (TlsContext*)userData;
        context->Engine->FreeContext(context->EngineContext);
        for (int i = 0; i < context->_otherCount; i++)
            Release(context->_others[i]);
        Allocator.Release(context->Ctx.alloc, context->_others);
        AlpnList.CleanUp(&context->Protocols);
        aws_custom_key_op_handler* keyHandler = context->KeyHandler;
        Allocator.Release(context->Ctx.alloc, context);
        CustomKeyOperationHandler.Release(keyHandler);
    }
}
