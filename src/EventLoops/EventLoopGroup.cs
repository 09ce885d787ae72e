// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>
/// A number of running loops among which work is spread, with a shared lifetime: when the last reference is gone, a
/// thread of its own ends the loops and then calls the shutdown callback. It has to be another thread, because the last
/// reference may well be dropped on one of the loops, which cannot wait for itself.
/// </summary>
internal static unsafe class EventLoopGroup
{
    /// <summary>A group of the loops that the options ask for. As <see cref="NewInternal"/>.</summary>
    internal static aws_event_loop_group* New(aws_allocator* allocator, aws_event_loop_group_options* options) =>
        NewInternal(allocator, options, &NewLoop, null);

    /// <summary>A group of <paramref name="max_threads"/> loops, zero meaning the default number.</summary>
    internal static aws_event_loop_group* NewDefault(
        aws_allocator* alloc, ushort max_threads, aws_shutdown_callback_options* shutdown_options)
    {
        aws_event_loop_group_options options = default;
        options.loop_count = max_threads;
        options.shutdown_options = shutdown_options;
        return New(alloc, &options);
    }

    /// <summary>As <see cref="NewDefault"/>, each loop on a core of its own in one group of processors.</summary>
    internal static aws_event_loop_group* NewDefaultPinnedToCpuGroup(
        aws_allocator* alloc, ushort max_threads, ushort cpu_group, aws_shutdown_callback_options* shutdown_options)
    {
        aws_event_loop_group_options options = default;
        options.loop_count = max_threads;
        options.shutdown_options = shutdown_options;
        options.cpu_group = &cpu_group;
        return New(alloc, &options);
    }

    /// <summary>
    /// A group whose loops, running already, are made by <paramref name="new_loop_fn"/>. The caller has one reference.
    /// NULL with the error raised if any loop cannot be made or run; the shutdown callback is not called then.
    /// </summary>
    internal static aws_event_loop_group* NewInternal(
        aws_allocator* allocator,
        aws_event_loop_group_options* options,
        aws_new_event_loop_fn new_loop_fn,
        void* new_loop_user_data)
    {
        if (allocator == null || options == null || new_loop_fn == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        aws_cpu_info* cpus = null;
        nuint cpuCount = 0;
        if (options->cpu_group != null && !TryListCpus(allocator, *options->cpu_group, &cpus, &cpuCount))
            return null;

        aws_event_loop_group* group =
            (aws_event_loop_group*)Allocator.Calloc(allocator, 1, (nuint)sizeof(aws_event_loop_group));
        group->allocator = allocator;
        group->event_loop_type =
            options->type == AWS_EVENT_LOOP_PLATFORM_DEFAULT ? EventLoop.GetDefaultType() : options->type;
        AwsRefCount.Init(&group->ref_count, group, &OnLastReference);

        nuint wanted = options->loop_count == 0 ? DefaultLoopCount() : options->loop_count;
        bool isComplete = TryStartLoops(group, options, wanted, cpus, cpuCount, new_loop_fn, new_loop_user_data);
        if (cpus != null)
            Allocator.Release(allocator, cpus);

        if (!isComplete)
        {
            int error = Errors.LastError();
            DestroyLoops(group);
            Allocator.Release(allocator, group);
            Errors.Raise(error);
            return null;
        }

        if (options->shutdown_options != null)
            group->shutdown_options = *options->shutdown_options;
        return group;
    }

    /// <summary>Adds a reference; NULL is allowed. Any thread.</summary>
    internal static aws_event_loop_group* Acquire(aws_event_loop_group* el_group)
    {
        if (el_group != null)
            AwsRefCount.Acquire(&el_group->ref_count);
        return el_group;
    }

    /// <summary>Drops a reference; NULL is allowed. Any thread, those of the group's loops included.</summary>
    internal static void Release(aws_event_loop_group* el_group)
    {
        if (el_group != null)
            AwsRefCount.Release(&el_group->ref_count);
    }

    /// <summary>Adds a reference to the group that a loop belongs to; NULL if there is no loop or no group.</summary>
    internal static aws_event_loop_group* AcquireFromEventLoop(aws_event_loop* event_loop) =>
        event_loop == null ? null : Acquire(event_loop->base_elg);

    /// <summary>Drops a reference to the group that a loop belongs to.</summary>
    internal static void ReleaseFromEventLoop(aws_event_loop* event_loop)
    {
        if (event_loop != null)
            Release(event_loop->base_elg);
    }

    /// <summary>The loop of that number, counted from zero; NULL with the error raised if there is none.</summary>
    internal static aws_event_loop* GetLoopAt(aws_event_loop_group* el_group, nuint index)
    {
        if (el_group == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        if (index < el_group->event_loops.length)
            return LoopsOf(el_group)[index];
        Errors.Raise(AWS_ERROR_INVALID_INDEX);
        return null;
    }

    /// <summary>How many loops there are. Any thread.</summary>
    internal static nuint GetLoopCount(aws_event_loop_group* el_group) =>
        el_group == null ? 0 : el_group->event_loops.length;

    /// <summary>The kind of the group's loops.</summary>
    internal static aws_event_loop_type GetType(aws_event_loop_group* el_group) =>
        el_group == null ? AWS_EVENT_LOOP_PLATFORM_DEFAULT : el_group->event_loop_type;

    /// <summary>The less busy of two loops picked at random; NULL if there is none. Any thread.</summary>
    internal static aws_event_loop* GetNextLoop(aws_event_loop_group* el_group)
    {
        if (el_group == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        aws_event_loop** loops = LoopsOf(el_group);
        uint count = (uint)el_group->event_loops.length;
        if (count < 2)
            return count == 0 ? null : loops[0];

        uint random = FastRandom.Next();
        uint first = (random & ushort.MaxValue) % count;
        uint second = (first + 1 + (random >> 16) % (count - 1)) % count;
        ulong now;
        if (EventLoop.MonotonicTime(loops[first], &now) != AWS_OP_SUCCESS)
            return loops[first];
        return LoadFactor.Of(loops[first], now) < LoadFactor.Of(loops[second], now) ? loops[first] : loops[second];
    }

    private static aws_event_loop** LoopsOf(aws_event_loop_group* group) => (aws_event_loop**)group->event_loops.data;

    /// <summary>Half the processors: on most machines two of them share a core.</summary>
    private static nuint DefaultLoopCount()
    {
        ushort processors = (ushort)SystemInfo.SystemInfoProcessorCount();
        return processors > 1 ? processors / 2u : processors;
    }

    private static bool TryListCpus(aws_allocator* allocator, ushort cpuGroup, aws_cpu_info** cpus, nuint* count)
    {
        *count = SystemInfo.GetCpuCountForGroup(cpuGroup);
        if (*count == 0)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"there are no processors in group {cpuGroup}");
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return false;
        }

        *cpus = (aws_cpu_info*)Allocator.Calloc(allocator, *count, (nuint)sizeof(aws_cpu_info));
        SystemInfo.GetCpuIdsForGroup(cpuGroup, *cpus, *count);
        return true;
    }

    private static bool TryStartLoops(
        aws_event_loop_group* group,
        aws_event_loop_group_options* options,
        nuint wanted,
        aws_cpu_info* cpus,
        nuint cpuCount,
        aws_new_event_loop_fn newLoop,
        void* newLoopUserData)
    {
        // A pinned group has no more loops than processors, whatever was asked for.
        nuint most = cpus == null ? wanted : nuint.Min(wanted, cpuCount);
        aws_array_list* list = &group->event_loops;
        list->alloc = group->allocator;
        list->item_size = (nuint)sizeof(aws_event_loop*);
        list->current_size = most * list->item_size;
        list->data = list->current_size == 0 ? null : Allocator.Acquire(group->allocator, list->current_size);

        for (nuint i = 0; i < most; i++)
        {
            // Whoever names a group of processors cares for speed; two loops on one core get in each other's way.
            if (cpus != null && cpus[i].suspected_hyper_thread)
                continue;

            int cpu = cpus == null ? -1 : cpus[i].cpu_id;
            aws_event_loop* event_loop = NewNamedLoop(group, options, i + 1, cpu, newLoop, newLoopUserData);
            if (event_loop == null)
                return false;
            LoopsOf(group)[list->length++] = event_loop;
            if (EventLoop.Run(event_loop) != AWS_OP_SUCCESS)
                return false;
        }

        return true;
    }

    private static aws_event_loop* NewNamedLoop(
        aws_event_loop_group* group,
        aws_event_loop_group_options* options,
        nuint number,
        int cpu,
        aws_new_event_loop_fn newLoop,
        void* newLoopUserData)
    {
        // The system takes 15 bytes; a name that would be longer goes without its number.
        const int nameCapacity = 15;
        ReadOnlySpan<byte> prefix = "AwsEventLoop"u8;
        byte* name = stackalloc byte[nameCapacity];
        prefix.CopyTo(new Span<byte>(name, nameCapacity));
        Span<byte> rest = new(name + prefix.Length, nameCapacity - prefix.Length);
        int digits = ((ulong)number).TryFormat(rest, out int written) ? written : 0;

        aws_thread_options threadOptions = *Threads.DefaultOptions();
        threadOptions.cpu_id = cpu;
        threadOptions.name.ptr = name;
        threadOptions.name.len = (nuint)(prefix.Length + digits);

        aws_event_loop_options loopOptions = default;
        loopOptions.clock =
            options->clock_override == null ? EventLoop.HighResolutionClock : options->clock_override;
        loopOptions.thread_options = &threadOptions;
        loopOptions.type = options->type;
        loopOptions.parent_elg = group;
        return newLoop(group->allocator, &loopOptions, newLoopUserData);
    }

    /// <summary>Ends all loops. First each starts to end, so that they do so side by side.</summary>
    private static void DestroyLoops(aws_event_loop_group* group)
    {
        aws_array_list* list = &group->event_loops;
        for (nuint i = 0; i < list->length; i++)
            EventLoop.StartDestroy(LoopsOf(group)[i]);
        while (list->length > 0)
            EventLoop.CompleteDestroy(LoopsOf(group)[--list->length]);
        Allocator.Release(group->allocator, list->data);
        *list = default;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static aws_event_loop* NewLoop(
        aws_allocator* allocator, aws_event_loop_options* options, void* user_data) =>
        EventLoop.New(allocator, options);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLastReference(void* group) => StartEnd((aws_event_loop_group*)group);

    private static void StartEnd(aws_event_loop_group* group)
    {
        // In a process that came out of fork the threads are not here. Memory and descriptors are left as they are.
        aws_event_loop* first = LoopsOf(group)[0];
        if (EventLoop.IsInherited(first))
        {
            aws_shutdown_callback_options shutdown = group->shutdown_options;
            if (shutdown.shutdown_callback_fn != null)
                shutdown.shutdown_callback_fn(shutdown.shutdown_callback_user_data);
            return;
        }

        LoopCore* core = EventLoop.CoreOf(first);
        if (core != null && core->Backend->CallOutsideTicks != null)
            core->Backend->CallOutsideTicks(core, &EndWithoutThread, group);
        else
            EndOnThread(group);
    }

    private static void EndWithoutThread(void* group)
    {
        DestroyLoops((aws_event_loop_group*)group);
        Finish((aws_event_loop_group*)group);
    }

    private static void EndOnThread(aws_event_loop_group* group)
    {
        aws_thread thread;
        Threads.Init(&thread, group->allocator);
        aws_thread_options options = *Threads.DefaultOptions();
        options.join_strategy = AWS_TJS_MANAGED;
        options.name.ptr = Literal.Of("EvntLoopCleanup"u8);
        options.name.len = 15;
        if (Threads.Launch(&thread, &EndGroup, group, &options) != AWS_OP_SUCCESS)
            GroupEndRetry.Schedule(group, &EndOnThread);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void EndGroup(void* argument)
    {
        DestroyLoops((aws_event_loop_group*)argument);

        // At the thread's very end, so that the callback may count on the group's threads being gone.
        Threads.CurrentAtExit(&AnnounceEnd, argument);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void AnnounceEnd(void* argument) => Finish((aws_event_loop_group*)argument);

    private static void Finish(aws_event_loop_group* group)
    {
        aws_shutdown_callback_options shutdown = group->shutdown_options;
        Allocator.Release(group->allocator, group);
        if (shutdown.shutdown_callback_fn != null)
            shutdown.shutdown_callback_fn(shutdown.shutdown_callback_user_data);
    }
}
