// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Interop;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// Which ciphers and groups a context offers, and from which version on (<see cref="VersionPolicy"/>). The lists are
/// written out, so that they are the same on every installation.
/// </summary>
internal unsafe ref struct OpenSslPolicy
{
    private int _lowestVersion;
    private ReadOnlySpan<byte> _ciphers;
    private ReadOnlySpan<byte> _suites;
    private ReadOnlySpan<byte> _groups;
    private ReadOnlySpan<byte> _signatures;

    private static ReadOnlySpan<byte> Suites =>
        "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"u8;

    // The first is what a client has a key ready for. OpenSSL checks every point that it gets on P-256, which makes
    // that group cost a handshake a sixth more. In TLS 1.2 a server may show a certificate only if its curve is among
    // these.
    private static ReadOnlySpan<byte> Groups => "X25519:P-256:P-384:P-521"u8;

    private static ReadOnlySpan<byte> QuantumSafeGroups =>
        "X25519MLKEM768:SecP256r1MLKEM768:X25519:P-256:P-384:P-521"u8;

    // Forward secrecy, and authenticated encryption: what a server offers by default.
    private static ReadOnlySpan<byte> StrictCiphers =>
        "@SECLEVEL=1:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"u8 +
        "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"u8;

    // A client takes these too, from servers that have nothing better, and so does who asks for old versions.
    private static ReadOnlySpan<byte> WideCiphers =>
        "@SECLEVEL=1:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"u8 +
        "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"u8 +
        "ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA384:ECDHE-RSA-AES256-SHA384:"u8 +
        "ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA:ECDHE-RSA-AES256-SHA:"u8 +
        "AES128-GCM-SHA256:AES256-GCM-SHA384:AES128-SHA256:AES256-SHA256:AES128-SHA:AES256-SHA"u8;

    private static ReadOnlySpan<byte> Ciphers2025 =>
        "@SECLEVEL=2:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"u8 +
        "ECDHE-RSA-AES256-GCM-SHA384"u8;

    private static ReadOnlySpan<byte> Signatures2025 =>
        "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:rsa_pss_pss_sha256:rsa_pss_pss_sha384:rsa_pss_pss_sha512:"u8 +
        "rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:rsa_pss_rsae_sha512:RSA+SHA256:RSA+SHA384:RSA+SHA512"u8;

    /// <summary>Whether this OpenSSL can do all that the preference promises. Any thread.</summary>
    internal static bool IsSupported(aws_tls_cipher_pref preference) => preference switch
    {
        AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT or
        AWS_IO_TLS_CIPHER_PREF_TLSV1_0_2023_06 or
        AWS_IO_TLS_CIPHER_PREF_TLSV1_2_2025_07 or
        AWS_IO_TLS_CIPHER_PREF_NON_PQ_DEFAULT => OpenSslLibrary.IsAvailable,
        AWS_IO_TLS_CIPHER_PREF_PQ_DEFAULT or
        AWS_IO_TLS_CIPHER_PREF_PQ_TLSV1_2_2024_10 => OpenSslLibrary.IsAvailable && HasQuantumSafeGroups(),
        _ => false,
    };

    /// <summary>Sets a new SSL_CTX up accordingly. AWS_OP_ERR with the last error set.</summary>
    internal static int Apply(void* sslContext, aws_tls_ctx_options* options, bool isServer)
    {
        aws_tls_versions lowest;
        if (VersionPolicy.Lowest(options, isServer, &lowest) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        OpenSslPolicy policy = Of(options->cipher_pref, isServer);
        policy._lowestVersion = VersionOf(lowest);
        if (policy._lowestVersion < LibSsl.TLS1_2_VERSION)
            policy._ciphers = WideCiphers;
        return policy.ApplyTo(sslContext, options->cipher_pref);
    }

    private static OpenSslPolicy Of(aws_tls_cipher_pref preference, bool isServer)
    {
        OpenSslPolicy policy = new()
        {
            _ciphers = isServer ? StrictCiphers : WideCiphers,
            _suites = Suites,
            _groups = Groups,
        };
        switch (preference)
        {
            case AWS_IO_TLS_CIPHER_PREF_TLSV1_2_2025_07:
                policy._ciphers = Ciphers2025;
                policy._suites = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384"u8;
                policy._groups = "P-256:P-384"u8;
                policy._signatures = Signatures2025;
                break;
            case AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT:
            case AWS_IO_TLS_CIPHER_PREF_PQ_DEFAULT:
            case AWS_IO_TLS_CIPHER_PREF_PQ_TLSV1_2_2024_10:
                if (HasQuantumSafeGroups())
                    policy._groups = QuantumSafeGroups;
                break;
        }

        return policy;
    }

    private readonly int ApplyTo(void* sslContext, aws_tls_cipher_pref preference)
    {
        if (_lowestVersion < LibSsl.TLS1_2_VERSION)
            AllowOldVersions(sslContext);
        bool isSet =
            LibSsl.SSL_CTX_ctrl(sslContext, LibSsl.SSL_CTRL_SET_MIN_PROTO_VERSION, _lowestVersion, null) == 1 &&
            LibSsl.SSL_CTX_set_cipher_list(sslContext, Literal.Of(_ciphers)) == 1 &&
            LibSsl.SSL_CTX_set_ciphersuites(sslContext, Literal.Of(_suites)) == 1 &&
            LibSsl.SSL_CTX_ctrl(sslContext, LibSsl.SSL_CTRL_SET_GROUPS_LIST, 0, Literal.Of(_groups)) == 1 &&
            (_signatures.IsEmpty ||
                LibSsl.SSL_CTX_ctrl(sslContext, LibSsl.SSL_CTRL_SET_SIGALGS_LIST, 0, Literal.Of(_signatures)) == 1);
        if (isSet)
            return AWS_OP_SUCCESS;

        OpenSslErrors.Log(AWS_LL_ERROR, null, "OpenSSL refuses the ciphers or versions"u8);
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: cipher preference {(uint)preference} cannot be met");
        return Errors.Raise(AWS_IO_TLS_CIPHER_PREF_UNSUPPORTED);
    }

    // And nothing else that is weak: ADR 17.
    private static void AllowOldVersions(void* sslContext)
    {
        Shim.OpenSslLevelFunctions functions = new()
        {
            SSL_CTX_get_security_callback = LibSsl.SSL_CTX_get_security_callback,
            SSL_CTX_set_security_callback = LibSsl.SSL_CTX_set_security_callback,
            SSL_version = LibSsl.SSL_version,
        };
        Shim.reseau_openssl_allow_old_versions(sslContext, &functions);
    }

    private static int VersionOf(aws_tls_versions version) => version switch
    {
        AWS_IO_TLSv1 => LibSsl.TLS1_VERSION,
        AWS_IO_TLSv1_1 => LibSsl.TLS1_1_VERSION,
        AWS_IO_TLSv1_3 => LibSsl.TLS1_3_VERSION,
        _ => LibSsl.TLS1_2_VERSION,
    };

    // OpenSSL 3.5 was the first to have them.
    private static bool HasQuantumSafeGroups()
    {
        if (s_quantumSafe == Unknown)
            s_quantumSafe = TryQuantumSafeGroups() ? Present : Absent;
        return s_quantumSafe == Present;
    }

    private const int Unknown = 0;
    private const int Present = 1;
    private const int Absent = 2;
    private static int s_quantumSafe;

    private static bool TryQuantumSafeGroups()
    {
        void* sslContext = LibSsl.SSL_CTX_new(LibSsl.TLS_method());
        bool isKnown = sslContext != null &&
            LibSsl.SSL_CTX_ctrl(sslContext, LibSsl.SSL_CTRL_SET_GROUPS_LIST, 0, Literal.Of(QuantumSafeGroups)) == 1;
        LibSsl.SSL_CTX_free(sslContext);
        LibCrypto.ERR_clear_error();
        return isKnown;
    }
}
