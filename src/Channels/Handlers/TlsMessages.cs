// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// The ciphertext of one connection. An engine takes straight out of the messages that have come from the left, and puts
/// straight into the message that goes to the left; several records share one. Event-loop thread only.
/// </summary>
internal unsafe struct TlsMessages
{
    // What a record may add to its content: header, nonce, padding, tag.
    private const nuint RecordOverheadMost = 64;
    private const nuint RecordContentMost = 16 * 1024;

    // First, so that this address is the transport's.
    internal TlsTransport Transport;
    internal aws_channel_slot* Slot;
    private aws_linked_list _incoming;
    private nuint _incomingBytes;
    private aws_io_message* _outgoing;
    private nuint _expected;
    private UnsentReplies _replies;
    private bool _isReplying;
    private bool _hasTooManyReplies;
    private bool _isBroken;

    internal static void Init(TlsMessages* transport, aws_channel_slot* slot)
    {
        *transport = default;
        transport->Transport.Take = &Take;
        transport->Transport.Put = &Put;
        transport->Slot = slot;
        LinkedList.Init(&transport->_incoming);
    }

    /// <summary>Gives back all messages that have not been used up.</summary>
    internal static void CleanUp(TlsMessages* transport)
    {
        DropIncoming(transport);
        if (transport->_outgoing != null)
            Allocator.Release(transport->_outgoing->allocator, transport->_outgoing);
        transport->_outgoing = null;
        UnsentReplies.CleanUp(&transport->_replies);
    }

    /// <summary>Nothing more is sent: the channel is about to go.</summary>
    internal static void Break(TlsMessages* transport) => transport->_isBroken = true;

    internal static bool HasIncoming(TlsMessages* transport) => !LinkedList.IsEmpty(&transport->_incoming);

    /// <summary>What has come and was not taken yet.</summary>
    internal static nuint IncomingBytes(TlsMessages* transport) => transport->_incomingBytes;

    /// <summary>
    /// Takes a message over; it is given back when its last byte has been taken. One that fits into the message before
    /// it is copied there: else a peer that sends single bytes would have each of them keep a whole message.
    /// </summary>
    internal static void AddIncoming(TlsMessages* transport, aws_io_message* message)
    {
        transport->_incomingBytes += message->message_data.len;
        if (!HasIncoming(transport) ||
            !TryAppend(&MessageOf(LinkedList.Back(&transport->_incoming))->message_data, &message->message_data))
        {
            LinkedList.PushBack(&transport->_incoming, &message->queueing_handle);
            return;
        }

        MessagePool.GiveBack(message);
    }

    private static bool TryAppend(aws_byte_buf* last, aws_byte_buf* next)
    {
        if (last->capacity <= last->len || next->len > last->capacity - last->len)
            return false;

        NativeMemory.Copy(next->buffer, last->buffer + last->len, next->len);
        last->len += next->len;
        return true;
    }

    internal static void DropIncoming(TlsMessages* transport)
    {
        while (HasIncoming(transport))
            ReleaseFirst(transport);
        transport->_incomingBytes = 0;
    }

    /// <summary>For the engine: moves at most <paramref name="size"/> bytes; 0 when there are none at present.</summary>
    private static nuint Take(TlsTransport* engineSide, byte* into, nuint size)
    {
        TlsMessages* transport = (TlsMessages*)engineSide;
        nuint taken = 0;
        while (taken < size && HasIncoming(transport))
        {
            aws_io_message* message = FirstIncoming(transport);
            nuint part = nuint.Min(size - taken, message->message_data.len - message->copy_mark);
            NativeMemory.Copy(message->message_data.buffer + message->copy_mark, into + taken, part);
            message->copy_mark += part;
            taken += part;
            if (message->copy_mark == message->message_data.len)
                ReleaseFirst(transport);
        }

        transport->_incomingBytes -= taken;
        return taken;
    }

    /// <summary>Says how much content is about to be put as records, so that the message fits.</summary>
    internal static void Expect(TlsMessages* transport, nuint size) =>
        transport->_expected = size + ((size / RecordContentMost) + 1) * RecordOverheadMost;

    /// <summary>What is put until <see cref="EndReplies"/> answers the peer, who decides how much that is.</summary>
    internal static void BeginReplies(TlsMessages* transport) => transport->_isReplying = true;

    /// <summary>False when the peer has asked for more answers than it reads, by which the connection is broken.</summary>
    internal static bool EndReplies(TlsMessages* transport)
    {
        transport->_isReplying = false;
        return !transport->_hasTooManyReplies;
    }

    /// <summary>For the engine: all of it is accepted, or the connection is broken.</summary>
    private static bool Put(TlsTransport* engineSide, byte* from, nuint size)
    {
        TlsMessages* transport = (TlsMessages*)engineSide;
        if (transport->_isReplying && !UnsentReplies.TryAdd(&transport->_replies, transport->Slot->alloc, size))
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"id=0x{(nint)transport->Slot->handler:x}: the peer wants answers, but reads none");
            transport->_isBroken = true;
            transport->_hasTooManyReplies = true;
        }

        while (size > 0 && !transport->_isBroken)
        {
            if (!EnsureRoom(transport, size))
                break;

            aws_byte_buf* data = &transport->_outgoing->message_data;
            nuint part = nuint.Min(size, RoomIn(transport, data));
            NativeMemory.Copy(from, data->buffer + data->len, part);
            data->len += part;
            from += part;
            size -= part;
            transport->_expected -= nuint.Min(part, transport->_expected);
        }

        return size == 0;
    }

    /// <summary>Sends what was put since the last time. On success <paramref name="onCompletion"/> goes with it.</summary>
    internal static int Flush(TlsMessages* transport, aws_channel_on_message_write_completed_fn onCompletion, void* userData)
    {
        transport->_expected = 0;
        if (transport->_isBroken)
            return Errors.Raise(AWS_IO_TLS_ERROR_WRITE_FAILURE);
        if (transport->_outgoing == null)
            return AWS_OP_SUCCESS;

        transport->_outgoing->on_completion = onCompletion;
        transport->_outgoing->user_data = userData;
        return Send(transport);
    }

    private static bool EnsureRoom(TlsMessages* transport, nuint size)
    {
        if (transport->_outgoing != null)
        {
            if (RoomIn(transport, &transport->_outgoing->message_data) > 0)
                return true;
            if (Send(transport) != AWS_OP_SUCCESS)
                return false;
        }

        nuint hint = CheckedMath.AddSaturating(
            nuint.Max(size, transport->_expected), ChannelSlot.UpstreamMessageOverhead(transport->Slot));
        transport->_outgoing =
            Channel.AcquireMessageFromPool(transport->Slot->channel, AWS_IO_MESSAGE_APPLICATION_DATA, hint);
        if (transport->_outgoing != null && RoomIn(transport, &transport->_outgoing->message_data) > 0)
            return true;

        transport->_isBroken = true;
        return false;
    }

    private static int Send(TlsMessages* transport)
    {
        aws_io_message* message = transport->_outgoing;
        transport->_outgoing = null;
        UnsentReplies.Attach(&transport->_replies, message);
        if (ChannelSlot.SendMessage(transport->Slot, message, AWS_CHANNEL_DIR_WRITE) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;

        // Half a record may be under way: nothing that followed would make sense to the peer.
        transport->_isBroken = true;
        UnsentReplies.Detach(&transport->_replies, message);
        MessagePool.GiveBack(message);
        return AWS_OP_ERR;
    }

    // The handlers to the left want to add to every message.
    private static nuint RoomIn(TlsMessages* transport, aws_byte_buf* data)
    {
        nuint used = CheckedMath.AddSaturating(data->len, ChannelSlot.UpstreamMessageOverhead(transport->Slot));
        return used < data->capacity ? data->capacity - used : 0;
    }

    private static aws_io_message* FirstIncoming(TlsMessages* transport) =>
        MessageOf(LinkedList.Front(&transport->_incoming));

    private static void ReleaseFirst(TlsMessages* transport)
    {
        aws_io_message* message = MessageOf(LinkedList.PopFront(&transport->_incoming));
        MessagePool.GiveBack(message);
    }

    // The offset comes from a value that is never read: the compiler folds it.
    private static aws_io_message* MessageOf(aws_linked_list_node* node)
    {
        Unsafe.SkipInit(out aws_io_message any);
        return LinkedList.Containing(node, &any, &any.queueing_handle);
    }
}
