// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Sockets;
using Reseau.Native.Sockets.IoUring;
using Reseau.Native.Sockets.Virtual;
using Reseau.Native.Tests.EventLoops;
using Xunit;

namespace Reseau.Native.Tests.Sockets;

/// <summary>
/// Sockets of one backend and a running loop for them, under a tracing allocator. Disposing closes the sockets that the
/// test has not, and finds leaks.
/// </summary>
internal sealed unsafe class SocketWorld : IDisposable
{
    private readonly List<TestSocket> _sockets = [];
    private readonly VirtualNetwork* _network;
    private readonly bool _isOnRing;

    internal SocketWorld(string backend)
    {
        _isOnRing = backend == "io_uring";
        Loop = TestLoop.New(LoopOf(backend));
        if (Loop is VirtualTestLoop loop)
            _network = VirtualNetwork.New(loop.Time, isCompletion: backend == "virtual completion");
        Loop.Run();
    }

    internal TestLoop Loop { get; }

    private static string LoopOf(string backend) => backend switch
    {
        "posix" => "epoll",
        "io_uring" => "io_uring",
        "winsock" => "iocp",
        "virtual readiness" or "virtual completion" => "virtual time",
        _ => throw new ArgumentException(backend),
    };

    /// <summary>Of virtual sockets only.</summary>
    internal VirtualNetwork* Network => _network;

    internal TestSocket NewSocket(
        aws_socket_domain domain = aws_socket_domain.AWS_SOCKET_IPV4,
        aws_socket_type type = aws_socket_type.AWS_SOCKET_STREAM,
        uint timeoutMs = 120_000)
    {
        aws_socket_options options = new() { domain = domain, type = type, connect_timeout_ms = timeoutMs };
        TestSocket socket = new(Loop.Allocator, options);

        // What has been done until now is the same for both.
        if (_isOnRing)
            AwsSocket.CoreOf(socket.Native)->Backend = IoUringSocketBackend.Instance;
        _sockets.Add(socket);
        return socket;
    }

    /// <summary>An address of this machine that nobody uses: with port 0, or a path, or the name of a pipe.</summary>
    internal static aws_socket_endpoint Unused(aws_socket_domain domain) => domain switch
    {
        aws_socket_domain.AWS_SOCKET_IPV4 => Endpoint("127.0.0.1", 0),
        aws_socket_domain.AWS_SOCKET_IPV6 => Endpoint("::1", 0),
        _ when OperatingSystem.IsWindows() => Endpoint(@$"\\.\pipe\reseau-{Guid.NewGuid():N}", 0),
        _ => Endpoint($"/tmp/reseau-{Guid.NewGuid():N}.sock", 0),
    };

    internal static aws_socket_endpoint Endpoint(string address, uint port)
    {
        aws_socket_endpoint endpoint = new() { port = port };
        Encoding.ASCII.GetBytes(address, new Span<byte>(endpoint.address, 107));
        return endpoint;
    }

    /// <summary>How attempts to connect to an address of IPv4 fare.</summary>
    internal void SetRoute(aws_socket_endpoint endpoint, ulong nanoseconds, int error) => VirtualNetwork.SetRoute(
        _network, &endpoint, aws_socket_domain.AWS_SOCKET_IPV4, nanoseconds, error);

    internal void OnLoop(Action action) => Loop.InTask(action);

    internal T OnLoop<T>(Func<T> function)
    {
        T result = default!;
        Loop.InTask(() => result = function());
        return result;
    }

    internal void RunUntil(Func<bool> condition)
    {
        if (Loop is VirtualTestLoop loop)
            RunWithoutOtherThreads(loop.Time, condition);
        else
            Loop.RunUntil(condition);
    }

    internal TestSocket NewListener(
        aws_socket_domain domain = aws_socket_domain.AWS_SOCKET_IPV4, int backlog = 16, bool accepts = true)
    {
        TestSocket listener = NewSocket(domain);
        listener.Listen(Unused(domain), backlog);
        if (accepts)
            OnLoop(() => listener.StartAccept(Loop.Native));
        return listener;
    }

    /// <summary>Both ends of a connection, on the loop.</summary>
    internal (TestSocket Client, TestSocket Server) Connect(
        aws_socket_domain domain = aws_socket_domain.AWS_SOCKET_IPV4)
    {
        TestSocket listener = NewListener(domain);
        TestSocket client = NewSocket(domain);
        Assert.Equal(AWS_OP_SUCCESS, OnLoop(() => client.Connect(listener.Local, Loop.Native)));
        RunUntil(() => client.Connected >= 0 && listener.Accepted.Count == 1);
        Assert.Equal(AWS_ERROR_SUCCESS, client.Connected);
        TestSocket server = listener.Accepted[0];
        OnLoop(() => server.Assign(Loop.Native));
        return (client, server);
    }

    private static void RunWithoutOtherThreads(VirtualTime* time, Func<bool> condition)
    {
        while (!condition())
            Assert.True(VirtualTime.Step(time) || VirtualTime.RunToNextTimer(time), "nothing will happen any more");
    }

    public void Dispose()
    {
        OnLoop(() => _sockets.ForEach(socket => socket.Dispose()));
        Loop.Tick(2);
        Loop.Destroy();
        if (_network != null)
            Assert.Equal(AWS_OP_SUCCESS, VirtualNetwork.Destroy(_network));
        Loop.Dispose();
    }
}
