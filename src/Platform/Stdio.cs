// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The C library's FILE. A failed call leaves its number in <see cref="OsErrors.Last"/>.</summary>
internal static unsafe class Stdio
{
    /// <summary>SEEK_SET and SEEK_END, which are the same in every C library.</summary>
    internal const int FromBegin = 0;
    internal const int FromEnd = 2;

    /// <summary>What standard output is at present: a program may put another FILE there.</summary>
    internal static void* Output => StdioLeaf.Output;

    /// <summary>What standard error is at present.</summary>
    internal static void* Error => StdioLeaf.Error;

    /// <summary>Opens a file as fopen does, closed by exec.</summary>
    internal static void* Open(byte* path, byte* mode) => StdioLeaf.Open(path, mode);

    internal static void Close(void* file) => StdioLeaf.Close(file);

    internal static nuint Read(void* file, void* buffer, nuint size) => StdioLeaf.Read(file, buffer, size);

    internal static nuint Write(void* file, void* bytes, nuint size) => StdioLeaf.Write(file, bytes, size);

    internal static void Flush(void* file) => StdioLeaf.Flush(file);

    internal static bool IsAtEnd(void* file) => StdioLeaf.IsAtEnd(file);

    internal static bool HasFailed(void* file) => StdioLeaf.HasFailed(file);

    /// <summary><paramref name="whence"/> is SEEK_SET, SEEK_CUR or SEEK_END.</summary>
    internal static bool Seek(void* file, long offset, int whence) => StdioLeaf.Seek(file, offset, whence);

    /// <summary>The handle behind a FILE for <see cref="Files"/>; negative if it has none.</summary>
    internal static nint HandleOf(void* file) => StdioLeaf.HandleOf(file);
}

/// <summary>Standard error without the C library's buffers: usable when nothing else can be trusted any more.</summary>
internal static unsafe class StandardStreams
{
    internal static void WriteError(void* bytes, nuint count) => StandardStreamsLeaf.WriteError(bytes, count);
}
