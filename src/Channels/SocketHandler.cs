// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Channels;

/// <summary></summary>
internal static unsafe class SocketHandler
{
    /// <summary>aws_socket_handler_new</summary>
    internal static aws_channel_handler* New(aws_allocator* allocator, aws_socket* socket, aws_channel_slot* slot, nuint max_read_size) => throw new System.NotImplementedException();

    /// <summary>aws_socket_handler_get_socket</summary>
    internal static aws_socket* GetSocket(aws_channel_handler* handler) => throw new System.NotImplementedException();
}
