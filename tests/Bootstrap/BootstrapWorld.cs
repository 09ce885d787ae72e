// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Bootstrap;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Sockets.Virtual;
using Reseau.Native.Tests.Connections;
using Reseau.Native.Tests.EventLoops;
using Reseau.Native.Tests.Sockets;
using Xunit;

namespace Reseau.Native.Tests.Bootstrap;

/// <summary>
/// A group of two loops, a network in memory, a bootstrap for clients and one for servers, one listener at most.
/// Over TCP the test answers for the resolver. Disposing ends the listener, if the test has not, and finds leaks.
/// </summary>
internal abstract unsafe class BootstrapWorld : IDisposable
{
    internal const string Path = "/memory/server.sock";
    internal const string Address = "127.0.0.1";
    internal const uint Port = 443;

    private readonly bool _isTcp;
    private readonly VirtualTime* _time;
    private readonly VirtualNetwork* _network;
    private readonly aws_event_loop_group* _group;
    private readonly aws_server_bootstrap* _serverBootstrap;
    private readonly aws_client_bootstrap* _clientBootstrap;
    private readonly ShutdownCallback _groupGone = new();
    private readonly List<GCHandle> _handles = [];
    private aws_socket* _listener;
    private bool _isListenerGone;

    /// <summary>With a seed other than 0, which loop comes next is random.</summary>
    internal BootstrapWorld(bool isCompletion, ulong seed, bool isTcp = false)
    {
        IsCompletion = isCompletion;
        _isTcp = isTcp;
        Allocator = MemTracer.New(
            Reseau.Native.Common.Allocator.Default(), null, aws_mem_trace_level.AWS_MEMTRACE_BYTES, 0);
        _time = VirtualTime.New(Allocator, seed);
        _network = VirtualNetwork.New(_time, isCompletion);
        _group = VirtualLoop.NewGroup(_time, 2, _groupGone.Options);
        _serverBootstrap = ServerBootstrap.New(Allocator, _group);
        Resolver = new HeldResolver(Allocator);
        aws_client_bootstrap_options options = new() { event_loop_group = _group, host_resolver = Resolver.Native };
        _clientBootstrap = ClientBootstrap.New(Allocator, &options);
    }

    private sealed record Client(BootstrapWorld World, int Number);

    internal aws_allocator* Allocator { get; }

    internal HeldResolver Resolver { get; }

    internal bool IsCompletion { get; }

    internal bool IsTcp => _isTcp;

    internal aws_socket_endpoint Endpoint => SocketWorld.Endpoint(_isTcp ? Address : Path, _isTcp ? Port : 0);

    internal VirtualTime* Time => _time;

    internal VirtualNetwork* Network => _network;

    internal aws_event_loop* Loop => EventLoopGroup.GetLoopAt(_group, 0);

    internal ulong Now => VirtualTime.Now(_time);

    internal bool HasListener => _listener != null;

    internal void Listen(aws_tls_connection_options* tls, bool hasBackPressure = false)
    {
        aws_socket_options options = Stream();
        fixed (byte* host = Encoding.ASCII.GetBytes((_isTcp ? Address : Path) + "\0"))
        {
            aws_server_socket_channel_bootstrap_options listen = new()
            {
                bootstrap = _serverBootstrap,
                host_name = host,
                port = _isTcp ? Port : 0,
                socket_options = &options,
                tls_options = tls,
                incoming_callback = &OnIncoming,
                shutdown_callback = &OnServerEnd,
                destroy_callback = &OnListenerGone,
                enable_read_back_pressure = hasBackPressure,
                user_data = NewState(0),
            };
            _listener = ServerBootstrap.NewSocketListener(&listen);
            Assert.True(_listener != null);
        }
    }

    internal void DestroyListener()
    {
        aws_socket* listener = _listener;
        _listener = null;
        ServerBootstrap.DestroySocketListener(_serverBootstrap, listener);
    }

    /// <summary>Callbacks of this client bring its number.</summary>
    internal int Connect(int number, aws_tls_connection_options* tls, bool hasBackPressure)
    {
        aws_socket_options options = Stream();
        fixed (byte* host = Encoding.ASCII.GetBytes((_isTcp ? Address : Path) + "\0"))
        {
            aws_socket_channel_bootstrap_options connect = new()
            {
                bootstrap = _clientBootstrap,
                host_name = host,
                port = _isTcp ? Port : 0,
                socket_options = &options,
                tls_options = tls,
                creation_callback = &OnCreated,
                setup_callback = &OnSetup,
                shutdown_callback = &OnClientEnd,
                enable_read_back_pressure = hasBackPressure,
                user_data = NewState(number),
            };
            return ClientBootstrap.NewSocketChannel(&connect);
        }
    }

    internal void RunUntil(Func<bool> condition)
    {
        while (!condition())
        {
            Assert.True(
                VirtualTime.Step(_time) || VirtualTime.RunToNextTimer(_time), "nothing will happen any more");
        }
    }

    public virtual void Dispose()
    {
        if (_listener != null)
        {
            DestroyListener();
            RunUntil(() => _isListenerGone);
        }

        ClientBootstrap.Release(_clientBootstrap);
        Resolver.Dispose();
        ServerBootstrap.Release(_serverBootstrap);
        EventLoopGroup.Release(_group);
        RunUntil(() => _groupGone.Calls == 1);
        Assert.Equal(AWS_OP_SUCCESS, VirtualNetwork.Destroy(_network));
        Assert.Equal(AWS_OP_SUCCESS, VirtualTime.Destroy(_time));
        Assert.Equal(0u, MemTracer.Bytes(Allocator));
        MemTracer.Destroy(Allocator);
        _groupGone.Dispose();
        _handles.ForEach(handle => handle.Free());
    }

    internal aws_socket_options Stream() => new()
    {
        type = AWS_SOCKET_STREAM,
        domain = _isTcp ? AWS_SOCKET_IPV4 : AWS_SOCKET_LOCAL,
        connect_timeout_ms = 60_000,
    };

    // ---- What the bootstraps report ----

    private protected virtual void OnCreated(int number, aws_channel* channel)
    {
    }

    private protected abstract void OnSetup(int number, int error, aws_channel* channel);

    private protected abstract void OnClientEnd(int number, int error, aws_channel* channel);

    private protected abstract void OnIncoming(int error, aws_channel* channel);

    private protected abstract void OnServerEnd(int error, aws_channel* channel);

    private protected virtual void OnListenerGone()
    {
    }

    private void* NewState(int number)
    {
        GCHandle handle = GCHandle.Alloc(new Client(this, number));
        _handles.Add(handle);
        return (void*)GCHandle.ToIntPtr(handle);
    }

    private static Client Of(void* state) => (Client)GCHandle.FromIntPtr((nint)state).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnIncoming(aws_server_bootstrap* bootstrap, int error, aws_channel* channel, void* state) =>
        Of(state).World.OnIncoming(error, channel);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnServerEnd(aws_server_bootstrap* bootstrap, int error, aws_channel* channel, void* state) =>
        Of(state).World.OnServerEnd(error, channel);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnListenerGone(aws_server_bootstrap* bootstrap, void* state)
    {
        Of(state).World._isListenerGone = true;
        Of(state).World.OnListenerGone();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnCreated(aws_client_bootstrap* bootstrap, int error, aws_channel* channel, void* state) =>
        Of(state).World.OnCreated(Of(state).Number, channel);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSetup(aws_client_bootstrap* bootstrap, int error, aws_channel* channel, void* state) =>
        Of(state).World.OnSetup(Of(state).Number, error, channel);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnClientEnd(aws_client_bootstrap* bootstrap, int error, aws_channel* channel, void* state) =>
        Of(state).World.OnClientEnd(Of(state).Number, error, channel);
}
