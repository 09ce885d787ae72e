// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop.Windows;
using static Reseau.Native.Interop.Windows.Iocp;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.EventLoops.Iocp;

/// <summary>
/// Events of a socket on which others make the calls: a descriptor that a program watches, a datagram socket that any
/// thread uses. Winsock sets an event for them, edge by edge, as epoll reports them; a thread of the system that waits
/// for many such events posts a packet to the loop's port. Each socket has one at a time. It may also be for an event
/// that others set (<see cref="LoopBackend.EventObject"/>). Rules 94, 95 and 350 of docs/lifetimes.md.
/// </summary>
internal unsafe struct IocpWatch
{
    /// <summary>The key of its packets; the operation of a packet is the watch.</summary>
    internal const nuint Key = 2;

    // Of _state.
    private const int HasPacket = 1;
    private const int HasEnded = 2;

    private const int Readable = (int)AWS_IO_EVENT_TYPE_READABLE;
    private const int Writable = (int)AWS_IO_EVENT_TYPE_WRITABLE;
    private const int HangUp = (int)AWS_IO_EVENT_TYPE_REMOTE_HANG_UP;
    private const int Broken = (int)(AWS_IO_EVENT_TYPE_CLOSED | AWS_IO_EVENT_TYPE_ERROR);

    // First, so that its address is that of the whole.
    private IoSubscription _subscription;
    private aws_linked_list_node _node;
    private IocpLoop* _loop;
    private nint _socket;
    private nint _event;
    private bool _isEventOfOthers;
    private nint _wait;
    private int _state;

    /// <summary>See <see cref="LoopBackend.Subscribe"/>.</summary>
    internal static int Start(LoopCore* core, aws_io_handle* handle, int events, IoCallback* callback)
    {
        nint socket = (nint)handle->data.handle;
        IocpWatch* watch = (IocpWatch*)IoSubscription.New(core, (nuint)sizeof(IocpWatch), handle, callback);
        watch->_loop = (IocpLoop*)core;
        watch->_socket = socket;
        watch->_isEventOfOthers = (events & LoopBackend.EventObject) != 0;
        if (!TryJoin(watch))
        {
            IoSubscription.Free(&watch->_subscription);
            return Failed(core, socket, 0);
        }

        int error = Begin(watch, handle, events);
        if (error == 0)
            return AWS_OP_SUCCESS;

        handle->additional_data = null;
        Stop(watch);
        IoSubscription.Free(&watch->_subscription);
        return Failed(core, socket, error);
    }

    /// <summary>No callback comes any more. The loop is there, be it that it has ended.</summary>
    internal static void End(LoopCore* core, IocpWatch* watch)
    {
        if (TryEnd(watch))
            IoSubscription.Retire(core, &watch->_subscription);
    }

    /// <summary>The same, on any thread.</summary>
    internal static void EndWithoutLoop(IocpWatch* watch)
    {
        if (TryEnd(watch))
            IoSubscription.Free(&watch->_subscription);
    }

    /// <summary>For the loop: its packet has been taken from the port.</summary>
    internal static void OnPacket(IocpLoop* loop, IocpWatch* watch)
    {
        // From here on the next event is a packet of its own.
        int before = Interlocked.And(ref watch->_state, ~HasPacket);
        if ((before & HasEnded) != 0)
        {
            IoSubscription.Free(&watch->_subscription);
            return;
        }

        if (watch->_isEventOfOthers && !loop->IsEnding)
        {
            IoSubscription.Notify(&loop->Core, &watch->_subscription, Readable);
            return;
        }

        WSANETWORKEVENTS events;
        if (loop->IsEnding || Winsock.WSAEnumNetworkEvents(watch->_socket, 0, &events) != 0)
            return;
        int happened = Translate(&events);
        if (happened != 0)
            IoSubscription.Notify(&loop->Core, &watch->_subscription, happened);
    }

    // 0, or the system's error. After the last call the watch may be over, by its first event.
    private static int Begin(IocpWatch* watch, aws_io_handle* handle, int events)
    {
        watch->_event = watch->_isEventOfOthers ? watch->_socket : CreateEventW(null, 0, 0, null);
        nint wait = 0;
        if (watch->_event == 0 || RegisterWaitForSingleObject(
            &wait, watch->_event, &OnEvent, watch, Kernel32.INFINITE, WT_EXECUTEINWAITTHREAD) == 0)
            return LastError;

        watch->_wait = wait;
        handle->additional_data = watch;
        return watch->_isEventOfOthers
            || Winsock.WSAEventSelect(watch->_socket, watch->_event, Translate(events)) == 0 ? 0 : LastError;
    }

    // True if no packet of it is on its way.
    private static bool TryEnd(IocpWatch* watch)
    {
        Stop(watch);
        return (Interlocked.Or(ref watch->_state, HasEnded) & HasPacket) == 0;
    }

    private static void Stop(IocpWatch* watch)
    {
        if (watch->_wait != 0)
            UnregisterWaitEx(watch->_wait, Kernel32.INVALID_HANDLE_VALUE);
        if (!watch->_isEventOfOthers)
            Winsock.WSAEventSelect(watch->_socket, 0, 0);
        if (watch->_event != 0 && !watch->_isEventOfOthers)
            Kernel32.CloseHandle(watch->_event);
        Mutex.Lock(&watch->_loop->WatchLock);
        LinkedList.Remove(&watch->_node);
        Mutex.Unlock(&watch->_loop->WatchLock);
    }

    // A second one would take the events from the first.
    private static bool TryJoin(IocpWatch* watch)
    {
        IocpLoop* loop = watch->_loop;
        bool isAlone = true;
        Mutex.Lock(&loop->WatchLock);
        aws_linked_list* list = &loop->Watches;
        for (aws_linked_list_node* node = LinkedList.Begin(list); node != LinkedList.End(list); node = node->next)
        {
            IocpWatch any;
            isAlone &= LinkedList.Containing(node, &any, &any._node)->_socket != watch->_socket;
        }

        if (isAlone)
            LinkedList.PushBack(list, &watch->_node);
        Mutex.Unlock(&loop->WatchLock);
        return isAlone;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    private static void OnEvent(void* context, byte isTimeout)
    {
        IocpWatch* watch = (IocpWatch*)context;
        if ((Interlocked.Or(ref watch->_state, HasPacket) & HasPacket) != 0)
            return;

        // The system may have no memory for the packet just now.
        const ulong retryNanos = 1_000_000;
        while (PostQueuedCompletionStatus(watch->_loop->Port, 0, Key, (OVERLAPPED*)watch) == 0)
            Threads.CurrentSleep(retryNanos);
    }

    // The end of a stream is an event for both.
    private static int Translate(int events) =>
        ((events & Readable) != 0 ? Winsock.FD_READ | Winsock.FD_ACCEPT | Winsock.FD_CLOSE : 0)
        | ((events & Writable) != 0 ? Winsock.FD_WRITE | Winsock.FD_CONNECT | Winsock.FD_CLOSE : 0);

    private static int Translate(WSANETWORKEVENTS* events)
    {
        int bits = events->lNetworkEvents;
        int happened = 0;
        if ((bits & (Winsock.FD_READ | Winsock.FD_ACCEPT)) != 0)
            happened |= Readable;
        if ((bits & (Winsock.FD_WRITE | Winsock.FD_CONNECT)) != 0)
            happened |= Writable;
        if ((bits & Winsock.FD_CONNECT) != 0 && events->iErrorCode[WSANETWORKEVENTS.ConnectBit] != 0)
            happened |= Broken;
        if ((bits & Winsock.FD_CLOSE) != 0)
            happened |= Readable | HangUp
                | (events->iErrorCode[WSANETWORKEVENTS.CloseBit] != 0 ? Broken : 0);
        return happened;
    }

    private static int Failed(LoopCore* core, nint socket, int error)
    {
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)core->Loop:x}: socket 0x{socket:x} cannot be watched: error {error}");
        return Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);
    }
}
