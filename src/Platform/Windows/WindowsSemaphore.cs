// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>
/// A count under a slim lock, and a condition: in memory alone, as <see cref="Semaphore"/> is. Nothing interrupts a
/// wait here.
/// </summary>
internal static unsafe class WindowsSemaphore
{
    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        internal void* Lock;
        internal void* Posted;
        internal ulong Count;
    }

    internal static void Init(Semaphore* semaphore) => *(State*)semaphore = default;

    internal static void Destroy(Semaphore* semaphore)
    {
    }

    internal static void Post(Semaphore* semaphore)
    {
        State* state = (State*)semaphore;

        // Under the lock: who waits may free the memory as soon as the count is seen.
        Kernel32.AcquireSRWLockExclusive(&state->Lock);
        state->Count++;
        Kernel32.WakeConditionVariable(&state->Posted);
        Kernel32.ReleaseSRWLockExclusive(&state->Lock);
    }

    internal static int WaitUntil(Semaphore* semaphore, ulong deadline)
    {
        State* state = (State*)semaphore;
        Kernel32.AcquireSRWLockExclusive(&state->Lock);
        bool isOver = false;
        while (state->Count == 0 && !isOver)
        {
            uint milliseconds = MillisecondsUntil(deadline);
            isOver = milliseconds == 0;
            if (!isOver)
                Kernel32.SleepConditionVariableSRW(&state->Posted, &state->Lock, milliseconds, 0);
        }

        if (!isOver)
            state->Count--;
        Kernel32.ReleaseSRWLockExclusive(&state->Lock);
        return isOver ? Ucrt.ETIMEDOUT : 0;
    }

    // Rounded up; who waits very long wakes up in between.
    private static uint MillisecondsUntil(ulong deadline)
    {
        const ulong nanosecondsPerMillisecond = 1_000_000;
        if (deadline == Semaphore.NoDeadline)
            return Kernel32.INFINITE;
        ulong now = WindowsConditionVariable.Now();
        ulong rest = deadline > now ? deadline - now : 0;
        return (uint)ulong.Min((rest + nanosecondsPerMillisecond - 1) / nanosecondsPerMillisecond, int.MaxValue);
    }
}
