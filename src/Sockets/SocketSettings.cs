// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Sockets;

/// <summary>What can be set of a socket that aws_socket_options have no field for.</summary>
internal enum SocketSetting : byte
{
    /// <summary>Not 0: an IPv6 socket leaves IPv4 out.</summary>
    Ipv6Only,

    /// <summary>Not 0: several sockets listen on one port, each with a part of the connections.</summary>
    SharePort,

    /// <summary>Milliseconds that sent bytes may stay unconfirmed (TCP_USER_TIMEOUT, RFC 5482).</summary>
    UserTimeout,

    /// <summary>Not 0: TCP fast open for a client that is about to connect (RFC 7413).</summary>
    SendEarly,

    /// <summary>TCP fast open for a listener: so many connections may wait with bytes and unconfirmed.</summary>
    AcceptEarly,

    /// <summary>Not 0: closing the handle resets the connection, so that its peer does not get an end.</summary>
    ResetOnClose,
}

/// <summary>Such settings, for backends that have them and for those that have not.</summary>
internal static unsafe class SocketSettings
{
    /// <summary>Returns 0 or an error.</summary>
    internal static int Set(SocketCore* core, SocketSetting setting, int value) =>
        core->Backend->Set == null ? AWS_ERROR_UNSUPPORTED_OPERATION : core->Backend->Set(core, setting, value);
}
