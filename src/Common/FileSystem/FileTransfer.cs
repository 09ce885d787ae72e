// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.FileSystem;

/// <summary>
/// Reads and writes of a part of a file, opened for this one time. The direct ones bypass the system's cache; they
/// require position and memory, and for writes also the length, to be multiples of the page size.
/// </summary>
internal static unsafe class FileTransfer
{
    /// <summary>The kernel moves no more by one call.</summary>
    internal const nuint LargestChunk = 0x7ffff000;

    /// <summary>
    /// Reads from a position to the end of the file, of the room in the buffer, or of <paramref name="wanted"/>,
    /// whichever comes first, and appends it. <paramref name="actual"/> is 0 at the end of the file.
    /// </summary>
    internal static int Read(aws_string* path, ulong offset, nuint wanted, aws_byte_buf* output, nuint* actual)
    {
        if (path == null || output == null || actual == null || offset > long.MaxValue)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        return ReadFile(path, false, AWS_ERROR_FILE_OPEN_FAILURE, offset, wanted, LargestChunk, output, actual);
    }

    /// <summary>The same past the cache, in pieces of at most <paramref name="chunk"/> bytes.</summary>
    internal static int ReadDirect(
        aws_string* path, ulong offset, nuint wanted, nuint chunk, aws_byte_buf* output, nuint* actual)
    {
        if (!Files.DirectIoIsSupported())
            return Errors.Raise(AWS_ERROR_UNSUPPORTED_OPERATION);

        if (path == null || output == null || actual == null || offset > long.MaxValue || chunk == 0)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        if (Room(output, wanted) != 0 && !IsAligned(offset, output->buffer + output->len, 0))
            return RaiseUnaligned(offset, output->buffer + output->len, wanted);

        chunk = Math.Min(chunk, LargestChunk);
        return ReadFile(path, true, AWS_ERROR_SYS_CALL_FAILURE, offset, wanted, chunk, output, actual);
    }

    /// <summary>Writes all of <paramref name="data"/> past the cache at a position of a file that exists.</summary>
    internal static int WriteDirect(aws_string* path, ulong offset, aws_byte_cursor data)
    {
        if (!Files.DirectIoIsSupported())
            return Errors.Raise(AWS_ERROR_UNSUPPORTED_OPERATION);

        if (path == null || offset > long.MaxValue || (data.ptr == null && data.len != 0))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        if (data.len == 0)
            return AWS_OP_SUCCESS;

        if (!IsAligned(offset, data.ptr, data.len))
            return RaiseUnaligned(offset, data.ptr, data.len);

        nint file = Open(path, true, true, AWS_ERROR_SYS_CALL_FAILURE);
        if (file < 0)
            return AWS_OP_ERR;

        int outcome = WriteAll(file, path, (long)offset, data);
        Platform.Files.Close(file);
        return outcome;
    }

    private static int ReadFile(
        aws_string* path,
        bool isDirect,
        int openError,
        ulong offset,
        nuint wanted,
        nuint chunk,
        aws_byte_buf* output,
        nuint* actual)
    {
        nuint length = Room(output, wanted);
        if (length == 0)
        {
            *actual = 0;
            return AWS_OP_SUCCESS;
        }

        nint file = Open(path, false, isDirect, openError);
        if (file < 0)
            return AWS_OP_ERR;

        nuint total = 0;
        int outcome = ReadAll(
            file, isDirect, path, (long)offset, output->buffer + output->len, length, chunk, &total);
        Platform.Files.Close(file);
        if (outcome != AWS_OP_SUCCESS)
            return outcome;

        output->len += total;
        *actual = total;
        return AWS_OP_SUCCESS;
    }

    private static int ReadAll(
        nint file,
        bool isDirect,
        aws_string* path,
        long offset,
        byte* target,
        nuint length,
        nuint chunk,
        nuint* total)
    {
        while (*total < length)
        {
            nuint wanted = Math.Min(length - *total, chunk);
            nint count = Platform.Files.ReadAt(file, target + *total, wanted, offset + (long)*total);
            if (count < 0)
                return RaiseFailure(path, AWS_ERROR_SYS_CALL_FAILURE);

            // What the kernel makes up as it is read may come in short pieces; direct reads cannot go on after one.
            *total += (nuint)count;
            if (count == 0 || (isDirect && (nuint)count < wanted))
                break;
        }

        return AWS_OP_SUCCESS;
    }

    private static int WriteAll(nint file, aws_string* path, long offset, aws_byte_cursor data)
    {
        nuint total = 0;
        while (total < data.len)
        {
            nint count = Platform.Files.WriteAt(
                file, data.ptr + total, Math.Min(data.len - total, LargestChunk), offset + (long)total);
            if (count < 0)
                return RaiseFailure(path, AWS_ERROR_SYS_CALL_FAILURE);

            total += (nuint)count;
        }

        return AWS_OP_SUCCESS;
    }

    private static nint Open(aws_string* path, bool isForWriting, bool isDirect, int fallback)
    {
        nint file = Platform.Files.Open(path->bytes, isForWriting, isDirect);
        if (file < 0)
            RaiseFailure(path, fallback);

        return file;
    }

    private static int RaiseFailure(aws_string* path, int fallback)
    {
        int error = Platform.OsErrors.Last;
        Errors.TranslateAndRaiseIoErrorOr(error, fallback);
        Log.Write(AWS_LL_ERROR, AWS_LS_COMMON_GENERAL, $"static: no transfer of file '{path}', errno {error}");
        return AWS_OP_ERR;
    }

    private static nuint Room(aws_byte_buf* buffer, nuint wanted) =>
        buffer->capacity <= buffer->len ? 0 : Math.Min(buffer->capacity - buffer->len, wanted);

    private static bool IsAligned(ulong offset, byte* memory, nuint length) =>
        ((offset | (ulong)memory | length) & (SystemInfo.SystemInfoPageSize() - 1)) == 0;

    private static int RaiseUnaligned(ulong offset, byte* memory, nuint length)
    {
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_COMMON_GENERAL,
            $"static: direct transfer is not in pages: offset {offset}, memory 0x{(nint)memory:x}, length {length}");
        return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
    }
}
