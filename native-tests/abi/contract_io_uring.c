/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What src/Interop/Linux/IoUring.cs says of the kernel's header, as assertions for the C compiler. A managed test
 * (tests/Interop/IoUringLayoutTests.cs) holds the declarations of C# against this file. Names are those of Linux 6.1,
 * the oldest that is used.
 */
#if defined(__linux__)

#    include <linux/io_uring.h>
#    include <linux/time_types.h>
#    include <stddef.h>
#    include <sys/mman.h>
#    include <sys/syscall.h>
#    include <errno.h>

#    define SIZE(type, size) _Static_assert(sizeof(type) == (size), "size of " #type)
#    define FIELD(type, field, offset, size)                                                                            \
        _Static_assert(offsetof(type, field) == (offset), "place of " #field " in " #type);                            \
        _Static_assert(sizeof(((type *)0)->field) == (size), "size of " #field " in " #type)
#    define VALUE(name, value) _Static_assert((unsigned long long)(name) == (value), "value of " #name)

SIZE(struct io_uring_params, 120);
FIELD(struct io_uring_params, sq_entries, 0, 4);
FIELD(struct io_uring_params, cq_entries, 4, 4);
FIELD(struct io_uring_params, flags, 8, 4);
FIELD(struct io_uring_params, features, 20, 4);
FIELD(struct io_uring_params, sq_off, 40, 40);
FIELD(struct io_uring_params, cq_off, 80, 40);

SIZE(struct io_sqring_offsets, 40);
FIELD(struct io_sqring_offsets, head, 0, 4);
FIELD(struct io_sqring_offsets, tail, 4, 4);
FIELD(struct io_sqring_offsets, ring_mask, 8, 4);
FIELD(struct io_sqring_offsets, ring_entries, 12, 4);
FIELD(struct io_sqring_offsets, flags, 16, 4);
FIELD(struct io_sqring_offsets, dropped, 20, 4);
FIELD(struct io_sqring_offsets, array, 24, 4);

SIZE(struct io_cqring_offsets, 40);
FIELD(struct io_cqring_offsets, head, 0, 4);
FIELD(struct io_cqring_offsets, tail, 4, 4);
FIELD(struct io_cqring_offsets, ring_mask, 8, 4);
FIELD(struct io_cqring_offsets, ring_entries, 12, 4);
FIELD(struct io_cqring_offsets, overflow, 16, 4);
FIELD(struct io_cqring_offsets, cqes, 20, 4);
FIELD(struct io_cqring_offsets, flags, 24, 4);

SIZE(struct io_uring_sqe, 64);
FIELD(struct io_uring_sqe, opcode, 0, 1);
FIELD(struct io_uring_sqe, flags, 1, 1);
FIELD(struct io_uring_sqe, ioprio, 2, 2);
FIELD(struct io_uring_sqe, fd, 4, 4);
FIELD(struct io_uring_sqe, off, 8, 8);
FIELD(struct io_uring_sqe, addr, 16, 8);
FIELD(struct io_uring_sqe, len, 24, 4);
FIELD(struct io_uring_sqe, user_data, 32, 8);
FIELD(struct io_uring_sqe, buf_group, 40, 2);
FIELD(struct io_uring_sqe, personality, 42, 2);
FIELD(struct io_uring_sqe, splice_fd_in, 44, 4);
FIELD(struct io_uring_sqe, addr3, 48, 8);
/* op_flags in C#. */
_Static_assert(offsetof(struct io_uring_sqe, msg_flags) == 28, "place of msg_flags");
_Static_assert(offsetof(struct io_uring_sqe, poll32_events) == 28, "place of poll32_events");
_Static_assert(offsetof(struct io_uring_sqe, cancel_flags) == 28, "place of cancel_flags");

SIZE(struct io_uring_cqe, 16);
FIELD(struct io_uring_cqe, user_data, 0, 8);
FIELD(struct io_uring_cqe, res, 8, 4);
FIELD(struct io_uring_cqe, flags, 12, 4);

SIZE(struct io_uring_getevents_arg, 24);
FIELD(struct io_uring_getevents_arg, sigmask, 0, 8);
FIELD(struct io_uring_getevents_arg, sigmask_sz, 8, 4);
FIELD(struct io_uring_getevents_arg, ts, 16, 8);

SIZE(struct io_uring_buf, 16);
FIELD(struct io_uring_buf, addr, 0, 8);
FIELD(struct io_uring_buf, len, 8, 4);
FIELD(struct io_uring_buf, bid, 12, 2);
FIELD(struct io_uring_buf, resv, 14, 2);
_Static_assert(offsetof(struct io_uring_buf_ring, tail) == 14, "the tail is the first buffer's resv");

SIZE(struct io_uring_buf_reg, 40);
FIELD(struct io_uring_buf_reg, ring_addr, 0, 8);
FIELD(struct io_uring_buf_reg, ring_entries, 8, 4);
FIELD(struct io_uring_buf_reg, bgid, 12, 2);

/* kernel_timespec in C#. */
_Static_assert(sizeof(struct __kernel_timespec) == 16, "size of __kernel_timespec");
_Static_assert(offsetof(struct __kernel_timespec, tv_nsec) == 8, "place of tv_nsec");

VALUE(IORING_SETUP_CQSIZE, 0x8);
VALUE(IORING_SETUP_R_DISABLED, 0x40);
VALUE(IORING_SETUP_SUBMIT_ALL, 0x80);
VALUE(IORING_SETUP_TASKRUN_FLAG, 0x200);
VALUE(IORING_SETUP_SINGLE_ISSUER, 0x1000);
VALUE(IORING_SETUP_DEFER_TASKRUN, 0x2000);
VALUE(IORING_FEAT_SINGLE_MMAP, 0x1);
VALUE(IORING_FEAT_NODROP, 0x2);
VALUE(IORING_FEAT_EXT_ARG, 0x100);
VALUE(IORING_FEAT_CQE_SKIP, 0x800);
VALUE(IORING_ENTER_GETEVENTS, 0x1);
VALUE(IORING_ENTER_EXT_ARG, 0x8);
VALUE(IORING_SQ_CQ_OVERFLOW, 0x2);
VALUE(IORING_SQ_TASKRUN, 0x4);
VALUE(IORING_REGISTER_ENABLE_RINGS, 12);
VALUE(IORING_REGISTER_PBUF_RING, 22);
VALUE(IORING_OP_NOP, 0);
VALUE(IORING_OP_POLL_ADD, 6);
VALUE(IORING_OP_SENDMSG, 9);
VALUE(IORING_OP_ASYNC_CANCEL, 14);
VALUE(IORING_OP_SEND, 26);
VALUE(IORING_OP_RECV, 27);
VALUE(IOSQE_BUFFER_SELECT, 0x20);
VALUE(IOSQE_CQE_SKIP_SUCCESS, 0x40);
VALUE(IORING_POLL_ADD_MULTI, 0x1);
VALUE(IORING_ASYNC_CANCEL_ALL, 0x1);
VALUE(IORING_ASYNC_CANCEL_ANY, 0x4);
VALUE(IORING_RECVSEND_POLL_FIRST, 0x1);
VALUE(IORING_RECV_MULTISHOT, 0x2);
VALUE(IORING_CQE_F_BUFFER, 0x1);
VALUE(IORING_CQE_F_MORE, 0x2);
VALUE(IORING_CQE_F_SOCK_NONEMPTY, 0x4);
VALUE(IORING_CQE_BUFFER_SHIFT, 16);
VALUE(IORING_OFF_SQ_RING, 0);
VALUE(IORING_OFF_SQES, 0x10000000);
VALUE(ETIME, 62);
VALUE(ECANCELED, 125);
VALUE(MAP_SHARED, 1);
VALUE(MAP_PRIVATE, 2);
VALUE(MAP_ANONYMOUS, 0x20);
VALUE(MAP_POPULATE, 0x8000);

/* SetupNumber, EnterNumber, RegisterNumber in C#. */
_Static_assert(SYS_io_uring_setup == 425 && SYS_io_uring_enter == 426 && SYS_io_uring_register == 427, "numbers");

#endif
