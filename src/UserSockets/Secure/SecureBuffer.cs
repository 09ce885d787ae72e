// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets.Secure;

/// <summary>Bytes that wait to go on: taken from the front, added at the back.</summary>
internal unsafe struct SecureBuffer
{
    private const nuint Smallest = 16 * 1024;

    private byte* _bytes;
    private nuint _start;
    private nuint _end;
    private nuint _capacity;

    internal readonly byte* First => _bytes + _start;

    internal readonly nuint Length => _end - _start;

    /// <summary>Where the next byte goes.</summary>
    internal readonly byte* Last => _bytes + _end;

    internal readonly nuint Room => _capacity - _end;

    internal static void CleanUp(SecureBuffer* buffer)
    {
        Common.Allocator.Release(Common.Allocator.Default(), buffer->_bytes);
        *buffer = default;
    }

    /// <summary>Makes room for so many more.</summary>
    internal static void Reserve(SecureBuffer* buffer, nuint size)
    {
        if (buffer->Room >= size)
            return;

        nuint length = buffer->Length;
        nuint capacity = nuint.Max(Smallest, nuint.Max(2 * length, length + size));
        byte* bytes = (byte*)Common.Allocator.Acquire(Common.Allocator.Default(), capacity);
        NativeMemory.Copy(buffer->First, bytes, length);
        Common.Allocator.Release(Common.Allocator.Default(), buffer->_bytes);
        buffer->_bytes = bytes;
        buffer->_start = 0;
        buffer->_end = length;
        buffer->_capacity = capacity;
    }

    /// <summary>So many were put behind the last one.</summary>
    internal static void Added(SecureBuffer* buffer, nuint size) => buffer->_end += size;

    /// <summary>So many of the first are gone. Without any the memory is released.</summary>
    internal static void Taken(SecureBuffer* buffer, nuint size)
    {
        buffer->_start += size;
        if (buffer->_start == buffer->_end)
            CleanUp(buffer);
    }
}
