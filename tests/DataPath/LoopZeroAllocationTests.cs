// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Abi;
using Reseau.Native.Connections;
using Reseau.Native.Sockets;
using Xunit;

namespace Reseau.Native.Tests.DataPath;

/// <summary>
/// In steady state datagrams, posted functions and timers cost no managed byte: a loop that the test's thread runs does
/// all of it, so that one thread's account is the whole.
/// </summary>
public unsafe class LoopZeroAllocationTests
{
    private const int WarmUp = 500;
    private const int Measured = 2_000;

    private static long s_calls;

    [Fact]
    public void DatagramsAllocateNothingManaged()
    {
        long loop = LoopObject.New();
        reseau_datagram_options options = new()
        {
            size = (nuint)sizeof(reseau_datagram_options),
            on_datagram = &OnDatagram,
            loop = loop,
        };
        long receiver = DatagramAddress.Open(null, 0, &options, connects: false);
        Assert.True(receiver > 0);
        LoopObject* item = Hold<LoopObject>(loop, IdKind.Loop);
        DatagramSocket* socket = Hold<DatagramSocket>(receiver, IdKind.Datagram);
        aws_socket_endpoint local;
        Assert.Equal(0, DatagramAddress.LocalOf(socket->Core, &local));
        reseau_ip ip = new() { family = 4 };
        ip.bytes[0] = 127;
        ip.bytes[3] = 1;
        byte data = 7;

        long before = 0;
        bool isGood = true;
        for (int i = 0; i < WarmUp + Measured; i++)
        {
            if (i == WarmUp)
                before = ManagedBytes.Begin();
            isGood &= DatagramTransfer.SendOne(socket, &data, 1, &ip, (ushort)local.port) == 1;
            RunUntilCalled(item);
        }

        AssertNothingForEach(ManagedBytes.Since(before));
        Assert.True(isGood);
        IdTable.Release(&socket->Member.Object);
        End(loop, item);
    }

    [Fact]
    public void ReceivesAllocateNothingManaged()
    {
        long loop = LoopObject.New();
        reseau_datagram_options options = new() { size = (nuint)sizeof(reseau_datagram_options), loop = loop };
        long id = DatagramAddress.Open(null, 0, &options, connects: false);
        LoopObject* item = Hold<LoopObject>(loop, IdKind.Loop);
        DatagramSocket* socket = Hold<DatagramSocket>(id, IdKind.Datagram);
        aws_socket_endpoint local;
        Assert.Equal(0, DatagramAddress.LocalOf(socket->Core, &local));
        byte data = 7;
        reseau_datagram datagram = new() { data = &data, length = 1, capacity = 1, port = (ushort)local.port };
        datagram.ip.family = 4;
        datagram.ip.bytes[0] = 127;
        datagram.ip.bytes[3] = 1;

        long before = 0;
        bool isGood = true;
        for (int i = 0; i < WarmUp + Measured; i++)
        {
            if (i == WarmUp)
                before = ManagedBytes.Begin();
            isGood &= DatagramTransfer.Send(socket, &datagram, 1) == 1;
            isGood &= DatagramTransfer.ReceiveOne(socket, &datagram, 60_000) == 1;
        }

        AssertNothingForEach(ManagedBytes.Since(before));
        Assert.True(isGood);
        IdTable.Release(&socket->Member.Object);
        End(loop, item);
    }

    [Fact]
    public void PostsAndTimersAllocateNothingManaged()
    {
        long loop = LoopObject.New();
        LoopObject* item = Hold<LoopObject>(loop, IdKind.Loop);
        long before = 0;
        bool isGood = true;
        for (int i = 0; i < WarmUp + Measured; i++)
        {
            if (i == WarmUp)
                before = ManagedBytes.Begin();
            isGood &= PostedCall.Post(item, &OnPosted, null) == 0;
            RunUntilCalled(item);
            LoopObject* home;
            isGood &= LoopObject.TryAcquire(loop, &home) == 0;
            isGood &= LoopTimer.Start(home, 0, 0, &OnTimer, null) > 0;
            RunUntilCalled(item);
        }

        AssertNothingForEach(ManagedBytes.Since(before));
        Assert.True(isGood);
        End(loop, item);
    }

    private static T* Hold<T>(long id, IdKind kind) where T : unmanaged
    {
        IdObject* item;
        Assert.Equal(0, IdTable.TryAcquire(id, kind, &item));
        return (T*)item;
    }

    private static void End(long loop, LoopObject* item)
    {
        Assert.Equal(0, item->Object.Operations->Close(&item->Object, false));
        LoopObject.Release(item);
        Assert.Equal(0, IdTable.AwaitEnd(loop, 0));
    }

    private static void RunUntilCalled(LoopObject* loop)
    {
        long before = s_calls;
        while (s_calls == before)
            LoopObject.Run(loop, 1);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDatagram(long socket, reseau_datagram* datagram, void* state) => s_calls++;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPosted(void* state, int isCanceled) => s_calls++;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTimer(long timer, void* state) => s_calls++;

    // The runtime allocates a few bytes by itself when it compiles a method again; an object has 24 at least.
    private static void AssertNothingForEach(long allocated) => Assert.InRange(allocated, 0, Measured);
}
