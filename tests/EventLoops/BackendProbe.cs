// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.EventLoops;
using Xunit;

namespace Reseau.Native.Tests.EventLoops;

/// <summary>Stands between a loop that does not run yet and its backend. Outlives the loop.</summary>
internal sealed unsafe class BackendProbe : IDisposable
{
    private static readonly ConcurrentDictionary<nint, BackendProbe> s_probes = new();

    private readonly LoopBackend* _real;
    private readonly LoopBackend* _mine;
    private readonly nint _core;
    private int _wakeUps;
    private readonly ManualResetEventSlim _isHeld = new();
    private readonly ManualResetEventSlim _mayGoOn = new(true);

    internal BackendProbe(LoopCore* core)
    {
        _core = (nint)core;
        _real = core->Backend;
        _mine = (LoopBackend*)NativeMemory.Alloc((nuint)sizeof(LoopBackend));
        *_mine = *_real;
        _mine->Wake = &Wake;
        _mine->Wait = &Wait;
        _mine->Start = &Start;
        _mine->Close = &Close;
        s_probes[_core] = this;
        core->Backend = _mine;
    }

    internal int WakeUps => Volatile.Read(ref _wakeUps);

    internal Action OnStart { get; init; } = () => { };

    internal Action OnClose { get; init; } = () => { };

    /// <summary>The next sleep does not begin before <see cref="Release"/>.</summary>
    internal void HoldBeforeSleep() => _mayGoOn.Reset();

    internal void AwaitHeld() => Assert.True(_isHeld.Wait(TimeSpan.FromMinutes(2)));

    internal void Release() => _mayGoOn.Set();

    public void Dispose()
    {
        s_probes.TryRemove(_core, out _);
        NativeMemory.Free(_mine);
    }

    private static BackendProbe Of(LoopCore* core) => s_probes[(nint)core];

    private static void Wake(LoopCore* core)
    {
        BackendProbe probe = Of(core);
        Interlocked.Increment(ref probe._wakeUps);
        probe._real->Wake(core);
    }

    private static int Wait(LoopCore* core, ulong nanoseconds)
    {
        BackendProbe probe = Of(core);
        if (nanoseconds != 0 && !probe._mayGoOn.IsSet)
        {
            probe._isHeld.Set();
            probe._mayGoOn.Wait();
        }

        return probe._real->Wait(core, nanoseconds);
    }

    private static int Start(LoopCore* core)
    {
        BackendProbe probe = Of(core);
        probe.OnStart();
        return probe._real->Start(core);
    }

    private static void Close(LoopCore* core)
    {
        BackendProbe probe = Of(core);
        probe.OnClose();
        probe._real->Close(core);
    }
}
