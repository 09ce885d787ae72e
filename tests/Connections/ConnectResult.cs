// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Connections;
using Reseau.Native.EventLoops;
using Reseau.Native.Tests.EventLoops;
using NativeSocket = Reseau.Native.Sockets.Socket;

namespace Reseau.Native.Tests.Connections;

/// <summary>
/// Starts a connector and keeps what it reports. A connected socket is destroyed at once, on its loop.
/// </summary>
internal sealed unsafe class ConnectResult : IDisposable
{
    private readonly TestLoop _loop;
    private GCHandle _self;

    internal ConnectResult(TestLoop loop)
    {
        _loop = loop;
        _self = GCHandle.Alloc(this);
    }

    internal Connector* Handle;

    /// <summary>The test's, or NULL.</summary>
    internal ConnectLog* Record;

    internal volatile int Results;

    internal volatile int Error = -1;

    internal volatile bool IsReleased;

    internal volatile bool WasOnLoop;

    /// <summary>What C would read as the remote endpoint's address.</summary>
    internal string RemoteText { get; private set; } = "";

    /// <summary>Called inside the result.</summary>
    internal Action OnResult { get; set; } = () => { };

    /// <summary>With a handle, which the test releases.</summary>
    internal int Start(
        aws_socket_domain domain, string host, uint port, aws_host_resolver* resolver, ulong limitMilliseconds = 0)
    {
        aws_socket_options socketOptions = new()
        {
            type = AWS_SOCKET_STREAM,
            domain = domain,
            connect_timeout_ms = 60_000,
        };
        aws_host_resolution_config resolution = default;
        fixed (byte* text = Encoding.UTF8.GetBytes(host + "\0"))
        fixed (Connector** handle = &Handle)
        {
            ConnectOptions options = new()
            {
                Allocator = _loop.Allocator,
                Host = text,
                Port = port,
                SocketOptions = &socketOptions,
                Loop = _loop.Native,
                Resolver = resolver,
                Resolution = &resolution,
                Limit = limitMilliseconds * 1_000_000,
                State = (void*)GCHandle.ToIntPtr(_self),
                Record = Record,
                OnResult = &OnConnected,
                OnReleased = &OnReleased,
            };
            return Connector.Start(&options, handle);
        }
    }

    internal void AwaitResult() => _loop.RunUntil(() => Results > 0);

    /// <summary>Releases the handle and waits until the connector is gone.</summary>
    internal void Release()
    {
        Connector.Release(Handle);
        _loop.RunUntil(() => IsReleased);
    }

    public void Dispose() => _self.Free();

    private static ConnectResult Of(void* state) => (ConnectResult)GCHandle.FromIntPtr((nint)state).Target!;

    private static void OnConnected(void* state, aws_socket* socket, int error)
    {
        ConnectResult self = Of(state);
        self.WasOnLoop = EventLoop.ThreadIsCallersThread(self._loop.Native);
        self.Error = error;
        if (socket != null)
        {
            self.RemoteText = Marshal.PtrToStringUTF8((nint)socket->remote_endpoint.address)!;
            NativeSocket.Destroy(socket);
        }

        self.OnResult();
        self.Results++;
        TestLoop.Changed();
    }

    private static void OnReleased(void* state)
    {
        Of(state).IsReleased = true;
        TestLoop.Changed();
    }
}
