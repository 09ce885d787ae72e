// SPDX-License-Identifier: Apache-2.0
// Numbers and layouts of <reseau/usocket.h>: those of the system's own headers, and on Windows, whose headers have but
// a part of them, those of <reseau/compat/posix_sockets.h>. An unsigned long has 32 bits there.
#if RESEAU_WINDOWS
global using api_iovec = Reseau.Native.Interop.Windows.UserSocketApi.iovec;
global using api_linger = Reseau.Native.Interop.Windows.UserSocketApi.linger;
global using api_msghdr = Reseau.Native.Interop.Windows.UserSocketApi.msghdr;
global using api_pollfd = Reseau.Native.Interop.Windows.UserSocketApi.pollfd;
global using api_timeval = Reseau.Native.Interop.Windows.UserSocketApi.timeval;
global using api_ulong = uint;
global using EpollApi = Reseau.Native.Interop.Windows.UserEpollApi;
global using SocketApi = Reseau.Native.Interop.Windows.UserSocketApi;
#else
global using api_iovec = Reseau.Native.Interop.Posix.Libc.iovec;
global using api_linger = Reseau.Native.Interop.Posix.linger;
#if RESEAU_DARWIN
global using api_msghdr = Reseau.Native.Interop.Darwin.msghdr;
#else
global using api_msghdr = Reseau.Native.Interop.Linux.msghdr;
#endif
global using api_pollfd = Reseau.Native.Interop.Posix.pollfd;
global using api_timeval = Reseau.Native.Interop.Posix.timeval;
global using api_ulong = nuint;
global using EpollApi = Reseau.Native.Interop.Linux.Epoll;
global using SocketApi = Reseau.Native.Interop.Posix.Libc;
#endif
