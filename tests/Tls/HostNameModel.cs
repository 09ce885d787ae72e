// SPDX-License-Identifier: Apache-2.0
using System;
using System.Formats.Asn1;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Reseau.Native.Tests.Tls;

/// <summary>
/// The rules for host names in plain strings, as the RFC states them. Texts are Latin-1: a character a byte.
/// </summary>
internal static class HostNameModel
{
    private const string Label = "[A-Za-z0-9_-]{1,63}";
    private const string Octet = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    private static readonly Regex s_name =
        new($@"^(?=[^\0]{{1,253}}\.?\z)({Label}\.)*(?!([0-9]+|0[xX][0-9A-Fa-f]*)\.?\z){Label}\.?\z");

    private static readonly Regex s_ipv4 = new($@"^{Octet}(\.{Octet}){{3}}\z");

    internal static bool IsIpv4(string text) => s_ipv4.IsMatch(text);

    /// <summary>The one spelling of a name; NULL for what is none. Not for addresses.</summary>
    internal static string? Spell(string given) =>
        s_name.IsMatch(given) ? (given.EndsWith('.') ? given[..^1] : given).ToLowerInvariant() : null;

    internal static bool IsFor(string host, string presented)
    {
        string[] own = host.TrimEnd('.').Split('.');
        string[] other = presented.Split('.');
        bool hasStar = other[0] == "*" && other.Length >= 3;
        return own.Length == other.Length && own.Zip(other).Select((pair, place) =>
            (place == 0 && hasStar) || string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase)).All(x => x);
    }

    /// <summary>By the framework's reader of DER.</summary>
    internal static bool HasName(byte[] extension, string host)
    {
        try
        {
            AsnReader whole = new(extension, AsnEncodingRules.DER);
            AsnReader names = whole.ReadSequence();
            whole.ThrowIfNotEmpty();
            bool isFound = false;
            while (names.HasData)
            {
                Asn1Tag tag = names.PeekTag();
                ReadOnlyMemory<byte> content = names.PeekContentBytes();
                if (tag.TagValue > 30)
                    return false;
                names.ReadEncodedValue();
                isFound |= tag == new Asn1Tag(TagClass.ContextSpecific, 2) &&
                    IsFor(host, Encoding.Latin1.GetString(content.Span));
            }

            return isFound;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
