// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>Whether there is a tracer, and the signal that stops in it.</summary>
internal static unsafe class PosixDebugger
{
    internal static bool IsPresent()
    {
        Span<byte> buffer = stackalloc byte[4096];
        int length = KernelTextFile.Read(Literal.Of("/proc/self/status"u8), buffer);
        ReadOnlySpan<byte> status = buffer[..Math.Max(0, length)];
        ReadOnlySpan<byte> field = "TracerPid:"u8;
        int position = status.IndexOf(field);
        if (position < 0)
            return false;

        status = status[(position + field.Length)..].TrimStart("\t "u8);
        return KernelTextFile.TryTakeNumber(ref status, out int tracer) && tracer != 0;
    }

    internal static void Break() => Libc.raise(Libc.SIGTRAP);
}
