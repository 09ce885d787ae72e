// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Abi;
using Reseau.Native.Connections;
using Xunit;

namespace Reseau.Native.Tests.Connections;

/// <summary>Settings that connections share, and what a silent connection takes.</summary>
public unsafe class SettingsCacheTests
{
    private static readonly byte[] s_name = "127.0.0.1\0"u8.ToArray();

    private static reseau_options NewOptions(long loop, nint state = 0) => new()
    {
        size = (nuint)sizeof(reseau_options),
        loop = loop,
        state = (void*)state,
        idle_timeout_ms = 1000,
    };

    private static ConnectionSettings* Make(reseau_options options)
    {
        ConnectionSettings* made;
        Assert.Equal(0, ConnectionSettings.TryMake(&options, isServer: false, &made));
        return made;
    }

    [Fact]
    public void ConnectionsOnALoopShareThemWhateverTheirState()
    {
        long loop = LoopObject.New();
        ConnectionSettings* first = Make(NewOptions(loop, state: 1));
        ConnectionSettings* second = Make(NewOptions(loop, state: 2));
        Assert.True(first == second);
        Assert.True(first->Options.state == null);
        Assert.Equal(1000, first->Options.idle_timeout_ms);
        ConnectionSettings.Release(first);
        ConnectionSettings.Release(second);
        Close(loop);
    }

    [Fact]
    public void OthersAreNotShared()
    {
        long loop = LoopObject.New(), otherLoop = LoopObject.New();
        ConnectionSettings* first = Make(NewOptions(loop));
        reseau_options changed = NewOptions(loop);
        changed.idle_timeout_ms++;
        fixed (byte* name = s_name)
        {
            reseau_options named = NewOptions(loop);
            named.source_address = name;
            ConnectionSettings*[] others = [Make(changed), Make(named), Make(named), Make(NewOptions(otherLoop))];
            for (int i = 0; i < others.Length; i++)
            {
                Assert.True(others[i] != first);
                for (int k = 0; k < i; k++)
                    Assert.True(others[i] != others[k]);
            }

            foreach (ConnectionSettings* other in others)
                ConnectionSettings.Release(other);
        }

        ConnectionSettings.Release(first);
        Close(loop);
        Close(otherLoop);
    }

    // Those that go at this moment are not found, and nobody's are freed under it.
    [Fact]
    public void ThreadsFindThemWhileOthersLetThemGo()
    {
        long loop = LoopObject.New();
        int wrong = 0;
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.Length; t++)
        {
            threads[t] = new Thread(() =>
            {
                for (int i = 0; i < 20_000; i++)
                {
                    reseau_options options = NewOptions(loop);
                    options.idle_timeout_ms += i % 2;
                    ConnectionSettings* settings;
                    if (ConnectionSettings.TryMake(&options, isServer: false, &settings) != 0 ||
                        settings->Options.idle_timeout_ms != options.idle_timeout_ms)
                    {
                        Interlocked.Increment(ref wrong);
                        return;
                    }

                    ConnectionSettings.Release(settings);
                }
            });
            threads[t].Start();
        }

        foreach (Thread thread in threads)
            thread.Join();
        Assert.Equal(0, wrong);
        Close(loop);
    }

    // What malloc adds to a block makes these 336 and 80 bytes: docs/adr/0064-what-connections-share.md.
    [Fact]
    public void ASilentConnectionFitsItsBlocks()
    {
        Assert.InRange(sizeof(Connection), 1, 328);
        Assert.InRange(sizeof(ConnectLog), 1, 72);
    }

    // Nothing but the caller holds it: nobody's settings do.
    private static void Close(long loop)
    {
        IdObject* item;
        Assert.Equal(0, IdTable.TryAcquire(loop, IdKind.Loop, &item));
        Assert.Equal(0, LoopObject.Close(item, isAbort: false));
        Assert.Equal(1UL, *item->Word & (uint.MaxValue >> 1));
        IdTable.Release(item);
    }
}
