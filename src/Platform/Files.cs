// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>
/// Files by path and by handle. Calls that return an int return 0 or an OS error number; the others leave it in
/// <see cref="OsErrors.Last"/> when they return less than 0.
/// </summary>
internal static unsafe class Files
{
    /// <summary>What a path or a handle stands for.</summary>
    internal struct Status
    {
        /// <summary>One of aws_file_type, or 0.</summary>
        internal int Type;
        internal long Size;

        /// <summary>Another file that has come to the same path has another one.</summary>
        internal ulong Node;
        internal long ModifiedSeconds;
        internal uint ModifiedNanoseconds;

        /// <summary>Permission bits, where there are any.</summary>
        internal uint Mode;
    }

    /// <summary>Opens a file that exists, closed by exec; a direct one bypasses the system's cache.</summary>
    internal static nint Open(byte* path, bool isForWriting, bool isDirect) =>
        FilesLeaf.Open(path, isForWriting, isDirect);

    /// <summary>How a file is opened; what it says is done at once.</summary>
    [System.Flags]
    internal enum OpenMode
    {
        Read = 1,
        Write = 2,

        /// <summary>It is made if there is none.</summary>
        Create = 4,

        /// <summary>It is made, and there must be none.</summary>
        Exclusive = 8,

        /// <summary>Its content is thrown away.</summary>
        Truncate = 16,
    }

    /// <summary>
    /// Opens a regular file, closed by exec; other kinds are refused, without waiting for the other end of a pipe. A
    /// negative result is an OS error number, negative; <see cref="OtherKind"/> for what is no regular file.
    /// </summary>
    internal static nint OpenRegular(byte* path, OpenMode mode, uint permissions) =>
        FilesLeaf.OpenRegular(path, mode, permissions);

    internal const nint OtherKind = int.MinValue;

    /// <summary>Returns when what was written is on the disk. The path of a folder: what is in it.</summary>
    internal static int Sync(nint file) => FilesLeaf.Sync(file);

    internal static int SyncFolder(byte* path) => FilesLeaf.SyncFolder(path);

    internal static int SetLength(nint file, long length) => FilesLeaf.SetLength(file, length);

    /// <summary>
    /// Opens a file to write at its end, closed by exec. If there is none it is made, for nobody but its owner.
    /// </summary>
    internal static nint OpenToAppend(byte* path) => FilesLeaf.OpenToAppend(path);

    /// <summary>Writes all of a short text in one piece, also when other threads and processes write.</summary>
    internal static void Append(nint file, void* bytes, nuint size) => FilesLeaf.Append(file, bytes, size);

    /// <summary>
    /// The file of a descriptor of the C library, open once more. Less than 0, with an OS error number, on failure. Not
    /// inherited by exec.
    /// </summary>
    internal static nint Duplicate(int descriptor) => FilesLeaf.Duplicate(descriptor);

    /// <summary>Closes a descriptor of the C library.</summary>
    internal static void CloseDescriptor(int descriptor) => FilesLeaf.CloseDescriptor(descriptor);

    /// <summary>Makes a file that is not there yet, for its owner only, and opens it for writing.</summary>
    internal static nint Create(byte* path) => FilesLeaf.Create(path);

    /// <summary>Writes at the file's position: how many bytes, or -1.</summary>
    internal static nint Write(nint file, void* bytes, nuint size) => FilesLeaf.Write(file, bytes, size);

    internal static void Close(nint file) => FilesLeaf.Close(file);

    internal static nint ReadAt(nint file, void* buffer, nuint size, long offset) =>
        FilesLeaf.ReadAt(file, buffer, size, offset);

    internal static nint WriteAt(nint file, void* bytes, nuint size, long offset) =>
        FilesLeaf.WriteAt(file, bytes, size, offset);

    internal static int SetMode(byte* path, uint mode) => FilesLeaf.SetMode(path, mode);

    internal static int Remove(byte* path) => FilesLeaf.Remove(path);

    /// <summary>Renames a file or a directory within one file system.</summary>
    internal static int Rename(byte* from, byte* to) => FilesLeaf.Rename(from, to);

    /// <summary>The status of what a path names, following a symbolic link.</summary>
    internal static int StatusOf(byte* path, out Status status) => FilesLeaf.StatusOf(path, out status);

    /// <summary>The status of what a path names, be it a symbolic link.</summary>
    internal static int StatusOfLink(byte* path, out Status status) => FilesLeaf.StatusOfLink(path, out status);

    internal static int StatusOf(nint file, out Status status) => FilesLeaf.StatusOf(file, out status);

    /// <summary>The path without links, which the caller frees to <see cref="Heap"/>; NULL on failure.</summary>
    internal static byte* Resolve(byte* path) => FilesLeaf.Resolve(path);
}
