// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.EventLoops;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>
/// A question about a connection that only its loop's thread can answer: it waits on the stack of the thread that asks.
/// Rule 161 of docs/lifetimes.md.
/// </summary>
internal unsafe struct LoopQuery
{
    private LoopQuery* _next;
    private delegate*<Connection*, void*, int> _answer;
    private void* _argument;
    private int _result;
    private bool _isDone;

    /// <summary>
    /// Has the function called with the argument on the loop's thread, at once if this is it. Returns what it returns,
    /// or an error, after which it has not been called. Any thread but those of other loops.
    /// </summary>
    internal static int Ask(Connection* connection, delegate*<Connection*, void*, int> answer, void* argument)
    {
        if (Connection.IsOnLoop(connection))
            return answer(connection, argument);
        if (EventLoop.MustNotWaitFor(connection->Object.Loop))
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;

        LoopQuery query = new() { _answer = answer, _argument = argument, _result = RESEAU_ERROR_CLOSED };
        WordLock.Lock(&connection->Lock);
        bool isFirst = false;
        if (connection->Phase == ConnectionPhase.Closed)
        {
            query._isDone = true;
        }
        else
        {
            query._next = connection->Queries;
            connection->Queries = &query;
            isFirst = Connection.Request(connection, ConnectionRequests.Query);
        }

        WordLock.Unlock(&connection->Lock);
        if (isFirst)
            Connection.Schedule(connection);
        WordLock.Lock(&connection->Lock);
        while (!query._isDone)
            Connection.Wait(connection, Deadline.Never);
        WordLock.Unlock(&connection->Lock);
        return query._result;
    }

    /// <summary>For the loop.</summary>
    internal static void OnLoop(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        LoopQuery* query = connection->Queries;
        connection->Queries = null;
        WordLock.Unlock(&connection->Lock);

        // Whoever asks may go as soon as it has its answer.
        while (query != null)
        {
            LoopQuery* next = query->_next;
            int result = query->_answer(connection, query->_argument);
            WordLock.Lock(&connection->Lock);
            query->_result = result;
            query->_isDone = true;
            Connection.Notify(connection);
            WordLock.Unlock(&connection->Lock);
            query = next;
        }
    }

    /// <summary>Under the lock: the connection has ended.</summary>
    internal static void RefuseAll(Connection* connection)
    {
        for (LoopQuery* query = connection->Queries; query != null; query = query->_next)
            query->_isDone = true;
        connection->Queries = null;
    }
}
