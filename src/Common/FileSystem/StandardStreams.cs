// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.FileSystem;

/// <summary>The C library's FILEs of standard output and standard error, and writing to a FILE.</summary>
internal static unsafe class StandardStreams
{
    internal static void* Output => Platform.Stdio.Output;

    internal static void* Error => Platform.Stdio.Error;

    /// <summary>Writes all bytes, or raises an error.</summary>
    internal static int Write(void* file, byte* bytes, nuint length)
    {
        if (Platform.Stdio.Write(file, bytes, length) == length)
            return AWS_OP_SUCCESS;

        int error = Platform.OsErrors.Last;
        return Errors.TranslateAndRaiseIoErrorOr(
            Platform.Stdio.HasFailed(file) ? error : 0, AWS_ERROR_FILE_WRITE_FAILURE);
    }
}
