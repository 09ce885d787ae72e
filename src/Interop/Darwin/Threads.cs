// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Darwin;

/// <summary>Where a thread runs and where its memory lies: Darwin lets nobody but itself decide that.</summary>
internal static unsafe class Placement
{
    /// <summary>The number of a processor is advice that is not taken.</summary>
    internal static int SetProcessor(Libc.pthread_attr_t* attributes, int processor) => 0;

    /// <summary>The error number.</summary>
    internal static int PreferLocalMemory() => Libc.ENOSYS;
}
