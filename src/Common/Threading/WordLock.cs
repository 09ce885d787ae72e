// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Threading;

namespace Reseau.Native.Common.Threading;

/// <summary>
/// A lock of four bytes, for objects of which there are many: not recursive, open when zeroed, and without an end. Who
/// finds it closed tries for a moment, then waits at one of a few places that all such locks share. Held for a copy or
/// a few fields only. In a forked child the locks of the parent's objects are not to be used, the places are.
/// </summary>
internal unsafe struct WordLock
{
    private const int Open = 0;
    private const int Closed = 1;

    /// <summary>Somebody may wait.</summary>
    private const int Awaited = 2;

    private const int Tries = 40;
    private const int SpinsPerTry = 4;
    private const int PlaceBits = 6;
    private const int AddressBits = 64;

    // 2^64 divided by the golden ratio: adjacent locks have different places.
    private const ulong Scatter = 0x9E3779B97F4A7C15;

    private int _word;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Lock(WordLock* @lock)
    {
        if (Interlocked.CompareExchange(ref @lock->_word, Closed, Open) != Open)
            LockSlowly(@lock);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Unlock(WordLock* @lock)
    {
        if (Interlocked.Exchange(ref @lock->_word, Open) == Awaited)
            Wake(@lock);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LockSlowly(WordLock* @lock)
    {
        for (int i = 0; i < Tries; i++)
        {
            Thread.SpinWait(SpinsPerTry);
            if (Volatile.Read(ref @lock->_word) == Open &&
                Interlocked.CompareExchange(ref @lock->_word, Closed, Open) == Open)
            {
                return;
            }
        }

        // Whoever opens it from now on comes to the place, which is left only for the wait.
        Place* place = Place.Enter(@lock);
        while (Interlocked.Exchange(ref @lock->_word, Awaited) != Open)
            ForkLock.Wait(&place->Lock, &place->Opened);
        ForkLock.Exit(&place->Lock);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Wake(WordLock* @lock)
    {
        // All, since those who wait here may wait for other locks.
        Place* place = Place.Enter(@lock);
        ConditionVariable.NotifyAll(&place->Opened);
        ForkLock.Exit(&place->Lock);
    }

    /// <summary>Where threads wait.</summary>
    private struct Place
    {
        private static nint s_places;

        internal ForkLock Lock;
        internal aws_condition_variable Opened;

        // What Fork.Count was when the condition variable was made: a child has none of the threads that wait.
        private int _forks;

        internal static Place* Enter(WordLock* @lock)
        {
            nint places = Volatile.Read(ref s_places);
            Place* place = (places != 0 ? (Place*)places : Make()) +
                (((ulong)@lock * Scatter) >> (AddressBits - PlaceBits));
            ForkLock.Enter(&place->Lock);
            if (place->_forks != Fork.Count)
            {
                place->_forks = Fork.Count;
                ConditionVariable.Init(&place->Opened);
            }

            return place;
        }

        private static Place* Make()
        {
            Place* made = (Place*)StaticMemory.Allocate((nuint)sizeof(Place) << PlaceBits);
            for (int i = 0; i < 1 << PlaceBits; i++)
            {
                ForkLock.Init(&made[i].Lock);
                ConditionVariable.Init(&made[i].Opened);
                made[i]._forks = Fork.Count;
            }

            return (Place*)StaticMemory.PublishBlock(ref s_places, made);
        }
    }
}
