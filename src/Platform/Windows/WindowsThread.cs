// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>
/// Threads by handle: a handle keeps what the system has of a thread, and its number, until it is closed. In an
/// aws_thread it lies in thread_handle; the handle of a managed thread is the thread's own copy.
/// </summary>
internal static unsafe class WindowsThread
{
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    /// <summary>aws_thread as it is on Windows.</summary>
    private struct ThreadFields
    {
        internal aws_allocator* Allocator;
        internal aws_thread_detach_state DetachState;
        internal nint Handle;
        internal uint Id;
    }

    internal static int Start(
        delegate* unmanaged[Cdecl]<void*, void*> main,
        void* argument,
        nuint stackSize,
        int processor,
        aws_thread* thread)
    {
        if (processor >= 0 && processor % Kernel32.ProcessorsOfGroup >=
            Kernel32.GetActiveProcessorCount((ushort)(processor / Kernel32.ProcessorsOfGroup)))
            return Ucrt.EINVAL;

        // The system reads the lower half of what main returns, NULL. It waits until all is known of it.
        uint id;
        nint handle = Kernel32.CreateThread(
            null,
            stackSize > Thread.IgnoredStack ? Math.Max(stackSize, Thread.SmallestStack) : 0,
            main,
            argument,
            Kernel32.CREATE_SUSPENDED | Kernel32.STACK_SIZE_PARAM_IS_A_RESERVATION,
            &id);
        if (handle == 0)
            return WindowsErrorNumbers.Last;

        if (processor >= 0 && !Pin(handle, processor, out int error))
        {
            // It has not run.
            Kernel32.TerminateThread(handle, 0);
            Kernel32.CloseHandle(handle);
            return error;
        }

        ThreadFields* fields = (ThreadFields*)thread;
        bool isManaged = fields->DetachState == AWS_THREAD_MANAGED;
        fields->Id = id;
        fields->Handle = isManaged ? 0 : handle;
        Kernel32.ResumeThread(handle);
        if (isManaged)
            Kernel32.CloseHandle(handle);
        return 0;
    }

    internal static int Join(aws_thread* thread)
    {
        ThreadFields* fields = (ThreadFields*)thread;
        if (fields->Id == Kernel32.GetCurrentThreadId())
            return Ucrt.EDEADLK;
        if (Kernel32.WaitForSingleObject(fields->Handle, Kernel32.INFINITE) != Kernel32.WAIT_OBJECT_0)
            return WindowsErrorNumbers.Last;

        Detach(thread);
        return 0;
    }

    internal static void Detach(aws_thread* thread)
    {
        ThreadFields* fields = (ThreadFields*)thread;
        Kernel32.CloseHandle(fields->Handle);
        fields->Handle = 0;
    }

    internal static ulong CurrentForJoin()
    {
        nint process = Kernel32.GetCurrentProcess();
        nint handle;
        return Kernel32.DuplicateHandle(
            process, Kernel32.GetCurrentThread(), process, &handle, 0, 0, Kernel32.DUPLICATE_SAME_ACCESS) != 0
            ? (ulong)handle
            : 0;
    }

    internal static void JoinManaged(ulong thread)
    {
        // Without a handle left for it, it has done all that is ours, and only ends by itself.
        if (thread == 0)
            return;

        Kernel32.WaitForSingleObject((nint)thread, Kernel32.INFINITE);
        Kernel32.CloseHandle((nint)thread);
    }

    internal static ulong CurrentId() => Kernel32.GetCurrentThreadId();

    internal static void SetName(byte* name)
    {
        char* wide = WideText.New(name);
        if (wide != null)
            KernelBase.SetThreadDescription(Kernel32.GetCurrentThread(), wide);
        WindowsHeap.Free(wide);
    }

    internal static int GetName(aws_thread_id_t id, byte* buffer)
    {
        nint thread = Kernel32.OpenThread(Kernel32.THREAD_QUERY_LIMITED_INFORMATION, 0, (uint)id);
        if (thread == 0)
            return Ucrt.ESRCH;

        char* name = null;
        bool isKnown = KernelBase.GetThreadDescription(thread, &name) >= 0;
        Kernel32.CloseHandle(thread);
        if (!isKnown)
            return Ucrt.EIO;

        WideText.Copy(name, buffer, Thread.NameCapacity);
        Kernel32.LocalFree(name);
        return 0;
    }

    internal static void Sleep(ulong nanoseconds)
    {
        ulong start = WindowsClock.Monotonic();
        ulong elapsed = 0;
        while (elapsed < nanoseconds)
        {
            // The system counts in its own ticks, and may be early.
            ulong milliseconds = (nanoseconds - elapsed - 1) / NanosecondsPerMillisecond + 1;
            Kernel32.Sleep((uint)Math.Min(milliseconds, int.MaxValue));
            elapsed = WindowsClock.Monotonic() - start;
        }
    }

    // It does by itself.
    internal static int PreferLocalMemory() => 0;

    internal static void Once(void* flag, delegate* unmanaged[Cdecl]<void> routine)
    {
        int isPending;
        if (Kernel32.InitOnceBeginInitialize((void**)flag, 0, &isPending, null) == 0 || isPending == 0)
            return;

        routine();
        Kernel32.InitOnceComplete((void**)flag, 0, null);
    }

    private static bool Pin(nint thread, int processor, out int error)
    {
        Kernel32.GROUP_AFFINITY affinity = new()
        {
            Mask = (nuint)1 << (processor % Kernel32.ProcessorsOfGroup),
            Group = (ushort)(processor / Kernel32.ProcessorsOfGroup),
        };
        bool isPinned = Kernel32.SetThreadGroupAffinity(thread, &affinity, null) != 0;
        error = WindowsErrorNumbers.OfCall(isPinned);
        return isPinned;
    }
}
