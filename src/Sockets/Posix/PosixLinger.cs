// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>
/// The descriptor of a connection that has been closed with bytes under way. A kernel that closes a TCP connection with
/// input unread, or gets input afterwards, resets it, and what the peer's kernel has not received by then is lost; one
/// session ticket that nobody waited for is enough. So the sending direction is ended, input is thrown away, and the
/// descriptor goes when the peer has everything, or after a while.
/// </summary>
internal unsafe struct PosixLinger
{
    private const ulong LongestNanoseconds = 1_000_000_000;
    private const ulong FirstPauseNanoseconds = 1_000_000;
    private const ulong LongestPauseNanoseconds = 32_000_000;

    // One peer that never stops sending must not hold the loop up.
    private const int MostReads = 16;
    private const int ReadSize = 16 * 1024;

    private aws_task _task;
    private aws_event_loop* _loop;
    private int _fd;
    private ulong _pause;
    private ulong _deadline;

    /// <summary>
    /// Takes the descriptor of a TCP connection over, if closing it now could cost bytes; false leaves it to the caller.
    /// Loop thread.
    /// </summary>
    internal static bool TryTakeOver(int fd, aws_event_loop* loop)
    {
        if (loop == null || IsOver(fd))
            return false;

        ulong now = 0;
        Libc.shutdown(fd, Libc.SHUT_WR);
        if (IsOver(fd) || EventLoop.CurrentClockTime(loop, &now) != AWS_OP_SUCCESS)
            return false;

        // The socket's allocator may end with the socket; the loop's lasts as long as this can.
        PosixLinger* linger = (PosixLinger*)Allocator.Calloc(loop->alloc, 1, (nuint)sizeof(PosixLinger));
        linger->_loop = loop;
        linger->_fd = fd;
        linger->_pause = FirstPauseNanoseconds;
        linger->_deadline = now + LongestNanoseconds;
        Log.Write(AWS_LL_TRACE, AWS_LS_IO_SOCKET, $"fd={fd}: closed, and stays open until the peer has everything");
        ScheduledTask.Init(&linger->_task, &OnTask, linger, Literal.Of("socket_linger"u8));
        EventLoop.ScheduleTaskFuture(loop, &linger->_task, now + linger->_pause);
        return true;
    }

    /// <summary>Throws away what has come; true when there is an end or an error behind it.</summary>
    [SkipLocalsInit]
    internal static bool DiscardInput(int fd)
    {
        // MSG_TRUNC: nothing is copied. The buffer is for tools that do not know that.
        byte* nowhere = stackalloc byte[ReadSize];
        nint count = 1;
        for (int i = 0; i < MostReads && count > 0; i++)
            count = Libc.recv(fd, nowhere, ReadSize, Libc.MSG_DONTWAIT | Libc.MSG_TRUNC);
        return count == 0 || (count < 0 && Libc.Errno != Libc.EAGAIN);
    }

    private static bool IsOver(int fd)
    {
        int underWay = 0;
        return DiscardInput(fd) || Libc.ioctl(fd, Libc.SIOCOUTQ, &underWay) != 0 || underWay == 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTask(aws_task* task, void* argument, aws_task_status status)
    {
        PosixLinger* linger = (PosixLinger*)argument;
        ulong now = 0;
        bool hasClock = EventLoop.CurrentClockTime(linger->_loop, &now) == AWS_OP_SUCCESS;
        if (IsOver(linger->_fd) || !hasClock || now >= linger->_deadline)
        {
            End(linger);
            return;
        }

        if (status != AWS_TASK_STATUS_RUN_READY)
        {
            WaitOut(linger, linger->_deadline - now);
            return;
        }

        linger->_pause = ulong.Min(linger->_pause * 2, LongestPauseNanoseconds);
        EventLoop.ScheduleTaskFuture(linger->_loop, &linger->_task, ulong.Min(now + linger->_pause, linger->_deadline));
    }

    // The loop is going, on a thread that may wait. The loop's clock may stand still, so the pauses are counted instead.
    private static void WaitOut(PosixLinger* linger, ulong left)
    {
        while (left > 0 && !IsOver(linger->_fd))
        {
            ulong pause = ulong.Min(left, linger->_pause);
            Threads.CurrentSleep(pause);
            left -= pause;
            linger->_pause = ulong.Min(linger->_pause * 2, LongestPauseNanoseconds);
        }

        End(linger);
    }

    private static void End(PosixLinger* linger)
    {
        Libc.close(linger->_fd);
        Allocator.Release(linger->_loop->alloc, linger);
    }
}
