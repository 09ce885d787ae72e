// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Common;

/// <summary>This process, its limits, and commands that it runs.</summary>
internal static unsafe class Processes
{
    private const nuint PieceSize = 2048;

    internal static int GetPid() => Libc.getpid();

    /// <summary>How many files this process may have open at present.</summary>
    internal static nuint GetSoftLimitIoHandles() => FileLimit().rlim_cur;

    /// <summary>How far <see cref="SetSoftLimitIoHandles"/> can go.</summary>
    internal static nuint GetHardLimitIoHandles() => FileLimit().rlim_max;

    /// <summary>Changes how many files this process may have open.</summary>
    internal static int SetSoftLimitIoHandles(nuint max_handles)
    {
        Libc.rlimit limit = FileLimit();
        if (max_handles > limit.rlim_max)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        limit.rlim_cur = max_handles;
        return Libc.setrlimit(Libc.RLIMIT_NOFILE, &limit) == 0
            ? AWS_OP_SUCCESS
            : Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
    }

    /// <summary>Prepares a result for <see cref="RunCommand"/>.</summary>
    internal static int RunCommandResultInit(aws_allocator* allocator, aws_run_command_result* result)
    {
        if (allocator == null || result == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *result = default;
        return AWS_OP_SUCCESS;
    }

    /// <summary>Destroys the strings of a result, wiping them.</summary>
    internal static void RunCommandResultCleanup(aws_run_command_result* result)
    {
        if (result == null)
            return;

        AwsString.DestroySecure(result->std_out);
        AwsString.DestroySecure(result->std_err);
        result->std_out = null;
        result->std_err = null;
    }

    /// <summary>
    /// Runs a command by the shell and waits for its end. The result has the status that waitpid gives, and what the
    /// command wrote to its standard output without white space at either end; NULL if nothing is left.
    /// </summary>
    internal static int RunCommand(
        aws_allocator* allocator, aws_run_command_options* options, aws_run_command_result* result)
    {
        if (allocator == null || options == null || options->command == null || result == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        void* stream = Libc.popen(options->command, StaticMemory.Text("re"u8));
        if (stream == null)
            return Errors.TranslateAndRaiseIoError(Libc.Errno);

        aws_byte_buf output;
        int outcome = ByteBuf.Init(&output, allocator, PieceSize);
        if (outcome == AWS_OP_SUCCESS)
            outcome = ReadAll(stream, &output);

        // Also after a failure, or the command would stay behind as a zombie.
        result->ret_code = Libc.pclose(stream);
        if (outcome == AWS_OP_SUCCESS)
        {
            aws_byte_cursor text = Text.Trim(new aws_byte_cursor { ptr = output.buffer, len = output.len });
            result->std_out = text.len == 0 ? null : AwsString.NewFromCursor(allocator, &text);
        }

        ByteBuf.CleanUpSecure(&output);
        return outcome;
    }

    private static int ReadAll(void* stream, aws_byte_buf* output)
    {
        while (true)
        {
            if (ByteBuf.ReserveSmartRelative(output, PieceSize) != AWS_OP_SUCCESS)
                return AWS_OP_ERR;

            nuint count = Libc.fread(output->buffer + output->len, 1, output->capacity - output->len, stream);
            int error = Libc.Errno;
            output->len += count;
            if (Libc.ferror(stream) != 0)
                return Errors.TranslateAndRaiseIoErrorOr(error, AWS_ERROR_FILE_READ_FAILURE);

            if (count == 0)
                return AWS_OP_SUCCESS;
        }
    }

    private static Libc.rlimit FileLimit()
    {
        Libc.rlimit limit;
        if (Libc.getrlimit(Libc.RLIMIT_NOFILE, &limit) != 0)
            limit = default;

        return limit;
    }
}
