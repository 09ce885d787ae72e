// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Connections;
using Reseau.Native.EventLoops;
using Reseau.Native.Tests.EventLoops;
using Xunit;
using AwsSocket = Reseau.Native.Sockets.AwsSocket;
using NativeSocket = Reseau.Native.Sockets.Socket;
using SocketAddress = Reseau.Native.Sockets.SocketAddress;
using SocketCore = Reseau.Native.Sockets.SocketCore;

namespace Reseau.Native.Tests.Connections;

/// <summary>A listener without channels: the order of its callbacks, and its end.</summary>
public sealed unsafe class ListenerTests : IDisposable
{
    private const byte FreedByte = 0xdd;

    private readonly TestLoop _loop = TestLoop.New("epoll");
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly Listener* _listener = (Listener*)NativeMemory.AllocZeroed((nuint)sizeof(Listener));
    private readonly List<string> _events = [];
    private GCHandle _self;

    public ListenerTests()
    {
        _self = GCHandle.Alloc(this);
        _loop.Run();
    }

    public void Dispose()
    {
        _loop.Dispose();
        _self.Free();
        NativeMemory.Free(_listener);
        File.Delete(_path);
    }

    [Fact]
    public void ItReportsItsStartThenConnectionsThenItsEnd()
    {
        Assert.Equal(AWS_ERROR_SUCCESS, Start(_path, &OnStarted));
        using (Socket client = Connect())
            Await("accepted 0");
        Listener.Destroy(_listener);
        Await("closed");
        Assert.Equal(["started 0", "accepted 0", "closed"], _events);
        Assert.Throws<SocketException>(() => Connect());
    }

    [Fact]
    public void ItMayBeDestroyedInItsFirstCallback()
    {
        _onEvent = _ => Listener.Destroy(_listener);
        Assert.Equal(AWS_ERROR_SUCCESS, Start(_path, &OnStarted));
        Await("closed");
        Assert.Equal(["started 0", "closed"], _events);
    }

    [Fact]
    public void ItNeedsNoCallbackForTheStart()
    {
        Assert.Equal(AWS_ERROR_SUCCESS, Start(_path, null));
        using Socket client = Connect();
        Await("accepted 0");
        Listener.Destroy(_listener);
        Await("closed");
    }

    [Fact]
    public void AFailedStartLeavesNothingBehind()
    {
        Assert.NotEqual(AWS_ERROR_SUCCESS, Start(Path.Combine(_path, "no directory"), &OnStarted));
        Assert.NotEqual(AWS_ERROR_SUCCESS, Start(new string('x', 108), &OnStarted));
        _loop.Tick(2);
        Assert.Empty(_events);
    }

    [Fact]
    public void ALoopThatEndsFirstIsReportedAsAnErrorOfTheStart()
    {
        _loop.Stop();
        Assert.Equal(AWS_ERROR_SUCCESS, Start(_path, &OnStarted));
        _loop.Destroy();
        Assert.Equal([$"started {(int)AWS_IO_EVENT_LOOP_SHUTDOWN}", "closed"], _events);
    }

    [Fact]
    public void ItMayBeDestroyedInsideTheErrorOfItsStart()
    {
        _onEvent = _ => Listener.Destroy(_listener);
        _endsWithMemory = true;
        _loop.Stop();
        Assert.Equal(AWS_ERROR_SUCCESS, Start(_path, &OnStarted));
        _loop.Destroy();
        Assert.Equal([$"started {(int)AWS_IO_EVENT_LOOP_SHUTDOWN}", "closed"], _events);
        Assert.Equal(-1, new ReadOnlySpan<byte>(_listener, sizeof(Listener)).IndexOfAnyExcept(FreedByte));
    }

    private Action<string> _onEvent = _ => { };

    // The owner may free the listener in its last callback: here it is overwritten.
    private bool _endsWithMemory;

    private int Start(string path, delegate*<void*, int, void> onStarted)
    {
        aws_socket_options socketOptions = new() { type = AWS_SOCKET_STREAM, domain = AWS_SOCKET_LOCAL };
        fixed (byte* address = Encoding.UTF8.GetBytes(path + "\0"))
        {
            ListenOptions options = new()
            {
                Allocator = _loop.Allocator,
                Address = address,
                Backlog = 16,
                SocketOptions = &socketOptions,
                Loop = _loop.Native,
                State = (void*)GCHandle.ToIntPtr(_self),
                OnStarted = onStarted,
                OnAccepted = &OnAccepted,
                OnClosed = &OnClosed,
            };
            return Listener.Start(_listener, &options);
        }
    }

    private Socket Connect()
    {
        Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(_path));
        return client;
    }

    private void Await(string name) => _loop.RunUntil(() => _events.Contains(name));

    private static void Report(void* state, string name)
    {
        ListenerTests self = (ListenerTests)GCHandle.FromIntPtr((nint)state).Target!;
        self._events.Add(name);
        if (self._events.Count == 1)
            self._onEvent(name);
        TestLoop.Changed();
    }

    private static void OnStarted(void* state, int error) => Report(state, $"started {error}");

    private static void OnAccepted(void* state, SocketCore* core, nint handle, SocketAddress* peer, int error)
    {
        if (error == AWS_ERROR_SUCCESS)
            NativeSocket.Destroy(AwsSocket.Adopt(core, handle, peer));
        Report(state, $"accepted {error}");
    }

    private static void OnClosed(void* state)
    {
        ListenerTests self = (ListenerTests)GCHandle.FromIntPtr((nint)state).Target!;
        if (self._endsWithMemory)
            NativeMemory.Fill(self._listener, (nuint)sizeof(Listener), FreedByte);
        Report(state, "closed");
    }
}
