// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.UserSockets;

/// <summary>
/// A descriptor in an <see cref="EventQueue"/>. The queue's table holds it, and so does the watched object's list of
/// watches; it holds the queue's memory.
/// </summary>
internal unsafe struct Registration
{
    internal const uint EdgeTriggered = 1u << 31;
    internal const uint OneShot = 1u << 30;

    /// <summary>EPOLLEXCLUSIVE, EPOLLWAKEUP and the two above.</summary>
    private const uint AllFlags = 0xF000_0000;

    internal Watch Watch;
    internal EventQueue* Queue;
    internal Description* Target;
    internal int Descriptor;
    internal ulong Data;
    internal uint Flags;

    // Under the lock of registrations.
    internal Registration* Next;
    internal bool IsInTable;

    // Under the lock of what is ready.
    internal Registration* NextReady;
    internal Registration* PreviousReady;
    internal bool IsReady;

    private int _references;

    internal static Registration* New(
        EventQueue* queue, int descriptor, Description* target, uint events, ulong data)
    {
        Registration* registration = Common.Allocator.New<Registration>(Common.Allocator.Default());
        registration->Queue = queue;
        registration->Target = target;
        registration->Descriptor = descriptor;
        registration->Watch.Notify = &EventQueue.Notify;
        registration->Watch.IsRegistration = true;
        registration->IsInTable = true;
        registration->_references = 2;
        Set(registration, events, data);
        return registration;
    }

    internal static void Set(Registration* registration, uint events, ulong data)
    {
        registration->Data = data;
        registration->Flags = events & AllFlags;
        Volatile.Write(ref registration->Watch.Events, events & ~AllFlags | SocketReadiness.Always);
    }

    /// <summary>Until it is set again. EPOLLONESHOT.</summary>
    internal static void Disable(Registration* registration) => Volatile.Write(ref registration->Watch.Events, 0);

    /// <summary>What there is to report.</summary>
    internal static uint Ready(Registration* registration) => registration->Watch.Events == 0
        ? 0
        : Readiness.Of(registration->Target) & registration->Watch.Events;

    /// <summary>Whether it was the last reference: it is freed then.</summary>
    internal static bool Release(Registration* registration)
    {
        if (Interlocked.Decrement(ref registration->_references) != 0)
            return false;

        Common.Allocator.Release(Common.Allocator.Default(), registration);
        return true;
    }
}
