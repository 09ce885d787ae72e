// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// A key operation of a channel's handshake. It keeps the channel's memory until it is completed, which may be long
/// after the channel has shut down; then it frees itself.
/// </summary>
internal unsafe struct ChannelKeyOperation
{
    // First, so that this address is the operation's.
    private TlsKeyOperation _operation;
    private aws_allocator* _allocator;
    private aws_channel* _channel;
    private void* _owner;
    private delegate*<void*, aws_byte_cursor*, int, void> _onCompleted;
    private aws_channel_task _task;

    /// <summary>
    /// Copies the request. <paramref name="onCompleted"/> comes on the loop with the output or an error, after which
    /// the operation is gone; not at all if the channel has shut down by then. Loop's thread.
    /// </summary>
    internal static ChannelKeyOperation* New(
        aws_allocator* allocator,
        aws_channel* channel,
        TlsKeyRequest* request,
        void* owner,
        delegate*<void*, aws_byte_cursor*, int, void> onCompleted)
    {
        ChannelKeyOperation* operation =
            (ChannelKeyOperation*)Allocator.Calloc(allocator, 1, (nuint)sizeof(ChannelKeyOperation));
        TlsKeyOperation.Init(&operation->_operation, allocator, request, &Schedule);
        operation->_allocator = allocator;
        operation->_channel = channel;
        operation->_owner = owner;
        operation->_onCompleted = onCompleted;
        Channel.AcquireHold(channel);
        return operation;
    }

    /// <summary>For one that nobody has been asked to complete.</summary>
    internal static void Free(ChannelKeyOperation* operation)
    {
        aws_channel* channel = operation->_channel;
        TlsKeyOperation.CleanUp(&operation->_operation);
        Allocator.Release(operation->_allocator, operation);
        Channel.ReleaseHold(channel);
    }

    /// <summary>
    /// The owner goes, or the channel shuts down, before the operation is completed. Loop's thread; the operation must
    /// not be touched after the channel has shut down.
    /// </summary>
    internal static void Abandon(ChannelKeyOperation* operation) => operation->_onCompleted = null;

    // On the loop, and never inside the call: whoever completes may be in the middle of the handshake.
    private static void Schedule(TlsKeyOperation* completed)
    {
        ChannelKeyOperation* operation = (ChannelKeyOperation*)completed;
        ChannelTask.Init(&operation->_task, &OnTask, operation, Literal.Of("tls_key_operation"u8));
        Channel.ScheduleTaskNow(operation->_channel, &operation->_task);
    }

    private static void OnTask(aws_channel_task* task, void* arg, aws_task_status status)
    {
        ChannelKeyOperation* operation = (ChannelKeyOperation*)arg;
        if (status == AWS_TASK_STATUS_RUN_READY && operation->_onCompleted != null)
        {
            aws_byte_cursor output;
            int error = TlsKeyOperation.Result(&operation->_operation, &output);
            operation->_onCompleted(operation->_owner, error == AWS_ERROR_SUCCESS ? &output : null, error);
        }

        Free(operation);
    }
}
