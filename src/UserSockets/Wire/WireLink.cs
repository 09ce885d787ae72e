// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Linux;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.UserSockets.Wire;

/// <summary>The descriptor under a wire, and what ends the sleep of the thread that waits for it.</summary>
internal unsafe struct WireLink
{
    private const int OutputMax = 64 * 1024;
    private const int None = -1;

    private int _descriptor;
    private int _epoll;
    private int _wakeUp;
    private bool _isBytes;

    // Of a stream of bytes: what has been framed and not taken yet.
    private byte* _output;
    private int _outputStart;
    private int _outputEnd;
    private WireFrames* _frames;

    /// <summary>The descriptor is taken over if the result is 0; else a negated error.</summary>
    internal static int Init(WireLink* link, int descriptor, bool isBytes)
    {
        *link = default;
        link->_descriptor = None;
        link->_isBytes = isBytes;
        link->_epoll = Epoll.epoll_create1(Epoll.EPOLL_CLOEXEC);
        link->_wakeUp = EventFd.eventfd(0, EventFd.EFD_CLOEXEC | EventFd.EFD_NONBLOCK);
        uint events = Epoll.EPOLLIN | Epoll.EPOLLOUT | Epoll.EPOLLET;
        if (link->_epoll < 0 || link->_wakeUp < 0
            || Epoll.epoll_ctl(link->_epoll, Epoll.EPOLL_CTL_ADD, link->_wakeUp, events, null) != 0
            || !Libc.SetNonBlocking(descriptor)
            || Epoll.epoll_ctl(link->_epoll, Epoll.EPOLL_CTL_ADD, descriptor, events, null) != 0)
        {
            int error = Libc.Errno;
            CleanUp(link);
            return -error;
        }

        link->_descriptor = descriptor;
        if (isBytes)
        {
            link->_output = (byte*)Common.Allocator.Acquire(Common.Allocator.Default(), OutputMax);
            link->_frames = Common.Allocator.New<WireFrames>(Common.Allocator.Default());
        }

        return 0;
    }

    internal static void CleanUp(WireLink* link)
    {
        Close(&link->_epoll);
        Close(&link->_wakeUp);
        Close(&link->_descriptor);
        Common.Allocator.Release(Common.Allocator.Default(), link->_output);
        Common.Allocator.Release(Common.Allocator.Default(), link->_frames);
    }

    /// <summary>The descriptor is the caller's again.</summary>
    internal static void Disown(WireLink* link) => link->_descriptor = None;

    /// <summary>Sleeps until something happens to the descriptor, somebody wakes it, or the time is up.</summary>
    internal static void Sleep(WireLink* link, ulong nanoseconds)
    {
        byte* events = stackalloc byte[Epoll.EventSizeMax * 2];
        Epoll.Sleep(link->_epoll, events, 2, nanoseconds);
    }

    /// <summary>Any thread.</summary>
    internal static void WakeUp(WireLink* link)
    {
        ulong one = 1;
        Libc.write(link->_wakeUp, &one, sizeof(ulong));
    }

    /// <summary>Whether a packet would find room; datagrams that find none are lost like others.</summary>
    internal static bool HasRoom(WireLink* link) =>
        !link->_isBytes || OutputMax - (link->_outputEnd - link->_outputStart) >= WireFrames.FrameMax;

    internal static void Send(WireLink* link, WirePacket* packet)
    {
        int size = WirePacket.Seal(packet);
        if (!link->_isBytes)
        {
            Libc.send(link->_descriptor, WirePacket.Bytes(packet), (nuint)size, Libc.MSG_NOSIGNAL);
            return;
        }

        if (!HasRoom(link))
            return;
        if (OutputMax - link->_outputEnd < WireFrames.FrameMax)
            MoveOutput(link);
        link->_outputEnd += WireFrames.Frame(WirePacket.Bytes(packet), size, link->_output + link->_outputEnd);
        Flush(link);
    }

    /// <summary>Gives the descriptor what it takes.</summary>
    internal static void Flush(WireLink* link)
    {
        while (link->_outputStart < link->_outputEnd)
        {
            nint written = Libc.WriteWithoutSignal(
                link->_descriptor,
                link->_output + link->_outputStart,
                (nuint)(link->_outputEnd - link->_outputStart));
            if (written <= 0)
                return;
            link->_outputStart += (int)written;
        }

        link->_outputStart = 0;
        link->_outputEnd = 0;
    }

    /// <summary>Calls back for each packet that has arrived whole. False if nothing will arrive any more.</summary>
    internal static bool Receive(
        WireLink* link, WirePacket* room, delegate*<void*, WirePacket*, void> take, void* state)
    {
        if (link->_isBytes)
            return ReceiveBytes(link, take, state);

        while (true)
        {
            nint size = Libc.recv(link->_descriptor, WirePacket.Bytes(room), WirePacket.SizeMax, Libc.MSG_TRUNC);
            if (size < 0 && Libc.Errno is Libc.ECONNREFUSED or Libc.EMSGSIZE)
                continue;
            if (size < 0)
                return Libc.Errno == Libc.EAGAIN;
            if (WirePacket.TryOpen(room, (int)size))
                take(state, room);
        }
    }

    private static bool ReceiveBytes(WireLink* link, delegate*<void*, WirePacket*, void> take, void* state)
    {
        const int Chunk = 4096;
        byte* bytes = stackalloc byte[Chunk];
        nint count;
        while ((count = Libc.read(link->_descriptor, bytes, Chunk)) > 0)
        {
            for (nint i = 0; i < count; i++)
            {
                WirePacket* packet = WireFrames.Take(link->_frames, bytes[i]);
                if (packet != null)
                    take(state, packet);
            }
        }

        return count < 0 && Libc.Errno == Libc.EAGAIN;
    }

    private static void MoveOutput(WireLink* link)
    {
        int count = link->_outputEnd - link->_outputStart;
        NativeMemory.Copy(link->_output + link->_outputStart, link->_output, (nuint)count);
        link->_outputStart = 0;
        link->_outputEnd = count;
    }

    private static void Close(int* descriptor)
    {
        if (*descriptor >= 0)
            Libc.close(*descriptor);
        *descriptor = None;
    }
}
