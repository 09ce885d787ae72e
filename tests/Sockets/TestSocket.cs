// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Sockets;
using Reseau.Native.Tests.EventLoops;
using Xunit;

namespace Reseau.Native.Tests.Sockets;

/// <summary>
/// A socket as a program uses it, and what it was notified of. All but the constructor and <see cref="Dispose"/>: on the
/// loop's thread, if the socket is on a loop.
/// </summary>
internal sealed unsafe class TestSocket : IDisposable
{
    private readonly aws_allocator* _allocator;
    private GCHandle _self;

    internal TestSocket(aws_allocator* allocator, aws_socket_options options)
        : this(allocator, (aws_socket*)Allocator.Calloc(allocator, 1, (nuint)sizeof(aws_socket))) =>
        Assert.Equal(AWS_OP_SUCCESS, Socket.Init(Native, allocator, &options));

    private TestSocket(aws_allocator* allocator, aws_socket* native)
    {
        _allocator = allocator;
        _self = GCHandle.Alloc(this);
        Native = native;
    }

    internal aws_socket* Native { get; }

    /// <summary>What the connection callback brought; -1 before it has come.</summary>
    internal int Connected { get; private set; } = -1;

    internal List<TestSocket> Accepted { get; } = [];

    internal List<int> AcceptErrors { get; } = [];

    internal List<int> Readable { get; } = [];

    internal List<(int Error, nuint Written)> Completed { get; } = [];

    /// <summary>What <see cref="ReadAll"/> has read, and the error that ended it.</summary>
    internal List<byte> Received { get; } = [];

    internal int ReadError { get; private set; }

    internal string ReceivedText => Encoding.ASCII.GetString(Received.ToArray());

    /// <summary>Called for each readable event.</summary>
    internal Action OnReadable { get; set; } = () => { };

    internal aws_socket_endpoint Local => Native->local_endpoint;

    private void* Self => (void*)GCHandle.ToIntPtr(_self);

    internal int Bind(aws_socket_endpoint endpoint)
    {
        aws_socket_bind_options options = new() { local_endpoint = &endpoint };
        return Socket.Bind(Native, &options);
    }

    internal void Listen(aws_socket_endpoint endpoint, int backlog = 16)
    {
        Assert.Equal(AWS_OP_SUCCESS, Bind(endpoint));
        Assert.Equal(AWS_OP_SUCCESS, Socket.Listen(Native, backlog));
    }

    internal void StartAccept(aws_event_loop* loop)
    {
        aws_socket_listener_options options = new()
        {
            on_accept_result = &OnAccepted,
            on_accept_result_user_data = Self,
        };
        Assert.Equal(AWS_OP_SUCCESS, Socket.StartAccept(Native, loop, options));
    }

    internal int Connect(aws_socket_endpoint endpoint, aws_event_loop* loop)
    {
        aws_socket_connect_options options = new()
        {
            remote_endpoint = &endpoint,
            event_loop = loop,
            on_connection_result = &OnConnected,
            user_data = Self,
        };
        return Socket.Connect(Native, &options);
    }

    internal void Assign(aws_event_loop* loop) =>
        Assert.Equal(AWS_OP_SUCCESS, Socket.AssignToEventLoop(Native, loop));

    internal void Subscribe() =>
        Assert.Equal(AWS_OP_SUCCESS, Socket.SubscribeToReadableEvents(Native, &OnNativeReadable, Self));

    /// <summary>Subscribes, and reads whatever comes, by so many bytes at a time.</summary>
    internal void ReadWhatComes(int size = 4096)
    {
        OnReadable = () => ReadAll(size);
        Subscribe();
    }

    /// <summary>Reads until there is nothing, or the end.</summary>
    internal void ReadAll(int size = 4096)
    {
        while (Read(size) == AWS_ERROR_SUCCESS)
        {
        }
    }

    /// <summary>Reads once. 0 or the error.</summary>
    internal int Read(int size)
    {
        byte[] room = new byte[size];
        fixed (byte* bytes = room)
        {
            aws_byte_buf buffer = new() { buffer = bytes, capacity = (nuint)size };
            nuint amount;
            int result = Socket.Read(Native, &buffer, &amount);
            ReadError = result == AWS_OP_SUCCESS ? AWS_ERROR_SUCCESS : Errors.LastError();
            Received.AddRange(new ReadOnlySpan<byte>(bytes, (int)buffer.len));
        }

        TestLoop.Changed();
        return ReadError;
    }

    internal void Write(string text) => Assert.Equal(AWS_ERROR_SUCCESS, Write(Encoding.ASCII.GetBytes(text)));

    /// <summary>0 or the error. The bytes are freed when the write completes.</summary>
    internal int Write(byte[] bytes)
    {
        nuint* block = (nuint*)NativeMemory.Alloc((nuint)(bytes.Length + (2 * sizeof(nuint))));
        block[0] = (nuint)Self;
        byte* data = (byte*)(block + 2);
        bytes.CopyTo(new Span<byte>(data, bytes.Length));
        aws_byte_cursor cursor = new() { ptr = data, len = (nuint)bytes.Length };
        if (Socket.Write(Native, &cursor, &OnWritten, block) == AWS_OP_SUCCESS)
            return AWS_ERROR_SUCCESS;
        NativeMemory.Free(block);
        return Errors.LastError();
    }

    internal int Shutdown(aws_channel_direction direction) =>
        Socket.ShutdownDir(Native, direction) == AWS_OP_SUCCESS ? AWS_ERROR_SUCCESS : Errors.LastError();

    internal void Close() => Assert.Equal(AWS_OP_SUCCESS, Socket.Close(Native));

    internal void CleanUp() => Socket.CleanUp(Native);

    public void Dispose()
    {
        Accepted.ForEach(socket => socket.Dispose());
        CleanUp();
        Allocator.Release(_allocator, Native);
        _self.Free();
    }

    private static TestSocket Of(void* self) => (TestSocket)GCHandle.FromIntPtr((nint)self).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConnected(aws_socket* socket, int error, void* self)
    {
        Assert.Equal(-1, Of(self).Connected);
        Of(self).Connected = error;
        TestLoop.Changed();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnAccepted(aws_socket* listener, int error, aws_socket* socket, void* self)
    {
        if (error == AWS_ERROR_SUCCESS)
            Of(self).Accepted.Add(new TestSocket(Of(self)._allocator, socket));
        else
            Of(self).AcceptErrors.Add(error);
        TestLoop.Changed();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnNativeReadable(aws_socket* socket, int error, void* self)
    {
        Of(self).Readable.Add(error);
        Of(self).OnReadable();
        TestLoop.Changed();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnWritten(aws_socket* socket, int error, nuint written, void* block)
    {
        Of((void*)*(nuint*)block).Completed.Add((error, written));
        NativeMemory.Free(block);
        TestLoop.Changed();
    }
}
