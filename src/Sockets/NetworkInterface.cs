// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Sockets;

/// <summary></summary>
internal static unsafe class NetworkInterface
{
    /// <summary>aws_is_network_interface_name_valid</summary>
    internal static bool IsNameValid(byte* interface_name) => throw new System.NotImplementedException();
}
