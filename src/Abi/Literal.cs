// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

/// <summary>C strings that live as long as the library.</summary>
internal static unsafe class Literal
{
    /// <summary>
    /// The address of a <c>"..."u8</c> literal. Only for literals: they lie in the image, end in NUL and never move.
    /// </summary>
    internal static byte* Of(ReadOnlySpan<byte> literal) =>
        (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(literal));
}
