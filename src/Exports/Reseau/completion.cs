// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Connections;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;reseau/completion.h&gt;.</summary>
public static unsafe class Exports_reseau_completion
{
    private const int BothWays = RESEAU_READABLE | RESEAU_WRITABLE;

    [UnmanagedCallersOnly(EntryPoint = "reseau_completions_new", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_completions_new(nuint memory_bytes) => CompletionQueue.New(memory_bytes);

    [UnmanagedCallersOnly(EntryPoint = "reseau_completions_memory", CallConvs = [typeof(CallConvCdecl)])]
    public static void* reseau_completions_memory(long queue, nuint* size)
    {
        CompletionQueue* item;
        if (CompletionQueue.TryAcquire(queue, &item) != 0)
            return null;
        void* memory = CompletionQueue.MemoryOf(item, out nuint memorySize);
        if (size != null)
            *size = memorySize;
        CompletionQueue.Release(item);
        return memory;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_completions_add", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_completions_add(long queue, int descriptor, int events, ulong token)
    {
        if (descriptor < 0 || !IsValid(events))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        CompletionQueue* item;
        int error = CompletionQueue.TryAcquire(queue, &item);
        if (error != 0)
            return error;
        error = CompletionQueue.Add(item, descriptor, events, token);
        CompletionQueue.Release(item);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_completions_change", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_completions_change(long queue, int descriptor, int events)
    {
        if (descriptor < 0 || !IsValid(events))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        CompletionQueue* item;
        int error = CompletionQueue.TryAcquire(queue, &item);
        if (error != 0)
            return error;
        error = CompletionQueue.Change(item, descriptor, events);
        CompletionQueue.Release(item);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_completions_remove", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_completions_remove(long queue, int descriptor)
    {
        if (descriptor < 0)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        CompletionQueue* item;
        int error = CompletionQueue.TryAcquire(queue, &item);
        if (error != 0)
            return error;
        error = CompletionQueue.Remove(item, descriptor);
        CompletionQueue.Release(item);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_completions_wait", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_completions_wait(
        long queue, reseau_completion* completions, nuint capacity, long timeout_ns) =>
        Wait(queue, completions, capacity, timeout_ns, false);

    [UnmanagedCallersOnly(EntryPoint = "reseau_completions_wait_for_reply", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_completions_wait_for_reply(
        long queue, reseau_completion* completions, nuint capacity, long timeout_ns) =>
        Wait(queue, completions, capacity, timeout_ns, true);

    [UnmanagedCallersOnly(EntryPoint = "reseau_completions_send", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_completions_send(long queue, reseau_completion_send* sends, nuint count)
    {
        if (count == 0)
            return 0;
        if (!AreValid(sends, count))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        CompletionQueue* item;
        int error = CompletionQueue.TryAcquire(queue, &item);
        if (error != 0)
            return error;
        error = CompletionQueue.Send(item, sends, count);
        CompletionQueue.Release(item);
        return error;
    }

    private static bool AreValid(reseau_completion_send* sends, nuint count)
    {
        if (sends == null)
            return false;
        for (nuint i = 0; i < count; i++)
        {
            if (sends[i].descriptor < 0 || (sends[i].data == null && sends[i].length > 0))
                return false;
        }

        return true;
    }

    private static int Wait(
        long queue, reseau_completion* completions, nuint capacity, long timeout_ns, bool awaitsReply)
    {
        if (completions == null || capacity == 0 || timeout_ns < -1)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        if (EventLoop.OfCallersThread != null)
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;
        CompletionQueue* item;
        int error = CompletionQueue.TryAcquire(queue, &item);
        if (error != 0)
            return error;
        ulong limit = timeout_ns < 0 ? ulong.MaxValue : (ulong)timeout_ns;
        int count = CompletionQueue.Wait(item, completions, capacity, limit, awaitsReply);
        CompletionQueue.Release(item);
        return count;
    }

    private static bool IsValid(int events) =>
        (events & ~(BothWays | RESEAU_RECEIVE)) == 0
        && (events & (RESEAU_READABLE | RESEAU_RECEIVE)) != (RESEAU_READABLE | RESEAU_RECEIVE);
}
