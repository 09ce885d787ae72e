// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using Reseau.Native.Abi;
using Reseau.Native.Channels;
using Reseau.Native.Tests.Channels;
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
        using TestSocket listener = world.NewSilentListener();
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
        using TestSocket client = world.NewSilentClient();
        world.RunUntil(() => world.IncomingErrors.Count == 1);
        Assert.Equal([AWS_IO_TLS_NEGOTIATION_TIMEOUT], world.IncomingErrors);
        Assert.Equal(5 * Second, world.Now - start);
    }

    /// <summary>A client, a server, and what the bootstraps have reported of them.</summary>
    private sealed class World(bool isCompletion) : BootstrapWorld(isCompletion, seed: 0)
    {
        internal TestHandler? Client { get; private set; }

        internal TestHandler? Server { get; private set; }

        internal List<int> SetupErrors { get; } = [];

        internal List<int> IncomingErrors { get; } = [];

        internal int ClientEnd { get; private set; } = -1;

        internal int ServerEnd { get; private set; } = -1;

        internal void Connect(aws_tls_connection_options* tls) =>
            Assert.Equal(AWS_OP_SUCCESS, Connect(0, tls, hasBackPressure: false));

        /// <summary>Its connections stay in the backlog.</summary>
        internal TestSocket NewSilentListener()
        {
            TestSocket listener = new(Allocator, Stream());
            listener.Listen(Endpoint);
            return listener;
        }

        internal TestSocket NewSilentClient()
        {
            TestSocket client = new(Allocator, Stream());
            Assert.Equal(AWS_OP_SUCCESS, client.Connect(Endpoint, Loop));
            RunUntil(() => client.Connected == AWS_ERROR_SUCCESS);
            return client;
        }

        private protected override void OnIncoming(int error, aws_channel* channel)
        {
            if (error != AWS_ERROR_SUCCESS)
            {
                IncomingErrors.Add(error);
                return;
            }

            Server = new TestHandler("server", nuint.MaxValue, []);
            Server.Install(channel);
        }

        private protected override void OnSetup(int number, int error, aws_channel* channel)
        {
            SetupErrors.Add(error);
            if (error != AWS_ERROR_SUCCESS)
                return;

            Client = new TestHandler("client", nuint.MaxValue, []);
            Client.Install(channel);
        }

        private protected override void OnClientEnd(int number, int error, aws_channel* channel) => ClientEnd = error;

        private protected override void OnServerEnd(int error, aws_channel* channel) => ServerEnd = error;
    }
}
