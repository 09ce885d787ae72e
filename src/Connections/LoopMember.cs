// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Connections;

/// <summary>
/// What timers, watches and datagram sockets begin with: an object on a loop, all of whose work is done on the loop's
/// thread. Other threads leave what they ask for in the object, and have one task look. Its anchor is a task that stays
/// on the loop as long as the object does: if it is cancelled, and not by the object, the loop ends. Rule 144 of
/// docs/lifetimes.md.
/// </summary>
internal unsafe struct LoopMember
{
    internal IdObject Object;

    /// <summary>The loop, held until the memory goes.</summary>
    internal LoopObject* Home;

    /// <summary>The kind's own task, or one for the end of time.</summary>
    internal aws_task Anchor;

    private aws_task _request;

    // Any thread.
    private int _isRequested;
    private int _isClosing;
    private int _isStarting;

    // What follows belongs to the loop's thread.

    /// <summary>The program's function is on the stack.</summary>
    internal bool IsInCallback;

    /// <summary>The anchor is on the loop.</summary>
    internal bool IsAnchored;

    /// <summary>It is off its loop: nothing is called any more but what reports the end.</summary>
    internal bool HasLeft;

    /// <summary>Why: 0, or an error of reseau_error. Set before it leaves.</summary>
    internal int EndError;

    /// <summary>
    /// Gives it its id, and takes the reference to the loop over, also on failure. The operations are set. Returns the
    /// id, or an error; then its memory is gone.
    /// </summary>
    internal static long Begin(LoopMember* member, LoopObject* home)
    {
        member->Home = home;
        member->Object.Loop = home->Object.Loop;
        ScheduledTask.Init(&member->_request, &OnRequest, member, Literal.Of("reseau_request"u8));
        if (IdTable.Add(&member->Object))
            return member->Object.Id;

        Free(&member->Object);
        return RESEAU_ERROR_NO_MEMORY;
    }

    /// <summary>
    /// Puts the anchor, which is set up, on the loop: from then on the loop's thread may end the object. False if the
    /// loop has ended, and the object with it.
    /// </summary>
    internal static bool TryAnchor(LoopMember* member, ulong time)
    {
        member->IsAnchored = true;
        if (LoopTasks.TryPost(LoopObject.CoreOf(member->Home), &member->Anchor, time))
            return true;
        IdTable.End(&member->Object);
        return false;
    }

    /// <summary>A close from elsewhere waits until <see cref="EndStart"/>. Before the id is given.</summary>
    internal static void BeginStart(LoopMember* member) => member->_isStarting = 1;

    /// <summary>Any thread, any number of times.</summary>
    internal static void EndStart(LoopMember* member)
    {
        if (Interlocked.Exchange(ref member->_isStarting, 0) != 0 && IsClosing(member))
            Request(member);
    }

    /// <summary>Whether somebody has closed it, be it only just now. Any thread.</summary>
    internal static bool IsClosing(LoopMember* member) => Volatile.Read(ref member->_isClosing) != 0;

    internal static bool IsOnLoop(LoopMember* member) =>
        LoopCore.IsOnCallersThread(LoopObject.CoreOf(member->Home));

    /// <summary>Any thread: has the kind's Apply called on the loop's thread, now if that is this one.</summary>
    internal static void Request(LoopMember* member)
    {
        if (IsOnLoop(member))
        {
            Apply(member);
            return;
        }

        if (Interlocked.Exchange(ref member->_isRequested, 1) != 0)
            return;
        IdTable.Acquire(&member->Object);

        // If the loop has ended, so has the object.
        if (!LoopTasks.TryPost(LoopObject.CoreOf(member->Home), &member->_request, 0))
            IdTable.Release(&member->Object);
    }

    /// <summary>Of IdOperations.</summary>
    internal static int Close(IdObject* item, bool isAbort)
    {
        LoopMember* member = (LoopMember*)item;
        if (Interlocked.Exchange(ref member->_isClosing, 1) == 0)
            Request(member);
        return 0;
    }

    /// <summary>Of IdOperations.</summary>
    internal static void Free(IdObject* item)
    {
        LoopObject* home = ((LoopMember*)item)->Home;
        Allocator.Release(Allocator.Default(), item);
        LoopObject.Release(home);
    }

    /// <summary>Loop thread: before the program's function is called. False if it is not to be.</summary>
    internal static bool TryEnterCallback(LoopMember* member)
    {
        if (member->HasLeft || IsClosing(member))
            return false;
        IdTable.Acquire(&member->Object);
        member->IsInCallback = true;
        return true;
    }

    /// <summary>When it has returned. False if the object is gone.</summary>
    internal static bool ExitCallback(LoopMember* member)
    {
        member->IsInCallback = false;
        bool isThere = !member->HasLeft && !IsClosing(member);
        if (!isThere)
            End(member);
        IdTable.Release(&member->Object);
        return isThere;
    }

    /// <summary>
    /// Loop thread: takes it off its loop, once, and ends it when no function of the program's is on the stack.
    /// </summary>
    internal static void End(LoopMember* member)
    {
        MemberOperations* operations = (MemberOperations*)member->Object.Operations;
        if (!member->HasLeft)
        {
            member->HasLeft = true;
            if (operations->Leave != null)
                operations->Leave(member);
            TakeAnchor(member);
        }

        if (member->IsInCallback)
            return;
        if (operations->OnEnd != null)
            operations->OnEnd(member);
        IdTable.End(&member->Object);
    }

    /// <summary>The anchor's function, for kinds that have no use of their own for it.</summary>
    internal static void OnAnchor(aws_task* task, void* argument, aws_task_status status) =>
        EndWithLoop((LoopMember*)argument);

    /// <summary>Loop thread: the anchor has been cancelled, by the object or since the loop ends.</summary>
    internal static void EndWithLoop(LoopMember* member)
    {
        bool isByObject = !member->IsAnchored;
        member->IsAnchored = false;
        if (isByObject)
            return;
        member->EndError = RESEAU_ERROR_LOOP_ENDED;
        End(member);
    }

    /// <summary>Loop thread: takes the anchor off the loop, if it is there. Its function is called for it.</summary>
    internal static void TakeAnchor(LoopMember* member)
    {
        bool isAnchored = member->IsAnchored;
        member->IsAnchored = false;
        if (isAnchored)
            EventLoop.CancelTask(member->Object.Loop, &member->Anchor);
    }

    private static void OnRequest(aws_task* task, void* argument, aws_task_status status)
    {
        LoopMember* member = (LoopMember*)argument;
        Interlocked.Exchange(ref member->_isRequested, 0);
        if (status == AWS_TASK_STATUS_RUN_READY)
            Apply(member);
        IdTable.Release(&member->Object);
    }

    private static void Apply(LoopMember* member)
    {
        if (member->HasLeft || Volatile.Read(ref member->_isStarting) != 0)
            return;
        MemberOperations* operations = (MemberOperations*)member->Object.Operations;
        if (IsClosing(member))
            End(member);
        else if (operations->Apply != null)
            operations->Apply(member);
    }
}

/// <summary>What kinds of objects on loops do; on the loop's thread. Entries but the first may be NULL.</summary>
internal unsafe struct MemberOperations
{
    /// <summary>First, so that a pointer to one is a pointer to the other.</summary>
    internal IdOperations Id;

    /// <summary>Does what has been requested.</summary>
    internal delegate*<LoopMember*, void> Apply;

    /// <summary>Takes what it has on the loop, but the anchor, off it.</summary>
    internal delegate*<LoopMember*, void> Leave;

    /// <summary>Its last callback, and nothing after it.</summary>
    internal delegate*<LoopMember*, void> OnEnd;
}
