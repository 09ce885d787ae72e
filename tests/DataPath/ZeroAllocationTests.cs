// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Abi;
using Reseau.Native.Bootstrap;
using Reseau.Native.Channels;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;
using Reseau.Native.Tests.Tls;
using Xunit;

namespace Reseau.Native.Tests.DataPath;

/// <summary>
/// In steady state no message costs a managed byte, nor does one over TLS: two channels over a Unix socket play ping-pong
/// on one loop, and the loop's thread asks the runtime what it has allocated.
/// </summary>
public unsafe class ZeroAllocationTests
{
    private const int WarmUp = 2_000;
    private const int Measured = 20_000;
    private const int MessageLength = 512;

    private static readonly ManualResetEventSlim s_done = new();
    private static readonly ManualResetEventSlim s_listenerGone = new();
    private static readonly ManualResetEventSlim s_clientGone = new();
    private static readonly aws_channel_handler_vtable* s_vtable = NewVtable();
    private static int s_messages;
    private static int s_error;
    private static long s_before;
    private static long s_allocated;

    [Fact]
    public void APingPongAllocatesNothingManaged() => PingPong(null);

    [Fact]
    public void APingPongOverTlsAllocatesNothingManaged()
    {
        using TlsIdentity identity = new(Allocator.Default());
        PingPong(identity);
    }

    /// <summary>Likewise on io_uring, where the system has it for us.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void APingPongOnIoUringAllocatesNothingManaged(bool isOverTls)
    {
        LoopBackends.LinuxKind before = LoopBackends.OfLinux;
        if (!OperatingSystem.IsLinux() || !LoopBackends.Choose(LoopBackends.LinuxKind.IoUring))
            return;

        using TlsIdentity? identity = isOverTls ? new(Allocator.Default()) : null;
        PingPong(identity);
        LoopBackends.Choose(before);
    }

    private static void PingPong(TlsIdentity? identity)
    {
        aws_allocator* allocator = Allocator.Default();
        s_messages = 0;
        s_done.Reset();
        s_listenerGone.Reset();
        s_clientGone.Reset();
        IoLibrary.LibraryInit(allocator);
        aws_event_loop_group* group = EventLoopGroup.NewDefault(allocator, 1, null);
        aws_socket_endpoint endpoint = default;
        Socket.EndpointInitLocalAddressForTest(&endpoint);
        aws_socket_options options = new() { type = AWS_SOCKET_STREAM, domain = AWS_SOCKET_LOCAL };

        aws_server_bootstrap* server = ServerBootstrap.New(allocator, group);
        aws_server_socket_channel_bootstrap_options listen = new()
        {
            bootstrap = server,
            host_name = endpoint.address,
            socket_options = &options,
            incoming_callback = &OnIncoming,
            shutdown_callback = &OnServerEnd,
            destroy_callback = &OnListenerGone,
            tls_options = identity == null ? null : identity.Server,
        };
        aws_socket* listener = ServerBootstrap.NewSocketListener(&listen);
        Assert.True(listener != null);

        aws_client_bootstrap_options clientOptions = new() { event_loop_group = group };
        aws_client_bootstrap* client = ClientBootstrap.New(allocator, &clientOptions);
        aws_socket_channel_bootstrap_options connect = new()
        {
            bootstrap = client,
            host_name = endpoint.address,
            socket_options = &options,
            setup_callback = &OnSetup,
            shutdown_callback = &OnClientEnd,
            tls_options = identity == null ? null : identity.Client,
        };
        Assert.Equal(AWS_OP_SUCCESS, ClientBootstrap.NewSocketChannel(&connect));

        Assert.True(s_done.Wait(TimeSpan.FromSeconds(60)));
        Assert.True(s_clientGone.Wait(TimeSpan.FromSeconds(60)));
        ServerBootstrap.DestroySocketListener(server, listener);
        Assert.True(s_listenerGone.Wait(TimeSpan.FromSeconds(60)));
        ClientBootstrap.Release(client);
        ServerBootstrap.Release(server);
        EventLoopGroup.Release(group);
        IoLibrary.LibraryCleanUp();

        Assert.Equal(AWS_ERROR_SUCCESS, s_error);
        Assert.True(s_messages >= WarmUp + Measured);
        Assert.Equal(0, s_allocated);
    }

    private static aws_channel_handler_vtable* NewVtable()
    {
        aws_channel_handler_vtable* vtable =
            (aws_channel_handler_vtable*)NativeMemory.AllocZeroed((nuint)sizeof(aws_channel_handler_vtable));
        vtable->process_read_message = &OnMessage;
        vtable->process_write_message = &OnMessage;
        vtable->increment_read_window = &OnWindow;
        vtable->shutdown = &OnShutdown;
        vtable->initial_window_size = &InitialWindow;
        vtable->message_overhead = &Overhead;
        vtable->destroy = &Destroy;
        return vtable;
    }

    private static aws_channel_slot* Install(aws_channel* channel)
    {
        aws_channel_handler* handler = (aws_channel_handler*)NativeMemory.AllocZeroed((nuint)sizeof(aws_channel_handler));
        handler->vtable = s_vtable;
        aws_channel_slot* slot = ChannelSlot.New(channel);
        ChannelSlot.InsertEnd(channel, slot);
        ChannelSlot.SetHandler(slot, handler);
        return slot;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnIncoming(aws_server_bootstrap* bootstrap, int error, aws_channel* channel, void* userData)
    {
        if (error == AWS_ERROR_SUCCESS)
            Install(channel);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSetup(aws_client_bootstrap* bootstrap, int error, aws_channel* channel, void* userData)
    {
        s_error = error;
        if (error != AWS_ERROR_SUCCESS)
        {
            s_done.Set();
            return;
        }

        aws_channel_slot* slot = Install(channel);
        aws_io_message* message = Channel.AcquireMessageFromPool(channel, AWS_IO_MESSAGE_APPLICATION_DATA, MessageLength);
        message->message_data.len = MessageLength;
        ChannelSlot.SendMessage(slot, message, AWS_CHANNEL_DIR_WRITE);
    }

    // The message that came goes back as it is.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnMessage(aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message)
    {
        s_messages++;
        if (s_messages == WarmUp)
            s_before = ManagedBytes.Begin();
        if (s_messages == WarmUp + Measured)
        {
            s_allocated = ManagedBytes.Since(s_before);
            Allocator.Release(message->allocator, message);
            Channel.Shutdown(slot->channel, AWS_ERROR_SUCCESS);
            s_done.Set();
            return AWS_OP_SUCCESS;
        }

        return ChannelSlot.SendMessage(slot, message, AWS_CHANNEL_DIR_WRITE);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnWindow(aws_channel_handler* handler, aws_channel_slot* slot, nuint size) => AWS_OP_SUCCESS;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnShutdown(
        aws_channel_handler* handler,
        aws_channel_slot* slot,
        aws_channel_direction direction,
        int error,
        bool immediately) => ChannelSlot.OnHandlerShutdownComplete(slot, direction, error, immediately);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint InitialWindow(aws_channel_handler* handler) => nuint.MaxValue;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint Overhead(aws_channel_handler* handler) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(aws_channel_handler* handler) => NativeMemory.Free(handler);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnServerEnd(aws_server_bootstrap* bootstrap, int error, aws_channel* channel, void* userData)
    {
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnClientEnd(aws_client_bootstrap* bootstrap, int error, aws_channel* channel, void* userData) =>
        s_clientGone.Set();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnListenerGone(aws_server_bootstrap* bootstrap, void* userData) => s_listenerGone.Set();
}
