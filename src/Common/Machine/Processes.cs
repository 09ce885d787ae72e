// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Machine;

/// <summary>This process, its limits, and commands that it runs.</summary>
internal static unsafe class Processes
{
    private const nuint PieceSize = 2048;

    internal static int GetPid() => Platform.Processes.Id();

    /// <summary>How many files this process may have open at present.</summary>
    internal static nuint GetSoftLimitIoHandles()
    {
        Platform.Processes.FileLimits(out nuint soft, out _);
        return soft;
    }

    /// <summary>How far <see cref="SetSoftLimitIoHandles"/> can go.</summary>
    internal static nuint GetHardLimitIoHandles()
    {
        Platform.Processes.FileLimits(out _, out nuint hard);
        return hard;
    }

    /// <summary>Changes how many files this process may have open.</summary>
    internal static int SetSoftLimitIoHandles(nuint max_handles)
    {
        nuint hard = GetHardLimitIoHandles();
        if (max_handles > hard)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        return Platform.Processes.SetFileLimits(max_handles, hard)
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

        void* stream = Platform.Processes.OpenCommand(options->command);
        if (stream == null)
            return Errors.TranslateAndRaiseIoError(Platform.OsErrors.Last);

        aws_byte_buf output;
        int outcome = ByteBuf.Init(&output, allocator, PieceSize);
        if (outcome == AWS_OP_SUCCESS)
            outcome = ReadAll(stream, &output);

        // Also after a failure, or the command would stay behind as a zombie.
        result->ret_code = Platform.Processes.CloseCommand(stream);
        if (outcome == AWS_OP_SUCCESS)
        {
            aws_byte_cursor text = Ascii.Trim(new aws_byte_cursor { ptr = output.buffer, len = output.len });
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

            nuint count = Platform.Stdio.Read(stream, output->buffer + output->len, output->capacity - output->len);
            int error = Platform.OsErrors.Last;
            output->len += count;
            if (Platform.Stdio.HasFailed(stream))
                return Errors.TranslateAndRaiseIoErrorOr(error, AWS_ERROR_FILE_READ_FAILURE);

            if (count == 0)
                return AWS_OP_SUCCESS;
        }
    }
}
