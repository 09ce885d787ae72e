// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// One use of a private key that a handshake waits for. It is a part of what its owner makes, at the front, and good
/// until it is completed, which may be long after the connection has gone.
/// </summary>
internal unsafe struct TlsKeyOperation
{
    /// <summary>For the handler's queue.</summary>
    internal TlsKeyOperation* NextWaiting;
    private aws_allocator* _allocator;
    private TlsKeyRequest _request;
    private aws_byte_buf _input;
    private aws_byte_buf _output;
    private int _error;
    private int _isCompleted;
    private delegate*<TlsKeyOperation*, void> _onCompleted;

    /// <summary>
    /// Copies the request. <paramref name="onCompleted"/> comes once, on the thread that completes, possibly inside the
    /// call that asks for it: the owner has to go back to its own thread.
    /// </summary>
    internal static void Init(
        TlsKeyOperation* operation,
        aws_allocator* allocator,
        TlsKeyRequest* request,
        delegate*<TlsKeyOperation*, void> onCompleted)
    {
        *operation = default;
        operation->_allocator = allocator;
        operation->_request = *request;
        operation->_onCompleted = onCompleted;
        ByteBuf.InitCopyFromCursor(&operation->_input, allocator, request->Input);
    }

    internal static void CleanUp(TlsKeyOperation* operation)
    {
        ByteBuf.CleanUpSecure(&operation->_input);
        ByteBuf.CleanUpSecure(&operation->_output);
    }

    /// <summary>What the operation was completed with; an output only if the error is AWS_ERROR_SUCCESS.</summary>
    internal static int Result(TlsKeyOperation* operation, aws_byte_cursor* output)
    {
        *output = ByteCursor.FromBuf(&operation->_output);
        return operation->_error;
    }

    /// <summary>Ends the operation with this output, which is copied. Once; any thread.</summary>
    internal static void Complete(aws_tls_key_operation* operation, aws_byte_cursor output)
    {
        if (operation == null)
        {
            RefuseNull();
            return;
        }

        TlsKeyOperation* self = Claim(operation);
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_TLS, $"id=0x{(nint)self:x}: key operation completed with {output.len} bytes");
        ByteBuf.InitCopyFromCursor(&self->_output, self->_allocator, output);
        self->_onCompleted(self);
    }

    /// <summary>Ends the operation, and so the handshake, with an error. Once; any thread.</summary>
    internal static void CompleteWithError(aws_tls_key_operation* operation, int error_code)
    {
        if (operation == null)
        {
            RefuseNull();
            return;
        }

        TlsKeyOperation* self = Claim(operation);
        self->_error = error_code == AWS_ERROR_SUCCESS ? AWS_ERROR_UNKNOWN : error_code;
        Log.Write(
            AWS_LL_ERROR, AWS_LS_IO_TLS, $"id=0x{(nint)self:x}: key operation completed with error {self->_error}");
        self->_onCompleted(self);
    }

    private static TlsKeyOperation* Claim(aws_tls_key_operation* operation)
    {
        TlsKeyOperation* self = (TlsKeyOperation*)operation;
        if (Interlocked.Exchange(ref self->_isCompleted, 1) != 0)
            Fatal.Stop("a TLS key operation was completed twice"u8);
        return self;
    }

    /// <summary>What is to be signed or decrypted; the operation's own. Any thread, until it is completed.</summary>
    internal static aws_byte_cursor GetInput(aws_tls_key_operation* operation) =>
        IsGiven(operation) ? ByteCursor.FromBuf(&((TlsKeyOperation*)operation)->_input) : default;

    internal static aws_tls_key_operation_type GetType(aws_tls_key_operation* operation) =>
        IsGiven(operation) ? ((TlsKeyOperation*)operation)->_request.Type : AWS_TLS_KEY_OPERATION_UNKNOWN;

    /// <summary>Unknown where nothing is to be signed, as is the digest.</summary>
    internal static aws_tls_signature_algorithm GetSignatureAlgorithm(aws_tls_key_operation* operation) =>
        IsGiven(operation) ? ((TlsKeyOperation*)operation)->_request.Signature : AWS_TLS_SIGNATURE_UNKNOWN;

    internal static aws_tls_hash_algorithm GetDigestAlgorithm(aws_tls_key_operation* operation) =>
        IsGiven(operation) ? ((TlsKeyOperation*)operation)->_request.Digest : AWS_TLS_HASH_UNKNOWN;

    private static bool IsGiven(aws_tls_key_operation* operation)
    {
        if (operation == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return operation != null;
    }

    private static void RefuseNull()
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: NULL is no key operation and cannot be completed");
        Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
    }
}

/// <summary>What an engine needs a private key for that it does not have. The input is the engine's.</summary>
internal struct TlsKeyRequest
{
    internal aws_tls_key_operation_type Type;
    internal aws_tls_signature_algorithm Signature;
    internal aws_tls_hash_algorithm Digest;
    internal aws_byte_cursor Input;
}
