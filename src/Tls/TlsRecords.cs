// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// What a session needs of its owner. All are called inside calls of the session, on its thread.
/// </summary>
internal unsafe struct TlsSessionOwner
{
    /// <summary>Given to the functions; its address stands in log lines.</summary>
    internal void* Self;

    /// <summary>The input window is used up. The owner may set the next one; it is empty now.</summary>
    internal delegate*<void*, void> InputUsed;

    /// <summary>
    /// The output window is full, or there is none. The owner sets one with room for at least a byte; this many more
    /// are about to be put. False if it cannot, which ends the session.
    /// </summary>
    internal delegate*<void*, nuint, bool> OutputFull;

    /// <summary>Nanoseconds of a clock that does not go back.</summary>
    internal delegate*<void*, ulong> Now;
}

/// <summary>
/// The records of one session on their way. Its owner provides two windows, memory that stays the owner's: bytes that
/// have come, and room for bytes that go. Engines take from the one and put into the other, without a copy in between;
/// what has been put ends at <see cref="Output"/>.
/// </summary>
internal unsafe struct TlsRecords
{
    // Some thousand replies: behind a long queue of content a sound peer's may have to wait.
    private const nuint MaxUnsentReplies = 64 * 1024;

    // What a record may add to its content: header, nonce, padding, tag.
    private const nuint MaxRecordOverhead = 64;
    private const nuint MaxRecordContent = 16 * 1024;

    /// <summary>What has come and was not taken yet. Without a length there is nothing.</summary>
    internal byte* Input;
    internal nuint InputLength;

    /// <summary>Where the next byte goes, and how many there is room for.</summary>
    internal byte* Output;
    internal nuint OutputRoom;

    /// <summary>How much is about to be put, as far as that is known.</summary>
    internal nuint Expected;

    /// <summary>Nothing more is put: a record went in part, or the owner is about to go.</summary>
    internal bool IsBroken;

    /// <summary>The peer has asked for more replies than it reads, by which the session is broken.</summary>
    internal bool HasTooManyReplies;

    /// <summary>The fatal alert that the peer has sent (RFC 8446 section 6), as far as the engine says; or 0.</summary>
    internal byte PeersAlert;

    /// <summary>What is put answers the peer, which decides how much that is.</summary>
    internal bool IsReplying;

    /// <summary>
    /// Replies that the owner has not settled. A peer that asks without end and never reads would have them grow
    /// without end.
    /// </summary>
    internal nuint UnsentReplies;

    /// <summary>Of these, what was put since the owner last looked, and set it to 0.</summary>
    internal nuint NewReplies;
    internal TlsSessionOwner Owner;

    /// <summary>
    /// For the engine: moves at most <paramref name="size"/> bytes; 0 when there are none at present.
    /// </summary>
    internal static nuint Take(TlsRecords* records, byte* into, nuint size)
    {
        nuint taken = 0;
        while (taken < size && records->InputLength > 0)
        {
            nuint part = nuint.Min(size - taken, records->InputLength);
            NativeMemory.Copy(records->Input, into + taken, part);
            records->Input += part;
            records->InputLength -= part;
            taken += part;
            if (records->InputLength == 0)
                records->Owner.InputUsed(records->Owner.Self);
        }

        return taken;
    }

    /// <summary>For the engine: all of it is accepted, or the session is broken.</summary>
    internal static bool Put(TlsRecords* records, byte* from, nuint size)
    {
        if (records->IsReplying)
            CountReply(records, size);
        while (size > 0 && !records->IsBroken)
        {
            if (records->OutputRoom == 0 &&
                !records->Owner.OutputFull(records->Owner.Self, nuint.Max(size, records->Expected)))
            {
                records->IsBroken = true;
                break;
            }

            nuint part = nuint.Min(size, records->OutputRoom);
            NativeMemory.Copy(from, records->Output, part);
            records->Output += part;
            records->OutputRoom -= part;
            records->Expected -= nuint.Min(part, records->Expected);
            from += part;
            size -= part;
        }

        return size == 0;
    }

    /// <summary>
    /// For an engine that makes records in place: whether there is room for so many bytes in one piece, after the owner
    /// was asked if there was none at all. Once they are made they are put by <see cref="Commit"/>.
    /// </summary>
    internal static bool TryReserve(TlsRecords* records, nuint size)
    {
        if (records->IsBroken)
            return false;
        if (records->OutputRoom == 0 &&
            !records->Owner.OutputFull(records->Owner.Self, nuint.Max(size, records->Expected)))
        {
            records->IsBroken = true;
        }

        return !records->IsBroken && records->OutputRoom >= size;
    }

    /// <summary>The same as <see cref="Put"/> for bytes that stand at <see cref="Output"/> already.</summary>
    internal static void Commit(TlsRecords* records, nuint size)
    {
        if (records->IsReplying)
            CountReply(records, size);
        if (records->IsBroken)
            return;

        records->Output += size;
        records->OutputRoom -= size;
        records->Expected -= nuint.Min(size, records->Expected);
    }

    /// <summary>Says how much content is about to be put as records, so that the owner's window fits.</summary>
    internal static void Expect(TlsRecords* records, nuint content) =>
        records->Expected = content + (((content / MaxRecordContent) + 1) * MaxRecordOverhead);

    /// <summary>So many bytes of replies have left, or need not be counted any more.</summary>
    internal static void SettleReplies(TlsRecords* records, nuint size) =>
        records->UnsentReplies -= nuint.Min(records->UnsentReplies, size);

    private static void CountReply(TlsRecords* records, nuint size)
    {
        if (records->UnsentReplies + size > MaxUnsentReplies)
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"id=0x{(nint)records->Owner.Self:x}: the peer asks for more replies than it reads");
            records->IsBroken = true;
            records->HasTooManyReplies = true;
            return;
        }

        records->UnsentReplies += size;
        records->NewReplies += size;
    }
}
