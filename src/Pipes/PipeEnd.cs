// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Pipes;

/// <summary>What every use of a pipe's end checks, whichever end it is.</summary>
internal static unsafe class PipeEnd
{
    /// <summary>Whether there is an end, and it was not cleaned up; else the error is raised.</summary>
    internal static bool IsOpen(void* end, void* state)
    {
        if (end != null && state != null)
            return true;
        Errors.Raise(end == null ? AWS_ERROR_INVALID_ARGUMENT : AWS_IO_BROKEN_PIPE);
        return false;
    }

    /// <summary>Whether the caller is on the thread of the end's loop; else the error is raised.</summary>
    internal static bool IsOnItsThread(aws_event_loop* loop)
    {
        if (EventLoop.ThreadIsCallersThread(loop))
            return true;
        Errors.Raise(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY);
        return false;
    }
}
