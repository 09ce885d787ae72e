// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>
/// What one system call sends of a queue. Small writes are copied together, since each piece of memory costs the kernel
/// more than copying so little does; larger ones are sent from where they are.
/// </summary>
internal unsafe ref struct SendBatch(Libc.iovec* pieces, byte* stage)
{
    /// <summary>Pieces that the caller has room for.</summary>
    internal const int MostPieces = 64;

    /// <summary>Bytes of the caller's stage.</summary>
    internal const int StageSize = 16 * 1024;

    private const nuint SmallWrite = 512;

    private readonly Libc.iovec* _pieces = pieces;
    private readonly byte* _stage = stage;
    private nuint _staged;
    private int _count;

    /// <summary>Bytes in the batch.</summary>
    internal nuint Total { get; private set; }

    /// <summary>Takes as many of the pending writes as fit; what was in the batch is forgotten.</summary>
    internal void Fill(WriteQueue* queue)
    {
        _staged = 0;
        _count = 0;
        Total = 0;
        WriteRequest* request = queue->FirstPending;
        while (request != null && TryAdd(request->Data, request->Remaining, request->Next == null))
            request = request->Next;
    }

    /// <summary>Hands the batch to the kernel: how many bytes it took, or -1 with errno set.</summary>
    internal readonly nint Send(int fd) => _count switch
    {
        0 => 0,
        1 => Libc.send(fd, _pieces->iov_base, _pieces->iov_len, Libc.MSG_NOSIGNAL),
        _ => Libc.SendVector(fd, _pieces, _count, Libc.MSG_NOSIGNAL),
    };

    private bool TryAdd(byte* data, nuint size, bool isLast)
    {
        if (size == 0)
            return true;

        // A single small write gains nothing by being copied.
        bool isStaged = size <= SmallWrite && _staged + size <= StageSize && !(isLast && _count == 0);
        byte* end = _stage + _staged;
        if (isStaged && _staged > 0 && IsLastPiece(end))
        {
            _pieces[_count - 1].iov_len += size;
        }
        else
        {
            if (_count == MostPieces)
                return false;
            _pieces[_count].iov_base = isStaged ? end : data;
            _pieces[_count].iov_len = size;
            _count++;
        }

        if (isStaged)
        {
            NativeMemory.Copy(data, end, size);
            _staged += size;
        }

        Total += size;
        return true;
    }

    /// <summary>Whether the latest piece ends where the stage's free part begins.</summary>
    private readonly bool IsLastPiece(byte* end)
    {
        Libc.iovec* last = &_pieces[_count - 1];
        return (byte*)last->iov_base + last->iov_len == end;
    }
}
