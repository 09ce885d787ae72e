// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Connections;

/// <summary>Options of TLS with a private key that a PKCS#11 token has.</summary>
internal static unsafe class TlsTokens
{
    /// <summary>
    /// Loads the library and asks the token, which may take long. Returns 0 or an error, after which there are no
    /// options to clean up.
    /// </summary>
    internal static int Read(reseau_tls_options* given, aws_tls_ctx_options* options)
    {
        aws_byte_buf certificate;
        int error = TlsSettings.ReadPem(
            given->certificate_file, given->certificate_pem, given->certificate_pem_length, &certificate);
        if (error != 0)
            return error;

        aws_pkcs11_lib_options library = new() { filename = ByteCursor.FromCStr(given->pkcs11_library) };
        aws_pkcs11_lib* loaded = CustomKeyOperationHandler.LoadPkcs11(Allocator.Default(), &library);
        error = loaded == null
            ? RESEAU_ERROR_TLS_OPTIONS
            : Read(given, loaded, ByteCursor.FromBuf(&certificate), options);
        CustomKeyOperationHandler.ReleasePkcs11(loaded);
        ByteBuf.CleanUp(&certificate);
        return error;
    }

    private static int Read(
        reseau_tls_options* given, aws_pkcs11_lib* library, aws_byte_cursor certificate, aws_tls_ctx_options* options)
    {
        aws_tls_ctx_pkcs11_options token = new()
        {
            pkcs11_lib = library,
            user_pin = TextOf(given->pkcs11_pin),
            token_label = TextOf(given->pkcs11_token),
            private_key_object_label = TextOf(given->pkcs11_key),
            cert_file_contents = certificate,
        };
        return TlsContextOptions.InitClientMtlsWithPkcs11(options, Allocator.Default(), &token) == AWS_OP_SUCCESS
            ? 0
            : RESEAU_ERROR_TLS_OPTIONS;
    }

    private static aws_byte_cursor TextOf(byte* text) => text == null ? default : ByteCursor.FromCStr(text);
}
