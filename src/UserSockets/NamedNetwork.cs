// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.UserSockets;

/// <summary>What networks of <see cref="NamedEndpoint"/>s begin with.</summary>
internal unsafe struct NamedNetwork
{
    internal aws_mutex Lock;
    internal EndpointNames Names;

    /// <summary>connect() of a stream: -EINPROGRESS, or another negated error. Under the lock.</summary>
    internal delegate*<NamedEndpoint*, SocketName*, int> Connect;

    /// <summary>The last thing of each call, under the lock. May be null.</summary>
    internal delegate*<NamedNetwork*, void> Leaving;
}
