// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.UserSockets.Memory;

namespace Reseau.Native.UserSockets;

/// <summary>Which transport serves which family. Families that nobody has chosen one for share one in memory.</summary>
internal unsafe struct TransportSelection
{
    private const int DomainsMax = 16;

    private aws_mutex _lock;
    private Transport* _shared;
    private int _count;
    private fixed int _domains[DomainsMax];
    private fixed ulong _transports[DomainsMax];

    internal static void Init(TransportSelection* selection) => Mutex.Init(&selection->_lock);

    /// <summary>Null takes the choice back. 0 or a negated error.</summary>
    internal static int Select(int domain, Transport* transport)
    {
        if (domain < 0)
            return -SocketApi.EINVAL;

        TransportSelection* selection = &SocketSpace.Current->Selection;
        Mutex.Lock(&selection->_lock);
        int at = IndexOf(selection, domain);
        if (at == DomainsMax)
        {
            Mutex.Unlock(&selection->_lock);
            return -SocketApi.ENOBUFS;
        }

        Transport* before = at == selection->_count ? null : (Transport*)selection->_transports[at];
        if (at == selection->_count)
            selection->_count++;
        if (transport != null)
            Transport.Acquire(transport);
        selection->_domains[at] = domain;
        selection->_transports[at] = (ulong)transport;
        Mutex.Unlock(&selection->_lock);
        if (before != null)
            Transport.Release(before);
        return 0;
    }

    /// <summary>The one for a family; the caller releases it.</summary>
    internal static Transport* Acquire(int domain)
    {
        TransportSelection* selection = &SocketSpace.Current->Selection;
        Mutex.Lock(&selection->_lock);
        int at = IndexOf(selection, domain);
        Transport* transport = at == selection->_count ? null : (Transport*)selection->_transports[at];
        if (transport == null)
        {
            if (selection->_shared == null)
                selection->_shared = MemoryTransport.New();
            transport = selection->_shared;
        }

        Transport.Acquire(transport);
        Mutex.Unlock(&selection->_lock);
        return transport;
    }

    private static int IndexOf(TransportSelection* selection, int domain)
    {
        int at = 0;
        while (at < selection->_count && selection->_domains[at] != domain)
            at++;
        return at;
    }
}
