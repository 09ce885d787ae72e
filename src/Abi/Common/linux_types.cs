// SPDX-License-Identifier: Apache-2.0
// Types of <pthread.h>, <netinet/in.h> and <sys/un.h> as glibc and musl lay them out on 64-bit Linux.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi.Linux;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct pthread_mutex_t
{
    // Of these, only this one depends on the processor.
#if RESEAU_ARM64
    public fixed ulong opaque[6];
#else
    public fixed ulong opaque[5];
#endif
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct pthread_cond_t
{
    public fixed ulong opaque[6];
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct pthread_rwlock_t
{
    public fixed ulong opaque[7];
}

/// <summary>An int, at first 0. Room also for the flag of Windows, which is as large as a pointer.</summary>
[StructLayout(LayoutKind.Sequential, Size = 8)]
public struct pthread_once_t
{
    public int state;

    public static pthread_once_t Initial => default;
}

[StructLayout(LayoutKind.Sequential)]
public struct sockaddr_in
{
    public ushort sin_family;
    public ushort sin_port;
    public uint sin_addr;
    public ulong sin_zero;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct sockaddr_in6
{
    public ushort sin6_family;
    public ushort sin6_port;
    public uint sin6_flowinfo;
    public fixed byte sin6_addr[16];
    public uint sin6_scope_id;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct sockaddr_un
{
    public ushort sun_family;
    public fixed byte sun_path[108];
}
