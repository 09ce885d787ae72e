// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Platform;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets;

namespace Reseau.Native.Connections;

/// <summary>Makes datagram sockets with a name or a peer. What a host is: NULL loopback, "*" every address.</summary>
internal static unsafe class DatagramAddress
{
    private const int MaxAddresses = 16;

    /// <summary>
    /// A socket that is bound to a port of a host, or connected to it. Looks a name up, if the host is one, which may
    /// block. Returns the id or an error of reseau_error.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long Open(byte* host, ushort port, reseau_datagram_options* given, bool connects)
    {
        reseau_datagram_options options = default;
        if (!TryCopy(given, &options) || (connects && port == 0))
            return RESEAU_ERROR_INVALID_ARGUMENT;

        LoopObject* home;
        int error = LoopObject.TryAcquire(options.loop, &home);
        if (error != 0)
            return error;

        reseau_ip* ips = stackalloc reseau_ip[MaxAddresses];
        int count = AddressesOf(host, home->Object.Loop, ips, connects, options.ipv6_only != 0);
        if (count < 0)
            error = count;

        SocketCore* core = null;
        SocketAddress address;
        for (int i = 0; i < count && core == null; i++)
            error = TryOpen(home->Object.Loop, &ips[i], port, &options, connects, &address, &core);
        if (core != null)
            return DatagramSocket.Begin(home, core, &options, connects ? &address : null);
        LoopObject.Release(home);
        return error;
    }

    /// <summary>Returns 0 or an AWS_* error. The handle is open.</summary>
    internal static int LocalOf(SocketCore* core, aws_socket_endpoint* endpoint)
    {
        SocketAddress address;
        int error = core->Backend->GetLocalAddress(core, &address);
        return error == AWS_ERROR_SUCCESS ? core->Backend->FormatAddress(&address, endpoint) : error;
    }

    // A program that was compiled against an older header knows fewer fields.
    private static bool TryCopy(reseau_datagram_options* given, reseau_datagram_options* copy)
    {
        if (given == null)
            return true;
        nuint minSize = (nuint)(sizeof(nuint) + sizeof(void*));
        if (given->size < minSize || given->size > (nuint)sizeof(reseau_datagram_options))
            return false;
        NativeMemory.Copy(given, copy, given->size);
        return copy->loop >= 0;
    }

    // How many there are, or an error of reseau_error.
    private static int AddressesOf(
        byte* host, aws_event_loop* loop, reseau_ip* ips, bool connects, bool isIPv6Only)
    {
        bool isEvery = host != null && host[0] == (byte)'*' && host[1] == 0;
        if (isEvery)
        {
            // One of IPv6 takes both families; where there is no IPv6, IPv4 is every address.
            ips[0] = new reseau_ip { family = 6 };
            ips[1] = new reseau_ip { family = 4 };
            return connects ? RESEAU_ERROR_INVALID_ARGUMENT : isIPv6Only ? 1 : 2;
        }

        byte* name = host == null ? Literal.Of("127.0.0.1"u8) : host;
        if (ReseauIp.TryParse(name, ips))
            return 1;
        NameSource* source = NameSource.Of(loop);
        if (source == null && EventLoop.OfCallersThread != null)
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;
        nuint count;
        LookUpEnd end = source == null
            ? NameLookUp.Addresses(name, 0, ips, MaxAddresses, out count, out _)
            : NameSource.Addresses(source, name, 0, ips, MaxAddresses, out count);
        return end == LookUpEnd.Found ? (int)nuint.Min(count, MaxAddresses) : ConnectionErrors.From(end);
    }

    private static int TryOpen(
        aws_event_loop* loop,
        reseau_ip* host,
        ushort port,
        reseau_datagram_options* options,
        bool connects,
        SocketAddress* address,
        SocketCore** opened)
    {
        IpAddress ip;
        ReseauIp.TryRead(host, &ip);
        SocketBackend* backend = SocketBackends.Find(AWS_SOCKET_IMPL_PLATFORM_DEFAULT, loop);
        if (backend == null || backend->Datagrams == null)
            return RESEAU_ERROR_UNSUPPORTED;

        aws_socket_options socket = new()
        {
            type = AWS_SOCKET_DGRAM,
            domain = ip.Family == IpFamily.IPv4 ? AWS_SOCKET_IPV4 : AWS_SOCKET_IPV6,
        };
        SocketCore* core = Allocator.New<SocketCore>(Allocator.Default());
        SocketCore.Init(core, Allocator.Default(), backend, DatagramSocket.Observer, null, &socket);
        int error = Name(core, &ip, port, options, connects, address);
        if (error == AWS_ERROR_SUCCESS)
        {
            *opened = core;
            return 0;
        }

        DatagramSocket.CloseHandle(core);
        SocketCore.Release(core);
        return ConnectionErrors.From(error);
    }

    private static int Name(
        SocketCore* core,
        IpAddress* ip,
        ushort port,
        reseau_datagram_options* options,
        bool connects,
        SocketAddress* address)
    {
        int error = core->Backend->Open(core);
        if (error != AWS_ERROR_SUCCESS)
            return error;

        core->Backend->FromIp(ip, port, address);
        DatagramBackend* datagrams = core->Backend->Datagrams;
        error = datagrams->Bind(core, connects ? null : address, FlagsOf(options));
        if (error == AWS_ERROR_SUCCESS && options->receive_queue_bytes != 0)
            error = datagrams->Set(
                core, DatagramSetting.ReceiveQueue, (int)nuint.Min(options->receive_queue_bytes, int.MaxValue));

        // A system that cannot join any leaves them as they are.
        if (error == AWS_ERROR_SUCCESS && (options->join_received != 0 || options->on_datagram != null))
            datagrams->Set(core, DatagramSetting.JoinReceived, 1);
        if (error == AWS_ERROR_SUCCESS && connects)
            error = core->Backend->StartConnect(core, address);
        if (error == AWS_ERROR_SUCCESS)
            SocketCore.SetPhase(core, SocketPhase.Connected, SocketDirections.Receiving | SocketDirections.Sending);
        return error;
    }

    private static DatagramFlags FlagsOf(reseau_datagram_options* options) =>
        (options->share_address != 0 ? DatagramFlags.Share : DatagramFlags.None)
        | (options->broadcast != 0 ? DatagramFlags.Broadcast : DatagramFlags.None)
        | (options->ipv6_only != 0 ? DatagramFlags.IPv6Only : DatagramFlags.None);
}
