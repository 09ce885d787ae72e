// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Threading;

namespace Reseau.Native.UserSockets;

/// <summary>
/// When a thread looks again and again before it sleeps. A sleep and its wake-up cost two threads some microseconds
/// and the reply tens of them; a reply from a thread that looks, too, takes less than one. The window is longer than a
/// wake-up takes, or the two would never find together. Each time that looking did not pay, it is left out twice as
/// often; there is none on a machine with one processor.
/// </summary>
internal struct SpinWindow
{
    private const ulong LimitNanos = 50_000;

    // What a sleep and a wake-up would have cost.
    private const ulong WorthwhileNanos = 10_000;

    // Somebody else had the processor, and may need it to give us what we are looking for.
    private const ulong InterruptedNanos = 8_000;

    private const uint MaxSlowWaits = 32;
    private const uint MaxSkipped = 512;
    private const int PausesPerRound = 4;

    // Waits to leave out, and how many that were the last time.
    private uint _skipping;
    private uint _skipped;
    private uint _slowWaits;

    /// <summary>
    /// Asks until the answer is yes or the window is over. Several threads may do so at once: what they disagree on is
    /// only how often.
    /// </summary>
    internal static unsafe bool Wait(
        SpinWindow* window, delegate*<void*, nuint, bool> isReady, void* state, nuint argument)
    {
        if (isReady(state, argument))
            return true;
        if (!SocketSpace.HasManyProcessors || window->IsSkipping())
            return false;

        ulong start = Platform.ConditionVariable.Now();
        ulong last = start;
        while (true)
        {
            Pause();
            bool isThere = isReady(state, argument);
            ulong now = Platform.ConditionVariable.Now();
            if (isThere)
                return window->Succeeded(now - start);
            if (now - start > LimitNanos || now - last > InterruptedNanos)
                return window->Failed();
            last = now;
        }
    }

    private bool IsSkipping()
    {
        uint left = Volatile.Read(ref _skipping);
        if (left > 0)
            Volatile.Write(ref _skipping, left - 1);
        return left > 0;
    }

    private bool Succeeded(ulong nanoseconds)
    {
        if (nanoseconds < WorthwhileNanos)
        {
            _slowWaits = 0;
            _skipped /= 2;
        }
        else if (++_slowWaits > MaxSlowWaits)
        {
            Failed();
        }

        return true;
    }

    private bool Failed()
    {
        _slowWaits = 0;
        _skipped = uint.Clamp(_skipped * 2, 1, MaxSkipped);
        Volatile.Write(ref _skipping, _skipped);
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pause()
    {
        for (int i = 0; i < PausesPerRound; i++)
        {
            if (X86Base.IsSupported)
                X86Base.Pause();
            else if (ArmBase.IsSupported)
                ArmBase.Yield();
        }
    }
}
