// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Sockets;

/// <summary>
/// Reading and writing a socket of ours as channels do it, who are on the loop's thread and stay in managed code. NULL
/// in the place of a core: the socket has been cleaned up.
/// </summary>
internal static unsafe class ChannelSocket
{
    private static nint s_operations;

    /// <summary>For <see cref="SocketOperations.Of"/>.</summary>
    internal static SocketOperations* Operations => StaticMemory.Get(ref s_operations, &Entries);

    private static SocketOperations Entries() => new()
    {
        Subscribe = &Subscribe,
        Unsubscribe = &Unsubscribe,
        IsOpen = &IsOpen,
        Receive = &Receive,
        HasInput = &HasInput,
        Write = &Write,
        Flush = &Flush,
        TryFinishWriting = &TryFinishWriting,
        HasWrites = &HasWrites,
        UnconfirmedBytes = &UnconfirmedBytes,
        LingerAfterClose = &LingerAfterClose,
    };

    private static int Subscribe(LazySocket* lazy, SocketConsumer* consumer, void* state)
    {
        if (LazySocket.IsMade(lazy))
            return AwsSocketTransfer.SubscribeToReadable(
                LazySocket.MadeOf(lazy), consumer->OnReadableOfC, state, &consumer->Observer);

        SocketCore* core = LazySocket.CoreOf(lazy);
        if (!SocketCore.CanReceive(core))
            return Errors.Raise(AwsSocketTransfer.NotConnected(core, "become readable"u8));

        core->Owner = state;
        core->Observer = &consumer->CoreObserver;
        SocketEvents.Subscribe(core);
        return AWS_OP_SUCCESS;
    }

    private static void Unsubscribe(LazySocket* lazy, void* state)
    {
        SocketCore* core = LazySocket.CoreOf(lazy);
        if (LazySocket.IsMade(lazy))
        {
            AwsSocketTransfer.UnsubscribeFromReadable(LazySocket.MadeOf(lazy), state);
        }
        else if (core != null && core->Owner == state)
        {
            core->IsSubscribed = false;
            core->Owner = null;
        }
    }

    private static bool IsOpen(LazySocket* lazy)
    {
        SocketCore* core = LazySocket.CoreOf(lazy);
        return core != null && SocketCore.IsOpen(core);
    }

    private static int Receive(LazySocket* lazy, ReceiveBatch* batch)
    {
        SocketCore* core = LazySocket.CoreOf(lazy);
        if (core == null)
            return AWS_IO_SOCKET_NOT_CONNECTED;
        return SocketCore.CanReceive(core)
            ? AwsSocketTransfer.ToError(core->Backend->Receive(core, batch))
            : AwsSocketTransfer.NotConnected(core, "read"u8);
    }

    private static bool HasInput(LazySocket* lazy)
    {
        SocketCore* core = LazySocket.CoreOf(lazy);
        return core != null && SocketCore.CanReceive(core) && core->Backend->HasInput(core);
    }

    private static int Write(LazySocket* lazy, byte* data, nuint length, SocketConsumer* consumer, void* userData)
    {
        SocketCore* core = LazySocket.CoreOf(lazy);
        if (core == null || !SocketCore.IsOpen(core))
            return AWS_IO_SOCKET_CLOSED;
        if (!SocketCore.CanSend(core))
            return AwsSocketTransfer.NotConnected(core, "write"u8);
        if (data == null && length != 0)
            return AWS_ERROR_INVALID_ARGUMENT;

        WriteRequest* request;
        int error = SocketWriter.TakeRequest(core, &request);
        if (error != AWS_ERROR_SUCCESS)
            return error;

        request->Data = data;
        request->Length = length;
        request->OnWritten = consumer->OnWritten;
        request->UserData = userData;
        SocketWriter.Write(core, request);
        return AWS_ERROR_SUCCESS;
    }

    private static void Flush(LazySocket* lazy) => SocketWriter.FlushNow(LazySocket.CoreOf(lazy));

    private static bool TryFinishWriting(LazySocket* lazy)
    {
        if (!IsOpen(lazy))
            return true;

        SocketCore* core = LazySocket.CoreOf(lazy);
        SocketWriter.FlushNow(core);
        if (!WriteQueue.HasPending(core->Writes))
            return true;

        // A peer that cannot get rid of its bytes may not read ours.
        core->Backend->Discard(SocketCore.HandleOf(core));
        return false;
    }

    private static bool HasWrites(LazySocket* lazy)
    {
        SocketCore* core = LazySocket.CoreOf(lazy);
        return core != null && core->Writes != null && core->Writes->First != null;
    }

    private static nuint UnconfirmedBytes(LazySocket* lazy)
    {
        SocketCore* core = LazySocket.CoreOf(lazy);
        return IsOpen(lazy)
            ? core->Backend->UnconfirmedBytes(SocketCore.HandleOf(core)) + SocketWriter.QueuedBytes(core)
            : 0;
    }

    private static void LingerAfterClose(LazySocket* lazy) => LazySocket.CoreOf(lazy)->LingersAfterClose = true;
}
