// SPDX-License-Identifier: Apache-2.0
// Types of <pthread.h>, <netinet/in.h> and <sys/un.h> of Darwin. The C compiler checks them on a Mac:
// native-tests/abi/contract_darwin.c. Addresses begin with their length; the kernel sets it in those that it is given.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi.Darwin;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct pthread_mutex_t
{
    public nint __sig;
    public fixed byte __opaque[56];
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct pthread_cond_t
{
    public nint __sig;
    public fixed byte __opaque[40];
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct pthread_rwlock_t
{
    public nint __sig;
    public fixed byte __opaque[192];
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct pthread_once_t
{
    public nint __sig;
    public fixed byte __opaque[8];

    /// <summary>PTHREAD_ONCE_INIT. A flag of zeros would be refused.</summary>
    public static pthread_once_t Initial => new() { __sig = 0x30B1BCBA };
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct sockaddr_in
{
    public byte sin_len;
    public byte sin_family;
    public ushort sin_port;
    public uint sin_addr;
    public fixed byte sin_zero[8];
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct sockaddr_in6
{
    public byte sin6_len;
    public byte sin6_family;
    public ushort sin6_port;
    public uint sin6_flowinfo;
    public fixed byte sin6_addr[16];
    public uint sin6_scope_id;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct sockaddr_un
{
    public byte sun_len;
    public byte sun_family;
    public fixed byte sun_path[104];
}
