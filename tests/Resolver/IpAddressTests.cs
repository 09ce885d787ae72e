// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Interop.Posix;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets;
using Reseau.Native.Sockets.Posix;
using Xunit;

namespace Reseau.Native.Tests.Resolver;

/// <summary>Addresses in binary and as text.</summary>
public sealed unsafe class IpAddressTests
{
    [Theory]
    [InlineData(4, "127.0.0.1", "127.0.0.1")]
    [InlineData(4, "0.0.0.0", "0.0.0.0")]
    [InlineData(4, "255.255.255.255", "255.255.255.255")]
    [InlineData(6, "::", "::")]
    [InlineData(6, "0:0::1", "::1")]
    [InlineData(6, "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData(6, "2001:DB8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [InlineData(6, "1::", "1::")]
    [InlineData(6, "::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData(6, "::192.0.2.1", "::192.0.2.1")]
    [InlineData(6, "fe80::1%lo", "fe80::1%lo")]
    [InlineData(6, "fe80::1%999999", "fe80::1%999999")]
    [InlineData(6, "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void TextIsReadAndWritten(int version, string text, string canonical) =>
        Assert.Equal(canonical, Format(Parse(version, text)));

    [Theory]
    [InlineData(4, "")]
    [InlineData(4, "127.1")]
    [InlineData(4, "::1")]
    [InlineData(4, "127.0.0.1%lo")]
    [InlineData(6, "")]
    [InlineData(6, "127.0.0.1")]
    [InlineData(6, "%lo")]
    [InlineData(6, "fe80::1%")]
    [InlineData(6, "fe80::1%0")]
    [InlineData(6, "fe80::1%no interface")]
    [InlineData(6, "fe80::1%4294967296")]
    [InlineData(6, "fe80::1%1%1")]
    [InlineData(6, "0000000000000000000000000000000000000000000000::1")]
    public void WhatIsNoAddressIsRefused(int version, string text)
    {
        IpAddress address;
        fixed (byte* bytes = Encoding.UTF8.GetBytes(text + "\0"))
            Assert.False(IpAddress.TryParse(FamilyOf(version), bytes, &address));
        Assert.Equal(IpFamily.None, address.Family);
    }

    /// <summary>C programs compare texts of ours with those of the C library.</summary>
    [Fact]
    public void TextIsThatOfTheCLibrary()
    {
        Random random = new(8305);
        byte* bytes = stackalloc byte[16];
        byte* expected = stackalloc byte[Libc.LongestAddressText];
        for (int round = 0; round < 20_000; round++)
        {
            // Words of zero are frequent, and so is what stands for IPv4.
            for (int i = 0; i < 16; i += 2)
            {
                int kind = random.Next(4);
                bytes[i] = kind < 2 ? (byte)0 : kind == 2 ? byte.MaxValue : (byte)random.Next(256);
                bytes[i + 1] = kind == 0 ? (byte)0 : kind == 2 ? byte.MaxValue : (byte)random.Next(256);
            }

            Assert.True(Libc.inet_ntop(Libc.AF_INET6, bytes, expected, Libc.LongestAddressText) != null);
            string text = Marshal.PtrToStringUTF8((nint)expected)!;
            IpAddress address = IpAddress.FromBytes(IpFamily.IPv6, bytes, 0);
            Assert.Equal(text, Format(address));
            IpAddress parsed = Parse(6, text);
            Assert.True(IpAddress.AreEqual(&address, &parsed));
        }
    }

    [Fact]
    public void AnAddressOfAnotherScopeOrFamilyIsAnother()
    {
        IpAddress one = Parse(6, "fe80::1%1");
        IpAddress two = Parse(6, "fe80::1%2");
        IpAddress none = Parse(6, "fe80::1");
        Assert.True(IpAddress.AreEqual(&one, &one));
        Assert.False(IpAddress.AreEqual(&one, &two));
        Assert.False(IpAddress.AreEqual(&one, &none));

        IpAddress ipv4 = Parse(4, "1.2.3.4");
        IpAddress ipv6 = Parse(6, "102:304::");
        Assert.False(IpAddress.AreEqual(&ipv4, &ipv6));
    }

    [Theory]
    [InlineData(4, "192.0.2.7")]
    [InlineData(6, "2001:db8::7")]
    [InlineData(6, "fe80::7%lo")]
    public void TheSystemsFormKeepsEverything(int version, string text)
    {
        IpAddress address = Parse(version, text);
        SocketAddress system;
        aws_socket_endpoint endpoint;
        PosixBackend.Instance->FromIp(&address, 8305, &system);
        Assert.Equal(0, PosixBackend.Instance->FormatAddress(&system, &endpoint));
        Assert.Equal(text, Marshal.PtrToStringUTF8((nint)endpoint.address));
        Assert.Equal(8305u, endpoint.port);

        SocketAddress parsed;
        Assert.Equal(0, PosixBackend.Instance->ParseAddress(&endpoint, system.Domain, &parsed));
        Assert.Equal(system.Length, parsed.Length);
        Assert.True(new ReadOnlySpan<byte>(SocketAddress.BytesOf(&system), SocketAddress.Size).SequenceEqual(
            new ReadOnlySpan<byte>(SocketAddress.BytesOf(&parsed), SocketAddress.Size)));
    }

    private static IpFamily FamilyOf(int version) => version == 4 ? IpFamily.IPv4 : IpFamily.IPv6;

    private static IpAddress Parse(int version, string text)
    {
        IpAddress address;
        fixed (byte* bytes = Encoding.UTF8.GetBytes(text + "\0"))
            Assert.True(IpAddress.TryParse(FamilyOf(version), bytes, &address), text);
        return address;
    }

    private static string Format(IpAddress address)
    {
        byte* text = stackalloc byte[IpAddress.MaxTextSize];
        return Encoding.UTF8.GetString(text, IpAddress.Format(&address, text));
    }
}
