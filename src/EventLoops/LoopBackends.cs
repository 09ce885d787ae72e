// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.EventLoops.Epoll;
using Reseau.Native.EventLoops.Iocp;

namespace Reseau.Native.EventLoops;

/// <summary>
/// Which backend serves which kind of loop on which system. Only this file names the system's backends.
/// </summary>
internal static unsafe class LoopBackends
{
    /// <summary>The kind of loop that this system has unless a program asks for another.</summary>
    internal static aws_event_loop_type DefaultType =>
        OperatingSystem.IsLinux() ? AWS_EVENT_LOOP_EPOLL
        : OperatingSystem.IsWindows() ? AWS_EVENT_LOOP_IOCP
        : AWS_EVENT_LOOP_KQUEUE;

    /// <summary>NULL if this system has no such loops. The default type is not resolved here.</summary>
    internal static LoopBackend* Find(aws_event_loop_type type) => type switch
    {
        AWS_EVENT_LOOP_EPOLL when OperatingSystem.IsLinux() => EpollBackend.Instance,
        AWS_EVENT_LOOP_IOCP when OperatingSystem.IsWindows() => IocpBackend.Instance,
        _ => null,
    };
}
