// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Threading;
using Xunit;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Tests.Common.Threading;

public unsafe class WordLockTests
{
    private const int Threads = 8;
    private const int Rounds = 20_000;

    private struct Counter
    {
        internal WordLock Lock;
        internal int Count;
    }

    private static void Run(Counter* counters, int count, int pauseEvery)
    {
        Thread[] threads = new Thread[Threads];
        nint memory = (nint)counters;
        for (int t = 0; t < Threads; t++)
        {
            int first = t;
            threads[t] = new Thread(() =>
            {
                for (int i = 0; i < Rounds; i++)
                {
                    Counter* counter = (Counter*)memory + ((first + i) % count);
                    WordLock.Lock(&counter->Lock);
                    int seen = counter->Count;

                    // Others come to wait.
                    if (pauseEvery > 0 && i % pauseEvery == 0)
                        Thread.Sleep(1);
                    counter->Count = seen + 1;
                    WordLock.Unlock(&counter->Lock);
                }
            });
            threads[t].Start();
        }

        foreach (Thread thread in threads)
            thread.Join();
        int sum = 0;
        for (int i = 0; i < count; i++)
            sum += counters[i].Count;
        Assert.Equal(Threads * Rounds, sum);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 500)]
    [InlineData(200, 0)]
    [InlineData(3, 500)]
    public void OneThreadAtATimeHasIt(int count, int pauseEvery)
    {
        Counter* counters = (Counter*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(Counter));
        Run(counters, count, pauseEvery);
        NativeMemory.Free(counters);
    }
}
