// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Common;

/// <summary>Buffers filled from files.</summary>
internal static unsafe partial class ByteBuf
{
    private const nuint SmallestGrowth = 32;
    private const nuint GreatestGrowth = 4096;

    /// <summary>
    /// Makes a buffer of a whole file. Behind its end stands a NUL that is not counted. On failure the buffer is zeroed.
    /// </summary>
    internal static int InitFromFile(aws_byte_buf* out_buf, aws_allocator* alloc, byte* filename) =>
        InitFromFile(out_buf, alloc, filename, null);

    /// <summary>
    /// The same for a file whose size the system does not tell truly, as in /proc and /sys: <paramref name="size_hint"/>
    /// is the capacity to begin with.
    /// </summary>
    internal static int InitFromFileWithSizeHint(
        aws_byte_buf* out_buf, aws_allocator* alloc, byte* filename, nuint size_hint) =>
        InitFromFile(out_buf, alloc, filename, &size_hint);

    private static int InitFromFile(aws_byte_buf* buffer, aws_allocator* allocator, byte* name, nuint* hint)
    {
        if (buffer == null || allocator == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *buffer = default;
        void* file = Files.Fopen(name, StaticMemory.Text("rb"u8));
        if (file == null)
            return AWS_OP_ERR;

        long length = 0;
        int outcome = hint == null ? Files.GetLength(file, &length) : AWS_OP_SUCCESS;
        if (outcome == AWS_OP_SUCCESS)
            outcome = Init(buffer, allocator, hint == null ? (nuint)length + 1 : *hint);
        if (outcome == AWS_OP_SUCCESS)
            outcome = AppendWholeFile(buffer, file);

        Libc.fclose(file);
        if (outcome == AWS_OP_SUCCESS)
            return outcome;

        CleanUpSecure(buffer);
        Log.Write(AWS_LL_ERROR, AWS_LS_COMMON_IO, $"static: file '{name}' not read, error {Errors.LastError()}");
        return outcome;
    }

    private static int AppendWholeFile(aws_byte_buf* buffer, void* file)
    {
        while (true)
        {
            // There is always room for one more byte: to see the end of the file, and then for the NUL.
            if (buffer->len == buffer->capacity &&
                ReserveRelative(buffer, Math.Clamp(buffer->capacity, SmallestGrowth, GreatestGrowth)) != AWS_OP_SUCCESS)
                return AWS_OP_ERR;

            nuint count = Libc.fread(buffer->buffer + buffer->len, 1, buffer->capacity - buffer->len, file);
            int error = Libc.Errno;
            buffer->len += count;
            if (Libc.ferror(file) != 0)
                return Errors.TranslateAndRaiseIoErrorOr(error, AWS_ERROR_FILE_READ_FAILURE);

            if (count == 0)
            {
                buffer->buffer[buffer->len] = 0;
                return AWS_OP_SUCCESS;
            }
        }
    }
}
