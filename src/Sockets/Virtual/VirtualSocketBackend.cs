// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>
/// Sockets in memory: two backends of the contract over one network, so that both shapes of it are kept by somebody who
/// can be tested anywhere. See <see cref="SocketBackend"/> for what each function is for.
/// </summary>
internal static unsafe class VirtualSocketBackend
{
    private static nint s_ofReadiness;
    private static nint s_ofCompletion;

    internal static SocketBackend* OfReadiness => StaticMemory.Get(ref s_ofReadiness, &Readiness);

    internal static SocketBackend* OfCompletion => StaticMemory.Get(ref s_ofCompletion, &Completion);

    private static SocketBackend Readiness() => Common() with
    {
        Name = Literal.Of("virtual readiness"u8),
        Receive = &VirtualTransfer.Receive,
        ReceiveInto = &VirtualTransfer.ReceiveInto,
        Send = &VirtualTransfer.Send,
    };

    private static SocketBackend Completion() => Common() with
    {
        Name = Literal.Of("virtual completion"u8),
        LendsPieces = true,
        KeepsBuffers = true,
        Receive = &VirtualReceive.Receive,
        ReceiveInto = &VirtualReceive.ReceiveInto,
        Send = &VirtualSend.Start,
        SendProgress = &VirtualSend.ProgressOf,
    };

    /// <summary>The functions of sockets on hosts, which know their host by where the table is.</summary>
    internal static SocketBackend OfHosts() => Readiness() with
    {
        Name = Literal.Of("simulated"u8),
        Open = &OpenOnHost,
        Set = &Set,
        Datagrams = VirtualDatagrams.Instance,
    };

    private static SocketBackend Common() => new()
    {
        Open = &Open,
        ApplyOptions = &ApplyOptions,
        CloseHandle = &CloseHandle,
        ParseAddress = &VirtualAddress.Parse,
        FromIp = &VirtualAddress.FromIp,
        FormatAddress = &VirtualAddress.Format,
        GetLocalAddress = &GetLocalAddress,
        TakeError = &TakeError,
        Bind = &Bind,
        Listen = &VirtualConnect.Listen,
        Attach = &VirtualEvents.Attach,
        Detach = &VirtualEvents.Detach,
        StartConnect = &VirtualConnect.Start,
        Accept = &VirtualConnect.Accept,
        HasInput = &VirtualReceive.HasInput,
        SendFile = &SendFile,
        ShutdownDirection = &ShutdownDirection,
        Discard = &Discard,
        UnconfirmedBytes = &UnconfirmedBytes,
    };

    private static int Open(SocketCore* core)
    {
        if (SocketCore.DomainOf(core) is not (AWS_SOCKET_IPV4 or AWS_SOCKET_IPV6 or AWS_SOCKET_LOCAL))
            return AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY;
        if (core->Type is not ((byte)AWS_SOCKET_STREAM or (byte)AWS_SOCKET_DGRAM))
            return AWS_IO_SOCKET_INVALID_OPTIONS;

        VirtualSocket* socket = VirtualSocket.New(VirtualNetwork.Current, SocketCore.IsStream(core));
        socket->IsLocal = SocketCore.DomainOf(core) == AWS_SOCKET_LOCAL;
        SocketCore.SetHandle(core, (nint)socket);
        return AWS_ERROR_SUCCESS;
    }

    private static int OpenOnHost(SocketCore* core)
    {
        VirtualHost* host = VirtualHost.Of(core->Backend);
        if (SocketCore.DomainOf(core) is not (AWS_SOCKET_IPV4 or AWS_SOCKET_IPV6))
            return AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY;
        if (core->Type is not ((byte)AWS_SOCKET_STREAM or (byte)AWS_SOCKET_DGRAM))
            return AWS_IO_SOCKET_INVALID_OPTIONS;
        if (host->Network->Random.Happens(host->Faults.NoSocket))
            return AWS_ERROR_MAX_FDS_EXCEEDED;

        VirtualSocket* socket = VirtualSocket.New(host->Network, SocketCore.IsStream(core));
        socket->Host = host;
        SocketCore.SetHandle(core, (nint)socket);
        return AWS_ERROR_SUCCESS;
    }

    private static int Set(SocketCore* core, SocketSetting setting, int value)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        switch (setting)
        {
            case SocketSetting.Ipv6Only:
                socket->IsIPv6Only = value != 0;
                return AWS_ERROR_SUCCESS;
            case SocketSetting.SharePort:
                socket->SharesPort = value != 0;
                return AWS_ERROR_SUCCESS;
            case SocketSetting.UserTimeout:
                socket->UserTimeout = (uint)value;
                return AWS_ERROR_SUCCESS;
            case SocketSetting.ResetOnClose:
                socket->ResetsOnClose = value != 0;
                return AWS_ERROR_SUCCESS;
            default:
                return AWS_ERROR_UNSUPPORTED_OPERATION;
        }
    }

    // There is nothing to set.
    private static int ApplyOptions(SocketCore* core, aws_socket_options* options) => AWS_ERROR_SUCCESS;

    private static void CloseHandle(nint handle)
    {
        VirtualSocket* socket = (VirtualSocket*)handle;
        socket->IsClosed = true;
        socket->IsBound = false;
        VirtualSend.Abort(socket);
        VirtualReceive.Abort(socket);
        VirtualConnect.ResetWaiting(socket);
        VirtualStream.Close(socket);
    }

    private static int GetLocalAddress(SocketCore* core, SocketAddress* address)
    {
        *address = VirtualSocket.Of(core)->Local;
        return AWS_ERROR_SUCCESS;
    }

    private static int TakeError(SocketCore* core)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        int error = socket->Error;
        socket->Error = AWS_ERROR_SUCCESS;
        return error;
    }

    private static int Bind(SocketCore* core, SocketAddress* address)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        return VirtualNetwork.Bind(socket->Network, socket, address);
    }

    // A file is the system's.
    private static int SendFile(SocketCore* core, int file, ulong offset, nuint length, nuint* sent) =>
        AWS_ERROR_UNSUPPORTED_OPERATION;

    private static int ShutdownDirection(nint handle, bool isSending)
    {
        VirtualSocket* socket = (VirtualSocket*)handle;
        bool mayHavePeer = socket->Peer != null || (socket->RemoteHost != null && !socket->IsConnecting);
        if (!mayHavePeer && !VirtualStream.HasEnd(socket))
            return AWS_IO_SOCKET_NOT_CONNECTED;
        if (isSending)
            VirtualStream.EndSending(socket);
        else
            VirtualStream.EndReceiving(socket);
        return AWS_ERROR_SUCCESS;
    }

    private static bool Discard(nint handle)
    {
        VirtualSocket* socket = (VirtualSocket*)handle;
        VirtualReceive.Discard(socket);
        ByteRing.Clear(&socket->In);
        VirtualStream.MadeRoom(socket);
        return VirtualStream.HasEnd(socket);
    }

    private static nuint UnconfirmedBytes(nint handle) => VirtualStream.Unconfirmed((VirtualSocket*)handle);
}
