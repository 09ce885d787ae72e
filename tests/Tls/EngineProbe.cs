// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Abi;
using Reseau.Native.Tls;
using Xunit;

namespace Reseau.Native.Tests.Tls;

/// <summary>
/// Gives a test access to the engine's own connection, to have OpenSSL do what our side never does. For the connections of one
/// context, as long as this lives.
/// </summary>
internal sealed unsafe class EngineProbe : IDisposable
{
    private static TlsEngine* s_real;
    private static void* s_connection;

    private readonly nint _libssl = NativeLibrary.Load("libssl.so.3");
    private readonly TlsEngine* _engine = (TlsEngine*)NativeMemory.Alloc((nuint)sizeof(TlsEngine));
    private readonly TlsContext* _context;

    internal EngineProbe(aws_tls_ctx* context)
    {
        _context = TlsContext.Of(context);
        s_real = _context->Engine;
        *_engine = *s_real;
        _engine->NewConnection = &NewConnection;
        _context->Engine = _engine;
    }

    public void Dispose()
    {
        _context->Engine = s_real;
        NativeMemory.Free(_engine);
        NativeLibrary.Free(_libssl);
    }

    /// <summary>Asks the peer for new keys in return for ours: a KeyUpdate of TLS 1.3 with the next write.</summary>
    internal void RequestKeyUpdate()
    {
        const int Requested = 1;
        Assert.Equal(1, ((delegate* unmanaged<void*, int, int>)Export("SSL_key_update"))(Ssl, Requested));
        Assert.Equal(1, ((delegate* unmanaged<void*, int>)Export("SSL_do_handshake"))(Ssl));
    }

    /// <summary>Begins a second handshake on a connection of TLS 1.2.</summary>
    internal void BeginRenegotiation()
    {
        // Our own contexts forbid it.
        const ulong NoRenegotiation = 1UL << 30;
        ((delegate* unmanaged<void*, ulong, ulong>)Export("SSL_clear_options"))(Ssl, NoRenegotiation);
        Assert.Equal(1, ((delegate* unmanaged<void*, int>)Export("SSL_renegotiate"))(Ssl));
        ((delegate* unmanaged<void*, int>)Export("SSL_do_handshake"))(Ssl);
    }

    /// <summary>The context's connections go no higher than TLS 1.2.</summary>
    internal void LimitToTls12()
    {
        const int SetMaxProtoVersion = 124;
        const int Tls12 = 0x0303;

        // An engine's context begins with its SSL_CTX.
        void* sslContext = *(void**)_context->EngineContext;
        nint result = ((delegate* unmanaged<void*, int, nint, void*, nint>)Export("SSL_CTX_ctrl"))(
            sslContext, SetMaxProtoVersion, Tls12, null);
        Assert.Equal(1, result);
    }

    // An engine's connection begins with its SSL.
    private static void* Ssl => *(void**)s_connection;

    private void* Export(string name) => (void*)NativeLibrary.GetExport(_libssl, name);

    private static void* NewConnection(
        void* context,
        TlsRecords* records,
        aws_allocator* allocator,
        aws_tls_connection_options* options,
        AlpnList* protocols) =>
        s_connection = s_real->NewConnection(context, records, allocator, options, protocols);
}
