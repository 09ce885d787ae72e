// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Text;

/// <summary>Buffers filled from files.</summary>
internal static unsafe partial class ByteBuf
{
    private const uint SmallestGrowth = 32;

    /// <summary>
    /// aws_byte_buf_init_from_file: the whole file and, uncounted, a NUL behind it. On failure the buffer is all zero.
    /// The file's size is only where to begin: that of a special file says nothing about its contents.
    /// </summary>
    internal static int InitFromFile(aws_byte_buf* out_buf, aws_allocator* alloc, byte* filename)
    {
        if (out_buf == null || alloc == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *out_buf = default;
        void* file = Files.Fopen(filename, Literal.Of("rb"u8));
        if (file == null)
            return AWS_OP_ERR;

        nuint size;
        int result = FindSize(file, filename, &size);
        if (result == AWS_OP_SUCCESS)
            result = ReadWhole(out_buf, alloc, file, filename, size);

        Platform.Stdio.Close(file);
        return result;
    }

    /// <summary>
    /// aws_byte_buf_init_from_file_with_size_hint: the same with the caller's capacity to begin with.
    /// </summary>
    internal static int InitFromFileWithSizeHint(
        aws_byte_buf* out_buf,
        aws_allocator* alloc,
        byte* filename,
        nuint size_hint)
    {
        if (out_buf == null || alloc == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *out_buf = default;
        void* file = Files.Fopen(filename, Literal.Of("rb"u8));
        if (file == null)
            return AWS_OP_ERR;

        int result = ReadWhole(out_buf, alloc, file, filename, size_hint);
        Platform.Stdio.Close(file);
        return result;
    }

    private static int FindSize(void* file, byte* filename, nuint* size)
    {
        long length;
        if (Files.GetLength(file, &length) != AWS_OP_SUCCESS)
        {
            int error = Errors.LastError();
            Log.Write(AWS_LL_ERROR, AWS_LS_COMMON_IO, $"the size of file '{filename}' is unknown: error {error}");
            return AWS_OP_ERR;
        }

        if ((ulong)length >= nuint.MaxValue)
            return Errors.Raise(AWS_ERROR_OVERFLOW_DETECTED);

        // One more for the NUL.
        *size = (nuint)length + 1;
        return AWS_OP_SUCCESS;
    }

    private static int ReadWhole(aws_byte_buf* buf, aws_allocator* alloc, void* file, byte* filename, nuint capacity)
    {
        Init(buf, alloc, capacity);
        while (!Platform.Stdio.IsAtEnd(file))
        {
            if (ReadSome(buf, file, filename) == AWS_OP_SUCCESS)
                continue;

            CleanUpSecure(buf);
            return AWS_OP_ERR;
        }

        if (buf->len == buf->capacity && ReserveRelative(buf, 1) != AWS_OP_SUCCESS)
        {
            CleanUpSecure(buf);
            return AWS_OP_ERR;
        }

        buf->buffer[buf->len] = 0;
        return AWS_OP_SUCCESS;
    }

    private static int ReadSome(aws_byte_buf* buf, void* file, byte* filename)
    {
        if (buf->len == buf->capacity && ReserveSmartRelative(buf, SmallestGrowth) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        nuint count = Platform.Stdio.Read(file, buf->buffer + buf->len, buf->capacity - buf->len);
        int errno = Platform.OsErrors.Last;
        buf->len += count;
        if (count > 0 || Platform.Stdio.IsAtEnd(file))
            return AWS_OP_SUCCESS;

        Errors.TranslateAndRaiseIoErrorOr(Platform.Stdio.HasFailed(file) ? errno : 0, AWS_ERROR_FILE_READ_FAILURE);
        Log.Write(AWS_LL_ERROR, AWS_LS_COMMON_IO, $"file '{filename}' cannot be read: errno {errno}");
        return AWS_OP_ERR;
    }
}
