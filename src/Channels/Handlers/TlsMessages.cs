// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// The messages that a session's windows are in: records are taken straight out of those that came from the left, and
/// put straight into the one that goes to the left; several share one. Event-loop thread only.
/// </summary>
internal unsafe struct TlsMessages
{
    // Of a message's capacity: one that is larger costs more to copy than it wastes.
    private const nuint SmallShare = 8;

    private aws_channel_slot* _slot;
    private TlsRecords* _records;

    // The first one has the input window, and is out of the list with the window's last byte.
    private aws_linked_list _incoming;
    private nuint _bytesBehindFirst;
    private aws_io_message* _outgoing;
    private ReplyAccount* _replies;

    internal static void Init(TlsMessages* messages, aws_channel_slot* slot, TlsRecords* records)
    {
        *messages = default;
        messages->_slot = slot;
        messages->_records = records;
        LinkedList.Init(&messages->_incoming);
    }

    /// <summary>Returns all messages that have not been used up. The session puts nothing more.</summary>
    internal static void CleanUp(TlsMessages* messages)
    {
        messages->_records->IsBroken = true;
        DropIncoming(messages);
        if (messages->_outgoing != null)
            Allocator.Release(messages->_outgoing->allocator, messages->_outgoing);
        messages->_outgoing = null;
        ReplyAccount.Close(messages->_replies);
        messages->_replies = null;
    }

    /// <summary>What has come and was not taken yet.</summary>
    internal static nuint IncomingBytes(TlsMessages* messages) =>
        messages->_records->InputLength + messages->_bytesBehindFirst;

    /// <summary>
    /// Takes a message over; it is returned when its last byte has been taken. A small one is copied into the message
    /// before it: else a peer that sends single bytes would have each of them keep a whole message.
    /// </summary>
    internal static void AddIncoming(TlsMessages* messages, aws_io_message* message)
    {
        aws_byte_buf* data = &message->message_data;
        if (messages->_records->InputLength > 0)
        {
            AddBehind(messages, message);
        }
        else if (data->len > 0)
        {
            LinkedList.PushBack(&messages->_incoming, &message->queueing_handle);
            messages->_records->Input = data->buffer;
            messages->_records->InputLength = data->len;
        }
        else
        {
            MessagePool.Return(message);
        }
    }

    private static void AddBehind(TlsMessages* messages, aws_io_message* message)
    {
        aws_io_message* last = MessageOf(LinkedList.Back(&messages->_incoming));
        nuint length = message->message_data.len;
        bool isCopied = TryAppend(&last->message_data, &message->message_data);
        if (isCopied && last == FirstIncoming(messages))
            messages->_records->InputLength += length;
        else
            messages->_bytesBehindFirst += length;
        if (isCopied)
            MessagePool.Return(message);
        else
            LinkedList.PushBack(&messages->_incoming, &message->queueing_handle);
    }

    private static bool TryAppend(aws_byte_buf* last, aws_byte_buf* next)
    {
        nuint room = last->capacity > last->len ? last->capacity - last->len : 0;
        if (next->len > nuint.Min(room, last->capacity / SmallShare))
            return false;

        NativeMemory.Copy(next->buffer, last->buffer + last->len, next->len);
        last->len += next->len;
        return true;
    }

    /// <summary>See <see cref="TlsSessionOwner.InputUsed"/>.</summary>
    internal static void NextIncoming(TlsMessages* messages)
    {
        MessagePool.Return(MessageOf(LinkedList.PopFront(&messages->_incoming)));
        if (LinkedList.IsEmpty(&messages->_incoming))
            return;

        aws_byte_buf* data = &FirstIncoming(messages)->message_data;
        messages->_bytesBehindFirst -= data->len;
        messages->_records->Input = data->buffer;
        messages->_records->InputLength = data->len;
    }

    internal static void DropIncoming(TlsMessages* messages)
    {
        while (!LinkedList.IsEmpty(&messages->_incoming))
            MessagePool.Return(MessageOf(LinkedList.PopFront(&messages->_incoming)));
        messages->_bytesBehindFirst = 0;
        messages->_records->InputLength = 0;
    }

    /// <summary>See <see cref="TlsSessionOwner.OutputFull"/>.</summary>
    internal static bool NextOutgoing(TlsMessages* messages, nuint size)
    {
        if (messages->_outgoing != null && Send(messages) != AWS_OP_SUCCESS)
            return false;

        // The handlers to the left add to every message.
        nuint overhead = ChannelSlot.UpstreamMessageOverhead(messages->_slot);
        aws_io_message* message = Channel.AcquireMessageFromPool(
            messages->_slot->channel, AWS_IO_MESSAGE_APPLICATION_DATA, CheckedMath.AddSaturating(size, overhead));
        messages->_outgoing = message;
        if (message == null || message->message_data.capacity <= overhead)
            return false;

        messages->_records->Output = message->message_data.buffer;
        messages->_records->OutputRoom = message->message_data.capacity - overhead;
        return true;
    }

    /// <summary>
    /// Sends what was put since the last time. On success <paramref name="onCompletion"/> goes with it.
    /// </summary>
    internal static int Flush(
        TlsMessages* messages, aws_channel_on_message_write_completed_fn onCompletion, void* userData)
    {
        messages->_records->Expected = 0;
        if (messages->_records->IsBroken)
            return Errors.Raise(AWS_IO_TLS_ERROR_WRITE_FAILURE);
        if (messages->_outgoing == null)
            return AWS_OP_SUCCESS;

        messages->_outgoing->on_completion = onCompletion;
        messages->_outgoing->user_data = userData;
        return Send(messages);
    }

    private static int Send(TlsMessages* messages)
    {
        TlsRecords* records = messages->_records;
        aws_io_message* message = messages->_outgoing;
        message->message_data.len = (nuint)(records->Output - message->message_data.buffer);
        messages->_outgoing = null;
        records->OutputRoom = 0;
        if (records->NewReplies > 0)
            ReplyAccount.Attach(ref messages->_replies, messages->_slot->alloc, records, message);
        if (ChannelSlot.SendMessage(messages->_slot, message, AWS_CHANNEL_DIR_WRITE) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;

        // Half a record may be under way: nothing that followed would make sense to the peer.
        records->IsBroken = true;
        ReplyAccount.Detach(messages->_replies, message);
        MessagePool.Return(message);
        return AWS_OP_ERR;
    }

    private static aws_io_message* FirstIncoming(TlsMessages* messages) =>
        MessageOf(LinkedList.Front(&messages->_incoming));

    // The offset comes from a value that is never read: the compiler folds it.
    private static aws_io_message* MessageOf(aws_linked_list_node* node)
    {
        Unsafe.SkipInit(out aws_io_message any);
        return LinkedList.Containing(node, &any, &any.queueing_handle);
    }
}
