// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Channels;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// One use of a private key that a handshake waits for. It keeps the channel's memory until it is completed, which may be
/// long after the channel has shut down; then it frees itself.
/// </summary>
internal unsafe struct TlsKeyOperation
{
    /// <summary>For the handler's queue.</summary>
    internal TlsKeyOperation* NextWaiting;
    private aws_allocator* _allocator;
    private aws_channel* _channel;
    private TlsKeyRequest _request;
    private aws_byte_buf _input;
    private aws_byte_buf _output;
    private int _error;
    private int _isCompleted;
    private void* _owner;
    private delegate*<void*, aws_byte_cursor*, int, void> _onCompleted;
    private aws_channel_task _task;

    /// <summary>
    /// Copies the request. <paramref name="onCompleted"/> comes on the loop with the output or an error, after which the
    /// operation is gone; not at all if the channel has shut down by then. Loop's thread.
    /// </summary>
    internal static TlsKeyOperation* New(
        aws_allocator* allocator,
        aws_channel* channel,
        TlsKeyRequest* request,
        void* owner,
        delegate*<void*, aws_byte_cursor*, int, void> onCompleted)
    {
        TlsKeyOperation* operation =
            (TlsKeyOperation*)Allocator.Calloc(allocator, 1, (nuint)sizeof(TlsKeyOperation));
        operation->_allocator = allocator;
        operation->_channel = channel;
        operation->_request = *request;
        operation->_owner = owner;
        operation->_onCompleted = onCompleted;
        ByteBuf.InitCopyFromCursor(&operation->_input, allocator, request->Input);
        Channel.AcquireHold(channel);
        return operation;
    }

    /// <summary>For one that nobody has been asked to complete.</summary>
    internal static void Free(TlsKeyOperation* operation)
    {
        aws_channel* channel = operation->_channel;
        ByteBuf.CleanUpSecure(&operation->_input);
        ByteBuf.CleanUpSecure(&operation->_output);
        Allocator.Release(operation->_allocator, operation);
        Channel.ReleaseHold(channel);
    }

    /// <summary>The owner goes before the operation is completed. Loop's thread.</summary>
    internal static void Abandon(TlsKeyOperation* operation) => operation->_onCompleted = null;

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
        Schedule(self);
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
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"id=0x{(nint)self:x}: key operation completed with error {self->_error}");
        Schedule(self);
    }

    private static TlsKeyOperation* Claim(aws_tls_key_operation* operation)
    {
        TlsKeyOperation* self = (TlsKeyOperation*)operation;
        if (Interlocked.Exchange(ref self->_isCompleted, 1) != 0)
            Fatal.Stop("a TLS key operation was completed twice"u8);
        return self;
    }

    // On the loop, and never inside the call: whoever completes may be in the middle of the handshake.
    private static void Schedule(TlsKeyOperation* operation)
    {
        ChannelTask.Init(&operation->_task, &OnTask, operation, Literal.Of("tls_key_operation"u8));
        Channel.ScheduleTaskNow(operation->_channel, &operation->_task);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTask(aws_channel_task* task, void* arg, aws_task_status status)
    {
        TlsKeyOperation* operation = (TlsKeyOperation*)arg;
        if (status == AWS_TASK_STATUS_RUN_READY && operation->_onCompleted != null)
        {
            aws_byte_cursor output = ByteCursor.FromBuf(&operation->_output);
            bool hasOutput = operation->_error == AWS_ERROR_SUCCESS;
            operation->_onCompleted(operation->_owner, hasOutput ? &output : null, operation->_error);
        }

        Free(operation);
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
