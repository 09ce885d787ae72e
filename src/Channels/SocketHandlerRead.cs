// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.Posix;
using Reseau.Native.Sockets;

namespace Reseau.Native.Channels;

/// <summary>
/// Reading. One system call fills as many pooled messages as the socket has lately been able to fill, never more than
/// the window to the right admits, and a read that the kernel did not fill is the last one until the next event: no
/// further call is made only to hear that there is nothing.
/// </summary>
internal static unsafe partial class SocketHandler
{
    /// <summary>Messages per system call, at most.</summary>
    private const int BurstMessagesMax = 16;

    /// <summary>Messages per turn of the loop, at most, so that one fast peer does not starve the others.</summary>
    private const int TurnMessagesMax = 16;

    // The error code is not looked at: data may have come with the hang-up, and reading will find the end.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnReadable(aws_socket* socket, int error, void* userData)
    {
        State* state = (State*)userData;
        state->MayHaveData = true;
        Read(state);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IncrementReadWindow(aws_channel_handler* handler, aws_channel_slot* slot, nuint size)
    {
        State* state = (State*)handler->impl;
        if (!state->ShuttingDown && state->MayHaveData)
            ReadSoon(state);
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void TriggerRead(aws_channel_handler* handler)
    {
        State* state = (State*)handler->impl;
        state->MayHaveData = true;
        Read(state);
    }

    private static void ReadSoon(State* state)
    {
        if (state->ReadTaskScheduled)
            return;

        state->ReadTaskScheduled = true;
        ChannelTask.Init(&state->ReadTask, &OnReadTask, state, Literal.Of("socket_handler_read"u8));
        Channel.ScheduleTaskNow(state->Slot->channel, &state->ReadTask);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnReadTask(aws_channel_task* task, void* arg, aws_task_status status)
    {
        State* state = (State*)arg;
        state->ReadTaskScheduled = false;
        if (status == AWS_TASK_STATUS_RUN_READY)
            Read(state);
    }

    private static void Read(State* state)
    {
        nuint budget = state->MessageSizeMax * TurnMessagesMax;
        while (!state->ShuttingDown && state->MayHaveData)
        {
            nuint admitted = nuint.Min(ChannelSlot.DownstreamReadWindow(state->Slot), budget);
            if (admitted == 0)
            {
                if (budget == 0)
                    ReadSoon(state);
                return;
            }

            nuint read = ReadBurst(state, admitted);
            state->Statistics.bytes_read += read;
            budget -= read;
        }
    }

    /// <summary>Reads into several messages by one system call.</summary>
    private static nuint ReadBurst(State* state, nuint admitted)
    {
        aws_io_message** messages = stackalloc aws_io_message*[BurstMessagesMax];
        Libc.iovec* windows = stackalloc Libc.iovec[BurstMessagesMax];
        int count = 0;
        nuint offered = 0;
        while (count < state->BurstMessages && offered < admitted)
        {
            aws_io_message* message = AcquireMessage(state, nuint.Min(admitted - offered, state->MessageSizeMax));
            if (message == null)
                break;
            messages[count] = message;
            windows[count].iov_base = message->message_data.buffer;
            windows[count].iov_len = nuint.Min(message->message_data.capacity, admitted - offered);
            offered += windows[count].iov_len;
            count++;
        }

        if (count == 0)
            return 0;

        int result = Socket.ReadVector(state->Socket, windows, count, out nuint read, out bool drained);
        int error = result == AWS_OP_SUCCESS ? AWS_ERROR_SUCCESS : Errors.LastError();
        AdaptBurst(state, read, offered);
        if (drained)
            state->MayHaveData = false;

        DeliverBurst(state, messages, windows, count, read);
        if (error != AWS_ERROR_SUCCESS)
            StopReading(state, error);
        return read;
    }

    private static void DeliverBurst(State* state, aws_io_message** messages, Libc.iovec* windows, int count, nuint read)
    {
        bool refused = false;
        for (int i = 0; i < count; i++)
        {
            nuint filled = nuint.Min(read, windows[i].iov_len);
            read -= filled;

            // Once a handler has refused a message, the ones behind it would reach it out of order.
            messages[i]->message_data.len = filled;
            if (filled == 0 || refused)
                Allocator.Release(messages[i]->allocator, messages[i]);
            else
                refused = !SendUp(state, messages[i]);
        }
    }

    // Streams soon use full bursts; a connection that exchanges small messages holds one buffer at a time.
    private static void AdaptBurst(State* state, nuint read, nuint offered)
    {
        if (read == offered)
            state->BurstMessages = int.Min(state->BurstMessages * 2, BurstMessagesMax);
        else if (read < offered / 4)
            state->BurstMessages = int.Max(state->BurstMessages / 2, 1);
    }

    private static aws_io_message* AcquireMessage(State* state, nuint sizeHint)
    {
        aws_io_message* message =
            Channel.AcquireMessageFromPool(state->Slot->channel, AWS_IO_MESSAGE_APPLICATION_DATA, sizeHint);
        if (message == null)
            StopReading(state, Errors.LastError());
        return message;
    }

    private static bool SendUp(State* state, aws_io_message* message)
    {
        if (ChannelSlot.SendMessage(state->Slot, message, AWS_CHANNEL_DIR_READ) == AWS_OP_SUCCESS)
            return true;

        int error = Errors.LastError();
        Allocator.Release(message->allocator, message);
        StopReading(state, error);
        return false;
    }

    private static void StopReading(State* state, int error)
    {
        state->MayHaveData = false;
        if (error != AWS_IO_READ_WOULD_BLOCK)
            Channel.Shutdown(state->Slot->channel, error);
    }
}
