// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Channels;
using Reseau.Native.Channels.Handlers;
using Reseau.Native.Common;
using Reseau.Native.Sockets;

namespace Reseau.Native.Bootstrap;

/// <summary>What client and server do alike: a channel over a connected socket, and the end of a socket.</summary>
internal static unsafe class SocketChannel
{
    /// <summary>
    /// Puts a socket handler into the channel's first slot. AWS_OP_ERR with the last error set on failure; the channel
    /// is then the caller's to shut down. Event-loop thread only.
    /// </summary>
    internal static int InstallSocketHandler(aws_allocator* allocator, aws_channel* channel, aws_socket* socket)
    {
        aws_channel_slot* slot = ChannelSlot.New(channel);
        aws_channel_handler* handler = SocketHandler.New(allocator, socket, slot, Channel.MaxFragmentSize);
        if (handler == null)
        {
            int error = Errors.LastError();
            ChannelSlot.Remove(slot);
            return Errors.Raise(error);
        }

        return ChannelSlot.SetHandler(slot, handler);
    }

    /// <summary>Closes and frees a socket; the callback comes when the last of it is gone.</summary>
    internal static void Dispose(aws_socket* socket, aws_socket_on_shutdown_complete_fn onDisposed, void* userData)
    {
        aws_allocator* allocator = socket->allocator;
        Socket.SetCleanupCompleteCallback(socket, onDisposed, userData);
        Socket.CleanUp(socket);
        Allocator.Release(allocator, socket);
    }
}
