// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.SChannel;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Tls.SChannel;

/// <summary>What the provider says went wrong, as log lines and as error codes of ours.</summary>
internal static unsafe class SChannelErrors
{
    /// <summary>Logs and raises AWS_IO_TLS_CTX_ERROR, or AWS_ERROR_OOM.</summary>
    internal static int RaiseContextError(ReadOnlySpan<byte> what, int status)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: {Literal.Of(what)}, status 0x{(uint)status:x}");
        return Errors.Raise(UnlessOutOfMemory(status, AWS_IO_TLS_CTX_ERROR));
    }

    // Alone in its method: where the tests have another provider, on other systems, there is no such function, and a
    // compiler that looks it up in advance would end the process.
    /// <summary>The same for a call whose reason is the thread's last error.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int RaiseLastAsContextError(ReadOnlySpan<byte> what) =>
        RaiseContextError(what, (int)Kernel32.GetLastError());

    /// <summary>
    /// Why a handshake failed. Certificates are judged here and not by the provider, so what it says about them is what
    /// the peer's alert said.
    /// </summary>
    internal static int OfHandshake(int status) => status switch
    {
        Sspi.SEC_E_CERT_EXPIRED => AWS_IO_TLS_PEER_CERTIFICATE_EXPIRED,
        Sspi.SEC_E_CERT_UNKNOWN or Sspi.SEC_E_UNTRUSTED_ROOT => AWS_IO_TLS_PEER_CERTIFICATE_UNKNOWN,
        Sspi.CRYPT_E_REVOKED => AWS_IO_TLS_PEER_CERTIFICATE_REVOKED,
        _ => UnlessOutOfMemory(status, AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE),
    };

    /// <summary>Why reading failed after the handshake.</summary>
    internal static int OfReading(int status)
    {
        int code = OfHandshake(status);
        return code == AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE ? AWS_IO_TLS_ERROR_READ_FAILURE : code;
    }

    internal static int UnlessOutOfMemory(int status, int code) =>
        status == Sspi.SEC_E_INSUFFICIENT_MEMORY ? AWS_ERROR_OOM : code;
}
