// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Sockets;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// The aws_socket that C is given of a socket of the bootstrap's. Any thread that holds the channel may ask, under
/// locks of the program's that the loop's thread may be waiting for; so nobody waits for the loop. Another thread gets
/// one that shows the core; the loop's thread makes it the core's owner (docs/lifetimes.md, rules 407 to 413).
/// </summary>
internal static unsafe partial class SocketHandler
{
    private struct GivenSocket
    {
        // First, so that whoever frees the socket frees the block.
        internal aws_socket Socket;

        /// <summary>Makes the socket, soon after another thread has asked for it.</summary>
        internal aws_channel_task Task;

        /// <summary>NULL once the handler is gone. Loop's thread.</summary>
        internal State* Handler;

        /// <summary>What a program that cleans the socket up takes from that.</summary>
        internal aws_allocator* Allocator;
    }

    /// <summary>
    /// The socket under a handler made by <see cref="New"/>. It is usable as long as the channel's owner has it, and
    /// stays readable as long as the handler is there. Any thread that holds the channel.
    /// </summary>
    internal static aws_socket* GetSocket(aws_channel_handler* handler)
    {
        if (handler == null)
            return null;

        State* state = (State*)handler->impl;
        LazySocket* programs = (LazySocket*)(state + 1);
        if (state->Socket == programs)
            return LazySocket.MadeOf(programs);

        bool isNew = false;
        GivenSocket* given = (GivenSocket*)Volatile.Read(ref state->Given);
        if (given == null)
            given = Give(state, &isNew);
        aws_channel* channel = handler->slot->channel;
        if (Channel.ThreadIsCallersThread(channel))
            MakeGiven(state);
        else if (isNew)
            Channel.ScheduleTaskNow(channel, &given->Task);
        return &given->Socket;
    }

    // Of two threads that ask at once, one takes its own back.
    private static GivenSocket* Give(State* state, bool* isNew)
    {
        GivenSocket* made = Allocator.New<GivenSocket>(state->Handler.alloc);
        EnterGate(state);
        GivenSocket* given = (GivenSocket*)state->Given;
        *isNew = given == null;
        if (given == null)
        {
            given = made;
            Fill(state, made);
            Volatile.Write(ref state->Given, (nint)made);
        }

        LeaveGate(state);
        if (given != made)
            Allocator.Release(state->Handler.alloc, made);
        return given;
    }

    // Inside the gate: the socket does not end meanwhile, and its handle's number is nobody else's.
    private static void Fill(State* state, GivenSocket* given)
    {
        given->Handler = state;
        given->Allocator = state->Handler.alloc;
        ChannelTask.Init(&given->Task, &OnGiven, given, Literal.Of("socket_handler_given"u8));
        given->Socket.allocator = state->Handler.alloc;
        given->Socket.handler = &state->Handler;
        if (state->Socket == null)
        {
            ShowEnd(&given->Socket);
            return;
        }

        given->Socket.readable_fn = Consumer->OnReadableOfC;
        given->Socket.readable_user_data = state;
        LazySocket.Show(state->Socket, &given->Socket, state->IsClosing);
    }

    private static void OnGiven(aws_channel_task* task, void* arg, aws_task_status status)
    {
        GivenSocket* given = (GivenSocket*)arg;
        if (status == AWS_TASK_STATUS_RUN_READY && given->Handler != null)
            MakeGiven(given->Handler);
    }

    // On the loop's thread, which alone looks at a core's owner.
    private static void MakeGiven(State* state)
    {
        if (Volatile.Read(ref state->Given) == 0 || state->Socket == null || LazySocket.IsMade(state->Socket))
            return;

        EnterGate(state);
        MakeInsideGate(state);
        LeaveGate(state);
    }

    private static void MakeInsideGate(State* state)
    {
        GivenSocket* given = (GivenSocket*)state->Given;
        if (given != null && !LazySocket.IsMade(state->Socket))
            LazySocket.Make(state->Socket, &given->Socket, &Consumer->Observer);
    }

    /// <summary>
    /// Ends a socket for which a handler was made, or was to be made. Handlers that are still there have none then, but
    /// for what C was given, which stays readable.
    /// </summary>
    internal static void DestroySocket(LazySocket* socket)
    {
        SocketCore* core = LazySocket.CoreOf(socket);
        GivenSocket* made = (GivenSocket*)LazySocket.MadeOf(socket);
        State* state = made != null ? made->Handler : core != null ? (State*)core->Owner : null;
        if (state == null || state->Socket != socket)
        {
            LazySocket.CleanUp(socket);
            if (made != null)
                Allocator.Release(made->Allocator, made);
            return;
        }

        // What C was given ends as an aws_socket does, with its callback.
        EnterGate(state);
        MakeInsideGate(state);
        state->Socket = null;
        LeaveGate(state);
        if (state->Given == 0)
        {
            LazySocket.CleanUp(socket);
            return;
        }

        aws_socket* given = &((GivenSocket*)state->Given)->Socket;
        aws_socket last = *given;
        LazySocket.CleanUp(socket);
        *given = last;
        ShowEnd(given);
    }

    // As after aws_socket_clean_up(), but for the addresses and the like, which a program may still read.
    private static void ShowEnd(aws_socket* socket)
    {
        socket->vtable = null;
        socket->impl = null;
        socket->readable_fn = null;
        socket->readable_user_data = null;
        socket->io_handle = default;
        socket->io_handle.data.fd = -1;
        socket->state = SocketState.Closed;
    }

    // The handler goes before its socket, which has the block from now on.
    private static void LeaveGiven(State* state)
    {
        GivenSocket* given = (GivenSocket*)state->Given;
        if (given == null || state->Socket == null)
            return;

        Channel.CancelTask(state->Handler.slot->channel, &given->Task);
        given->Handler = null;
        state->Given = 0;
    }

    private static void FreeGiven(State* state)
    {
        if (state->Given != 0)
            Allocator.Release(state->Handler.alloc, (void*)state->Given);
    }

    // Closes a core that is not made; what other threads are given of it from now on is closed.
    private static void CloseCore(State* state)
    {
        EnterGate(state);
        state->IsClosing = true;
        LeaveGate(state);
        SocketClose.Close(LazySocket.CoreOf(state->Socket));
    }

    // Held for some steps and a call or two of the system's, nearly always by nobody else.
    private static void EnterGate(State* state)
    {
        SpinWait wait = default;
        while (Interlocked.CompareExchange(ref state->Gate, 1, 0) != 0)
            wait.SpinOnce();
    }

    private static void LeaveGate(State* state) => Volatile.Write(ref state->Gate, 0);
}
