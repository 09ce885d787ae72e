// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Tls.SChannel;

/// <summary>How far the next record has come.</summary>
internal enum RecordState
{
    Whole,
    Partial,

    /// <summary>It is longer than records may be, or these are no records.</summary>
    Damaged,
}

/// <summary>
/// What has come for the provider, which needs records in one piece and decrypts them where they are. Records that are
/// whole come first, then what has come of the next one.
/// </summary>
internal unsafe struct SChannelInput
{
    // Content of RFC 5246, 6.2.3, with as much for encryption as any version allows.
    private const nuint LongestContent = (16 * 1024) + 2048;
    private const nuint LongestRecord = LongestContent + 64;
    private const nuint Smallest = 4 * 1024;
    private const byte FirstType = 20;
    private const byte LastType = 24;

    private byte* _bytes;
    private nuint _capacity;
    private nuint _start;
    private nuint _whole;
    private nuint _partial;

    /// <summary>Where the first byte is that was not consumed.</summary>
    internal readonly byte* Next => _bytes + _start;

    /// <summary>How many bytes of whole records there are.</summary>
    internal readonly nuint Whole => _whole;

    /// <summary>The length of the record that begins this far behind <see cref="Next"/>; it must be whole.</summary>
    internal readonly nuint LengthAt(nuint offset) => LengthOf(Next + offset);

    /// <summary>
    /// Has one more record, if as much has come. Content that was decrypted in here must have been read before.
    /// </summary>
    internal RecordState TakeRecord(TlsRecords* records, aws_allocator* allocator)
    {
        if (!TakeUpTo(ClientHello.RecordHeader, records, allocator))
            return RecordState.Partial;

        byte* header = Next + _whole;
        nuint length = LengthOf(header);
        if (header[0] is < FirstType or > LastType || header[1] != 3 ||
            length > LongestContent + ClientHello.RecordHeader)
        {
            return RecordState.Damaged;
        }

        if (!TakeUpTo(length, records, allocator))
            return RecordState.Partial;

        _whole += length;
        _partial = 0;
        return RecordState.Whole;
    }

    /// <summary>
    /// So many bytes of whole records are done with. They stay where they are until the next is taken.
    /// </summary>
    internal void Consume(nuint length)
    {
        _start += length;
        _whole -= length;
    }

    /// <summary>Gives the memory back, if there is nothing in it.</summary>
    internal void Release(aws_allocator* allocator)
    {
        if (_bytes == null || _whole + _partial > 0)
            return;

        Allocator.Release(allocator, _bytes);
        this = default;
    }

    /// <summary>Gives the memory back, whatever is in it.</summary>
    internal void CleanUp(aws_allocator* allocator)
    {
        _whole = 0;
        _partial = 0;
        Release(allocator);
    }

    // True once so many bytes of the record behind the whole ones are there.
    private bool TakeUpTo(nuint length, TlsRecords* records, aws_allocator* allocator)
    {
        if (_partial < length && records->InputLength > 0)
        {
            MakeRoom(_whole + length, allocator);
            _partial += TlsRecords.Take(records, Next + _whole + _partial, length - _partial);
        }

        return _partial >= length;
    }

    private void MakeRoom(nuint length, aws_allocator* allocator)
    {
        if (_start + length <= _capacity)
            return;

        nuint used = _whole + _partial;
        if (length > _capacity)
        {
            // A message of many small records must not be copied for each of them.
            nuint capacity = length <= LongestRecord
                ? nuint.Max(Smallest, nuint.Max(length, nuint.Min(2 * _capacity, LongestRecord)))
                : nuint.Max(length, 2 * _capacity);
            byte* larger = (byte*)Allocator.Acquire(allocator, capacity);
            NativeMemory.Copy(Next, larger, used);
            if (_bytes != null)
                Allocator.Release(allocator, _bytes);
            _bytes = larger;
            _capacity = capacity;
        }
        else
        {
            Buffer.MemoryCopy(Next, _bytes, _capacity, used);
        }

        _start = 0;
    }

    private static nuint LengthOf(byte* header) =>
        ClientHello.RecordHeader + (((nuint)header[3] << 8) | header[4]);
}
