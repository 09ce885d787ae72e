// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Iocp;
using Reseau.Native.Interop.Windows;
using static Reseau.Native.Interop.Windows.NamedPipes;

namespace Reseau.Native.Pipes.Windows;

/// <summary>
/// Named pipes, since only these can be used with completion ports. What each end does is in <see cref="PipeReadEnd"/>
/// and <see cref="PipeWriteEnd"/>.
/// </summary>
internal static unsafe class WindowsPipe
{
    /// <summary>Room for a name and its NUL.</summary>
    private const int NameSize = 64;
    private const uint BufferSize = 64 * 1024;

    // Somebody else may have a name that was unique when it was made.
    internal const int MaxNames = 10;

    private static ReadOnlySpan<byte> Prefix => @"\\.\pipe\aws_pipe_"u8;

    internal static int Init(
        aws_pipe_read_end* readEnd,
        aws_event_loop* readEndLoop,
        aws_pipe_write_end* writeEnd,
        aws_event_loop* writeEndLoop,
        aws_allocator* allocator)
    {
        if (!IocpPort.IsOf(readEndLoop) || !IocpPort.IsOf(writeEndLoop))
            return Errors.Raise(AWS_ERROR_PLATFORM_NOT_SUPPORTED);

        nint write;
        nint read;
        if (!TryOpen(&write, &read, &GetUniqueName))
            return Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);

        int error = PipeReadEnd.Init(readEnd, read, readEndLoop, allocator);
        if (error == AWS_ERROR_SUCCESS)
            error = PipeWriteEnd.Init(writeEnd, write, writeEndLoop, allocator);
        if (error == AWS_ERROR_SUCCESS)
            return AWS_OP_SUCCESS;

        PipeReadEnd.Drop(readEnd);
        Kernel32.CloseHandle(read);
        Kernel32.CloseHandle(write);
        return Errors.Raise(error);
    }

    /// <summary>Writes a name that no other pipe of this machine has, as a C string.</summary>
    internal static int GetUniqueName(byte* text, nuint size)
    {
        if (text == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_uuid uuid;
        byte* name = stackalloc byte[NameSize];
        aws_byte_buf buffer = new() { buffer = name, capacity = NameSize };
        Prefix.CopyTo(new Span<byte>(name, NameSize));
        buffer.len = (nuint)Prefix.Length;
        if (Uuid.Init(&uuid) != AWS_OP_SUCCESS || Uuid.ToStr(&uuid, &buffer) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;
        if (buffer.len >= size)
            return Errors.Raise(AWS_ERROR_SHORT_BUFFER);

        new ReadOnlySpan<byte>(name, (int)buffer.len).CopyTo(new Span<byte>(text, (int)buffer.len));
        text[buffer.len] = 0;
        return AWS_OP_SUCCESS;
    }

    /// <summary>Whether an operation that succeeds at once brings no packet from now on.</summary>
    internal static bool SkipPackets(nint handle) => Iocp.SetFileCompletionNotificationModes(
        handle, Iocp.FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | Iocp.FILE_SKIP_SET_EVENT_ON_HANDLE) != 0;

    /// <summary>The error for one of the system's that a read or a write of a pipe gave.</summary>
    internal static int ErrorOf(int error) =>
        error is ERROR_BROKEN_PIPE or ERROR_NO_DATA or ERROR_PIPE_NOT_CONNECTED
            ? AWS_IO_BROKEN_PIPE
            : AWS_ERROR_SYS_CALL_FAILURE;

    /// <summary>The same for how an operation has ended.</summary>
    internal static int ErrorOfStatus(uint status) =>
        (int)status >= 0 ? AWS_ERROR_SUCCESS : ErrorOf((int)Iocp.RtlNtStatusToDosError((int)status));

    /// <summary>
    /// Makes a pipe by the name that a function gives; by another one if somebody has that already.
    /// </summary>
    internal static bool TryOpen(nint* write, nint* read, delegate*<byte*, nuint, int> nameOf)
    {
        byte* name = stackalloc byte[NameSize];
        char* wide = stackalloc char[NameSize];
        int error = 0;
        for (int i = 0; i < MaxNames; i++)
        {
            if (nameOf(name, NameSize) != AWS_OP_SUCCESS)
                return false;
            for (int c = 0; c == 0 || name[c - 1] != 0; c++)
                wide[c] = (char)name[c];

            *write = CreateNamedPipeW(
                wide,
                PIPE_ACCESS_OUTBOUND | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE,
                PIPE_TYPE_BYTE | PIPE_REJECT_REMOTE_CLIENTS,
                1,
                BufferSize,
                BufferSize,
                0,
                null);
            error = *write == Kernel32.INVALID_HANDLE_VALUE ? Iocp.LastError : 0;
            if (error == 0)
                break;
            if (error is not (ERROR_ACCESS_DENIED or ERROR_PIPE_BUSY or ERROR_ALREADY_EXISTS))
                break;
        }

        if (error != 0)
            return LogFailure("CreateNamedPipe"u8, error);

        *read = Kernel32.CreateFileW(
            wide,
            GENERIC_READ,
            0,
            null,
            OPEN_EXISTING,
            FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT_IDENTIFICATION,
            0);
        if (*read != Kernel32.INVALID_HANDLE_VALUE)
            return true;

        error = Iocp.LastError;
        Kernel32.CloseHandle(*write);
        return LogFailure("CreateFile"u8, error);
    }

    private static bool LogFailure(ReadOnlySpan<byte> call, int error)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_GENERAL, $"no pipe: {Literal.Of(call)} failed with error {error}");
        return false;
    }
}
