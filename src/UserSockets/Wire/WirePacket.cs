// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Reseau.Native.UserSockets.Wire;

internal enum WirePacketType
{
    /// <summary>A connection is asked for: the name that is asked, and the name of who asks.</summary>
    Open = 1,
    Accepted = 2,
    Refused = 3,

    /// <summary>A segment of a stream; with <see cref="WirePacket.EndFlag"/>, where it ends.</summary>
    Data = 4,

    /// <summary>Which segment has come, up to where everything has, and how much more there is room for.</summary>
    Ack = 5,
    Reset = 6,

    /// <summary>A fragment of a datagram, with two names.</summary>
    Datagram = 7,

    /// <summary>Is there room now? Answered by an Ack.</summary>
    Probe = 8,
}

/// <summary>
/// A packet on its way, little-endian: type, flags, length of the content, ids of the two ends, window, offset,
/// acknowledgement; the content; a checksum of all that.
/// </summary>
internal unsafe struct WirePacket
{
    internal const int HeaderSize = 32;
    internal const int ContentMax = 1200;
    internal const int SizeMax = HeaderSize + ContentMax + sizeof(uint);

    internal const byte EndFlag = 1;

    private fixed byte _bytes[SizeMax];

    internal WirePacketType Type;
    internal byte Flags;
    internal int Length;
    internal uint To;
    internal uint From;
    internal uint Window;
    internal ulong Offset;
    internal ulong Ack;

    internal static byte* Bytes(WirePacket* packet) => packet->_bytes;

    internal static byte* Content(WirePacket* packet) => packet->_bytes + HeaderSize;

    /// <summary>Writes header and checksum around the content; the size of it all.</summary>
    internal static int Seal(WirePacket* packet)
    {
        Span<byte> header = new(packet->_bytes, HeaderSize);
        header[0] = (byte)packet->Type;
        header[1] = packet->Flags;
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], (ushort)packet->Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], packet->To);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], packet->From);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], packet->Window);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], packet->Offset);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], packet->Ack);
        int end = HeaderSize + packet->Length;
        uint checksum = Checksum(new ReadOnlySpan<byte>(packet->_bytes, end));
        BinaryPrimitives.WriteUInt32LittleEndian(new(packet->_bytes + end, sizeof(uint)), checksum);
        return end + sizeof(uint);
    }

    /// <summary>Reads the header of what has arrived; false if it is damaged, or no packet.</summary>
    internal static bool TryOpen(WirePacket* packet, int size)
    {
        if (size < HeaderSize + sizeof(uint) || size > SizeMax)
            return false;

        ReadOnlySpan<byte> all = new(packet->_bytes, size);
        packet->Type = (WirePacketType)all[0];
        packet->Flags = all[1];
        packet->Length = BinaryPrimitives.ReadUInt16LittleEndian(all[2..]);
        packet->To = BinaryPrimitives.ReadUInt32LittleEndian(all[4..]);
        packet->From = BinaryPrimitives.ReadUInt32LittleEndian(all[8..]);
        packet->Window = BinaryPrimitives.ReadUInt32LittleEndian(all[12..]);
        packet->Offset = BinaryPrimitives.ReadUInt64LittleEndian(all[16..]);
        packet->Ack = BinaryPrimitives.ReadUInt64LittleEndian(all[24..]);
        int end = HeaderSize + packet->Length;
        return end + sizeof(uint) == size
            && BinaryPrimitives.ReadUInt32LittleEndian(all[end..]) == Checksum(all[..end]);
    }

    // CRC-32C.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte one in bytes)
            crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }

    /// <summary>Two names as the content, to which more may be added.</summary>
    internal static void PutNames(WirePacket* packet, SocketName* to, SocketName* from) =>
        packet->Length = EndpointNames.Write(Content(packet), to, from);

    /// <summary>How many bytes of the content they took, or 0 if it does not begin with names.</summary>
    internal static int TakeNames(WirePacket* packet, SocketName* to, SocketName* from) =>
        EndpointNames.Read(Content(packet), packet->Length, to, from);
}
