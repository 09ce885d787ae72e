// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>What the system reports of the names in a folder.</summary>
internal static unsafe class FolderWatch
{
    /// <summary>What has happened.</summary>
    internal enum NoticeKind
    {
        /// <summary>Nothing that matters.</summary>
        None,
        Created,
        Changed,
        Removed,
        MovedFrom,
        MovedTo,

        /// <summary>The folder is not there any more, or not by this path.</summary>
        FolderGone,

        /// <summary>Some were lost.</summary>
        Lost,
    }

    /// <summary>One notice; the name is in the memory that was read into.</summary>
    internal ref struct Notice
    {
        internal NoticeKind Kind;

        /// <summary>The two notices of one move have the same.</summary>
        internal uint Move;
        internal bool IsFolder;

        /// <summary>A C string, or NULL.</summary>
        internal byte* Name;
    }

    /// <summary>Room for some notices with names of any length.</summary>
    internal const int BufferSize = 16 * 1024;

    /// <summary>
    /// Notices are kept from here on, until <see cref="Close"/>. Negative: an OS error number, negative; or
    /// <see cref="Unsupported"/>.
    /// </summary>
    internal static nint Open(byte* folder) => FolderWatchLeaf.Open(folder);

    internal const nint Unsupported = int.MinValue;

    /// <summary>What a loop can wait for: a descriptor, or an event object where there are such.</summary>
    internal static void* Waitable(nint watch) => FolderWatchLeaf.Waitable(watch);

    /// <summary>Bytes of notices; 0 if there are none now; less on failure.</summary>
    internal static nint Read(nint watch, byte* buffer) => FolderWatchLeaf.Read(watch, buffer);

    /// <summary>Takes the notice that stands there apart. Returns its length.</summary>
    internal static int Parse(byte* at, out Notice notice) => FolderWatchLeaf.Parse(at, out notice);

    /// <summary>Any thread; nothing waits for it any more.</summary>
    internal static void Close(nint watch) => FolderWatchLeaf.Close(watch);

    /// <summary>Whether two C strings name the same file of a folder.</summary>
    internal static bool IsSameName(byte* name, byte* other) => FolderWatchLeaf.IsSameName(name, other);

    /// <summary>Whether the names in a path are parted by this.</summary>
    internal static bool IsSeparator(byte value) => FolderWatchLeaf.IsSeparator(value);
}
