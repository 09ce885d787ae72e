// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Reseau.Native.Tls;
using Xunit;

namespace Reseau.Native.Tests.Tls;

/// <summary>A session whose windows are arrays of a given length: no socket, no channel, no loop.</summary>
internal sealed unsafe class MemorySession : IDisposable
{
    private readonly TlsSession* _session = (TlsSession*)NativeMemory.AllocZeroed((nuint)sizeof(TlsSession));
    private readonly int _windowLength;
    private readonly byte* _input;
    private readonly byte* _output;
    private readonly Queue<byte> _incoming = new();
    private readonly List<byte> _outgoing = [];
    private GCHandle _self;

    internal MemorySession(aws_allocator* allocator, aws_tls_connection_options* options, int windowLength)
    {
        _windowLength = windowLength;
        _input = (byte*)NativeMemory.Alloc((nuint)windowLength);
        _output = (byte*)NativeMemory.Alloc((nuint)windowLength);
        _self = GCHandle.Alloc(this);
        TlsSessionOwner owner = new()
        {
            Self = (void*)GCHandle.ToIntPtr(_self),
            InputUsed = &OnInputUsed,
            OutputFull = &OnOutputFull,
            Now = &Now,
        };
        Assert.Equal(AWS_OP_SUCCESS, TlsSession.Init(_session, allocator, options, owner));
    }

    internal TlsSession* Session => _session;

    internal TlsSessionState State => _session->State;

    /// <summary>Whether the owner has no more room for records.</summary>
    internal bool RefusesOutput { get; set; }

    public void Dispose()
    {
        TlsSession.CleanUp(_session);
        _self.Free();
        NativeMemory.Free(_session);
        NativeMemory.Free(_input);
        NativeMemory.Free(_output);
    }

    /// <summary>What the session has put since the last time.</summary>
    internal byte[] TakeOutgoing()
    {
        CollectOutput();
        byte[] records = [.. _outgoing];
        _outgoing.Clear();
        return records;
    }

    internal void Receive(ReadOnlySpan<byte> records)
    {
        foreach (byte record in records)
            _incoming.Enqueue(record);
        if (_session->Records.InputLength == 0)
            NextInput();
    }

    internal void SendTo(MemorySession peer) => peer.Receive(TakeOutgoing());

    /// <summary>Both shake hands until neither gets any further.</summary>
    internal static void Handshake(MemorySession client, MemorySession server)
    {
        for (int step = 0; step < 10; step++)
        {
            Step(client);
            client.SendTo(server);
            Step(server);
            server.SendTo(client);
        }
    }

    private static void Step(MemorySession session)
    {
        if (session.State is TlsSessionState.Idle or TlsSessionState.Handshaking)
            TlsSession.Handshake(session.Session);
    }

    internal TlsOutcome Write(ReadOnlySpan<byte> content)
    {
        fixed (byte* bytes = content)
            return TlsSession.Write(_session, bytes, (nuint)content.Length);
    }

    /// <summary>Reads by windows until there is nothing more, or the session ends.</summary>
    internal TlsOutcome ReadAll(List<byte> content)
    {
        byte* window = stackalloc byte[int.Min(_windowLength, 64 * 1024)];
        TlsOutcome outcome = TlsOutcome.Done;
        while (outcome == TlsOutcome.Done)
        {
            outcome = TlsSession.Read(_session, window, (nuint)int.Min(_windowLength, 64 * 1024), out nuint read);
            content.AddRange(new ReadOnlySpan<byte>(window, (int)read));
        }

        return outcome;
    }

    private void NextInput()
    {
        int length = int.Min(_windowLength, _incoming.Count);
        for (int i = 0; i < length; i++)
            _input[i] = _incoming.Dequeue();
        _session->Records.Input = _input;
        _session->Records.InputLength = (nuint)length;
    }

    private void CollectOutput()
    {
        if (_session->Records.Output != null)
            _outgoing.AddRange(new ReadOnlySpan<byte>(_output, (int)(_session->Records.Output - _output)));
        _session->Records.Output = _output;
        _session->Records.OutputRoom = RefusesOutput ? 0 : (nuint)_windowLength;
    }

    private static MemorySession Of(void* self) => (MemorySession)GCHandle.FromIntPtr((nint)self).Target!;

    private static void OnInputUsed(void* self) => Of(self).NextInput();

    private static bool OnOutputFull(void* self, nuint size)
    {
        MemorySession session = Of(self);
        session.CollectOutput();
        return !session.RefusesOutput;
    }

    private static ulong Now(void* self) => 1;
}
