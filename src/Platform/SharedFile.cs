// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Platform;

/// <summary>
/// A file that processes have mapped: its bytes can be locked one by one, which ends with the process, and a thread of
/// one process can sleep until another one's wakes it. Errors are OS error numbers.
/// </summary>
internal static unsafe class SharedFile
{
    /// <summary>The file of a descriptor, opened again, so that its locks are its own. Less than 0: negated.</summary>
    internal static nint Open(int descriptor) => SharedFileLeaf.Open(descriptor);

    internal static void Close(nint file) => SharedFileLeaf.Close(file);

    /// <summary>Closes what <see cref="Open"/> was given.</summary>
    internal static void CloseGiven(int descriptor) => SharedFileLeaf.CloseGiven(descriptor);

    /// <summary>0; <see cref="IsTaken"/>; or an error.</summary>
    internal static int TryLock(nint file, long at) => SharedFileLeaf.TryLock(file, at);

    internal const int IsTaken = -1;

    internal static void Unlock(nint file, long at) => SharedFileLeaf.Unlock(file, at);

    /// <summary>Whether another one has locked a byte that this one has not.</summary>
    internal static bool IsLocked(nint file, long at) => SharedFileLeaf.IsLocked(file, at);

    /// <summary>Makes it so long, and maps all of it. Nobody can make it shorter, where that can be had.</summary>
    internal static int Map(nint file, long size, void** memory) => SharedFileLeaf.Map(file, size, memory);

    internal static void Unmap(void* memory, long size) => SharedFileLeaf.Unmap(memory, size);

    /// <summary>
    /// Sleeps while a word of the memory has this value, until somebody wakes the sleeper of this number (0 or 1) or
    /// the time is up.
    /// </summary>
    internal static void Sleep(nint file, int sleeper, uint* word, uint value, ulong nanoseconds) =>
        SharedFileLeaf.Sleep(file, sleeper, word, value, nanoseconds);

    /// <summary>Wakes it, in whatever process; its word has changed.</summary>
    internal static void Wake(nint file, int sleeper, uint* word) => SharedFileLeaf.Wake(file, sleeper, word);
}
