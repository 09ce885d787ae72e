// SPDX-License-Identifier: Apache-2.0
// Types of the C library that stand inside the contract's structs. Where systems lay them out otherwise, each has a
// declaration of its own, and here is chosen.
#if RESEAU_DARWIN
global using pthread_cond_t = Reseau.Native.Abi.Darwin.pthread_cond_t;
global using pthread_mutex_t = Reseau.Native.Abi.Darwin.pthread_mutex_t;
global using pthread_once_t = Reseau.Native.Abi.Darwin.pthread_once_t;
global using pthread_rwlock_t = Reseau.Native.Abi.Darwin.pthread_rwlock_t;
global using sockaddr_in = Reseau.Native.Abi.Darwin.sockaddr_in;
global using sockaddr_in6 = Reseau.Native.Abi.Darwin.sockaddr_in6;
global using sockaddr_un = Reseau.Native.Abi.Darwin.sockaddr_un;
#else
global using pthread_cond_t = Reseau.Native.Abi.Linux.pthread_cond_t;
global using pthread_mutex_t = Reseau.Native.Abi.Linux.pthread_mutex_t;
global using pthread_once_t = Reseau.Native.Abi.Linux.pthread_once_t;
global using pthread_rwlock_t = Reseau.Native.Abi.Linux.pthread_rwlock_t;
global using sockaddr_in = Reseau.Native.Abi.Linux.sockaddr_in;
global using sockaddr_in6 = Reseau.Native.Abi.Linux.sockaddr_in6;
global using sockaddr_un = Reseau.Native.Abi.Linux.sockaddr_un;
#endif
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

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
