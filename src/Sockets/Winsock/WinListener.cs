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
            WinAccept.Init(&accepts[i], socket);
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
    internal static bool AdoptInstances(WinSocket* socket, IocpLoop* port)
    {
        socket->Port = port;
        for (int i = 0; i < socket->Listener->Count; i++)
        {
            if (!WinAccept.AdoptInstance(At(socket->Listener, i), port))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Takes the accepts back, so that the listener can go to another loop, or be closed. What was done by then is
    /// handed out when it accepts again.
    /// </summary>
    internal static void TakeBack(WinSocket* socket)
    {
        for (int i = 0; i < socket->Listener->Count; i++)
            WinAccept.TakeBack(At(socket->Listener, i));
        if (socket->Kind != WinSocketKind.Pipe)
            WinSocket.LeavePort(socket);
    }

    /// <summary>With the connections that nobody has accepted. NULL is allowed.</summary>
    internal static void Free(WinSocket* socket)
    {
        WinListener* listener = socket->Listener;
        if (listener == null)
            return;

        for (int i = 0; i < listener->Count; i++)
            WinSocket.CloseSystemHandle(At(listener, i)->Handle, socket->Kind);
        Allocator.Release(listener->_allocator, listener->_accepts);
        Allocator.Release(listener->_allocator, listener);
    }
}
