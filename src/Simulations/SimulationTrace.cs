// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Binary;
using System.Text.Unicode;
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets.Virtual;

namespace Reseau.Native.Simulations;

/// <summary>
/// What has happened in a simulation, as one number, and, if that is asked for, as lines of a file. Nothing goes into
/// either that differs between processes or machines.
/// </summary>
internal unsafe struct SimulationTrace
{
    /// <summary>What goes into the hash besides packets. The numbers are part of it.</summary>
    private enum Kind : byte
    {
        Packet = 1,
        Tick = 2,
        Note = 3,
    }

    // A line has room for what stands in it beside a note.
    private const int LineSize = 512;
    private const int MaxNote = 4096;

    private ulong _hash;
    private SimulationFile _file;

    /// <summary>Bytes that are sent are not part of it.</summary>
    internal bool IgnoresContent;

    internal readonly ulong Hash => _hash;

    internal readonly bool IsWriting => _file.IsOpen;

    internal static void Begin(SimulationTrace* trace, ulong seed) => trace->Mix(seed + 1);

    /// <summary>NULL ends it. Returns 0 or an error.</summary>
    internal static int WriteTo(SimulationTrace* trace, byte* path)
    {
        bool isGood = SimulationFile.TryClose(&trace->_file);
        if (path != null)
            isGood &= SimulationFile.TryOpen(&trace->_file, path);
        return isGood ? 0 : RESEAU_ERROR_FILE;
    }

    /// <summary>A round of a host's loop begins.</summary>
    internal static void AddTick(SimulationTrace* trace, ulong time, VirtualHost* host)
    {
        trace->Begin(Kind.Tick, time);
        trace->Mix(host->Number);
        if (!trace->IsWriting)
            return;

        byte* line = SimulationFile.RoomFor(&trace->_file, LineSize);
        Utf8.TryWrite(
            new Span<byte>(line, LineSize),
            $"{new TimeText(time)} {new Utf8Text(host->Name)} runs\n",
            out int length);
        SimulationFile.Add(&trace->_file, (nuint)length);
    }

    /// <summary>A C string, of which so much is part of it as fits a line.</summary>
    internal static void AddNote(SimulationTrace* trace, ulong time, byte* text)
    {
        int length = 0;
        while (length < MaxNote && text[length] != 0)
            length++;
        ReadOnlySpan<byte> note = new(text, length);
        trace->Begin(Kind.Note, time);
        trace->MixAll(note);
        if (!trace->IsWriting)
            return;

        byte* line = SimulationFile.RoomFor(&trace->_file, LineSize + MaxNote);
        Utf8.TryWrite(new Span<byte>(line, LineSize), $"{new TimeText(time)} note ", out int start);
        note.CopyTo(new Span<byte>(line + start, MaxNote));
        line[start + length] = (byte)'\n';
        SimulationFile.Add(&trace->_file, (nuint)(start + length + 1));
    }

    internal static void AddPacket(SimulationTrace* trace, ulong time, NetworkEvent* happened)
    {
        trace->Begin(Kind.Packet, time);
        trace->Mix(((ulong)happened->Kind << 16) | ((ulong)happened->Flags << 8) | (happened->IsStream ? 1u : 0));
        trace->MixAddress(&happened->From, happened->FromPort);
        trace->MixAddress(&happened->To, happened->ToPort);
        trace->Mix(((ulong)happened->Sequence << 32) | happened->Acknowledged);
        trace->Mix(happened->Length);
        trace->Mix(happened->Arrival);
        if (!trace->IgnoresContent && happened->Kind == NetworkEventKind.Sent)
            trace->MixAll(new ReadOnlySpan<byte>(happened->Data, (int)happened->Length));
        if (trace->IsWriting)
            trace->Write(time, happened);
    }

    private void Write(ulong time, NetworkEvent* happened)
    {
        fixed (SimulationFile* file = &_file)
        {
            byte* line = SimulationFile.RoomFor(file, LineSize);
            Utf8.TryWrite(
                new Span<byte>(line, LineSize),
                $"{new TimeText(time)} {KindText(happened->Kind)} {happened->From}.{happened->FromPort} > " +
                $"{happened->To}.{happened->ToPort} {new FlagText(happened)} seq {happened->Sequence} " +
                $"ack {happened->Acknowledged} length {happened->Length} arrives {new TimeText(happened->Arrival)}\n",
                out int length);
            SimulationFile.Add(file, (nuint)length);
        }
    }

    private static Utf8Text KindText(NetworkEventKind kind) => new(kind switch
    {
        NetworkEventKind.Sent => Literal.Of("sent"u8),
        NetworkEventKind.Arrived => Literal.Of("arrived"u8),
        NetworkEventKind.Lost => Literal.Of("lost"u8),
        _ => Literal.Of("delayed"u8),
    });

    private void Begin(Kind kind, ulong time)
    {
        Mix((ulong)kind);
        Mix(time);
    }

    private void MixAddress(IpAddress* address, ushort port)
    {
        Mix(((ulong)(byte)address->Family << 32) | port);
        MixAll(new ReadOnlySpan<byte>(IpAddress.BytesOf(address), IpParser.IPv6Size));
    }

    private void MixAll(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        ulong rest = (ulong)bytes.Length;
        foreach (byte one in bytes)
            rest = (rest << 8) | one;
        Mix(rest);
    }

    private void Mix(ulong value)
    {
        ulong mixed = (_hash ^ value) * 0x9E3779B97F4A7C15;
        _hash = mixed ^ (mixed >> 29);
    }
}

/// <summary>A C string in a line.</summary>
internal readonly unsafe struct Utf8Text : IUtf8SpanFormattable
{
    private readonly byte* _text;

    internal Utf8Text(byte* text) => _text = text;

    public bool TryFormat(
        Span<byte> destination, out int written, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        for (written = 0; _text[written] != 0; written++)
        {
            if (written == destination.Length)
                return false;
            destination[written] = _text[written];
        }

        return true;
    }
}

/// <summary>Nanoseconds of the clock as seconds since its beginning; 0 is never.</summary>
internal readonly struct TimeText : IUtf8SpanFormattable
{
    private readonly ulong _time;

    internal TimeText(ulong time) => _time = time;

    public bool TryFormat(
        Span<byte> destination, out int written, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        if (_time == 0)
            return Utf8.TryWrite(destination, $"never", out written);
        ulong since = _time - VirtualTime.Beginning;
        return Utf8.TryWrite(
            destination,
            $"{since / Clock.NanosecondsPerSecond}.{since % Clock.NanosecondsPerSecond:D9}",
            out written);
    }
}

/// <summary>What kind of packet it is.</summary>
internal readonly unsafe struct FlagText : IUtf8SpanFormattable
{
    private readonly bool _isStream;
    private readonly byte _flags;

    internal FlagText(NetworkEvent* happened)
    {
        _isStream = happened->IsStream;
        _flags = happened->Flags;
    }

    public bool TryFormat(
        Span<byte> destination, out int written, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        Utf8.TryWrite(
            destination,
            $"{(_isStream ? "tcp" : "udp")}{Flag(NetworkEvent.Syn, " syn")}{Flag(NetworkEvent.Fin, " fin")}" +
            $"{Flag(NetworkEvent.Rst, " rst")}",
            out written);

    private string Flag(byte flag, string text) => (_flags & flag) != 0 ? text : "";
}
