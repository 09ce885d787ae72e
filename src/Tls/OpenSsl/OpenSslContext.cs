// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// An SSL_CTX and what belongs to it. After <see cref="New"/> it does not change, so all threads may use it.
/// </summary>
internal unsafe struct OpenSslContext
{
    // One is enough for a client that keeps the latest, and every further one costs the server a record.
    private const nuint TicketsPerHandshake = 1;

    internal void* SslContext;
    internal bool IsServer;
    internal bool VerifiesPeer;

    /// <summary>Whether somebody else has the private key; then handshakes may have to wait for it.</summary>
    internal bool AsksForKeyOperations;
    internal SessionCache* Sessions;

    /// <summary>The handle of a file for its connections' secrets, plus one; 0 if there is none.</summary>
    internal nint KeyLogFile;

    /// <summary>With certificates for other names; they last as long as this one.</summary>
    internal OpenSslContext** Others;
    internal int OtherCount;

    /// <summary>A server's OCSP response; empty if it sends none.</summary>
    internal aws_byte_buf Staple;

    /// <summary>A client demands a good OCSP response, always, or where the certificate promises one.</summary>
    internal bool RequiresStaple;
    internal bool HonoursPromisedStaple;
    private aws_allocator* _allocator;

    /// <summary>See <see cref="TlsEngine.NewContext"/>.</summary>
    internal static void* New(
        aws_allocator* allocator, aws_tls_ctx_options* options, TlsContextExtras* extras, bool isServer)
    {
        if (!OpenSslLibrary.IsAvailable)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: no TLS context without OpenSSL 3");
            return Errors.RaiseNull(AWS_IO_TLS_CTX_ERROR);
        }

        if (!OpenSslPolicy.IsSupported(options->cipher_pref))
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"static: cipher preference {(uint)options->cipher_pref} is not supported");
            return Errors.RaiseNull(AWS_IO_TLS_CIPHER_PREF_UNSUPPORTED);
        }

        LibCrypto.ERR_clear_error();
        OpenSslContext* context = (OpenSslContext*)Allocator.Calloc(allocator, 1, (nuint)sizeof(OpenSslContext));
        context->_allocator = allocator;
        context->IsServer = isServer;
        context->VerifiesPeer = options->verify_peer;
        context->SslContext = LibSsl.SSL_CTX_new(LibSsl.TLS_method());
        int result = context->SslContext == null
            ? OpenSslErrors.RaiseContextError("OpenSSL makes no context"u8)
            : SetUp(context, options, extras);
        if (result == AWS_OP_SUCCESS)
            return context;

        int error = Errors.LastError();
        Free(context);
        return Errors.RaiseNull(error);
    }

    /// <summary>Connections keep the SSL_CTX by themselves, but not what else is here.</summary>
    internal static void Free(void* engineContext)
    {
        OpenSslContext* context = (OpenSslContext*)engineContext;
        if (context->SslContext != null)
            LibSsl.SSL_CTX_free(context->SslContext);
        SessionCache.Free(context->Sessions);
        if (context->KeyLogFile != 0)
            KeyLog.Close(context->KeyLogFile - 1);
        ByteBuf.CleanUp(&context->Staple);
        Allocator.Release(context->_allocator, context->Others);
        Allocator.Release(context->_allocator, context);
    }

    private static int SetUp(OpenSslContext* context, aws_tls_ctx_options* options, TlsContextExtras* extras)
    {
        void* sslContext = context->SslContext;
        if (OpenSslPolicy.Apply(sslContext, options, context->IsServer) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        SetModes(sslContext);
        if (extras != null && extras->KeyLogPath.len > 0)
        {
            context->KeyLogFile = KeyLog.OpenFor(&extras->KeyLogPath) + 1;
            if (context->KeyLogFile == 0)
            {
                extras->KeyLogError = Errors.LastError();
                return AWS_OP_ERR;
            }
        }

        if (context->KeyLogFile != 0 || KeyLog.IsOpen())
            LibSsl.SSL_CTX_set_keylog_callback(sslContext, OpenSslCallbacks.Table->Secret);
        SetFragmentSize(context, options);
        if (SetCredentials(context, options) != AWS_OP_SUCCESS || SetTrust(context, options) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;
        if (extras != null && SetExtras(context, options, extras) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        bool keepsSessions = extras == null || !extras->IsResumptionOff;
        if (context->IsServer)
            SetUpServer(context, keepsSessions);
        else if (SessionCache.IsEnabled && keepsSessions)
            context->Sessions = OpenSslSessions.NewCache(context->_allocator, sslContext);
        return AWS_OP_SUCCESS;
    }

    private static int SetExtras(OpenSslContext* context, aws_tls_ctx_options* options, TlsContextExtras* extras)
    {
        context->RequiresStaple = extras->RequiresStaple;
        context->HonoursPromisedStaple = true;
        bool isStapling = !context->IsServer && options->verify_peer && !options->no_certificate_revocation;
        if (extras->RequiresStaple && !(isStapling && OpenSslStapling.IsAvailable))
            return OpenSslErrors.RaiseContextError("OCSP responses cannot be asked for"u8);
        if (extras->RevocationLists.len > 0 &&
            OpenSslTrust.AddRevocationLists(context->SslContext, options, extras, context->_allocator)
                != AWS_OP_SUCCESS)
        {
            return AWS_OP_ERR;
        }

        if (extras->Staple.len > 0 && !OpenSslStapling.TryGive(context->SslContext, &extras->Staple))
            return OpenSslErrors.RaiseContextError("the OCSP response cannot be used"u8);
        if (extras->Staple.len > 0)
            ByteBuf.InitCopyFromCursor(&context->Staple, context->_allocator, ByteCursor.FromBuf(&extras->Staple));
        SetOthers(context, extras);
        return AWS_OP_SUCCESS;
    }

    private static void SetOthers(OpenSslContext* context, TlsContextExtras* extras)
    {
        if (extras->OtherCount == 0)
            return;

        context->OtherCount = extras->OtherCount;
        context->Others = (OpenSslContext**)Allocator.Calloc(
            context->_allocator, (nuint)extras->OtherCount, (nuint)sizeof(OpenSslContext*));
        for (int i = 0; i < extras->OtherCount; i++)
            context->Others[i] = (OpenSslContext*)TlsContext.Of(extras->Others[i])->EngineContext;
        OpenSslServerNames.Apply(context->SslContext);
    }

    private static void SetModes(void* sslContext)
    {
        LibSsl.SSL_CTX_set_options(
            sslContext,
            LibSsl.SSL_OP_NO_RENEGOTIATION | LibSsl.SSL_OP_NO_COMPRESSION | LibSsl.SSL_OP_CIPHER_SERVER_PREFERENCE);
        const int modes = LibSsl.SSL_MODE_ENABLE_PARTIAL_WRITE | LibSsl.SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
            LibSsl.SSL_MODE_AUTO_RETRY | LibSsl.SSL_MODE_RELEASE_BUFFERS;
        LibSsl.SSL_CTX_ctrl(sslContext, LibSsl.SSL_CTRL_MODE, modes, null);
        LibSsl.SSL_CTX_ctrl(sslContext, LibSsl.SSL_CTRL_SET_SESS_CACHE_MODE, LibSsl.SSL_SESS_CACHE_OFF, null);
    }

    // Only a client can ask for records of another size, and only for one of these.
    private static void SetFragmentSize(OpenSslContext* context, aws_tls_ctx_options* options)
    {
        byte mode = options->max_fragment_size switch
        {
            512 => 1,
            1024 => 2,
            2048 => 3,
            4096 => 4,
            _ => 0,
        };
        if (mode != 0 && !context->IsServer)
            LibSsl.SSL_CTX_set_tlsext_max_fragment_length(context->SslContext, mode);
    }

    private static int SetCredentials(OpenSslContext* context, aws_tls_ctx_options* options)
    {
        void* sslContext = context->SslContext;
        if (TlsContextOptions.UsesKeyHandler(options))
        {
            context->AsksForKeyOperations = true;
            return OpenSslRemoteKey.Use(sslContext, options, context->IsServer, context->_allocator);
        }

        if (!TlsContextOptions.IsSet(&options->certificate) ||
            !TlsContextOptions.IsSet(&options->private_key))
        {
            return AWS_OP_SUCCESS;
        }

        return OpenSslCredentials.Use(sslContext, options, context->_allocator);
    }

    private static int SetTrust(OpenSslContext* context, aws_tls_ctx_options* options)
    {
        if (!options->verify_peer)
        {
            LibSsl.SSL_CTX_set_verify(context->SslContext, LibSsl.SSL_VERIFY_NONE, null);
            if (!context->IsServer)
                Log.Write(
                    AWS_LL_WARN,
                    AWS_LS_IO_TLS,
                    $"id=0x{(nint)context:x}: servers are not asked who they are; anybody in between can read and " +
                    $"change everything");
            return AWS_OP_SUCCESS;
        }

        if (context->IsServer)
            VerifyClients(context->SslContext);
        else
            OpenSslVerification.ApplyToClient(context->SslContext);
        if (!context->IsServer && !options->no_certificate_revocation)
            OpenSslStapling.Apply(context->SslContext);
        return OpenSslTrust.Apply(context->SslContext, options, context->_allocator);
    }

    private static void VerifyClients(void* sslContext)
    {
        LibSsl.SSL_CTX_set_verify(
            sslContext, LibSsl.SSL_VERIFY_PEER | LibSsl.SSL_VERIFY_FAIL_IF_NO_PEER_CERT, null);

        // Devices show certificates that were issued for servers; aws-c-io's servers take them.
        LibCrypto.X509_VERIFY_PARAM_set_purpose(LibSsl.SSL_CTX_get0_param(sslContext), LibCrypto.X509_PURPOSE_ANY);
    }

    private static void SetUpServer(OpenSslContext* context, bool keepsSessions)
    {
        void* sslContext = context->SslContext;
        if (context->VerifiesPeer)
            OpenSslTickets.Apply(sslContext);

        // Sessions live in the tickets that clients keep; servers of one context accept each other's.
        byte* name = Literal.Of("reseau"u8);
        LibSsl.SSL_CTX_set_session_id_context(sslContext, name, 6);
        LibSsl.SSL_CTX_set_num_tickets(sslContext, keepsSessions ? TicketsPerHandshake : 0);
        if (!keepsSessions)
            LibSsl.SSL_CTX_set_options(sslContext, LibSsl.SSL_OP_NO_TICKET);
        LibSsl.SSL_CTX_set_alpn_select_cb(sslContext, OpenSslCallbacks.Table->Protocols, null);
    }
}
