// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>Directories. Calls that return an int return 0 or an OS error number.</summary>
internal static unsafe class Directories
{
    internal static int Create(byte* path) => DirectoriesLeaf.Create(path);

    /// <summary>Removes an empty one.</summary>
    internal static int Remove(byte* path) => DirectoriesLeaf.Remove(path);

    /// <summary>NULL on failure, with the number in <see cref="OsErrors.Last"/>.</summary>
    internal static void* Open(byte* path) => DirectoriesLeaf.Open(path);

    /// <summary>
    /// The name of the next entry, good until the next call; NULL at the end, or with the error number on failure.
    /// </summary>
    internal static byte* Read(void* directory, out int error) => DirectoriesLeaf.Read(directory, out error);

    internal static void Close(void* directory) => DirectoriesLeaf.Close(directory);

    /// <summary>The user's home as the environment has it; NULL if it does not say.</summary>
    internal static byte* HomeInEnvironment() => DirectoriesLeaf.HomeInEnvironment();

    /// <summary>The user's home as the system's user database has it, in the buffer; NULL if it does not say.</summary>
    internal static byte* HomeOfUser(byte* buffer, nuint capacity) =>
        DirectoriesLeaf.HomeOfUser(buffer, capacity);
}
