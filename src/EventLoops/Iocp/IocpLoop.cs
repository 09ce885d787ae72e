// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.Windows;
using static Reseau.Native.Interop.Windows.Iocp;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.EventLoops.Iocp;

/// <summary>
/// A loop on a completion port: what it has of the system, and the packets that were taken from the port and not
/// delivered yet.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IocpLoop
{
    /// <summary>The key of packets of <see cref="IocpOperation"/>; those of a program's handles have 0.</summary>
    private const nuint KeyOfOperations = 1;

    /// <summary>Packets taken from the port at once.</summary>
    private const int BatchCapacity = 256;

    private const ulong NanosPerMillisecond = 1_000_000;

    internal LoopCore Core;
    internal nint Port;

    /// <summary>The operations that the system has.</summary>
    internal aws_linked_list UnderWay;

    /// <summary>The watches of sockets (<see cref="IocpWatch"/>), under the lock. Any thread.</summary>
    internal aws_linked_list Watches;
    internal aws_mutex WatchLock;

    /// <summary>All operations are taken back, and none begins any more.</summary>
    internal bool IsEnding;

    // Those from _next on are to be delivered.
    private OVERLAPPED_ENTRY* _packets;
    private int _capacity;
    private int _next;
    private int _count;

    internal static bool IsOne(aws_event_loop* event_loop)
    {
        LoopCore* core = EventLoop.CoreOf(event_loop);
        return core != null && core->Backend->Name == IocpBackend.Instance->Name;
    }

    /// <summary>NULL if it is a program's own.</summary>
    internal static IocpLoop* Of(aws_event_loop* event_loop) => (IocpLoop*)EventLoop.CoreOf(event_loop);

    /// <summary>
    /// Has the packets of a handle's operations come to this loop. Any thread. False, with the system's error, if the
    /// handle is none for ports, or has one already.
    /// </summary>
    internal static bool Adopt(IocpLoop* loop, nint handle) =>
        CreateIoCompletionPort(handle, loop->Port, KeyOfOperations, 0) != 0;

    /// <summary>
    /// Undoes <see cref="Adopt"/>: the handle can go to another loop. None of its operations is under way. Returns an
    /// NTSTATUS.
    /// </summary>
    internal static int Release(nint handle)
    {
        IO_STATUS_BLOCK result;
        FILE_COMPLETION_INFORMATION none = default;
        return NtSetInformationFile(
            handle, &result, &none, (uint)sizeof(FILE_COMPLETION_INFORMATION), FileReplaceCompletionInformation);
    }

    internal static bool TryOpen(IocpLoop* loop)
    {
        loop->Port = CreateIoCompletionPort(Kernel32.INVALID_HANDLE_VALUE, 0, 0, 1);
        if (loop->Port == 0)
            return false;

        LinkedList.Init(&loop->UnderWay);
        LinkedList.Init(&loop->Watches);
        Mutex.Init(&loop->WatchLock);
        loop->_capacity = BatchCapacity;
        loop->_packets = (OVERLAPPED_ENTRY*)Allocator.Acquire(
            loop->Core.Loop->alloc, BatchCapacity * (nuint)sizeof(OVERLAPPED_ENTRY));
        return true;
    }

    internal static void Close(IocpLoop* loop)
    {
        FreeEndedWatches(loop);
        Allocator.Release(loop->Core.Loop->alloc, loop->_packets);
        Kernel32.CloseHandle(loop->Port);
        Mutex.CleanUp(&loop->WatchLock);
    }

    /// <summary>The number of packets to deliver.</summary>
    internal static int Collect(IocpLoop* loop, ulong nanoseconds)
    {
        DropDelivered(loop);
        if (loop->_count > 0)
            nanoseconds = 0;
        if (loop->_count < loop->_capacity)
            Take(loop, MillisecondsOf(nanoseconds));
        return loop->_count - loop->_next;
    }

    /// <summary>A callback may wait for packets, by which others come to the end of the list.</summary>
    internal static void Deliver(IocpLoop* loop)
    {
        while (loop->_next < loop->_count)
        {
            OVERLAPPED_ENTRY packet = loop->_packets[loop->_next++];

            // A wake-up has done its work by ending the sleep.
            if (packet.lpOverlapped == null)
                continue;
            if (packet.lpCompletionKey == IocpWatch.Key)
            {
                IocpWatch.OnPacket(loop, (IocpWatch*)packet.lpOverlapped);
                continue;
            }

            if (packet.lpCompletionKey != KeyOfOperations)
            {
                NotifyProgram(loop, &packet);
                continue;
            }

            IocpOperation* operation = (IocpOperation*)packet.lpOverlapped;
            IocpOperation.Finish(operation, packet.dwNumberOfBytesTransferred);
            IocpOperation.Notify(operation);
        }
    }

    /// <summary>Waits until the packet of an operation has come; others are kept for the next delivery.</summary>
    internal static void AwaitPacket(IocpLoop* loop, IocpOperation* operation)
    {
        for (int i = loop->_next; ; i++)
        {
            while (i == loop->_count)
            {
                MakeRoom(loop);
                Take(loop, Kernel32.INFINITE);
            }

            OVERLAPPED_ENTRY* packet = &loop->_packets[i];
            if (packet->lpOverlapped != &operation->Overlapped)
                continue;

            IocpOperation.Finish(operation, packet->dwNumberOfBytesTransferred);
            *packet = default;
            return;
        }
    }

    /// <summary>Takes all packets that there are from the port, and keeps them for the next delivery.</summary>
    internal static void TakeAll(IocpLoop* loop)
    {
        DropDelivered(loop);
        do
        {
            MakeRoom(loop);
            Take(loop, 0);
        }
        while (loop->_count == loop->_capacity);
    }

    /// <summary>
    /// The loop is destroyed: cancels what the system has and waits until all of it has come back, and has been
    /// delivered (rule 93).
    /// </summary>
    internal static void TakeBackAll(IocpLoop* loop)
    {
        loop->IsEnding = true;
        IocpOperation.CancelAll(loop);
        while (!LinkedList.IsEmpty(&loop->UnderWay))
        {
            Collect(loop, LoopBackend.Forever);
            Deliver(loop);
        }

        while (Collect(loop, 0) > 0)
            Deliver(loop);
    }

    // One that has ended while its packet was under way goes with that, which nobody takes any more (rule 320).
    private static void FreeEndedWatches(IocpLoop* loop)
    {
        while (Collect(loop, 0) > 0)
        {
            OVERLAPPED_ENTRY packet = loop->_packets[loop->_next++];
            if (packet.lpOverlapped != null && packet.lpCompletionKey == IocpWatch.Key)
                IocpWatch.OnPacket(loop, (IocpWatch*)packet.lpOverlapped);
        }
    }

    // False without an error is what a wait has that was ended by something else than a packet.
    private static void Take(IocpLoop* loop, uint milliseconds)
    {
        uint count = 0;
        OVERLAPPED_ENTRY* free = loop->_packets + loop->_count;
        uint room = (uint)(loop->_capacity - loop->_count);
        if (GetQueuedCompletionStatusEx(loop->Port, free, room, &count, milliseconds, 0) != 0)
        {
            loop->_count += (int)count;
            return;
        }

        int error = LastError;
        if (error is not (ERROR_SUCCESS or WAIT_TIMEOUT or WAIT_IO_COMPLETION))
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_EVENT_LOOP,
                $"id=0x{(nint)loop->Core.Loop:x}: waiting for packets failed: error {error}");
    }

    private static void DropDelivered(IocpLoop* loop)
    {
        if (loop->_next < loop->_count)
            return;
        loop->_next = 0;
        loop->_count = 0;
    }

    private static void MakeRoom(IocpLoop* loop)
    {
        if (loop->_count < loop->_capacity)
            return;

        nuint size = (nuint)loop->_capacity * (nuint)sizeof(OVERLAPPED_ENTRY);
        aws_allocator* allocator = loop->Core.Loop->alloc;
        OVERLAPPED_ENTRY* larger = (OVERLAPPED_ENTRY*)Allocator.Acquire(allocator, size * 2);
        NativeMemory.Copy(loop->_packets, larger, size);
        Allocator.Release(allocator, loop->_packets);
        loop->_packets = larger;
        loop->_capacity *= 2;
    }

    // Rounded up: a timer is never early.
    private static uint MillisecondsOf(ulong nanoseconds)
    {
        if (nanoseconds == LoopBackend.Forever)
            return Kernel32.INFINITE;
        ulong milliseconds = nanoseconds / NanosPerMillisecond;
        if (nanoseconds % NanosPerMillisecond != 0)
            milliseconds++;
        return (uint)ulong.Min(milliseconds, Kernel32.INFINITE - 1);
    }

    private static void NotifyProgram(IocpLoop* loop, OVERLAPPED_ENTRY* packet)
    {
        aws_overlapped* operation = (aws_overlapped*)packet->lpOverlapped;
        if (operation->on_completion != null)
            operation->on_completion(
                loop->Core.Loop,
                operation,
                (int)operation->overlapped.Internal,
                packet->dwNumberOfBytesTransferred);
    }
}
