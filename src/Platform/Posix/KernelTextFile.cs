// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Text;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>The small text files in which the kernel describes the machine and the process.</summary>
internal static unsafe class KernelTextFile
{
    /// <summary>
    /// Reads up to the buffer's length; returns how much, less than 0 if the file cannot be read. The kernel gives
    /// these files sizes that mean nothing, so it reads until nothing more comes.
    /// </summary>
    internal static int Read(byte* path, Span<byte> buffer)
    {
        int descriptor = Libc.open(path, Libc.O_RDONLY | Libc.O_CLOEXEC);
        if (descriptor < 0)
            return -1;

        int total = 0;
        fixed (byte* start = buffer)
        {
            nint count;
            do
            {
                count = Libc.pread(descriptor, start + total, (nuint)(buffer.Length - total), total);
                total = count < 0 ? -1 : total + (int)count;
            }
            while (count > 0 && total < buffer.Length);
        }

        Libc.close(descriptor);
        return total;
    }

    /// <summary>Takes a decimal number off the front of a text; false if it does not begin with one.</summary>
    internal static bool TryTakeNumber(ref ReadOnlySpan<byte> text, out int value)
    {
        if (!Utf8Parser.TryParse(text, out value, out int length))
            return false;

        text = text[length..];
        return true;
    }
}
