// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>Slim reader-writer locks, condition variables, one-time initialization: pointers, NULL at first.</summary>
internal static unsafe partial class Kernel32
{
    [DllImport(Library)]
    internal static extern void AcquireSRWLockExclusive(void** srwLock);

    [DllImport(Library)]
    internal static extern void AcquireSRWLockShared(void** srwLock);

    /// <summary>A BOOLEAN: one byte.</summary>
    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern byte TryAcquireSRWLockExclusive(void** srwLock);

    /// <summary>A BOOLEAN: one byte.</summary>
    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern byte TryAcquireSRWLockShared(void** srwLock);

    [DllImport(Library)]
    internal static extern void ReleaseSRWLockExclusive(void** srwLock);

    [DllImport(Library)]
    internal static extern void ReleaseSRWLockShared(void** srwLock);

    [DllImport(Library)]
    internal static extern int SleepConditionVariableSRW(
        void** conditionVariable, void** srwLock, uint milliseconds, uint flags);

    [DllImport(Library)]
    internal static extern void WakeConditionVariable(void** conditionVariable);

    [DllImport(Library)]
    internal static extern void WakeAllConditionVariable(void** conditionVariable);

    [DllImport(Library)]
    internal static extern int InitOnceBeginInitialize(void** once, uint flags, int* isPending, void** context);

    [DllImport(Library)]
    internal static extern int InitOnceComplete(void** once, uint flags, void* context);
}
