// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Epoll;
using Reseau.Native.EventLoops.Iocp;
using Reseau.Native.EventLoops.IoUring;
using EnvironmentVariables = Reseau.Native.Common.Machine.EnvironmentVariables;

namespace Reseau.Native.EventLoops;

/// <summary>
/// Which backend serves which kind of loop on which system. Only this file names the system's backends.
/// </summary>
internal static unsafe class LoopBackends
{
    /// <summary>Which of Linux's backends serves its loops.</summary>
    internal enum LinuxKind
    {
        NotChosen,
        Epoll,
        IoUring,
    }

    private static int s_linuxKind;

    // Epoll was asked for, by name: then no ring of any kind is made, which a sandbox may punish.
    private static int s_avoidsRings;

    /// <summary>The kind of loop that this system has unless a program asks for another.</summary>
    internal static aws_event_loop_type DefaultType =>
        OperatingSystem.IsLinux() ? AWS_EVENT_LOOP_EPOLL
        : OperatingSystem.IsWindows() ? AWS_EVENT_LOOP_IOCP
        : AWS_EVENT_LOOP_KQUEUE;

    /// <summary>
    /// What new loops of Linux are on, all of which have the type AWS_EVENT_LOOP_EPOLL: epoll, unless io_uring was
    /// chosen, by <see cref="Choose"/> or by RESEAU_EVENT_LOOP=io_uring in the environment, and the system lets us have
    /// it. Any thread.
    /// </summary>
    internal static LinuxKind OfLinux
    {
        get
        {
            LinuxKind kind = (LinuxKind)Volatile.Read(ref s_linuxKind);
            if (kind != LinuxKind.NotChosen)
                return kind;

            if (IsNamedInEnvironment("epoll"u8))
                Volatile.Write(ref s_avoidsRings, 1);
            Set(IsNamedInEnvironment("io_uring"u8) ? LinuxKind.IoUring : LinuxKind.Epoll);
            return (LinuxKind)Volatile.Read(ref s_linuxKind);
        }
    }

    /// <summary>NULL if this system has no such loops. The default type is not resolved here.</summary>
    internal static LoopBackend* Find(aws_event_loop_type type) => type switch
    {
        AWS_EVENT_LOOP_EPOLL when OperatingSystem.IsLinux() =>
            OfLinux == LinuxKind.IoUring ? IoUringBackend.Instance : EpollBackend.Instance,
        AWS_EVENT_LOOP_IOCP when OperatingSystem.IsWindows() => IocpBackend.Instance,
        _ => null,
    };

    /// <summary>
    /// Batches of receives and sends on the program's descriptors; NULL if this system has none, or epoll was asked for
    /// by name. Any thread.
    /// </summary>
    internal static DescriptorBatch* Batches =>
        OperatingSystem.IsLinux() && OfLinux != LinuxKind.NotChosen && Volatile.Read(ref s_avoidsRings) == 0
            ? RingBatch.Instance
            : null;

    /// <summary>
    /// For loops that are made from now on; those that there are stay what they are. False if it has to be epoll. Any
    /// thread.
    /// </summary>
    internal static bool Choose(LinuxKind kind)
    {
        Volatile.Write(ref s_avoidsRings, kind == LinuxKind.Epoll ? 1 : 0);
        return Set(kind);
    }

    private static bool Set(LinuxKind kind)
    {
        bool isAvailable =
            OperatingSystem.IsLinux() && (kind == LinuxKind.Epoll || IoUringBackend.IsAvailable());
        if (!isAvailable)
            Log.Write(AWS_LL_INFO, AWS_LS_IO_EVENT_LOOP, $"the system has no io_uring for us: loops are on epoll");
        Volatile.Write(ref s_linuxKind, (int)(isAvailable ? kind : LinuxKind.Epoll));
        return isAvailable;
    }

    private static bool IsNamedInEnvironment(ReadOnlySpan<byte> name)
    {
        byte* named = OperatingSystem.IsLinux()
            ? EnvironmentVariables.Trusted(Literal.Of("RESEAU_EVENT_LOOP"u8))
            : null;
        return named != null &&
            MemoryMarshal.CreateReadOnlySpanFromNullTerminated(named).SequenceEqual(name);
    }
}
