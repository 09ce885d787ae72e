// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.UserSockets;

internal enum DescriptionKind
{
    Socket,
    Epoll,
}

/// <summary>
/// What descriptors stand for; POSIX calls it an open file description. Everything that has descriptors begins with it.
/// </summary>
internal unsafe struct Description
{
    internal DescriptionKind Kind;

    /// <summary>Reasons to keep the memory: one while it is used, one each for whoever else holds it.</summary>
    internal int References;

    /// <summary>Entries that are open, or whose calls have not ended. With the last it is closed.</summary>
    internal int Uses;

    /// <summary>Open descriptors. Without any, calls that wait end.</summary>
    internal int Descriptors;

    /// <summary>O_NONBLOCK.</summary>
    internal bool IsNonBlocking;

    internal SpinWindow Spin;
    internal WatchList Watches;

    /// <summary>Closes and forgets the front's reference.</summary>
    private delegate*<Description*, void> _close;

    private delegate*<Description*, void> _free;

    internal static void Init(
        Description* description,
        DescriptionKind kind,
        delegate*<Description*, void> close,
        delegate*<Description*, void> free)
    {
        description->Kind = kind;
        description->References = 1;
        description->_close = close;
        description->_free = free;
        WatchList.Init(&description->Watches);
    }

    internal static void Acquire(Description* description) => Interlocked.Increment(ref description->References);

    internal static void Release(Description* description)
    {
        if (Interlocked.Decrement(ref description->References) != 0)
            return;

        WatchList.CleanUp(&description->Watches);
        description->_free(description);
    }

    /// <summary>One more descriptor.</summary>
    internal static void Open(Description* description)
    {
        Interlocked.Increment(ref description->Uses);
        Interlocked.Increment(ref description->Descriptors);
    }

    /// <summary>One descriptor less. With the last, calls that wait are woken up.</summary>
    internal static void DescriptorClosed(Description* description)
    {
        if (Interlocked.Decrement(ref description->Descriptors) == 0)
            WatchList.Raise(&description->Watches, uint.MaxValue);
    }

    /// <summary>The last call of a descriptor that was closed has ended.</summary>
    internal static void EndUse(Description* description)
    {
        if (Interlocked.Decrement(ref description->Uses) == 0)
            description->_close(description);
    }

    internal static bool IsClosing(Description* description) => Volatile.Read(ref description->Descriptors) == 0;

    /// <summary>
    /// Waits until something is so: 0; or the negated error: EAGAIN when the time is up, EINTR, EBADF when the last
    /// descriptor is closed meanwhile.
    /// </summary>
    internal static int Wait(
        Description* description,
        uint events,
        ulong deadline,
        delegate*<void*, nuint, bool> isReady,
        nuint argument)
    {
        if (SpinWindow.Wait(&description->Spin, isReady, description, argument))
            return 0;

        Waiter waiter;
        Waiter.Init(&waiter);
        Watch watch;
        Waiter.Prepare(&waiter, &watch, events);
        WatchList.Add(&description->Watches, &watch);
        int result = 0;
        while (result == 0)
        {
            if (isReady(description, argument))
                break;
            result = IsClosing(description) ? -SocketApi.EBADF : Waiter.Sleep(&waiter, deadline);
            if (result == -SocketApi.EAGAIN && isReady(description, argument))
                result = 0;
        }

        WatchList.Remove(&description->Watches, &watch);
        Waiter.CleanUp(&waiter);
        return result;
    }
}
