// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// Servers with several certificates: the first that is for the host that the client asks for is shown, or the
/// context's own if none is.
/// </summary>
internal static unsafe class OpenSslServerNames
{
    internal static void Apply(void* sslContext) => LibSsl.SSL_CTX_callback_ctrl(
        sslContext, LibSsl.SSL_CTRL_SET_TLSEXT_SERVERNAME_CB, OpenSslCallbacks.Table->ServerName);

    /// <summary>A client has said hello. Whatever it asks for, the handshake goes on.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int OnServerName(void* ssl, int* alert, void* argument)
    {
        byte* asked = LibSsl.SSL_get_servername(ssl, (int)LibSsl.TLSEXT_NAMETYPE_host_name);
        OpenSslContext* context = OpenSslConnection.ContextOf(ssl);
        if (asked == null || context == null)
            return LibSsl.SSL_TLSEXT_ERR_OK;

        aws_byte_cursor name = ByteCursor.FromCStr(asked);
        if (!HostName.TryParse(new ReadOnlySpan<byte>(name.ptr, (int)name.len), out HostName host) ||
            IsFor(context, host))
        {
            return LibSsl.SSL_TLSEXT_ERR_OK;
        }

        for (int i = 0; i < context->OtherCount; i++)
        {
            OpenSslContext* other = (OpenSslContext*)context->Others[i];
            if (!IsFor(other, host))
                continue;

            LibSsl.SSL_set_SSL_CTX(ssl, other->SslContext);
            OpenSslConnection.UseCertificateOf(ssl, other);
            break;
        }

        return LibSsl.SSL_TLSEXT_ERR_OK;
    }

    private static bool IsFor(OpenSslContext* context, in HostName host)
    {
        void* certificate = LibSsl.SSL_CTX_get0_certificate(context->SslContext);
        return certificate != null && OpenSslVerification.IsFor(certificate, host);
    }
}
