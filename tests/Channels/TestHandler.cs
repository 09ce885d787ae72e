// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Channels;

namespace Reseau.Native.Tests.Channels;

/// <summary>A handler as a program writes one: keeps what it gets, and grants a window when the test says so.</summary>
internal sealed unsafe class TestHandler
{
    private static readonly aws_channel_handler_vtable* s_vtable = NewVTable();

    private readonly nuint _window;
    private readonly List<string> _log;
    private readonly string _name;
    private GCHandle _self;

    /// <summary>Adds what happens to it, by its name, to a log.</summary>
    internal TestHandler(string name, nuint window, List<string> log)
    {
        _name = name;
        _window = window;
        _log = log;
        _self = GCHandle.Alloc(this);
    }

    internal List<byte> Received { get; } = [];

    internal string ReceivedText => Encoding.ASCII.GetString(Received.ToArray());

    /// <summary>Of each message that was written: what its completion brought, or why it was refused.</summary>
    internal List<int> Completed { get; } = [];

    /// <summary>Messages that were written, and bytes of those that were accepted.</summary>
    internal int WrittenMessages { get; private set; }

    internal int WrittenBytes { get; private set; }

    internal aws_channel_slot* Slot { get; private set; }

    internal aws_channel* Channel => Slot->channel;

    /// <summary>Called for each message, after it was read.</summary>
    internal Action OnMessage { get; set; } = () => { };

    /// <summary>Called for each completion of a message.</summary>
    internal Action OnCompletion { get; set; } = () => { };

    /// <summary>Puts it at the right end of a channel.</summary>
    internal void Install(aws_channel* channel)
    {
        aws_channel_handler* handler =
            (aws_channel_handler*)NativeMemory.AllocZeroed((nuint)sizeof(aws_channel_handler));
        handler->vtable = s_vtable;
        handler->impl = (void*)GCHandle.ToIntPtr(_self);
        Slot = ChannelSlot.New(channel);
        if (Reseau.Native.Channels.Channel.GetFirstSlot(channel) != Slot)
            ChannelSlot.InsertEnd(channel, Slot);
        ChannelSlot.SetHandler(Slot, handler);
    }

    internal void GrantWindow(nuint size) => ChannelSlot.IncrementReadWindow(Slot, size);

    internal void Write(string text) => Write(Encoding.ASCII.GetBytes(text));

    internal void Write(byte[] bytes)
    {
        for (int done = 0; done < bytes.Length;)
        {
            aws_io_message* message = Reseau.Native.Channels.Channel.AcquireMessageFromPool(
                Channel, aws_io_message_type.AWS_IO_MESSAGE_APPLICATION_DATA, (nuint)(bytes.Length - done));
            int part = (int)message->message_data.capacity;
            bytes.AsSpan(done, part).CopyTo(new Span<byte>(message->message_data.buffer, part));
            message->message_data.len = (nuint)part;
            message->on_completion = &OnCompleted;
            message->user_data = (void*)GCHandle.ToIntPtr(_self);
            done += part;
            WrittenMessages++;
            WrittenBytes += part;
            if (ChannelSlot.SendMessage(Slot, message, aws_channel_direction.AWS_CHANNEL_DIR_WRITE) == AWS_OP_SUCCESS)
                continue;
            WrittenBytes -= part;
            Completed.Add(Errors.LastError());
            Allocator.Release(message->allocator, message);
            return;
        }
    }

    private static aws_channel_handler_vtable* NewVTable()
    {
        aws_channel_handler_vtable* vtable =
            (aws_channel_handler_vtable*)NativeMemory.AllocZeroed((nuint)sizeof(aws_channel_handler_vtable));
        vtable->process_read_message = &OnReadMessage;
        vtable->process_write_message = &OnWriteMessage;
        vtable->increment_read_window = &OnWindow;
        vtable->shutdown = &OnShutdown;
        vtable->initial_window_size = &InitialWindow;
        vtable->message_overhead = &Overhead;
        vtable->destroy = &OnDestroy;
        return vtable;
    }

    private static TestHandler Of(void* self) => (TestHandler)GCHandle.FromIntPtr((nint)self).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnReadMessage(aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message)
    {
        TestHandler self = Of(handler->impl);
        self.Received.AddRange(new ReadOnlySpan<byte>(
            message->message_data.buffer, (int)message->message_data.len));
        Allocator.Release(message->allocator, message);
        self.OnMessage();
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnWriteMessage(aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) =>
        ChannelSlot.SendMessage(slot, message, aws_channel_direction.AWS_CHANNEL_DIR_WRITE);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnWindow(aws_channel_handler* handler, aws_channel_slot* slot, nuint size) =>
        ChannelSlot.IncrementReadWindow(slot, size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnShutdown(
        aws_channel_handler* handler,
        aws_channel_slot* slot,
        aws_channel_direction direction,
        int error,
        bool isImmediate)
    {
        TestHandler self = Of(handler->impl);
        string name = direction == aws_channel_direction.AWS_CHANNEL_DIR_READ ? "read" : "write";
        self._log.Add($"{self._name} ends {name} with {error}");
        return ChannelSlot.OnHandlerShutdownComplete(slot, direction, error, isImmediate);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint InitialWindow(aws_channel_handler* handler) => Of(handler->impl)._window;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint Overhead(aws_channel_handler* handler) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDestroy(aws_channel_handler* handler)
    {
        TestHandler self = Of(handler->impl);
        self._log.Add($"{self._name} destroyed");
        self._self.Free();
        NativeMemory.Free(handler);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnCompleted(aws_channel* channel, aws_io_message* message, int error, void* self)
    {
        Of(self).Completed.Add(error);
        Of(self).OnCompletion();
    }
}
