// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Reseau.Native.Tls;
using Xunit;

namespace Reseau.Native.Tests.Tls;

/// <summary>
/// A server with a self-signed certificate and a client that trusts nothing else. Asked for, the client shows the same
/// certificate, and its key is the test's to use.
/// </summary>
internal sealed unsafe class TlsIdentity : IDisposable
{
    private const string Name = "localhost";

    private readonly aws_allocator* _allocator;
    private readonly aws_custom_key_op_handler* _keyHandler;
    private readonly aws_tls_connection_options* _server = NewOptions();
    private readonly aws_tls_connection_options* _client = NewOptions();

    internal TlsIdentity(
        aws_allocator* allocator,
        bool clientHasRemoteKey = false,
        bool clientTrustsServer = true)
    {
        _allocator = allocator;
        _keyHandler = NewKeyHandler();
        aws_byte_cursor certificate = TextOf(NewCertificate(out ECDsa key));
        aws_byte_cursor other = TextOf(NewCertificate(out ECDsa otherKey));
        otherKey.Dispose();
        Key = key;
        aws_byte_cursor keyText = TextOf(key.ExportPkcs8PrivateKeyPem());
        aws_byte_cursor name = TextOf(Name);

        aws_tls_ctx_options options;
        Assert.Equal(0, TlsContextOptions.InitDefaultServer(&options, allocator, &certificate, &keyText));
        Assert.Equal(0, TlsContextOptions.OverrideDefaultTrustStore(&options, &certificate));
        TlsContextOptions.SetVerifyPeer(&options, clientHasRemoteKey);
        Use(_server, TlsContext.NewServer(allocator, &options), &options);

        if (clientHasRemoteKey)
        {
            Assert.Equal(0, TlsContextOptions.InitClientMtlsWithCustomKeyOperations(
                &options, allocator, _keyHandler, &certificate));
        }
        else
        {
            TlsContextOptions.InitDefaultClient(&options, allocator);
        }

        aws_byte_cursor* trusted = clientTrustsServer ? &certificate : &other;
        Assert.Equal(0, TlsContextOptions.OverrideDefaultTrustStore(&options, trusted));
        Use(_client, TlsContext.NewClient(allocator, &options), &options);
        Assert.Equal(0, TlsConnectionOptions.SetServerName(_client, allocator, &name));
        NativeMemory.Free(certificate.ptr);
        NativeMemory.Free(other.ptr);
        NativeMemory.Free(keyText.ptr);
        NativeMemory.Free(name.ptr);
    }

    internal aws_tls_connection_options* Server => _server;

    internal aws_tls_connection_options* Client => _client;

    /// <summary>The key of both certificates.</summary>
    internal ECDsa Key { get; }

    public void Dispose()
    {
        TlsConnectionOptions.CleanUp(_client);
        TlsConnectionOptions.CleanUp(_server);
        NativeMemory.Free(_client);
        NativeMemory.Free(_server);
        NativeMemory.Free(_keyHandler->vtable);
        NativeMemory.Free(_keyHandler);
        Key.Dispose();
    }

    /// <summary>Protocols of ALPN, separated by semicolons.</summary>
    internal void SetProtocols(aws_tls_connection_options* options, string names)
    {
        aws_byte_cursor text = TextOf(names + "\0");
        Assert.Equal(0, TlsConnectionOptions.SetAlpnList(options, _allocator, text.ptr));
        NativeMemory.Free(text.ptr);
    }

    internal static string NewCertificate(out ECDsa key)
    {
        key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={Name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(Name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate =
            request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.ExportCertificatePem();
    }

    // Nobody calls it: a session leaves that to its owner, which here is a test.
    private static aws_custom_key_op_handler* NewKeyHandler()
    {
        aws_custom_key_op_handler* handler =
            (aws_custom_key_op_handler*)NativeMemory.AllocZeroed((nuint)sizeof(aws_custom_key_op_handler));
        handler->vtable = (aws_custom_key_op_handler_vtable*)NativeMemory.AllocZeroed(
            (nuint)sizeof(aws_custom_key_op_handler_vtable));
        handler->vtable->on_key_operation = &OnKeyOperation;
        AwsRefCount.Init(&handler->ref_count, handler, &OnUnreferenced);
        return handler;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void OnKeyOperation(aws_custom_key_op_handler* handler, aws_tls_key_operation* operation)
    {
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void OnUnreferenced(void* handler)
    {
    }

    private static void Use(aws_tls_connection_options* connection, aws_tls_ctx* context, aws_tls_ctx_options* options)
    {
        TlsContextOptions.CleanUp(options);
        Assert.True(context != null);
        TlsConnectionOptions.InitFromCtx(connection, context);
        TlsContext.Release(context);
    }

    private static aws_tls_connection_options* NewOptions() =>
        (aws_tls_connection_options*)NativeMemory.AllocZeroed((nuint)sizeof(aws_tls_connection_options));

    private static aws_byte_cursor TextOf(string text)
    {
        byte* bytes = (byte*)NativeMemory.Alloc((nuint)text.Length);
        int length = Encoding.ASCII.GetBytes(text, new Span<byte>(bytes, text.Length));
        return new aws_byte_cursor { ptr = bytes, len = (nuint)length };
    }
}
