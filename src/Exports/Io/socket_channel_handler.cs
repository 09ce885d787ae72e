// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Channels.Handlers;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/socket_channel_handler.h&gt;.</summary>
public static unsafe class Exports_io_socket_channel_handler
{
    [UnmanagedCallersOnly(EntryPoint = "aws_socket_handler_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_channel_handler* aws_socket_handler_new(aws_allocator* allocator, aws_socket* socket, aws_channel_slot* slot, nuint max_read_size) => SocketHandler.New(allocator, socket, slot, max_read_size);

    [UnmanagedCallersOnly(EntryPoint = "aws_socket_handler_get_socket", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_socket* aws_socket_handler_get_socket(aws_channel_handler* handler) => SocketHandler.GetSocket(handler);
}
