// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Channels;
using Reseau.Native.Channels.Handlers;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;

namespace Reseau.Native.Bootstrap;

/// <summary>What a channel takes from its owner when it is set up.</summary>
internal unsafe struct SocketChannelSettings
{
    internal aws_allocator* Allocator;

    /// <summary>For log lines: the bootstrap.</summary>
    internal void* LogId;
    internal bool HasBackPressure;

    /// <summary>NULL without TLS. It lasts as long as the channel.</summary>
    internal TlsSetup* Tls;
    internal void* AlpnUserData;
}

/// <summary>
/// A kind of owner: one static table. Its functions get the owner, whose first field the channel is: every connection
/// has one, so what all of them share is not stored there.
/// </summary>
internal unsafe struct SocketChannelOwner
{
    // First, so that a pointer to it is one to this.
    internal LazySocketOwner OfSocket;
    internal bool IsServer;
    internal delegate*<void*, SocketChannelSettings> Settings;

    /// <summary>
    /// The owner with a channel whose setup is to come, if there will be one. NULL for an owner that may be gone as
    /// soon as its channel has begun.
    /// </summary>
    internal delegate*<void*, aws_channel*, void> OnCreated;

    /// <summary>The owner with a channel that is ready, TLS included, or NULL and an error. Once.</summary>
    internal delegate*<void*, aws_channel*, int, void> OnReady;

    /// <summary>The owner, a channel that had been ready, and the error that it was shut down with. Once.</summary>
    internal delegate*<void*, aws_channel*, int, void> OnShutDown;

    /// <summary>The owner, when socket and channel have been released. The last of all.</summary>
    internal delegate*<void*, void> OnGone;
}

/// <summary>
/// A channel over a connected socket, for clients and servers: setting it up, TLS, its shutdown, and the end of its
/// socket. They differ in when the socket is destroyed: a client calls back first, a server destroys it first
/// (docs/lifetimes.md, rules 52 and 56). The first field of its owner.
/// </summary>
internal unsafe struct SocketChannel
{
    // First, so that a pointer to it is one to this. It has the owner's table, and whether the channel is ready.
    private LazySocket _socket;

    private static SocketChannelOwner* OwnerOf(SocketChannel* self) =>
        (SocketChannelOwner*)LazySocket.OwnerOf(&self->_socket);

    private static bool IsReady(SocketChannel* self) => self->_socket.OwnersMark;

    /// <summary>
    /// Takes the socket, which is on its loop, over. On the loop's thread the channel is set up inside the call; away
    /// from it that may have happened, too, and this may be gone when the call returns.
    /// </summary>
    internal static void Start(SocketChannel* self, SocketChannelOwner* owner, aws_socket* socket)
    {
        LazySocket.Take(&self->_socket, socket, SocketHandler.LazyObserver, &owner->OfSocket);
        Begin(self);
    }

    /// <summary>The same for a connection that was accepted, which is on no loop yet.</summary>
    internal static void Start(
        SocketChannel* self,
        SocketChannelOwner* owner,
        SocketCore* listener,
        nint handle,
        SocketAddress* peer,
        aws_event_loop* loop)
    {
        LazySocket.Adopt(&self->_socket, listener, handle, peer, SocketHandler.LazyObserver, &owner->OfSocket);
        int error = LazySocket.Attach(&self->_socket, loop);
        if (error == AWS_ERROR_SUCCESS)
            Begin(self);
        else
            GiveUp(self, error);
    }

    private static void Begin(SocketChannel* self)
    {
        SocketChannelSettings settings = OwnerOf(self)->Settings(self);
        aws_channel_options options = new()
        {
            event_loop = LazySocket.CoreOf(&self->_socket)->Loop,
            on_setup_completed = &OnChannelSetup,
            setup_user_data = self,
            on_shutdown_completed = &OnChannelShutdown,
            shutdown_user_data = self,
            enable_read_back_pressure = settings.HasBackPressure,
        };
        SocketChannelOwner* owner = OwnerOf(self);
        if (!EventLoop.ThreadIsCallersThread(options.event_loop))
        {
            // The channel may live and end on its loop before this returns, and self be gone (rule 440).
            aws_channel* scheduled = Channel.New(settings.Allocator, &options, SocketHandler.Size);
            if (owner->OnCreated != null)
                owner->OnCreated(self, scheduled);
            return;
        }

        int error;
        aws_channel* channel = Channel.NewOnLoop(settings.Allocator, &options, SocketHandler.Size, &error);
        if (owner->OnCreated != null)
            owner->OnCreated(self, channel);
        OnSetup(channel, error, self);
        Channel.ReleaseHold(channel);
    }

    // There is no channel.
    private static void GiveUp(SocketChannel* self, int error)
    {
        SocketChannelOwner* owner = OwnerOf(self);
        if (owner->IsServer)
            SocketHandler.DestroySocket(&self->_socket);
        owner->OnReady(self, null, error);
        if (!owner->IsServer)
            SocketHandler.DestroySocket(&self->_socket);
        owner->OnGone(self);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnChannelSetup(aws_channel* channel, int error, void* userData) =>
        OnSetup(channel, error, (SocketChannel*)userData);

    private static void OnSetup(aws_channel* channel, int error, SocketChannel* self)
    {
        if (error == AWS_ERROR_SUCCESS)
        {
            SocketChannelSettings settings = OwnerOf(self)->Settings(self);
            error = InstallHandlers(self, &settings, channel);
            if (error == AWS_ERROR_SUCCESS && settings.Tls == null)
                ReportReady(self, channel);
            if (error == AWS_ERROR_SUCCESS)
                return;
        }
        else if (OwnerOf(self)->IsServer)
        {
            LogFailedSetup(self, channel, error);
            Channel.Destroy(channel);
            GiveUp(self, error);
            return;
        }

        LogFailedSetup(self, channel, error);
        Channel.Shutdown(channel, error);
    }

    private static int InstallHandlers(SocketChannel* self, SocketChannelSettings* settings, aws_channel* channel)
    {
        aws_channel_slot* slot = ChannelSlot.New(channel);
        aws_channel_handler* handler =
            SocketHandler.New(settings->Allocator, &self->_socket, slot, Channel.MaxFragmentSize);
        if (handler == null)
        {
            int error = Errors.LastError();
            ChannelSlot.Remove(slot);
            return error;
        }

        if (ChannelSlot.SetHandler(slot, handler) != AWS_OP_SUCCESS)
            return Errors.LastError();
        return settings->Tls == null ? AWS_ERROR_SUCCESS : StartTls(self, settings, channel);
    }

    // The channel is ready when the handshake has succeeded. The program's TLS callbacks come first, with its own data;
    // a handshake that fails shuts the channel down, and the shutdown reports it.
    private static int StartTls(SocketChannel* self, SocketChannelSettings* settings, aws_channel* channel)
    {
        aws_tls_connection_options callbacks = new()
        {
            on_negotiation_result = &OnNegotiationResult,
            on_data_read = &OnDataRead,
            on_error = &OnTlsError,
            user_data = self,
        };
        int result = TlsSetup.Install(
            settings->Tls, channel, OwnerOf(self)->IsServer, &callbacks, settings->AlpnUserData);
        return result == AWS_OP_SUCCESS ? AWS_ERROR_SUCCESS : Errors.LastError();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnNegotiationResult(
        aws_channel_handler* handler, aws_channel_slot* slot, int error, void* userData)
    {
        SocketChannel* self = (SocketChannel*)userData;
        aws_channel* channel = slot->channel;
        aws_tls_connection_options options = TlsOptions(self);
        if (options.on_negotiation_result != null)
            options.on_negotiation_result(handler, slot, error, options.user_data);

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_CHANNEL_BOOTSTRAP,
            $"id=0x{LogId(self):x}: handshake on channel 0x{(nint)channel:x} over with error {error}");
        if (error == AWS_ERROR_SUCCESS)
            ReportReady(self, channel);
        else
            Channel.Shutdown(channel, error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDataRead(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_byte_buf* data, void* userData)
    {
        aws_tls_connection_options options = TlsOptions((SocketChannel*)userData);
        options.on_data_read(handler, slot, data, options.user_data);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTlsError(
        aws_channel_handler* handler, aws_channel_slot* slot, int error, byte* message, void* userData)
    {
        aws_tls_connection_options options = TlsOptions((SocketChannel*)userData);
        options.on_error(handler, slot, error, message, options.user_data);
    }

    private static void ReportReady(SocketChannel* self, aws_channel* channel)
    {
        self->_socket.OwnersMark = true;
        OwnerOf(self)->OnReady(self, channel, AWS_ERROR_SUCCESS);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnChannelShutdown(aws_channel* channel, int error, void* userData)
    {
        SocketChannel* self = (SocketChannel*)userData;
        SocketChannelOwner* owner = OwnerOf(self);
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_CHANNEL_BOOTSTRAP,
            $"id=0x{LogId(self):x}: channel 0x{(nint)channel:x} shut down with error {error}");
        if (!IsReady(self))
            owner->OnReady(self, null, error == AWS_ERROR_SUCCESS ? AWS_ERROR_UNKNOWN : error);

        if (owner->IsServer)
            SocketHandler.DestroySocket(&self->_socket);
        if (IsReady(self))
            owner->OnShutDown(self, channel, error);
        Channel.Destroy(channel);
        if (!owner->IsServer)
            SocketHandler.DestroySocket(&self->_socket);
        owner->OnGone(self);
    }

    private static void LogFailedSetup(SocketChannel* self, aws_channel* channel, int error) =>
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_CHANNEL_BOOTSTRAP,
            $"id=0x{LogId(self):x}: channel 0x{(nint)channel:x} setup failed with error {error}");

    private static nint LogId(SocketChannel* self) => (nint)OwnerOf(self)->Settings(self).LogId;

    private static aws_tls_connection_options TlsOptions(SocketChannel* self) =>
        OwnerOf(self)->Settings(self).Tls->Options;
}
