// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Sockets;

/// <summary>Room for the pieces of a batch, and for small writes that are copied together.</summary>
internal unsafe struct SendStage
{
    internal const int Size = 16 * 1024;

    /// <summary>Pieces of one batch, at most.</summary>
    internal const int MaxPieces = 64;

    private fixed ulong _pieces[MaxPieces * 2];
    private fixed byte _bytes[Size];

    internal static SendPiece* PiecesOf(SendStage* stage) => (SendPiece*)stage->_pieces;

    internal static byte* BytesOf(SendStage* stage) => stage->_bytes;
}

/// <summary>
/// What one call sends of a queue. Small writes are copied together, since each piece of memory costs the system more
/// than copying so little does; larger ones are sent from where they are.
/// </summary>
internal unsafe ref struct SendBatch(SendStage* stage)
{
    private const nuint SmallWrite = 512;

    private readonly byte* _stage = SendStage.BytesOf(stage);
    private nuint _staged;

    internal readonly SendPiece* Pieces = SendStage.PiecesOf(stage);

    internal int Count { get; private set; }

    /// <summary>Bytes in the batch.</summary>
    internal nuint Total { get; private set; }

    /// <summary>
    /// Takes as many of the pending writes as fit, up to the next one from a file; what was in the batch is forgotten.
    /// </summary>
    internal void Fill(WriteQueue* queue)
    {
        _staged = 0;
        Count = 0;
        Total = 0;
        WriteRequest* request = queue->FirstPending;
        while (request != null && request->Source != WriteSource.File &&
            TryAdd(request->Data, request->Remaining, request->Next == null))
        {
            request = request->Next;
        }
    }

    private bool TryAdd(byte* data, nuint size, bool isLast)
    {
        if (size == 0)
            return true;

        // A single small write gains nothing by being copied.
        bool isStaged = size <= SmallWrite && _staged + size <= SendStage.Size && !(isLast && Count == 0);
        byte* end = _stage + _staged;
        if (isStaged && _staged > 0 && IsLastPiece(end))
        {
            Pieces[Count - 1].Length += size;
        }
        else
        {
            if (Count == SendStage.MaxPieces)
                return false;
            Pieces[Count].Data = isStaged ? end : data;
            Pieces[Count].Length = size;
            Count++;
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
        SendPiece* last = &Pieces[Count - 1];
        return last->Data + last->Length == end;
    }
}
