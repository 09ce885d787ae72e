// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common;

/// <summary>Memory with a fixed address that lives as long as the process: vtables, locks, constant C strings.</summary>
internal static unsafe class StaticMemory
{
    /// <summary>Zeroed memory for one <typeparamref name="T"/>; for initializers of static fields only.</summary>
    internal static T* Allocate<T>() where T : unmanaged =>
        (T*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(StaticMemory), sizeof(T));

    /// <summary>The address of a "..."u8 literal, which the compiler ends with a NUL and keeps in read-only data.</summary>
    internal static byte* Text(ReadOnlySpan<byte> literal) =>
        (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(literal));
}
