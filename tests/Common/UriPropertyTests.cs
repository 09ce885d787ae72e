// SPDX-License-Identifier: Apache-2.0
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Xunit;

namespace Reseau.Native.Tests.Common;

/// <summary>The parser of URIs against regular expressions written after RFC 3986, appendices A and B.</summary>
public unsafe partial class UriPropertyTests
{
    private const string Unreserved = @"[A-Za-z0-9._~-]";
    private const string Encoded = @"%[0-9A-Fa-f]{2}";
    private const string SubDelimiter = @"[!$&'()*+,;=]";
    private const string UserInfo = $"(?:{Unreserved}|{Encoded}|{SubDelimiter}|:)*";
    private const string Name = $"(?:{Unreserved}|{Encoded}|{SubDelimiter})*";
    private const string DecOctet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private const string H16 = "[0-9A-Fa-f]{1,4}";
    private const string Ls32 = $@"(?:{H16}:{H16}|{DecOctet}(?:\.{DecOctet}){{3}})";
    private const string Address =
        $"(?:(?:{H16}:){{6}}{Ls32}" +
        $"|::(?:{H16}:){{5}}{Ls32}" +
        $"|(?:{H16})?::(?:{H16}:){{4}}{Ls32}" +
        $"|(?:(?:{H16}:){{0,1}}{H16})?::(?:{H16}:){{3}}{Ls32}" +
        $"|(?:(?:{H16}:){{0,2}}{H16})?::(?:{H16}:){{2}}{Ls32}" +
        $"|(?:(?:{H16}:){{0,3}}{H16})?::{H16}:{Ls32}" +
        $"|(?:(?:{H16}:){{0,4}}{H16})?::{Ls32}" +
        $"|(?:(?:{H16}:){{0,5}}{H16})?::{H16}" +
        $"|(?:(?:{H16}:){{0,6}}{H16})?::)";
    private const string Zone = $"(?:%25(?:{Unreserved}|{Encoded})+|%(?!25){Unreserved}+)";

    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.Char["abfhtps019:/?#@[]%.~!\\ <\t\u00e4"].Array[0, 24].Select(characters => new string(characters)),
        Gen.OneOf(
            "http", "https", "x", "://", ":/", "//", ":", "@", "[", "]", "[::1]", "::1", "fe80::1%25eth0", "1:2:3::",
            "1.2.3.4", "h", "evil.example", "/", "/p", "?", "?q=1", "#", "#f", "%41", "%2", "80", "65535", "65536", "0",
            "\\", " ", "\n", "v1.x").Array[0, 9].Select(string.Concat));

    private static readonly Gen<string> s_part = Gen.OneOf(
        Gen.OneOf("", "", "http", "h", "evil.example", "[::1]", "/p", "p", "@h/", ":1", "q=1", "#f", "?", "//", "://", "x"),
        Gen.Char["h1:/?#@[].% "].Array[0, 4].Select(characters => new string(characters)));

    private static readonly Regex s_whole = WholePattern();
    private static readonly Regex s_authority = AuthorityPattern();

    [Fact]
    public void PartsAreThoseOfTheRfc() => s_text.Sample(text => Assert.Equal(Model(text), Parse(text)), iter: 30_000);

    [Fact]
    public void WhatIsBuiltHasThePartsThatWereGiven() =>
        Gen.Select(s_part, s_part, Gen.UInt[0, 70000], s_part, s_part).Sample(
            (scheme, host, port, path, query) =>
            {
                string authority = host + (port == 0 ? "" : $":{port}");
                string target = path + (query.Length == 0 ? "" : $"?{query}");
                string text = (scheme.Length == 0 ? "" : $"{scheme}://") + authority + target;
                string? built = Build(scheme, host, port, path, query);
                Parts? parts = Model(text);
                bool areGiven = parts != null && parts.Scheme == scheme && parts.Authority == authority && parts.Target == target;
                Assert.Equal(areGiven ? text : null, built);
            },
            iter: 30_000);

    private sealed record Parts(string Scheme, string Authority, string UserInfo, string Host, uint Port, string Target);

    [GeneratedRegex(@"\A(?:([^:/?#]*):(?=/)//)?([^/?#]*)([^#]*)(?:#.*)?\z", RegexOptions.Singleline)]
    private static partial Regex WholePattern();

    [GeneratedRegex($@"\A(?:({UserInfo})@)?(?:\[({Address}(?:{Zone})?)\]|({Name}))(?::([0-9]*))?\z")]
    private static partial Regex AuthorityPattern();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]*\z")]
    private static partial Regex SchemePattern();

    [GeneratedRegex(@"\A[^:/?#]*:/(?!/)")]
    private static partial Regex SingleSlashPattern();

    /// <summary>Null for what is malformed.</summary>
    private static Parts? Model(string text)
    {
        Match whole = s_whole.Match(text);
        Match authority = s_authority.Match(whole.Groups[2].Value);
        string host = authority.Groups[2].Value + authority.Groups[3].Value;
        string scheme = whole.Groups[1].Value;
        string port = authority.Groups[4].Value;
        bool hasScheme = whole.Groups[1].Success;
        if (Regex.IsMatch(text, @"[\x00-\x1F\x7F]") || SingleSlashPattern().IsMatch(text) || !authority.Success)
            return null;
        if ((hasScheme && !SchemePattern().IsMatch(scheme)) || whole.Groups[2].Length + whole.Groups[3].Length == 0)
            return null;
        if (host.Length == 0 && Regex.IsMatch(scheme, @"\A(?:https?|wss?)\z", RegexOptions.IgnoreCase))
            return null;

        BigInteger number = port.Length == 0 ? 0 : BigInteger.Parse(port);
        return number > ushort.MaxValue
            ? null
            : new Parts(scheme, whole.Groups[2].Value, authority.Groups[1].Value, host, (uint)number, whole.Groups[3].Value);
    }

    private static Parts? Parse(string text)
    {
        fixed (byte* bytes = Encoding.Latin1.GetBytes(text + "\0"))
        {
            aws_uri uri;
            aws_byte_cursor cursor = new() { ptr = bytes, len = (nuint)text.Length };
            if (Uri.InitParse(&uri, Allocator.Default(), &cursor) != AWS_OP_SUCCESS)
            {
                Assert.Equal((int)AWS_ERROR_MALFORMED_INPUT_STRING, Errors.LastError());
                return null;
            }

            Parts parts = new(
                Text(uri.scheme), Text(uri.authority), Text(uri.userinfo), Text(uri.host_name), uri.port, Text(uri.path_and_query));
            bool hasQuery = uri.query_string.ptr != null;
            Assert.Equal(parts.Target, Text(uri.path) + (hasQuery ? "?" : "") + Text(uri.query_string));
            Uri.CleanUp(&uri);
            return parts;
        }
    }

    private static string? Build(string scheme, string host, uint port, string path, string query)
    {
        fixed (byte* schemeBytes = Encoding.Latin1.GetBytes(scheme + "\0"), hostBytes = Encoding.Latin1.GetBytes(host + "\0"))
        fixed (byte* pathBytes = Encoding.Latin1.GetBytes(path + "\0"), queryBytes = Encoding.Latin1.GetBytes(query + "\0"))
        {
            aws_uri_builder_options options = new()
            {
                scheme = new aws_byte_cursor { ptr = schemeBytes, len = (nuint)scheme.Length },
                host_name = new aws_byte_cursor { ptr = hostBytes, len = (nuint)host.Length },
                port = port,
                path = new aws_byte_cursor { ptr = pathBytes, len = (nuint)path.Length },
                query_string = new aws_byte_cursor { ptr = queryBytes, len = (nuint)query.Length },
            };
            aws_uri uri;
            if (Uri.InitFromBuilderOptions(&uri, Allocator.Default(), &options) != AWS_OP_SUCCESS)
                return null;

            string text = Text(ByteCursor.FromBuf(&uri.uri_str));
            Uri.CleanUp(&uri);
            return text;
        }
    }

    private static string Text(aws_byte_cursor cursor) => Encoding.Latin1.GetString(new System.ReadOnlySpan<byte>(cursor.ptr, (int)cursor.len));
}
