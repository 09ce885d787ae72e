// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Sockets;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// Reading. One system call fills as many pooled messages as the socket has lately been able to fill, never more than
/// the window to the right admits, and a read that the kernel did not fill is the last one until the next event: no
/// further call is made only to learn that there is nothing. What has been read waits in a list until the right handler
/// takes it, because a handler may put another one, with a smaller window, in its place while it looks at the first
/// message.
/// </summary>
internal static unsafe partial class SocketHandler
{
    /// <summary>Messages per system call, at most.</summary>
    private const int BurstMessagesMax = ReceiveBatch.MaxBuffers;

    /// <summary>Messages per turn of the loop, at most, so that one fast peer does not starve the others.</summary>
    private const int TurnMessagesMax = 16;

    private static ReceiveSource* Source => StaticMemory.Get(ref s_source, &SourceEntries);

    private static ReceiveSource SourceEntries() => new() { Acquire = &AcquireBuffer, Return = &ReturnBuffer };

    private static void OnReadable(SocketCore* core, int error) =>
        OnReadable((State*)AwsSocket.SocketOf(core)->readable_user_data);

    private static void OnReadableOfCore(SocketCore* core, int error) => OnReadable((State*)core->Owner);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnReadableOfC(aws_socket* socket, int error, void* userData) => OnReadable((State*)userData);

    // The error code is not looked at: data may have come with the hang-up, and reading will find the end.
    private static void OnReadable(State* state)
    {
        state->MayHaveData = true;
        if (state->Drain != null)
            OnProgress(state);
        else if (state->EndAwaitsInput)
            Schedule(state);
        else
            Read(state);
    }

    private static int IncrementReadWindow(aws_channel_handler* handler, aws_channel_slot* slot, nuint size)
    {
        State* state = (State*)handler->impl;
        if (!IsShuttingDown(state) && (state->MayHaveData || HasWaiting(state)))
            Schedule(state);
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void TriggerRead(aws_channel_handler* handler) => ReadOut((State*)handler->impl);

    /// <summary>A handler has come to the right of this one, which may be of any kind.</summary>
    internal static void OnRightHandler(aws_channel_handler* handler)
    {
        State* state = IsOne(handler) ? (State*)handler->impl : null;
        if (state != null && HasWaiting(state) && !IsShuttingDown(state))
            Schedule(state);
    }

    /// <summary>Delivers what is there, as far as the window admits it.</summary>
    private static void ReadOut(State* state)
    {
        if (IsShuttingDown(state) || state->EndError != AWS_ERROR_SUCCESS)
            return;

        state->MayHaveData = true;
        Read(state);
    }

    // After a failed write. Nobody reads ahead of the window, so that a closed one may hide bytes; behind one that
    // hides none the channel would wait for a window that nobody has a reason to open.
    private static bool HasInput(State* state) =>
        !IsShuttingDown(state) && HasRightHandler(state) && (HasWaiting(state) ||
            (state->EndError == AWS_ERROR_SUCCESS &&
                (state->Operations->HasInput == null
                    ? state->MayHaveData
                    : state->Operations->HasInput(state->Socket))));

    private static void Read(State* state)
    {
        // A handler that gets a message may trigger a read. The loop below goes on by itself; a second one inside it
        // would deliver what is behind before what is still in its hands.
        if (state->IsReading)
            return;

        state->IsReading = true;
        nuint budget = CheckedMath.MultiplySaturating(state->MessageSizeMax, TurnMessagesMax);
        while (!IsShuttingDown(state) && DeliverWaiting(state) && state->EndError == AWS_ERROR_SUCCESS &&
            state->MayHaveData)
        {
            if (budget == 0)
            {
                Schedule(state);
                break;
            }

            nuint admitted = nuint.Min(WindowToRead(state), budget);
            if (admitted == 0)
                break;
            budget -= nuint.Min(ReadBurst(state, admitted), budget);
        }

        state->IsReading = false;
    }

    /// <summary>Reads into several messages at once.</summary>
    private static nuint ReadBurst(State* state, nuint admitted)
    {
        ReceiveBuffer* buffers = stackalloc ReceiveBuffer[BurstMessagesMax];
        ReceiveBatch batch = new()
        {
            Source = Source,
            Context = state,
            Buffers = buffers,
            Limit = state->BurstMessages,
            Admitted = admitted,
        };
        int error = state->Operations->Receive(state->Socket, &batch);
        if (batch.IsDrained || error != AWS_ERROR_SUCCESS)
            state->MayHaveData = false;
        if (error != AWS_ERROR_SUCCESS && error != AWS_IO_READ_WOULD_BLOCK)
            state->EndError = error;

        AdaptBurst(state, batch.Received, batch.Offered);
        state->Statistics.bytes_read += batch.Received;
        for (int i = 0; i < batch.Count; i++)
        {
            aws_io_message* message = (aws_io_message*)buffers[i].Owner;
            message->message_data.len = buffers[i].Length;
            AppendWaiting(state, message);
        }

        return batch.Received;
    }

    private static bool AcquireBuffer(void* context, nuint size, ReceiveBuffer* buffer)
    {
        aws_io_message* message = AcquireMessage((State*)context, size);
        if (message == null)
            return false;

        buffer->Data = message->message_data.buffer;
        buffer->Length = nuint.Min(message->message_data.capacity, size);
        buffer->Owner = message;
        return true;
    }

    private static void ReturnBuffer(ReceiveBuffer* buffer) => MessagePool.Return((aws_io_message*)buffer->Owner);

    // Streams soon use full bursts; a connection that exchanges small messages holds one buffer at a time.
    private static void AdaptBurst(State* state, nuint read, nuint offered)
    {
        if (read == offered && read > 0)
            state->BurstMessages = (byte)int.Min(state->BurstMessages * 2, BurstMessagesMax);
        else if (read < offered / 4)
            state->BurstMessages = (byte)int.Max(state->BurstMessages / 2, 1);
    }

    private static aws_io_message* AcquireMessage(State* state, nuint size)
    {
        aws_io_message* message = Channel.AcquireMessageFromPool(
            state->Handler.slot->channel, AWS_IO_MESSAGE_APPLICATION_DATA, nuint.Min(size, state->MessageSizeMax));
        if (message == null)
            state->EndError = Errors.LastError();
        return message;
    }

    /// <summary>
    /// Bytes to read now. Without a right handler one message is read ahead, so that the end of a stream that nobody
    /// reads is noticed all the same.
    /// </summary>
    private static nuint WindowToRead(State* state) =>
        state->Pauses > 0 ? 0
        : HasRightHandler(state) ? ChannelSlot.DownstreamReadWindow(state->Handler.slot)
        : ChannelSlot.HasBackPressure(state->Handler.slot) ? 0
        : state->MessageSizeMax;

    private static bool HasRightHandler(State* state) =>
        state->Handler.slot->adj_right != null && state->Handler.slot->adj_right->handler != null;

    /// <summary>
    /// Hands over what the right handler takes. True when nothing waits any more; the end of the stream, if it was
    /// behind that, has then begun the channel's shutdown.
    /// </summary>
    private static bool DeliverWaiting(State* state)
    {
        while (HasWaiting(state))
        {
            nuint window = HasRightHandler(state) ? ChannelSlot.DownstreamReadWindow(state->Handler.slot) : 0;
            if (window == 0 || IsShuttingDown(state) || state->Pauses > 0 || !SendUp(state, TakeWaiting(state, window)))
                return false;
        }

        if (state->EndError != AWS_ERROR_SUCCESS)
            EndSoon(state, state->EndError);
        return true;
    }

    /// <summary>The oldest message, or as much of it as the window admits. NULL without memory for a part.</summary>
    private static aws_io_message* TakeWaiting(State* state, nuint window)
    {
        aws_io_message* oldest = OldestWaiting(state);
        aws_byte_buf* data = &oldest->message_data;
        if (data->len <= window)
            return RemoveOldest(state);

        aws_io_message* part = AcquireMessage(state, window);
        if (part == null)
            return null;

        nuint taken = nuint.Min(window, part->message_data.capacity);
        NativeMemory.Copy(data->buffer, part->message_data.buffer, taken);
        part->message_data.len = taken;
        data->buffer += taken;
        data->len -= taken;
        data->capacity -= taken;
        return part;
    }

    private static bool SendUp(State* state, aws_io_message* message)
    {
        if (message != null)
        {
            if (ChannelSlot.SendMessage(state->Handler.slot, message, AWS_CHANNEL_DIR_READ) == AWS_OP_SUCCESS)
                return true;
            state->EndError = Errors.LastError();
            MessagePool.Return(message);
        }

        // Once a message is lost, the ones behind it must not arrive.
        ReleaseWaiting(state);
        state->MayHaveData = false;
        Channel.Shutdown(state->Handler.slot->channel, state->EndError);
        return false;
    }

    private static void ReleaseWaiting(State* state)
    {
        while (HasWaiting(state))
            MessagePool.Return(RemoveOldest(state));
    }

    private static bool HasWaiting(State* state) => state->LastWaiting != null;

    private static aws_io_message* OldestWaiting(State* state) =>
        (aws_io_message*)state->LastWaiting->queueing_handle.next;

    private static void AppendWaiting(State* state, aws_io_message* message)
    {
        if (!HasWaiting(state))
        {
            message->queueing_handle.next = (aws_linked_list_node*)message;
        }
        else
        {
            message->queueing_handle.next = state->LastWaiting->queueing_handle.next;
            state->LastWaiting->queueing_handle.next = (aws_linked_list_node*)message;
        }

        state->LastWaiting = message;
    }

    private static aws_io_message* RemoveOldest(State* state)
    {
        aws_io_message* oldest = OldestWaiting(state);
        if (oldest == state->LastWaiting)
            state->LastWaiting = null;
        else
            state->LastWaiting->queueing_handle.next = oldest->queueing_handle.next;
        oldest->queueing_handle.next = null;
        return oldest;
    }
}
