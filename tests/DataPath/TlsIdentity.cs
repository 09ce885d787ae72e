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

namespace Reseau.Native.Tests.DataPath;

/// <summary>A server with a self-signed certificate and a client that trusts nothing else.</summary>
internal sealed unsafe class TlsIdentity : IDisposable
{
    private const string Name = "localhost";

    private readonly aws_tls_connection_options* _server = NewOptions();
    private readonly aws_tls_connection_options* _client = NewOptions();

    internal TlsIdentity(aws_allocator* allocator)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={Name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(Name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate =
            request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        aws_byte_cursor certificateText = TextOf(certificate.ExportCertificatePem());
        aws_byte_cursor keyText = TextOf(key.ExportPkcs8PrivateKeyPem());
        aws_byte_cursor name = TextOf(Name);
        aws_tls_ctx_options options;
        Assert.Equal(0, TlsContextOptions.InitDefaultServer(&options, allocator, &certificateText, &keyText));
        Use(_server, TlsContext.NewServer(allocator, &options), &options);
        TlsContextOptions.InitDefaultClient(&options, allocator);
        Assert.Equal(0, TlsContextOptions.OverrideDefaultTrustStore(&options, &certificateText));
        Use(_client, TlsContext.NewClient(allocator, &options), &options);
        Assert.Equal(0, TlsConnectionOptions.SetServerName(_client, allocator, &name));
        NativeMemory.Free(certificateText.ptr);
        NativeMemory.Free(keyText.ptr);
        NativeMemory.Free(name.ptr);
    }

    internal aws_tls_connection_options* Server => _server;

    internal aws_tls_connection_options* Client => _client;

    public void Dispose()
    {
        TlsConnectionOptions.CleanUp(_client);
        TlsConnectionOptions.CleanUp(_server);
        NativeMemory.Free(_client);
        NativeMemory.Free(_server);
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
