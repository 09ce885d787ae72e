// SPDX-License-Identifier: Apache-2.0
// The one place that chooses what is a Unix's own: numbers, of which the constants of this folder are made; layouts;
// calls that some lack or have in another form. Types inside the contract's structs: Abi/Common/platform_types.cs.
#if RESEAU_DARWIN
global using addrinfo = Reseau.Native.Interop.Darwin.addrinfo;
global using DirectIo = Reseau.Native.Interop.Darwin.DirectIo;
global using dirent = Reseau.Native.Interop.Darwin.dirent;
global using FileStatus = Reseau.Native.Interop.Darwin.FileStatus;
global using FolderNotices = Reseau.Native.Interop.Darwin.NoFolderNotices;
global using group_req = Reseau.Native.Interop.Darwin.group_req;
global using msghdr = Reseau.Native.Interop.Darwin.msghdr;
global using passwd = Reseau.Native.Interop.Darwin.passwd;
global using Placement = Reseau.Native.Interop.Darwin.Placement;
global using PosixCalls = Reseau.Native.Interop.Darwin.DarwinCalls;
global using PosixPipes = Reseau.Native.Interop.Darwin.DarwinPipes;
global using PosixSockets = Reseau.Native.Interop.Darwin.DarwinSockets;
global using PosixValues = Reseau.Native.Interop.Darwin.DarwinValues;
global using Randomness = Reseau.Native.Interop.Darwin.Randomness;
global using sockaddr_storage = Reseau.Native.Interop.Darwin.sockaddr_storage;
global using sockaddr_vm = Reseau.Native.Interop.Darwin.sockaddr_vm;
global using stat_t = Reseau.Native.Interop.Darwin.FileStatus.stat_t;
#else
global using addrinfo = Reseau.Native.Interop.Linux.addrinfo;
global using DirectIo = Reseau.Native.Interop.Linux.DirectIo;
global using dirent = Reseau.Native.Interop.Linux.dirent;
global using FileStatus = Reseau.Native.Interop.Linux.FileStatus;
global using FolderNotices = Reseau.Native.Interop.Linux.Inotify;
global using group_req = Reseau.Native.Interop.Linux.group_req;
global using msghdr = Reseau.Native.Interop.Linux.msghdr;
global using passwd = Reseau.Native.Interop.Linux.passwd;
global using Placement = Reseau.Native.Interop.Linux.Placement;
global using PosixCalls = Reseau.Native.Interop.Linux.LinuxCalls;
global using PosixPipes = Reseau.Native.Interop.Linux.LinuxPipes;
global using PosixSockets = Reseau.Native.Interop.Linux.LinuxSockets;
global using PosixValues = Reseau.Native.Interop.Linux.LinuxValues;
global using Randomness = Reseau.Native.Interop.Linux.Randomness;
global using sockaddr_storage = Reseau.Native.Interop.Linux.sockaddr_storage;
global using sockaddr_vm = Reseau.Native.Interop.Linux.sockaddr_vm;
global using stat_t = Reseau.Native.Interop.Linux.FileStatus.statx_t;
#endif
