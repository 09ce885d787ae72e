// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Virtual;
using Xunit;

namespace Reseau.Native.Tests.EventLoops;

/// <summary>
/// A virtual time with running loops, under a tracing allocator. Disposing destroys the loops that are left.
/// </summary>
internal sealed unsafe class VirtualWorld : IDisposable
{
    private readonly aws_allocator* _allocator;

    internal VirtualWorld(int loops, ulong seed = 0)
    {
        _allocator = MemTracer.New(Allocator.Default(), null, aws_mem_trace_level.AWS_MEMTRACE_BYTES, 0);
        Time = VirtualTime.New(_allocator, seed);
        Loops = new aws_event_loop*[loops];
        for (int i = 0; i < loops; i++)
        {
            Loops[i] = VirtualLoop.New(Time);
            Assert.Equal(AWS_OP_SUCCESS, EventLoop.Run(Loops[i]));
        }
    }

    internal VirtualTime* Time { get; }

    internal aws_event_loop*[] Loops { get; }

    public void Dispose()
    {
        foreach (aws_event_loop* loop in Loops)
            EventLoop.Destroy(loop);
        Assert.Equal(AWS_OP_SUCCESS, VirtualTime.Destroy(Time));
        Assert.Equal(0u, MemTracer.Bytes(_allocator));
        MemTracer.Destroy(_allocator);
    }
}

/// <summary>Counts the calls of a shutdown callback.</summary>
internal sealed unsafe class ShutdownCallback : IDisposable
{
    private GCHandle _self;

    internal ShutdownCallback()
    {
        _self = GCHandle.Alloc(this);
        Options = (aws_shutdown_callback_options*)NativeMemory.AllocZeroed(
            (nuint)sizeof(aws_shutdown_callback_options));
        Options->shutdown_callback_fn = &OnShutdown;
        Options->shutdown_callback_user_data = (void*)GCHandle.ToIntPtr(_self);
    }

    internal aws_shutdown_callback_options* Options { get; }

    internal int Calls { get; private set; }

    public void Dispose()
    {
        _self.Free();
        NativeMemory.Free(Options);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnShutdown(void* userData) =>
        ((ShutdownCallback)GCHandle.FromIntPtr((nint)userData).Target!).Calls++;
}
