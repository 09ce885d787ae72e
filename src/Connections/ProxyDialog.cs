// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Resolver;

namespace Reseau.Native.Connections;

/// <summary>What is waited for, or that nothing is.</summary>
internal enum ProxyStep : byte
{
    /// <summary>SOCKS5: which method of authentication is to be used (RFC 1928 section 3).</summary>
    SocksMethod,

    /// <summary>Whether user and password are good (RFC 1929).</summary>
    SocksAuthentication,

    /// <summary>Whether there is a connection; then the address that it is from, which nobody needs.</summary>
    SocksReply,

    /// <summary>HTTP: the status line, and the lines behind it.</summary>
    HttpStatus,
    HttpHeaders,

    /// <summary>What comes from now on is the target's.</summary>
    Done,
    Failed,
}

/// <summary>
/// What is said to a proxy before the stream begins, and what it answers: bytes in, bytes out, nothing else. The
/// answers are read one byte at a time, so that it does not matter how they are cut; nothing behind the last of them is
/// touched; they are bounded. Rule 167 of docs/lifetimes.md.
/// </summary>
internal unsafe struct ProxyDialog
{
    /// <summary>Room for every request.</summary>
    internal const int MaxRequest = 2048;

    // Heads of answers, all of them together. No proxy needs as much.
    private const int MaxAnswer = 16 * 1024;
    private const int HostCapacity = 256;

    private const byte SocksVersion = 5;
    private const byte MethodNone = 0;
    private const byte MethodPassword = 2;
    private const byte AuthenticationVersion = 1;
    private const byte CommandConnect = 1;
    private const byte AddressIPv4 = 1;
    private const byte AddressName = 3;
    private const byte AddressIPv6 = 4;

    private const int StatusDigits = 3;
    private const int StatusProxyAuthentication = 407;
    private const int StatusGatewayTimeout = 504;

    /// <summary>The settings' own, which outlive this.</summary>
    private ProxySettings* _proxy;

    /// <summary>The target: a name, or an address as <see cref="_ip"/>, whose family is None for a name.</summary>
    private fixed byte _host[HostCapacity];
    private int _hostLength;
    private IpAddress _ip;
    private ushort _port;

    /// <summary>Bytes of the present answer, and of all.</summary>
    private int _count;
    private int _total;

    /// <summary>SOCKS: bytes of the reply that are still to come. HTTP: those of the present line.</summary>
    private int _left;
    private int _status;

    internal ProxyStep Step;

    /// <summary>Something is to be said before anything more can be understood.</summary>
    internal bool HasRequest;

    /// <summary>Why it has failed, and the proxy's own number for that: a SOCKS reply, or a status of HTTP.</summary>
    internal int Error;
    internal int Code;

    /// <summary>
    /// For a target that is a C string. Returns 0, or an error if no proxy can be asked for such a name: then nothing
    /// is made.
    /// </summary>
    internal static int TryMake(ProxySettings* proxy, byte* host, uint port, ProxyDialog** dialog)
    {
        *dialog = null;
        ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(host);
        IpAddress ip;
        bool isAddress = IpAddress.TryParse(host, &ip);

        // A scope means something on this host only. The old forms of IPv4 mean an address to some, and a name to
        // others.
        if (name.Length is 0 or >= HostCapacity || !IsVisible(name) || (isAddress && ip.Scope != 0) ||
            (!isAddress && Platform.Network.IsTakenForAddress(host)))
        {
            return RESEAU_ERROR_BAD_ADDRESS;
        }

        ProxyDialog* made = Allocator.New<ProxyDialog>(Allocator.Default());
        made->_proxy = proxy;
        name.CopyTo(new Span<byte>(made->_host, HostCapacity));
        made->_hostLength = name.Length;
        made->_ip = isAddress ? ip : default;
        made->_port = (ushort)port;
        made->Step = proxy->Kind == ProxyKind.Socks5 ? ProxyStep.SocksMethod : ProxyStep.HttpStatus;
        made->HasRequest = true;
        *dialog = made;
        return 0;
    }

    /// <summary>NULL is allowed.</summary>
    internal static void Free(ProxyDialog* dialog)
    {
        if (dialog != null)
            Allocator.Release(Allocator.Default(), dialog);
    }

    // A control character would end a line of HTTP; a space a part of it.
    private static bool IsVisible(ReadOnlySpan<byte> name) => !name.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E);

    // ---- What is said ----

    /// <summary>
    /// Writes what is to be said now, into <see cref="MaxRequest"/> bytes; returns the length.
    /// </summary>
    internal static nuint WriteRequest(ProxyDialog* dialog, byte* into)
    {
        dialog->HasRequest = false;
        Span<byte> room = new(into, MaxRequest);
        return (nuint)(dialog->Step switch
        {
            ProxyStep.SocksMethod => WriteMethods(dialog, room),
            ProxyStep.SocksAuthentication => WriteAuthentication(dialog, room),
            ProxyStep.SocksReply => WriteSocksConnect(dialog, room),
            _ => WriteHttpConnect(dialog, room),
        });
    }

    private static int WriteMethods(ProxyDialog* dialog, Span<byte> room)
    {
        bool hasPassword = dialog->_proxy->HasCredentials;
        room[0] = SocksVersion;
        room[1] = hasPassword ? (byte)2 : (byte)1;
        room[2] = MethodNone;
        room[3] = MethodPassword;
        return hasPassword ? 4 : 3;
    }

    private static int WriteAuthentication(ProxyDialog* dialog, Span<byte> room)
    {
        int length = Append(room, 0, [AuthenticationVersion, dialog->_proxy->UserLength]);
        length = Append(room, length, ProxySettings.UserOf(dialog->_proxy));
        length = Append(room, length, [dialog->_proxy->PasswordLength]);
        return Append(room, length, ProxySettings.PasswordOf(dialog->_proxy));
    }

    private static int WriteSocksConnect(ProxyDialog* dialog, Span<byte> room)
    {
        int length = Append(room, 0, [SocksVersion, CommandConnect, 0]);
        if (dialog->_ip.Family == IpFamily.None)
        {
            length = Append(room, length, [AddressName, (byte)dialog->_hostLength]);
            length = Append(room, length, new ReadOnlySpan<byte>(dialog->_host, dialog->_hostLength));
        }
        else
        {
            bool is6 = dialog->_ip.Family == IpFamily.IPv6;
            int size = is6 ? IpParser.IPv6Size : IpParser.IPv4Size;
            length = Append(room, length, [is6 ? AddressIPv6 : AddressIPv4]);
            length = Append(room, length, new ReadOnlySpan<byte>(IpAddress.BytesOf(&dialog->_ip), size));
        }

        BinaryPrimitives.WriteUInt16BigEndian(room[length..], dialog->_port);
        return length + sizeof(ushort);
    }

    private static int WriteHttpConnect(ProxyDialog* dialog, Span<byte> room)
    {
        int length = Append(room, 0, "CONNECT "u8);
        length = AppendAuthority(dialog, room, length);
        length = Append(room, length, " HTTP/1.1\r\nHost: "u8);
        length = AppendAuthority(dialog, room, length);
        length = Append(room, length, "\r\n"u8);
        if (dialog->_proxy->HasCredentials)
            length = AppendAuthorisation(dialog, room, length);
        return Append(room, length, "\r\n"u8);
    }

    private static int AppendAuthority(ProxyDialog* dialog, Span<byte> room, int length)
    {
        bool is6 = dialog->_ip.Family == IpFamily.IPv6;
        length = Append(room, length, is6 ? "["u8 : default);
        length = Append(room, length, new ReadOnlySpan<byte>(dialog->_host, dialog->_hostLength));
        length = Append(room, length, is6 ? "]:"u8 : ":"u8);
        Utf8Formatter.TryFormat(dialog->_port, room[length..], out int digits);
        return length + digits;
    }

    // RFC 7617.
    private static int AppendAuthorisation(ProxyDialog* dialog, Span<byte> room, int length)
    {
        Span<byte> plain = stackalloc byte[(2 * ProxySettings.MaxCredential) + 1];
        int size = Append(plain, 0, ProxySettings.UserOf(dialog->_proxy));
        size = Append(plain, size, ":"u8);
        size = Append(plain, size, ProxySettings.PasswordOf(dialog->_proxy));
        length = Append(room, length, "Proxy-Authorization: Basic "u8);
        System.Buffers.Text.Base64.EncodeToUtf8(plain[..size], room[length..], out _, out int written);
        plain.Clear();
        return Append(room, length + written, "\r\n"u8);
    }

    private static int Append(Span<byte> room, int length, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(room[length..]);
        return length + bytes.Length;
    }

    // ---- What is answered ----

    /// <summary>
    /// Takes what has come, up to the end of an answer; returns how many bytes it has taken. Afterwards it waits for
    /// more, has something to say, is done or has failed.
    /// </summary>
    internal static nuint Take(ProxyDialog* dialog, byte* data, nuint length)
    {
        nuint taken = 0;
        while (taken < length && !dialog->HasRequest && dialog->Step < ProxyStep.Done)
        {
            if (++dialog->_total > MaxAnswer)
                Fail(dialog, RESEAU_ERROR_PROXY_PROTOCOL, 0);
            else
                TakeByte(dialog, data[taken++]);
        }

        return taken;
    }

    private static void TakeByte(ProxyDialog* dialog, byte value)
    {
        switch (dialog->Step)
        {
            case ProxyStep.SocksMethod:
                TakeMethod(dialog, value);
                break;
            case ProxyStep.SocksAuthentication:
                TakeAuthentication(dialog, value);
                break;
            case ProxyStep.SocksReply:
                TakeReply(dialog, value);
                break;
            case ProxyStep.HttpStatus:
                TakeStatus(dialog, value);
                break;
            default:
                TakeHeader(dialog, value);
                break;
        }
    }

    private static void TakeMethod(ProxyDialog* dialog, byte value)
    {
        if (dialog->_count++ == 0)
        {
            if (value != SocksVersion)
                Fail(dialog, RESEAU_ERROR_PROXY_PROTOCOL, value);
            return;
        }

        if (value == MethodNone)
            Ask(dialog, ProxyStep.SocksReply);
        else if (value == MethodPassword && dialog->_proxy->HasCredentials)
            Ask(dialog, ProxyStep.SocksAuthentication);
        else
            Fail(
                dialog,
                value == byte.MaxValue ? RESEAU_ERROR_PROXY_AUTHENTICATION : RESEAU_ERROR_PROXY_PROTOCOL,
                value);
    }

    // The version, which not every proxy gets right, says nothing.
    private static void TakeAuthentication(ProxyDialog* dialog, byte value)
    {
        if (dialog->_count++ == 0)
            return;

        if (value == 0)
            Ask(dialog, ProxyStep.SocksReply);
        else
            Fail(dialog, RESEAU_ERROR_PROXY_AUTHENTICATION, value);
    }

    // Version, reply, nothing, kind of the address; then an address, which a length may come before, and a port.
    private static void TakeReply(ProxyDialog* dialog, byte value)
    {
        switch (dialog->_count++)
        {
            case 0 when value != SocksVersion:
                Fail(dialog, RESEAU_ERROR_PROXY_PROTOCOL, value);
                break;
            case 1 when value != 0:
                Fail(dialog, ErrorOfReply(value), value);
                break;
            case 0 or 1 or 2:
                break;
            case 3:
                TakeAddressKind(dialog, value);
                break;
            case 4 when dialog->_left < 0:
                dialog->_left = value + sizeof(ushort);
                break;
            default:
                if (--dialog->_left == 0)
                    dialog->Step = ProxyStep.Done;
                break;
        }
    }

    private static void TakeAddressKind(ProxyDialog* dialog, byte kind)
    {
        dialog->_left = kind switch
        {
            AddressIPv4 => IpParser.IPv4Size + sizeof(ushort),
            AddressIPv6 => IpParser.IPv6Size + sizeof(ushort),
            AddressName => -1,
            _ => 0,
        };
        if (dialog->_left == 0)
            Fail(dialog, RESEAU_ERROR_PROXY_PROTOCOL, kind);
    }

    // RFC 1928 section 6.
    private static int ErrorOfReply(byte reply) => reply switch
    {
        3 or 4 => RESEAU_ERROR_UNREACHABLE,
        5 => RESEAU_ERROR_REFUSED,
        6 => RESEAU_ERROR_TIMED_OUT,
        7 or 8 => RESEAU_ERROR_UNSUPPORTED,
        _ => RESEAU_ERROR_PROXY_REFUSED,
    };

    // "HTTP/1.", a digit, a space, three digits, and what ends them (RFC 9112 section 4).
    private static void TakeStatus(ProxyDialog* dialog, byte value)
    {
        ReadOnlySpan<byte> start = "HTTP/1."u8;
        int digits = start.Length + 2;
        int at = dialog->_count++;
        bool isDigit = value is >= (byte)'0' and <= (byte)'9';
        bool isRight =
            at < start.Length ? value == start[at]
            : at == start.Length ? isDigit
            : at == start.Length + 1 ? value == ' '
            : at < digits + StatusDigits ? isDigit
            : value is (byte)' ' or (byte)'\r' or (byte)'\n';
        if (!isRight)
        {
            Fail(dialog, RESEAU_ERROR_PROXY_PROTOCOL, 0);
            return;
        }

        if (at >= digits && at < digits + StatusDigits)
            dialog->_status = (dialog->_status * 10) + value - '0';
        if (at == digits + StatusDigits)
            EndStatus(dialog, value);
    }

    // 1xx is followed by another answer, and 2xx by the stream. What else comes is not looked at.
    private static void EndStatus(ProxyDialog* dialog, byte value)
    {
        int status = dialog->_status;
        if (status is (< 100 or >= 300) or 101)
        {
            Fail(dialog, ErrorOfStatus(status), status);
            return;
        }

        dialog->Step = ProxyStep.HttpHeaders;
        dialog->_left = 1;
        if (value == '\n')
            dialog->_left = 0;
    }

    private static int ErrorOfStatus(int status) => status switch
    {
        StatusProxyAuthentication => RESEAU_ERROR_PROXY_AUTHENTICATION,
        StatusGatewayTimeout => RESEAU_ERROR_TIMED_OUT,
        < 100 or 101 or >= 600 => RESEAU_ERROR_PROXY_PROTOCOL,
        _ => RESEAU_ERROR_PROXY_REFUSED,
    };

    // Until a line that is empty: a line feed, perhaps behind a carriage return.
    private static void TakeHeader(ProxyDialog* dialog, byte value)
    {
        if (value == '\n' && dialog->_left == 0)
            EndHead(dialog);
        else if (value == '\n')
            dialog->_left = 0;
        else if (value != '\r')
            dialog->_left = 1;
    }

    private static void EndHead(ProxyDialog* dialog)
    {
        bool isLast = dialog->_status >= 200;
        dialog->Step = isLast ? ProxyStep.Done : ProxyStep.HttpStatus;
        dialog->_count = 0;
        dialog->_status = 0;
    }

    private static void Ask(ProxyDialog* dialog, ProxyStep next)
    {
        dialog->Step = next;
        dialog->HasRequest = true;
        dialog->_count = 0;
    }

    private static void Fail(ProxyDialog* dialog, int error, int code)
    {
        dialog->Step = ProxyStep.Failed;
        dialog->Error = error;
        dialog->Code = code;
    }
}
