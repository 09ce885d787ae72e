// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Binary;

namespace Reseau.Native.Tls;

/// <summary>
/// What a server needs to know of a client's first message before its engine has read it: the name that was asked for,
/// and the protocols of ALPN. Refers to the message. RFC 8446, 4.1.2; RFC 6066, 3; RFC 7301, 3.1.
/// </summary>
internal readonly ref struct ClientHello
{
    internal const byte RecordType = 22;
    internal const int RecordHeader = 5;

    /// <summary>Type and length of a handshake message.</summary>
    internal const int MessageHeader = 4;

    private const byte MessageType = 1;
    private const int VersionAndRandom = 34;
    private const ushort ServerNameExtension = 0;
    private const ushort ProtocolsExtension = 16;
    private const byte HostNameType = 0;

    /// <summary>Empty if none was asked for.</summary>
    internal ReadOnlySpan<byte> ServerName { get; private init; }

    /// <summary>Each with its length in front, as in <see cref="AlpnList"/>; empty if none was offered.</summary>
    internal ReadOnlySpan<byte> Protocols { get; private init; }

    /// <summary>Whether a message may be this one, of which at least one byte has come.</summary>
    internal static bool MayBegin(ReadOnlySpan<byte> message) => message[0] == MessageType;

    /// <summary>How long the message is, with its header; false before that has come, or if it is another.</summary>
    internal static bool TryReadLength(ReadOnlySpan<byte> message, out int length)
    {
        length = 0;
        if (message.Length < MessageHeader || message[0] != MessageType)
            return false;

        length = MessageHeader + (message[1] << 16) + (message[2] << 8) + message[3];
        return true;
    }

    /// <summary>False for what is damaged, about which the engine will have its say.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> message, out ClientHello hello)
    {
        hello = default;
        if (!TryReadLength(message, out int length) || length > message.Length)
            return false;

        ReadOnlySpan<byte> rest = message[MessageHeader..length];
        if (rest.Length < VersionAndRandom)
            return false;

        rest = rest[VersionAndRandom..];
        bool isRead = TryTake(ref rest, 1, out _) && TryTake(ref rest, 2, out _) && TryTake(ref rest, 1, out _);
        if (!isRead || rest.IsEmpty)
            return isRead;
        return TryTake(ref rest, 2, out ReadOnlySpan<byte> extensions) && TryParseExtensions(extensions, out hello);
    }

    private static bool TryParseExtensions(ReadOnlySpan<byte> extensions, out ClientHello hello)
    {
        hello = default;
        ReadOnlySpan<byte> name = default;
        ReadOnlySpan<byte> protocols = default;
        while (!extensions.IsEmpty)
        {
            if (extensions.Length < 2)
                return false;

            ushort type = BinaryPrimitives.ReadUInt16BigEndian(extensions);
            extensions = extensions[2..];
            if (!TryTake(ref extensions, 2, out ReadOnlySpan<byte> content))
                return false;
            if (type == ServerNameExtension && !TryReadName(content, out name))
                return false;
            if (type == ProtocolsExtension && !TryTake(ref content, 2, out protocols))
                return false;
        }

        hello = new ClientHello { ServerName = name, Protocols = protocols };
        return true;
    }

    private static bool TryReadName(ReadOnlySpan<byte> content, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!TryTake(ref content, 2, out ReadOnlySpan<byte> names))
            return false;

        while (!names.IsEmpty)
        {
            byte type = names[0];
            names = names[1..];
            if (!TryTake(ref names, 2, out ReadOnlySpan<byte> given))
                return false;
            if (type == HostNameType && name.IsEmpty)
                name = given;
        }

        return true;
    }

    // A vector with its length in front, in so many bytes.
    private static bool TryTake(scoped ref ReadOnlySpan<byte> rest, int lengthBytes, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (rest.Length < lengthBytes)
            return false;

        int length = lengthBytes == 1 ? rest[0] : BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (rest.Length - lengthBytes < length)
            return false;

        content = rest.Slice(lengthBytes, length);
        rest = rest[(lengthBytes + length)..];
        return true;
    }
}
