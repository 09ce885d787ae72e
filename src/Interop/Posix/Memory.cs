// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>
/// The C library's heap. The calls made most often skip the switch to native mode: they neither call back nor wait for
/// anything longer than the heap's own lock.
/// </summary>
internal static unsafe partial class Libc
{
    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern void* malloc(nuint size);

    /// <summary>
    /// Clears what it gives, so a large block takes time: the runtime must know that the thread is away.
    /// </summary>
    [DllImport(Library)]
    internal static extern void* calloc(nuint count, nuint size);

    /// <summary>May copy the whole block.</summary>
    [DllImport(Library)]
    internal static extern void* realloc(void* block, nuint size);

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern void free(void* block);

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern int posix_memalign(void** block, nuint alignment, nuint size);
}
