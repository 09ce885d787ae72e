// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Text;

/// <summary>The productions of RFC 3986, appendix A, and of RFC 6874 that decide which host a URI names.</summary>
internal static unsafe class UriGrammar
{
    /// <summary>scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )</summary>
    internal static bool IsScheme(aws_byte_cursor text)
    {
        for (nuint i = 0; i < text.len; i++)
        {
            if (!Ascii.IsAlnum(text.ptr[i]) && text.ptr[i] is not ((byte)'+' or (byte)'-' or (byte)'.'))
                return false;
        }

        return text.len > 0 && Ascii.IsAlpha(*text.ptr);
    }

    /// <summary>userinfo = *( unreserved / pct-encoded / sub-delims / ":" )</summary>
    internal static bool IsUserInfo(aws_byte_cursor text) => IsRegularText(text, allowsColons: true);

    /// <summary>reg-name = *( unreserved / pct-encoded / sub-delims ), which every IPv4 address is, too.</summary>
    internal static bool IsName(aws_byte_cursor text) => IsRegularText(text, allowsColons: false);

    /// <summary>
    /// What stands between the brackets of a host: an IPv6 address, and perhaps a zone behind "%25". A zone behind a
    /// plain "%" passes too, for it is the spelling that the system's resolver reads. Addresses of a future version
    /// do not: nobody knows what they mean, and without the brackets one would be taken for a name.
    /// </summary>
    internal static bool IsAddress(aws_byte_cursor text)
    {
        nuint percent = ByteArray.IndexOf(text.ptr, text.len, (byte)'%');
        if (percent == ByteArray.NotFound)
            return HostText.IsIpv6WithIpv4(text);

        aws_byte_cursor address = ByteCursor.Advance(&text, percent);
        return HostText.IsIpv6WithIpv4(address) && IsZone(text);
    }

    /// <summary>unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"</summary>
    internal static bool IsUnreserved(byte value) =>
        Ascii.IsAlnum(value) || value is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~';

    /// <summary>ZoneID = 1*( unreserved / pct-encoded ), behind "%25"; behind "%" only unreserved characters.</summary>
    private static bool IsZone(aws_byte_cursor text)
    {
        bool isEncoded = text.len >= 3 && text.ptr[1] == '2' && text.ptr[2] == '5';
        ByteCursor.Advance(&text, isEncoded ? 3u : 1u);
        if (text.len == 0)
            return false;

        while (text.len > 0)
        {
            if (!IsUnreserved(*text.ptr) && !(isEncoded && IsEncoded(text)))
                return false;
            ByteCursor.Advance(&text, *text.ptr == '%' ? 3u : 1u);
        }

        return true;
    }

    private static bool IsRegularText(aws_byte_cursor text, bool allowsColons)
    {
        while (text.len > 0)
        {
            byte value = *text.ptr;
            if (!IsUnreserved(value) && !IsSubDelimiter(value) && !IsEncoded(text) && !(allowsColons && value == ':'))
                return false;
            ByteCursor.Advance(&text, value == '%' ? 3u : 1u);
        }

        return true;
    }

    /// <summary>sub-delims = "!" / "$" / "&amp;" / "'" / "(" / ")" / "*" / "+" / "," / ";" / "="</summary>
    private static bool IsSubDelimiter(byte value) => "!$&'()*+,;="u8.Contains(value);

    /// <summary>Whether the text begins with pct-encoded = "%" HEXDIG HEXDIG.</summary>
    private static bool IsEncoded(aws_byte_cursor text) =>
        text.len >= 3 && *text.ptr == '%' && Ascii.IsXdigit(text.ptr[1]) && Ascii.IsXdigit(text.ptr[2]);
}
