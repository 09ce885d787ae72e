// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Abi;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Interop.Posix;
using Reseau.Native.Pipes.Posix;
using Xunit;

namespace Reseau.Native.Tests.EventLoops;

/// <summary>Something of which a loop can have events, and the events that it had.</summary>
internal abstract unsafe class TestHandle : IDisposable
{
    private GCHandle _self;

    protected TestHandle()
    {
        _self = GCHandle.Alloc(this);
        Native = (aws_io_handle*)NativeMemory.AllocZeroed((nuint)sizeof(aws_io_handle));
    }

    internal aws_io_handle* Native { get; }

    /// <summary>Each event that was delivered, in order. Filled on the loop's thread.</summary>
    internal List<int> Events { get; } = [];

    /// <summary>Called for each event, on the loop's thread.</summary>
    internal Action OnEvent { get; set; } = () => { };

    internal int Subscribe(aws_event_loop* loop) => EventLoop.SubscribeToIoEvents(
        loop,
        Native,
        (int)aws_io_event_type.AWS_IO_EVENT_TYPE_READABLE,
        new IoCallback
        {
            Function = &OnManagedEvent,
            OfC = &OnNativeEvent,
            UserData = (void*)GCHandle.ToIntPtr(_self),
        });

    /// <summary>As a program does.</summary>
    internal int SubscribeByC(aws_event_loop* loop) => EventLoop.SubscribeToIoEvents(
        loop,
        Native,
        (int)aws_io_event_type.AWS_IO_EVENT_TYPE_READABLE,
        IoCallback.OfProgram(&OnNativeEvent, (void*)GCHandle.ToIntPtr(_self)));

    internal abstract void SendByte();

    internal abstract void ReadAll();

    internal abstract void HangUp();

    public virtual void Dispose()
    {
        _self.Free();
        NativeMemory.Free(Native);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnNativeEvent(aws_event_loop* loop, aws_io_handle* handle, int events, void* userData) =>
        OnManagedEvent(userData, events);

    private static void OnManagedEvent(void* userData, int events)
    {
        TestHandle self = (TestHandle)GCHandle.FromIntPtr((nint)userData).Target!;
        self.Events.Add(events);
        self.OnEvent();
        TestLoop.Changed();
    }
}

/// <summary>The read end of a pipe of the system.</summary>
internal sealed unsafe class PipeHandle : TestHandle
{
    private int _writeEnd;

    internal PipeHandle()
    {
        int* fds = stackalloc int[2];
        Assert.Equal(AWS_OP_SUCCESS, PosixPipe.OpenNonblocking(fds));
        Native->data.fd = fds[0];
        _writeEnd = fds[1];
    }

    internal override void SendByte()
    {
        byte one = 1;
        Assert.Equal(1, Libc.write(_writeEnd, &one, 1));
    }

    internal override void ReadAll()
    {
        byte* buffer = stackalloc byte[64];
        while (Libc.read(Native->data.fd, buffer, 64) > 0)
        {
        }
    }

    internal override void HangUp()
    {
        Libc.close(_writeEnd);
        _writeEnd = -1;
    }

    public override void Dispose()
    {
        Libc.close(Native->data.fd);
        if (_writeEnd >= 0)
            HangUp();
        base.Dispose();
    }
}

/// <summary>An object in memory.</summary>
internal sealed unsafe class MemoryHandle : TestHandle
{
    internal MemoryHandle(VirtualTime* time)
    {
        VirtualHandle* state = (VirtualHandle*)NativeMemory.AllocZeroed((nuint)sizeof(VirtualHandle));
        state->Time = time;
        Native->data.handle = state;
    }

    private VirtualHandle* State => (VirtualHandle*)Native->data.handle;

    internal override void SendByte() =>
        VirtualPoller.Raise(State, (int)aws_io_event_type.AWS_IO_EVENT_TYPE_READABLE);

    internal override void ReadAll() =>
        VirtualPoller.Lower(State, (int)aws_io_event_type.AWS_IO_EVENT_TYPE_READABLE);

    internal override void HangUp() => VirtualPoller.Raise(State, (int)aws_io_event_type.AWS_IO_EVENT_TYPE_CLOSED);

    public override void Dispose()
    {
        NativeMemory.Free(Native->data.handle);
        base.Dispose();
    }
}
