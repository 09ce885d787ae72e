// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Pipes.Posix;

/// <summary>
/// Pipes on descriptors of the system. What each end does is in <see cref="PipeReadEnd"/> and
/// <see cref="PipeWriteEnd"/>.
/// </summary>
internal static unsafe class PosixPipe
{
    internal static int Init(
        aws_pipe_read_end* readEnd,
        aws_event_loop* readEndLoop,
        aws_pipe_write_end* writeEnd,
        aws_event_loop* writeEndLoop,
        aws_allocator* allocator)
    {
        int* fds = stackalloc int[2];
        if (OpenNonblocking(fds) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        if (PipeWriteEnd.Init(writeEnd, fds[1], writeEndLoop, allocator) != AWS_OP_SUCCESS)
        {
            Libc.close(fds[0]);
            Libc.close(fds[1]);
            return AWS_OP_ERR;
        }

        PipeReadEnd.Init(readEnd, fds[0], readEndLoop, allocator);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Two descriptors, for reading and for writing, that neither block nor outlive an exec.</summary>
    internal static int OpenNonblocking(int* fds)
    {
        if (fds == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return Libc.OpenNonBlockingPipe(fds) == 0
            ? AWS_OP_SUCCESS
            : Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);
    }

    /// <summary>The error for an errno that a read or a write of a pipe gave.</summary>
    internal static int ErrorOf(int errno) => errno == Libc.EPIPE ? AWS_IO_BROKEN_PIPE : AWS_ERROR_SYS_CALL_FAILURE;
}
