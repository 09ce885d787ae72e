// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Linux;

/// <summary>
/// io_uring's three system calls, its numbers and its layouts (&lt;linux/io_uring.h&gt;), which are alike on all
/// processors. The C library has no wrappers. Failures set errno.
/// </summary>
internal static unsafe class IoUring
{
    internal const uint IORING_SETUP_CQSIZE = 1u << 3;
    internal const uint IORING_SETUP_R_DISABLED = 1u << 6;
    internal const uint IORING_SETUP_SUBMIT_ALL = 1u << 7;
    internal const uint IORING_SETUP_TASKRUN_FLAG = 1u << 9;
    internal const uint IORING_SETUP_SINGLE_ISSUER = 1u << 12;
    internal const uint IORING_SETUP_DEFER_TASKRUN = 1u << 13;

    internal const uint IORING_FEAT_SINGLE_MMAP = 1u << 0;
    internal const uint IORING_FEAT_NODROP = 1u << 1;
    internal const uint IORING_FEAT_EXT_ARG = 1u << 8;
    internal const uint IORING_FEAT_CQE_SKIP = 1u << 11;

    internal const uint IORING_ENTER_GETEVENTS = 1u << 0;
    internal const uint IORING_ENTER_EXT_ARG = 1u << 3;

    internal const uint IORING_SQ_CQ_OVERFLOW = 1u << 1;
    internal const uint IORING_SQ_TASKRUN = 1u << 2;

    internal const uint IORING_REGISTER_ENABLE_RINGS = 12;
    internal const uint IORING_REGISTER_PBUF_RING = 22;

    internal const byte IORING_OP_NOP = 0;
    internal const byte IORING_OP_POLL_ADD = 6;
    internal const byte IORING_OP_SENDMSG = 9;
    internal const byte IORING_OP_ASYNC_CANCEL = 14;
    internal const byte IORING_OP_SEND = 26;
    internal const byte IORING_OP_RECV = 27;

    internal const byte IOSQE_BUFFER_SELECT = 1 << 5;
    internal const byte IOSQE_CQE_SKIP_SUCCESS = 1 << 6;

    internal const uint IORING_POLL_ADD_MULTI = 1u << 0;
    internal const uint IORING_ASYNC_CANCEL_ALL = 1u << 0;
    internal const uint IORING_ASYNC_CANCEL_ANY = 1u << 2;
    internal const ushort IORING_RECVSEND_POLL_FIRST = 1 << 0;
    internal const ushort IORING_RECV_MULTISHOT = 1 << 1;

    internal const uint IORING_CQE_F_BUFFER = 1u << 0;
    internal const uint IORING_CQE_F_MORE = 1u << 1;
    internal const uint IORING_CQE_F_SOCK_NONEMPTY = 1u << 2;
    internal const int IORING_CQE_BUFFER_SHIFT = 16;

    /// <summary>A wait has lasted for its time.</summary>
    internal const int ETIME = 62;
    internal const int ECANCELED = 125;

    private const long IORING_OFF_SQ_RING = 0;
    private const long IORING_OFF_SQES = 0x10000000;

    private const string Library = "libc";

    // System calls added since 2019 are numbered alike on every architecture.
    private const nint SetupNumber = 425;
    private const nint EnterNumber = 426;
    private const nint RegisterNumber = 427;

    private const int PROT_READ_WRITE = 3;
    private const int MAP_SHARED = 1;
    private const int MAP_PRIVATE = 2;
    private const int MAP_ANONYMOUS = 0x20;
    private const int MAP_POPULATE = 0x8000;
    private const nint MAP_FAILED = -1;

    /// <summary>Where the parts of the submission ring are, from its start.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct io_sqring_offsets
    {
        internal uint head;
        internal uint tail;
        internal uint ring_mask;
        internal uint ring_entries;
        internal uint flags;
        internal uint dropped;
        internal uint array;
        private uint _resv1;
        private ulong _user_addr;
    }

    /// <summary>The same of the completion ring.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct io_cqring_offsets
    {
        internal uint head;
        internal uint tail;
        internal uint ring_mask;
        internal uint ring_entries;
        internal uint overflow;
        internal uint cqes;
        internal uint flags;
        private uint _resv1;
        private ulong _user_addr;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct io_uring_params
    {
        internal uint sq_entries;
        internal uint cq_entries;
        internal uint flags;
        internal uint sq_thread_cpu;
        internal uint sq_thread_idle;
        internal uint features;
        internal uint wq_fd;
        private fixed uint _resv[3];
        internal io_sqring_offsets sq_off;
        internal io_cqring_offsets cq_off;
    }

    /// <summary>An operation to begin. The unions have the name of the member that is used here.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct io_uring_sqe
    {
        internal byte opcode;
        internal byte flags;
        internal ushort ioprio;
        internal int fd;
        internal ulong off;
        internal ulong addr;
        internal uint len;

        /// <summary>msg_flags, poll32_events, cancel_flags.</summary>
        internal uint op_flags;
        internal ulong user_data;
        internal ushort buf_group;
        internal ushort personality;
        internal int splice_fd_in;
        internal ulong addr3;
        private ulong _pad2;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct io_uring_cqe
    {
        internal ulong user_data;
        internal int res;
        internal uint flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct io_uring_getevents_arg
    {
        internal ulong sigmask;
        internal uint sigmask_sz;
        internal uint min_wait_usec;
        internal ulong ts;
    }

    /// <summary>The kernel's timespec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct kernel_timespec
    {
        internal long tv_sec;
        internal long tv_nsec;
    }

    /// <summary>A buffer that the kernel may take; the first one's resv is the ring's tail.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct io_uring_buf
    {
        internal ulong addr;
        internal uint len;
        internal ushort bid;
        internal ushort resv;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct io_uring_buf_reg
    {
        internal ulong ring_addr;
        internal uint ring_entries;
        internal ushort bgid;
        internal ushort flags;
        private fixed ulong _resv[3];
    }

    [DllImport(Library, EntryPoint = "syscall")]
    private static extern nint RingCall(
        nint number, nint first, void* second, nint third, nint fourth, void* fifth, nint sixth);

    /// <summary>A ring's descriptor, closed by exec; -1 on failure.</summary>
    internal static int Setup(uint entries, io_uring_params* parameters) =>
        (int)RingCall(SetupNumber, (nint)entries, parameters, 0, 0, null, 0);

    /// <summary>
    /// Begins what is queued and, if the flags say so, waits. The number of operations begun; -1 on failure.
    /// </summary>
    internal static int Enter(int ring, uint submit, uint wait, uint flags, void* argument, nuint size) =>
        (int)RingCall(EnterNumber, ring, (void*)submit, (nint)wait, (nint)flags, argument, (nint)size);

    internal static int Register(int ring, uint what, void* argument, uint count) =>
        (int)RingCall(RegisterNumber, ring, (void*)what, (nint)argument, (nint)count, null, 0);

    /// <summary>Both rings of counters, which share one mapping; NULL on failure.</summary>
    internal static byte* MapRings(int ring, nuint size) =>
        Map(size, MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQ_RING);

    internal static io_uring_sqe* MapEntries(int ring, nuint size) =>
        (io_uring_sqe*)Map(size, MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQES);

    /// <summary>Zeroed pages of the process's own; NULL on failure.</summary>
    internal static void* MapPages(nuint size) => Map(size, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    /// <summary>NULL is allowed.</summary>
    internal static void Unmap(void* address, nuint size)
    {
        if (address != null)
            SharedMemory.munmap(address, size);
    }

    private static byte* Map(nuint size, int flags, int fd, long offset)
    {
        void* mapped = SharedMemory.mmap(null, size, PROT_READ_WRITE, flags, fd, offset);
        return (nint)mapped == MAP_FAILED ? null : (byte*)mapped;
    }
}
