// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Platform;

namespace Reseau.Native.Connections;

/// <summary>
/// A descriptor of a program's in a completion queue: what is asked for, and what has happened and is not reported.
/// Belongs to whoever has the queue's loop. Rules 241 to 243 of docs/lifetimes.md.
/// </summary>
internal unsafe struct CompletionSource
{
    private const int HangUp = (int)AWS_IO_EVENT_TYPE_REMOTE_HANG_UP;
    private const int Broken = (int)(AWS_IO_EVENT_TYPE_CLOSED | AWS_IO_EVENT_TYPE_ERROR);
    private const uint MinRoom = 4 * 1024;
    private const uint MaxRoom = 64 * 1024;

    // Of larger ones a few fill the queue's memory, and a batch of few saves little (docs/adr/0068).
    private const uint MaxBatched = 8 * 1024;
    private const int BothWays = (int)(AWS_IO_EVENT_TYPE_READABLE | AWS_IO_EVENT_TYPE_WRITABLE);

    internal CompletionSource* NextReady;
    internal ulong Token;

    /// <summary>Room for what comes next, if it is like what came before.</summary>
    internal uint Room;

    /// <summary>Asked for.</summary>
    internal int Events;

    /// <summary>It is in the queue's list.</summary>
    internal bool IsListed;

    /// <summary>It has been removed while it was in the list, which frees it.</summary>
    internal bool IsGone;

    private CompletionQueue* _queue;
    private aws_io_handle _handle;
    private int _happened;

    // Bytes of receives that filled their room, one after the other.
    private nuint _before;

    /// <summary>The peer has ended its stream, or it is broken: receiving goes on until it says so.</summary>
    private bool _isEnding;

    /// <summary>It has said so.</summary>
    private bool _hasEnded;

    internal static CompletionSource* New(CompletionQueue* queue, int descriptor, int events, ulong token)
    {
        CompletionSource* source = Allocator.New<CompletionSource>(Allocator.Default());
        source->_queue = queue;
        source->_handle.data.fd = descriptor;
        source->Events = events;
        source->Token = token;
        source->Room = MinRoom;
        IoCallback callback = new() { Function = &OnEvent, OfC = &OnEventOfC, UserData = source };
        if (EventLoop.SubscribeToIoEvents(CompletionQueue.LoopOf(queue), &source->_handle, BothWays, callback)
            == AWS_OP_SUCCESS)
        {
            return source;
        }

        Allocator.Release(Allocator.Default(), source);
        return null;
    }

    /// <summary>Nothing is reported any more. The memory goes now, or when the list has been gone through.</summary>
    internal static void Remove(CompletionSource* source)
    {
        // A descriptor that was closed too early is not watched any more; the loop says so, and there is no harm.
        EventLoop.UnsubscribeFromIoEvents(CompletionQueue.LoopOf(source->_queue), &source->_handle);
        source->IsGone = true;
        if (!source->IsListed)
            Free(source);
    }

    /// <summary>With its queue, whose loop has ended.</summary>
    internal static void FreeWithQueue(CompletionSource* source)
    {
        EventLoop.FreeIoEventResources(CompletionQueue.LoopOf(source->_queue), &source->_handle);
        Free(source);
    }

    internal static void Free(CompletionSource* source) => Allocator.Release(Allocator.Default(), source);

    internal static void Change(CompletionSource* source, int events)
    {
        // What has happened before the program tried is of no use to it.
        source->_happened &= ~(events & ~source->Events & RESEAU_WRITABLE);
        if ((events & RESEAU_RECEIVE) == 0)
            source->_happened &= ~(events & ~source->Events & RESEAU_READABLE);
        source->Events = events;
        if (IsWanted(source))
            CompletionQueue.List(source->_queue, source);
    }

    /// <summary>Takes what has happened, of what is asked for but receiving.</summary>
    internal static int Take(CompletionSource* source)
    {
        int taken = source->_happened & source->Events & (RESEAU_READABLE | RESEAU_WRITABLE);
        if (taken != 0 && source->_isEnding)
            taken |= source->_happened & RESEAU_BROKEN;
        source->_happened &= ~taken;
        return taken;
    }

    internal static bool CanReceive(CompletionSource* source) =>
        (source->Events & RESEAU_RECEIVE) != 0 && (source->_happened & RESEAU_READABLE) != 0 && !source->_hasEnded;

    /// <summary>It can receive, and probably little: a call of the system's for several costs less.</summary>
    internal static bool CanReceiveInBatch(CompletionSource* source) =>
        CanReceive(source) && source->Room <= MaxBatched + MinRoom;

    internal static int DescriptorOf(CompletionSource* source) => source->_handle.data.fd;

    /// <summary>Receives, and writes down what came of it. False if nothing has come.</summary>
    internal static bool TryReceive(CompletionSource* source, byte* into, nuint size, reseau_completion* completion) =>
        Received(source, Descriptors.Receive(source->_handle.data.fd, into, size), size, completion);

    /// <summary>Writes down what came of a receive of at most so many bytes. False if nothing has come.</summary>
    internal static bool Received(CompletionSource* source, nint received, nuint size, reseau_completion* completion)
    {
        if (Descriptors.IsNothingNow(received))
        {
            source->_happened &= ~RESEAU_READABLE;
            return false;
        }

        completion->events |= RESEAU_RECEIVE;
        completion->error = received < 0 ? (int)-received : 0;
        completion->length = received > 0 ? (ulong)received : 0;
        source->_hasEnded = received <= 0;
        SetRoom(source, (nuint)nint.Max(received, 0), size);

        // Less than there was room for is all that there is; but the end may be behind it, and has no edge of its own.
        if ((nuint)received < size && !source->_isEnding)
            source->_happened &= ~RESEAU_READABLE;
        return true;
    }

    // What fills its room is part of something larger, whose rest belongs to it. Room shrinks slowly: what comes in
    // parts at times is not to be cut into parts when it comes as a whole.
    private static void SetRoom(CompletionSource* source, nuint received, nuint size)
    {
        nuint whole = source->_before + received;
        bool isWhole = received < size;
        source->_before = isWhole ? 0 : whole;
        nuint needed = whole + (isWhole ? MinRoom : size);
        nuint shrunk = source->Room - (source->Room / 8);
        source->Room = (uint)nuint.Min(nuint.Max(needed, shrunk), MaxRoom);
    }

    internal static bool IsWanted(CompletionSource* source) =>
        (source->_happened & source->Events & (RESEAU_READABLE | RESEAU_WRITABLE)) != 0 || CanReceive(source);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEventOfC(aws_event_loop* loop, aws_io_handle* handle, int events, void* userData) =>
        OnEvent(userData, events);

    private static void OnEvent(void* userData, int events)
    {
        CompletionSource* source = (CompletionSource*)userData;
        if ((events & (HangUp | Broken)) != 0)
            source->_isEnding = true;
        source->_happened |= Translate(events);
        if (IsWanted(source))
            CompletionQueue.List(source->_queue, source);
    }

    // What is broken answers a read and a write at once, by its error.
    private static int Translate(int events) =>
        ((events & ((int)AWS_IO_EVENT_TYPE_READABLE | HangUp | Broken)) != 0 ? RESEAU_READABLE : 0)
        | ((events & ((int)AWS_IO_EVENT_TYPE_WRITABLE | Broken)) != 0 ? RESEAU_WRITABLE : 0)
        | ((events & Broken) != 0 ? RESEAU_BROKEN : 0);
}
