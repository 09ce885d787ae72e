// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Machine;

/// <summary>
/// Random bytes from the operating system, fit for keys. They may be asked for on any thread; the first call after the
/// machine's start may wait until the system has gathered enough.
/// </summary>
internal static unsafe class DeviceRandom
{
    private const uint LargestRequest = 1 << 30;

    /// <summary>aws_device_random_u64</summary>
    internal static int U64(ulong* output) => Fill(output, sizeof(ulong));

    /// <summary>aws_device_random_u32</summary>
    internal static int U32(uint* output) => Fill(output, sizeof(uint));

    /// <summary>aws_device_random_u16</summary>
    internal static int U16(ushort* output) => Fill(output, sizeof(ushort));

    /// <summary>aws_device_random_u8</summary>
    internal static int U8(byte* output) => Fill(output, sizeof(byte));

    /// <summary>aws_device_random_buffer: fills what is free of the buffer.</summary>
    internal static int Buffer(aws_byte_buf* output) => ByteBuf.IsValid(output)
        ? BufferAppend(output, output->capacity - output->len)
        : Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

    /// <summary>
    /// aws_device_random_buffer_append: AWS_ERROR_SHORT_BUFFER if the bytes do not fit, AWS_ERROR_RANDOM_GEN_FAILED if
    /// the system gives none; the buffer is then as before.
    /// </summary>
    internal static int BufferAppend(aws_byte_buf* output, nuint n)
    {
        if (!ByteBuf.IsValid(output))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (output->capacity - output->len < n)
            return Errors.Raise(AWS_ERROR_SHORT_BUFFER);
        if (n == 0)
            return AWS_OP_SUCCESS;
        if (Fill(output->buffer + output->len, n) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        output->len += n;
        return AWS_OP_SUCCESS;
    }

    private static int Fill(void* output, nuint count)
    {
        if (output == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        byte* bytes = (byte*)output;
        while (count > 0)
        {
            nint filled = Platform.RandomBytes.Fill(bytes, Math.Min(count, LargestRequest));
            if (filled <= 0)
                return Errors.Raise(AWS_ERROR_RANDOM_GEN_FAILED);

            bytes += filled;
            count -= (nuint)filled;
        }

        return AWS_OP_SUCCESS;
    }
}
