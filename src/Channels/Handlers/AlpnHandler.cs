// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// A handler that waits for the protocol which ALPN has brought, and then puts the program's handler for it in its own
/// place. Event-loop thread only.
/// </summary>
internal static unsafe class AlpnHandler
{
    /// <summary>AWS_TLS_NEGOTIATED_PROTOCOL_MESSAGE: what marks the message that brings the protocol.</summary>
    internal const int ProtocolMessageTag = 1;

    private static nint s_vtable;

    private static aws_channel_handler_vtable* VTable
    {
        get
        {
            nint made = Volatile.Read(ref s_vtable);
            return made != 0
                ? (aws_channel_handler_vtable*)made
                : HandlerTable.Add(ref s_vtable, HandlerKind.Alpn, Table());
        }
    }

    private static HandlerTable Table() => new()
    {
        OfC = new aws_channel_handler_vtable
        {
            process_read_message = &ProcessReadMessageOfC,
            process_write_message = &ProcessWriteMessageOfC,
            increment_read_window = &IncrementReadWindowOfC,
            shutdown = &Shutdown,
            initial_window_size = &InitialWindowSize,
            message_overhead = &MessageOverhead,
            destroy = &Destroy,
        },
        ProcessReadMessage = &ProcessReadMessage,
        ProcessWriteMessage = &ProcessWriteMessage,
        IncrementReadWindow = &IncrementReadWindow,
    };

    /// <summary>The callback makes the handler for a protocol. NULL with the last error set on bad arguments.</summary>
    internal static aws_channel_handler* New(
        aws_allocator* allocator, aws_tls_on_protocol_negotiated on_protocol_negotiated, void* user_data)
    {
        if (allocator == null || on_protocol_negotiated == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        State* state = (State*)Allocator.Calloc(allocator, 1, (nuint)sizeof(State));
        state->Handler.alloc = allocator;
        state->Handler.vtable = VTable;
        state->Handler.impl = state;
        state->OnProtocolNegotiated = on_protocol_negotiated;
        state->UserData = user_data;
        return &state->Handler;
    }

    private static int ProcessReadMessage(aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message)
    {
        if (message->message_tag != ProtocolMessageTag)
            return Errors.Raise(AWS_IO_MISSING_ALPN_MESSAGE);

        State* state = (State*)handler->impl;
        aws_tls_negotiated_protocol_message* content =
            (aws_tls_negotiated_protocol_message*)message->message_data.buffer;
        aws_channel_slot* newSlot = ChannelSlot.New(slot->channel);
        aws_channel_handler* newHandler = state->OnProtocolNegotiated(newSlot, &content->protocol, state->UserData);
        if (newHandler == null)
        {
            ChannelSlot.Free(newSlot);
            return Errors.Raise(AWS_IO_UNHANDLED_ALPN_PROTOCOL_MESSAGE);
        }

        // This handler's memory goes here, so nothing of it may be touched afterwards.
        ChannelSlot.Replace(slot, newSlot);
        if (ChannelSlot.SetHandler(newSlot, newHandler) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        // A message without an allocator is still its sender's.
        if (message->allocator != null)
            MessagePool.Return(message);
        return AWS_OP_SUCCESS;
    }

    private static int ProcessWriteMessage(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) =>
        Errors.Raise(AWS_IO_CHANNEL_ERROR_ERROR_CANT_ACCEPT_INPUT);

    private static int IncrementReadWindow(aws_channel_handler* handler, aws_channel_slot* slot, nuint size) =>
        AWS_OP_SUCCESS;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Shutdown(
        aws_channel_handler* handler,
        aws_channel_slot* slot,
        aws_channel_direction direction,
        int error,
        bool freeScarceResourcesImmediately) =>
        ChannelSlot.OnHandlerShutdownComplete(slot, direction, error, freeScarceResourcesImmediately);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ProcessReadMessageOfC(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) =>
        ProcessReadMessage(handler, slot, message);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ProcessWriteMessageOfC(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) =>
        ProcessWriteMessage(handler, slot, message);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IncrementReadWindowOfC(aws_channel_handler* handler, aws_channel_slot* slot, nuint size) =>
        IncrementReadWindow(handler, slot, size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint InitialWindowSize(aws_channel_handler* handler) =>
        (nuint)sizeof(aws_tls_negotiated_protocol_message);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint MessageOverhead(aws_channel_handler* handler) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(aws_channel_handler* handler) => Allocator.Release(handler->alloc, handler);

    private struct State
    {
        // First, so that the handler's address is the block's.
        internal aws_channel_handler Handler;
        internal aws_tls_on_protocol_negotiated OnProtocolNegotiated;
        internal void* UserData;
    }
}
