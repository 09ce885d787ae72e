// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.EventLoops;

/// <summary>
/// What a subscription calls, on the loop's thread: a function of a program, or one of ours, which our loops call
/// directly and a program's loop by the C function beside it.
/// </summary>
internal unsafe struct IoCallback
{
    /// <summary>Gets UserData and the events. NULL for a program's function.</summary>
    internal delegate*<void*, int, void> Function;

    /// <summary>A program's function, or one that calls <see cref="Function"/>. Not NULL.</summary>
    internal aws_event_loop_on_event_fn OfC;
    internal void* UserData;

    /// <summary>Not NULL: UserData is a struct of this kind, and the subscription may be inside.</summary>
    internal IoOwner* Owner;

    internal static IoCallback OfProgram(aws_event_loop_on_event_fn function, void* userData) =>
        new() { OfC = function, UserData = userData };
}
