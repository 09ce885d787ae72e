// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

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
        internal aws_mutex Lock;
        internal aws_condition_variable Changed;
        internal aws_linked_list Finished;
        internal uint Unjoined;
        internal ulong JoinTimeout;

        // What Fork.Count was when the account was made.
        internal int Forks;
    }

    private static readonly State* s_state = CreateState();

    /// <summary>Counts a thread in before it starts.</summary>
    internal static void Increment()
    {
        if (ExternalCommon.IsPresent)
        {
            ExternalCommon.Functions.IncrementThreads();
            return;
        }

        Lock();
        s_state->Unjoined++;
        Mutex.Unlock(&s_state->Lock);
    }

    /// <summary>Counts a thread out once it has been joined, or when it could not be started.</summary>
    internal static void Decrement()
    {
        if (ExternalCommon.IsPresent)
        {
            ExternalCommon.Functions.DecrementThreads();
            return;
        }

        Lock();
        s_state->Unjoined--;
        ConditionVariable.NotifyAll(&s_state->Changed);
        Mutex.Unlock(&s_state->Lock);
    }

    internal static uint Count()
    {
        if (ExternalCommon.IsPresent)
            return (uint)ExternalCommon.Functions.CountThreads();

        Lock();
        uint count = s_state->Unjoined;
        Mutex.Unlock(&s_state->Lock);
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

        Lock();
        s_state->JoinTimeout = nanoseconds;
        Mutex.Unlock(&s_state->Lock);
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

        Lock();
        LinkedList.MoveAllBack(&earlier, &s_state->Finished);
        LinkedList.PushBack(&s_state->Finished, node);
        ConditionVariable.NotifyAll(&s_state->Changed);
        Mutex.Unlock(&s_state->Lock);

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

        Lock();
        ulong timeout = s_state->JoinTimeout;
        Mutex.Unlock(&s_state->Lock);

        ulong deadline = ConditionVariable.Deadline(timeout > long.MaxValue ? long.MaxValue : (long)timeout);
        while (true)
        {
            aws_linked_list finished;
            LinkedList.Init(&finished);

            Lock();
            int waited = WaitForFinished(timeout != 0, deadline);
            bool isDone = s_state->Unjoined == 0;
            LinkedList.MoveAllBack(&finished, &s_state->Finished);
            Mutex.Unlock(&s_state->Lock);

            // Joined outside the lock: a thread still on its way out may need it.
            Threads.JoinAndFreeWrapperList(&finished);
            if (isDone)
                return AWS_OP_SUCCESS;

            // The last may just have been joined.
            if (waited != AWS_OP_SUCCESS)
                return Count() == 0 ? AWS_OP_SUCCESS : AWS_OP_ERR;
        }
    }

    private static int WaitForFinished(bool hasDeadline, ulong deadline)
    {
        int result = AWS_OP_SUCCESS;
        while (result == AWS_OP_SUCCESS && s_state->Unjoined != 0 && LinkedList.IsEmpty(&s_state->Finished))
        {
            result = hasDeadline
                ? ConditionVariable.WaitUntil(&s_state->Changed, &s_state->Lock, deadline)
                : ConditionVariable.Wait(&s_state->Changed, &s_state->Lock);
        }

        return result;
    }

    private static void Lock()
    {
        // After a fork the child has only the thread that forked. The others are nobody's to wait for here, and one of
        // them may have held the lock.
        if (s_state->Forks != Fork.Count)
            Reset(s_state);

        Mutex.Lock(&s_state->Lock);
    }

    private static State* CreateState()
    {
        State* state = StaticMemory.Allocate<State>();
        Reset(state);
        return state;
    }

    private static void Reset(State* state)
    {
        *state = new State { JoinTimeout = state->JoinTimeout, Forks = Fork.Count };
        Mutex.Init(&state->Lock);
        ConditionVariable.Init(&state->Changed);
        LinkedList.Init(&state->Finished);
    }
}
