// SPDX-License-Identifier: Apache-2.0
using System;
using System.Text;
using Reseau.Native.Tls;
using Xunit;

namespace Reseau.Native.Tests.Tls;

/// <summary>RFC 9525 and RFC 6066, section 3, as tables: what is a name, and which certificates are for it.</summary>
public class HostNameTests
{
    private const string Label63 = "abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz-012345678";
    private const string Name253 = $"{Label63}.{Label63}.{Label63}.{Label61}";
    private const string Label61 = "abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz-0123456";

    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("WWW.Example.COM", "www.example.com")]
    [InlineData("example.com.", "example.com")]
    [InlineData("localhost", "localhost")]
    [InlineData("localhost.", "localhost")]
    [InlineData("foo_bar.example.com", "foo_bar.example.com")]
    [InlineData("_sip._tcp.example.com", "_sip._tcp.example.com")]
    [InlineData("a-.-b.example", "a-.-b.example")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("1.2.3.example", "1.2.3.example")]
    [InlineData("1.2.3.4a", "1.2.3.4a")]
    [InlineData("0xg", "0xg")]
    [InlineData(Label63, Label63)]
    [InlineData(Name253, Name253)]
    [InlineData(Name253 + ".", Name253)]
    public void ANameHasOneSpelling(string given, string expected)
    {
        Assert.True(TryParse(given, out HostName host));
        Assert.False(host.IsAddress);
        Assert.Equal(expected, Encoding.ASCII.GetString(host.Text));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("::1", "::1")]
    [InlineData("::", "::")]
    [InlineData("0:0:0:0:0:0:0:1", "::1")]
    [InlineData("2001:DB8::00A1", "2001:db8::a1")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("::ffff:c000:201", "::ffff:192.0.2.1")]
    [InlineData("fe80::1%lo", "fe80::1")]
    [InlineData("FE80::1%eth0.100", "fe80::1")]
    [InlineData("fe80::1%25lo", "fe80::1")]
    public void AnAddressHasOneSpellingAndNoScope(string given, string expected)
    {
        Assert.True(TryParse(given, out HostName host));
        Assert.True(host.IsAddress);
        Assert.Equal(expected, Encoding.ASCII.GetString(host.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".com")]
    [InlineData(".example.com")]
    [InlineData("a..b")]
    [InlineData("a.b..")]
    [InlineData("*")]
    [InlineData("*.example.com")]
    [InlineData("exa mple.com")]
    [InlineData(" example.com")]
    [InlineData("example.com\n")]
    [InlineData("example.com\0.evil.example")]
    [InlineData("example.com:443")]
    [InlineData("user@example.com")]
    [InlineData("example.com/")]
    [InlineData("b\u00fccher.example")]
    [InlineData("b\u00c3\u00bccher.example")]
    [InlineData("[::1]")]
    [InlineData("::1.")]
    [InlineData("::1%")]
    [InlineData("::1% ")]
    [InlineData("::1%a\0b")]
    [InlineData("1::2::3")]
    [InlineData("12345::")]
    [InlineData("localhost%lo")]
    [InlineData("127.0.0.1%lo")]
    [InlineData("127.0.0.1.")]
    [InlineData("127.0.0.01")]
    [InlineData("127.0.0.256")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f.0x1")]
    [InlineData("0x7F000001")]
    [InlineData("0x")]
    [InlineData("example.0")]
    [InlineData(Label63 + "a")]
    [InlineData(Label63 + "a.example")]
    [InlineData(Name253 + "a")]
    [InlineData(Name253 + "..")]
    public void WhatIsNoNameIsRefused(string given) => Assert.False(TryParse(given, out _));

    [Theory]
    // Each label by itself, ASCII without regard to case.
    [InlineData("www.example.com", "www.example.com", true)]
    [InlineData("www.example.com", "WWW.EXAMPLE.COM", true)]
    [InlineData("www.example.com", "example.com", false)]
    [InlineData("example.com", "www.example.com", false)]
    [InlineData("example.com", "notexample.com", false)]
    [InlineData("example.com", ".example.com", false)]
    [InlineData("www.example.com", ".example.com", false)]
    [InlineData("example.com", "", false)]
    [InlineData("example.com", ".", false)]
    [InlineData("xn--bcher-kva.example", "XN--BCHER-KVA.example", true)]
    [InlineData("xn--bcher-kva.example", "b\u00fccher.example", false)]
    // A dot at the end is the resolver's; certificates have none.
    [InlineData("example.com.", "example.com", true)]
    [InlineData("example.com", "example.com.", false)]
    // A wildcard is the whole left-most label and stands for exactly one.
    [InlineData("a.example.com", "*.example.com", true)]
    [InlineData("foo_bar.example.com", "*.example.com", true)]
    [InlineData("_x.example.com", "*.EXAMPLE.com", true)]
    [InlineData("xn--bcher-kva.example.com", "*.example.com", true)]
    [InlineData("a.example.com.", "*.example.com", true)]
    [InlineData("example.com", "*.example.com", false)]
    [InlineData("a.b.example.com", "*.example.com", false)]
    [InlineData("a.example.com", "*.b.example.com", false)]
    [InlineData("foo.example.com", "f*.example.com", false)]
    [InlineData("foo.example.com", "*o.example.com", false)]
    [InlineData("foo.example.com", "f*o.example.com", false)]
    [InlineData("foo.example.com", "**.example.com", false)]
    [InlineData("a.b.example.com", "*.*.example.com", false)]
    [InlineData("a.b.example.com", "a.*.example.com", false)]
    [InlineData("a.example.com", "*.*.com", false)]
    [InlineData("a.example.com", "*.example.*", false)]
    [InlineData("a.example.com", "*example.com", false)]
    // Nobody answers for everything below one label.
    [InlineData("example.com", "*.com", false)]
    [InlineData("a.localhost", "*.localhost", false)]
    [InlineData("localhost", "*", false)]
    [InlineData("localhost", "*.", false)]
    [InlineData("a.com", "*..com", false)]
    [InlineData("example.com", "*.com.", false)]
    // What a reader of C strings would see.
    [InlineData("example.com", "example.com\0", false)]
    [InlineData("example.com", "example.com\0.evil.example", false)]
    [InlineData("a.example.com", "*\0.example.com", false)]
    [InlineData("a.example.com", "*.example.com\0", false)]
    // Addresses are not names.
    [InlineData("127.0.0.1", "127.0.0.1", false)]
    [InlineData("127.0.0.1", "*.0.0.1", false)]
    [InlineData("::1", "::1", false)]
    public void ADnsNameIsForThisHost(string given, string dnsName, bool expected)
    {
        Assert.True(TryParse(given, out HostName host));
        Assert.Equal(expected, host.IsNamedBy(Encoding.Latin1.GetBytes(dnsName)));
    }

    [Theory]
    [InlineData("127.0.0.1", "7F000001", true)]
    [InlineData("127.0.0.1", "7F000002", false)]
    [InlineData("127.0.0.1", "00000000000000000000FFFF7F000001", false)]
    [InlineData("127.0.0.1", "7F0000", false)]
    [InlineData("127.0.0.1", "7F000001FFFFFFFF", false)]
    [InlineData("127.0.0.1", "", false)]
    [InlineData("::1", "00000000000000000000000000000001", true)]
    [InlineData("::1%lo", "00000000000000000000000000000001", true)]
    [InlineData("0::0:1", "00000000000000000000000000000001", true)]
    [InlineData("::ffff:127.0.0.1", "00000000000000000000FFFF7F000001", true)]
    [InlineData("::ffff:127.0.0.1", "7F000001", false)]
    [InlineData("::", "00000000", false)]
    [InlineData("localhost", "7F000001", false)]
    [InlineData("localhost", "", false)]
    public void AnAddressIsThisHosts(string given, string address, bool expected)
    {
        Assert.True(TryParse(given, out HostName host));
        Assert.Equal(expected, host.IsAt(Convert.FromHexString(address)));
    }

    internal static bool TryParse(string latin1, out HostName host) =>
        HostName.TryParse(Encoding.Latin1.GetBytes(latin1), out host);
}
