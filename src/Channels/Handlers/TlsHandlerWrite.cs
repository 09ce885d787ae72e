// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// Writing. A message's records go into as few messages as hold them; the last of these carries the completion of the
/// message, which is returned at once. The first message of a tick of the loop becomes records at once; small ones that
/// follow in the same tick are gathered and become records at its end.
/// </summary>
internal static unsafe partial class TlsHandler
{
    // Copying a message this small is cheaper than a record of its own.
    private const nuint MaxGathered = 4 * 1024;

    private static int ProcessWriteMessage(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message)
    {
        State* state = (State*)handler->impl;
        if (!state->Session.HadHandshake)
            return Errors.Raise(AWS_IO_TLS_ERROR_NOT_NEGOTIATED);
        if (state->Writing == WriteDirection.Closed)
            return Errors.Raise(AWS_IO_TLS_ERROR_WRITE_FAILURE);

        aws_byte_buf* data = &message->message_data;
        bool isGathered = state->Writing == WriteDirection.Gathering && data->len is > 0 and <= MaxGathered;
        if (isGathered && StagedWrites.TryAdd(&state->Staged, slot, message))
            return AWS_OP_SUCCESS;

        // What was gathered goes before whatever does not fit behind it.
        if (WriteGathered(state) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;
        if (isGathered && StagedWrites.TryAdd(&state->Staged, slot, message))
            return AWS_OP_SUCCESS;

        // Before the records reach the socket, so that the task runs before the one that sends.
        GatherUntilTickEnds(state);
        if (data->len == 0)
            return CompleteEmpty(state, message);
        if (WriteRecords(state, data->buffer, data->len, message->on_completion, message->user_data) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        MessagePool.Return(message);
        return AWS_OP_SUCCESS;
    }

    // A message without content makes no record that could carry its completion; answers to the peer that are sent
    // meanwhile are unrelated to this message.
    private static int CompleteEmpty(State* state, aws_io_message* message)
    {
        if (TlsMessages.Flush(&state->Messages, null, null) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        if (message->on_completion != null)
            message->on_completion(state->Slot->channel, message, AWS_ERROR_SUCCESS, message->user_data);
        MessagePool.Return(message);
        return AWS_OP_SUCCESS;
    }

    private static int WriteRecords(
        State* state,
        byte* content,
        nuint length,
        aws_channel_on_message_write_completed_fn onCompletion,
        void* userData)
    {
        // The socket takes no more. The session is left as it is, since what has come can still be read (rule 400).
        if (state->Session.Records.IsBroken)
            return Errors.Raise(AWS_IO_TLS_ERROR_WRITE_FAILURE);
        return TlsSession.Write(&state->Session, content, length) == TlsOutcome.Done
            ? TlsMessages.Flush(&state->Messages, onCompletion, userData)
            : AWS_OP_ERR;
    }

    private static void GatherUntilTickEnds(State* state)
    {
        if (!TryBeginGathering(state))
            return;

        ChannelTask.Init(&state->GatherTask, &OnGatherTask, state, Literal.Of("tls_write"u8));
        Channel.ScheduleTaskNow(state->Slot->channel, &state->GatherTask);
    }

    private static void OnGatherTask(aws_channel_task* task, void* arg, aws_task_status status)
    {
        State* state = (State*)arg;
        EndGathering(state);
        if (status == AWS_TASK_STATUS_RUN_READY && WriteGathered(state) != AWS_OP_SUCCESS)
            Channel.ShutdownAfterInput(state->Slot->channel, Errors.LastError());
    }

    /// <summary>Makes records of what was gathered. If that fails its completions get the error.</summary>
    private static int WriteGathered(State* state)
    {
        if (state->Staged.IsEmpty)
            return AWS_OP_SUCCESS;

        // Taken out first: a completion that comes from within may write again.
        StagedWrites staged = state->Staged;
        state->Staged = default;
        void* userData;
        aws_channel_on_message_write_completed_fn onWritten = StagedWrites.TakeCompletions(&staged, &userData);
        aws_byte_buf* data = &staged.Content->message_data;
        int result = WriteRecords(state, data->buffer, data->len, onWritten, userData);
        int error = result == AWS_OP_SUCCESS ? AWS_ERROR_SUCCESS : Errors.LastError();
        if (result != AWS_OP_SUCCESS && onWritten != null)
            onWritten(state->Slot->channel, staged.Content, error, userData);
        StagedWrites.ReleaseContent(&staged);
        return result == AWS_OP_SUCCESS ? result : Errors.Raise(error);
    }

    /// <summary>The connection ends before what was gathered could go.</summary>
    private static void FailGathered(State* state, int error)
    {
        StagedWrites staged = state->Staged;
        state->Staged = default;
        void* userData;
        aws_channel_on_message_write_completed_fn onWritten = StagedWrites.TakeCompletions(&staged, &userData);
        if (onWritten != null)
            onWritten(state->Slot->channel, staged.Content, error, userData);
        StagedWrites.ReleaseContent(&staged);
    }
}
