// SPDX-License-Identifier: Apache-2.0
using System;
using System.Linq;
using System.Net;
using System.Text;
using CsCheck;
using Reseau.Native.Tls;
using Xunit;

namespace Reseau.Native.Tests.Tls;

/// <summary>
/// Host names against <see cref="HostNameModel"/>. A failure is shrunk and prints its seed; CsCheck_Seed in the environment
/// repeats it, CsCheck_Iter makes the search longer.
/// </summary>
public class HostNamePropertyTests
{
    private const long Iterations = 20_000;

    private static readonly Gen<string> s_label = Gen.OneOf(
        Gen.OneOf("a", "b", "A", "com", "example", "EXAMPLE", "x_y", "_x", "xn--a", "-", "0", "9", "0x1f", "0X", "127"),
        Gen.String[Gen.Char["abAB01-_x"], 1, 5],
        Gen.String[Gen.Char["ab"], 62, 65]);

    // Few of them, so that two are often the same, or nearly.
    private static readonly Gen<string> s_fewLabels = Gen.OneOf("a", "b", "A", "a_", "xn--a", "com");

    private static readonly Gen<string> s_damage =
        Gen.OneOf(".", "..", "*", "*.", " ", "\0", "%", "%lo", ":", "@", "/", "\u00fc", "\n", "-");

    private static readonly Gen<string> s_seldomDamage = Gen.Frequency((15, Gen.Const("")), (1, s_damage));

    private static readonly Gen<string> s_text =
        Gen.Select(s_seldomDamage, Gen.Select(s_label, s_seldomDamage).Array[0, 7], s_seldomDamage, (front, labels, end) =>
            front + string.Join('.', labels.Select(label => label.Item1 + label.Item2)) + end);

    private static readonly Gen<string> s_name =
        Gen.Select(s_fewLabels.Array[1, 4], Gen.Bool, (labels, hasDot) => string.Join('.', labels) + (hasDot ? "." : ""));

    private static readonly Gen<string> s_presented = Gen.Select(
        Gen.Frequency((4, Gen.Const("")), (3, Gen.Const("*.")), (1, s_damage)),
        s_fewLabels.Array[0, 4],
        s_seldomDamage,
        (front, labels, end) => front + string.Join('.', labels) + end);

    [Fact]
    public void ATextIsANameWhereTheModelSaysSo() =>
        s_text.Where(text => !text.Contains(':')).Sample(
            text =>
            {
                bool isHost = HostNameTests.TryParse(text, out HostName host);
                string? expected = HostNameModel.IsIpv4(text) ? text : HostNameModel.Spell(text);
                return isHost == (expected != null) && (!isHost || Encoding.ASCII.GetString(host.Text) == expected);
            },
            iter: Iterations);

    [Fact]
    public void ASpellingIsItsOwn() =>
        Gen.OneOf(s_text, AnAddress.Select(address => address.Text)).Sample(
            text =>
            {
                if (!HostNameTests.TryParse(text, out HostName host))
                    return true;
                return HostName.TryParse(host.Text, out HostName again) &&
                    again.Text.SequenceEqual(host.Text) && again.IsAddress == host.IsAddress;
            },
            iter: Iterations);

    [Fact]
    public void ACertificateIsForAHostWhereTheModelSaysSo() =>
        Gen.Select(s_name, s_presented).Sample(
            (name, presented) =>
                HostNameTests.TryParse(name, out HostName host) &&
                host.IsNamedBy(Encoding.Latin1.GetBytes(presented)) == HostNameModel.IsFor(name, presented),
            iter: Iterations);

    [Fact]
    public void AnAddressIsItsBytesHoweverItIsWritten() =>
        Gen.Select(AnAddress, Gen.Int[0, 127]).Sample(
            (address, bit) =>
            {
                if (!HostNameTests.TryParse(address.Text, out HostName host) || !host.IsAt(address.Bytes))
                    return false;

                byte[] other = [.. address.Bytes];
                other[bit / 8 % other.Length] ^= (byte)(1 << (bit % 8));
                return !host.IsAt(other) && !host.IsNamedBy(Encoding.ASCII.GetBytes(address.Text));
            },
            iter: Iterations);

    [Fact]
    public void TwoHostsOfOneAddressHaveOneSpelling() =>
        Gen.Select(Gen.Byte.Array[16], Gen.Int, Gen.Int).Sample(
            (bytes, one, other) =>
                HostNameTests.TryParse(Write(bytes, one), out HostName first) &&
                HostNameTests.TryParse(Write(bytes, other), out HostName second) &&
                first.Text.SequenceEqual(second.Text),
            iter: Iterations);

    private static Gen<(byte[] Bytes, string Text)> AnAddress =>
        Gen.Select(
            Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16], Gen.Select(Gen.OneOf<byte>(0, 0, 0, 1), Gen.Byte, (x, y) => (byte)(x * y)).Array[16]),
            Gen.Int,
            (bytes, style) => (bytes, Write(bytes, style)));

    // An address in one of the ways to write it; IPv4 has one only.
    private static string Write(byte[] bytes, int style)
    {
        if (bytes.Length == 4)
            return string.Join('.', bytes);

        string text = (style & 1) != 0
            ? new IPAddress(bytes).ToString()
            : string.Join(':', Enumerable.Range(0, 8).Select(i => (bytes[2 * i] << 8 | bytes[2 * i + 1]).ToString((style & 2) != 0 ? "x" : "x4")));
        if ((style & 16) != 0 && !text.Contains('.') && !text.EndsWith("::") && text.LastIndexOf(':') > text.LastIndexOf("::") + 1)
            text = EndWithIpv4(text, bytes);
        if ((style & 4) != 0)
            text = text.ToUpperInvariant();
        return (style & 8) != 0 ? text + "%eth0" : text;
    }

    private static string EndWithIpv4(string text, byte[] bytes)
    {
        string[] groups = text.Split(':');
        return groups[^2].Length == 0
            ? text
            : string.Join(':', groups[..^2]) + ":" + string.Join('.', bytes[12..]);
    }
}
