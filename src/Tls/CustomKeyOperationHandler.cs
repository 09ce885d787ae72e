// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Tls.Pkcs11;

namespace Reseau.Native.Tls;

/// <summary>Those who use a private key for us: programs, and PKCS#11. Any thread.</summary>
internal static unsafe class CustomKeyOperationHandler
{
    /// <summary>A PKCS#11 library, which its keys hold. NULL with the last error set.</summary>
    internal static aws_pkcs11_lib* LoadPkcs11(aws_allocator* allocator, aws_pkcs11_lib_options* options) =>
        Pkcs11Library.New(allocator, options);

    /// <summary>NULL is allowed.</summary>
    internal static void ReleasePkcs11(aws_pkcs11_lib* library) => Pkcs11Library.Release(library);

    /// <summary>For a key in a PKCS#11 token, which is asked now. NULL with the last error set.</summary>
    internal static aws_custom_key_op_handler* NewPkcs11(
        aws_allocator* allocator, aws_tls_ctx_pkcs11_options* options) =>
        Pkcs11KeyHandler.New(
            allocator,
            options->pkcs11_lib,
            &options->user_pin,
            &options->token_label,
            &options->private_key_object_label,
            options->slot_id);

    /// <summary>One more reference; NULL gives NULL.</summary>
    internal static aws_custom_key_op_handler* Acquire(aws_custom_key_op_handler* key_op_handler)
    {
        if (key_op_handler != null)
            AwsRefCount.Acquire(&key_op_handler->ref_count);
        return key_op_handler;
    }

    /// <summary>Ends a reference. NULL is allowed, and returned always.</summary>
    internal static aws_custom_key_op_handler* Release(aws_custom_key_op_handler* key_op_handler)
    {
        if (key_op_handler != null)
            AwsRefCount.Release(&key_op_handler->ref_count);
        return null;
    }

    /// <summary>Hands an operation to the handler, who completes it once, at any time, on any thread.</summary>
    internal static void PerformOperation(aws_custom_key_op_handler* key_op_handler, aws_tls_key_operation* operation)
    {
        if (IsComplete(key_op_handler) && operation != null)
            key_op_handler->vtable->on_key_operation(key_op_handler, operation);
        else
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
    }

    internal static bool IsComplete(aws_custom_key_op_handler* handler) =>
        handler != null && handler->vtable != null && handler->vtable->on_key_operation != null;

    /// <summary>
    /// Whether the handler is known to sign by RSA-PSS. Programs' handlers may not know it, so they are asked to only
    /// where nothing else would do.
    /// </summary>
    internal static bool SignsPss(aws_custom_key_op_handler* handler) => Pkcs11KeyHandler.SignsPss(handler);
}
