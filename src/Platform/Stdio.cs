// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The C library's FILE. A failed call leaves its number in <see cref="OsErrors.Last"/>.</summary>
internal static unsafe class Stdio
{
    /// <summary>What standard output is at present: a program may put another FILE there.</summary>
    internal static void* Output => Posix.PosixStdio.Output;

    /// <summary>What standard error is at present.</summary>
    internal static void* Error => Posix.PosixStdio.Error;

    /// <summary>Opens a file as fopen does, closed by exec.</summary>
    internal static void* Open(byte* path, byte* mode) => Posix.PosixStdio.Open(path, mode);

    internal static void Close(void* file) => Posix.PosixStdio.Close(file);

    internal static nuint Read(void* file, void* buffer, nuint size) => Posix.PosixStdio.Read(file, buffer, size);

    internal static nuint Write(void* file, void* bytes, nuint size) => Posix.PosixStdio.Write(file, bytes, size);

    internal static void Flush(void* file) => Posix.PosixStdio.Flush(file);

    internal static bool IsAtEnd(void* file) => Posix.PosixStdio.IsAtEnd(file);

    internal static bool HasFailed(void* file) => Posix.PosixStdio.HasFailed(file);

    /// <summary><paramref name="whence"/> is SEEK_SET, SEEK_CUR or SEEK_END.</summary>
    internal static bool Seek(void* file, long offset, int whence) => Posix.PosixStdio.Seek(file, offset, whence);

    /// <summary>The handle behind a FILE for <see cref="Files"/>; negative if it has none.</summary>
    internal static nint HandleOf(void* file) => Posix.PosixStdio.HandleOf(file);
}

/// <summary>Standard error without the C library's buffers: usable when nothing else can be trusted any more.</summary>
internal static unsafe class StandardStreams
{
    internal static void WriteError(void* bytes, nuint count) => Posix.PosixStandardStreams.WriteError(bytes, count);
}
