// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Xunit;

namespace Reseau.Native.Tests.Tls.SChannel;

/// <summary>As much of OpenSSL as a provider of tests needs, with buffers in memory at both ends.</summary>
internal sealed unsafe class OpenSslFunctions
{
    private readonly nint _ssl = NativeLibrary.Load("libssl.so.3");
    private readonly nint _crypto = NativeLibrary.Load("libcrypto.so.3");

    private void* Ssl(string name) => (void*)NativeLibrary.GetExport(_ssl, name);

    private void* Crypto(string name) => (void*)NativeLibrary.GetExport(_crypto, name);

    internal nint NewContext(int maxVersion)
    {
        nint method = ((delegate* unmanaged<nint>)Ssl("TLS_method"))();
        nint context = ((delegate* unmanaged<nint, nint>)Ssl("SSL_CTX_new"))(method);
        Control(context, 124, maxVersion);
        return context;
    }

    private void Control(nint context, int command, nint value) =>
        Assert.Equal(
            1, ((delegate* unmanaged<nint, int, nint, void*, nint>)Ssl("SSL_CTX_ctrl"))(context, command, value, null));

    internal void FreeContext(nint context) => ((delegate* unmanaged<nint, void>)Ssl("SSL_CTX_free"))(context);

    internal void UseCertificate(nint context, string pem, ECDsa key)
    {
        byte[] certificate = X509Certificate2.CreateFromPem(pem).RawData;
        byte[] secret = key.ExportECPrivateKey();
        key.Dispose();
        const int Curves = 408;
        fixed (byte* der = certificate, keyDer = secret)
        {
            Assert.Equal(
                1,
                ((delegate* unmanaged<nint, int, byte*, int>)Ssl("SSL_CTX_use_certificate_ASN1"))(
                    context, certificate.Length, der));
            Assert.Equal(
                1,
                ((delegate* unmanaged<int, nint, byte*, nint, int>)Ssl("SSL_CTX_use_PrivateKey_ASN1"))(
                    Curves, context, keyDer, secret.Length));
        }
    }

    internal nint New(nint context, bool isServer)
    {
        nint ssl = ((delegate* unmanaged<nint, nint>)Ssl("SSL_new"))(context);
        ((delegate* unmanaged<nint, void>)Ssl(isServer ? "SSL_set_accept_state" : "SSL_set_connect_state"))(ssl);
        return ssl;
    }

    internal void Free(nint ssl) => ((delegate* unmanaged<nint, void>)Ssl("SSL_free"))(ssl);

    internal (nint Incoming, nint Outgoing) Connect(nint ssl)
    {
        nint method = ((delegate* unmanaged<nint>)Crypto("BIO_s_mem"))();
        nint incoming = ((delegate* unmanaged<nint, nint>)Crypto("BIO_new"))(method);
        nint outgoing = ((delegate* unmanaged<nint, nint>)Crypto("BIO_new"))(method);
        ((delegate* unmanaged<nint, nint, nint, void>)Ssl("SSL_set_bio"))(ssl, incoming, outgoing);
        return (incoming, outgoing);
    }

    internal void OfferProtocols(nint ssl, ReadOnlySpan<byte> names)
    {
        fixed (byte* bytes = names)
        {
            Assert.Equal(
                0,
                ((delegate* unmanaged<nint, byte*, uint, int>)Ssl("SSL_set_alpn_protos"))(
                    ssl, bytes, (uint)names.Length));
        }
    }

    internal void AskForName(nint ssl, string name)
    {
        fixed (byte* text = Encoding.ASCII.GetBytes(name + "\0"))
            ((delegate* unmanaged<nint, int, nint, byte*, nint>)Ssl("SSL_ctrl"))(ssl, 55, 0, text);
    }

    /// <summary>1: finished; 0: more has to come; below: failed.</summary>
    internal int Handshake(nint ssl)
    {
        int result = ((delegate* unmanaged<nint, int>)Ssl("SSL_do_handshake"))(ssl);
        return result == 1 ? 1 : ErrorOf(ssl, result) == NeedsRead ? 0 : -1;
    }

    private const int NeedsRead = 2;
    private const int ZeroReturn = 6;

    private int ErrorOf(nint ssl, int result)
    {
        int error = ((delegate* unmanaged<nint, int, int>)Ssl("SSL_get_error"))(ssl, result);
        ((delegate* unmanaged<void>)Crypto("ERR_clear_error"))();
        return error;
    }

    internal void Shutdown(nint ssl) => ((delegate* unmanaged<nint, int>)Ssl("SSL_shutdown"))(ssl);

    internal int VersionOf(nint ssl) => ((delegate* unmanaged<nint, int>)Ssl("SSL_version"))(ssl);

    internal void UpdateKeys(nint ssl) => ((delegate* unmanaged<nint, int, int>)Ssl("SSL_key_update"))(ssl, 1);

    internal ReadOnlySpan<byte> ProtocolOf(nint ssl)
    {
        byte* name;
        uint length;
        ((delegate* unmanaged<nint, byte**, uint*, void>)Ssl("SSL_get0_alpn_selected"))(ssl, &name, &length);
        return new ReadOnlySpan<byte>(name, (int)length);
    }

    internal void Feed(nint bio, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* from = bytes)
        {
            Assert.Equal(
                bytes.Length,
                ((delegate* unmanaged<nint, byte*, int, int>)Crypto("BIO_write"))(bio, from, bytes.Length));
        }
    }

    internal byte[] Drain(nint bio)
    {
        byte[] bytes = new byte[64 * 1024];
        fixed (byte* into = bytes)
        {
            int count = ((delegate* unmanaged<nint, byte*, int, int>)Crypto("BIO_read"))(bio, into, bytes.Length);
            return bytes[..int.Max(0, count)];
        }
    }

    internal void Write(nint ssl, ReadOnlySpan<byte> content)
    {
        fixed (byte* from = content)
        {
            Assert.Equal(
                content.Length,
                ((delegate* unmanaged<nint, byte*, int, int>)Ssl("SSL_write"))(ssl, from, content.Length));
        }
    }

    internal byte[] Read(nint ssl, out bool isClosed, out bool isDamaged)
    {
        byte[] bytes = new byte[17 * 1024];
        fixed (byte* into = bytes)
        {
            int count = ((delegate* unmanaged<nint, byte*, int, int>)Ssl("SSL_read"))(ssl, into, bytes.Length);
            int error = count > 0 ? 0 : ErrorOf(ssl, count);
            isClosed = error == ZeroReturn;
            isDamaged = error != 0 && error != ZeroReturn && error != NeedsRead;
            return bytes[..int.Max(0, count)];
        }
    }
}
