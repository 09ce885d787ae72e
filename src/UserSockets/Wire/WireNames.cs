// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.UserSockets.Wire;

/// <summary>Names in packets, and who of this end of the wire has them. Under the network's lock.</summary>
internal static unsafe class WireNames
{
    private const ushort FirstEphemeralPort = 49152;

    /// <summary>Two names take so many bytes at most.</summary>
    internal const int SizeMax = 2 * (1 + 110);

    /// <summary>Two names as the content of a packet: each with its length, in one byte.</summary>
    internal static void Write(WirePacket* packet, SocketName* to, SocketName* from)
    {
        packet->Length = 0;
        Append(packet, to);
        Append(packet, from);
    }

    /// <summary>Reads them; how many bytes they took, or 0 if they are not names.</summary>
    internal static int Read(WirePacket* packet, SocketName* to, SocketName* from)
    {
        int at = Read(packet, 0, to);
        return at == 0 ? 0 : Read(packet, at, from);
    }

    /// <summary>bind(): 0 or a negated error.</summary>
    internal static int Bind(WireEndpoint* endpoint, SocketName* name)
    {
        WireNetwork* network = endpoint->Network;
        if (name->Domain != Libc.AF_UNIX && name->Port == 0)
        {
            if (!TakePort(endpoint, name))
                return -Libc.EADDRINUSE;
        }
        else if (IsTaken(network, endpoint, name))
        {
            return -Libc.EADDRINUSE;
        }

        endpoint->Local = *name;
        endpoint->IsNamed = true;
        return 0;
    }

    /// <summary>A name of its own for a socket that has none and needs one. 0 or a negated error.</summary>
    internal static int BindForUse(WireEndpoint* endpoint, SocketName* to)
    {
        int error = 0;
        if (!endpoint->IsNamed && endpoint->Domain != Libc.AF_UNIX)
        {
            SocketName name;
            SocketName.SetNameless(&name, endpoint->Domain);
            error = Bind(endpoint, &name);
        }

        if (error == 0 && to != null && endpoint->Local.IsSet && endpoint->Local.IsAnyHost)
            SocketName.CopyHost(to, &endpoint->Local);
        return error;
    }

    /// <summary>A local name without a file that nobody has. 0 or a negated error.</summary>
    internal static int BindLocal(WireEndpoint* endpoint)
    {
        SocketName name;
        do
            SocketName.SetLocalNumber(&name, ++endpoint->Network->LastLocal);
        while (IsTaken(endpoint->Network, endpoint, &name));
        return Bind(endpoint, &name);
    }

    /// <summary>Who gets what is sent to a name; null if nobody has it.</summary>
    internal static WireEndpoint* Find(WireNetwork* network, int type, SocketName* name)
    {
        WireEndpoint* endpoint = network->First;
        while (endpoint != null
            && !(endpoint->IsNamed && endpoint->Type == type && SocketName.Covers(&endpoint->Local, name)))
        {
            endpoint = endpoint->Next;
        }

        return endpoint;
    }

    private static bool TakePort(WireEndpoint* endpoint, SocketName* name)
    {
        for (int tries = FirstEphemeralPort; tries <= ushort.MaxValue; tries++)
        {
            ushort port = ++endpoint->Network->LastPort;
            if (port < FirstEphemeralPort)
                endpoint->Network->LastPort = port = FirstEphemeralPort;
            name->SetPort(port);
            if (!IsTaken(endpoint->Network, endpoint, name))
                return true;
        }

        return false;
    }

    private static bool IsTaken(WireNetwork* network, WireEndpoint* endpoint, SocketName* name)
    {
        for (WireEndpoint* other = network->First; other != null; other = other->Next)
        {
            bool isSameSpace = other->Domain == Libc.AF_UNIX || other->Type == endpoint->Type;
            if (other->IsNamed && isSameSpace
                && (SocketName.Covers(&other->Local, name) || SocketName.Covers(name, &other->Local)))
            {
                return true;
            }
        }

        return false;
    }

    private static void Append(WirePacket* packet, SocketName* name)
    {
        byte* at = WirePacket.Content(packet) + packet->Length;
        *at = (byte)name->Length;
        if (name->IsSet)
            NativeMemory.Copy(SocketName.Bytes(name), at + 1, name->Length);
        packet->Length += 1 + (int)name->Length;
    }

    private static int Read(WirePacket* packet, int at, SocketName* name)
    {
        *name = default;
        if (at >= packet->Length)
            return 0;

        byte* bytes = WirePacket.Content(packet) + at;
        int length = bytes[0];
        int end = at + 1 + length;
        if (end > packet->Length)
            return 0;
        if (length == 0)
            return end;
        if (length < sizeof(ushort))
            return 0;

        int domain = BitConverter.ToUInt16(new ReadOnlySpan<byte>(bytes + 1, sizeof(ushort)));
        bool isKnown = domain is Libc.AF_INET or Libc.AF_INET6 or Libc.AF_UNIX;
        return isKnown && SocketName.Parse(domain, bytes + 1, (uint)length, name) == 0 ? end : 0;
    }
}
