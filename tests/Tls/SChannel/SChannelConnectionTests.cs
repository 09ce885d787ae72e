// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Reseau.Native.Interop.SChannel;
using Reseau.Native.Tls;
using Reseau.Native.Tls.SChannel;
using Xunit;

namespace Reseau.Native.Tests.Tls.SChannel;

/// <summary>
/// The engine of Windows over a provider with the manners of the system's, on both sides, on any system: what Wine has
/// no provider for, servers and TLS 1.3, too. Certificates and keys are the system's, and are tested there.
/// </summary>
public sealed unsafe class SChannelConnectionTests : IDisposable
{
    private const int Window = 16 * 1024;

    private readonly aws_allocator* _allocator =
        MemTracer.New(Allocator.Default(), null, aws_mem_trace_level.AWS_MEMTRACE_BYTES, 0);
    private readonly int _alive;
    private readonly TlsIdentity _identity;
    private MemorySession? _clientSession;
    private MemorySession? _serverSession;

    public SChannelConnectionTests()
    {
        SChannelEngine.Functions = ProviderOfOpenSsl.Table;
        ProviderOfOpenSsl.MaxVersion = ProviderOfOpenSsl.Tls13;
        ProviderOfOpenSsl.Alerts.Clear();
        _alive = ProviderOfOpenSsl.Alive;
        _identity = new(_allocator);
    }

    private MemorySession Client => _clientSession!;

    private MemorySession Server => _serverSession!;

    public void Dispose()
    {
        _clientSession?.Dispose();
        _serverSession?.Dispose();
        _identity.Dispose();
        Assert.Equal(_alive, ProviderOfOpenSsl.Alive);
        Assert.Equal(0u, MemTracer.Bytes(_allocator));
        MemTracer.Destroy(_allocator);
    }

    [Theory]
    [InlineData(1, ProviderOfOpenSsl.Tls12)]
    [InlineData(1, ProviderOfOpenSsl.Tls13)]
    [InlineData(7, ProviderOfOpenSsl.Tls13)]
    [InlineData(1390, ProviderOfOpenSsl.Tls12)]
    [InlineData(Window, ProviderOfOpenSsl.Tls12)]
    [InlineData(Window, ProviderOfOpenSsl.Tls13)]
    [InlineData(50_001, ProviderOfOpenSsl.Tls13)]
    public void ContentGoesBothWaysByWindowsOfAnyLength(int window, int version)
    {
        ProviderOfOpenSsl.MaxVersion = version;
        Connect(window);
        Assert.Equal(TlsSessionState.Open, Client.State);
        Assert.Equal(TlsSessionState.Open, Server.State);
        foreach (int length in new[] { 1, 100, 20_000, 70_000 })
        {
            Assert.Equal(ContentOf(length), Exchange(Client, Server, ContentOf(length)));
            Assert.Equal(ContentOf(length), Exchange(Server, Client, ContentOf(length)));
        }
    }

    [Fact]
    public void WhatComesWithTheEndOfTheHandshakeIsContent()
    {
        ProviderOfOpenSsl.MaxVersion = ProviderOfOpenSsl.Tls12;
        Connect(Window, shake: false);
        TlsSession.Handshake(Client.Session);
        Client.SendTo(Server);
        TlsSession.Handshake(Server.Session);
        Server.SendTo(Client);
        TlsSession.Handshake(Client.Session);
        Client.SendTo(Server);
        Assert.Equal(TlsOutcome.Done, TlsSession.Handshake(Server.Session));
        Assert.Equal(TlsOutcome.Done, Server.Write("at once"u8));
        Server.SendTo(Client);

        Assert.Equal(TlsOutcome.Done, TlsSession.Handshake(Client.Session));
        Assert.True(TlsSession.HasInput(Client.Session));
        List<byte> content = [];
        Assert.Equal(TlsOutcome.NeedsInput, Client.ReadAll(content));
        Assert.Equal("at once"u8.ToArray(), content);
        Assert.False(TlsSession.HasInput(Client.Session));
    }

    [Fact]
    public void TicketsOfTls13GoToTheProviderAndAreNoContent()
    {
        int before = ProviderOfOpenSsl.LateMessages;
        Connect(Window);
        List<byte> content = [];
        Assert.Equal(TlsOutcome.NeedsInput, Client.ReadAll(content));
        Assert.Empty(content);
        Assert.True(ProviderOfOpenSsl.LateMessages > before);
        Assert.Equal("after"u8.ToArray(), Exchange(Server, Client, "after"u8.ToArray()));
    }

    [Theory]
    [InlineData("h2;http/1.1", "http/1.1;h2", "http/1.1")]
    [InlineData("h2", "h2", "h2")]
    [InlineData("h2", "other", "")]
    public void AServerChoosesByItsOwnOrderAndGoesOnWithoutACommonProtocol(string offered, string own, string chosen)
    {
        _identity.SetProtocols(_identity.Client, offered);
        _identity.SetProtocols(_identity.Server, own);
        Connect(Window);
        Assert.Equal(TlsSessionState.Open, Server.State);
        Assert.Equal(chosen, TextOf(TlsSession.Protocol(Server.Session)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Window)]
    public void AServerKnowsTheNameThatItWasAskedFor(int window)
    {
        Connect(window);
        Assert.Equal("localhost", TextOf(TlsSession.ServerName(Server.Session)));
        Assert.Equal("localhost", TextOf(TlsSession.ServerName(Client.Session)));
    }

    [Theory]
    [InlineData("localhost", "localhost", -1)]
    [InlineData("first.example", "localhost", 1)]
    [InlineData("first.example", "*.localhost", -1)]
    public void AServerShowsTheCertificateForTheNameThatItIsAskedFor(string own, string last, int shown)
    {
        Connect(Window, shake: false);
        SChannelContext* server = (SChannelContext*)TlsContext.Of(_identity.Server->ctx)->EngineContext;
        server->Others = (SChannelContext**)Allocator.Calloc(_allocator, 2, (nuint)sizeof(SChannelContext*));
        server->OtherCount = 2;
        SChannelContext* second = server->Others[0] = NewContext(isServer: true);
        SChannelContext* third = server->Others[1] = NewContext(isServer: true);
        using NamedCertificate first = new(own), other = new("other.example"), asked = new(last);
        server->Shown = first.Context;
        second->Shown = other.Context;
        third->Shown = asked.Context;
        MemorySession.Handshake(Client, Server);
        Assert.Equal(TlsSessionState.Open, Server.State);
        Assert.Equal((shown < 0 ? server : server->Others[shown])->Credentials.dwLower, ProviderOfOpenSsl.LastShown);
        _serverSession!.Dispose();
        _serverSession = null;
        SChannelContext.Free(second);
        SChannelContext.Free(third);
    }

    [Theory]
    [InlineData(ProviderOfOpenSsl.Tls12)]
    [InlineData(ProviderOfOpenSsl.Tls13)]
    public void EachDirectionIsClosedByItsOwnCloseNotify(int version)
    {
        ProviderOfOpenSsl.MaxVersion = version;
        Connect(Window);
        Assert.Equal(TlsOutcome.Done, Client.Write("last"u8));
        TlsSession.SendCloseNotify(Client.Session);
        Client.SendTo(Server);
        List<byte> content = [];
        Assert.Equal(TlsOutcome.Closed, Server.ReadAll(content));
        Assert.Equal("last"u8.ToArray(), content);
        Assert.Equal(TlsOutcome.Closed, TlsSession.EndInput(Server.Session));

        Assert.Equal("answer"u8.ToArray(), Exchange(Server, Client, "answer"u8.ToArray()));
        TlsSession.SendCloseNotify(Server.Session);
        Server.SendTo(Client);
        Assert.Equal(TlsOutcome.Closed, Client.ReadAll(content));
        Assert.Equal(TlsSessionState.Closed, Client.State);
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
        Assert.Equal(AWS_IO_TLS_ALERT_NOT_GRACEFUL, Client.Session->Error);
    }

    [Fact]
    public void ADamagedRecordEndsTheSessionWithAnAlert()
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
        Assert.Equal(AWS_IO_TLS_ERROR_READ_FAILURE, Server.Session->Error);
        Assert.Equal([20u], ProviderOfOpenSsl.Alerts);
    }

    [Theory]
    [InlineData(new byte[] { 23, 3, 3, 0xFF, 0xFF }, false)] // longer than a record may be
    [InlineData(new byte[] { 23, 3, 3, 0x48, 0x01 }, false)] // by one byte
    [InlineData(new byte[] { 99, 3, 3, 0, 1 }, false)] // of no type
    [InlineData(new byte[] { 22, 2, 0, 0, 1 }, false)] // of no version
    [InlineData(new byte[] { 23, 3, 3, 0xFF, 0xFF }, true)]
    [InlineData(new byte[] { (byte)'G', (byte)'E', (byte)'T', (byte)' ', (byte)'/' }, true)]
    public void WhatIsNoRecordIsRefusedByItsHeader(byte[] header, bool inHandshake)
    {
        Connect(Window, shake: !inHandshake);
        Server.Receive(header);
        if (inHandshake)
        {
            Assert.Equal(TlsOutcome.Failed, TlsSession.Handshake(Server.Session));
            Assert.Equal(AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE, Server.Session->Error);
            return;
        }

        Assert.Equal(TlsOutcome.Failed, Server.ReadAll([]));
        Assert.Equal(AWS_IO_TLS_ERROR_READ_FAILURE, Server.Session->Error);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void AFirstMessageMayComeInManyRecords(int length)
    {
        Connect(Window, shake: false);
        TlsSession.Handshake(Client.Session);
        byte[] hello = Client.TakeOutgoing();
        for (int at = ClientHello.RecordHeader; at < hello.Length; at += length)
        {
            int part = int.Min(length, hello.Length - at);
            Server.Receive([22, 3, 1, 0, (byte)part, .. hello[at..(at + part)]]);
            Assert.Equal(TlsOutcome.NeedsInput, TlsSession.Handshake(Server.Session));
        }

        Assert.Equal("localhost", TextOf(TlsSession.ServerName(Server.Session)));
        MemorySession.Handshake(Client, Server);
        Assert.Equal(TlsSessionState.Open, Client.State);
        Assert.Equal(TlsSessionState.Open, Server.State);
    }

    [Fact]
    public void AMessageThatNeverEndsIsGivenUp()
    {
        // A client's first message of 16 MiB, as it says, in records of one byte.
        Connect(Window, shake: false);
        Server.Receive([22, 3, 1, 0, 4, 1, 0xFF, 0xFF, 0xFF]);
        TlsOutcome outcome = TlsSession.Handshake(Server.Session);
        int records = 0;
        while (outcome == TlsOutcome.NeedsInput && records++ < 100)
        {
            Server.Receive([22, 3, 1, 0x40, 0, .. new byte[16 * 1024]]);
            outcome = TlsSession.Handshake(Server.Session);
        }

        Assert.Equal(TlsOutcome.Failed, outcome);
        Assert.InRange(records, 2, 10);
    }

    [Theory]
    [InlineData(40, AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE)]
    [InlineData(42, AWS_IO_TLS_BAD_PEER_CERTIFICATE)]
    [InlineData(45, AWS_IO_TLS_PEER_CERTIFICATE_EXPIRED)]
    [InlineData(48, AWS_IO_TLS_PEER_CERTIFICATE_UNKNOWN)]
    public void AnAlertInTheHandshakeSaysWhy(int alert, int error)
    {
        Connect(Window, shake: false);
        TlsSession.Handshake(Client.Session);
        Client.Receive([21, 3, 3, 0, 2, 2, (byte)alert]);
        Assert.Equal(TlsOutcome.Failed, TlsSession.Handshake(Client.Session));
        Assert.Equal(error, Client.Session->Error);
    }

    [Fact]
    public void AnOlderVersionThanTheLowestIsRefusedThoughTheProviderIsContent()
    {
        TlsContext* context = TlsContext.Of(_identity.Client->ctx);
        Connect(Window, shake: false);
        ((SChannelContext*)context->EngineContext)->LowestVersion = AWS_IO_TLSv1_3;
        ProviderOfOpenSsl.MaxVersion = ProviderOfOpenSsl.Tls12;
        _serverSession!.Dispose();
        Replace(_identity.Server, isServer: true);
        _serverSession = new(_allocator, _identity.Server, Window);
        MemorySession.Handshake(Client, Server);
        Assert.Equal(TlsSessionState.HandshakeFailed, Client.State);
        Assert.Equal([70u], ProviderOfOpenSsl.Alerts);
    }

    [Fact]
    public void AnOwnerWithoutRoomForRecordsEndsTheWritingAlone()
    {
        Connect(Window);
        Client.TakeOutgoing();
        Assert.Equal(TlsOutcome.Done, Server.Write("before"u8));
        Server.SendTo(Client);
        Client.RefusesOutput = true;
        Assert.Equal(TlsOutcome.Failed, Client.Write(ContentOf(2 * Window)));
        Assert.Equal(AWS_IO_TLS_ERROR_WRITE_FAILURE, Errors.LastError());
        Assert.Equal(TlsSessionState.Open, Client.State);
        List<byte> content = [];
        Client.ReadAll(content);
        Assert.Equal("before"u8.ToArray(), content);
    }

    [Theory]
    [InlineData(ProviderOfOpenSsl.Tls12, 12)]
    [InlineData(ProviderOfOpenSsl.Tls13, 13)]
    public void WhatTheHandshakeHasLedToIsKnown(int version, int described)
    {
        ProviderOfOpenSsl.MaxVersion = version;
        Connect(Window);
        Assert.Equal(described, TlsSession.Describe(Client.Session).Version);
        Assert.Equal(described, TlsSession.Describe(Server.Session).Version);
        Assert.False(TlsSession.Describe(Client.Session).IsResumed);
        aws_byte_buf der;
        Assert.False(TlsSession.TryGetPeerCertificate(Client.Session, _allocator, &der));
    }

    private void Connect(int window, bool shake = true)
    {
        Replace(_identity.Client, isServer: false);
        Replace(_identity.Server, isServer: true);
        _clientSession = new(_allocator, _identity.Client, window);
        _serverSession = new(_allocator, _identity.Server, window);
        if (shake)
            MemorySession.Handshake(Client, Server);
    }

    // The context of a test's connection options gets this engine.
    private void Replace(aws_tls_connection_options* connection, bool isServer)
    {
        TlsContext* context = TlsContext.Of(connection->ctx);
        context->Engine->FreeContext(context->EngineContext);
        context->Engine = TlsEngines.OfSystem;
        context->EngineContext = NewContext(isServer);
    }

    private SChannelContext* NewContext(bool isServer)
    {
        aws_tls_ctx_options options;
        TlsContextOptions.InitDefaultClient(&options, _allocator);
        TlsContextOptions.SetVerifyPeer(&options, false);
        void* context = TlsEngines.OfSystem->NewContext(_allocator, &options, null, isServer);
        TlsContextOptions.CleanUp(&options);
        Assert.True(context != null);
        return (SChannelContext*)context;
    }

    /// <summary>What of a certificate says whose it is.</summary>
    private sealed class NamedCertificate : IDisposable
    {
        private readonly Parts* _parts = (Parts*)NativeMemory.AllocZeroed((nuint)sizeof(Parts));
        private readonly byte* _text;

        private struct Parts
        {
            internal CERT_CONTEXT Context;
            internal CERT_INFO Info;
            internal CERT_EXTENSION Names;
        }

        internal NamedCertificate(string name)
        {
            SubjectAlternativeNameBuilder names = new();
            names.AddDnsName(name);
            byte[] text = [.. "2.5.29.17\0"u8, .. names.Build().RawData];
            _text = (byte*)NativeMemory.Alloc((nuint)text.Length);
            text.CopyTo(new Span<byte>(_text, text.Length));
            const int Oid = 10;
            _parts->Names.pszObjId = _text;
            _parts->Names.Value = new() { pbData = _text + Oid, cbData = (uint)(text.Length - Oid) };
            _parts->Info.rgExtension = &_parts->Names;
            _parts->Info.cExtension = 1;
            _parts->Context.pCertInfo = &_parts->Info;
        }

        internal CERT_CONTEXT* Context => &_parts->Context;

        public void Dispose()
        {
            NativeMemory.Free(_parts);
            NativeMemory.Free(_text);
        }
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

    private static string TextOf(aws_byte_cursor text) => Encoding.ASCII.GetString(text.ptr, (int)text.len);
}
