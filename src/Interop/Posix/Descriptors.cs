// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>File descriptors of every kind. Calls that a signal interrupted are made again here.</summary>
internal static unsafe partial class Libc
{
    /// <summary>One piece of a gathered write or a scattered read.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct iovec
    {
        internal void* iov_base;
        internal nuint iov_len;
    }

    [DllImport(Library, EntryPoint = "read")]
    private static extern nint ReadOnce(int fd, void* buffer, nuint size);

    /// <summary>Never repeated: after EINTR the descriptor is closed all the same.</summary>
    [DllImport(Library)]
    internal static extern int close(int fd);

    internal static nint read(int fd, void* buffer, nuint size)
    {
        nint count;
        do
            count = ReadOnce(fd, buffer, size);
        while (count < 0 && Errno == EINTR);
        return count;
    }
}
