// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Connections;

/// <summary>
/// The connections on a loop of the program's, which end with it: a list, and one task that is scheduled for the end of
/// time as long as there are any, so that the end of the loop cancels it. A connection holds the loop's object. Loop
/// thread, or the one that ends the loop.
/// </summary>
internal unsafe struct LoopConnections
{
    private const ulong Never = ulong.MaxValue;

    private Connection* _first;
    private aws_task _anchor;
    private bool _isAnchored;

    /// <summary>It is on its loop, if that is the program's, and has not ended. Any number of times.</summary>
    internal static void Join(Connection* connection)
    {
        LoopObject* loop = connection->Settings->Loop;
        if (loop == null || connection->LinkOnLoop != null)
            return;

        LoopConnections* list = &loop->Connections;
        connection->NextOnLoop = list->_first;
        connection->LinkOnLoop = &list->_first;
        if (list->_first != null)
            list->_first->LinkOnLoop = &connection->NextOnLoop;
        list->_first = connection;
        if (list->_isAnchored)
            return;

        list->_isAnchored = true;
        ScheduledTask.Init(&list->_anchor, &OnAnchor, loop, Literal.Of("reseau_connections"u8));
        EventLoop.ScheduleTaskFuture(loop->Object.Loop, &list->_anchor, Never);
    }

    /// <summary>It has ended.</summary>
    internal static void Leave(Connection* connection)
    {
        if (connection->LinkOnLoop == null)
            return;

        *connection->LinkOnLoop = connection->NextOnLoop;
        if (connection->NextOnLoop != null)
            connection->NextOnLoop->LinkOnLoop = connection->LinkOnLoop;
        connection->NextOnLoop = null;
        connection->LinkOnLoop = null;
        LoopObject* loop = connection->Settings->Loop;
        if (loop->Connections._first != null || !loop->Connections._isAnchored)
            return;

        loop->Connections._isAnchored = false;
        EventLoop.CancelTask(loop->Object.Loop, &loop->Connections._anchor);
    }

    // Callbacks may end others, and the last connection may be the last that holds the loop's object.
    private static void OnAnchor(aws_task* task, void* argument, aws_task_status status)
    {
        LoopObject* loop = (LoopObject*)argument;
        if (!loop->Connections._isAnchored)
            return;

        loop->Connections._isAnchored = false;
        IdTable.Acquire(&loop->Object);
        while (loop->Connections._first != null)
        {
            Connection* connection = loop->Connections._first;
            IdTable.Acquire(&connection->Object);
            ConnectionClose.EndWithLoop(connection);
            Leave(connection);
            IdTable.Release(&connection->Object);
        }

        IdTable.Release(&loop->Object);
    }
}
