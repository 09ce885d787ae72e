// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>Whether a certificate is for the host that was meant.</summary>
internal static unsafe class OpenSslVerification
{
    /// <summary>Asks for this name, and expects it in the certificate. Addresses are expected, but not asked for.</summary>
    internal static int ExpectName(void* ssl, aws_string* name)
    {
        void* parameters = LibSsl.SSL_get0_param(ssl);
        if (LibCrypto.X509_VERIFY_PARAM_set1_ip_asc(parameters, name->bytes) == 1)
            return AWS_OP_SUCCESS;

        LibCrypto.ERR_clear_error();
        LibCrypto.X509_VERIFY_PARAM_set_hostflags(parameters, LibCrypto.X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        bool isSet =
            LibCrypto.X509_VERIFY_PARAM_set1_host(parameters, name->bytes, name->len) == 1 &&
            LibSsl.SSL_ctrl(
                ssl, LibSsl.SSL_CTRL_SET_TLSEXT_HOSTNAME, LibSsl.TLSEXT_NAMETYPE_host_name, name->bytes) == 1;
        return isSet ? AWS_OP_SUCCESS : OpenSslErrors.RaiseContextError("the server name cannot be used"u8);
    }

    /// <summary>
    /// A client that wants to know whom it talks to, but names nobody, would be content with anybody's certificate.
    /// </summary>
    internal static void RefuseNameless(void* ssl) =>
        LibSsl.SSL_set_verify(ssl, LibSsl.SSL_VERIFY_PEER, OpenSslCallbacks.Table->Verify);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int OnNamelessVerified(int isGood, void* storeContext)
    {
        if (isGood != 1 || LibCrypto.X509_STORE_CTX_get_error_depth(storeContext) > 0)
            return isGood;

        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: no server name was set, so no certificate can be the right one");
        LibCrypto.X509_STORE_CTX_set_error(storeContext, LibCrypto.X509_V_ERR_HOSTNAME_MISMATCH);
        return 0;
    }

    /// <summary>Says what was wrong with the certificate, if that was it.</summary>
    internal static void LogFailure(void* ssl)
    {
        nint result = LibSsl.SSL_get_verify_result(ssl);
        if (result != LibCrypto.X509_V_OK && LibSsl.SSL_get_verify_mode(ssl) != LibSsl.SSL_VERIFY_NONE)
            Log.Write(AWS_LL_WARN, AWS_LS_IO_TLS, $"id=0x{(nint)ssl:x}: the peer's certificate: {LibCrypto.X509_verify_cert_error_string(result)}");
    }
}
