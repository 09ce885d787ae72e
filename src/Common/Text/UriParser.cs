// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Text;

/// <summary>
/// Splits the text of a URI as RFC 3986 describes it, so that it names the same host here as everywhere else. Where
/// more is let through than the RFC has, and why that is safe, stands in docs/adr/0023. Nothing is decoded; the parts
/// are views of the text. Every function returns false for malformed text and raises nothing.
/// </summary>
internal static unsafe class UriParser
{
    /// <summary>Sets the parts of <paramref name="uri"/> from its text. A fragment is in none of them.</summary>
    internal static bool Parse(aws_uri* uri)
    {
        aws_byte_cursor rest = ByteCursor.FromBuf(&uri->uri_str);
        if (HasControls(rest))
            return false;

        rest.len = LengthUpTo(rest, "#"u8);
        if (!TakeScheme(uri, &rest) || rest.len == 0)
            return false;

        uri->authority = ByteCursor.Advance(&rest, LengthUpTo(rest, "/?"u8));
        if (!SplitAuthority(uri) || (uri->host_name.len == 0 && NeedsHost(uri->scheme)))
            return false;

        SplitPathAndQuery(uri, rest);
        return true;
    }

    /// <summary>Control characters end lines and strings elsewhere, or are dropped there.</summary>
    private static bool HasControls(aws_byte_cursor text)
    {
        for (nuint i = 0; i < text.len; i++)
        {
            if (text.ptr[i] < ' ' || text.ptr[i] == 0x7F)
                return true;
        }

        return false;
    }

    /// <summary>
    /// A scheme is what stands before "://"; a colon without a slash belongs to a port, and one behind a slash, a
    /// question mark or a number sign to what these begin.
    /// </summary>
    private static bool TakeScheme(aws_uri* uri, aws_byte_cursor* rest)
    {
        nuint colon = LengthUpTo(*rest, ":/?"u8);
        if (colon + 1 >= rest->len || rest->ptr[colon] != ':' || rest->ptr[colon + 1] != '/')
            return true;

        if (colon + 2 >= rest->len || rest->ptr[colon + 2] != '/')
            return false;

        uri->scheme = ByteCursor.Advance(rest, colon);
        ByteCursor.Advance(rest, 3);
        return UriGrammar.IsScheme(uri->scheme);
    }

    /// <summary>RFC 9110, 4.2: without a host these are to be refused. Others find one behind more slashes.</summary>
    private static bool NeedsHost(aws_byte_cursor scheme) =>
        Is(scheme, "http"u8) || Is(scheme, "https"u8) || Is(scheme, "ws"u8) || Is(scheme, "wss"u8);

    private static bool Is(aws_byte_cursor scheme, ReadOnlySpan<byte> lowerCase)
    {
        aws_byte_cursor wanted = ByteCursor.FromLiteral(lowerCase);
        return ByteCursor.EqIgnoreCase(&scheme, &wanted);
    }

    /// <summary>The host takes no "@", so there is one at most.</summary>
    private static bool SplitAuthority(aws_uri* uri)
    {
        aws_byte_cursor rest = uri->authority;
        nuint at = ByteArray.IndexOf(rest.ptr, rest.len, (byte)'@');
        if (at != ByteArray.NotFound)
        {
            uri->userinfo = ByteCursor.Advance(&rest, at);
            ByteCursor.Advance(&rest, 1);
            SplitUserInfo(uri);
        }

        return UriGrammar.IsUserInfo(uri->userinfo) &&
            (rest.len > 0 && *rest.ptr == '[' ? SplitAddressAndPort(uri, rest) : SplitNameAndPort(uri, rest));
    }

    private static void SplitUserInfo(aws_uri* uri)
    {
        aws_byte_cursor rest = uri->userinfo;
        nuint colon = ByteArray.IndexOf(rest.ptr, rest.len, (byte)':');
        if (colon == ByteArray.NotFound)
        {
            uri->user = rest;
            return;
        }

        uri->user = ByteCursor.Advance(&rest, colon);
        ByteCursor.Advance(&rest, 1);
        uri->password = rest;
    }

    private static bool SplitNameAndPort(aws_uri* uri, aws_byte_cursor rest)
    {
        uri->host_name = ByteCursor.Advance(&rest, LengthUpTo(rest, ":"u8));
        return UriGrammar.IsName(uri->host_name) && ReadPort(uri, rest);
    }

    /// <summary>An IPv6 address stands in brackets, which are not part of it.</summary>
    private static bool SplitAddressAndPort(aws_uri* uri, aws_byte_cursor rest)
    {
        nuint close = ByteArray.IndexOf(rest.ptr, rest.len, (byte)']');
        if (close == ByteArray.NotFound)
            return false;

        ByteCursor.Advance(&rest, 1);
        uri->host_name = ByteCursor.Advance(&rest, close - 1);
        ByteCursor.Advance(&rest, 1);
        return UriGrammar.IsAddress(uri->host_name) && ReadPort(uri, rest);
    }

    /// <summary>Nothing, or a colon and a number, which may be missing.</summary>
    private static bool ReadPort(aws_uri* uri, aws_byte_cursor rest)
    {
        if (rest.len == 0)
            return true;
        if (*rest.ptr != ':')
            return false;

        ByteCursor.Advance(&rest, 1);
        uint port = 0;
        for (nuint i = 0; i < rest.len; i++)
        {
            if (!Ascii.IsDigit(rest.ptr[i]))
                return false;

            port = port * 10 + (uint)(rest.ptr[i] - '0');
            if (port > ushort.MaxValue)
                return false;
        }

        uri->port = port;
        return true;
    }

    private static void SplitPathAndQuery(aws_uri* uri, aws_byte_cursor rest)
    {
        if (rest.len == 0)
            return;

        uri->path_and_query = rest;
        nuint mark = LengthUpTo(rest, "?"u8);
        if (mark != 0)
            uri->path = ByteCursor.Advance(&rest, mark);

        if (rest.len > 0)
        {
            ByteCursor.Advance(&rest, 1);
            uri->query_string = rest;
        }
    }

    /// <summary>How many bytes stand before the first of <paramref name="ends"/>: all if none of them does.</summary>
    private static nuint LengthUpTo(aws_byte_cursor text, ReadOnlySpan<byte> ends)
    {
        nuint length = 0;
        while (length < text.len && !ends.Contains(text.ptr[length]))
            length++;
        return length;
    }
}
