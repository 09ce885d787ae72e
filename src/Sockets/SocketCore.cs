// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>What a socket is doing. docs/lifetimes.md, "Socket", has the transitions.</summary>
internal enum SocketPhase : byte
{
    Created,
    Bound,
    Listening,

    /// <summary>On a loop, about to accept: the program is notified of the start first.</summary>
    StartingToAccept,
    Accepting,

    /// <summary>An accept has failed for good. The loop still reports; the socket can only be closed.</summary>
    AcceptFailed,
    Connecting,

    /// <summary>The system has answered; the consumer has not been notified.</summary>
    ConnectAnswered,
    ConnectTimedOut,
    Connected,
    Failed,
    Closed,
}

/// <summary>The directions of a connection that have not been ended by this side.</summary>
[Flags]
internal enum SocketDirections : byte
{
    None = 0,
    Receiving = 1,
    Sending = 2,
}

/// <summary>Whether the queue may be handed to the system.</summary>
internal enum SendState : byte
{
    Ready,

    /// <summary>There is no room: nothing is sent before the next writable event.</summary>
    Blocked,

    /// <summary>A completion backend has a part of it.</summary>
    UnderWay,
}

/// <summary>
/// A socket: what all backends have in common, in native memory. It is the first field of its consumer's state, so that
/// a pointer to one is a pointer to the other: <see cref="AwsSocket"/> is what aws_socket::impl points to. It is
/// counted: tasks, running callbacks and operations under way keep it alive, so that a program may clean its socket up,
/// and free it, inside any callback. Fields that other threads than the loop's set are whole bytes.
/// </summary>
internal unsafe struct SocketCore
{
    /// <summary>The handle of a socket that is closed.</summary>
    internal const nint NoHandle = -1;

    /// <summary>The loop's; first, as it is to be. Not every subscription is here.</summary>
    internal InnerSubscription Subscription;

    internal aws_allocator* Allocator;
    internal SocketBackend* Backend;
    internal SocketObserver* Observer;

    /// <summary>The consumer's object: an aws_socket. NULL once it has been cleaned up.</summary>
    internal void* Owner;

    /// <summary>NULL while the socket is on no loop.</summary>
    internal aws_event_loop* Loop;

    /// <summary>The handle, and what the loop keeps with it.</summary>
    internal aws_io_handle Io;

    /// <summary>NULL while there is nothing to send and nothing to report.</summary>
    internal WriteQueue* Writes;

    /// <summary>The loop's, with a reference; NULL before the first write, and after the close.</summary>
    internal WriteQueuePool* WritePool;

    /// <summary>
    /// Ends a connection attempt, or lets a listener that ran out of descriptors try again. NULL at other times.
    /// </summary>
    internal aws_task* Timer;

    private ReferenceCount _references;

    /// <summary>Calls of the system that were made to send.</summary>
    internal uint SendCalls;

    /// <summary>The error that ended the sending direction of a stream; later writes fail with it at once.</summary>
    internal ushort WriteError;

    /// <summary>Changes when a listener stops, so that a running accept loop knows.</summary>
    internal byte AcceptRound;

    // A socket of a connection fits into a block of 144 bytes: what is decided once, or by one thread, shares bytes.
    private byte _kind;
    private Ends _ends;

    /// <summary>Events that came before anybody had subscribed to them.</summary>
    internal byte DeferredEvents;

    /// <summary>The backend's.</summary>
    internal byte BackendFlags;
    internal SocketPhase Phase;
    internal SocketDirections Directions;
    internal SendState SendState;

    /// <summary>The loop reports to the socket.</summary>
    internal bool IsAttached;

    /// <summary>The consumer has subscribed to readable events.</summary>
    internal bool IsSubscribed;

    /// <summary>The timer was set on the loop's thread, which alone may cancel it.</summary>
    internal bool IsTimerCancellable;

    /// <summary>Bytes have been handed to the system.</summary>
    internal bool HasSent;

    /// <summary>A receive has found the end of the stream: nothing more comes in.</summary>
    internal bool HasReadEnd;

    /// <summary>
    /// A send has failed since the peer has reset the connection. The system reports that once; whoever receives
    /// afterwards gets an end of stream.
    /// </summary>
    internal bool HasMetReset;

    private const int TypeBits = 4;
    private const int KindMask = (1 << TypeBits) - 1;

    [Flags]
    private enum Ends : byte
    {
        Lingers = 1,
        Resets = 2,
    }

    /// <summary>aws_socket_domain and aws_socket_type; what is none is 15.</summary>
    internal readonly byte Domain => (byte)(_kind >> TypeBits);

    internal readonly byte Type => (byte)(_kind & KindMask);

    /// <summary>What was accepted for sending is to arrive although the handle is closed. See SocketDrain.</summary>
    internal bool LingersAfterClose
    {
        readonly get => (_ends & Ends.Lingers) != 0;
        set => _ends = value ? _ends | Ends.Lingers : _ends & ~Ends.Lingers;
    }

    /// <summary>A close throws bytes away: the peer of a TCP connection gets a reset instead of an end.</summary>
    internal bool ResetsOnClose
    {
        readonly get => (_ends & Ends.Resets) != 0;
        set => _ends = value ? _ends | Ends.Resets : _ends & ~Ends.Resets;
    }

    /// <summary>Begins a socket without a handle, in zeroed memory of the allocator, with one reference.</summary>
    internal static void Init(
        SocketCore* core,
        aws_allocator* allocator,
        SocketBackend* backend,
        SocketObserver* observer,
        void* owner,
        aws_socket_options* options)
    {
        core->Allocator = allocator;
        core->Backend = backend;
        core->Observer = observer;
        core->Owner = owner;
        core->_kind = (byte)(
            (uint.Min((uint)options->domain, KindMask) << TypeBits) | uint.Min((uint)options->type, KindMask));
        core->_references = ReferenceCount.One;
        SetHandle(core, NoHandle);
    }

    internal static nint HandleOf(SocketCore* core) => (nint)core->Io.data.handle;

    /// <summary>What programs see of it.</summary>
    internal static nint SystemHandleOf(SocketCore* core) =>
        core->Backend->SystemHandle == null || !IsOpen(core)
            ? HandleOf(core)
            : core->Backend->SystemHandle(HandleOf(core));

    /// <summary>For Init and <see cref="SocketBackend.Open"/>, or to adopt what Accept gave.</summary>
    internal static void SetHandle(SocketCore* core, nint handle) => core->Io.data.handle = (void*)handle;

    internal static bool IsOpen(SocketCore* core) => HandleOf(core) != NoHandle;

    internal static bool IsStream(SocketCore* core) => core->Type == (byte)AWS_SOCKET_STREAM;

    internal static bool IsTcp(SocketCore* core) =>
        IsStream(core) && DomainOf(core) is AWS_SOCKET_IPV4 or AWS_SOCKET_IPV6;

    internal static aws_socket_domain DomainOf(SocketCore* core) => (aws_socket_domain)core->Domain;

    internal static bool CanReceive(SocketCore* core) => (core->Directions & SocketDirections.Receiving) != 0;

    internal static bool CanSend(SocketCore* core) => (core->Directions & SocketDirections.Sending) != 0;

    internal static void SetPhase(SocketCore* core, SocketPhase phase) =>
        SetPhase(core, phase, SocketDirections.None);

    /// <summary>Directions are open only while the socket is connected.</summary>
    internal static void SetPhase(SocketCore* core, SocketPhase phase, SocketDirections directions)
    {
        core->Phase = phase;
        core->Directions = directions;
        NotifyChanged(core);
    }

    internal static void SetLoop(SocketCore* core, aws_event_loop* loop)
    {
        core->Loop = loop;
        NotifyChanged(core);
    }

    internal static void NotifyChanged(SocketCore* core)
    {
        if (core->Owner != null && core->Observer->OnChanged != null)
            core->Observer->OnChanged(core);
    }

    internal static void Acquire(SocketCore* core) => core->_references.Acquire();

    internal static void Release(SocketCore* core)
    {
        if (!core->_references.Release())
            return;

        aws_allocator* allocator = core->Allocator;
        FreeTimer(core);
        WriteQueuePool.Release(core->WritePool);
        if (core->Observer->OnFreed != null)
            core->Observer->OnFreed(core);
        Common.Allocator.Release(allocator, core);
    }

    /// <summary>
    /// Sets the task up and keeps the socket alive until it has run. The task is the socket's, or its queue's, and is
    /// not scheduled now.
    /// </summary>
    internal static void Prepare(SocketCore* core, aws_task* task, TaskFunction function, ReadOnlySpan<byte> tag)
    {
        Acquire(core);
        ScheduledTask.Init(task, function, core, Literal.Of(tag));
    }

    /// <summary>As <see cref="Prepare"/>, for the timer, which lasts until <see cref="FreeTimer"/>.</summary>
    internal static aws_task* PrepareTimer(SocketCore* core, TaskFunction function, ReadOnlySpan<byte> tag)
    {
        if (core->Timer == null)
            core->Timer = Common.Allocator.New<aws_task>(core->Allocator);
        Prepare(core, core->Timer, function, tag);
        return core->Timer;
    }

    /// <summary>The timer is not scheduled. NULL is allowed.</summary>
    internal static void FreeTimer(SocketCore* core)
    {
        if (core->Timer != null)
            Common.Allocator.Release(core->Allocator, core->Timer);
        core->Timer = null;
    }

    /// <summary>Lets the timer go; it runs now, finds nothing to do and drops its reference.</summary>
    internal static void CancelTimer(SocketCore* core, aws_event_loop* loop)
    {
        if (!core->IsTimerCancellable)
            return;

        core->IsTimerCancellable = false;
        EventLoop.CancelTask(loop, core->Timer);
    }
}

/// <summary>
/// What a socket calls of its consumer: one static table for each kind of consumer. On the loop's thread, with the
/// socket held; each may close it. Unused entries are NULL, but for those of what the consumer does.
/// </summary>
internal unsafe struct SocketObserver
{
    /// <summary>Phase, loop or handle have changed. Also on the thread that connects, binds or closes.</summary>
    internal delegate*<SocketCore*, void> OnChanged;

    /// <summary>
    /// A connection stands and is not announced yet: the consumer may ask the backend about it. An error makes the
    /// attempt fail.
    /// </summary>
    internal delegate*<SocketCore*, int> OnEstablished;

    /// <summary>A connection attempt has ended.</summary>
    internal delegate*<SocketCore*, int, void> OnConnected;

    /// <summary>
    /// A connection's handle, which is the consumer's from now on, and its peer; or an error.
    /// </summary>
    internal delegate*<SocketCore*, nint, SocketAddress*, int, void> OnAccepted;

    /// <summary>There may be something to receive, or the peer has hung up or failed.</summary>
    internal delegate*<SocketCore*, int, void> OnReadable;

    /// <summary>A close is done.</summary>
    internal delegate*<SocketCore*, void> OnClosed;

    /// <summary>The last reference is gone, and the memory goes. Any thread.</summary>
    internal delegate*<SocketCore*, void> OnFreed;
}

/// <summary>
/// The values of aws_socket::state. A socket is in one state at a time, except that it is readable and writable at once
/// while connected in both directions.
/// </summary>
internal static class SocketState
{
    internal const int Init = 0x01;
    internal const int Connecting = 0x02;
    internal const int ConnectedRead = 0x04;
    internal const int ConnectedWrite = 0x08;
    internal const int Bound = 0x10;
    internal const int Listening = 0x20;
    internal const int TimedOut = 0x40;
    internal const int Error = 0x80;
    internal const int Closed = 0x81;
}
