// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary>
/// Where data begin that the kernel copies: elsewhere some processors copy at a quarter of the speed. See
/// docs/adr/0063.
/// </summary>
internal static unsafe class CacheLine
{
    internal const int Size = AWS_CACHE_LINE;

    /// <summary>What a block has to have besides, if its allocator gives multiples of a pointer's size.</summary>
    internal const int Slack = Size - 8;

    /// <summary>The first beginning of a line that is not before this.</summary>
    internal static byte* From(void* address) => (byte*)Whole((nuint)address);

    /// <summary>So many bytes in whole lines.</summary>
    internal static nuint Whole(nuint length) => (length + Size - 1) & ~((nuint)Size - 1);
}
