// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.EventLoops;

/// <summary>What a subscription calls, and where it is.</summary>
internal enum SubscriptionKind : byte
{
    None,
    CallsOurs,
    CallsPrograms,

    /// <summary>It is inside its owner, and calls that.</summary>
    IsInside,

    /// <summary>Beside the others: it calls nothing any more, and waits for the end of a batch.</summary>
    HasEnded,
}

/// <summary>
/// How an <see cref="IoSubscription"/> begins, and all of one that is inside its owner: the owner's first field, zeroed
/// while it is free.
/// </summary>
internal unsafe struct InnerSubscription
{
    // In the lowest bits of an address that is a multiple of 8.
    private const nint KindMask = 7;

    /// <summary>The function; of one that is inside, its owner's <see cref="IoOwner"/>.</summary>
    internal void* Function;

    // The handle's address or, when it has ended, that of the next one that has; and the kind.
    private nint _link;

    internal static bool IsFree(InnerSubscription* inner) => Volatile.Read(ref inner->_link) == 0;

    internal static void Begin(InnerSubscription* inner, void* function, aws_io_handle* handle, SubscriptionKind kind)
    {
        inner->Function = function;
        SetLink(inner, handle, kind);
    }

    internal static void End(InnerSubscription* inner) => Volatile.Write(ref inner->_link, 0);

    internal static SubscriptionKind KindOf(InnerSubscription* inner) => (SubscriptionKind)(inner->_link & KindMask);

    internal static void* LinkOf(InnerSubscription* inner) => (void*)(inner->_link & ~KindMask);

    internal static void SetLink(InnerSubscription* inner, void* link, SubscriptionKind kind) =>
        inner->_link = (nint)link | (nint)kind;
}

/// <summary>
/// A kind of struct that begins with an <see cref="InnerSubscription"/>: one static table, whose functions get the
/// struct. It is counted, and kept while a batch of events may still lead to it.
/// </summary>
internal unsafe struct IoOwner
{
    internal delegate*<void*, int, void> OnEvent;
    internal delegate*<void*, void> Acquire;
    internal delegate*<void*, void> Release;
}
