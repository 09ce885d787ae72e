// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Sockets;

/// <summary></summary>
internal static unsafe class SocketAddress
{
    /// <summary>aws_parse_ipv4_address</summary>
    internal static int ParseIPv4Address(aws_string* src, uint* dst) => throw new System.NotImplementedException();

    /// <summary>aws_parse_ipv6_address</summary>
    internal static int ParseIPv6Address(aws_string* src, aws_byte_buf* dst) => throw new System.NotImplementedException();
}
