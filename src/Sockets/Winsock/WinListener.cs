// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Iocp;

namespace Reseau.Native.Sockets.Winsock;

/// <summary>
/// What a socket has that listens: several accepts, so that connections which come together need not wait for the loop,
/// and those of them that are done, the oldest first.
/// </summary>
internal unsafe struct WinListener
{
    private const int MaxAccepts = 8;

    private aws_allocator* _allocator;

    /// <summary>Its socket has been closed; it is freed when the last accept is back (rule 393).</summary>
    internal bool IsOrphaned;
    private WinSocketKind _kind;

    /// <summary>The name of a pipe.</summary>
    internal SocketAddress Name;
    internal int Count;
    private WinAccept* _firstReady;
    private WinAccept* _lastReady;
    private WinAccept* _accepts;

    /// <summary>Room for some accepts, as many as may wait; none has begun.</summary>
    internal static WinListener* New(aws_allocator* allocator, WinSocket* socket, int backlog)
    {
        WinListener* listener = Allocator.New<WinListener>(allocator);
        listener->_allocator = allocator;
        SetCount(listener, socket, backlog);
        return listener;
    }

    /// <summary>What the listener has of one accept stays the first.</summary>
    internal static void SetCount(WinListener* listener, WinSocket* socket, int backlog)
    {
        int count = int.Clamp(backlog, 1, MaxAccepts);
        WinAccept* accepts = (WinAccept*)Allocator.Calloc(
            listener->_allocator, (nuint)count, (nuint)sizeof(WinAccept));
        for (int i = 0; i < count; i++)
            WinAccept.Init(&accepts[i], socket, listener);
        if (listener->_accepts != null)
        {
            *accepts = *listener->_accepts;
            Allocator.Release(listener->_allocator, listener->_accepts);
        }

        listener->_accepts = accepts;
        listener->Count = count;
    }

    internal static WinAccept* At(WinListener* listener, int index) => &listener->_accepts[index];

    /// <summary>An accept is done.</summary>
    internal static void AddReady(WinListener* listener, WinAccept* accept)
    {
        accept->NextReady = null;
        if (listener->_firstReady == null)
            listener->_firstReady = accept;
        else
            listener->_lastReady->NextReady = accept;
        listener->_lastReady = accept;
    }

    /// <summary>The oldest that is done; NULL if none is.</summary>
    internal static WinAccept* TakeReady(WinListener* listener)
    {
        WinAccept* first = listener->_firstReady;
        if (first != null)
            listener->_firstReady = first->NextReady;
        return first;
    }

    /// <summary>Ties the instances of a named pipe that there are to a port.</summary>
    internal static int AdoptInstances(WinSocket* socket, aws_event_loop* port)
    {
        socket->Port = port;
        int error = AWS_ERROR_SUCCESS;
        for (int i = 0; i < socket->Listener->Count && error == AWS_ERROR_SUCCESS; i++)
            error = WinAccept.AdoptInstance(At(socket->Listener, i), port);
        return error;
    }

    /// <summary>
    /// Takes the accepts back, so that the listener can go to another loop, or be closed. What was done by then is
    /// handed out when it accepts again. On a loop of a program's they are cancelled, and it stays with that loop.
    /// </summary>
    internal static void TakeBack(WinSocket* socket)
    {
        bool isAnyUnderWay = false;
        for (int i = 0; i < socket->Listener->Count; i++)
            isAnyUnderWay |= !WinAccept.TakeBack(At(socket->Listener, i));
        if (socket->Kind != WinSocketKind.Pipe && !isAnyUnderWay)
            WinSocket.LeavePort(socket);
    }

    /// <summary>The socket is closed, with the connections that nobody has accepted. NULL is allowed.</summary>
    internal static void Free(WinSocket* socket)
    {
        WinListener* listener = socket->Listener;
        if (listener == null)
            return;

        listener->IsOrphaned = true;
        listener->_kind = socket->Kind;
        FreeIfIdle(listener);
    }

    /// <summary>The last accept of one that is orphaned may have come back.</summary>
    internal static void FreeIfIdle(WinListener* listener)
    {
        for (int i = 0; i < listener->Count; i++)
        {
            if (WinAccept.IsUnderWay(At(listener, i)))
                return;
        }

        for (int i = 0; i < listener->Count; i++)
            WinSocket.CloseSystemHandle(At(listener, i)->Handle, listener->_kind);
        Allocator.Release(listener->_allocator, listener->_accepts);
        Allocator.Release(listener->_allocator, listener);
    }
}
