// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Sockets;

/// <summary>Which port numbers a domain knows.</summary>
internal static class SocketPort
{
    private const uint LargestTcpPort = ushort.MaxValue;

    // VMADDR_PORT_ANY asks for any port: fine to bind to, nothing to connect to.
    private const uint AnyVsockPort = uint.MaxValue;

    /// <summary>0 or an error.</summary>
    internal static int CheckForBind(uint port, aws_socket_domain domain) => domain switch
    {
        AWS_SOCKET_IPV4 or AWS_SOCKET_IPV6 => port <= LargestTcpPort ? AWS_ERROR_SUCCESS : Refuse(port, domain),
        AWS_SOCKET_LOCAL or AWS_SOCKET_VSOCK => AWS_ERROR_SUCCESS,
        _ => Refuse(port, domain),
    };

    /// <summary>0 or an error.</summary>
    internal static int CheckForConnect(uint port, aws_socket_domain domain) => domain switch
    {
        AWS_SOCKET_IPV4 or AWS_SOCKET_IPV6 =>
            port is > 0 and <= LargestTcpPort ? AWS_ERROR_SUCCESS : Refuse(port, domain),
        AWS_SOCKET_LOCAL => AWS_ERROR_SUCCESS,
        AWS_SOCKET_VSOCK => port != AnyVsockPort ? AWS_ERROR_SUCCESS : Refuse(port, domain),
        _ => Refuse(port, domain),
    };

    private static int Refuse(uint port, aws_socket_domain domain)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET, $"port {port} is not possible in socket domain {(uint)domain}");
        return AWS_IO_SOCKET_INVALID_ADDRESS;
    }
}
