// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// The handshake. Its result is reported exactly once, or not at all if the channel is shut down before.
/// </summary>
internal static unsafe partial class TlsHandler
{
    /// <summary>Begins a client's handshake; on other threads than the loop's by a task. Any thread.</summary>
    internal static int StartNegotiation(aws_channel_handler* handler)
    {
        if (handler == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        State* state = (State*)handler->impl;
        if (Channel.ThreadIsCallersThread(state->Slot->channel))
        {
            Negotiate(state);
            return AWS_OP_SUCCESS;
        }

        // Once is enough.
        if (!TryScheduleStart(state))
            return AWS_OP_SUCCESS;

        ChannelTask.Init(&state->NegotiationTask, &OnNegotiationTask, state, Literal.Of("tls_negotiation"u8));
        Channel.ScheduleTaskNow(state->Slot->channel, &state->NegotiationTask);
        return AWS_OP_SUCCESS;
    }

    private static void OnNegotiationTask(aws_channel_task* task, void* arg, aws_task_status status)
    {
        State* state = (State*)arg;
        if (EndStart(state))
            Allocator.Release(state->Handler.alloc, state);
        else if (status == AWS_TASK_STATUS_RUN_READY)
            Negotiate(state);
    }

    private static void Negotiate(State* state)
    {
        if (state->Session.State is not (TlsSessionState.Idle or TlsSessionState.Handshaking))
            return;

        TlsHandlerShared.OnDriveNegotiation(&state->Shared);
        TlsOutcome outcome = TlsSession.Handshake(&state->Session);
        if (outcome == TlsOutcome.NeedsKey)
            PrepareKeyOperation(state);
        int error = outcome == TlsOutcome.Failed ? state->Session.Error : AWS_ERROR_SUCCESS;

        // The last flight goes also when the handshake has failed, for it is the alert that says why.
        if (TlsMessages.Flush(&state->Messages, null, null) != AWS_OP_SUCCESS && error == AWS_ERROR_SUCCESS)
            error = Errors.LastError();

        if (error != AWS_ERROR_SUCCESS)
            Fail(state, error);
        else if (outcome == TlsOutcome.Done)
            Succeed(state);
        else if (outcome == TlsOutcome.NeedsKey)
            PerformKeyOperation(state);
    }

    private static void Fail(State* state, int error)
    {
        DropKeyOperation(state);
        GiveUp(state, error);
    }

    // Also while somebody is at a key operation, who may still complete it.
    private static void GiveUp(State* state, int error)
    {
        TlsSession.FailHandshake(&state->Session, error);
        TlsMessages.DropIncoming(&state->Messages);
        ReportResult(state, error);
        Channel.Shutdown(state->Slot->channel, error);
    }

    private static void Succeed(State* state)
    {
        state->Protocol = View(TlsSession.Protocol(&state->Session));
        state->ServerName = View(TlsSession.ServerName(&state->Session));

        bool announces = state->AdvertisesProtocol && state->Slot->adj_right != null && state->Protocol.len > 0;
        if (announces && AnnounceProtocol(state) != AWS_OP_SUCCESS)
        {
            Channel.Shutdown(state->Slot->channel, Errors.LastError());
            return;
        }

        // The peer's handshake ends with our last flight, whatever the program does first with the end of ours.
        SocketHandler.SendQueued(state->Slot->adj_left);
        ReportResult(state, AWS_ERROR_SUCCESS);

        // The peer may have sent content right behind its last flight. Later, when the program has put its handlers in.
        if (TlsSession.HasInput(&state->Session))
            ReadSoon(state);
    }

    private static int AnnounceProtocol(State* state)
    {
        aws_io_message* message = Channel.AcquireMessageFromPool(
            state->Slot->channel, AWS_IO_MESSAGE_APPLICATION_DATA, (nuint)sizeof(aws_tls_negotiated_protocol_message));
        if (message == null)
            return AWS_OP_ERR;

        message->message_tag = AlpnHandler.ProtocolMessageTag;
        message->message_data.len = (nuint)sizeof(aws_tls_negotiated_protocol_message);
        ((aws_tls_negotiated_protocol_message*)message->message_data.buffer)->protocol = state->Protocol;
        if (ChannelSlot.SendMessage(state->Slot, message, AWS_CHANNEL_DIR_READ) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;

        int error = Errors.LastError();
        MessagePool.Return(message);
        return Errors.Raise(error);
    }

    private static void ReportResult(State* state, int error)
    {
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_TLS, $"id=0x{(nint)state:x}: handshake over with error {error}");
        TlsHandlerShared.OnNegotiationCompleted(&state->Shared, error);
        if (state->OnNegotiationResult != null)
            state->OnNegotiationResult(&state->Handler, state->Slot, error, state->UserData);
    }

    private static aws_byte_buf View(aws_byte_cursor bytes) =>
        new() { buffer = bytes.ptr, len = bytes.len, capacity = bytes.len };
}
