/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What src/Abi/Common/darwin_types.cs, src/Interop/Darwin and src/Interop/Posix say of Darwin, as assertions for its C
 * compiler, on both processors. Elsewhere this file is empty; a managed test (tests/Interop/DarwinLayoutTests.cs) holds
 * the declarations of C# against it on every system.
 */
#if defined(__APPLE__)

#    include <dirent.h>
#    include <dlfcn.h>
#    include <errno.h>
#    include <fcntl.h>
#    include <net/if.h>
#    include <netdb.h>
#    include <netinet/in.h>
#    include <netinet/tcp.h>
#    include <pthread.h>
#    include <pwd.h>
#    include <signal.h>
#    include <stddef.h>
#    include <stdio.h>
#    include <sys/ioctl.h>
#    include <sys/resource.h>
#    include <sys/socket.h>
#    include <sys/stat.h>
#    include <sys/uio.h>
#    include <sys/un.h>
#    include <sys/vsock.h>
#    include <time.h>
#    include <unistd.h>

#    define SIZE(type, size) _Static_assert(sizeof(type) == (size), "size of " #type)
#    define ALIGNED(type, bytes) _Static_assert(_Alignof(type) == (bytes), "alignment of " #type)
#    define FIELD(type, field, offset, size)                                                                            \
        _Static_assert(offsetof(type, field) == (offset), "place of " #field " in " #type);                            \
        _Static_assert(sizeof(((type *)0)->field) == (size), "size of " #field " in " #type)
#    define VALUE(name, value) _Static_assert((long)(name) == (value), "value of " #name)

SIZE(struct sockaddr_in, 16);
ALIGNED(struct sockaddr_in, 4);
FIELD(struct sockaddr_in, sin_len, 0, 1);
FIELD(struct sockaddr_in, sin_family, 1, 1);
FIELD(struct sockaddr_in, sin_port, 2, 2);
FIELD(struct sockaddr_in, sin_addr, 4, 4);
FIELD(struct sockaddr_in, sin_zero, 8, 8);

SIZE(struct sockaddr_in6, 28);
ALIGNED(struct sockaddr_in6, 4);
FIELD(struct sockaddr_in6, sin6_len, 0, 1);
FIELD(struct sockaddr_in6, sin6_family, 1, 1);
FIELD(struct sockaddr_in6, sin6_port, 2, 2);
FIELD(struct sockaddr_in6, sin6_flowinfo, 4, 4);
FIELD(struct sockaddr_in6, sin6_addr, 8, 16);
FIELD(struct sockaddr_in6, sin6_scope_id, 24, 4);

SIZE(struct sockaddr_un, 106);
ALIGNED(struct sockaddr_un, 1);
FIELD(struct sockaddr_un, sun_len, 0, 1);
FIELD(struct sockaddr_un, sun_family, 1, 1);
FIELD(struct sockaddr_un, sun_path, 2, 104);

SIZE(struct sockaddr_storage, 128);
ALIGNED(struct sockaddr_storage, 8);
FIELD(struct sockaddr_storage, ss_len, 0, 1);
FIELD(struct sockaddr_storage, ss_family, 1, 1);

SIZE(struct sockaddr_vm, 12);
ALIGNED(struct sockaddr_vm, 1);
FIELD(struct sockaddr_vm, svm_len, 0, 1);
FIELD(struct sockaddr_vm, svm_family, 1, 1);
FIELD(struct sockaddr_vm, svm_reserved1, 2, 2);
FIELD(struct sockaddr_vm, svm_port, 4, 4);
FIELD(struct sockaddr_vm, svm_cid, 8, 4);

SIZE(struct tcp_connection_info, 112);
FIELD(struct tcp_connection_info, tcpi_state, 0, 1);
FIELD(struct tcp_connection_info, tcpi_snd_wscale, 1, 1);
FIELD(struct tcp_connection_info, tcpi_rcv_wscale, 2, 1);
FIELD(struct tcp_connection_info, __pad1, 3, 1);
FIELD(struct tcp_connection_info, tcpi_options, 4, 4);
FIELD(struct tcp_connection_info, tcpi_flags, 8, 4);
FIELD(struct tcp_connection_info, tcpi_rto, 12, 4);
FIELD(struct tcp_connection_info, tcpi_maxseg, 16, 4);
FIELD(struct tcp_connection_info, tcpi_snd_ssthresh, 20, 4);
FIELD(struct tcp_connection_info, tcpi_snd_cwnd, 24, 4);
FIELD(struct tcp_connection_info, tcpi_snd_wnd, 28, 4);
FIELD(struct tcp_connection_info, tcpi_snd_sbbytes, 32, 4);
FIELD(struct tcp_connection_info, tcpi_rcv_wnd, 36, 4);
FIELD(struct tcp_connection_info, tcpi_rttcur, 40, 4);
FIELD(struct tcp_connection_info, tcpi_srtt, 44, 4);
FIELD(struct tcp_connection_info, tcpi_rttvar, 48, 4);
FIELD(struct tcp_connection_info, tcpi_txpackets, 56, 8);
FIELD(struct tcp_connection_info, tcpi_txbytes, 64, 8);
FIELD(struct tcp_connection_info, tcpi_txretransmitbytes, 72, 8);
FIELD(struct tcp_connection_info, tcpi_rxpackets, 80, 8);
FIELD(struct tcp_connection_info, tcpi_rxbytes, 88, 8);
FIELD(struct tcp_connection_info, tcpi_rxoutoforderbytes, 96, 8);
FIELD(struct tcp_connection_info, tcpi_txretransmitpackets, 104, 8);

SIZE(struct msghdr, 48);
ALIGNED(struct msghdr, 8);
FIELD(struct msghdr, msg_name, 0, 8);
FIELD(struct msghdr, msg_namelen, 8, 4);
FIELD(struct msghdr, msg_iov, 16, 8);
FIELD(struct msghdr, msg_iovlen, 24, 4);
FIELD(struct msghdr, msg_control, 32, 8);
FIELD(struct msghdr, msg_controllen, 40, 4);
FIELD(struct msghdr, msg_flags, 44, 4);

SIZE(struct iovec, 16);
ALIGNED(struct iovec, 8);
FIELD(struct iovec, iov_base, 0, 8);
FIELD(struct iovec, iov_len, 8, 8);

SIZE(struct group_req, 132);
ALIGNED(struct group_req, 4);
FIELD(struct group_req, gr_interface, 0, 4);
FIELD(struct group_req, gr_group, 4, 128);

SIZE(struct addrinfo, 48);
ALIGNED(struct addrinfo, 8);
FIELD(struct addrinfo, ai_flags, 0, 4);
FIELD(struct addrinfo, ai_family, 4, 4);
FIELD(struct addrinfo, ai_socktype, 8, 4);
FIELD(struct addrinfo, ai_protocol, 12, 4);
FIELD(struct addrinfo, ai_addrlen, 16, 4);
FIELD(struct addrinfo, ai_canonname, 24, 8);
FIELD(struct addrinfo, ai_addr, 32, 8);
FIELD(struct addrinfo, ai_next, 40, 8);

SIZE(struct dirent, 1048);
ALIGNED(struct dirent, 8);
FIELD(struct dirent, d_ino, 0, 8);
FIELD(struct dirent, d_seekoff, 8, 8);
FIELD(struct dirent, d_reclen, 16, 2);
FIELD(struct dirent, d_namlen, 18, 2);
FIELD(struct dirent, d_type, 20, 1);
FIELD(struct dirent, d_name, 21, 1024);

SIZE(struct passwd, 72);
ALIGNED(struct passwd, 8);
FIELD(struct passwd, pw_name, 0, 8);
FIELD(struct passwd, pw_passwd, 8, 8);
FIELD(struct passwd, pw_uid, 16, 4);
FIELD(struct passwd, pw_gid, 20, 4);
FIELD(struct passwd, pw_change, 24, 8);
FIELD(struct passwd, pw_class, 32, 8);
FIELD(struct passwd, pw_gecos, 40, 8);
FIELD(struct passwd, pw_dir, 48, 8);
FIELD(struct passwd, pw_shell, 56, 8);
FIELD(struct passwd, pw_expire, 64, 8);

SIZE(struct stat, 144);
ALIGNED(struct stat, 8);
FIELD(struct stat, st_mode, 4, 2);
FIELD(struct stat, st_ino, 8, 8);
FIELD(struct stat, st_mtimespec, 48, 16);
FIELD(struct stat, st_size, 96, 8);

SIZE(struct timespec, 16);
ALIGNED(struct timespec, 8);
FIELD(struct timespec, tv_sec, 0, 8);
FIELD(struct timespec, tv_nsec, 8, 8);

SIZE(struct rlimit, 16);
ALIGNED(struct rlimit, 8);
FIELD(struct rlimit, rlim_cur, 0, 8);
FIELD(struct rlimit, rlim_max, 8, 8);

SIZE(struct rusage, 144);
ALIGNED(struct rusage, 8);
FIELD(struct rusage, ru_maxrss, 32, 8);
FIELD(struct rusage, ru_majflt, 72, 8);

SIZE(struct tm, 56);
ALIGNED(struct tm, 8);
FIELD(struct tm, tm_sec, 0, 4);
FIELD(struct tm, tm_min, 4, 4);
FIELD(struct tm, tm_hour, 8, 4);
FIELD(struct tm, tm_mday, 12, 4);
FIELD(struct tm, tm_mon, 16, 4);
FIELD(struct tm, tm_year, 20, 4);
FIELD(struct tm, tm_wday, 24, 4);
FIELD(struct tm, tm_yday, 28, 4);
FIELD(struct tm, tm_isdst, 32, 4);
FIELD(struct tm, tm_gmtoff, 40, 8);
FIELD(struct tm, tm_zone, 48, 8);

SIZE(Dl_info, 32);
ALIGNED(Dl_info, 8);
FIELD(Dl_info, dli_fname, 0, 8);
FIELD(Dl_info, dli_fbase, 8, 8);
FIELD(Dl_info, dli_sname, 16, 8);
FIELD(Dl_info, dli_saddr, 24, 8);

SIZE(pthread_mutex_t, 64);
ALIGNED(pthread_mutex_t, 8);
FIELD(pthread_mutex_t, __sig, 0, 8);
FIELD(pthread_mutex_t, __opaque, 8, 56);

SIZE(pthread_cond_t, 48);
ALIGNED(pthread_cond_t, 8);
FIELD(pthread_cond_t, __sig, 0, 8);
FIELD(pthread_cond_t, __opaque, 8, 40);

SIZE(pthread_rwlock_t, 200);
ALIGNED(pthread_rwlock_t, 8);
FIELD(pthread_rwlock_t, __sig, 0, 8);
FIELD(pthread_rwlock_t, __opaque, 8, 192);

SIZE(pthread_once_t, 16);
ALIGNED(pthread_once_t, 8);
FIELD(pthread_once_t, __sig, 0, 8);
FIELD(pthread_once_t, __opaque, 8, 8);

SIZE(pthread_attr_t, 64);
ALIGNED(pthread_attr_t, 8);

SIZE(pthread_t, 8);
ALIGNED(pthread_t, 8);

/* Darwin's own. */
VALUE(EAGAIN, 35);
VALUE(EDEADLK, 11);
VALUE(ENAMETOOLONG, 63);
VALUE(ENOSYS, 78);
VALUE(ENOTEMPTY, 66);
VALUE(ELOOP, 62);
VALUE(EPROTO, 100);
VALUE(ENOTSOCK, 38);
VALUE(EMSGSIZE, 40);
VALUE(ENOPROTOOPT, 42);
VALUE(EPROTONOSUPPORT, 43);
VALUE(EOPNOTSUPP, 102);
VALUE(EAFNOSUPPORT, 47);
VALUE(EADDRINUSE, 48);
VALUE(EADDRNOTAVAIL, 49);
VALUE(ENETDOWN, 50);
VALUE(ENETUNREACH, 51);
VALUE(ECONNABORTED, 53);
VALUE(ECONNRESET, 54);
VALUE(ENOBUFS, 55);
VALUE(EISCONN, 56);
VALUE(ENOTCONN, 57);
VALUE(ETIMEDOUT, 60);
VALUE(ECONNREFUSED, 61);
VALUE(EHOSTDOWN, 64);
VALUE(EHOSTUNREACH, 65);
VALUE(EALREADY, 37);
VALUE(EINPROGRESS, 36);
VALUE(O_NONBLOCK, 0x4);
VALUE(O_CREAT, 0x200);
VALUE(O_EXCL, 0x800);
VALUE(O_TRUNC, 0x400);
VALUE(O_NOCTTY, 0x20000);
VALUE(O_APPEND, 0x8);
VALUE(O_CLOEXEC, 0x1000000);
VALUE(RTLD_NOLOAD, 0x10);
VALUE(RTLD_NODELETE, 0x80);
VALUE(CLOCK_MONOTONIC, 6);
VALUE(_SC_PAGESIZE, 29);
VALUE(_SC_NPROCESSORS_ONLN, 58);
VALUE(RLIMIT_NOFILE, 8);
VALUE(AF_INET6, 30);
VALUE(SOL_SOCKET, 0xFFFF);
VALUE(SO_REUSEADDR, 4);
VALUE(SO_ERROR, 0x1007);
VALUE(SO_KEEPALIVE, 8);
VALUE(SO_LINGER, 0x80);
VALUE(TCP_KEEPALIVE, 0x10);
VALUE(TCP_KEEPINTVL, 0x101);
VALUE(TCP_FASTOPEN, 0x105);
VALUE(TCP_KEEPCNT, 0x102);
VALUE(MSG_CTRUNC, 0x20);
VALUE(MSG_TRUNC, 0x10);
VALUE(MSG_DONTWAIT, 0x80);
VALUE(FIONBIO, 0x8004667E);
VALUE(FIOCLEX, 0x20006601);
VALUE(AI_V4MAPPED, 0x800);
VALUE(AI_ALL, 0x100);
VALUE(EAI_NONAME, 8);
VALUE(EAI_AGAIN, 2);
VALUE(EAI_FAIL, 4);
VALUE(EAI_SERVICE, 9);
VALUE(EAI_MEMORY, 6);
VALUE(EAI_ADDRFAMILY, 1);
VALUE(EAI_NODATA, 7);
VALUE(NI_NAMEREQD, 0x4);
VALUE(F_DUPFD_CLOEXEC, 67);
VALUE(SO_TYPE, 0x1008);
VALUE(SO_REUSEPORT, 0x200);
VALUE(SO_BROADCAST, 0x20);
VALUE(SO_RCVBUF, 0x1002);
VALUE(IP_TTL, 4);
VALUE(IP_MULTICAST_IF, 9);
VALUE(IP_MULTICAST_TTL, 10);
VALUE(IP_MULTICAST_LOOP, 11);
VALUE(IPV6_UNICAST_HOPS, 4);
VALUE(IPV6_MULTICAST_IF, 9);
VALUE(IPV6_MULTICAST_HOPS, 10);
VALUE(IPV6_MULTICAST_LOOP, 11);
VALUE(IPV6_V6ONLY, 27);
VALUE(MCAST_JOIN_GROUP, 80);
VALUE(MCAST_LEAVE_GROUP, 81);
VALUE(SO_NOSIGPIPE, 0x1022);
VALUE(SO_NWRITE, 0x1024);
VALUE(IPPROTO_IP, 0);
VALUE(IPPROTO_IPV6, 41);
VALUE(IP_BOUND_IF, 25);
VALUE(IPV6_BOUND_IF, 125);
VALUE(F_SETNOSIGPIPE, 73);
VALUE(F_NOCACHE, 48);
VALUE(F_SETFD, 2);
VALUE(FD_CLOEXEC, 1);

/* Those of every Unix. */
VALUE(EPERM, 1);
VALUE(ENOENT, 2);
VALUE(EINTR, 4);
VALUE(EIO, 5);
VALUE(ENXIO, 6);
VALUE(EBADF, 9);
VALUE(ENOMEM, 12);
VALUE(EACCES, 13);
VALUE(EBUSY, 16);
VALUE(EEXIST, 17);
VALUE(ENODEV, 19);
VALUE(ENOTDIR, 20);
VALUE(EISDIR, 21);
VALUE(EINVAL, 22);
VALUE(ENFILE, 23);
VALUE(EMFILE, 24);
VALUE(ENOSPC, 28);
VALUE(ESPIPE, 29);
VALUE(EPIPE, 32);
VALUE(ESRCH, 3);
VALUE(O_RDONLY, 0);
VALUE(O_WRONLY, 1);
VALUE(S_IFMT, 0xF000);
VALUE(S_IFDIR, 0x4000);
VALUE(S_IFREG, 0x8000);
VALUE(S_IFLNK, 0xA000);
VALUE(RTLD_LAZY, 1);
VALUE(RTLD_NOW, 2);
VALUE(CLOCK_REALTIME, 0);
VALUE(CLOCK_THREAD_CPUTIME_ID, 16);
VALUE(RUSAGE_SELF, 0);
VALUE(SIGTRAP, 5);
VALUE(SIGSEGV, 11);
VALUE(AF_UNSPEC, 0);
VALUE(AF_UNIX, 1);
VALUE(AF_INET, 2);
VALUE(AF_VSOCK, 40);
VALUE(SOCK_STREAM, 1);
VALUE(SOCK_DGRAM, 2);
VALUE(IPPROTO_TCP, 6);
VALUE(TCP_NODELAY, 1);
VALUE(SHUT_RD, 0);
VALUE(SHUT_WR, 1);

/* PTHREAD_ONCE_INIT begins with it. */
VALUE(_PTHREAD_ONCE_SIG_init, 0x30B1BCBA);

#endif
