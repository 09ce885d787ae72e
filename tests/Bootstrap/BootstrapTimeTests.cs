// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Bootstrap;
using Reseau.Native.Channels;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Sockets.Virtual;
using Reseau.Native.Tests.Channels;
using Reseau.Native.Tests.EventLoops;
using Reseau.Native.Tests.Sockets;
using Reseau.Native.Tests.Tls;
using Xunit;

namespace Reseau.Native.Tests.Bootstrap;

/// <summary>
/// Clients and servers made by bootstraps, plain and over TLS, in memory and on virtual time: whole conversations, and
/// how long a handshake is waited for.
/// </summary>
public unsafe class BootstrapTimeTests
{
    private const ulong Second = 1_000_000_000;
    private const string Path = "/memory/server.sock";

    /// <summary>Sockets of both shapes, plain and with TLS.</summary>
    public static TheoryData<bool, bool> Kinds { get; } = new()
    {
        { false, false }, { false, true }, { true, false }, { true, true },
    };

    [Theory, MemberData(nameof(Kinds))]
    public void AClientAndAServerTalkAndEnd(bool isCompletion, bool hasTls)
    {
        using World world = new(isCompletion);
        using TlsIdentity identity = new(world.Allocator);
        world.Listen(hasTls ? identity.Server : null);
        world.Connect(hasTls ? identity.Client : null);
        world.RunUntil(() => world.Client != null && world.Server != null);
        world.Client!.Write("question");
        world.RunUntil(() => world.Server!.ReceivedText == "question");
        byte[] answer = new byte[100_000];
        world.Server!.Write(answer);
        world.RunUntil(() => world.Client.Received.Count == answer.Length);
        Channel.Shutdown(world.Client.Channel, AWS_ERROR_SUCCESS);
        world.RunUntil(() => world.ClientEnd >= 0 && world.ServerEnd >= 0);
        Assert.Equal(AWS_ERROR_SUCCESS, world.ClientEnd);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void AClientWaitsForAHandshakeAsLongAsItsOptionsSay(bool isCompletion)
    {
        using World world = new(isCompletion);
        using TlsIdentity identity = new(world.Allocator);
        identity.Client->timeout_ms = 7_000;
        using TestSocket listener = world.NewSilentListener(Path);
        ulong start = world.Now;
        world.Connect(identity.Client);
        world.RunUntil(() => world.SetupErrors.Count == 1);
        Assert.Equal([AWS_IO_TLS_NEGOTIATION_TIMEOUT], world.SetupErrors);
        Assert.Equal(7 * Second, world.Now - start);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void AServerWaitsForAClientThatSaysNothingAsLongAsItsOptionsSay(bool isCompletion)
    {
        using World world = new(isCompletion);
        using TlsIdentity identity = new(world.Allocator);
        identity.Server->timeout_ms = 5_000;
        world.Listen(identity.Server);
        ulong start = world.Now;
        using TestSocket client = world.NewSilentClient(Path);
        world.RunUntil(() => world.IncomingErrors.Count == 1);
        Assert.Equal([AWS_IO_TLS_NEGOTIATION_TIMEOUT], world.IncomingErrors);
        Assert.Equal(5 * Second, world.Now - start);
    }

    /// <summary>A group of two loops, a network, and what the bootstraps have reported.</summary>
    private sealed class World : IDisposable
    {
        private readonly VirtualTime* _time;
        private readonly VirtualNetwork* _network;
        private readonly aws_event_loop_group* _group;
        private readonly aws_server_bootstrap* _serverBootstrap;
        private readonly aws_client_bootstrap* _clientBootstrap;
        private readonly ShutdownCallback _groupGone = new();
        private aws_socket* _listener;
        private bool _isListenerGone;
        private GCHandle _self;

        internal World(bool isCompletion)
        {
            _self = GCHandle.Alloc(this);
            Allocator = MemTracer.New(
                Reseau.Native.Common.Allocator.Default(), null, aws_mem_trace_level.AWS_MEMTRACE_BYTES, 0);
            _time = VirtualTime.New(Allocator, 0);
            _network = VirtualNetwork.New(_time, isCompletion);
            _group = VirtualLoop.NewGroup(_time, 2, _groupGone.Options);
            _serverBootstrap = ServerBootstrap.New(Allocator, _group);
            aws_client_bootstrap_options options = new() { event_loop_group = _group };
            _clientBootstrap = ClientBootstrap.New(Allocator, &options);
        }

        internal aws_allocator* Allocator { get; }

        internal TestHandler? Client { get; private set; }

        internal TestHandler? Server { get; private set; }

        internal List<int> SetupErrors { get; } = [];

        internal List<int> IncomingErrors { get; } = [];

        internal int ClientEnd { get; private set; } = -1;

        internal int ServerEnd { get; private set; } = -1;

        internal ulong Now => VirtualTime.Now(_time);

        private void* Self => (void*)GCHandle.ToIntPtr(_self);

        internal void Listen(aws_tls_connection_options* tls)
        {
            aws_socket_options options = LocalStream();
            fixed (byte* path = Encoding.ASCII.GetBytes(Path + "\0"))
            {
                aws_server_socket_channel_bootstrap_options listen = new()
                {
                    bootstrap = _serverBootstrap,
                    host_name = path,
                    socket_options = &options,
                    tls_options = tls,
                    incoming_callback = &OnIncoming,
                    shutdown_callback = &OnServerEnd,
                    destroy_callback = &OnListenerGone,
                    user_data = Self,
                };
                _listener = ServerBootstrap.NewSocketListener(&listen);
                Assert.True(_listener != null);
            }
        }

        internal void Connect(aws_tls_connection_options* tls)
        {
            aws_socket_options options = LocalStream();
            fixed (byte* path = Encoding.ASCII.GetBytes(Path + "\0"))
            {
                aws_socket_channel_bootstrap_options connect = new()
                {
                    bootstrap = _clientBootstrap,
                    host_name = path,
                    socket_options = &options,
                    tls_options = tls,
                    setup_callback = &OnSetup,
                    shutdown_callback = &OnClientEnd,
                    user_data = Self,
                };
                Assert.Equal(AWS_OP_SUCCESS, ClientBootstrap.NewSocketChannel(&connect));
            }
        }

        /// <summary>Its connections stay in the backlog.</summary>
        internal TestSocket NewSilentListener(string path)
        {
            TestSocket listener = new(Allocator, LocalStream());
            listener.Listen(SocketWorld.Endpoint(path, 0));
            return listener;
        }

        internal TestSocket NewSilentClient(string path)
        {
            TestSocket client = new(Allocator, LocalStream());
            Assert.Equal(
                AWS_OP_SUCCESS,
                client.Connect(SocketWorld.Endpoint(path, 0), EventLoopGroup.GetLoopAt(_group, 0)));
            RunUntil(() => client.Connected == AWS_ERROR_SUCCESS);
            return client;
        }

        internal void RunUntil(Func<bool> condition)
        {
            while (!condition())
            {
                Assert.True(
                    VirtualTime.Step(_time) || VirtualTime.RunToNextTimer(_time), "nothing will happen any more");
            }
        }

        public void Dispose()
        {
            if (_listener != null)
            {
                ServerBootstrap.DestroySocketListener(_serverBootstrap, _listener);
                RunUntil(() => _isListenerGone);
            }

            ClientBootstrap.Release(_clientBootstrap);
            ServerBootstrap.Release(_serverBootstrap);
            EventLoopGroup.Release(_group);
            RunUntil(() => _groupGone.Calls == 1);
            Assert.Equal(AWS_OP_SUCCESS, VirtualNetwork.Destroy(_network));
            Assert.Equal(AWS_OP_SUCCESS, VirtualTime.Destroy(_time));
            Assert.Equal(0u, MemTracer.Bytes(Allocator));
            MemTracer.Destroy(Allocator);
            _groupGone.Dispose();
            _self.Free();
        }

        private static aws_socket_options LocalStream() => new()
        {
            type = AWS_SOCKET_STREAM,
            domain = AWS_SOCKET_LOCAL,
            connect_timeout_ms = 60_000,
        };

        private static World Of(void* self) => (World)GCHandle.FromIntPtr((nint)self).Target!;

        [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
        private static void OnIncoming(aws_server_bootstrap* bootstrap, int error, aws_channel* channel, void* self)
        {
            if (error != AWS_ERROR_SUCCESS)
            {
                Of(self).IncomingErrors.Add(error);
                return;
            }

            Of(self).Server = new TestHandler("server", nuint.MaxValue, []);
            Of(self).Server!.Install(channel);
        }

        [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
        private static void OnSetup(aws_client_bootstrap* bootstrap, int error, aws_channel* channel, void* self)
        {
            Of(self).SetupErrors.Add(error);
            if (error != AWS_ERROR_SUCCESS)
                return;

            Of(self).Client = new TestHandler("client", nuint.MaxValue, []);
            Of(self).Client!.Install(channel);
        }

        [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
        private static void OnClientEnd(aws_client_bootstrap* bootstrap, int error, aws_channel* channel, void* self) =>
            Of(self).ClientEnd = error;

        [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
        private static void OnServerEnd(aws_server_bootstrap* bootstrap, int error, aws_channel* channel, void* self) =>
            Of(self).ServerEnd = error;

        [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
        private static void OnListenerGone(aws_server_bootstrap* bootstrap, void* self) =>
            Of(self)._isListenerGone = true;
    }
}
