// SPDX-License-Identifier: Apache-2.0
// The one place that chooses the numbers of a Unix: constants of this folder, by their C names, are made of them. Those
// that Sockets.cs has itself, and its layouts, are Linux's; Darwin's are missing.
#if RESEAU_DARWIN
global using PosixValues = Reseau.Native.Interop.Darwin.DarwinValues;
#else
global using PosixValues = Reseau.Native.Interop.Linux.LinuxValues;
#endif
