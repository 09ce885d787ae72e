// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.FileSystem;

/// <summary>Files by path and by the C library's FILE, and paths. All of it blocks.</summary>
internal static unsafe class Files
{
    /// <summary>As <see cref="FopenSafe"/>, with C strings.</summary>
    internal static void* Fopen(byte* file_path, byte* mode)
    {
        if (file_path == null || *file_path == 0)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_COMMON_IO, $"static: file not opened, the path is empty");
            Errors.Raise(AWS_ERROR_FILE_INVALID_PATH);
            return null;
        }

        if (mode == null || *mode == 0)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_COMMON_IO, $"static: file not opened, the mode is empty");
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        void* file = Platform.Stdio.Open(file_path, mode);
        if (file != null)
            return file;

        int error = Platform.OsErrors.Last;
        Errors.TranslateAndRaiseIoErrorOr(error, AWS_ERROR_FILE_OPEN_FAILURE);
        Log.Write(
            AWS_LL_ERROR, AWS_LS_COMMON_IO, $"static: file '{file_path}' not opened with mode '{mode}', errno {error}");
        return null;
    }

    /// <summary>Opens a file as fopen does, closed by exec. The FILE is the caller's to close.</summary>
    internal static void* FopenSafe(aws_string* file_path, aws_string* mode) =>
        Fopen(file_path == null ? null : file_path->bytes, mode == null ? null : mode->bytes);

    /// <summary>Deletes a file; one that does not exist is no failure.</summary>
    internal static int Delete(aws_string* file_path)
    {
        if (file_path == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        int error = Platform.Files.Remove(file_path->bytes);
        return error == 0 || Platform.OsErrors.IsMissing(error)
            ? AWS_OP_SUCCESS
            : Errors.TranslateAndRaiseIoError(error);
    }

    /// <summary>Whether any platform parts directories by this character.</summary>
    internal static bool IsAnyDirectorySeparator(byte value) => value is (byte)'/' or (byte)'\\';

    /// <summary>By what this platform parts directories.</summary>
    internal static byte GetPlatformDirectorySeparator() =>
        OperatingSystem.IsWindows() ? (byte)'\\' : (byte)'/';

    /// <summary>Puts this platform's separator in the place of every platform's, in the buffer itself.</summary>
    internal static void NormalizeDirectorySeparator(aws_byte_buf* path)
    {
        if (path == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        byte separator = GetPlatformDirectorySeparator();
        for (nuint i = 0; i < path->len; i++)
        {
            if (IsAnyDirectorySeparator(path->buffer[i]))
                path->buffer[i] = separator;
        }
    }

    /// <summary>
    /// HOME if it is set, be it empty; else what the system's user database says. The caller's to destroy.
    /// </summary>
    internal static aws_string* GetHomeDirectory(aws_allocator* allocator)
    {
        if (allocator == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        byte* home = Platform.Directories.HomeInEnvironment();
        return home != null ? AwsString.NewFromCStr(allocator, home) : HomeOfUser(allocator);
    }

    /// <summary>Whether a path names anything, through symbolic links.</summary>
    internal static bool PathExists(aws_string* path) =>
        path != null && Platform.Files.StatusOf(path->bytes, out _) == 0;

    /// <summary>Writes all bytes to a FILE, or raises an error.</summary>
    internal static int Write(void* file, byte* bytes, nuint length)
    {
        if (Platform.Stdio.Write(file, bytes, length) == length)
            return AWS_OP_SUCCESS;

        int error = Platform.OsErrors.Last;
        return Errors.TranslateAndRaiseIoErrorOr(
            Platform.Stdio.HasFailed(file) ? error : 0, AWS_ERROR_FILE_WRITE_FAILURE);
    }

    /// <summary>Moves a FILE's position; <paramref name="whence"/> is SEEK_SET, SEEK_CUR or SEEK_END.</summary>
    internal static int Fseek(void* file, long offset, int whence)
    {
        if (file == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        return Platform.Stdio.Seek(file, offset, whence)
            ? AWS_OP_SUCCESS
            : Errors.TranslateAndRaiseIoErrorOr(Platform.OsErrors.Last, AWS_ERROR_STREAM_UNSEEKABLE);
    }

    /// <summary>The size in bytes of the file behind a FILE, without what that has not yet written.</summary>
    internal static int GetLength(void* file, long* length)
    {
        if (file == null || length == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        nint handle = Platform.Stdio.HandleOf(file);
        if (handle < 0)
            return Errors.Raise(AWS_ERROR_INVALID_FILE_HANDLE);

        int error = Platform.Files.StatusOf(handle, out Platform.Files.Status status);
        if (error != 0)
            return Errors.TranslateAndRaiseIoError(error);

        *length = status.Size;
        return AWS_OP_SUCCESS;
    }

    /// <summary>As <see cref="FileTransfer.Read"/>, past the system's cache.</summary>
    internal static int PathReadFromOffsetDirectIo(
        aws_string* file_path, ulong offset, nuint max_read_length, aws_byte_buf* output_buf, nuint* out_actual_read) =>
        FileTransfer.ReadDirect(
            file_path, offset, max_read_length, FileTransfer.LargestChunk, output_buf, out_actual_read);

    /// <summary>See <see cref="FileTransfer.Read"/>.</summary>
    internal static int PathReadFromOffset(
        aws_string* file_path, ulong offset, nuint max_read_length, aws_byte_buf* output_buf, nuint* out_actual_read) =>
        FileTransfer.Read(file_path, offset, max_read_length, output_buf, out_actual_read);

    /// <summary>As <see cref="PathReadFromOffsetDirectIo"/>, with a bound on the bytes of one read.</summary>
    internal static int PathReadFromOffsetDirectIoWithChunkSize(
        aws_string* file_path,
        ulong offset,
        nuint max_read_length,
        nuint max_chunk_size,
        aws_byte_buf* output_buf,
        nuint* out_actual_read) =>
        FileTransfer.ReadDirect(file_path, offset, max_read_length, max_chunk_size, output_buf, out_actual_read);

    /// <summary>See <see cref="FileTransfer.WriteDirect"/>.</summary>
    internal static int PathWriteToOffsetDirectIo(aws_string* file_path, ulong offset, aws_byte_cursor data) =>
        FileTransfer.WriteDirect(file_path, offset, data);

    /// <summary>
    /// Whether this platform can read and write past its cache. A file system may refuse it all the same.
    /// </summary>
    internal static bool DirectIoIsSupported() => OperatingSystem.IsLinux();

    private static aws_string* HomeOfUser(aws_allocator* allocator)
    {
        const nuint Capacity = 16384;
        byte* texts = (byte*)Allocator.Acquire(allocator, Capacity);
        byte* found = Platform.Directories.HomeOfUser(texts, Capacity);
        aws_string* home = null;
        if (found != null)
            home = AwsString.NewFromCStr(allocator, found);
        else
            Errors.Raise(AWS_ERROR_GET_HOME_DIRECTORY_FAILED);

        Allocator.Release(allocator, texts);
        return home;
    }
}
