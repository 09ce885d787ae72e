// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets;

/// <summary>
/// A name of a socket: a sockaddr_in, sockaddr_in6 or sockaddr_un, and how long it is. Without length: none.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SocketName
{
    private const int RoomMax = 128;
    private const uint InternetLength = 16;
    private const uint Internet6Length = 28;
    private const uint LocalLengthMax = 110;
    private const int PortAt = 2;
    private const int HostAt = 4;
    private const int Host6At = 8;
    private const int MappedAt = Host6At + 12;

    internal uint Length;
    private fixed byte _bytes[RoomMax];

    internal readonly bool IsSet => Length != 0;

    /// <summary>0, or what is wrong with an address that a program has given: a negated error.</summary>
    internal static int Parse(int domain, void* bytes, uint length, SocketName* parsed)
    {
        *parsed = default;
        uint needed = domain == SocketApi.AF_INET ? InternetLength
            : domain == SocketApi.AF_INET6 ? Internet6Length
            : sizeof(ushort);
        if (length < needed || (domain == SocketApi.AF_UNIX && length > LocalLengthMax))
            return -SocketApi.EINVAL;
        if (*(ushort*)bytes != domain)
            return domain == SocketApi.AF_UNIX ? -SocketApi.EINVAL : -SocketApi.EAFNOSUPPORT;

        parsed->Length = domain == SocketApi.AF_UNIX ? LocalLength((byte*)bytes, length) : needed;
        NativeMemory.Copy(bytes, parsed->_bytes, parsed->Length);
        return 0;
    }

    /// <summary>The name of a socket that has none: what getsockname() says.</summary>
    internal static void SetNameless(SocketName* address, int domain)
    {
        *address = default;
        address->Length = domain == SocketApi.AF_INET ? InternetLength
            : domain == SocketApi.AF_INET6 ? Internet6Length
            : sizeof(ushort);
        *(ushort*)address->_bytes = (ushort)domain;
    }

    /// <summary>A name of five digits without a file, as Linux gives them.</summary>
    internal static void SetLocalNumber(SocketName* address, uint number)
    {
        const int Digits = 5;
        SetNameless(address, SocketApi.AF_UNIX);
        address->Length = sizeof(ushort) + 1 + Digits;
        for (int i = 0; i < Digits; i++)
            address->_bytes[sizeof(ushort) + Digits - i] = (byte)"0123456789abcdef"[(int)(number >> 4 * i & 15)];
    }

    /// <summary>Copies as much as there is room for, and says how long it is.</summary>
    internal static void Answer(SocketName* address, int domain, void* into, uint* length)
    {
        SocketName nameless;
        if (!address->IsSet)
        {
            SetNameless(&nameless, domain);
            address = &nameless;
        }

        NativeMemory.Copy(address->_bytes, into, uint.Min(*length, address->Length));
        *length = address->Length;
    }

    /// <summary>As bytes, for a fragment; null without one.</summary>
    internal static void* Bytes(SocketName* address) => address->IsSet ? address->_bytes : null;

    internal readonly int Domain => _bytes[0] | _bytes[1] << 8;

    /// <summary>Of an internet address.</summary>
    internal readonly ushort Port => (ushort)(_bytes[PortAt] << 8 | _bytes[PortAt + 1]);

    internal void SetPort(ushort port)
    {
        _bytes[PortAt] = (byte)(port >> 8);
        _bytes[PortAt + 1] = (byte)port;
    }

    /// <summary>A local name that is a path.</summary>
    internal readonly bool IsPath =>
        Domain == SocketApi.AF_UNIX && Length > sizeof(ushort) && _bytes[sizeof(ushort)] != 0;

    /// <summary>A local address without a name: only its family.</summary>
    internal readonly bool IsNamelessLocal => Domain == SocketApi.AF_UNIX && Length <= sizeof(ushort);

    /// <summary>0.0.0.0 or ::.</summary>
    internal readonly bool IsAnyHost
    {
        get
        {
            if (Domain == SocketApi.AF_UNIX)
                return false;
            int end = Domain == SocketApi.AF_INET ? HostAt + 4 : Host6At + 16;
            for (int i = Domain == SocketApi.AF_INET ? HostAt : Host6At; i < end; i++)
            {
                if (_bytes[i] != 0)
                    return false;
            }

            return true;
        }
    }

    /// <summary>0.0.0.0 becomes 127.0.0.1, :: becomes ::1, for there is but this host.</summary>
    internal void MakeReachable()
    {
        if (!IsAnyHost)
            return;
        if (Domain == SocketApi.AF_INET)
            _bytes[HostAt] = 127;
        _bytes[Domain == SocketApi.AF_INET ? HostAt + 3 : Host6At + 15] = 1;
    }

    /// <summary>An address of IPv4 as IPv6 writes it: ::ffff:1.2.3.4.</summary>
    internal readonly bool IsMapped
    {
        get
        {
            if (Domain != SocketApi.AF_INET6 || _bytes[MappedAt - 2] != 0xFF || _bytes[MappedAt - 1] != 0xFF)
                return false;
            int at = Host6At;
            while (at < MappedAt - 2 && _bytes[at] == 0)
                at++;
            return at == MappedAt - 2;
        }
    }

    /// <summary>Of a socket of this family: an address of IPv4 is written as each of the two families does.</summary>
    internal static void MakeOf(SocketName* address, int domain)
    {
        SocketName other;
        if (domain == SocketApi.AF_INET6 && address->Domain == SocketApi.AF_INET)
        {
            SetNameless(&other, SocketApi.AF_INET6);
            other._bytes[MappedAt - 2] = 0xFF;
            other._bytes[MappedAt - 1] = 0xFF;
            NativeMemory.Copy(address->_bytes + HostAt, other._bytes + MappedAt, sizeof(uint));
        }
        else if (domain == SocketApi.AF_INET && address->IsMapped)
        {
            SetNameless(&other, SocketApi.AF_INET);
            NativeMemory.Copy(address->_bytes + MappedAt, other._bytes + HostAt, sizeof(uint));
        }
        else
        {
            return;
        }

        other.SetPort(address->Port);
        *address = other;
    }

    /// <summary>The same host, of the same family; a port is not looked at.</summary>
    internal static void CopyHost(SocketName* from, SocketName* to)
    {
        ushort port = to->Port;
        *to = *from;
        to->SetPort(port);
    }

    /// <summary>Whether what is sent to an address is for whoever has this name.</summary>
    internal static bool Covers(SocketName* name, SocketName* address)
    {
        if (name->Domain != address->Domain)
            return false;
        if (name->Domain == SocketApi.AF_UNIX)
            return AreEqual(name, address);
        return name->Port == address->Port && (name->IsAnyHost || HasSameHost(name, address));
    }

    /// <summary>Whether a datagram is of the peer that a socket is connected to; port 0 is any of its ports.</summary>
    internal static bool IsPeer(SocketName* peer, SocketName* from)
    {
        if (AreEqual(peer, from))
            return true;
        return peer->Domain != SocketApi.AF_UNIX && peer->Port == 0 && peer->Length == from->Length
            && HasSameHost(peer, from);
    }

    /// <summary>
    /// Whether two sockets cannot have these names at once. One of IPv6 that is not for that alone is also reached by
    /// IPv4.
    /// </summary>
    internal static bool Collide(SocketName* one, bool isOneAlone, SocketName* other, bool isOtherAlone)
    {
        if (one->Domain == other->Domain)
            return Covers(one, other) || Covers(other, one);
        if (one->Domain == SocketApi.AF_UNIX || other->Domain == SocketApi.AF_UNIX || one->Port != other->Port)
            return false;

        bool isOneOf6 = one->Domain == SocketApi.AF_INET6;
        SocketName* of6 = isOneOf6 ? one : other;
        SocketName* of4 = isOneOf6 ? other : one;
        if (isOneOf6 ? isOneAlone : isOtherAlone)
            return false;
        if (of6->IsAnyHost || (of6->IsMapped && of4->IsAnyHost))
            return true;

        SocketName mapped = *of4;
        MakeOf(&mapped, SocketApi.AF_INET6);
        return HasSameHost(&mapped, of6);
    }

    internal static bool AreEqual(SocketName* one, SocketName* other)
    {
        if (one->Length != other->Length)
            return false;
        for (uint i = 0; i < one->Length; i++)
        {
            if (one->_bytes[i] != other->_bytes[i])
                return false;
        }

        return true;
    }

    /// <summary>The same for names that cover each other's addresses.</summary>
    internal static uint Hash(SocketName* address)
    {
        uint hash = 2166136261;
        uint end = address->Domain == SocketApi.AF_UNIX ? address->Length : HostAt;
        for (uint i = 0; i < end; i++)
            hash = (hash ^ address->_bytes[i]) * 16777619;
        return hash;
    }

    private static bool HasSameHost(SocketName* one, SocketName* other)
    {
        int start = one->Domain == SocketApi.AF_INET ? HostAt : Host6At;
        int end = one->Domain == SocketApi.AF_INET ? HostAt + 4 : Host6At + 16;
        for (int i = start; i < end; i++)
        {
            if (one->_bytes[i] != other->_bytes[i])
                return false;
        }

        return true;
    }

    // A path ends at its NUL, which is counted; a name that begins with NUL has all its bytes.
    private static uint LocalLength(byte* bytes, uint length)
    {
        if (length <= sizeof(ushort) || bytes[sizeof(ushort)] == 0)
            return length;

        uint end = sizeof(ushort);
        while (end < length && bytes[end] != 0)
            end++;
        return uint.Min(end + 1, LocalLengthMax);
    }
}
