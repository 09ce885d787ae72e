// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Reseau.Native.Platform;
using Reseau.Native.Resolver;

namespace Reseau.Native.Connections;

/// <summary>A packet of TCP, or of UDP, that never was, as it is written into a capture.</summary>
internal unsafe struct MadePacket
{
    internal const byte Fin = 0x01;
    internal const byte Syn = 0x02;
    internal const byte Rst = 0x04;
    internal const byte Psh = 0x08;
    internal const byte Ack = 0x10;

    /// <summary>Both of one family.</summary>
    internal IpAddress* From;
    internal IpAddress* To;
    internal ushort FromPort;
    internal ushort ToPort;
    internal uint Sequence;
    internal uint Acknowledged;
    internal byte Flags;

    /// <summary>It is of UDP, and has no numbers and flags.</summary>
    internal bool IsDatagram;

    /// <summary>Its bytes of the stream, at most 64 KB with the headers, and how many of them are kept.</summary>
    internal byte* Data;
    internal nuint Length;
    internal nuint Kept;

    /// <summary>Nanoseconds since 1970.</summary>
    internal ulong Time;
}

/// <summary>
/// The blocks of a capture file (pcapng), in memory that has room for them: every function says how many bytes it has
/// written. Numbers are in this machine's order, which the file says. Packets are plain IP, without a link layer.
/// </summary>
internal static unsafe class PacketFile
{
    /// <summary>Bytes of every block but a packet's, at most; and of a packet's beyond what is kept of it.</summary>
    internal const int MaxBlock = 128;

    private const uint SectionBlock = 0x0A0D0D0A;
    private const uint InterfaceBlock = 1;
    private const uint StatisticsBlock = 5;
    private const uint PacketBlock = 6;
    private const uint ByteOrder = 0x1A2B3C4D;
    private const ushort RawIp = 101;
    private const ushort OptionApplication = 4;
    private const ushort OptionName = 2;
    private const ushort OptionResolution = 9;
    private const ushort OptionReceived = 4;
    private const ushort OptionDropped = 5;
    private const byte Nanoseconds = 9;
    private const int MaxVersion = 32;

    private const int IPv4Header = 20;
    private const int IPv6Header = 40;
    private const int TcpHeader = 20;
    private const int UdpHeader = 8;
    private const byte TcpProtocol = 6;
    private const byte UdpProtocol = 17;
    private const byte HopLimit = 64;
    private const ushort Window = ushort.MaxValue;

    /// <summary>The beginning of a file: a section, and the one interface in it. Two blocks.</summary>
    internal static int WriteStart(byte* into)
    {
        byte* at = Begin(into, SectionBlock);
        at = Put32(at, ByteOrder);
        at = Put32(at, 1); // version 1.0
        at = Put64(at, ulong.MaxValue); // of a length that is not known
        at = PutOption(at, OptionApplication, LibraryVersion.Text[..int.Min(LibraryVersion.Text.Length, MaxVersion)]);
        at = End(into, Put32(at, 0));

        byte* second = at;
        at = Begin(second, InterfaceBlock);
        at = Put32(at, RawIp);
        at = Put32(at, 0); // packets of any length
        at = PutOption(at, OptionName, "reseau"u8);
        at = PutOption(at, OptionResolution, [Nanoseconds]);
        return (int)(End(second, Put32(at, 0)) - into);
    }

    /// <summary>The end of a file: how many packets there were, and were dropped.</summary>
    internal static int WriteStatistics(byte* into, ulong time, ulong packets, ulong dropped)
    {
        byte* at = Begin(into, StatisticsBlock);
        at = Put32(at, 0);
        at = PutTime(at, time);
        at = PutOption(at, OptionReceived, new ReadOnlySpan<byte>(&packets, sizeof(ulong)));
        at = PutOption(at, OptionDropped, new ReadOnlySpan<byte>(&dropped, sizeof(ulong)));
        return (int)(End(into, Put32(at, 0)) - into);
    }

    internal static int WritePacket(byte* into, MadePacket* packet)
    {
        bool is6 = packet->From->Family == IpFamily.IPv6;
        int inner = InnerHeader(packet);
        int headers = (is6 ? IPv6Header : IPv4Header) + inner;
        byte* at = Begin(into, PacketBlock);
        at = Put32(at, 0);
        at = PutTime(at, packet->Time);
        at = Put32(at, (uint)headers + (uint)packet->Kept);
        at = Put32(at, (uint)headers + (uint)packet->Length);
        uint sum = is6 ? PutIPv6(at, packet) : PutIPv4(at, packet);
        at += headers - inner;
        if (packet->IsDatagram)
            PutUdp(at, packet, sum);
        else
            PutTcp(at, packet, sum);
        at += inner;
        if (packet->Kept > 0)
            NativeMemory.Copy(packet->Data, at, packet->Kept);
        return (int)(End(into, Pad(at + packet->Kept, into)) - into);
    }

    private static int InnerHeader(MadePacket* packet) => packet->IsDatagram ? UdpHeader : TcpHeader;

    private static byte ProtocolOf(MadePacket* packet) => packet->IsDatagram ? UdpProtocol : TcpProtocol;

    // Returns the sum of the pseudo header (RFC 9293 section 3.1), as the next one does.
    private static uint PutIPv4(byte* at, MadePacket* packet)
    {
        ushort length = (ushort)(IPv4Header + InnerHeader(packet) + (int)packet->Length);
        NativeMemory.Clear(at, IPv4Header);
        at[0] = 0x45; // version 4, five words
        BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(at + 2, 2), length);
        at[6] = 0x40; // not to be cut
        at[8] = HopLimit;
        at[9] = ProtocolOf(packet);
        NativeMemory.Copy(IpAddress.BytesOf(packet->From), at + 12, IpParser.IPv4Size);
        NativeMemory.Copy(IpAddress.BytesOf(packet->To), at + 16, IpParser.IPv4Size);
        PutChecksum(at + 10, Sum(at, IPv4Header, 0));
        return Sum(at + 12, 2 * IpParser.IPv4Size, PseudoSum(packet));
    }

    private static uint PutIPv6(byte* at, MadePacket* packet)
    {
        NativeMemory.Clear(at, IPv6Header);
        at[0] = 0x60;
        ushort length = (ushort)(InnerHeader(packet) + (int)packet->Length);
        BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(at + 4, 2), length);
        at[6] = ProtocolOf(packet);
        at[7] = HopLimit;
        NativeMemory.Copy(IpAddress.BytesOf(packet->From), at + 8, IpParser.IPv6Size);
        NativeMemory.Copy(IpAddress.BytesOf(packet->To), at + 24, IpParser.IPv6Size);
        return Sum(at + 8, 2 * IpParser.IPv6Size, PseudoSum(packet));
    }

    private static void PutTcp(byte* at, MadePacket* packet, uint sum)
    {
        Span<byte> header = new(at, TcpHeader);
        BinaryPrimitives.WriteUInt16BigEndian(header, packet->FromPort);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], packet->ToPort);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], packet->Sequence);
        bool acknowledges = (packet->Flags & MadePacket.Ack) != 0;
        BinaryPrimitives.WriteUInt32BigEndian(header[8..], acknowledges ? packet->Acknowledged : 0);
        header[12] = TcpHeader / 4 << 4;
        header[13] = packet->Flags;
        BinaryPrimitives.WriteUInt16BigEndian(header[14..], Window);
        header[16..].Clear();
        PutChecksum(at + 16, Sum(packet->Data, packet->Length, Sum(at, TcpHeader, sum)));
    }

    private static void PutUdp(byte* at, MadePacket* packet, uint sum)
    {
        Span<byte> header = new(at, UdpHeader);
        BinaryPrimitives.WriteUInt16BigEndian(header, packet->FromPort);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], packet->ToPort);
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)(UdpHeader + (int)packet->Length));
        header[6..].Clear();
        PutChecksum(at + 6, Sum(packet->Data, packet->Length, Sum(at, UdpHeader, sum)));

        // Zero would say that there is no sum (RFC 768).
        if (header[6] == 0 && header[7] == 0)
            header[6] = header[7] = byte.MaxValue;
    }

    // ---- Sums of 16 bits (RFC 1071), in whatever order the machine has: they come out in the same. ----

    private static uint PseudoSum(MadePacket* packet)
    {
        byte* words = stackalloc byte[4];
        words[0] = 0;
        words[1] = ProtocolOf(packet);
        ushort length = (ushort)(InnerHeader(packet) + (int)packet->Length);
        BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(words + 2, 2), length);
        return Sum(words, 4, 0);
    }

    private static uint Sum(byte* data, nuint length, uint before)
    {
        ulong sum = before;
        nuint i = 0;
        for (; i + sizeof(uint) <= length; i += sizeof(uint))
            sum += Unaligned32(data + i);
        for (; i + sizeof(ushort) <= length; i += sizeof(ushort))
            sum += (uint)(BitConverter.IsLittleEndian ? data[i] | (data[i + 1] << 8) : (data[i] << 8) | data[i + 1]);
        if (i < length)
            sum += BitConverter.IsLittleEndian ? data[i] : (uint)data[i] << 8;
        while (sum > ushort.MaxValue)
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (uint)sum;
    }

    private static uint Unaligned32(byte* data)
    {
        uint value;
        NativeMemory.Copy(data, &value, sizeof(uint));
        return value;
    }

    private static void PutChecksum(byte* at, uint sum)
    {
        ushort value = (ushort)~sum;
        NativeMemory.Copy(&value, at, sizeof(ushort));
    }

    // ---- Blocks: type, length, content, length; everything at multiples of 4 bytes. ----

    private static byte* Begin(byte* block, uint type) => Put32(Put32(block, type), 0);

    private static byte* End(byte* block, byte* at)
    {
        uint length = (uint)(at - block) + sizeof(uint);
        Put32(block + sizeof(uint), length);
        return Put32(at, length);
    }

    private static byte* PutOption(byte* at, ushort code, ReadOnlySpan<byte> value)
    {
        byte* start = at;
        at = Put16(Put16(at, code), (ushort)value.Length);
        value.CopyTo(new Span<byte>(at, value.Length));
        return Pad(at + value.Length, start);
    }

    private static byte* Pad(byte* at, byte* start)
    {
        while ((at - start) % sizeof(uint) != 0)
            *at++ = 0;
        return at;
    }

    private static byte* PutTime(byte* at, ulong time) => Put32(Put32(at, (uint)(time >> 32)), (uint)time);

    private static byte* Put16(byte* at, ushort value)
    {
        NativeMemory.Copy(&value, at, sizeof(ushort));
        return at + sizeof(ushort);
    }

    private static byte* Put32(byte* at, uint value)
    {
        NativeMemory.Copy(&value, at, sizeof(uint));
        return at + sizeof(uint);
    }

    private static byte* Put64(byte* at, ulong value)
    {
        NativeMemory.Copy(&value, at, sizeof(ulong));
        return at + sizeof(ulong);
    }
}
