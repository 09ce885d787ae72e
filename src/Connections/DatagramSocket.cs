// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.Connections;

/// <summary>
/// A datagram socket. What comes waits in the system's queue. Any thread sends and receives by itself, inside the gate;
/// the loop reports what comes to threads that wait, or to the program's function. Rules 149 to 152 of
/// docs/lifetimes.md.
/// </summary>
internal unsafe struct DatagramSocket
{
    internal LoopMember Member;
    internal HandleGate Gate;

    /// <summary>Counted: what the loop delivers holds it. Its owner is this, until it leaves.</summary>
    internal SocketCore* Core;
    internal reseau_datagram_options Options;

    /// <summary>It has a peer.</summary>
    internal bool IsConnected;

    /// <summary>Which, if so.</summary>
    internal SocketAddress Peer;

    // Loop thread.
    private bool _isAttached;
    internal bool IsReading;
    internal aws_task ReadTask;

    /// <summary>Any thread: the program takes nothing for the time being.</summary>
    internal int IsPaused;

    /// <summary>What the system has reported of an earlier datagram: an AWS_* error, or 0. Any thread.</summary>
    internal int Reported;

    // For threads that wait.
    private aws_mutex _lock;
    private aws_condition_variable _changed;
    private int _waiters;
    private int _changes;

    private static nint s_operations;
    private static nint s_observer;

    private static MemberOperations* Operations => StaticMemory.Get(ref s_operations, &NewOperations);

    /// <summary>What the socket calls.</summary>
    internal static SocketObserver* Observer => StaticMemory.Get(ref s_observer, &NewObserver);

    /// <summary>
    /// Makes a socket that has its name, or its peer (NULL if none), already. Takes the handle and the reference to the
    /// loop over, also on failure. Any thread. Returns the id, or an error of reseau_error.
    /// </summary>
    internal static long Begin(
        LoopObject* home, SocketCore* core, reseau_datagram_options* options, SocketAddress* peer)
    {
        DatagramSocket* socket = Allocator.New<DatagramSocket>(Allocator.Default());
        socket->Member.Object.Operations = (IdOperations*)Operations;
        socket->Core = core;
        socket->Options = *options;
        socket->IsConnected = peer != null;
        if (peer != null)
            socket->Peer = *peer;
        core->Owner = socket;
        Mutex.Init(&socket->_lock);
        ConditionVariable.Init(&socket->_changed);
        ScheduledTask.Init(&socket->Member.Anchor, &LoopMember.OnAnchor, socket, Literal.Of("reseau_datagram"u8));
        long id = LoopMember.Begin(&socket->Member, home);
        if (id < 0)
            return id;

        // The loop's thread may end it at once.
        IdTable.Acquire(&socket->Member.Object);
        if (LoopMember.TryAnchor(&socket->Member, TaskScheduler.NoTask))
            LoopMember.Request(&socket->Member);
        else
            id = RESEAU_ERROR_LOOP_ENDED;
        IdTable.Release(&socket->Member.Object);
        return id;
    }

    /// <summary>How many times something has changed that waiters look at. Read it before looking.</summary>
    internal static int ChangesOf(DatagramSocket* socket) => Volatile.Read(ref socket->_changes);

    /// <summary>Waits until that number is another one. False when the time is over.</summary>
    internal static bool Await(DatagramSocket* socket, int changes, in Deadline deadline)
    {
        Mutex.Lock(&socket->_lock);
        Interlocked.Increment(ref socket->_waiters);
        bool isOver = false;
        while (ChangesOf(socket) == changes && !isOver)
        {
            isOver = deadline.IsOver;
            if (deadline.IsNever)
                ConditionVariable.Wait(&socket->_changed, &socket->_lock);
            else if (!isOver)
                ConditionVariable.WaitUntil(&socket->_changed, &socket->_lock, deadline.Time);
        }

        Interlocked.Decrement(ref socket->_waiters);
        Mutex.Unlock(&socket->_lock);
        return !isOver;
    }

    internal static void NotifyChanged(DatagramSocket* socket)
    {
        Interlocked.Increment(ref socket->_changes);
        if (Volatile.Read(ref socket->_waiters) == 0)
            return;
        Mutex.Lock(&socket->_lock);
        ConditionVariable.NotifyAll(&socket->_changed);
        Mutex.Unlock(&socket->_lock);
    }

    private static MemberOperations NewOperations() => new()
    {
        Id = new IdOperations
        {
            Kind = IdKind.Datagram,
            Free = &Free,
            Close = &Close,
            Pause = &Pause,
            GetLocalAddress = &GetLocalAddress,
            GetPeerAddress = &GetPeerAddress,
        },
        Apply = &Apply,
        Leave = &Leave,
        OnEnd = &OnEnd,
    };

    private static SocketObserver NewObserver() => new() { OnReadable = &OnReadable };

    private static void Free(IdObject* item)
    {
        DatagramSocket* socket = (DatagramSocket*)item;
        CloseHandle(socket->Core);
        socket->Core->Owner = null;
        SocketCore.Release(socket->Core);
        ConditionVariable.CleanUp(&socket->_changed);
        Mutex.CleanUp(&socket->_lock);
        LoopMember.Free(item);
    }

    /// <summary>If it is open.</summary>
    internal static void CloseHandle(SocketCore* core)
    {
        if (!SocketCore.IsOpen(core))
            return;
        core->Backend->CloseHandle(SocketCore.HandleOf(core));
        SocketCore.SetHandle(core, SocketCore.NoHandle);
    }

    private static int Close(IdObject* item, bool isAbort)
    {
        LoopMember.Close(item, isAbort);
        NotifyChanged((DatagramSocket*)item);
        return 0;
    }

    private static int Pause(IdObject* item, bool isPaused)
    {
        DatagramSocket* socket = (DatagramSocket*)item;
        if (LoopMember.IsClosing(&socket->Member))
            return RESEAU_ERROR_CLOSED;
        Interlocked.Exchange(ref socket->IsPaused, isPaused ? 1 : 0);
        if (!isPaused)
            LoopMember.Request(&socket->Member);
        return 0;
    }

    private static int GetLocalAddress(IdObject* item, aws_socket_endpoint* endpoint)
    {
        DatagramSocket* socket = (DatagramSocket*)item;
        if (!HandleGate.TryEnter(&socket->Gate))
            return RESEAU_ERROR_CLOSED;
        int error = DatagramAddress.LocalOf(socket->Core, endpoint);
        HandleGate.Exit(&socket->Gate);
        return ConnectionErrors.From(error);
    }

    // Also when it is closing.
    private static int GetPeerAddress(IdObject* item, aws_socket_endpoint* endpoint)
    {
        DatagramSocket* socket = (DatagramSocket*)item;
        return socket->IsConnected
            ? ConnectionErrors.From(socket->Core->Backend->FormatAddress(&socket->Peer, endpoint))
            : RESEAU_ERROR_CLOSED;
    }

    // The first request attaches it; later ones are of a program that goes on after a pause.
    private static void Apply(LoopMember* member)
    {
        DatagramSocket* socket = (DatagramSocket*)member;
        if (socket->_isAttached)
        {
            DatagramReader.Schedule(socket);
            return;
        }

        SocketEvents.Subscribe(socket->Core);
        int error = SocketEvents.Attach(socket->Core, member->Object.Loop, accepts: false);
        socket->_isAttached = error == AWS_ERROR_SUCCESS;
        if (socket->_isAttached)
            return;
        member->EndError = ConnectionErrors.From(error);
        LoopMember.End(member);
    }

    private static void Leave(LoopMember* member)
    {
        DatagramSocket* socket = (DatagramSocket*)member;
        SocketEvents.Detach(socket->Core);
        HandleGate.Close(&socket->Gate);
        CloseHandle(socket->Core);
        NotifyChanged(socket);
        DatagramReader.Cancel(socket);
    }

    private static void OnEnd(LoopMember* member)
    {
        DatagramSocket* socket = (DatagramSocket*)member;
        if (socket->Options.on_close != null)
            socket->Options.on_close(member->Object.Id, member->EndError, socket->Options.state);
    }

    private static void OnReadable(SocketCore* core, int error)
    {
        DatagramSocket* socket = (DatagramSocket*)core->Owner;
        if (error != AWS_ERROR_SUCCESS && error != AWS_IO_SOCKET_CLOSED)
            Interlocked.Exchange(ref socket->Reported, error);
        NotifyChanged(socket);
        if (socket->Options.on_datagram != null)
            DatagramReader.Read(socket);
    }
}
