// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Tls.OpenSsl;
using Reseau.Native.Tls.SChannel;

namespace Reseau.Native.Tls;

/// <summary>
/// Which engines there are, and which one a context takes. Windows has one of its own; everywhere else, and where
/// RESEAU_TLS_ENGINE is "openssl", it is OpenSSL. Keys that others hold are for OpenSSL everywhere. Any thread.
/// </summary>
internal static unsafe class TlsEngines
{
    private static nint s_openSsl;
    private static nint s_schannel;
    private static nint s_default;

    /// <summary>What contexts take whose options do not decide it. It stays the same for the process.</summary>
    internal static TlsEngine* Default
    {
        get
        {
            if (s_default == 0)
                s_default = (nint)(IsSystems() ? OfSystem : OpenSsl);
            return (TlsEngine*)s_default;
        }
    }

    /// <summary>For a context of these options.</summary>
    internal static TlsEngine* For(aws_tls_ctx_options* options) =>
        TlsContextOptions.UsesKeyHandler(options) ? OpenSsl : Default;

    /// <summary>
    /// Windows: whether new contexts take the older of the two forms of credentials. For tests of that form.
    /// </summary>
    internal static void ForceOlderCredentials(bool isForced) => SChannelEngine.TakesOlderForm = isForced;

    private static TlsEngine* OpenSsl => s_openSsl != 0
        ? (TlsEngine*)s_openSsl
        : StaticMemory.Publish(ref s_openSsl, OpenSslEngine.Table);

    /// <summary>The one of Windows.</summary>
    internal static TlsEngine* OfSystem => s_schannel != 0
        ? (TlsEngine*)s_schannel
        : StaticMemory.Publish(ref s_schannel, SChannelEngine.Table);

    private static bool IsSystems()
    {
        if (!OperatingSystem.IsWindows())
            return false;

        byte* named = EnvironmentVariables.Trusted(Literal.Of("RESEAU_TLS_ENGINE"u8));
        return named == null ||
            !MemoryMarshal.CreateReadOnlySpanFromNullTerminated(named).SequenceEqual("openssl"u8);
    }
}
