// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Platform;

/// <summary>
/// What a thread sleeps on until another one posts. Unlike a condition variable it reports that a signal handler has
/// run.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Semaphore
{
    internal const ulong NoDeadline = ulong.MaxValue;

    private fixed ulong _opaque[4];

    /// <summary>Begins with a count of 0.</summary>
    internal static void Init(Semaphore* semaphore) => SemaphoreLeaf.Init(semaphore);

    internal static void Destroy(Semaphore* semaphore) => SemaphoreLeaf.Destroy(semaphore);

    /// <summary>Adds one to the count.</summary>
    internal static void Post(Semaphore* semaphore) => SemaphoreLeaf.Post(semaphore);

    /// <summary>
    /// Waits until the count is not 0 and takes one off, or until <see cref="ConditionVariable.Now"/> would be the
    /// deadline. 0, or an OS error number: of time that is up, or of an interruption by a signal.
    /// </summary>
    internal static int WaitUntil(Semaphore* semaphore, ulong deadline) =>
        SemaphoreLeaf.WaitUntil(semaphore, deadline);
}
