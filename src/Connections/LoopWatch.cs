// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Connections;

/// <summary>
/// Events of a descriptor that the program has made. Its subscription is begun on the thread that asks for it, so that
/// a failure can be returned, and ended on the loop's; which of them ends it, if the loop ends at that moment, the
/// flags say. Rules 147 and 148 of docs/lifetimes.md.
/// </summary>
internal unsafe struct LoopWatch
{
    private const int HangUp = (int)AWS_IO_EVENT_TYPE_REMOTE_HANG_UP;
    private const int Broken = (int)(AWS_IO_EVENT_TYPE_CLOSED | AWS_IO_EVENT_TYPE_ERROR);

    // Of _subscription.
    private const int IsSubscribed = 1;
    private const int HasLeft = 2;

    internal LoopMember Member;
    private reseau_watch_fn _function;
    private void* _state;
    private aws_io_handle _handle;
    private int _events;
    private int _subscription;

    private static nint s_operations;

    private static MemberOperations* Operations => StaticMemory.Get(ref s_operations, &NewOperations);

    /// <summary>
    /// Any thread. Takes the reference to the loop over, also on failure. Returns the id or an error of reseau_error.
    /// </summary>
    internal static long Start(LoopObject* home, int descriptor, int events, reseau_watch_fn function, void* state)
    {
        LoopWatch* watch = Allocator.New<LoopWatch>(Allocator.Default());
        watch->Member.Object.Operations = (IdOperations*)Operations;
        watch->_function = function;
        watch->_state = state;
        watch->_handle.data.fd = descriptor;
        watch->_events = events;
        LoopMember.BeginStart(&watch->Member);
        ScheduledTask.Init(&watch->Member.Anchor, &LoopMember.OnAnchor, watch, Literal.Of("reseau_watch"u8));
        long id = LoopMember.Begin(&watch->Member, home);
        if (id < 0)
            return id;

        // The loop's thread may end it at once.
        IdTable.Acquire(&watch->Member.Object);
        int error = LoopMember.TryAnchor(&watch->Member, TaskScheduler.NoTask)
            ? Subscribe(watch)
            : RESEAU_ERROR_LOOP_ENDED;
        LoopMember.EndStart(&watch->Member);
        IdTable.Release(&watch->Member.Object);
        return error == 0 ? id : error;
    }

    private static MemberOperations NewOperations() => new()
    {
        Id = new IdOperations { Kind = IdKind.Watch, Free = &LoopMember.Free, Close = &LoopMember.Close },
        Leave = &Leave,
    };

    private static int Subscribe(LoopWatch* watch)
    {
        int events = ((watch->_events & RESEAU_READABLE) != 0 ? (int)AWS_IO_EVENT_TYPE_READABLE : 0)
            | ((watch->_events & RESEAU_WRITABLE) != 0 ? (int)AWS_IO_EVENT_TYPE_WRITABLE : 0);
        IoCallback callback = new() { Function = &OnEvent, OfC = &OnEventOfC, UserData = watch };
        aws_event_loop* loop = watch->Member.Object.Loop;
        if (EventLoop.SubscribeToIoEvents(loop, &watch->_handle, events, callback) != AWS_OP_SUCCESS)
        {
            // The close is done when the start has ended.
            int error = ConnectionErrors.From(Errors.LastErrorOrUnknown());
            LoopMember.Close(&watch->Member.Object, false);
            return error;
        }

        // An event of it, or the end of the loop, may have been before this.
        int before = Interlocked.Or(ref watch->_subscription, IsSubscribed);
        if (before == HasLeft)
            EventLoop.FreeIoEventResources(loop, &watch->_handle);
        return 0;
    }

    private static void Leave(LoopMember* member)
    {
        LoopWatch* watch = (LoopWatch*)member;
        int before = Interlocked.Or(ref watch->_subscription, HasLeft);

        // A descriptor that was closed too early is not watched any more; the loop says so, and there is no harm.
        if ((before & IsSubscribed) != 0)
            EventLoop.UnsubscribeFromIoEvents(member->Object.Loop, &watch->_handle);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEventOfC(aws_event_loop* loop, aws_io_handle* handle, int events, void* userData) =>
        OnEvent(userData, events);

    private static void OnEvent(void* userData, int events)
    {
        LoopWatch* watch = (LoopWatch*)userData;
        Interlocked.Or(ref watch->_subscription, IsSubscribed);
        LoopMember.EndStart(&watch->Member);
        int happened = Translate(events) & (watch->_events | RESEAU_BROKEN);
        if (happened == 0 || !LoopMember.TryEnterCallback(&watch->Member))
            return;
        watch->_function(watch->Member.Object.Id, happened, watch->_state);
        LoopMember.ExitCallback(&watch->Member);
    }

    // The peer's end of a stream is something to read.
    private static int Translate(int events) =>
        ((events & ((int)AWS_IO_EVENT_TYPE_READABLE | HangUp)) != 0 ? RESEAU_READABLE : 0)
        | ((events & (int)AWS_IO_EVENT_TYPE_WRITABLE) != 0 ? RESEAU_WRITABLE : 0)
        | ((events & Broken) != 0 ? RESEAU_BROKEN : 0);
}
