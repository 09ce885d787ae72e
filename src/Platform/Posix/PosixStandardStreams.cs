// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>Descriptors 0 to 2.</summary>
internal static unsafe class PosixStandardStreams
{
    internal static void WriteError(void* bytes, nuint count) => Libc.WriteRaw(Libc.StandardError, bytes, count);
}
