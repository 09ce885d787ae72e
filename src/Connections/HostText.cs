// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Platform;
using Reseau.Native.Resolver;

namespace Reseau.Native.Connections;

/// <summary>A host or a path as a program has written it, checked, without the brackets of IPv6: a C string.</summary>
internal unsafe struct HostText
{
    // The longest name of a host (RFC 1035), a dot behind it, and a NUL.
    private const int Capacity = 256;

    private fixed byte _bytes[Capacity];

    /// <summary>It stands for all addresses of this host.</summary>
    internal bool IsAny;

    internal byte* Bytes
    {
        get
        {
            fixed (byte* bytes = _bytes)
                return bytes;
        }
    }

    /// <summary>False for NULL, for nothing, and for what is too long.</summary>
    internal static bool TryRead(byte* host, bool isPath, HostText* text)
    {
        *text = default;
        nuint length;
        if (host == null || AwsString.SecureLength(host, Capacity, &length) != AWS_OP_SUCCESS || length == 0)
            return false;

        ReadOnlySpan<byte> given = new(host, (int)length);
        if (!isPath && given[0] == (byte)'[' && given[^1] == (byte)']' && given.Contains((byte)':'))
            given = given[1..^1];
        given.CopyTo(new Span<byte>(text->_bytes, Capacity));
        return given.Length > 0;
    }

    /// <summary>
    /// An address of this host: NULL is that of the loopback interface, "*" all; a name is looked up. Returns 0 or an
    /// error. The loop, which may be NULL, is that of what will have the address.
    /// </summary>
    internal static int ReadLocal(byte* host, aws_event_loop* loop, HostText* text, aws_socket_domain* domain)
    {
        *domain = AWS_SOCKET_IPV4;
        byte* given = host == null ? Literal.Of("127.0.0.1"u8) : host;
        if (!TryRead(given, isPath: false, text))
            return RESEAU_ERROR_BAD_ADDRESS;

        if (text->_bytes[0] == (byte)'*' && text->_bytes[1] == 0)
        {
            "::\0"u8.CopyTo(new Span<byte>(text->_bytes, Capacity));
            text->IsAny = true;
        }

        IpAddress ip;
        if (IpAddress.TryParse(IpFamily.IPv4, text->_bytes, &ip))
            return 0;
        if (!IpAddress.TryParse(IpFamily.IPv6, text->_bytes, &ip))
            return NameSource.Of(loop) == null ? LookUp(text, domain) : Find(NameSource.Of(loop), text, domain);

        *domain = AWS_SOCKET_IPV6;
        return 0;
    }

    internal static void SetAnyIPv4(HostText* text) =>
        "0.0.0.0\0"u8.CopyTo(new Span<byte>(text->_bytes, Capacity));

    private static int Find(NameSource* source, HostText* text, aws_socket_domain* domain)
    {
        reseau_ip* found = stackalloc reseau_ip[NameSource.MaxAddresses];
        LookUpEnd end = NameSource.Addresses(source, text->_bytes, 4, found, NameSource.MaxAddresses, out _);
        if (end == LookUpEnd.NotFound)
            end = NameSource.Addresses(source, text->_bytes, 6, found, NameSource.MaxAddresses, out _);
        if (end != LookUpEnd.Found)
            return ConnectionErrors.From(end);

        IpAddress ip;
        ReseauIp.TryRead(found, &ip);
        NativeMemory.Clear(text->_bytes, Capacity);
        IpAddress.Format(&ip, text->_bytes);
        *domain = ip.Family == IpFamily.IPv6 ? AWS_SOCKET_IPV6 : AWS_SOCKET_IPV4;
        return 0;
    }

    // The first address of IPv4, or else of IPv6: that is where clients look last, and everybody can.
    private static int LookUp(HostText* text, aws_socket_domain* domain)
    {
        aws_string* name = AwsString.NewFromCStr(Allocator.Default(), text->_bytes);
        FoundAddresses found;
        FoundAddresses.Init(&found, Allocator.Default());
        int error = DnsResolver.LookUp(name, &found);
        AddressRecord* chosen = null;
        for (int i = 0; error == AWS_ERROR_SUCCESS && i < found.Count; i++)
        {
            AddressRecord* record = FoundAddresses.At(&found, i);
            if (chosen == null || (chosen->Type != record->Type && record->Type == AWS_ADDRESS_RECORD_TYPE_A))
                chosen = record;
        }

        if (chosen != null)
        {
            NativeMemory.Clear(text->_bytes, Capacity);
            IpAddress.Format(&chosen->Address, text->_bytes);
            *domain = chosen->Type == AWS_ADDRESS_RECORD_TYPE_AAAA ? AWS_SOCKET_IPV6 : AWS_SOCKET_IPV4;
        }

        if (error == AWS_ERROR_SUCCESS && chosen == null)
            error = AWS_IO_DNS_NO_ADDRESS_FOR_HOST;
        FoundAddresses.CleanUp(&found);
        AwsString.Destroy(name);
        return ConnectionErrors.From(error);
    }
}
