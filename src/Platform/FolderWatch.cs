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
    /// A handle that can be waited for on a loop and is closed as a file. Negative: an OS error number, negative; or
    /// <see cref="Unsupported"/>.
    /// </summary>
    internal static nint Open(byte* folder) => FolderWatchLeaf.Open(folder);

    internal const nint Unsupported = int.MinValue;

    /// <summary>Bytes of notices; 0 if there are none now; less on failure.</summary>
    internal static nint Read(nint handle, byte* buffer) => FolderWatchLeaf.Read(handle, buffer);

    /// <summary>Takes the notice that stands there apart. Returns its length.</summary>
    internal static int Parse(byte* at, out Notice notice) => FolderWatchLeaf.Parse(at, out notice);
}
