// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop.Posix;
using static Reseau.Native.Interop.Linux.IoUring;

namespace Reseau.Native.EventLoops.IoUring;

/// <summary>
/// A ring of io_uring, of the one thread that enables, uses and closes it: operations are queued in memory and begin
/// with the next call of the kernel; completions are read from memory. The kernel does its part of an operation inside
/// such calls alone (IORING_SETUP_DEFER_TASKRUN), so that between two of them nothing changes but two counters.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Ring
{
    /// <summary>Operations that can be queued; more begin by a call of their own.</summary>
    private const uint Entries = 512;

    /// <summary>Completions that there is room for; the kernel keeps what is more.</summary>
    private const uint CompletionEntries = 4096;

    private const uint Flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_TASKRUN_FLAG
        | IORING_SETUP_SUBMIT_ALL | IORING_SETUP_CQSIZE | IORING_SETUP_R_DISABLED;

    private const uint Features =
        IORING_FEAT_SINGLE_MMAP | IORING_FEAT_NODROP | IORING_FEAT_EXT_ARG | IORING_FEAT_CQE_SKIP;

    private const ulong RetryNanos = 1_000_000;
    private const ulong NanosecondsPerSecond = 1_000_000_000;
    private int _fd;
    private uint _mask;
    private uint _completionMask;

    /// <summary>Entries up to here are filled; those from the kernel's head on have not begun.</summary>
    private uint _tail;
    private uint _completionHead;

    private uint* _sharedHead;
    private uint* _sharedTail;
    private uint* _sharedFlags;
    private uint* _sharedCompletionHead;
    private uint* _sharedCompletionTail;
    private io_uring_sqe* _entries;
    private io_uring_cqe* _completions;

    private byte* _rings;
    private nuint _ringsSize;

    /// <summary>
    /// On any thread. False with errno set, and nothing left behind, if the kernel refuses, or is too old.
    /// </summary>
    internal static bool TryOpen(Ring* ring)
    {
        *ring = default;
        io_uring_params parameters = default;
        parameters.flags = Flags;
        parameters.cq_entries = CompletionEntries;
        int fd = Setup(Entries, &parameters);
        if (fd < 0)
            return false;

        ring->_fd = fd;
        if ((parameters.features & Features) == Features)
        {
            if (TryMap(ring, &parameters))
                return true;
        }
        else
        {
            Libc.Errno = Libc.ENOSYS;
        }

        int error = Libc.Errno;
        Close(ring);
        Libc.Errno = error;
        return false;
    }

    /// <summary>The ring is the calling thread's from now on. False with errno set.</summary>
    internal static bool TryEnable(Ring* ring) => Register(ring->_fd, IORING_REGISTER_ENABLE_RINGS, null, 0) == 0;

    /// <summary>Whether it is open.</summary>
    internal static bool IsOpen(Ring* ring) => ring->_entries != null;

    /// <summary>No operation is under way.</summary>
    internal static void Close(Ring* ring)
    {
        Unmap(ring->_entries, Entries * (nuint)sizeof(io_uring_sqe));
        Unmap(ring->_rings, ring->_ringsSize);
        Libc.close(ring->_fd);
        *ring = default;
    }

    internal static int DescriptorOf(Ring* ring) => ring->_fd;

    /// <summary>A zeroed entry to fill in, which begins with the next call.</summary>
    internal static io_uring_sqe* Queue(Ring* ring, out uint position)
    {
        while (ring->_tail - Volatile.Read(ref *ring->_sharedHead) >= Entries)
            MakeRoom(ring);

        position = ring->_tail++;
        io_uring_sqe* entry = &ring->_entries[position & ring->_mask];
        *entry = default;
        return entry;
    }

    /// <summary>
    /// The operation of that entry, with this user data, is not to begin. False if it has: then the entry may be
    /// another's, also one of the same position, when the count has come round.
    /// </summary>
    internal static bool TryRetract(Ring* ring, uint position, ulong userData)
    {
        uint head = Volatile.Read(ref *ring->_sharedHead);
        io_uring_sqe* entry = &ring->_entries[position & ring->_mask];
        if (position - head >= ring->_tail - head || entry->user_data != userData)
            return false;

        *entry = default;
        entry->opcode = IORING_OP_NOP;
        entry->flags = IOSQE_CQE_SKIP_SUCCESS;
        return true;
    }

    /// <summary>Begins what is queued. What fails or succeeds at once has completed when this returns.</summary>
    internal static void Submit(Ring* ring)
    {
        uint queued = Queued(ring);
        if (queued > 0)
            Call(ring, queued, 0, 0, null, 0);
    }

    /// <summary>What is queued and has not begun, by a call that failed, does not begin. Returns how many.</summary>
    internal static int DropQueued(Ring* ring)
    {
        uint queued = Queued(ring);
        ring->_tail -= queued;
        Volatile.Write(ref *ring->_sharedTail, ring->_tail);
        return (int)queued;
    }

    /// <summary>
    /// Begins what is queued and collects completions; with nothing to begin and nothing to collect no call is made.
    /// 0 or an errno.
    /// </summary>
    internal static int Poll(Ring* ring)
    {
        uint queued = Queued(ring);
        if (queued == 0 && (Volatile.Read(ref *ring->_sharedFlags) & (IORING_SQ_TASKRUN | IORING_SQ_CQ_OVERFLOW)) == 0)
            return 0;
        return Call(ring, queued, 0, IORING_ENTER_GETEVENTS, null, 0);
    }

    /// <summary>
    /// Begins what is queued and sleeps until there is a completion or the time has passed, never less than that; or
    /// until a signal has come. 0 or an errno.
    /// </summary>
    internal static int Sleep(Ring* ring, ulong nanoseconds)
    {
        if (nanoseconds == LoopBackend.Forever)
            return Call(ring, Queued(ring), 1, IORING_ENTER_GETEVENTS, null, 0);

        kernel_timespec time = new()
        {
            tv_sec = (long)(nanoseconds / NanosecondsPerSecond),
            tv_nsec = (long)(nanoseconds % NanosecondsPerSecond),
        };
        io_uring_getevents_arg argument = new() { ts = (ulong)&time };
        return Call(
            ring,
            Queued(ring),
            1,
            IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG,
            &argument,
            (nuint)sizeof(io_uring_getevents_arg));
    }

    /// <summary>Completions that can be taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Completed(Ring* ring) =>
        Volatile.Read(ref *ring->_sharedCompletionTail) - ring->_completionHead;

    /// <summary>The oldest completion; there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static io_uring_cqe Take(Ring* ring)
    {
        io_uring_cqe completion = ring->_completions[ring->_completionHead & ring->_completionMask];
        Volatile.Write(ref *ring->_sharedCompletionHead, ++ring->_completionHead);
        return completion;
    }

    /// <summary>
    /// The one with this user data, out of its turn, if it is there: in its place remains one without user data.
    /// </summary>
    internal static bool TryTakeOf(Ring* ring, ulong userData, out io_uring_cqe completion)
    {
        uint end = Volatile.Read(ref *ring->_sharedCompletionTail);
        for (uint i = ring->_completionHead; i != end; i++)
        {
            io_uring_cqe* found = &ring->_completions[i & ring->_completionMask];
            if (found->user_data != userData)
                continue;

            completion = *found;
            found->user_data = 0;
            return true;
        }

        completion = default;
        return false;
    }

    private static bool TryMap(Ring* ring, io_uring_params* parameters)
    {
        io_sqring_offsets* submission = &parameters->sq_off;
        io_cqring_offsets* completion = &parameters->cq_off;
        ring->_ringsSize = nuint.Max(
            submission->array + parameters->sq_entries * (nuint)sizeof(uint),
            completion->cqes + parameters->cq_entries * (nuint)sizeof(io_uring_cqe));
        byte* rings = MapRings(ring->_fd, ring->_ringsSize);
        ring->_rings = rings;
        ring->_entries = rings == null
            ? null
            : MapEntries(ring->_fd, parameters->sq_entries * (nuint)sizeof(io_uring_sqe));
        if (ring->_entries == null)
            return false;

        ring->_mask = parameters->sq_entries - 1;
        ring->_completionMask = parameters->cq_entries - 1;
        ring->_sharedHead = (uint*)(rings + submission->head);
        ring->_sharedTail = (uint*)(rings + submission->tail);
        ring->_sharedFlags = (uint*)(rings + submission->flags);
        ring->_sharedCompletionHead = (uint*)(rings + completion->head);
        ring->_sharedCompletionTail = (uint*)(rings + completion->tail);
        ring->_completions = (io_uring_cqe*)(rings + completion->cqes);

        // Entries begin in the order of this list, which stays as it is.
        uint* order = (uint*)(rings + submission->array);
        for (uint i = 0; i < parameters->sq_entries; i++)
            order[i] = i;
        return true;
    }

    private static uint Queued(Ring* ring) => ring->_tail - Volatile.Read(ref *ring->_sharedHead);

    // The kernel may have no memory for an operation just now.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeRoom(Ring* ring)
    {
        Submit(ring);
        if (Queued(ring) >= Entries)
            Threads.CurrentSleep(RetryNanos);
    }

    private static int Call(Ring* ring, uint submit, uint wait, uint flags, void* argument, nuint size)
    {
        Volatile.Write(ref *ring->_sharedTail, ring->_tail);
        return Enter(ring->_fd, submit, wait, flags, argument, size) < 0 ? Libc.Errno : 0;
    }
}
