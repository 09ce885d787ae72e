// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// Reading. Records are decrypted straight into the messages that go up, several small ones into one, never more than
/// the window to the right admits. What cannot go up yet stays as it came.
/// </summary>
internal static unsafe partial class TlsHandler
{
    private const nuint MaxRecord = 16 * 1024 + 256 + 5;

    private static int ProcessReadMessage(aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message)
    {
        State* state = (State*)handler->impl;
        if (state->Reading == ReadDirection.Closed)
        {
            MessagePool.Return(message);
            return AWS_OP_SUCCESS;
        }

        if (state->Session.State == TlsSessionState.HandshakeFailed)
            return Errors.Raise(AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE);

        nuint length = message->message_data.len;
        TlsMessages.AddIncoming(&state->Messages, message);
        if (state->Session.HadHandshake)
        {
            ReadUp(state);
            return AWS_OP_SUCCESS;
        }

        state->UngrantedWindow += length;
        Negotiate(state);
        GrantWindow(state);
        BoundPending(state);
        return AWS_OP_SUCCESS;
    }

    private static int IncrementReadWindow(aws_channel_handler* handler, aws_channel_slot* slot, nuint size)
    {
        State* state = (State*)handler->impl;
        if (state->Reading == ReadDirection.Closed)
            return AWS_OP_SUCCESS;

        PassWindowOn(state);
        if (state->Session.HadHandshake)
            ReadSoon(state);
        return AWS_OP_SUCCESS;
    }

    // To the left goes what the right takes, plus what records add. It is always enough for one whole record: content
    // of which only a part is here cannot be decrypted, and would wait for a window that nobody opens.
    private static void PassWindowOn(State* state)
    {
        if (!ChannelSlot.HasBackPressure(state->Slot))
            return;

        nuint wanted = ChannelSlot.DownstreamReadWindow(state->Slot);
        if (wanted == 0)
            return;

        nuint granted = CheckedMath.AddSaturating(
            state->Slot->window_size, state->Slot->current_window_update_batch_size);
        nuint records = (wanted / (16 * 1024)) + 1;
        wanted = CheckedMath.AddSaturating(wanted, records * MessageGrowth);
        wanted = nuint.Max(wanted, MaxRecord);
        if (wanted > granted)
            ChannelSlot.IncrementReadWindow(state->Slot, wanted - granted);
    }

    private static void ReadSoon(State* state)
    {
        if (!TryScheduleDelivery(state))
            return;

        ChannelTask.Init(&state->ReadTask, &OnReadTask, state, Literal.Of("tls_read"u8));
        Channel.ScheduleTaskNow(state->Slot->channel, &state->ReadTask);
    }

    private static void OnReadTask(aws_channel_task* task, void* arg, aws_task_status status)
    {
        State* state = (State*)arg;
        OnDeliveryTaskRun(state);
        if (status == AWS_TASK_STATUS_RUN_READY && state->Reading != ReadDirection.Closed)
            ReadUp(state);
    }

    /// <summary>Sends up all that has come and that the window admits.</summary>
    private static void ReadUp(State* state)
    {
        if (!TryBeginDelivery(state))
            return;

        TlsOutcome outcome = TlsOutcome.Done;
        nuint window = Window(state);
        while (outcome == TlsOutcome.Done && window > 0 && state->Reading != ReadDirection.Closed)
        {
            outcome = TlsOutcome.NeedsInput;
            if (TlsSession.HasInput(&state->Session))
                outcome = ReadMessage(state, window);
            window = Window(state);
        }

        EndDelivery(state);
        if (outcome == TlsOutcome.NeedsInput)
            TlsSession.ReleaseBuffers(&state->Session);
        int error = outcome == TlsOutcome.Failed ? Errors.LastError() : AWS_ERROR_SUCCESS;

        // Reading can make records, such as the answer to a change of keys.
        TlsMessages.Flush(&state->Messages, null, null);
        FinishReading(state, outcome, error);
    }

    private static void FinishReading(State* state, TlsOutcome outcome, int error)
    {
        bool isOver = outcome is TlsOutcome.Closed or TlsOutcome.Failed;
        if (outcome == TlsOutcome.Failed)
            ReportError(state, error);

        // Nothing that stands behind the end is content.
        if (isOver)
            TlsMessages.DropIncoming(&state->Messages);

        aws_channel* channel = state->Slot->channel;
        if (state->Reading == ReadDirection.Draining)
        {
            if (isOver || outcome == TlsOutcome.NeedsInput || !Channel.TryAwaitWindow(channel, &EndWindowWait, state))
                FinishReadShutdown(state, state->ShutdownError != AWS_ERROR_SUCCESS ? state->ShutdownError : error);
        }
        else if (outcome == TlsOutcome.Closed)
        {
            Channel.ShutdownAfterInput(channel, error);
        }
        else if (outcome == TlsOutcome.Failed)
        {
            Channel.Shutdown(channel, error);
        }
        else if (outcome == TlsOutcome.NeedsInput)
        {
            PassWindowOn(state);
        }
    }

    /// <summary>Fills one message from as many records as go in, and sends it up.</summary>
    private static TlsOutcome ReadMessage(State* state, nuint window)
    {
        aws_io_message* message =
            Channel.AcquireMessageFromPool(state->Slot->channel, AWS_IO_MESSAGE_APPLICATION_DATA, window);
        if (message == null)
            return TlsOutcome.Failed;

        aws_byte_buf* data = &message->message_data;
        TlsOutcome outcome = TlsSession.Read(&state->Session, data->buffer, data->capacity, out data->len);

        // What came before the fault is good; the handlers that get it may leave errors of their own.
        int error = outcome == TlsOutcome.Failed ? Errors.LastError() : AWS_ERROR_SUCCESS;
        if (data->len == 0)
            MessagePool.Return(message);
        else if (!SendUp(state, message))
            return TlsOutcome.Failed;
        if (outcome == TlsOutcome.Failed)
            Errors.Raise(error);
        return outcome;
    }

    private static bool SendUp(State* state, aws_io_message* message)
    {
        if (state->OnDataRead != null)
            state->OnDataRead(&state->Handler, state->Slot, &message->message_data, state->UserData);

        if (state->Slot->adj_right == null)
        {
            MessagePool.Return(message);
            return true;
        }

        if (ChannelSlot.SendMessage(state->Slot, message, AWS_CHANNEL_DIR_READ) == AWS_OP_SUCCESS)
            return true;

        int error = Errors.LastError();
        MessagePool.Return(message);
        Errors.Raise(error);
        return false;
    }

    private static nuint Window(State* state) =>
        state->Slot->adj_right == null ? nuint.MaxValue : ChannelSlot.DownstreamReadWindow(state->Slot);

    private static void ReportError(State* state, int error)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"id=0x{(nint)state:x}: reading failed with error {error}");
        if (state->OnError != null)
            state->OnError(&state->Handler, state->Slot, error, Errors.ErrorStr(error), state->UserData);
    }
}
