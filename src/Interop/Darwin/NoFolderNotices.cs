// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Darwin;

/// <summary>Darwin has events of descriptors, not of the names in a folder: this is not done here.</summary>
internal static unsafe class NoFolderNotices
{
    internal static int Open(byte* folder)
    {
        Libc.Errno = Libc.ENOSYS;
        return -1;
    }
}
