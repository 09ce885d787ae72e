// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>Certificates whose private keys others have.</summary>
internal static unsafe partial class TlsContextOptions
{
    /// <summary>For clients whose key a handler uses. The handler is held, the PEM text copied.</summary>
    internal static int InitClientMtlsWithCustomKeyOperations(
        aws_tls_ctx_options* options,
        aws_allocator* allocator,
        aws_custom_key_op_handler* custom,
        aws_byte_cursor* cert_file_contents)
    {
        if (options == null || allocator == null || cert_file_contents == null ||
            !CustomKeyOperationHandler.IsComplete(custom))
        {
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        }

        InitDefaultClient(options, allocator);
        options->custom_key_op_handler = CustomKeyOperationHandler.Acquire(custom);
        bool isCopied =
            ByteBuf.InitCopyFromCursor(&options->certificate, allocator, *cert_file_contents) == AWS_OP_SUCCESS &&
            Sanitize(&options->certificate, allocator, "certificate"u8) == AWS_OP_SUCCESS;
        return isCopied ? AWS_OP_SUCCESS : Undo(options);
    }

    /// <summary>For clients whose key a PKCS#11 token has. Talks to the token, so it may take long.</summary>
    internal static int InitClientMtlsWithPkcs11(
        aws_tls_ctx_options* options, aws_allocator* allocator, aws_tls_ctx_pkcs11_options* pkcs11_options)
    {
        if (options == null || allocator == null || pkcs11_options == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *options = default;
        aws_custom_key_op_handler* handler = CustomKeyOperationHandler.NewPkcs11(allocator, pkcs11_options);
        if (handler == null)
            return AWS_OP_ERR;

        int result = InitWithPkcs11Certificate(options, allocator, handler, pkcs11_options);
        int error = Errors.LastError();
        CustomKeyOperationHandler.Release(handler);
        return result == AWS_OP_SUCCESS ? result : Errors.Raise(error);
    }

    private static int InitWithPkcs11Certificate(
        aws_tls_ctx_options* options,
        aws_allocator* allocator,
        aws_custom_key_op_handler* handler,
        aws_tls_ctx_pkcs11_options* pkcs11Options)
    {
        if (pkcs11Options->cert_file_contents.ptr != null && pkcs11Options->cert_file_path.ptr != null)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: the certificate can be given or named, not both");
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        }

        if (pkcs11Options->cert_file_contents.ptr != null)
        {
            return InitClientMtlsWithCustomKeyOperations(
                options, allocator, handler, &pkcs11Options->cert_file_contents);
        }

        aws_string* path = AwsString.NewFromCursor(allocator, &pkcs11Options->cert_file_path);
        if (path == null)
            return AWS_OP_ERR;

        aws_byte_buf content;
        int result = ByteBuf.InitFromFile(&content, allocator, path->bytes);
        AwsString.Destroy(path);
        if (result != AWS_OP_SUCCESS)
            return result;

        aws_byte_cursor cursor = ByteCursor.FromBuf(&content);
        result = InitClientMtlsWithCustomKeyOperations(options, allocator, handler, &cursor);
        ByteBuf.CleanUp(&content);
        return result;
    }

    /// <summary>Whether contexts made of this ask a handler: not if they have the key themselves.</summary>
    internal static bool UsesKeyHandler(aws_tls_ctx_options* options) =>
        options->custom_key_op_handler != null &&
        !(IsSet(&options->certificate) &&
          IsSet(&options->private_key));
}
