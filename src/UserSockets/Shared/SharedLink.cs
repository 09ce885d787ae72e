// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Platform;

namespace Reseau.Native.UserSockets.Shared;

/// <summary>
/// One end of a file that two processes have mapped: a ring of frames to the other one and a ring of frames from it.
/// Whoever has locked an end's byte of the file is that end; the system gives the lock back when its process dies.
/// </summary>
internal unsafe struct SharedLink
{
    private const nint None = -1;
    private const long AttachByte = 2;
    private const ulong AttachTime = 1_000_000_000;
    private const ulong RoomForControl = 64 * 1024;

    private nint _file;
    private int _end;
    private byte* _memory;
    private SharedEnd* _mine;
    private SharedEnd* _others;
    private RingMemory _out;
    private RingMemory _in;

    // What the other end could not have changed.
    private ulong _written;
    private ulong _read;

    /// <summary>Frames have been written that the other end was not woken for yet.</summary>
    private bool _hasUnrung;

    /// <summary>The incarnation that has written the frames that are read.</summary>
    internal ulong PeerIncarnation;

    /// <summary>The other end has written what no end of ours would.</summary>
    internal bool IsBroken;

    /// <summary>For the file of a descriptor, which is opened again: 0 or a negated error.</summary>
    internal static int Init(SharedLink* link, int descriptor)
    {
        *link = default;
        link->_file = SharedFile.Open(descriptor);
        if (link->_file < 0)
            return (int)link->_file;

        int error = Attach(link);
        if (error != 0)
        {
            CleanUp(link);
            return error;
        }

        return 0;
    }

    internal static void CleanUp(SharedLink* link)
    {
        if (link->_memory != null)
            SharedFile.Unmap(link->_memory, SharedHeader.FileSize);
        link->_memory = null;
        if (link->_file >= 0)
            SharedFile.Close(link->_file);
        link->_file = None;
    }

    /// <summary>Whether somebody has the other end now.</summary>
    internal static bool HasPeer(SharedLink* link) => SharedFile.IsLocked(link->_file, 1 - link->_end);

    /// <summary>Whether somebody else has it than those frames are of that have been read so far.</summary>
    internal static bool HasNewPeer(SharedLink* link) =>
        Volatile.Read(ref link->_others->Incarnation) != link->PeerIncarnation;

    // ---- Out ----

    /// <summary>How much content a frame may have now, some of which is kept for frames that are not data.</summary>
    internal static nuint Room(SharedLink* link, bool isControl)
    {
        ulong room = FreeSpace(link);
        ulong kept = SharedFrame.HeaderSize + (isControl ? 0 : RoomForControl);
        return room <= kept ? 0 : (nuint)ulong.Min(room - kept, SharedFrame.ContentMax);
    }

    /// <summary>The other end wakes this one when it has read something. False if there is room already.</summary>
    internal static bool AskForRoom(SharedLink* link, ulong needed)
    {
        Volatile.Write(ref link->_mine->NeedsRoom, 1);
        Interlocked.MemoryBarrier();
        return FreeSpace(link) < needed + SharedFrame.HeaderSize + RoomForControl;
    }

    /// <summary>
    /// Writes a frame, whose content may come in two parts, and for which there is room. <see cref="Ring"/> is to come.
    /// </summary>
    internal static void Put(SharedLink* link, SharedFrame* frame, void* first, uint firstLength, void* second)
    {
        link->_out.Put(link->_written, frame, SharedFrame.HeaderSize);
        ulong at = link->_written + SharedFrame.HeaderSize;
        link->_out.Put(at, first, firstLength);
        link->_out.Put(at + firstLength, second, frame->Length - firstLength);
        link->_written += frame->WholeSize;
        Volatile.Write(ref link->_mine->Written, link->_written);
        link->_hasUnrung = true;
    }

    /// <summary>Wakes the other end, if frames were written since and it sleeps.</summary>
    internal static void Ring(SharedLink* link)
    {
        if (!link->_hasUnrung)
            return;

        link->_hasUnrung = false;
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref link->_others->IsSleeping) != 0)
            WakeOther(link);
    }

    // ---- In ----

    /// <summary>
    /// The next frame, as it was when it was looked at; its content is in the ring until <see cref="Pass"/>. False if
    /// there is none, or the link is broken.
    /// </summary>
    internal static bool Next(SharedLink* link, SharedFrame* frame)
    {
        ulong available = Volatile.Read(ref link->_others->Written) - link->_read;
        if (available == 0 || link->IsBroken)
            return false;

        link->IsBroken = available > SharedHeader.RingSize || available < SharedFrame.HeaderSize;
        if (!link->IsBroken)
        {
            link->_in.Get(link->_read, frame, SharedFrame.HeaderSize);
            link->IsBroken = frame->Length > SharedFrame.ContentMax || frame->WholeSize > available;
        }

        return !link->IsBroken;
    }

    /// <summary>A piece of the content, in the ring, from a position on; it may end before the content does.</summary>
    internal static byte* Piece(SharedLink* link, ulong from, ref nuint length)
    {
        ulong at = link->_read + SharedFrame.HeaderSize + from;
        length = (nuint)ulong.Min(length, SharedHeader.RingSize - at % SharedHeader.RingSize);
        return link->_in.At(at);
    }

    /// <summary>Copies the content.</summary>
    internal static void Copy(SharedLink* link, SharedFrame* frame, byte* into) =>
        link->_in.Get(link->_read + SharedFrame.HeaderSize, into, frame->Length);

    /// <summary>The frame is not needed any more.</summary>
    internal static void Pass(SharedLink* link, SharedFrame* frame)
    {
        link->_read += frame->WholeSize;
        Volatile.Write(ref link->_mine->Read, link->_read);
        Interlocked.MemoryBarrier();
        bool isNeeded = Volatile.Read(ref link->_others->NeedsRoom) != 0;
        if (isNeeded && Interlocked.Exchange(ref link->_others->NeedsRoom, 0) != 0)
            WakeOther(link);
    }

    // ---- Sleeping ----

    internal static bool HasFrame(void* state, nuint unused)
    {
        SharedLink* link = (SharedLink*)state;
        return !link->IsBroken && Volatile.Read(ref link->_others->Written) != link->_read;
    }

    /// <summary>What <see cref="Sleep"/> is to be given: what happens from here on ends it.</summary>
    internal static uint BeforeSleep(SharedLink* link)
    {
        uint bell = Volatile.Read(ref link->_mine->Bell);
        Interlocked.Exchange(ref link->_mine->IsSleeping, 1);
        return bell;
    }

    internal static void Sleep(SharedLink* link, uint bell, ulong nanoseconds) =>
        SharedFile.Sleep(link->_file, link->_end, &link->_mine->Bell, bell, nanoseconds);

    internal static void AfterSleep(SharedLink* link) => Volatile.Write(ref link->_mine->IsSleeping, 0);

    /// <summary>Wakes this end's own thread.</summary>
    internal static void WakeUp(SharedLink* link) => Wake(link, link->_mine, link->_end);

    private static void WakeOther(SharedLink* link) => Wake(link, link->_others, 1 - link->_end);

    private static void Wake(SharedLink* link, SharedEnd* end, int number)
    {
        Interlocked.Increment(ref end->Bell);
        SharedFile.Wake(link->_file, number, &end->Bell);
    }

    private static ulong FreeSpace(SharedLink* link)
    {
        ulong used = link->_written - Volatile.Read(ref link->_others->Read);
        if (used <= SharedHeader.RingSize && !link->IsBroken)
            return SharedHeader.RingSize - used;

        link->IsBroken = true;
        return 0;
    }

    // ---- Attaching ----

    private static int Attach(SharedLink* link)
    {
        int error = LockToAttach(link);
        if (error != 0)
            return error;

        error = TakeEnd(link);
        bool isFirst = error == 0 && !HasPeer(link);
        if (error == 0)
            error = Map(link);
        if (error == 0)
            error = Begin(link, isFirst);
        SharedFile.Unlock(link->_file, AttachByte);
        return error;
    }

    // Whoever has it keeps it for a few system calls; or is stopped, or means ill, and is not waited for.
    private static int LockToAttach(SharedLink* link)
    {
        const ulong Pause = 1_000_000;
        ulong start = Platform.ConditionVariable.Now();
        int error;
        while ((error = SharedFile.TryLock(link->_file, AttachByte)) != 0)
        {
            if (error != SharedFile.IsTaken)
                return -error;
            if (Platform.ConditionVariable.Now() - start > AttachTime)
                return -SocketApi.EBUSY;
            Platform.Thread.Sleep(Pause);
        }

        return 0;
    }

    private static int TakeEnd(SharedLink* link)
    {
        for (link->_end = 0; link->_end < 2; link->_end++)
        {
            if (SharedFile.TryLock(link->_file, link->_end) == 0)
                return 0;
        }

        return -SocketApi.EBUSY;
    }

    private static int Map(SharedLink* link)
    {
        void* memory;
        int error = SharedFile.Map(link->_file, SharedHeader.FileSize, &memory);
        if (error != 0)
            return -error;

        link->_memory = (byte*)memory;
        SharedEnd* ends = (SharedEnd*)(link->_memory + SharedHeader.EndsAt);
        byte* rings = link->_memory + SharedHeader.RingsAt;
        link->_mine = ends + link->_end;
        link->_others = ends + 1 - link->_end;
        link->_out = RingMemory.Over(rings + link->_end * SharedHeader.RingSize, SharedHeader.RingSize);
        link->_in = RingMemory.Over(rings + (1 - link->_end) * SharedHeader.RingSize, SharedHeader.RingSize);
        return 0;
    }

    // Goes on where whoever had this end before stopped: between two frames.
    private static int Begin(SharedLink* link, bool isFirst)
    {
        ulong* magic = &((SharedHeader*)link->_memory)->Magic;
        if (isFirst)
        {
            NativeMemory.Clear(link->_memory, SharedHeader.RingsAt);
            Volatile.Write(ref *magic, SharedHeader.MagicNumber);
        }

        if (Volatile.Read(ref *magic) != SharedHeader.MagicNumber)
            return -SocketApi.EINVAL;

        link->_written = Volatile.Read(ref link->_mine->Written);
        link->_read = Volatile.Read(ref link->_mine->Read);
        bool isSane = Volatile.Read(ref link->_others->Written) - link->_read <= SharedHeader.RingSize
            && link->_written - Volatile.Read(ref link->_others->Read) <= SharedHeader.RingSize
            && (link->_written | link->_read) % sizeof(ulong) == 0;
        if (!isSane || FreeSpace(link) < 2 * SharedFrame.HeaderSize)
            return -SocketApi.EINVAL;

        link->PeerIncarnation = Volatile.Read(ref link->_others->Incarnation);
        SharedFrame hello = new() { Type = SharedFrameType.Hello, Value = link->_mine->Incarnation + 1 };
        Volatile.Write(ref link->_mine->Incarnation, hello.Value);
        Put(link, &hello, null, 0, null);
        Ring(link);
        return 0;
    }
}
