// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets;

/// <summary>The endpoints of one end of a network, and who of them has which name. Under the network's lock.</summary>
internal unsafe struct EndpointNames
{
    private const ushort FirstEphemeralPort = 49152;

    /// <summary>Two names take so many bytes at most.</summary>
    internal const int SizeMax = 2 * (1 + 110);

    internal NamedEndpoint* First;
    private ushort _lastPort;
    private uint _lastLocal;

    internal static void Add(EndpointNames* names, NamedEndpoint* endpoint)
    {
        endpoint->Next = names->First;
        names->First = endpoint;
    }

    /// <summary>bind(): 0 or a negated error.</summary>
    internal static int Bind(EndpointNames* names, NamedEndpoint* endpoint, void* address, uint length)
    {
        SocketName name;
        int error = SocketName.Parse(endpoint->Domain, address, length, &name);
        return error != 0 ? error
            : endpoint->Local.IsSet ? -SocketApi.EINVAL
            : name.IsNamelessLocal ? BindLocal(names, endpoint)
            : Bind(names, endpoint, &name);
    }

    /// <summary>A name of its own for a socket that has none and needs one. 0 or a negated error.</summary>
    internal static int BindForUse(EndpointNames* names, NamedEndpoint* endpoint, SocketName* to)
    {
        int error = 0;
        if (!endpoint->IsNamed && endpoint->Domain != SocketApi.AF_UNIX)
        {
            SocketName name;
            SocketName.SetNameless(&name, endpoint->Domain);
            error = Bind(names, endpoint, &name);
        }

        if (error == 0 && to != null && endpoint->Local.IsSet && endpoint->Local.IsAnyHost)
            SocketName.CopyHost(to, &endpoint->Local);
        return error;
    }

    /// <summary>listen(): 0 or a negated error.</summary>
    internal static int Listen(EndpointNames* names, NamedEndpoint* endpoint)
    {
        int error = BindForUse(names, endpoint, null);
        if (error == 0 && !endpoint->IsNamed)
            error = -SocketApi.EINVAL;
        endpoint->IsListening = error == 0;
        return error;
    }

    /// <summary>connect() of datagrams: 0 or a negated error.</summary>
    internal static int SetPeer(EndpointNames* names, NamedEndpoint* endpoint, SocketName* to)
    {
        int error = BindForUse(names, endpoint, to);
        if (error != 0)
            return error;

        endpoint->Remote = *to;
        endpoint->HasPeer = true;
        return 0;
    }

    /// <summary>Where a datagram is to go, and its sender has a name then: 0 or a negated error.</summary>
    internal static int Destination(
        EndpointNames* names, NamedEndpoint* sender, reseau_fragment* fragment, SocketName* to)
    {
        int error = 0;
        if (fragment->address != null)
            error = SocketName.Parse(sender->Domain, fragment->address, fragment->address_length, to);
        else
            *to = sender->Remote;
        if (error != 0)
            return error;
        if (!to->IsSet)
            return -SocketApi.EDESTADDRREQ;

        to->MakeReachable();
        return BindForUse(names, sender, to);
    }

    /// <summary>
    /// Who gets what is sent to a name; null if nobody has it. A socket of IPv6 also gets what is sent to IPv4, if no
    /// other one does: then both names are written as its family does.
    /// </summary>
    internal static NamedEndpoint* Find(EndpointNames* names, int type, SocketName* to, SocketName* from)
    {
        NamedEndpoint* found = Find(names, type, to);
        if (found != null || to->Domain != SocketApi.AF_INET)
            return found;

        SocketName mapped = *to;
        SocketName.MakeOf(&mapped, SocketApi.AF_INET6);
        found = Find(names, type, &mapped);
        if (found != null)
        {
            *to = mapped;
            SocketName.MakeOf(from, SocketApi.AF_INET6);
        }

        return found;
    }

    private static NamedEndpoint* Find(EndpointNames* names, int type, SocketName* name)
    {
        NamedEndpoint* endpoint = names->First;
        while (endpoint != null
            && !(endpoint->IsNamed && endpoint->Type == type && SocketName.Covers(&endpoint->Local, name)))
        {
            endpoint = endpoint->Next;
        }

        return endpoint;
    }

    /// <summary>Puts two names, each with its length in one byte, IPv4 as such; how many bytes.</summary>
    internal static int Write(byte* at, SocketName* to, SocketName* from)
    {
        SocketName plainTo = *to;
        SocketName plainFrom = *from;
        if (to->IsMapped)
        {
            SocketName.MakeOf(&plainTo, SocketApi.AF_INET);
            SocketName.MakeOf(&plainFrom, SocketApi.AF_INET);
        }

        int length = Append(at, &plainTo);
        return length + Append(at + length, &plainFrom);
    }

    /// <summary>Reads them; how many bytes they took, or 0 if they are not names.</summary>
    internal static int Read(byte* bytes, int length, SocketName* to, SocketName* from)
    {
        int at = Read(bytes, length, 0, to);
        return at == 0 ? 0 : Read(bytes, length, at, from);
    }

    private static int Bind(EndpointNames* names, NamedEndpoint* endpoint, SocketName* name)
    {
        if (name->Domain != SocketApi.AF_UNIX && name->Port == 0)
        {
            if (!TakePort(names, endpoint, name))
                return -SocketApi.EADDRINUSE;
        }
        else if (IsTaken(names, endpoint, name))
        {
            return -SocketApi.EADDRINUSE;
        }

        endpoint->Local = *name;
        endpoint->IsNamed = true;
        return 0;
    }

    // A local name without a file that nobody has.
    private static int BindLocal(EndpointNames* names, NamedEndpoint* endpoint)
    {
        SocketName name;
        do
            SocketName.SetLocalNumber(&name, ++names->_lastLocal);
        while (IsTaken(names, endpoint, &name));
        return Bind(names, endpoint, &name);
    }

    private static bool TakePort(EndpointNames* names, NamedEndpoint* endpoint, SocketName* name)
    {
        for (int tries = FirstEphemeralPort; tries <= ushort.MaxValue; tries++)
        {
            ushort port = ++names->_lastPort;
            if (port < FirstEphemeralPort)
                names->_lastPort = port = FirstEphemeralPort;
            name->SetPort(port);
            if (!IsTaken(names, endpoint, name))
                return true;
        }

        return false;
    }

    private static bool IsTaken(EndpointNames* names, NamedEndpoint* endpoint, SocketName* name)
    {
        for (NamedEndpoint* other = names->First; other != null; other = other->Next)
        {
            bool isSameSpace = other->Domain == SocketApi.AF_UNIX || other->Type == endpoint->Type;
            if (other->IsNamed && isSameSpace
                && (SocketName.Covers(&other->Local, name) || SocketName.Covers(name, &other->Local)))
            {
                return true;
            }
        }

        return false;
    }

    private static int Append(byte* at, SocketName* name)
    {
        *at = (byte)name->Length;
        if (name->IsSet)
            NativeMemory.Copy(SocketName.Bytes(name), at + 1, name->Length);
        return 1 + (int)name->Length;
    }

    private static int Read(byte* all, int size, int at, SocketName* name)
    {
        *name = default;
        if (at >= size)
            return 0;

        byte* bytes = all + at;
        int length = bytes[0];
        int end = at + 1 + length;
        if (end > size)
            return 0;
        if (length == 0)
            return end;
        if (length < sizeof(ushort))
            return 0;

        int domain = BitConverter.ToUInt16(new ReadOnlySpan<byte>(bytes + 1, sizeof(ushort)));
        bool isKnown = domain is SocketApi.AF_INET or SocketApi.AF_INET6 or SocketApi.AF_UNIX;
        return isKnown && SocketName.Parse(domain, bytes + 1, (uint)length, name) == 0 ? end : 0;
    }
}
