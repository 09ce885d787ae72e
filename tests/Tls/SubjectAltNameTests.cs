// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;
using Reseau.Native.Tls;
using Xunit;

namespace Reseau.Native.Tests.Tls;

/// <summary>The names of a certificate, also damaged ones, against the framework's reader of DER.</summary>
public class SubjectAltNameTests
{
    private const byte Rfc822Name = 0x81;
    private const byte DnsName = 0x82;
    private const byte DirectoryName = 0xA4;
    private const byte Uri = 0x86;
    private const byte IpAddress = 0x87;

    [Fact]
    public void OneNameOfManyIsEnough() =>
        Assert.True(Has("a.example", Name(DnsName, "b.example"), Name(Uri, "https://a.example/"), Name(DnsName, "a.example")));

    [Fact]
    public void OnlyDnsNamesNameAHost()
    {
        foreach (byte tag in new byte[] { 0x80, Rfc822Name, DirectoryName, 0x85, Uri, IpAddress, 0x88, 0x0C, 0x16, 0x42, 0xA2, 0xC2 })
            Assert.False(Has("a.example", Name(tag, "a.example")));
        Assert.False(Has("a.example"));
    }

    [Fact]
    public void AnAddressIsFoundAsBytesAlone()
    {
        Assert.True(Has("127.0.0.1", Element(IpAddress, [127, 0, 0, 1])));
        Assert.True(Has("::1", Element(IpAddress, [.. new byte[15], 1])));
        Assert.False(Has("127.0.0.1", Name(DnsName, "127.0.0.1")));
        Assert.False(Has("127.0.0.1", Name(IpAddress, "127.0.0.1")));
        Assert.False(Has("localhost", Element(IpAddress, [127, 0, 0, 1])));
    }

    [Fact]
    public void DamageBehindAGoodNameCountsToo()
    {
        byte[] good = Name(DnsName, "a.example");
        Assert.True(Has("a.example", good));
        Assert.False(Has("a.example", good, [0x82]));
        Assert.False(Has("a.example", good, [0x82, 5, (byte)'x']));
        Assert.False(Has("a.example", good, [0x82, 0x80, 0, 0]));
        Assert.False(Has("a.example", good, [0x82, 0x81, 1, (byte)'x']));
        Assert.False(Has("a.example", good, [0x82, 0x82, 0, 0x80, .. new byte[0x80]]));
        Assert.False(Has("a.example", good, [0x82, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]));
        Assert.False(Has("a.example", good, [0x82, 0x88, 1, 0, 0, 0, 0, 0, 0, 0]));
        Assert.False(Has("a.example", good, [0xBF, 0x1F, 0]));
        Assert.False(HasIn([.. Element(0x30, good), 0], "a.example"));
        Assert.False(HasIn(Element(0x31, good), "a.example"));
        Assert.False(HasIn(good, "a.example"));
        Assert.False(HasIn([], "a.example"));
    }

    [Fact]
    public void LongNamesAndManyNamesAreRead()
    {
        byte[] list = Element(0x30, [.. Enumerable.Range(0, 8000).SelectMany(i => Name(DnsName, $"host{i}.example"))]);
        Assert.True(HasIn(list, "host7999.example"));
        Assert.False(HasIn(list, "host8000.example"));
        string name = string.Join('.', Enumerable.Repeat(new string('a', 49), 5));
        Assert.True(Has(name, Name(DnsName, new string('b', 70_000)), Name(DnsName, name)));
    }

    [Fact]
    public void WhatIsFoundIsWhatTheModelFinds() =>
        Gen.Select(s_names, s_changes).Sample(
            (names, changes) =>
            {
                List<byte> bytes = [.. Element(0x30, [.. names.SelectMany(name => name)])];
                foreach ((int place, byte value, int kind) in changes)
                    Change(bytes, place % (bytes.Count + 1), value, kind);
                byte[] extension = [.. bytes];
                return HasIn(extension, "a.b.c") == HostNameModel.HasName(extension, "a.b.c");
            },
            iter: 20_000);

    private static readonly Gen<byte[][]> s_names = Gen.Select(
        Gen.OneOf<byte>(DnsName, DnsName, DnsName, Uri, DirectoryName, IpAddress),
        Gen.OneOf("a.b.c", "*.b.c", "A.B.C", "b.b.c", "a.b.c\0", "", "*.c", new string('x', 130)),
        Name).Array[0, 5];

    private static readonly Gen<(int, byte, int)[]> s_changes =
        Gen.Select(Gen.Int[0, 600], Gen.OneOf(Gen.Byte, Gen.OneOf<byte>(0, 0x80, 0x81, 0x82)), Gen.Int[0, 3]).Array[0, 3];

    private static void Change(List<byte> bytes, int place, byte value, int kind)
    {
        switch (kind)
        {
            case 0 when place < bytes.Count:
                bytes[place] = value;
                break;
            case 1:
                bytes.Insert(place, value);
                break;
            case 2 when place < bytes.Count:
                bytes.RemoveAt(place);
                break;
            case 3:
                bytes.RemoveRange(place, bytes.Count - place);
                break;
        }
    }

    private static bool Has(string host, params byte[][] names) =>
        HasIn(Element(0x30, [.. names.SelectMany(name => name)]), host);

    private static bool HasIn(byte[] extension, string host)
    {
        Assert.True(HostNameTests.TryParse(host, out HostName parsed));
        return SubjectAltName.Has(extension, parsed);
    }

    private static byte[] Name(byte tag, string text) => Element(tag, Encoding.Latin1.GetBytes(text));

    private static byte[] Element(byte tag, byte[] content) => content.Length switch
    {
        < 0x80 => [tag, (byte)content.Length, .. content],
        < 0x100 => [tag, 0x81, (byte)content.Length, .. content],
        < 0x10000 => [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content],
        _ => [tag, 0x83, (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content],
    };
}
