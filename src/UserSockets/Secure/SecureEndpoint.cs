// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Connections;
using Reseau.Native.Tls;

namespace Reseau.Native.UserSockets.Secure;

internal enum SecurePhase
{
    Fresh,
    Listening,

    /// <summary>The socket below connects.</summary>
    Connecting,
    Handshaking,

    /// <summary>A connection that its listener has no room for yet.</summary>
    Waiting,
    Open,

    /// <summary>Nothing is received any more; what is left may still be sent.</summary>
    Dead,
}

/// <summary>
/// The transport's half of a socket with TLS: a socket below, and a session between the two. All under the network's
/// lock. Freed by the network's thread.
/// </summary>
internal unsafe struct SecureEndpoint
{
    internal const int None = -1;

    // With more to send than that the program waits.
    private const nuint OutputMax = 128 * 1024;
    private const nuint WriteMax = 32 * 1024;

    internal SecureNetwork* Network;
    internal SecureEndpoint* Next;

    /// <summary>The front's half, held; null before a connection has been accepted.</summary>
    internal UserSocket* Socket;

    /// <summary>The descriptor of the socket below.</summary>
    internal int Lower;
    internal SecurePhase Phase;
    internal SecureEndpoint* Listener;
    internal ulong StartedAt;
    internal bool IsClosed;

    /// <summary>The front has called `destroy`, or never had the socket.</summary>
    internal bool IsDestroyed;

    /// <summary>It is being destroyed by the network itself, under the lock.</summary>
    internal bool IsWithdrawn;

    private TlsSession _session;
    private bool _hasSession;
    private bool _endsWriting;

    // The peer takes nothing more.
    private bool _isWriteOver;
    private bool _hasEndedBelow;
    private bool _waitsForRoom;

    // What is decrypted and has no room yet, what is encrypted and was not taken yet.
    private SecureBuffer _input;
    private SecureBuffer _output;
    private ulong _delivered;

    internal static SecureEndpoint* New(SecureNetwork* network, int lower)
    {
        SecureEndpoint* endpoint = Common.Allocator.New<SecureEndpoint>(Common.Allocator.Default());
        endpoint->Network = network;
        endpoint->Lower = lower;
        endpoint->Next = network->First;
        network->First = endpoint;
        return endpoint;
    }

    internal static void Free(SecureEndpoint* endpoint)
    {
        CloseLower(endpoint);
        if (endpoint->_hasSession)
            TlsSession.CleanUp(&endpoint->_session);
        SecureBuffer.CleanUp(&endpoint->_input);
        SecureBuffer.CleanUp(&endpoint->_output);
        UserSocket.ReleaseIfAny(endpoint->Socket);
        Common.Allocator.Release(Common.Allocator.Default(), endpoint);
    }

    /// <summary>Nobody has the socket, and nothing is left to send.</summary>
    internal static bool IsOver(SecureEndpoint* endpoint) =>
        endpoint->IsDestroyed && (endpoint->Phase != SecurePhase.Dead || IsSent(endpoint));

    internal static bool IsSent(SecureEndpoint* endpoint) => endpoint->_output.Length == 0 || endpoint->Lower < 0;

    /// <summary>A session as one of the sides; false if there is none.</summary>
    internal static bool BeginSession(SecureEndpoint* endpoint, TlsSettings* settings)
    {
        TlsSessionOwner owner = new()
        {
            Self = endpoint,
            InputUsed = &OnInputUsed,
            OutputFull = &OnOutputFull,
            Now = &OnNow,
        };
        int result = TlsSession.Init(
            &endpoint->_session, Common.Allocator.Default(), &settings->Options, owner);
        endpoint->_hasSession = result == AWS_OP_SUCCESS;
        endpoint->Phase = SecurePhase.Handshaking;
        endpoint->StartedAt = Platform.ConditionVariable.Now();
        return endpoint->_hasSession;
    }

    // ---- Below ----

    /// <summary>Something has happened to the socket below, or there is room above. Goes on as far as it can.</summary>
    internal static void GoOn(SecureEndpoint* endpoint)
    {
        if (endpoint->Phase == SecurePhase.Connecting)
            FinishConnecting(endpoint);
        if (endpoint->Phase == SecurePhase.Handshaking && endpoint->_hasSession)
            Handshake(endpoint, received: null, 0);
        if (endpoint->Phase is SecurePhase.Handshaking or SecurePhase.Open)
            Receive(endpoint);
        Flush(endpoint);
    }

    private static void FinishConnecting(SecureEndpoint* endpoint)
    {
        api_pollfd ready = new() { fd = endpoint->Lower, events = SocketApi.POLLOUT };
        if (PollCalls.Poll(&ready, 1, 0) <= 0)
            return;

        int error = 0;
        uint length = sizeof(int);
        ControlCalls.GetOption(endpoint->Lower, SocketApi.SOL_SOCKET, SocketApi.SO_ERROR, &error, &length);
        if (error != 0)
            Fail(endpoint, error);
        else if (!BeginSession(endpoint, endpoint->Network->Client))
            Fail(endpoint, SocketApi.EPROTO);
    }

    private static void Handshake(SecureEndpoint* endpoint, byte* received, nuint length)
    {
        endpoint->_session.Records.Input = received;
        endpoint->_session.Records.InputLength = length;
        TlsOutcome outcome = TlsSession.Handshake(&endpoint->_session);
        CloseWindow(endpoint);
        if (outcome is TlsOutcome.Failed or TlsOutcome.NeedsKey)
        {
            Fail(endpoint, SocketApi.EPROTO);
            return;
        }

        if (outcome != TlsOutcome.Done)
            return;
        endpoint->Phase = SecurePhase.Open;
        if (endpoint->Listener != null)
            SecureAccept.Offer(endpoint);
        else
            SocketConnect.Finish(endpoint->Socket, 0);
    }

    // Until the socket below has nothing, or the one above no room.
    private static void Receive(SecureEndpoint* endpoint)
    {
        while (endpoint->Phase is SecurePhase.Handshaking or SecurePhase.Open && DeliverKept(endpoint))
        {
            byte* room = endpoint->Network->Records;
            nint count = TransferCalls.Receive(
                endpoint->Lower, room, SecureNetwork.RecordsSize, SocketApi.MSG_DONTWAIT, null, null);
            if (count == -SocketApi.EAGAIN)
                return;
            if (count <= 0)
                EndInput(endpoint, (int)-count);
            else
                Take(endpoint, room, (nuint)count);
        }
    }

    private static void Take(SecureEndpoint* endpoint, byte* bytes, nuint length)
    {
        if (endpoint->Phase == SecurePhase.Handshaking)
            Handshake(endpoint, bytes, length);
        else
            SetInput(endpoint, bytes, length);
        if (endpoint->Phase is SecurePhase.Open or SecurePhase.Waiting)
            Decrypt(endpoint);
    }

    private static void SetInput(SecureEndpoint* endpoint, byte* bytes, nuint length)
    {
        endpoint->_session.Records.Input = bytes;
        endpoint->_session.Records.InputLength = length;
    }

    // All that has come, into what is delivered next: it is not more than came.
    private static void Decrypt(SecureEndpoint* endpoint)
    {
        TlsOutcome outcome = TlsOutcome.Done;
        while (outcome == TlsOutcome.Done && TlsSession.HasInput(&endpoint->_session))
        {
            SecureBuffer.Reserve(&endpoint->_input, SecureNetwork.RecordsSize);
            outcome = TlsSession.Read(
                &endpoint->_session, endpoint->_input.Last, endpoint->_input.Room, out nuint read);
            SecureBuffer.Added(&endpoint->_input, read);
        }

        CloseWindow(endpoint);
        if (endpoint->Phase != SecurePhase.Open)
            return;
        bool isDelivered = DeliverKept(endpoint);
        if (outcome == TlsOutcome.Failed)
            Fail(endpoint, SocketApi.ECONNRESET);
        else if (outcome == TlsOutcome.Closed && isDelivered)
            EndAbove(endpoint);
    }

    // The peer's close_notify came before it did, or somebody has cut the stream.
    private static void EndInput(SecureEndpoint* endpoint, int error)
    {
        if (TlsSession.EndInput(&endpoint->_session) == TlsOutcome.Closed && error == 0)
            EndAbove(endpoint);
        else
            Fail(endpoint, error != 0 ? error : SocketApi.ECONNRESET);
    }

    private static void EndAbove(SecureEndpoint* endpoint)
    {
        endpoint->_hasEndedBelow = true;
        TransportReports.End(endpoint->Socket, endpoint->_delivered);
    }

    // Whether that was all, and more may be received.
    private static bool DeliverKept(SecureEndpoint* endpoint)
    {
        if (endpoint->_input.Length > 0)
        {
            reseau_fragment fragment = default;
            fragment.offset = endpoint->_delivered;
            fragment.data = endpoint->_input.First;
            fragment.length = endpoint->_input.Length;
            nint taken = endpoint->Socket == null ? 0 : TransportReports.Deliver(endpoint->Socket, &fragment);
            if (taken > 0)
            {
                endpoint->_delivered += (ulong)taken;
                SecureBuffer.Taken(&endpoint->_input, (nuint)taken);
            }

            if (endpoint->_input.Length > 0)
                return false;
            if (endpoint->_session.State is TlsSessionState.ReadClosed or TlsSessionState.Closed)
                EndAbove(endpoint);
        }

        return !endpoint->_hasEndedBelow;
    }

    /// <summary>Gives the socket below what it takes.</summary>
    internal static void Flush(SecureEndpoint* endpoint)
    {
        while (endpoint->_output.Length > 0 && endpoint->Lower >= 0)
        {
            nint sent = TransferCalls.Send(
                endpoint->Lower,
                endpoint->_output.First,
                endpoint->_output.Length,
                SocketApi.MSG_DONTWAIT | SocketApi.MSG_NOSIGNAL,
                null,
                0);
            if (sent == -SocketApi.EAGAIN)
                return;
            if (sent <= 0)
            {
                SecureBuffer.CleanUp(&endpoint->_output);
                FailToSend(endpoint, (int)-sent);
                break;
            }

            SecureBuffer.Taken(&endpoint->_output, (nuint)sent);
        }

        Sent(endpoint);
    }

    // The peer takes nothing more, and what it has sent before may not have been received yet: that ends by itself.
    private static void FailToSend(SecureEndpoint* endpoint, int error)
    {
        if (error != SocketApi.EPIPE || endpoint->Phase != SecurePhase.Open || endpoint->Socket == null)
        {
            Fail(endpoint, error);
            return;
        }

        endpoint->_isWriteOver = true;
        TransportReports.RefuseWrites(endpoint->Socket);
    }

    /// <summary>The same, however long that takes: the last thing that happens to a socket.</summary>
    internal static void FlushBlocking(SecureEndpoint* endpoint)
    {
        if (endpoint->_output.Length == 0 || endpoint->Lower < 0)
            return;

        const int SecondsMax = 30;
        api_timeval time = new() { tv_sec = SecondsMax };
        ControlCalls.SetOption(
            endpoint->Lower, SocketApi.SOL_SOCKET, SocketApi.SO_SNDTIMEO, &time, (uint)sizeof(api_timeval));
        ControlCalls.Fcntl(endpoint->Lower, SocketApi.F_SETFL, 0);
        TransferCalls.Send(
            endpoint->Lower, endpoint->_output.First, endpoint->_output.Length, SocketApi.MSG_NOSIGNAL, null, 0);
    }

    private static void Sent(SecureEndpoint* endpoint)
    {
        TlsRecords.SettleReplies(&endpoint->_session.Records, nuint.MaxValue);
        if (endpoint->_endsWriting && endpoint->Lower >= 0)
        {
            endpoint->_endsWriting = false;
            SocketCalls.Shutdown(endpoint->Lower, SocketApi.SHUT_WR);
        }

        if (endpoint->_waitsForRoom && endpoint->Socket != null)
        {
            endpoint->_waitsForRoom = false;
            TransportReports.Writable(endpoint->Socket);
        }

        if (endpoint->IsClosed && endpoint->Socket != null && endpoint->Lower >= 0)
        {
            CloseLower(endpoint);
            TransportReports.Drained(endpoint->Socket);
        }
    }

    // What nobody will read any more must not make a reset of the end: what has come by now, and not what a peer sends
    // on and on.
    private static void CloseLower(SecureEndpoint* endpoint)
    {
        if (endpoint->Lower < 0)
            return;

        nint count = 1;
        for (ulong dropped = 0; count > 0 && dropped < UserSocket.DefaultBuffer; dropped += (ulong)count)
        {
            count = TransferCalls.Receive(
                endpoint->Lower,
                endpoint->Network->Records,
                SecureNetwork.RecordsSize,
                SocketApi.MSG_DONTWAIT,
                null,
                null);
        }

        SocketCalls.Close(endpoint->Lower);
        endpoint->Lower = None;
    }

    // ---- Above ----

    /// <summary>How many bytes were taken, or a negated error.</summary>
    internal static nint Write(SecureEndpoint* endpoint, void* bytes, nuint length)
    {
        if (endpoint->Phase != SecurePhase.Open || endpoint->_isWriteOver)
            return -SocketApi.EPIPE;
        if (!IsWritable(endpoint))
            return -SocketApi.EAGAIN;

        length = nuint.Min(length, WriteMax);
        TlsOutcome outcome = TlsSession.Write(&endpoint->_session, (byte*)bytes, length);
        CloseWindow(endpoint);
        if (outcome == TlsOutcome.Done)
            Flush(endpoint);
        return outcome == TlsOutcome.Done ? (nint)length : -SocketApi.EPIPE;
    }

    internal static bool IsWritable(SecureEndpoint* endpoint)
    {
        bool isWritable = endpoint->Phase != SecurePhase.Open || endpoint->_output.Length < OutputMax;
        endpoint->_waitsForRoom |= !isWritable;
        return isWritable;
    }

    /// <summary>No more is written: the peer is to know when it has everything.</summary>
    internal static void EndWriting(SecureEndpoint* endpoint)
    {
        if (endpoint->Phase != SecurePhase.Open)
            return;

        TlsSession.SendCloseNotify(&endpoint->_session);
        CloseWindow(endpoint);
        endpoint->_endsWriting = true;
        Flush(endpoint);
    }

    /// <summary>The last descriptor above is gone. Whether everything has been sent.</summary>
    internal static bool Close(SecureEndpoint* endpoint, bool isAbort)
    {
        endpoint->IsClosed = true;
        if (isAbort)
        {
            api_linger atOnce = new() { l_onoff = 1 };
            ControlCalls.SetOption(
                endpoint->Lower, SocketApi.SOL_SOCKET, SocketApi.SO_LINGER, &atOnce, (uint)sizeof(api_linger));
            SecureBuffer.CleanUp(&endpoint->_output);
        }
        else
        {
            EndWriting(endpoint);
        }

        endpoint->Phase = SecurePhase.Dead;
        if (IsSent(endpoint))
            CloseLower(endpoint);
        return IsSent(endpoint);
    }

    /// <summary>The connection is over; an alert that says why may still be on its way.</summary>
    internal static void Fail(SecureEndpoint* endpoint, int error)
    {
        if (endpoint->Phase == SecurePhase.Dead)
            return;

        bool wasConnecting = endpoint->Phase is SecurePhase.Connecting or SecurePhase.Handshaking;
        endpoint->Phase = SecurePhase.Dead;
        if (endpoint->Socket == null)
        {
            // Nobody above knows of it.
            endpoint->IsDestroyed = true;
            endpoint->IsClosed = true;
            Flush(endpoint);
        }
        else if (wasConnecting)
        {
            SocketConnect.Finish(endpoint->Socket, error);
        }
        else
        {
            TransportReports.Fail(endpoint->Socket, error);
        }
    }

    // ---- What the session asks ----

    private static void OnInputUsed(void* self)
    {
    }

    private static bool OnOutputFull(void* self, nuint needed)
    {
        SecureEndpoint* endpoint = (SecureEndpoint*)self;
        CloseWindow(endpoint);
        SecureBuffer.Reserve(&endpoint->_output, nuint.Max(needed, 1024));
        endpoint->_session.Records.Output = endpoint->_output.Last;
        endpoint->_session.Records.OutputRoom = endpoint->_output.Room;
        return true;
    }

    private static ulong OnNow(void* self) => Platform.ConditionVariable.Now();

    // What was put since the window was opened.
    private static void CloseWindow(SecureEndpoint* endpoint)
    {
        TlsRecords* records = &endpoint->_session.Records;
        if (records->Output != null)
            SecureBuffer.Added(&endpoint->_output, (nuint)(records->Output - endpoint->_output.Last));
        records->Output = null;
        records->OutputRoom = 0;
        records->Expected = 0;
    }
}
