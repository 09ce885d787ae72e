// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>Threads, locks and scheduling. These calls return the error number; errno is not set by them.</summary>
internal static unsafe partial class Libc
{
    /// <summary>
    /// Large enough for pthread_attr_t on every 64-bit system: 56 bytes on Linux for x86-64, 64 on Linux for arm64 and
    /// on Darwin.
    /// </summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct pthread_attr_t
    {
        private fixed ulong _opaque[8];
    }

    internal const int ESRCH = 3;

    [DllImport(Library)]
    internal static extern int pthread_create(
        ulong* thread, pthread_attr_t* attributes, delegate* unmanaged[Cdecl]<void*, void*> start, void* argument);

    [DllImport(Library)]
    internal static extern int pthread_join(ulong thread, void** result);

    [DllImport(Library)]
    internal static extern int pthread_detach(ulong thread);

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern ulong pthread_self();

    [DllImport(Library)]
    internal static extern int pthread_once(void* flag, delegate* unmanaged[Cdecl]<void> routine);

    [DllImport(Library)]
    internal static extern int pthread_attr_init(pthread_attr_t* attributes);

    [DllImport(Library)]
    internal static extern int pthread_attr_destroy(pthread_attr_t* attributes);

    [DllImport(Library)]
    internal static extern int pthread_attr_getstacksize(pthread_attr_t* attributes, nuint* size);

    internal static int pthread_attr_setstacksize(pthread_attr_t* attributes, nuint size) =>
        PosixCalls.pthread_attr_setstacksize(attributes, size);

    internal static int pthread_setname_np(ulong thread, byte* name) => PosixCalls.pthread_setname_np(thread, name);

    [DllImport(Library)]
    internal static extern int pthread_getname_np(ulong thread, byte* buffer, nuint size);

    [DllImport(Library)]
    internal static extern int pthread_mutex_init(pthread_mutex_t* mutex, void* attributes);

    [DllImport(Library)]
    internal static extern int pthread_mutex_destroy(pthread_mutex_t* mutex);

    [DllImport(Library)]
    internal static extern int pthread_mutex_lock(pthread_mutex_t* mutex);

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern int pthread_mutex_trylock(pthread_mutex_t* mutex);

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern int pthread_mutex_unlock(pthread_mutex_t* mutex);

    [DllImport(Library)]
    internal static extern int pthread_cond_init(pthread_cond_t* condition, void* attributes);

    [DllImport(Library)]
    internal static extern int pthread_cond_destroy(pthread_cond_t* condition);

    [DllImport(Library)]
    internal static extern int pthread_cond_signal(pthread_cond_t* condition);

    [DllImport(Library)]
    internal static extern int pthread_cond_broadcast(pthread_cond_t* condition);

    [DllImport(Library)]
    internal static extern int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex);

    /// <summary>
    /// As pthread_cond_timedwait, but the deadline is on the clock named, whatever the condition was made with.
    /// </summary>
    internal static int pthread_cond_clockwait(
        pthread_cond_t* condition, pthread_mutex_t* mutex, int clock, timespec* deadline) =>
        PosixCalls.pthread_cond_clockwait(condition, mutex, clock, deadline);

    [DllImport(Library)]
    internal static extern int pthread_rwlock_init(pthread_rwlock_t* rwlock, void* attributes);

    [DllImport(Library)]
    internal static extern int pthread_rwlock_destroy(pthread_rwlock_t* rwlock);

    [DllImport(Library)]
    internal static extern int pthread_rwlock_rdlock(pthread_rwlock_t* rwlock);

    [DllImport(Library)]
    internal static extern int pthread_rwlock_wrlock(pthread_rwlock_t* rwlock);

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern int pthread_rwlock_tryrdlock(pthread_rwlock_t* rwlock);

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern int pthread_rwlock_trywrlock(pthread_rwlock_t* rwlock);

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern int pthread_rwlock_unlock(pthread_rwlock_t* rwlock);
}
