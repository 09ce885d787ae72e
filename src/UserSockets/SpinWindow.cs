// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Threading;

namespace Reseau.Native.UserSockets;

/// <summary>
/// How long a thread looks again and again before it sleeps. A sleep and its wake-up cost two threads some
/// microseconds; a reply from a thread that runs on another processor takes less. The window shrinks each time that
/// looking did not pay and grows when it did, and there is none on a machine with one processor.
/// </summary>
internal unsafe struct SpinWindow
{
    private const int RoundsMax = 64;
    private const int PausesPerRound = 2;

    // Every so many waits it is tried again, if it has shrunk to nothing.
    private const int TryAgainAfter = 64;

    private int _rounds;
    private int _skipped;

    internal static void Init(SpinWindow* window) => window->_rounds = RoundsMax;

    /// <summary>
    /// Asks until the answer is yes or the window is over. Several threads may do so at once: what they disagree on is
    /// only the size of the window.
    /// </summary>
    internal static bool Wait(SpinWindow* window, delegate*<void*, nuint, bool> isReady, void* state, nuint argument)
    {
        if (isReady(state, argument))
            return true;

        int rounds = Rounds(window);
        for (int i = 0; i < rounds; i++)
        {
            Pause();
            if (!isReady(state, argument))
                continue;
            Volatile.Write(ref window->_rounds, int.Min(RoundsMax, rounds * 2));
            return true;
        }

        Volatile.Write(ref window->_rounds, rounds / 2);
        return false;
    }

    private static int Rounds(SpinWindow* window)
    {
        int rounds = Volatile.Read(ref window->_rounds);
        if (rounds > 0 || ++window->_skipped < TryAgainAfter)
            return rounds;

        window->_skipped = 0;
        return SocketSpace.HasManyProcessors ? RoundsMax / 4 : 0;
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
