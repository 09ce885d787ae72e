// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.EventLoops.Iocp;
using Reseau.Native.Interop.Windows;
using Reseau.Native.Pipes.Windows;
using Reseau.Native.Tests.Windows;
using Xunit;

namespace Reseau.Native.Tests.EventLoops;

/// <summary>Operations on completion ports: docs/lifetimes.md, rules 87 to 93.</summary>
public unsafe class IocpTests
{
    /// <summary>A read of a byte from a pipe, and what its completion has said.</summary>
    private sealed class PipeRead : IDisposable
    {
        private readonly State* _state = (State*)NativeMemory.AllocZeroed((nuint)sizeof(State));
        private readonly nint _writer;
        private readonly nint _reader;
        private readonly GCHandle _self;

        [StructLayout(LayoutKind.Sequential)]
        private struct State
        {
            internal IocpOperation Operation;
            internal nint Self;
            internal byte Byte;
        }

        internal PipeRead(TestLoop loop)
        {
            byte* name = stackalloc byte[64];
            char* wide = stackalloc char[64];
            Assert.Equal(AWS_OP_SUCCESS, WindowsPipe.GetUniqueName(name, 64));
            for (int i = 0; i < 64; i++)
                wide[i] = (char)name[i];
            _writer = NamedPipes.CreateNamedPipeW(
                wide, NamedPipes.PIPE_ACCESS_OUTBOUND | NamedPipes.FILE_FLAG_OVERLAPPED, 0, 1, 4096, 4096, 0, null);
            _reader = Kernel32.CreateFileW(
                wide, NamedPipes.GENERIC_READ, 0, null, 3, NamedPipes.FILE_FLAG_OVERLAPPED, 0);
            Assert.True(IocpLoop.Adopt((IocpLoop*)loop.Core, _reader));
            _self = GCHandle.Alloc(this);
            _state->Self = GCHandle.ToIntPtr(_self);
        }

        internal IocpOperation* Operation => &_state->Operation;

        internal int Completions { get; private set; }

        internal Action OnDone { get; set; } = () => { };

        internal bool TryBegin(TestLoop loop)
        {
            if (!IocpOperation.TryBegin(Operation, loop.Core->Loop, _reader, &OnCompletion))
                return false;
            Assert.Equal(0, Kernel32.ReadFile(_reader, &_state->Byte, 1, null, &Operation->Overlapped));
            Assert.Equal(Iocp.ERROR_IO_PENDING, Iocp.LastError);
            return true;
        }

        internal void SendByte()
        {
            byte one = 1;
            uint written;
            OVERLAPPED overlapped = default;
            Assert.NotEqual(0, Kernel32.WriteFile(_writer, &one, 1, &written, &overlapped));
        }

        public void Dispose()
        {
            Kernel32.CloseHandle(_reader);
            Kernel32.CloseHandle(_writer);
            _self.Free();
            NativeMemory.Free(_state);
        }

        private static void OnCompletion(IocpOperation* operation)
        {
            PipeRead read = (PipeRead)GCHandle.FromIntPtr(((State*)operation)->Self).Target!;
            read.Completions++;
            read.OnDone();
            TestLoop.Changed();
        }
    }

    [WindowsFact]
    public void ALoopThatIsDestroyedTakesBackWhatTheSystemHas()
    {
        using TestLoop loop = TestLoop.New("iocp");
        using PipeRead first = new(loop);
        using PipeRead second = new(loop);
        loop.Run();
        loop.InTask(() => Assert.True(first.TryBegin(loop) && second.TryBegin(loop)));

        // While it ends nothing begins any more.
        bool hasBegun = true;
        first.OnDone = () => hasBegun = first.TryBegin(loop);
        loop.Destroy();
        Assert.False(hasBegun);
        Assert.Equal((1, 1), (first.Completions, second.Completions));
        Assert.Equal(IocpOperation.Cancelled, second.Operation->Status);
        Assert.False(IocpOperation.IsUnderWay(second.Operation));
    }

    [WindowsFact]
    public void OtherPacketsAreKeptWhileOneIsAwaited()
    {
        using TestLoop loop = TestLoop.New("iocp");
        using PipeRead taken = new(loop);
        using PipeRead kept = new(loop);
        loop.Run();
        loop.InTask(() =>
        {
            Assert.True(taken.TryBegin(loop) && kept.TryBegin(loop));
            kept.SendByte();
            IocpOperation.TakeBack(taken.Operation);
            Assert.False(IocpOperation.IsUnderWay(taken.Operation));
            Assert.Equal(IocpOperation.Cancelled, taken.Operation->Status);
            Assert.Equal(0, kept.Completions);
        });
        loop.RunUntil(() => kept.Completions == 1);
        Assert.Equal(0, taken.Completions);
        Assert.Equal(1u, kept.Operation->Bytes);
    }

    [WindowsFact]
    public void ACallbackTakesBackAnOperationOfTheSameBatch()
    {
        using TestLoop loop = TestLoop.New("iocp");
        using PipeRead first = new(loop);
        using PipeRead second = new(loop);
        first.OnDone = () => IocpOperation.TakeBack(second.Operation);
        second.OnDone = () => IocpOperation.TakeBack(first.Operation);
        loop.Run();
        loop.InTask(() =>
        {
            Assert.True(first.TryBegin(loop) && second.TryBegin(loop));
            first.SendByte();
            second.SendByte();
        });
        loop.RunUntil(() => first.Completions + second.Completions == 1);
        loop.Tick(3);
        Assert.Equal(1, first.Completions + second.Completions);
        Assert.Equal((1u, 1u), (first.Operation->Bytes, second.Operation->Bytes));
    }

    [WindowsFact]
    public void WhatIsDoneIsKnownBeforeItsPacketIsDelivered()
    {
        using TestLoop loop = TestLoop.New("iocp");
        using PipeRead read = new(loop);
        using PipeRead other = new(loop);
        loop.Run();
        loop.InTask(() =>
        {
            Assert.True(read.TryBegin(loop) && other.TryBegin(loop));
            Assert.False(IocpOperation.IsDone(read.Operation));
            read.SendByte();
            Assert.True(IocpOperation.IsDone(read.Operation));
            Assert.Equal(1u, read.Operation->Overlapped.InternalHigh);
            Assert.True(IocpOperation.IsUnderWay(read.Operation));
            Assert.False(IocpOperation.IsDone(other.Operation));
            Assert.Equal(0, read.Completions);
        });
        loop.RunUntil(() => read.Completions == 1);
        loop.Tick(3);
        Assert.Equal((1, 0), (read.Completions, other.Completions));
        Assert.Equal((0u, 1u), (read.Operation->Status, read.Operation->Bytes));
        loop.InTask(() => IocpOperation.TakeBack(other.Operation));
    }

    [WindowsFact]
    public void WhatIsDoneIsNotFoundAndItsPacketComes()
    {
        using TestLoop loop = TestLoop.New("iocp");
        using PipeRead read = new(loop);
        loop.Run();
        loop.InTask(() =>
        {
            Assert.True(read.TryBegin(loop));
            read.SendByte();
            IocpOperation.Cancel(read.Operation);
            Assert.True(IocpOperation.IsUnderWay(read.Operation));
        });
        loop.RunUntil(() => read.Completions == 1);
        loop.Tick(3);
        Assert.Equal((1, 0u), (read.Completions, read.Operation->Status));
    }
}
