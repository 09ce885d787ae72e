// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Runtime;

/// <summary>The version of the library. A test compares it with the file VERSION.</summary>
internal static class LibraryVersion
{
    internal static ReadOnlySpan<byte> Text => "0.1.0"u8;
}
