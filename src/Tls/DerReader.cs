// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Binary;

namespace Reseau.Native.Tls;

/// <summary>Takes elements of DER off the front of some bytes, one after another. Tags have one byte.</summary>
internal ref struct DerReader
{
    private const byte LongTag = 0x1F;
    private const byte LongLength = 0x80;

    private ReadOnlySpan<byte> _rest;

    internal DerReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    internal readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>False for the end, and for what is not DER; then nothing more can be read.</summary>
    internal bool TryRead(out byte tag, out ReadOnlySpan<byte> content)
    {
        tag = 0;
        content = default;
        if (_rest.Length < 2 || (_rest[0] & LongTag) == LongTag)
            return false;

        tag = _rest[0];
        int lengthBytes = _rest[1] < LongLength ? 0 : _rest[1] - LongLength;
        if (!TryReadLength(lengthBytes, out uint length) || length > _rest.Length - 2 - lengthBytes)
            return false;

        content = _rest.Slice(2 + lengthBytes, (int)length);
        _rest = _rest[(2 + lengthBytes + (int)length)..];
        return true;
    }

    // There is one way to write a length: the shortest. An open end, 0x80, is none.
    private readonly bool TryReadLength(int lengthBytes, out uint length)
    {
        length = _rest[1];
        if (length < LongLength)
            return true;
        if (lengthBytes is 0 or > sizeof(uint) || _rest.Length < 2 + lengthBytes || _rest[2] == 0)
            return false;

        Span<byte> padded = stackalloc byte[sizeof(uint)];
        padded.Clear();
        _rest.Slice(2, lengthBytes).CopyTo(padded[^lengthBytes..]);
        length = BinaryPrimitives.ReadUInt32BigEndian(padded);
        return length >= LongLength;
    }
}
