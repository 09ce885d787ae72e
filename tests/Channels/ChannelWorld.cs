// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Abi;
using Reseau.Native.Channels;
using Reseau.Native.Channels.Handlers;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Sockets.Virtual;
using Reseau.Native.Tests.EventLoops;
using Reseau.Native.Tests.Sockets;
using Xunit;

namespace Reseau.Native.Tests.Channels;

/// <summary>
/// A connection in memory on virtual time: at its near end a channel with a socket handler and a handler of the test, at
/// its far end a bare socket. Disposing ends what the test has not, and finds leaks.
/// </summary>
internal sealed unsafe class ChannelWorld : IDisposable
{
    private const nuint MaxReadSize = 16 * 1024;

    private readonly SocketWorld _sockets;
    private readonly TestSocket _near;
    private GCHandle _self;
    private bool _isDestroyed;

    /// <summary>The settings are made before the connection.</summary>
    internal ChannelWorld(string backend, nuint? window = null, Action<nint>? settings = null)
    {
        _self = GCHandle.Alloc(this);
        _sockets = new SocketWorld(backend);
        settings?.Invoke((nint)_sockets.Network);
        (_near, Far) = _sockets.Connect();
        aws_channel_options options = new()
        {
            event_loop = _sockets.Loop.Native,
            on_setup_completed = &OnSetup,
            on_shutdown_completed = &OnShutdown,
            setup_user_data = (void*)GCHandle.ToIntPtr(_self),
            shutdown_user_data = (void*)GCHandle.ToIntPtr(_self),
            enable_read_back_pressure = window != null,
        };
        Channel = Reseau.Native.Channels.Channel.New(_sockets.Loop.Allocator, &options);
        RunUntil(() => SetUp >= 0);
        Assert.Equal(AWS_ERROR_SUCCESS, SetUp);
        Handler = new TestHandler("handler", window ?? nuint.MaxValue, Log);
        OnLoop(() =>
        {
            aws_channel_slot* slot = ChannelSlot.New(Channel);
            ChannelSlot.SetHandler(
                slot, SocketHandler.New(_sockets.Loop.Allocator, _near.Native, slot, MaxReadSize));
            Handler.Install(Channel);
            Assert.Equal(AWS_OP_SUCCESS, Reseau.Native.Channels.Channel.TriggerRead(Channel));
        });
    }

    /// <summary>What has happened, in order.</summary>
    internal List<string> Log { get; } = [];

    internal aws_channel* Channel { get; }

    internal TestHandler Handler { get; }

    internal TestSocket Far { get; }

    internal VirtualTime* Time => ((VirtualTestLoop)_sockets.Loop).Time;

    internal VirtualNetwork* Network => _sockets.Network;

    internal aws_event_loop* Loop => _sockets.Loop.Native;

    internal aws_allocator* Allocator => _sockets.Loop.Allocator;

    internal int SetUp { get; private set; } = -1;

    internal int ShutdownError { get; private set; } = -1;

    internal bool HasShutDown => ShutdownError >= 0;

    internal ulong Now => _sockets.Loop.Now();

    /// <summary>Sockets of the network that are not freed.</summary>
    internal int SocketCount
    {
        get
        {
            int count = 0;
            for (VirtualSocket* socket = Network->FirstSocket; socket != null; socket = socket->Next)
                count++;
            return count;
        }
    }

    internal void OnLoop(Action action) => _sockets.OnLoop(action);

    internal void RunUntil(Func<bool> condition) => _sockets.RunUntil(condition);

    internal void RunUntilIdle() => VirtualTime.RunUntilIdle(Time);

    internal void Advance(ulong nanoseconds) => VirtualTime.Advance(Time, nanoseconds);

    internal void Shutdown(int error) => Reseau.Native.Channels.Channel.Shutdown(Channel, error);

    internal void Destroy()
    {
        _isDestroyed = true;
        Reseau.Native.Channels.Channel.Destroy(Channel);
    }

    public void Dispose()
    {
        if (!_isDestroyed)
        {
            Shutdown(AWS_ERROR_SUCCESS);
            Shutdown(AWS_IO_SOCKET_CLOSED);
            RunUntil(() => HasShutDown);
            OnLoop(Destroy);
        }

        _sockets.Dispose();
        _self.Free();
    }

    private static ChannelWorld Of(void* self) => (ChannelWorld)GCHandle.FromIntPtr((nint)self).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSetup(aws_channel* channel, int error, void* self) => Of(self).SetUp = error;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnShutdown(aws_channel* channel, int error, void* self)
    {
        Assert.False(Of(self).HasShutDown);
        Of(self).ShutdownError = error;
        Of(self).Log.Add($"shut down with {error}");
    }
}
