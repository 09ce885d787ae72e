// SPDX-License-Identifier: Apache-2.0
// Types of the C library that stand inside the contract's structs.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

/// <summary>glibc's and musl's pthread_mutex_t on 64-bit Linux; 64 bytes on Darwin.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct pthread_mutex_t
{
    public fixed ulong opaque[5];
}

/// <summary>pthread_cond_t on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct pthread_cond_t
{
    public fixed ulong opaque[6];
}

/// <summary>pthread_rwlock_t on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct pthread_rwlock_t
{
    public fixed ulong opaque[7];
}

/// <summary>struct tm of &lt;time.h&gt;, with the glibc and BSD extensions, which Windows does not have.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct tm
{
    public int tm_sec;
    public int tm_min;
    public int tm_hour;
    public int tm_mday;
    public int tm_mon;
    public int tm_year;
    public int tm_wday;
    public int tm_yday;
    public int tm_isdst;
#if !RESEAU_WINDOWS
    public nint tm_gmtoff;
    public byte* tm_zone;
#endif
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
