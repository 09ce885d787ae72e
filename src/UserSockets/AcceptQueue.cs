// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets;

/// <summary>A listener's connections that nobody has accepted yet. Under the listener's lock of phases.</summary>
internal unsafe struct AcceptQueue
{
    private UserSocket* _first;
    private UserSocket* _last;

    /// <summary>In the queue of a listener: who came after.</summary>
    private UserSocket* _next;

    internal int Count;
    internal int Backlog;

    internal static void Add(AcceptQueue* queue, UserSocket* socket)
    {
        socket->Accepts._next = null;
        if (queue->_first == null)
            queue->_first = socket;
        else
            queue->_last->Accepts._next = socket;
        queue->_last = socket;
        queue->Count++;
    }

    /// <summary>The one that came first; null if there is none.</summary>
    internal static UserSocket* Take(AcceptQueue* queue)
    {
        UserSocket* socket = queue->_first;
        if (socket == null)
            return null;

        queue->_first = socket->Accepts._next;
        queue->Count--;
        return socket;
    }

    /// <summary>All of them, which are in no queue any more that others see.</summary>
    internal static AcceptQueue TakeAll(AcceptQueue* queue)
    {
        AcceptQueue all = *queue;
        *queue = default;
        queue->Backlog = all.Backlog;
        return all;
    }

    /// <summary>Back to where it was taken from.</summary>
    internal static void PutBack(AcceptQueue* queue, UserSocket* socket)
    {
        socket->Accepts._next = queue->_first;
        if (queue->_first == null)
            queue->_last = socket;
        queue->_first = socket;
        queue->Count++;
    }
}
