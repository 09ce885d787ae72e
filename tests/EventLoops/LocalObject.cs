// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Abi;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Tests.EventLoops;

/// <summary>A local object of a loop that calls a delegate when the loop drops it.</summary>
internal sealed unsafe class LocalObject : IDisposable
{
    private readonly Action _onRemoved;
    private GCHandle _self;

    internal LocalObject(Action onRemoved)
    {
        _onRemoved = onRemoved;
        _self = GCHandle.Alloc(this);
        Native = (aws_event_loop_local_object*)NativeMemory.AllocZeroed((nuint)sizeof(aws_event_loop_local_object));
        Native->key = Native;
        Native->@object = (void*)GCHandle.ToIntPtr(_self);
        Native->on_object_removed = &OnRemoved;
    }

    internal aws_event_loop_local_object* Native { get; }

    internal int FetchFrom(aws_event_loop* loop)
    {
        aws_event_loop_local_object copy;
        return EventLoop.FetchLocalObject(loop, Native->key, &copy);
    }

    public void Dispose()
    {
        _self.Free();
        NativeMemory.Free(Native);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRemoved(aws_event_loop_local_object* item) =>
        ((LocalObject)GCHandle.FromIntPtr((nint)item->@object).Target!)._onRemoved();
}
