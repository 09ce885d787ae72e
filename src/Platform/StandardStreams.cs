// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>Standard error without the C library's buffers: usable when nothing else can be trusted any more.</summary>
internal static unsafe class StandardStreams
{
    internal static void WriteError(void* bytes, nuint count) => Posix.PosixStandardStreams.WriteError(bytes, count);
}
