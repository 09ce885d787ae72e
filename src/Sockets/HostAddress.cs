// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Sockets;

/// <summary></summary>
internal static unsafe class HostAddress
{
    /// <summary>aws_host_address_copy</summary>
    internal static int Copy(aws_host_address* from, aws_host_address* to) => throw new System.NotImplementedException();

    /// <summary>aws_host_address_move</summary>
    internal static void Move(aws_host_address* from, aws_host_address* to) => throw new System.NotImplementedException();

    /// <summary>aws_host_address_clean_up</summary>
    internal static void CleanUp(aws_host_address* address) => throw new System.NotImplementedException();
}
