// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>raise.</summary>
internal static class PosixSignals
{
    internal static void RaiseBrokenPipe() => Libc.raise(Libc.SIGPIPE);
}
