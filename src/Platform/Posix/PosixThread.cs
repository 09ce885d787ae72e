// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>pthreads.</summary>
internal static unsafe class PosixThread
{
    internal static int Start(
        delegate* unmanaged[Cdecl]<void*, void*> main,
        void* argument,
        nuint stackSize,
        int processor,
        aws_thread* thread)
    {
        ulong id = 0;
        Libc.pthread_attr_t attributes;
        int error = Libc.pthread_attr_init(&attributes);
        if (error != 0)
            return error;

        error = SetStackSize(&attributes, stackSize);
        if (error == 0)
            error = SetProcessor(&attributes, processor);
        if (error == 0)
            error = Libc.pthread_create(&id, &attributes, main, argument);

        Libc.pthread_attr_destroy(&attributes);
        if (error == 0)
            thread->thread_id = (aws_thread_id_t)id;
        return error;
    }

    internal static int Join(aws_thread* thread) => Libc.pthread_join(thread->thread_id, null);

    internal static void Detach(aws_thread* thread) => Libc.pthread_detach(thread->thread_id);

    internal static ulong CurrentForJoin() => Libc.pthread_self();

    internal static void JoinManaged(ulong thread) => Libc.pthread_join(thread, null);

    internal static ulong CurrentId() => Libc.pthread_self();

    internal static void SetName(byte* name) => Libc.pthread_setname_np(Libc.pthread_self(), name);

    internal static int GetName(aws_thread_id_t id, byte* buffer) =>
        Libc.pthread_getname_np(id, buffer, Thread.NameCapacity);

    internal static void Sleep(ulong nanoseconds)
    {
        Libc.timespec time = PosixClock.ToTimespec(nanoseconds);
        Libc.nanosleep(&time);
    }

    internal static int PreferLocalMemory() => Placement.PreferLocalMemory();

    internal static void Once(void* flag, delegate* unmanaged[Cdecl]<void> routine) =>
        Libc.pthread_once((int*)flag, routine);

    private static int SetStackSize(Libc.pthread_attr_t* attributes, nuint requested)
    {
        if (requested > Thread.IgnoredStack)
            return Libc.pthread_attr_setstacksize(attributes, Math.Max(requested, Thread.SmallestStack));

        nuint present;
        int error = Libc.pthread_attr_getstacksize(attributes, &present);
        return error != 0 || present >= Thread.SmallestDefaultStack
            ? error
            : Libc.pthread_attr_setstacksize(attributes, Thread.SmallestDefaultStack);
    }

    private static int SetProcessor(Libc.pthread_attr_t* attributes, int processor) =>
        processor < 0 ? 0 : Placement.SetProcessor(attributes, processor);
}
