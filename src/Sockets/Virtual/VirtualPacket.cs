// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Virtual;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>
/// What is on its way between hosts, but for the bytes of streams: a step of a connection attempt, or a reset. It knows
/// sockets by their numbers, since they may be gone when it arrives.
/// </summary>
internal unsafe struct VirtualPacket
{
    // How long a system waits before it asks again a listener that has not answered, the first time.
    private const ulong FirstRetry = Clock.NanosecondsPerSecond;
    private const int MaxRetries = 6;

    private enum Kind : byte
    {
        /// <summary>To the listener.</summary>
        Question,

        /// <summary>From the listener, or from the host on which nobody listens.</summary>
        Answer,
        Reset,
    }

    private aws_task _task;
    private VirtualNetwork* _network;
    private VirtualPath* _path;
    private Kind _kind;
    private ulong _socket;
    private int _error;
    private int _retries;

    /// <summary>A socket that connects, and is on a loop, asks. Its remote host is known.</summary>
    internal static void Ask(VirtualSocket* socket)
    {
        VirtualPacket* packet = New(socket, Kind.Question);
        packet->_path = VirtualNetwork.PathOf(socket->Network, socket->Host, socket->RemoteHost);
        ulong arrival = VirtualPath.SendReliably(packet->_path, 0, FirstRetry);
        Report(packet, socket, NetworkEventKind.Sent, NetworkEvent.Syn, isBack: false, arrival);
        Send(packet, arrival);
    }

    /// <summary>The other end of a connection is to know that it is no more. What is lost, it never knows.</summary>
    internal static void Reset(VirtualSocket* to)
    {
        VirtualPacket* packet = New(to, Kind.Reset);
        packet->_path = VirtualNetwork.PathOf(to->Network, to->RemoteHost, to->Host);
        ulong arrival = VirtualPath.SendDatagram(packet->_path, 0);
        Report(packet, to, NetworkEventKind.Sent, NetworkEvent.Rst | NetworkEvent.Ack, isBack: true, arrival);
        if (arrival != 0)
        {
            Send(packet, arrival);
            return;
        }

        Report(packet, to, NetworkEventKind.Lost, NetworkEvent.Rst | NetworkEvent.Ack, isBack: true);
        Allocator.Release(packet->_network->Allocator, packet);
    }

    private static VirtualPacket* New(VirtualSocket* socket, Kind kind)
    {
        VirtualPacket* packet = Allocator.New<VirtualPacket>(socket->Network->Allocator);
        packet->_network = socket->Network;
        packet->_kind = kind;
        packet->_socket = socket->Number;
        return packet;
    }

    private static void Send(VirtualPacket* packet, ulong arrival)
    {
        ScheduledTask.Init(&packet->_task, &OnArrival, packet, Literal.Of("virtual_packet"u8));
        VirtualTime.ScheduleEvent(packet->_network->Time, &packet->_task, arrival);
    }

    private static void OnArrival(aws_task* task, void* argument, aws_task_status status)
    {
        VirtualPacket* packet = (VirtualPacket*)argument;
        VirtualSocket* socket = VirtualSocket.Find(packet->_network, packet->_socket);
        bool goesOn = status == AWS_TASK_STATUS_RUN_READY && socket != null && packet->_kind switch
        {
            Kind.Question => OnQuestion(packet, socket),
            Kind.Answer => OnAnswer(packet, socket),
            _ => OnReset(packet, socket),
        };
        if (!goesOn)
            Allocator.Release(packet->_network->Allocator, packet);
    }

    // Each of them says whether the packet goes on.

    private static bool OnQuestion(VirtualPacket* packet, VirtualSocket* socket)
    {
        if (!socket->IsConnecting)
            return false;
        VirtualHost* host = socket->RemoteHost;
        if (!VirtualPath.IsOpen(packet->_path) || VirtualConnect.IsBusy(socket))
            return AskAgain(packet, socket);

        packet->_error = AWS_ERROR_SUCCESS;
        if (host->Network->Random.Happens(host->Faults.NoConnect))
        {
            if ((host->Network->Random.Next() & 1) == 0)
                return AskAgain(packet, socket);
            packet->_error = AWS_IO_SOCKET_CONNECTION_REFUSED;
        }

        if (!VirtualConnect.IsListened(socket))
            packet->_error = AWS_IO_SOCKET_CONNECTION_REFUSED;
        Report(packet, socket, NetworkEventKind.Arrived, NetworkEvent.Syn, isBack: false);
        packet->_kind = Kind.Answer;
        packet->_path = VirtualNetwork.PathOf(socket->Network, host, socket->Host);
        byte flags = (byte)(NetworkEvent.Ack | (packet->_error == 0 ? NetworkEvent.Syn : NetworkEvent.Rst));
        ulong arrival = VirtualPath.SendReliably(packet->_path, 0, FirstRetry);
        Report(packet, socket, NetworkEventKind.Sent, flags, isBack: true, arrival);
        Send(packet, arrival);
        return true;
    }

    private static bool OnAnswer(VirtualPacket* packet, VirtualSocket* socket)
    {
        if (!socket->IsConnecting)
            return false;
        if (!VirtualPath.IsOpen(packet->_path))
            return AskAgain(packet, socket);

        int result = packet->_error == AWS_ERROR_SUCCESS ? VirtualConnect.Reach(socket) : packet->_error;
        if (result == SocketResult.RetryLater)
            return AskAgain(packet, socket);

        byte flags = (byte)(NetworkEvent.Ack | (result == 0 ? NetworkEvent.Syn : NetworkEvent.Rst));
        Report(packet, socket, NetworkEventKind.Arrived, flags, isBack: true);
        VirtualConnect.Conclude(socket, result);
        return false;
    }

    private static bool OnReset(VirtualPacket* packet, VirtualSocket* socket)
    {
        byte flags = NetworkEvent.Rst | NetworkEvent.Ack;
        if (!VirtualPath.IsOpen(packet->_path))
        {
            Report(packet, socket, NetworkEventKind.Lost, flags, isBack: true);
            return false;
        }

        Report(packet, socket, NetworkEventKind.Arrived, flags, isBack: true);
        VirtualStream.ResetByNetwork(socket, AWS_IO_SOCKET_CLOSED);
        return false;
    }

    private static bool AskAgain(VirtualPacket* packet, VirtualSocket* socket)
    {
        if (packet->_retries == MaxRetries)
        {
            VirtualConnect.Conclude(socket, AWS_IO_SOCKET_TIMEOUT);
            return false;
        }

        ulong pause = FirstRetry << packet->_retries++;
        packet->_kind = Kind.Question;
        packet->_path = VirtualNetwork.PathOf(socket->Network, socket->Host, socket->RemoteHost);
        ulong arrival = VirtualPath.SendReliably(packet->_path, 0, FirstRetry) + pause;
        Report(packet, socket, NetworkEventKind.Delayed, NetworkEvent.Syn, isBack: false, arrival);
        Send(packet, arrival);
        return true;
    }

    // From the socket to its remote end, or back.
    private static void Report(
        VirtualPacket* packet, VirtualSocket* socket, NetworkEventKind kind, byte flags, bool isBack, ulong arrival = 0)
    {
        NetworkEvent happened = new() { Kind = kind, IsStream = true, Flags = flags, Arrival = arrival };
        VirtualSocket.Describe(socket, &happened, isBack);
        VirtualNetwork.Report(packet->_network, &happened);
    }
}
