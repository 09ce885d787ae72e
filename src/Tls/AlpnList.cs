// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>Protocols as TLS writes them: each with its length in front.</summary>
internal unsafe struct AlpnList
{
    private const nuint MaxName = 255;

    internal byte* Bytes;
    internal uint Length;
    private aws_allocator* _allocator;

    /// <summary>
    /// From names separated by semicolons. An empty name, or one that is too long, gives AWS_IO_TLS_CTX_ERROR.
    /// </summary>
    internal static int Init(AlpnList* list, aws_allocator* allocator, aws_string* names)
    {
        *list = default;
        if (names->len == 0 || names->len >= ushort.MaxValue)
            return RaiseBadList(names);

        // Every separator becomes the length of the name behind it, and one more is in front of the first.
        byte* bytes = (byte*)Allocator.Acquire(allocator, names->len + 1);
        nuint start = 0;
        for (nuint i = 0; i <= names->len; i++)
        {
            if (i < names->len && names->bytes[i] != ';')
                continue;

            nuint length = i - start;
            if (length is 0 or > MaxName)
            {
                Allocator.Release(allocator, bytes);
                return RaiseBadList(names);
            }

            bytes[start] = (byte)length;
            NativeMemory.Copy(names->bytes + start, bytes + start + 1, length);
            start = i + 1;
        }

        list->Bytes = bytes;
        list->Length = (uint)names->len + 1;
        list->_allocator = allocator;
        return AWS_OP_SUCCESS;
    }

    internal static void CleanUp(AlpnList* list)
    {
        if (list->Bytes != null)
            Allocator.Release(list->_allocator, list->Bytes);
        *list = default;
    }

    internal static bool Contains(AlpnList* list, aws_byte_cursor name)
    {
        for (uint i = 0; i < list->Length; i += list->Bytes[i] + 1u)
        {
            if (ByteArray.Eq(name.ptr, name.len, list->Bytes + i + 1, list->Bytes[i]))
                return true;
        }

        return false;
    }

    /// <summary>
    /// The first of these protocols that the other side has as well, in the bytes of the other side; false if none is.
    /// </summary>
    internal static bool TrySelect(
        AlpnList* list, byte* offered, uint offeredLength, out byte* name, out byte nameLength)
    {
        for (uint i = 0; i < list->Length; i += list->Bytes[i] + 1u)
        {
            for (uint j = 0; j < offeredLength && j + offered[j] < offeredLength; j += offered[j] + 1u)
            {
                name = offered + j + 1;
                nameLength = offered[j];
                if (nameLength == list->Bytes[i] && ByteArray.Eq(name, nameLength, list->Bytes + i + 1, nameLength))
                    return true;
            }
        }

        name = null;
        nameLength = 0;
        return false;
    }

    private static int RaiseBadList(aws_string* names)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: '{names}' is no list of protocols");
        return Errors.Raise(AWS_IO_TLS_CTX_ERROR);
    }
}
