// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Channels;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// Writing. A message's records go into as few messages as hold them; the last of these carries the completion of the
/// message, which is given back at once.
/// </summary>
internal static unsafe partial class TlsHandler
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ProcessWriteMessage(aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message)
    {
        State* state = (State*)handler->impl;
        if (state->Negotiation != Negotiation.Succeeded)
            return Errors.Raise(AWS_IO_TLS_ERROR_NOT_NEGOTIATED);

        aws_byte_buf* data = &message->message_data;
        if (WriteRecords(state, data->buffer, data->len) != TlsOutcome.Done)
            return AWS_OP_ERR;
        if (TlsTransport.Flush(&state->Transport, message->on_completion, message->user_data) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        // A message without content makes no record that could carry its completion.
        if (data->len == 0 && message->on_completion != null)
            message->on_completion(slot->channel, message, AWS_ERROR_SUCCESS, message->user_data);
        Allocator.Release(message->allocator, message);
        return AWS_OP_SUCCESS;
    }

    private static TlsOutcome WriteRecords(State* state, byte* content, nuint length)
    {
        TlsTransport.Expect(&state->Transport, length);
        while (length > 0)
        {
            nuint part = RecordSizes.Next(&state->RecordSizes, state->Slot->channel, length);
            if (state->Engine->Write(state->Connection, content, part) != TlsOutcome.Done)
                return TlsOutcome.Failed;
            content += part;
            length -= part;
        }

        return TlsOutcome.Done;
    }
}
