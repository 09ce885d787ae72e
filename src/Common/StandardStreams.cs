// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Common;

/// <summary>The C library's FILEs of standard output and standard error, and writing to a FILE.</summary>
internal static unsafe class StandardStreams
{
    internal static void* Output => Find("stdout"u8, "__stdoutp"u8);

    internal static void* Error => Find("stderr"u8, "__stderrp"u8);

    /// <summary>Writes all bytes, or raises an error.</summary>
    internal static int Write(void* file, byte* bytes, nuint length)
    {
        if (Libc.fwrite(bytes, 1, length, file) == length)
            return AWS_OP_SUCCESS;

        int error = Libc.Errno;
        return Errors.TranslateAndRaiseIoErrorOr(Libc.ferror(file) != 0 ? error : 0, AWS_ERROR_FILE_WRITE_FAILURE);
    }

    // These are variables of the C library, and a program may put another FILE into them.
    private static void* Find(ReadOnlySpan<byte> name, ReadOnlySpan<byte> darwinName)
    {
        ReadOnlySpan<byte> symbol = OperatingSystem.IsMacOS() ? darwinName : name;
        void** variable = (void**)Libc.dlsym(Libc.RTLD_DEFAULT, StaticMemory.Text(symbol));
        return variable == null ? null : *variable;
    }
}
