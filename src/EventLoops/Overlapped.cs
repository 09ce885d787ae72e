// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>
/// Operations of a program's own on loops of Windows: the loop to whose port the handle is connected calls
/// on_completion when the system is done with one.
/// </summary>
internal static unsafe class Overlapped
{
    internal static void Init(aws_overlapped* overlapped, aws_event_loop_on_completion_fn onCompletion, void* userData)
    {
        if (overlapped == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        *overlapped = default;
        overlapped->on_completion = onCompletion;
        overlapped->user_data = userData;
    }

    /// <summary>For another operation; the callback stays.</summary>
    internal static void Reset(aws_overlapped* overlapped)
    {
        if (overlapped == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else
            overlapped->overlapped = default;
    }

    /// <summary>What the system gets.</summary>
    internal static void* ToWindows(aws_overlapped* overlapped) =>
        overlapped == null ? null : &overlapped->overlapped;
}
