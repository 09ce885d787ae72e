// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>Directories of &lt;dirent.h&gt;, and the user's home.</summary>
internal static unsafe class PosixDirectories
{
    // Everybody may do everything, as far as the process's umask lets them.
    private const uint AllPermissions = 0x1FF;

    internal static int Create(byte* path) => Libc.mkdir(path, AllPermissions) == 0 ? 0 : Libc.Errno;

    internal static int Remove(byte* path) => Libc.rmdir(path) == 0 ? 0 : Libc.Errno;

    internal static void* Open(byte* path) => Libc.opendir(path);

    internal static byte* Read(void* directory, out int error)
    {
        // The end and a failure look alike but for errno, which the caller may have left behind.
        Libc.Errno = 0;
        dirent* found = Libc.readdir(directory);
        error = found == null ? Libc.Errno : 0;
        return found == null ? null : found->d_name;
    }

    internal static void Close(void* directory) => Libc.closedir(directory);

    internal static byte* HomeInEnvironment() => Libc.getenv(Literal.Of("HOME"u8));

    internal static byte* HomeOfUser(byte* buffer, nuint capacity)
    {
        passwd entry;
        passwd* found = null;
        int error = Libc.getpwuid_r(Libc.getuid(), &entry, buffer, capacity, &found);
        return error == 0 && found != null ? found->pw_dir : null;
    }
}
