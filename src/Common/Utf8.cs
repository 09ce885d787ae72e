// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common;

/// <summary>UTF-8 literals as C strings.</summary>
internal static unsafe class Utf8
{
    /// <summary>
    /// The address of a <c>u8</c> literal. The compiler puts a NUL behind each literal and the image's data never moves,
    /// so this is a C string for the life of the process. Nothing but a literal may be passed.
    /// </summary>
    internal static byte* Pointer(ReadOnlySpan<byte> literal) =>
        (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(literal));
}
