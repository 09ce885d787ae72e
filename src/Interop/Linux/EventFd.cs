// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Linux;

/// <summary>A counter that can be waited for like a file.</summary>
internal static class EventFd
{
    internal const int EFD_NONBLOCK = Libc.O_NONBLOCK;
    internal const int EFD_CLOEXEC = Libc.O_CLOEXEC;

    [DllImport("libc")]
    internal static extern int eventfd(uint initial, int flags);
}
