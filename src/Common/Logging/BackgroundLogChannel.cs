// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Volatile = System.Threading.Volatile;

namespace Reseau.Native.Common.Logging;

/// <summary>
/// A channel whose lines wait in a list until a thread of its own has taken them all at once and written them in their
/// order, outside the lock. Sending never waits for a write, except in a process that came out of fork: there the
/// thread is missing, and whoever sends a line writes it.
/// </summary>
internal static unsafe class BackgroundLogChannel
{
    private const nuint InitialLines = 16;

    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        internal aws_mutex Lock;
        internal aws_condition_variable HasLines;
        internal aws_array_list Waiting;
        internal aws_thread Thread;
        internal bool IsFinished;

        // What Fork.Count was when the thread was started.
        internal int Forks;
    }

    private static nint s_vtable;

    /// <summary>
    /// Makes the channel and starts its thread. The channel stays where it is until it is cleaned up.
    /// </summary>
    internal static int Init(aws_log_channel* channel, aws_allocator* allocator, aws_log_writer* writer)
    {
        if (channel == null || allocator == null || writer == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        State* state = (State*)Allocator.Calloc(allocator, 1, (nuint)sizeof(State));
        state->Forks = Fork.Count;
        aws_log_channel before = *channel;
        *channel = new aws_log_channel { vtable = Vtable(), allocator = allocator, writer = writer, impl = state };
        if (Mutex.Init(&state->Lock) == AWS_OP_SUCCESS &&
            ConditionVariable.Init(&state->HasLines) == AWS_OP_SUCCESS &&
            InitLines(&state->Waiting, allocator) == AWS_OP_SUCCESS &&
            Start(channel, state) == AWS_OP_SUCCESS)
        {
            return AWS_OP_SUCCESS;
        }

        *channel = before;
        Free(allocator, state);
        return AWS_OP_ERR;
    }

    private static int InitLines(aws_array_list* lines, aws_allocator* allocator) =>
        ArrayList.InitDynamic(lines, allocator, InitialLines, (nuint)sizeof(aws_string*));

    private static int Start(aws_log_channel* channel, State* state)
    {
        aws_thread_options options = *Threads.DefaultOptions();
        options.name = new aws_byte_cursor { ptr = Literal.Of("AwsLogger"u8), len = 9 };
        Threads.Init(&state->Thread, channel->allocator);
        return Threads.Launch(&state->Thread, &Run, channel, &options);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Send(aws_log_channel* channel, aws_string* line)
    {
        State* state = (State*)channel->impl;
        if (state->Forks != Fork.Count)
            return Write(channel, line);

        Mutex.Lock(&state->Lock);
        bool wasEmpty = state->Waiting.length == 0;
        int outcome = ArrayList.PushBack(&state->Waiting, &line);

        // The thread takes all there is, so only the first line has to wake it.
        if (wasEmpty)
            ConditionVariable.NotifyOne(&state->HasLines);

        Mutex.Unlock(&state->Lock);
        return outcome;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void CleanUp(aws_log_channel* channel)
    {
        State* state = (State*)channel->impl;

        // In a process that came out of fork there is no thread to wait for, and the lock may be held for ever.
        if (state->Forks != Fork.Count)
            return;

        Mutex.Lock(&state->Lock);
        state->IsFinished = true;
        ConditionVariable.NotifyOne(&state->HasLines);
        Mutex.Unlock(&state->Lock);

        Threads.Join(&state->Thread);
        Free(channel->allocator, state);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(void* argument)
    {
        aws_log_channel* channel = (aws_log_channel*)argument;
        aws_array_list lines;
        InitLines(&lines, channel->allocator);
        while (TakeLines((State*)channel->impl, &lines))
        {
            for (nuint i = 0; i < lines.length; i++)
                Write(channel, ((aws_string**)lines.data)[i]);

            ArrayList.Clear(&lines);
        }

        ArrayList.CleanUp(&lines);
    }

    private static int Write(aws_log_channel* channel, aws_string* line)
    {
        int outcome = channel->writer->vtable->write(channel->writer, line);
        AwsString.Destroy(line);
        return outcome;
    }

    /// <summary>Waits for lines and exchanges the lists; false when none are left and none will come.</summary>
    private static bool TakeLines(State* state, aws_array_list* lines)
    {
        Mutex.Lock(&state->Lock);
        while (state->Waiting.length == 0 && !state->IsFinished)
            ConditionVariable.Wait(&state->HasLines, &state->Lock);

        aws_array_list taken = state->Waiting;
        state->Waiting = *lines;
        *lines = taken;
        Mutex.Unlock(&state->Lock);
        return taken.length != 0;
    }

    private static void Free(aws_allocator* allocator, State* state)
    {
        ArrayList.CleanUp(&state->Waiting);
        ConditionVariable.CleanUp(&state->HasLines);
        Mutex.CleanUp(&state->Lock);
        Allocator.Release(allocator, state);
    }

    private static aws_log_channel_vtable* Vtable() =>
        StaticMemory.Get(ref s_vtable, &Entries);

    private static aws_log_channel_vtable Entries() => new()
    {
        send = &Send,
        clean_up = &CleanUp,
    };
}
