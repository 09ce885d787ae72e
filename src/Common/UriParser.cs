// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary>
/// Splits the text of a URI as RFC 3986 describes it. Nothing is decoded; the parts are views of the text. Every
/// function returns false for malformed text and raises nothing.
/// </summary>
internal static unsafe class UriParser
{
    /// <summary>Sets the parts of <paramref name="uri"/> from its text.</summary>
    internal static bool Parse(aws_uri* uri)
    {
        aws_byte_cursor rest = ByteCursor.FromBuf(&uri->uri_str);
        if (!TakeScheme(uri, &rest) || rest.len == 0)
            return false;

        TakeAuthority(uri, &rest);
        if (!SplitAuthority(uri))
            return false;

        SplitPathAndQuery(uri, rest);
        return true;
    }

    /// <summary>A scheme is what stands before "://"; a colon without a slash belongs to a port.</summary>
    private static bool TakeScheme(aws_uri* uri, aws_byte_cursor* rest)
    {
        nuint colon = ByteArray.IndexOf(rest->ptr, rest->len, (byte)':');
        if (colon == ByteArray.NotFound || colon + 1 >= rest->len || rest->ptr[colon + 1] != '/')
            return true;

        if (colon + 2 >= rest->len || rest->ptr[colon + 2] != '/')
            return false;

        uri->scheme = ByteCursor.Advance(rest, colon);
        ByteCursor.Advance(rest, 3);
        return true;
    }

    private static void TakeAuthority(aws_uri* uri, aws_byte_cursor* rest)
    {
        nuint length = 0;
        while (length < rest->len && rest->ptr[length] != '/' && rest->ptr[length] != '?')
            length++;
        uri->authority = ByteCursor.Advance(rest, length);
    }

    private static bool SplitAuthority(aws_uri* uri)
    {
        aws_byte_cursor rest = uri->authority;
        if (rest.len == 0)
            return true;

        nuint at = ByteArray.IndexOf(rest.ptr, rest.len, (byte)'@');
        if (at != ByteArray.NotFound)
        {
            uri->userinfo = ByteCursor.Advance(&rest, at);
            ByteCursor.Advance(&rest, 1);
            SplitUserInfo(uri);
        }

        return rest.len > 0 && *rest.ptr == '[' ? SplitAddressAndPort(uri, rest) : SplitHostAndPort(uri, rest);
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

    private static bool SplitHostAndPort(aws_uri* uri, aws_byte_cursor rest)
    {
        nuint colon = ByteArray.IndexOf(rest.ptr, rest.len, (byte)':');
        uri->host_name = ByteCursor.Advance(&rest, colon == ByteArray.NotFound ? rest.len : colon);
        return ReadPort(uri, rest);
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
        return ReadPort(uri, rest);
    }

    /// <summary>Nothing, or a colon and a number, which may be missing.</summary>
    private static bool ReadPort(aws_uri* uri, aws_byte_cursor rest)
    {
        if (rest.len == 0)
            return true;
        if (*rest.ptr != ':')
            return false;

        ByteCursor.Advance(&rest, 1);
        ulong port = 0;
        for (nuint i = 0; i < rest.len; i++)
        {
            if (!Ascii.IsDigit(rest.ptr[i]))
                return false;

            port = port * 10 + (ulong)(rest.ptr[i] - '0');
            if (port > uint.MaxValue)
                return false;
        }

        uri->port = (uint)port;
        return true;
    }

    private static void SplitPathAndQuery(aws_uri* uri, aws_byte_cursor rest)
    {
        if (rest.len == 0)
            return;

        uri->path_and_query = rest;
        nuint mark = ByteArray.IndexOf(rest.ptr, rest.len, (byte)'?');
        if (mark != 0)
            uri->path = ByteCursor.Advance(&rest, mark == ByteArray.NotFound ? rest.len : mark);

        if (mark != ByteArray.NotFound)
        {
            ByteCursor.Advance(&rest, 1);
            uri->query_string = rest;
        }
    }
}
