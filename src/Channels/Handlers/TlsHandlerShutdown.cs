// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// The end. What the peer had sent before it closed still goes up, and waits for a window if it must. Where this side
/// ends the channel, now or later, only what the window admits goes up: a closed window holds no shutdown up.
/// </summary>
internal static unsafe partial class TlsHandler
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Shutdown(
        aws_channel_handler* handler,
        aws_channel_slot* slot,
        aws_channel_direction direction,
        int error,
        bool freeScarceResourcesImmediately)
    {
        State* state = (State*)handler->impl;
        Log.Write(
            AWS_LL_DEBUG,
            AWS_LS_IO_TLS,
            $"id=0x{(nint)state:x}: shutting down direction {(uint)direction} with error {error}");
        if (direction == AWS_CHANNEL_DIR_WRITE)
        {
            if (!freeScarceResourcesImmediately && error != AWS_IO_SOCKET_CLOSED)
                SendCloseNotify(state);
            CloseWriting(state);
            FailGathered(state, AWS_IO_SOCKET_CLOSED);
            TlsMessages.DropIncoming(&state->Messages);
            return ChannelSlot.OnHandlerShutdownComplete(slot, direction, error, freeScarceResourcesImmediately);
        }

        AbandonKeyOperation(state);
        if (state->Session.IsHandshakePending)
            TlsSession.FailHandshake(&state->Session, error);

        bool hasMore =
            state->Session.HadHandshake && slot->adj_right != null && TlsSession.HasInput(&state->Session);
        state->ShutdownError = error;
        if (hasMore && !freeScarceResourcesImmediately)
        {
            Log.Write(
                AWS_LL_DEBUG,
                AWS_LS_IO_TLS,
                $"id=0x{(nint)state:x}: what has come goes up before the shutdown; the window is {Window(state)}");
            BeginDraining(state);
            ReadSoon(state);
            return AWS_OP_SUCCESS;
        }

        CloseReading(state);
        TlsMessages.DropIncoming(&state->Messages);
        return ChannelSlot.OnHandlerShutdownComplete(slot, direction, error, freeScarceResourcesImmediately);
    }

    private static void EndWindowWait(void* waiter) => ReadSoon((State*)waiter);

    private static void FinishReadShutdown(State* state, int error)
    {
        Channel.ForgetWait(state->Slot->channel, state);
        CloseReading(state);
        TlsMessages.DropIncoming(&state->Messages);
        ChannelSlot.OnHandlerShutdownComplete(state->Slot, AWS_CHANNEL_DIR_READ, error, false);
    }

    private static void SendCloseNotify(State* state)
    {
        if (!state->Session.HadHandshake || WriteGathered(state) != AWS_OP_SUCCESS)
            return;

        TlsSession.SendCloseNotify(&state->Session);
        TlsMessages.Flush(&state->Messages, null, null);
    }
}
