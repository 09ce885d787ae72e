// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;
using Reseau.Native.Platform;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// Finds OpenSSL 3 when it is first wanted. A process that uses no TLS never loads it, and one without OpenSSL can use
/// everything but TLS.
/// </summary>
internal static unsafe class OpenSslLibrary
{
    private static nint s_once;

    // Written last, read without the lock: who sees it true sees every function that was looked up.
    private static bool s_isLoaded;

    internal static ReadOnlySpan<byte> SslName => !OperatingSystem.IsWindows() ? "libssl.so.3"u8
        : IsArm64 ? "libssl-3-arm64.dll"u8 : "libssl-3-x64.dll"u8;

    internal static ReadOnlySpan<byte> CryptoName => !OperatingSystem.IsWindows() ? "libcrypto.so.3"u8
        : IsArm64 ? "libcrypto-3-arm64.dll"u8 : "libcrypto-3-x64.dll"u8;

    private static bool IsArm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>The handle of libcrypto, once it is available.</summary>
    internal static nint Libcrypto { get; private set; }

    /// <summary>
    /// Loads OpenSSL on the first call; false if it cannot be used, which has been logged. Any thread.
    /// </summary>
    internal static bool IsAvailable
    {
        get
        {
            if (!Volatile.Read(ref s_isLoaded))
                OnceFlag.Call(OnceFlag.Of(ref s_once), &Load, null);
            return Volatile.Read(ref s_isLoaded);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Load(void* argument)
    {
        bool isApart = !OperatingSystem.IsWindows() && OtherOpenSsl.IsKeptApart;
        nint ssl = Open(SslName, isApart);
        nint crypto = ssl == 0 ? 0 : Open(CryptoName, isApart);
        if (ssl == 0 || crypto == 0)
        {
            const int capacity = 256;
            byte* text = stackalloc byte[capacity];
            DynamicLibrary.ErrorText(text, capacity);
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"static: OpenSSL 3 ({Literal.Of(SslName)}, {Literal.Of(CryptoName)}) cannot be opened, there is no " +
                $"TLS without it: {text}");
            return;
        }

        if (!LibSsl.Bind(ssl) || !LibCrypto.Bind(crypto))
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"static: the OpenSSL that was found lacks functions that are needed");
            return;
        }

        // Nothing of OpenSSL may go away at exit while our loops still run.
        if (LibSsl.OPENSSL_init_ssl(LibSsl.OPENSSL_INIT_NO_ATEXIT | LibSsl.OPENSSL_INIT_LOAD_CONFIG, null) != 1)
        {
            OpenSslErrors.Log(AWS_LL_ERROR, null, "OpenSSL could not be initialised"u8);
            return;
        }

        Log.Write(AWS_LL_INFO, AWS_LS_IO_TLS, $"static: TLS by OpenSSL");
        Libcrypto = crypto;
        Volatile.Write(ref s_isLoaded, true);
    }

    private static nint Open(ReadOnlySpan<byte> name, bool isApart) =>
        DynamicLibrary.OpenForUse(Literal.Of(name), isApart);
}
