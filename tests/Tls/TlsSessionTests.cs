// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Reseau.Native.Tls;
using Xunit;

namespace Reseau.Native.Tests.Tls;

/// <summary>
/// Two sessions in memory, with OpenSSL under both and nothing else: no channel, no socket, no loop. All memory comes
/// from a tracing allocator.
/// </summary>
public sealed unsafe class TlsSessionTests : IDisposable
{
    private const int Window = 16 * 1024;

    private readonly aws_allocator* _allocator =
        MemTracer.New(Allocator.Default(), null, aws_mem_trace_level.AWS_MEMTRACE_BYTES, 0);
    private TlsIdentity? _identity;
    private EngineProbe? _probe;
    private MemorySession? _clientSession;
    private MemorySession? _serverSession;

    private MemorySession Client => _clientSession!;

    private MemorySession Server => _serverSession!;

    public void Dispose()
    {
        _clientSession?.Dispose();
        _serverSession?.Dispose();

        // The sessions have its table, and it has the context.
        _probe?.Dispose();
        _identity?.Dispose();
        Assert.Equal(0u, MemTracer.Bytes(_allocator));
        MemTracer.Destroy(_allocator);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1390)]
    [InlineData(16 * 1024)]
    [InlineData(50_001)]
    public void ContentGoesBothWaysByWindowsOfAnyLength(int window)
    {
        Connect(window);
        Assert.Equal(TlsSessionState.Open, Client.State);
        Assert.Equal(TlsSessionState.Open, Server.State);
        foreach (int length in (int[])[1, 2, 1000, 1390, 1391, 16 * 1024, 16 * 1024 + 1, 100_000])
        {
            byte[] content = ContentOf(length);
            Assert.Equal(content, Exchange(Client, Server, content));
            Assert.Equal(content, Exchange(Server, Client, content));
        }
    }

    [Fact]
    public void ManySmallWritesAreReadAsOneWindow()
    {
        Connect(Window);
        for (int i = 0; i < 100; i++)
            Assert.Equal(TlsOutcome.Done, Client.Write([(byte)i]));
        Client.SendTo(Server);

        byte* into = stackalloc byte[Window];
        Assert.Equal(TlsOutcome.Done, TlsSession.Read(Server.Session, into, Window, out nuint read));
        Assert.Equal(100u, read);
        Assert.Equal(99, into[99]);
        Assert.False(TlsSession.HasInput(Server.Session));
    }

    [Fact]
    public void AFullWindowLeavesTheRestForLater()
    {
        Connect(Window);
        Assert.Equal(TlsOutcome.Done, Client.Write(ContentOf(5000)));
        Client.SendTo(Server);

        byte* into = stackalloc byte[10];
        Assert.Equal(TlsOutcome.Done, TlsSession.Read(Server.Session, into, 10, out nuint read));
        Assert.Equal(10u, read);
        Assert.True(TlsSession.HasInput(Server.Session));
    }

    [Fact]
    public void AnEmptyWindowReadsNothingAndChangesNothing()
    {
        Connect(Window);
        byte* into = stackalloc byte[10];
        Assert.Equal(TlsOutcome.NeedsInput, TlsSession.Read(Server.Session, into, 0, out nuint read));
        Assert.Equal(TlsOutcome.Done, Client.Write(ContentOf(10)));
        Client.SendTo(Server);
        TlsSession.Read(Server.Session, into, 0, out read);
        Assert.Equal(0u, read);
        Assert.Equal(TlsSessionState.Open, Server.State);
        Assert.Equal(TlsOutcome.Done, TlsSession.Read(Server.Session, into, 10, out read));
        Assert.Equal(10u, read);
        Assert.Equal(TlsOutcome.Done, Server.Write([]));
        Assert.Empty(Server.TakeOutgoing());
    }

    [Fact]
    public void TheHandshakeAgreesOnAProtocolAndTheServerLearnsItsName()
    {
        _identity = new(_allocator);
        _identity.SetProtocols(_identity.Client, "h2;http/1.1");
        _identity.SetProtocols(_identity.Server, "http/1.1;mqtt");
        Connect(Window);
        Assert.Equal("http/1.1", TextOf(TlsSession.Protocol(Client.Session)));
        Assert.Equal("http/1.1", TextOf(TlsSession.Protocol(Server.Session)));
        Assert.Equal("localhost", TextOf(TlsSession.ServerName(Server.Session)));
    }

    [Fact]
    public void TheHandshakeHasAStatusAtEachStep()
    {
        Connect(Window, shake: false);
        Assert.Equal(AWS_TLS_NEGOTIATION_STATUS_NONE, Client.Session->HandshakeStatus);
        Assert.Equal(TlsOutcome.NeedsInput, TlsSession.Handshake(Client.Session));
        Assert.Equal(AWS_TLS_NEGOTIATION_STATUS_ONGOING, Client.Session->HandshakeStatus);
        MemorySession.Handshake(Client, Server);
        Assert.Equal(AWS_TLS_NEGOTIATION_STATUS_SUCCESS, Client.Session->HandshakeStatus);
        Assert.Equal(AWS_ERROR_SUCCESS, Client.Session->Error);
    }

    [Fact]
    public void BeforeTheHandshakeNothingIsReadOrWritten()
    {
        Connect(Window, shake: false);
        byte into;
        Assert.Equal(TlsOutcome.Failed, TlsSession.Read(Client.Session, &into, 1, out _));
        Assert.Equal(AWS_IO_TLS_ERROR_NOT_NEGOTIATED, Errors.LastError());
        Assert.Equal(TlsOutcome.Failed, Client.Write([1]));
        Assert.Equal(AWS_IO_TLS_ERROR_NOT_NEGOTIATED, Errors.LastError());
        Assert.Equal(TlsSessionState.Idle, Client.State);
    }

    [Fact]
    public void EachDirectionIsClosedByItsOwnCloseNotify()
    {
        Connect(Window);
        Assert.Equal(TlsOutcome.Done, Client.Write("last"u8));
        TlsSession.SendCloseNotify(Client.Session);
        Assert.Equal(TlsSessionState.WriteClosed, Client.State);
        Assert.Equal(TlsOutcome.Failed, Client.Write([1]));
        Assert.Equal(AWS_IO_TLS_ERROR_WRITE_FAILURE, Errors.LastError());

        Client.SendTo(Server);
        List<byte> content = [];
        Assert.Equal(TlsOutcome.Closed, Server.ReadAll(content));
        Assert.Equal("last"u8.ToArray(), content);
        Assert.Equal(TlsSessionState.ReadClosed, Server.State);
        Assert.Equal(TlsOutcome.Closed, TlsSession.EndInput(Server.Session));

        Assert.Equal("answer"u8.ToArray(), Exchange(Server, Client, "answer"u8.ToArray()));
        TlsSession.SendCloseNotify(Server.Session);
        Server.SendTo(Client);
        Assert.Equal(TlsOutcome.Closed, Client.ReadAll(content));
        Assert.Equal(TlsSessionState.Closed, Client.State);
        Assert.Equal(TlsSessionState.Closed, Server.State);
    }

    [Fact]
    public void CloseNotifyIsSentOnce()
    {
        Connect(Window);
        TlsSession.SendCloseNotify(Client.Session);
        Assert.NotEmpty(Client.TakeOutgoing());
        TlsSession.SendCloseNotify(Client.Session);
        Assert.Empty(Client.TakeOutgoing());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(600)]
    public void AStreamThatIsCutIsAnErrorAfterWhatCameWhole(int lengthOfCutRecord)
    {
        Connect(Window);
        Assert.Equal(TlsOutcome.Done, Server.Write("whole"u8));
        Server.SendTo(Client);
        Assert.Equal(TlsOutcome.Done, Server.Write(ContentOf(1000)));
        Client.Receive(Server.TakeOutgoing().AsSpan(0, lengthOfCutRecord));

        List<byte> content = [];
        Assert.Equal(TlsOutcome.NeedsInput, Client.ReadAll(content));
        Assert.Equal("whole"u8.ToArray(), content);
        Assert.Equal(TlsOutcome.Failed, TlsSession.EndInput(Client.Session));
        Assert.Equal(AWS_IO_TLS_ALERT_NOT_GRACEFUL, Errors.LastError());
        Assert.Equal(AWS_IO_TLS_ALERT_NOT_GRACEFUL, Client.Session->Error);
        Assert.Equal(TlsSessionState.Lost, Client.State);
    }

    [Fact]
    public void AHandshakeThatIsCutHasFailed()
    {
        Connect(Window, shake: false);
        TlsSession.Handshake(Client.Session);
        Assert.Equal(TlsOutcome.Failed, TlsSession.EndInput(Client.Session));
        Assert.Equal(TlsSessionState.HandshakeFailed, Client.State);
        Assert.Equal(AWS_TLS_NEGOTIATION_STATUS_FAILURE, Client.Session->HandshakeStatus);
        Assert.Equal(AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE, Client.Session->Error);
    }

    [Fact]
    public void AnUntrustedServerFailsTheHandshakeOnBothSides()
    {
        _identity = new(_allocator, clientTrustsServer: false);
        Connect(Window);
        Assert.Equal(TlsSessionState.HandshakeFailed, Client.State);
        Assert.Equal(AWS_IO_TLS_UNKNOWN_ROOT_CERTIFICATE, Client.Session->Error);

        // In TLS 1.3 a server may have all it needs by then: it learns by the alert that it reads.
        if (Server.State == TlsSessionState.Open)
            Assert.Equal(TlsOutcome.Failed, Server.ReadAll([]));
        Assert.Equal(AWS_IO_TLS_PEER_CERTIFICATE_UNKNOWN, Server.Session->Error);
    }

    [Fact]
    public void ADamagedRecordEndsTheSession()
    {
        Connect(Window);
        Assert.Equal(TlsOutcome.Done, Client.Write("sound"u8));
        Client.SendTo(Server);
        Assert.Equal(TlsOutcome.Done, Client.Write("damaged"u8));
        byte[] record = Client.TakeOutgoing();
        record[^1] ^= 1;
        Server.Receive(record);

        List<byte> content = [];
        Assert.Equal(TlsOutcome.Failed, Server.ReadAll(content));
        Assert.Equal("sound"u8.ToArray(), content);
        Assert.Equal(TlsSessionState.Lost, Server.State);
        Assert.Equal(AWS_IO_TLS_ERROR_READ_FAILURE, Server.Session->Error);
        Assert.Equal(TlsOutcome.Failed, Server.Write([1]));
        Assert.Equal(AWS_IO_TLS_ERROR_WRITE_FAILURE, Errors.LastError());

        // The alert that says why still goes.
        Server.SendTo(Client);
        Assert.Equal(TlsOutcome.Failed, Client.ReadAll([]));
        Assert.Equal(AWS_IO_TLS_ERROR_ALERT_RECEIVED, Client.Session->Error);
    }

    [Fact]
    public void AnOwnerWithoutRoomForRecordsEndsTheWritingAlone()
    {
        Connect(Window);
        Client.TakeOutgoing();
        Assert.Equal(TlsOutcome.Done, Server.Write("before"u8));
        Server.SendTo(Client);
        Client.RefusesOutput = true;
        for (int i = 0; i < 2; ++i)
        {
            Errors.ResetError();
            Assert.Equal(TlsOutcome.Failed, Client.Write(ContentOf(2 * Window)));
            Assert.Equal(AWS_IO_TLS_ERROR_WRITE_FAILURE, Errors.LastError());
        }

        Assert.Equal(TlsSessionState.Open, Client.State);
        List<byte> content = [];
        Client.ReadAll(content);
        Assert.Equal("before"u8.ToArray(), content);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Window)]
    public void AHandshakeWaitsForAKeyOfItsOwners(int window)
    {
        _identity = new(_allocator, clientHasRemoteKey: true);
        Connect(window);
        Assert.Equal(TlsSessionState.AwaitingKey, Client.State);
        Assert.Equal(TlsOutcome.Failed, TlsSession.Handshake(Client.Session));
        Assert.Equal(TlsSessionState.AwaitingKey, Client.State);

        TlsKeyRequest* request = TlsSession.KeyRequest(Client.Session);
        Assert.Equal(AWS_TLS_KEY_OPERATION_SIGN, request->Type);
        Assert.Equal(AWS_TLS_SIGNATURE_ECDSA, request->Signature);
        byte[] signature = _identity.Key.SignHash(
            new ReadOnlySpan<byte>(request->Input.ptr, (int)request->Input.len),
            DSASignatureFormat.Rfc3279DerSequence);
        fixed (byte* bytes = signature)
        {
            aws_byte_cursor output = new() { ptr = bytes, len = (nuint)signature.Length };
            TlsSession.AnswerKeyRequest(Client.Session, &output, AWS_ERROR_SUCCESS);
        }

        MemorySession.Handshake(Client, Server);
        Assert.Equal(TlsSessionState.Open, Client.State);
        Assert.Equal(TlsSessionState.Open, Server.State);
        Assert.Equal("by its key"u8.ToArray(), Exchange(Client, Server, "by its key"u8.ToArray()));
    }

    [Fact]
    public void AKeyOperationThatFailsEndsTheHandshakeWithItsError()
    {
        _identity = new(_allocator, clientHasRemoteKey: true);
        Connect(Window);
        TlsSession.AnswerKeyRequest(Client.Session, null, AWS_ERROR_FILE_INVALID_PATH);
        Assert.Equal(TlsOutcome.Failed, TlsSession.Handshake(Client.Session));
        Assert.Equal(AWS_ERROR_FILE_INVALID_PATH, Client.Session->Error);
        Assert.Equal(TlsSessionState.HandshakeFailed, Client.State);
    }

    [Fact]
    public void AnEmptySignatureIsNone()
    {
        _identity = new(_allocator, clientHasRemoteKey: true);
        Connect(Window);
        aws_byte_cursor output = default;
        TlsSession.AnswerKeyRequest(Client.Session, &output, AWS_ERROR_SUCCESS);
        Assert.Equal(TlsOutcome.Failed, TlsSession.Handshake(Client.Session));
        Assert.Equal(AWS_ERROR_INVALID_STATE, Client.Session->Error);
    }

    [Fact]
    public void ASessionMayEndWhileItAwaitsAKey()
    {
        _identity = new(_allocator, clientHasRemoteKey: true);
        Connect(Window);
        TlsSession.FailHandshake(Client.Session, AWS_IO_TLS_NEGOTIATION_TIMEOUT);
        Assert.Equal(TlsSessionState.HandshakeFailed, Client.State);
        TlsSession.AnswerKeyRequest(Client.Session, null, AWS_ERROR_UNKNOWN);
        Assert.Equal(AWS_IO_TLS_NEGOTIATION_TIMEOUT, Client.Session->Error);
    }

    [Fact]
    public void APeerThatReadsItsRepliesMayAskOnAndOn()
    {
        _identity = new(_allocator);
        EngineProbe probe = _probe = new(_identity.Client->ctx);
        Connect(Window);
        List<byte> content = [];
        for (int i = 0; i < 20_000; i++)
        {
            probe.RequestKeyUpdate();
            Assert.Equal(TlsOutcome.Done, Client.Write([1]));
            Client.SendTo(Server);
            Assert.Equal(TlsOutcome.NeedsInput, Server.ReadAll(content));
            Server.Session->Records.NewReplies = 0;
            TlsRecords.SettleReplies(&Server.Session->Records, 1000);
            Server.SendTo(Client);
            Assert.Equal(TlsOutcome.NeedsInput, Client.ReadAll(content));
        }

        Assert.Equal(20_000, content.Count);
    }

    [Fact]
    public void APeerThatReadsNoRepliesIsCutOff()
    {
        _identity = new(_allocator);
        EngineProbe probe = _probe = new(_identity.Client->ctx);
        Connect(Window);
        TlsOutcome outcome = TlsOutcome.NeedsInput;
        int asked = 0;
        for (; asked < 20_000 && outcome == TlsOutcome.NeedsInput; asked++)
        {
            probe.RequestKeyUpdate();
            Client.SendTo(Server);
            outcome = Server.ReadAll([]);
            Server.TakeOutgoing();
        }

        Assert.Equal(TlsOutcome.Failed, outcome);
        Assert.InRange(asked, 1000, 10_000);
        Assert.Equal(AWS_IO_TLS_ERROR_READ_FAILURE, Server.Session->Error);
        Assert.Equal(TlsSessionState.Lost, Server.State);
    }

    [Fact]
    public void RenegotiationIsRefusedAndTheSessionStaysOpen()
    {
        _identity = new(_allocator);
        EngineProbe probe = _probe = new(_identity.Client->ctx);
        probe.LimitToTls12();
        Connect(Window);
        Assert.Equal(TlsSessionState.Open, Server.State);
        probe.BeginRenegotiation();
        Client.SendTo(Server);
        Assert.Equal(TlsOutcome.NeedsInput, Server.ReadAll([]));
        Assert.Equal(TlsSessionState.Open, Server.State);

        // A warning, by which the client, which insists, ends its own session.
        Assert.NotEmpty(Server.TakeOutgoing());
        Assert.Equal(TlsOutcome.Done, Server.Write("still here"u8));
    }

    private void Connect(int window, bool shake = true)
    {
        _identity ??= new(_allocator);
        _clientSession = new(_allocator, _identity.Client, window);
        _serverSession = new(_allocator, _identity.Server, window);
        if (shake)
            MemorySession.Handshake(Client, Server);
    }

    private static byte[] Exchange(MemorySession from, MemorySession to, byte[] content)
    {
        Assert.Equal(TlsOutcome.Done, from.Write(content));
        from.SendTo(to);
        List<byte> read = [];
        Assert.Equal(TlsOutcome.NeedsInput, to.ReadAll(read));
        TlsSession.ReleaseBuffers(to.Session);
        return [.. read];
    }

    private static byte[] ContentOf(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];

    private static string TextOf(aws_byte_cursor text) =>
        System.Text.Encoding.ASCII.GetString(text.ptr, (int)text.len);
}
