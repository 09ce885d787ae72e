// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Channels;
using Reseau.Native.Channels.Handlers;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;

namespace Reseau.Native.Bootstrap;

/// <summary>Which side of a connection a channel is on, with whose TLS, and what to call.</summary>
internal unsafe struct SocketChannelOptions
{
    internal aws_allocator* Allocator;

    /// <summary>For log lines: the bootstrap.</summary>
    internal void* LogId;
    internal bool IsServer;
    internal bool HasBackPressure;

    /// <summary>NULL without TLS. It lasts as long as the channel.</summary>
    internal TlsSetup* Tls;
    internal void* AlpnUserData;
    internal void* State;

    /// <summary>The state with a channel that is ready, TLS included, or NULL and an error. Once.</summary>
    internal delegate*<void*, aws_channel*, int, void> OnReady;

    /// <summary>The state, a channel that had been ready, and the error that it was shut down with. Once.</summary>
    internal delegate*<void*, aws_channel*, int, void> OnShutDown;

    /// <summary>The state, when socket and channel have been released. The last of all.</summary>
    internal delegate*<void*, void> OnGone;
}

/// <summary>
/// A channel over a connected socket, for clients and servers: setting it up, TLS, its shutdown, and the end of its
/// socket. They differ in when the socket is destroyed: a client calls back first, a server destroys it first
/// (docs/lifetimes.md, rules 52 and 56).
/// </summary>
internal unsafe struct SocketChannel
{
    private SocketChannelOptions _options;
    private aws_socket* _socket;
    private bool _isReady;

    /// <summary>
    /// Takes the socket, which is on its loop, over. NULL if there is no channel; the callbacks have come then. Away
    /// from the loop's thread they may have come in any case, and this may be gone when the call returns.
    /// </summary>
    internal static aws_channel* Start(SocketChannel* self, SocketChannelOptions* options, aws_socket* socket)
    {
        self->_options = *options;
        self->_socket = socket;
        self->_isReady = false;
        aws_channel_options channelOptions = new()
        {
            event_loop = Socket.GetEventLoop(socket),
            on_setup_completed = &OnChannelSetup,
            setup_user_data = self,
            on_shutdown_completed = &OnChannelShutdown,
            shutdown_user_data = self,
            enable_read_back_pressure = options->HasBackPressure,
        };
        aws_channel* channel = Channel.New(options->Allocator, &channelOptions);
        if (channel == null)
            GiveUp(self, Errors.LastError());
        return channel;
    }

    /// <summary>The same for a socket on no loop yet, as it was accepted.</summary>
    internal static void Start(
        SocketChannel* self, SocketChannelOptions* options, aws_socket* socket, aws_event_loop* loop)
    {
        if (Socket.AssignToEventLoop(socket, loop) == AWS_OP_SUCCESS)
        {
            Start(self, options, socket);
            return;
        }

        self->_options = *options;
        self->_socket = socket;
        GiveUp(self, Errors.LastError());
    }

    // There is no channel.
    private static void GiveUp(SocketChannel* self, int error)
    {
        SocketChannelOptions options = self->_options;
        if (options.IsServer)
            Socket.Destroy(self->_socket);
        options.OnReady(options.State, null, error);
        if (!options.IsServer)
            Socket.Destroy(self->_socket);
        options.OnGone(options.State);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnChannelSetup(aws_channel* channel, int error, void* userData)
    {
        SocketChannel* self = (SocketChannel*)userData;
        if (error == AWS_ERROR_SUCCESS)
        {
            error = InstallHandlers(self, channel);
            if (error == AWS_ERROR_SUCCESS && self->_options.Tls == null)
                ReportReady(self, channel);
            if (error == AWS_ERROR_SUCCESS)
                return;
        }
        else if (self->_options.IsServer)
        {
            LogFailedSetup(self, channel, error);
            Channel.Destroy(channel);
            GiveUp(self, error);
            return;
        }

        LogFailedSetup(self, channel, error);
        Channel.Shutdown(channel, error);
    }

    private static int InstallHandlers(SocketChannel* self, aws_channel* channel)
    {
        aws_channel_slot* slot = ChannelSlot.New(channel);
        aws_channel_handler* handler =
            SocketHandler.New(self->_options.Allocator, self->_socket, slot, Channel.MaxFragmentSize);
        if (handler == null)
        {
            int error = Errors.LastError();
            ChannelSlot.Remove(slot);
            return error;
        }

        if (ChannelSlot.SetHandler(slot, handler) != AWS_OP_SUCCESS)
            return Errors.LastError();
        return self->_options.Tls == null ? AWS_ERROR_SUCCESS : StartTls(self, channel);
    }

    // The channel is ready when the handshake has succeeded. The program's TLS callbacks come first, with its own data;
    // a handshake that fails shuts the channel down, and the shutdown reports it.
    private static int StartTls(SocketChannel* self, aws_channel* channel)
    {
        aws_tls_connection_options callbacks = new()
        {
            on_negotiation_result = &OnNegotiationResult,
            on_data_read = &OnDataRead,
            on_error = &OnTlsError,
            user_data = self,
        };
        SocketChannelOptions* options = &self->_options;
        int result = TlsSetup.Install(options->Tls, channel, options->IsServer, &callbacks, options->AlpnUserData);
        return result == AWS_OP_SUCCESS ? AWS_ERROR_SUCCESS : Errors.LastError();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnNegotiationResult(
        aws_channel_handler* handler, aws_channel_slot* slot, int error, void* userData)
    {
        SocketChannel* self = (SocketChannel*)userData;
        aws_channel* channel = slot->channel;
        aws_tls_connection_options options = self->_options.Tls->Options;
        if (options.on_negotiation_result != null)
            options.on_negotiation_result(handler, slot, error, options.user_data);

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_CHANNEL_BOOTSTRAP,
            $"id=0x{(nint)self->_options.LogId:x}: handshake on channel 0x{(nint)channel:x} over with error {error}");
        if (error == AWS_ERROR_SUCCESS)
            ReportReady(self, channel);
        else
            Channel.Shutdown(channel, error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDataRead(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_byte_buf* data, void* userData)
    {
        aws_tls_connection_options options = ((SocketChannel*)userData)->_options.Tls->Options;
        options.on_data_read(handler, slot, data, options.user_data);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTlsError(
        aws_channel_handler* handler, aws_channel_slot* slot, int error, byte* message, void* userData)
    {
        aws_tls_connection_options options = ((SocketChannel*)userData)->_options.Tls->Options;
        options.on_error(handler, slot, error, message, options.user_data);
    }

    private static void ReportReady(SocketChannel* self, aws_channel* channel)
    {
        self->_isReady = true;
        self->_options.OnReady(self->_options.State, channel, AWS_ERROR_SUCCESS);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnChannelShutdown(aws_channel* channel, int error, void* userData)
    {
        SocketChannel* self = (SocketChannel*)userData;
        SocketChannelOptions options = self->_options;
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_CHANNEL_BOOTSTRAP,
            $"id=0x{(nint)options.LogId:x}: channel 0x{(nint)channel:x} shut down with error {error}");
        if (!self->_isReady)
            options.OnReady(options.State, null, error == AWS_ERROR_SUCCESS ? AWS_ERROR_UNKNOWN : error);

        aws_socket* socket = self->_socket;
        if (options.IsServer)
            Socket.Destroy(socket);
        if (self->_isReady)
            options.OnShutDown(options.State, channel, error);
        Channel.Destroy(channel);
        if (!options.IsServer)
            Socket.Destroy(socket);
        options.OnGone(options.State);
    }

    private static void LogFailedSetup(SocketChannel* self, aws_channel* channel, int error) =>
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_CHANNEL_BOOTSTRAP,
            $"id=0x{(nint)self->_options.LogId:x}: channel 0x{(nint)channel:x} setup failed with error {error}");
}
