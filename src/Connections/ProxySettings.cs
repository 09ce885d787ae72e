// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Uri = Reseau.Native.Common.Text.Uri;

namespace Reseau.Native.Connections;

/// <summary>How a proxy is talked to.</summary>
internal enum ProxyKind : byte
{
    /// <summary>RFC 1928.</summary>
    Socks5,

    /// <summary>CONNECT of RFC 9110 section 9.3.6, in HTTP/1.1.</summary>
    Http,
}

/// <summary>A proxy as a program has named it by a URL, checked. Its settings' own; unchanged once made.</summary>
internal unsafe struct ProxySettings
{
    /// <summary>RFC 1929 has a byte for each length.</summary>
    internal const int MaxCredential = 255;

    private const uint SocksPort = 1080;
    private const uint HttpPort = 80;

    // The longest name, and a NUL.
    private const int HostCapacity = 256;

    private fixed byte _host[HostCapacity];
    private fixed byte _user[MaxCredential];
    private fixed byte _password[MaxCredential];

    internal ProxyKind Kind;
    internal ushort Port;
    internal byte UserLength;
    internal byte PasswordLength;

    /// <summary>The URL has named a user.</summary>
    internal readonly bool HasCredentials => UserLength > 0;

    /// <summary>A C string: a name or an address, without brackets.</summary>
    internal static byte* HostOf(ProxySettings* proxy) => proxy->_host;

    internal static ReadOnlySpan<byte> UserOf(ProxySettings* proxy) => new(proxy->_user, proxy->UserLength);

    internal static ReadOnlySpan<byte> PasswordOf(ProxySettings* proxy) =>
        new(proxy->_password, proxy->PasswordLength);

    /// <summary>
    /// Reads "socks5://user:password@host:port" or the same with "http". Returns 0 or an error. The result is the
    /// caller's to free.
    /// </summary>
    internal static int TryMake(byte* url, ProxySettings** proxy)
    {
        *proxy = null;
        aws_byte_cursor text = ByteCursor.FromCStr(url);
        aws_uri uri;
        if (Uri.InitParse(&uri, Allocator.Default(), &text) != AWS_OP_SUCCESS)
            return RESEAU_ERROR_INVALID_ARGUMENT;

        ProxySettings* made = Allocator.New<ProxySettings>(Allocator.Default());
        bool isRead = TryRead(made, &uri);
        Uri.CleanUp(&uri);
        if (!isRead)
        {
            Free(made);
            return RESEAU_ERROR_INVALID_ARGUMENT;
        }

        *proxy = made;
        return 0;
    }

    /// <summary>NULL is allowed. A password does not stay behind.</summary>
    internal static void Free(ProxySettings* proxy)
    {
        if (proxy == null)
            return;

        aws_byte_buf all = ByteBuf.FromArray(proxy, (nuint)sizeof(ProxySettings));
        ByteBuf.SecureZero(&all);
        Allocator.Release(Allocator.Default(), proxy);
    }

    private static bool TryRead(ProxySettings* proxy, aws_uri* uri)
    {
        if (!TryReadKind(proxy, uri->scheme) || !IsNothing(uri->path) || uri->query_string.len > 0)
            return false;
        if (uri->port > ushort.MaxValue || uri->host_name.len is 0 or >= HostCapacity)
            return false;

        Span<byte> host = new(proxy->_host, HostCapacity - 1);
        Span(uri->host_name).CopyTo(host);
        uint usual = proxy->Kind == ProxyKind.Socks5 ? SocksPort : HttpPort;
        proxy->Port = (ushort)(uri->port != 0 ? uri->port : usual);
        return TryDecode(uri->user, proxy->_user, &proxy->UserLength) &&
            TryDecode(uri->password, proxy->_password, &proxy->PasswordLength) && AreUsable(proxy);
    }

    private static bool TryReadKind(ProxySettings* proxy, aws_byte_cursor scheme)
    {
        bool isSocks = Is(scheme, "socks5"u8) || Is(scheme, "socks5h"u8);
        proxy->Kind = isSocks ? ProxyKind.Socks5 : ProxyKind.Http;
        return isSocks || Is(scheme, "http"u8);
    }

    // A user without a password is fine in HTTP only, a password without a user nowhere; and basic authorisation
    // (RFC 7617) takes what stands before the first colon for the user.
    private static bool AreUsable(ProxySettings* proxy)
    {
        if (!proxy->HasCredentials)
            return proxy->PasswordLength == 0;
        return proxy->Kind == ProxyKind.Socks5 ? proxy->PasswordLength > 0 : !UserOf(proxy).Contains((byte)':');
    }

    private static bool TryDecode(aws_byte_cursor part, byte* into, byte* length)
    {
        aws_byte_buf decoded;
        ByteBuf.Init(&decoded, Allocator.Default(), part.len);
        bool isDecoded = Uri.AppendDecoding(&decoded, &part) == AWS_OP_SUCCESS && decoded.len <= MaxCredential;
        if (isDecoded && decoded.len > 0)
            NativeMemory.Copy(decoded.buffer, into, decoded.len);
        *length = isDecoded ? (byte)decoded.len : (byte)0;
        ByteBuf.CleanUpSecure(&decoded);
        return isDecoded;
    }

    private static bool IsNothing(aws_byte_cursor path) => path.len == 0 || (path.len == 1 && *path.ptr == '/');

    private static bool Is(aws_byte_cursor scheme, ReadOnlySpan<byte> lowerCase)
    {
        aws_byte_cursor wanted = ByteCursor.FromLiteral(lowerCase);
        return ByteCursor.EqIgnoreCase(&scheme, &wanted);
    }

    private static ReadOnlySpan<byte> Span(aws_byte_cursor cursor) => new(cursor.ptr, (int)cursor.len);
}
