// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using Reseau.Native.Tests.DataPath;
using Reseau.Native.UserSockets;
using Xunit;

namespace Reseau.Native.Tests.UserSockets;

/// <summary>
/// Messages allocate nothing on the managed heap. The runtime itself may, once, on a thread whose code it has compiled
/// again meanwhile, which on a busy machine comes late: so one of some rounds has to be without.
/// </summary>
public unsafe class AllocationTests
{
    private const int Rounds = 5;

    [Theory]
    [InlineData(SocketApi.SOCK_STREAM)]
    [InlineData(SocketApi.SOCK_DGRAM)]
    [InlineData(SocketApi.SOCK_SEQPACKET)]
    public void SendingReceivingAndPollingAllocateNothing(int type)
    {
        int* ends = stackalloc int[2];
        Assert.Equal(0, SocketCalls.SocketPair(SocketApi.AF_UNIX, type, 0, ends));
        Exchange(ends, 100, out _);
        List<string> where = new(Rounds);
        bool isFree = false;
        for (int i = 0; i < Rounds && !isFree; i++)
        {
            long before = ManagedBytes.Begin();
            int failures = Exchange(ends, 10_000, out int first);
            long allocated = ManagedBytes.Since(before);
            Assert.Equal(0, failures);
            isFree = allocated == 0;
            where.Add($"{allocated} bytes, first in exchange {first}");
        }

        Assert.True(isFree, string.Join("; ", where));
        Assert.Equal(0, SocketCalls.Close(ends[0]));
        Assert.Equal(0, SocketCalls.Close(ends[1]));
    }

    // Says in which exchange something was allocated first: -1 if in none.
    private static int Exchange(int* ends, int times, out int first)
    {
        byte* data = stackalloc byte[200];
        long before = GC.GetAllocatedBytesForCurrentThread();
        int failures = 0;
        first = -1;
        for (int i = 0; i < times; i++)
        {
            api_pollfd one = new() { fd = ends[1], events = SocketApi.POLLIN };
            if (TransferCalls.Send(ends[0], data, 200, 0, null, 0) != 200
                || PollCalls.Poll(&one, 1, -1) != 1
                || TransferCalls.Receive(ends[1], data, 200, 0, null, null) != 200
                || TransferCalls.Receive(ends[1], data, 200, SocketApi.MSG_DONTWAIT, null, null) != -SocketApi.EAGAIN)
            {
                failures++;
            }

            if (first < 0 && GC.GetAllocatedBytesForCurrentThread() != before)
                first = i;
        }

        return failures;
    }
}
