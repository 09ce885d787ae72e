// SPDX-License-Identifier: Apache-2.0
using System;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Tls;
using Xunit;

namespace Reseau.Native.Tests.Tls;

/// <summary>A client's first message, as OpenSSL writes it, whole, cut, and damaged.</summary>
public sealed unsafe class ClientHelloTests
{
    [Fact]
    public void ItHasTheNameAndTheProtocols()
    {
        Assert.True(ClientHello.TryParse(Message(), out ClientHello hello));
        Assert.Equal("localhost", Encoding.ASCII.GetString(hello.ServerName));
        Assert.Equal([2, (byte)'h', (byte)'2', 1, (byte)'x'], hello.Protocols.ToArray());
    }

    [Fact]
    public void OneThatIsCutIsNone()
    {
        byte[] message = Message();
        Assert.True(ClientHello.TryReadLength(message, out int length));
        Assert.Equal(message.Length, length);
        for (int cut = 0; cut < message.Length; cut++)
            Assert.False(ClientHello.TryParse(message.AsSpan(0, cut), out _));
    }

    [Fact]
    public void ADamagedOneReadsNothingBehindItself()
    {
        byte[] message = Message();
        Random random = new(1);
        for (int i = 0; i < 50_000; i++)
        {
            byte[] damaged = (byte[])message.Clone();
            for (int j = 0; j < 3; j++)
                damaged[random.Next(1, damaged.Length)] = (byte)random.Next(256);
            if (ClientHello.TryParse(damaged, out ClientHello hello))
                Assert.True(hello.ServerName.Length + hello.Protocols.Length <= damaged.Length);
        }
    }

    [Fact]
    public void AnotherMessageIsNone()
    {
        byte[] message = Message();
        message[0] = 2;
        Assert.False(ClientHello.TryReadLength(message, out _));
        Assert.False(ClientHello.TryParse(message, out _));
    }

    private static byte[] Message()
    {
        aws_allocator* allocator = Allocator.Default();
        using TlsIdentity identity = new(allocator);
        identity.SetProtocols(identity.Client, "h2;x");
        using MemorySession client = new(allocator, identity.Client, 16 * 1024);
        TlsSession.Handshake(client.Session);
        return client.TakeOutgoing()[ClientHello.RecordHeader..];
    }
}
