// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets.Memory;

/// <summary>Which endpoints have which names. Under the network's lock.</summary>
internal unsafe struct MemoryNames
{
    internal const int AnyType = 0;

    private const int Buckets = 256;
    private const ushort FirstEphemeralPort = 49152;

    private ushort _lastPort;
    private uint _lastLocal;
    private fixed ulong _buckets[Buckets];

    internal static void Init(MemoryNames* names) => names->_lastPort = FirstEphemeralPort - 1;

    /// <summary>Gives an endpoint a name; port 0 means one that nobody uses. 0 or a negated error.</summary>
    internal static int Add(MemoryNames* names, MemoryEndpoint* endpoint, SocketName* name)
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
        ulong* bucket = BucketOf(names, name);
        endpoint->NextNamed = (MemoryEndpoint*)*bucket;
        *bucket = (ulong)endpoint;
        return 0;
    }

    /// <summary>
    /// A name that nobody has chosen, if it has none and needs one: a port of its own. 0 or a negated error.
    /// </summary>
    internal static int AddAutomatic(MemoryNames* names, MemoryEndpoint* endpoint)
    {
        if (endpoint->IsNamed || endpoint->Domain == SocketApi.AF_UNIX)
            return 0;

        SocketName name;
        SocketName.SetNameless(&name, endpoint->Domain);
        return Add(names, endpoint, &name);
    }

    /// <summary>A local name that nobody uses. 0 or a negated error.</summary>
    internal static int AddLocal(MemoryNames* names, MemoryEndpoint* endpoint)
    {
        SocketName name;
        do
            SocketName.SetLocalNumber(&name, ++names->_lastLocal);
        while (IsTaken(names, endpoint, &name));
        return Add(names, endpoint, &name);
    }

    internal static void Remove(MemoryNames* names, MemoryEndpoint* endpoint)
    {
        if (!endpoint->IsNamed)
            return;

        ulong* link = BucketOf(names, &endpoint->Local);
        while (*link != (ulong)endpoint)
            link = (ulong*)&((MemoryEndpoint*)*link)->NextNamed;
        *link = (ulong)endpoint->NextNamed;
        endpoint->IsNamed = false;
    }

    /// <summary>
    /// Who gets what is sent to an address: who has that name, or else who has its port of any host; or else who has it
    /// as the other family writes addresses of IPv4, unless that is a socket of IPv6 alone.
    /// </summary>
    internal static MemoryEndpoint* Find(MemoryNames* names, int type, SocketName* address)
    {
        MemoryEndpoint* found = FindSame(names, type, address);
        bool isPlain = address->Domain == SocketApi.AF_INET;
        if (found != null || !(isPlain || address->IsMapped))
            return found;

        SocketName other = *address;
        SocketName.MakeOf(&other, isPlain ? SocketApi.AF_INET6 : SocketApi.AF_INET);
        found = FindSame(names, type, &other);
        return found != null && MemoryEndpoint.IsForIPv6Alone(found) ? null : found;
    }

    private static MemoryEndpoint* FindSame(MemoryNames* names, int type, SocketName* address)
    {
        MemoryEndpoint* found = null;
        MemoryEndpoint* endpoint = (MemoryEndpoint*)*BucketOf(names, address);
        for (; endpoint != null; endpoint = endpoint->NextNamed)
        {
            if ((type != AnyType && endpoint->Type != type) || !SocketName.Covers(&endpoint->Local, address))
                continue;
            if (!endpoint->Local.IsAnyHost)
                return endpoint;
            found = endpoint;
        }

        return found;
    }

    private static bool TakePort(MemoryNames* names, MemoryEndpoint* endpoint, SocketName* name)
    {
        for (int tries = FirstEphemeralPort; tries <= ushort.MaxValue; tries++)
        {
            names->_lastPort++;
            if (names->_lastPort == 0)
                names->_lastPort = FirstEphemeralPort;
            name->SetPort(names->_lastPort);
            if (!IsTaken(names, endpoint, name))
                return true;
        }

        return false;
    }

    private static bool IsTaken(MemoryNames* names, MemoryEndpoint* endpoint, SocketName* name)
    {
        if (IsTaken(names, endpoint, name, name))
            return true;
        if (name->Domain == SocketApi.AF_UNIX)
            return false;

        SocketName ofOtherFamily;
        SocketName.SetNameless(
            &ofOtherFamily, name->Domain == SocketApi.AF_INET ? SocketApi.AF_INET6 : SocketApi.AF_INET);
        ofOtherFamily.SetPort(name->Port);
        return IsTaken(names, endpoint, name, &ofOtherFamily);
    }

    // By one of those that are where another name is.
    private static bool IsTaken(MemoryNames* names, MemoryEndpoint* endpoint, SocketName* name, SocketName* where)
    {
        bool isAlone = MemoryEndpoint.IsForIPv6Alone(endpoint);
        MemoryEndpoint* other = (MemoryEndpoint*)*BucketOf(names, where);
        for (; other != null; other = other->NextNamed)
        {
            bool isOtherSpace = other->Domain != SocketApi.AF_UNIX && other->Type != endpoint->Type;
            if (!isOtherSpace
                && SocketName.Collide(name, isAlone, &other->Local, MemoryEndpoint.IsForIPv6Alone(other)))
            {
                return true;
            }
        }

        return false;
    }

    private static ulong* BucketOf(MemoryNames* names, SocketName* name) =>
        &names->_buckets[SocketName.Hash(name) % Buckets];
}
