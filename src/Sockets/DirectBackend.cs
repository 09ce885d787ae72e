// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Sockets;

/// <summary>
/// The part of a socket backend's contract (<see cref="SocketBackend"/>) that is for threads of a program's which send
/// and receive by themselves, on a stream that is attached to a loop. They call Send and Receive of the contract, one
/// thread each at a time, and not while the loop's does; whoever closes the handle waits until they are out (rule 270
/// of docs/lifetimes.md). A backend of completions has none of this.
/// </summary>
internal unsafe struct DirectBackend
{
    /// <summary>
    /// Whether the loop reports that there is something to receive, as it does at first. Hang-ups and errors it reports
    /// in any case. What is there counts as a change. Any thread, while nobody detaches the socket.
    /// </summary>
    internal delegate*<SocketCore*, bool, int> WatchInput;

    /// <summary>What one thread waits with; NULL if there is no more of it. Any thread.</summary>
    internal delegate*<void*> AcquireWait;

    /// <summary>The counterpart. No other thread has it any more.</summary>
    internal delegate*<void*, void> ReleaseWait;

    /// <summary>
    /// Waits until there is something to receive, an end or an error; until <see cref="EndWait"/>, or for so many
    /// milliseconds, less than 0 being for ever. It may return early. Nothing but that is done with the handle, so that
    /// its number may have become another's meanwhile. If a reply is expected, it may look for it for a moment before
    /// it sleeps.
    /// </summary>
    internal delegate*<void*, nint, int, bool, void> Wait;

    /// <summary>Ends the wait that is, or comes next, once. Any thread, one at a time.</summary>
    internal delegate*<void*, void> EndWait;
}
