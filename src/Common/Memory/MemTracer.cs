// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Reseau.Native.Common.Memory;

/// <summary>
/// An allocator that passes everything on to another one and keeps a list of what is in use. Its own memory comes from
/// the C heap. It may be used and asked on any thread at any time between its making and its destruction.
/// </summary>
internal static unsafe class MemTracer
{
    private const int DefaultFrames = 8;
    private const int MaxFrames = 128;

    // This class's own functions, which begin every recorded stack.
    private const int OwnFrames = 3;

    internal struct State
    {
        internal aws_allocator Table;
        internal aws_allocator* Traced;
        internal aws_mem_trace_level Level;
        internal int FramesPerStack;

        internal ForkLock Lock;
        internal nuint LiveBytes;
        internal ulong LastNumber;
        internal AllocationTable Allocations;
        internal StackTable Stacks;
    }

    /// <summary>
    /// aws_mem_tracer_new: <paramref name="frames_per_stack"/> is at most 128, zero means 8. Stacks are not recorded
    /// where the platform cannot take them. The second parameter has no effect any more.
    /// </summary>
    internal static aws_allocator* New(
        aws_allocator* allocator,
        aws_allocator* deprecated,
        aws_mem_trace_level level,
        nuint frames_per_stack)
    {
        if (!Allocator.IsValid(allocator))
            return (aws_allocator*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        State* state = Allocator.New<State>(Allocator.Default());
        state->Table = new aws_allocator
        {
            mem_acquire = &AcquireEntry,
            mem_release = &ReleaseEntry,
            mem_realloc = &ReallocEntry,
            mem_calloc = &CallocEntry,
            impl = state,
        };
        state->Traced = allocator;
        state->Level = level;

        if (level != AWS_MEMTRACE_NONE)
        {
            ForkLock.Init(&state->Lock);
            state->Allocations.Init();
        }

        if (level == AWS_MEMTRACE_STACKS)
        {
            void* probe;
            state->FramesPerStack = frames_per_stack == 0 ? DefaultFrames : (int)Math.Min(frames_per_stack, MaxFrames);
            state->Stacks.Init();
            if (Backtrace.Capture(&probe, 1) == 0)
                state->Level = AWS_MEMTRACE_BYTES;
        }

        return &state->Table;
    }

    /// <summary>
    /// aws_mem_tracer_destroy: returns the allocator underneath. Blocks still in use stay in use and may be released to
    /// that one.
    /// </summary>
    internal static aws_allocator* Destroy(aws_allocator* trace_allocator)
    {
        if (trace_allocator == null)
            return null;

        State* state = StateOf(trace_allocator);
        aws_allocator* traced = state->Traced;
        state->Allocations.CleanUp();
        state->Stacks.CleanUp();
        ForkLock.CleanUp(&state->Lock);
        Allocator.Release(Allocator.Default(), state);
        return traced;
    }

    /// <summary>
    /// aws_mem_tracer_dump: logs what is in use, oldest first, at level TRACE; nothing if nothing is in use.
    /// </summary>
    internal static void Dump(aws_allocator* trace_allocator)
    {
        if (Bytes(trace_allocator) != 0)
            MemTraceReport.Write(StateOf(trace_allocator));
    }

    /// <summary>aws_mem_tracer_bytes: bytes in use.</summary>
    internal static nuint Bytes(aws_allocator* trace_allocator)
    {
        if (trace_allocator == null || StateOf(trace_allocator)->Level == AWS_MEMTRACE_NONE)
            return 0;

        State* state = StateOf(trace_allocator);
        Enter(state);
        nuint bytes = state->LiveBytes;
        ForkLock.Exit(&state->Lock);
        return bytes;
    }

    /// <summary>aws_mem_tracer_count: blocks in use.</summary>
    internal static nuint Count(aws_allocator* trace_allocator)
    {
        if (trace_allocator == null || StateOf(trace_allocator)->Level == AWS_MEMTRACE_NONE)
            return 0;

        State* state = StateOf(trace_allocator);
        Enter(state);
        nuint count = state->Allocations.Count;
        ForkLock.Exit(&state->Lock);
        return count;
    }

    internal static void Enter(State* state)
    {
        ForkLock.Enter(&state->Lock);
        if (!ForkLock.WasInterrupted(&state->Lock))
            return;

        // A thread of the parent's may have left half a change: what the child allocates is counted from here on.
        state->LiveBytes = 0;
        state->Allocations = default;
        state->Allocations.Init();
        if (state->Level == AWS_MEMTRACE_STACKS)
            state->Stacks.Init();
    }

    private static State* StateOf(aws_allocator* allocator) => (State*)allocator->impl;

    // Neither this function nor its callers are merged into one another: OwnFrames counts them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Track(State* state, void* block, nuint size)
    {
        if (state->Level == AWS_MEMTRACE_NONE)
            return;

        void** frames = stackalloc void*[MaxFrames + OwnFrames];
        nuint depth = state->Level == AWS_MEMTRACE_STACKS
            ? Backtrace.Capture(frames, (nuint)(state->FramesPerStack + OwnFrames))
            : 0;

        // A stack so short that it is all our own is still better than none.
        int own = depth > OwnFrames ? OwnFrames : 0;

        Enter(state);
        TracedStack* stack = depth == 0 ? null : state->Stacks.GetOrAdd(frames + own, depth - (nuint)own);
        state->LiveBytes += size;
        state->Allocations.Add(new TracedAllocation
        {
            Block = block,
            Size = size,
            Number = ++state->LastNumber,
            Stack = stack,
        });
        ForkLock.Exit(&state->Lock);
    }

    private static void Untrack(State* state, void* block)
    {
        if (state->Level == AWS_MEMTRACE_NONE || block == null)
            return;

        Enter(state);
        if (state->Allocations.Remove(block, out nuint size))
            state->LiveBytes -= size;
        ForkLock.Exit(&state->Lock);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* AcquireEntry(aws_allocator* allocator, nuint size)
    {
        State* state = StateOf(allocator);
        void* block = Allocator.Acquire(state->Traced, size);
        Track(state, block, size);
        return block;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* CallocEntry(aws_allocator* allocator, nuint count, nuint size)
    {
        State* state = StateOf(allocator);
        void* block = Allocator.Calloc(state->Traced, count, size);
        Track(state, block, count * size);
        return block;
    }

    // The block leaves the list before it goes: afterwards another thread may be given the same address.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReleaseEntry(aws_allocator* allocator, void* block)
    {
        State* state = StateOf(allocator);
        Untrack(state, block);
        Allocator.Release(state->Traced, block);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* ReallocEntry(aws_allocator* allocator, void* block, nuint oldSize, nuint newSize)
    {
        State* state = StateOf(allocator);
        Untrack(state, block);
        Allocator.Realloc(state->Traced, &block, oldSize, newSize);
        if (block != null)
            Track(state, block, newSize);
        return block;
    }
}
