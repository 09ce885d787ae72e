// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Threading;

namespace Reseau.Native.Common.Threading;

/// <summary>
/// The process's count of threads that nobody has joined yet, and the managed ones among them that have finished.
/// Where the process has a <see cref="ExternalCommon"/>, the account is the external library's.
/// </summary>
internal static unsafe class ThreadAccounting
{
    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        internal ForkLock Lock;
        internal aws_condition_variable Changed;
        internal aws_linked_list Finished;
        internal uint Unjoined;
        internal ulong JoinTimeout;

        // What Fork.Count was when the account was begun.
        internal int Forks;
    }

    private static nint s_state;

    /// <summary>Counts a thread in before it starts.</summary>
    internal static void Increment()
    {
        if (ExternalCommon.IsPresent)
        {
            ExternalCommon.Functions.IncrementThreads();
            return;
        }

        State* state = Enter();
        state->Unjoined++;
        ForkLock.Exit(&state->Lock);
    }

    /// <summary>Counts a thread out once it has been joined, or when it could not be started.</summary>
    internal static void Decrement()
    {
        if (ExternalCommon.IsPresent)
        {
            ExternalCommon.Functions.DecrementThreads();
            return;
        }

        State* state = Enter();
        state->Unjoined--;
        ConditionVariable.NotifyAll(&state->Changed);
        ForkLock.Exit(&state->Lock);
    }

    internal static uint Count()
    {
        if (ExternalCommon.IsPresent)
            return (uint)ExternalCommon.Functions.CountThreads();

        State* state = Enter();
        uint count = state->Unjoined;
        ForkLock.Exit(&state->Lock);
        return count;
    }

    /// <summary>How long <see cref="JoinAll"/> waits, in nanoseconds; 0 means for ever.</summary>
    internal static void SetJoinTimeout(ulong nanoseconds)
    {
        if (ExternalCommon.IsPresent)
        {
            ExternalCommon.Functions.SetJoinTimeout(nanoseconds);
            return;
        }

        State* state = Enter();
        state->JoinTimeout = nanoseconds;
        ForkLock.Exit(&state->Lock);
    }

    /// <summary>
    /// A managed thread's last act. It also joins those that finished before it, so that the list never grows.
    /// </summary>
    internal static void AddFinished(aws_linked_list_node* node)
    {
        if (ExternalCommon.IsPresent)
        {
            ExternalCommon.Functions.AddFinishedThread(node);
            return;
        }

        aws_linked_list earlier;
        LinkedList.Init(&earlier);

        State* state = Enter();
        LinkedList.MoveAllBack(&earlier, &state->Finished);
        LinkedList.PushBack(&state->Finished, node);
        ConditionVariable.NotifyAll(&state->Changed);
        ForkLock.Exit(&state->Lock);

        Threads.JoinAndFreeWrapperList(&earlier);
    }

    /// <summary>
    /// Joins every managed thread. Fails with AWS_ERROR_COND_VARIABLE_TIMED_OUT if some are left after the time of
    /// <see cref="SetJoinTimeout"/>. Not for managed threads: one would wait for itself.
    /// </summary>
    internal static int JoinAll()
    {
        // An external library does not know that its threads are not here.
        if (ExternalCommon.IsPresent)
            return Fork.Count == 0 ? ExternalCommon.Functions.JoinThreads() : AWS_OP_SUCCESS;

        State* state = Enter();
        ulong timeout = state->JoinTimeout;
        ForkLock.Exit(&state->Lock);

        ulong deadline = ConditionVariable.Deadline(timeout > long.MaxValue ? long.MaxValue : (long)timeout);
        while (true)
        {
            aws_linked_list finished;
            LinkedList.Init(&finished);

            state = Enter();
            int waited = WaitForFinished(state, timeout != 0, deadline);
            bool isDone = state->Unjoined == 0;
            LinkedList.MoveAllBack(&finished, &state->Finished);
            ForkLock.Exit(&state->Lock);

            // Joined outside the lock: a thread still on its way out may need it.
            Threads.JoinAndFreeWrapperList(&finished);
            if (isDone)
                return AWS_OP_SUCCESS;

            // The last may just have been joined.
            if (waited != AWS_OP_SUCCESS)
                return Count() == 0 ? AWS_OP_SUCCESS : AWS_OP_ERR;
        }
    }

    private static int WaitForFinished(State* state, bool hasDeadline, ulong deadline)
    {
        int result = AWS_OP_SUCCESS;
        while (result == AWS_OP_SUCCESS && state->Unjoined != 0 && LinkedList.IsEmpty(&state->Finished))
        {
            result = hasDeadline
                ? ForkLock.WaitUntil(&state->Lock, &state->Changed, deadline)
                : ForkLock.Wait(&state->Lock, &state->Changed);
        }

        return result;
    }

    /// <summary>The account, locked.</summary>
    private static State* Enter()
    {
        nint made = Volatile.Read(ref s_state);
        State* state = (State*)(made != 0 ? made : Create());
        ForkLock.Enter(&state->Lock);

        // After a fork the child has only the thread that forked. The others are nobody's to wait for here.
        if (state->Forks != Fork.Count)
            Begin(state);
        return state;
    }

    private static nint Create()
    {
        State* state = (State*)StaticMemory.Allocate((nuint)sizeof(State));
        ForkLock.Init(&state->Lock);
        Begin(state);
        return (nint)StaticMemory.PublishBlock(ref s_state, state);
    }

    private static void Begin(State* state)
    {
        state->Unjoined = 0;
        state->Forks = Fork.Count;
        ConditionVariable.Init(&state->Changed);
        LinkedList.Init(&state->Finished);
    }
}
