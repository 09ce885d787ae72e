// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.UserSockets;

/// <summary>
/// What a transport between two ends knows of each socket of its own end, whoever carries the bytes: endpoints of such
/// transports begin with it. Under the lock of their network.
/// </summary>
internal unsafe struct NamedEndpoint
{
    internal NamedNetwork* Network;
    internal NamedEndpoint* Next;
    internal int Domain;
    internal int Type;
    internal SocketName Local;
    internal SocketName Remote;
    internal bool IsNamed;
    internal bool HasPeer;
    internal bool IsListening;
}
