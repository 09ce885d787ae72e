// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Linux;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>eventfd(2).</summary>
internal static unsafe class PosixEventObject
{
    internal static int New()
    {
        int made = EventFd.eventfd(0, EventFd.EFD_CLOEXEC | EventFd.EFD_NONBLOCK);
        return made < 0 ? -Libc.Errno : made;
    }

    internal static void Set(int handle)
    {
        ulong one = 1;
        Libc.write(handle, &one, sizeof(ulong));
    }

    internal static void Reset(int handle)
    {
        ulong count;
        Libc.read(handle, &count, sizeof(ulong));
    }

    internal static void Close(int handle) => Libc.close(handle);
}
