// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets;

/// <summary>Memory of the caller's in pieces, and how far it has been used.</summary>
internal unsafe struct Pieces
{
    private api_iovec* _piece;
    private int _count;
    private nuint _offset;

    /// <summary>Bytes that have not been used.</summary>
    internal nuint Left { get; private set; }

    /// <summary>0; or what is wrong with the pieces: a negated error, of too many <paramref name="tooMany"/>.</summary>
    internal static int Init(Pieces* pieces, api_iovec* list, nuint count, int tooMany)
    {
        *pieces = default;
        if (count > SocketApi.PiecesMax)
            return -tooMany;
        if (count > 0 && CallerMemory.IsMissing(list, count * (nuint)sizeof(api_iovec)))
            return -SocketApi.EFAULT;

        nuint total = 0;
        for (nuint i = 0; i < count; i++)
        {
            if (list[i].iov_len > (nuint)nint.MaxValue - total)
                return -SocketApi.EINVAL;
            if (list[i].iov_len > 0 && CallerMemory.IsMissing(list[i].iov_base, list[i].iov_len))
                return -SocketApi.EFAULT;
            total += list[i].iov_len;
        }

        pieces->_piece = list;
        pieces->_count = (int)count;
        pieces->Left = total;
        return 0;
    }

    /// <summary>The next bytes that lie together; only if there are some left.</summary>
    internal static nuint Next(Pieces* pieces, byte** data)
    {
        while (pieces->_offset == pieces->_piece->iov_len)
        {
            pieces->_piece++;
            pieces->_count--;
            pieces->_offset = 0;
        }

        *data = (byte*)pieces->_piece->iov_base + pieces->_offset;
        return pieces->_piece->iov_len - pieces->_offset;
    }

    /// <summary>So many of the next bytes have been used.</summary>
    internal static void Advance(Pieces* pieces, nuint count)
    {
        pieces->_offset += count;
        pieces->Left -= count;
    }

    /// <summary>Copies all that is left to one place.</summary>
    internal static void Gather(Pieces* pieces, byte* into)
    {
        while (pieces->Left > 0)
        {
            byte* data;
            nuint length = Next(pieces, &data);
            NativeMemory.Copy(data, into, length);
            into += length;
            Advance(pieces, length);
        }
    }
}
