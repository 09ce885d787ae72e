// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>Hosts by getaddrinfo and getnameinfo, interfaces by if_nametoindex.</summary>
internal static unsafe class PosixNetwork
{
    // sockaddr_un::sun_path of every Unix has room for it.
    private const int MinPathSize = 104;

    // Nothing is to be started.
    internal static int Start() => 0;

    internal static bool CanBindToInterfaces => true;

    internal static uint InterfaceIndex(byte* name) => Libc.if_nametoindex(name);

    internal static bool TryGetInterfaceName(uint index, byte* name) => Libc.if_indextoname(index, name) != null;

    // A socket of another type is not connected: nobody notices, and the refusal is another if somebody has the path.
    internal static bool IsStalePath(byte* path)
    {
        ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(path);
        sockaddr_un address = default;
        address.sun_family = Libc.AF_UNIX;
        if (text.Length >= MinPathSize || !text.TryCopyTo(new Span<byte>(address.sun_path, MinPathSize)) ||
            !PosixFiles.IsSocket(path))
        {
            return false;
        }

        int probe = Libc.OpenNonBlockingSocket(Libc.AF_UNIX, Libc.SOCK_DGRAM);
        if (probe < 0)
            return false;

        bool isRefused = Libc.connect(probe, &address, (uint)sizeof(sockaddr_un)) != 0 &&
            Libc.Errno == Libc.ECONNREFUSED;
        Libc.close(probe);
        return isRefused;
    }

    internal static int LookUp(byte* host, delegate*<void*, bool, byte*, uint, void> onAddress, void* state) =>
        LookUp(host, Libc.AF_UNSPEC, Libc.AI_ALL | Libc.AI_V4MAPPED, onAddress, state);

    internal static int LookUpFamily(
        byte* host, int family, delegate*<void*, bool, byte*, uint, void> onAddress, void* state)
    {
        int number = family switch
        {
            4 => Libc.AF_INET,
            6 => Libc.AF_INET6,
            _ => Libc.AF_UNSPEC,
        };
        return LookUp(host, number, 0, onAddress, state);
    }

    internal static bool IsTakenForAddress(byte* host)
    {
        addrinfo hints = default;
        hints.ai_flags = Libc.AI_NUMERICHOST;
        addrinfo* found = null;
        if (Libc.getaddrinfo(host, null, &hints, &found) != 0)
            return false;
        Libc.freeaddrinfo(found);
        return true;
    }

    internal static int LookUpName(bool isIPv6, byte* bytes, uint scope, byte* name)
    {
        const int flags = Libc.NI_NAMEREQD;
        if (isIPv6)
        {
            sockaddr_in6 address = new() { sin6_family = Libc.AF_INET6, sin6_scope_id = scope };
            new ReadOnlySpan<byte>(bytes, 16).CopyTo(new Span<byte>(address.sin6_addr, 16));
            return Libc.getnameinfo(&address, (uint)sizeof(sockaddr_in6), name, Libc.LongestHostName, null, 0, flags);
        }
        else
        {
            sockaddr_in address = new() { sin_family = Libc.AF_INET, sin_addr = *(uint*)bytes };
            return Libc.getnameinfo(&address, (uint)sizeof(sockaddr_in), name, Libc.LongestHostName, null, 0, flags);
        }
    }

    internal static int NoSuchName => Libc.EAI_NONAME;

    internal static LookUpEnd EndOfLookUp(int code) => code switch
    {
        0 => LookUpEnd.Found,
        Libc.EAI_NONAME or Libc.EAI_NODATA or Libc.EAI_ADDRFAMILY => LookUpEnd.NotFound,
        Libc.EAI_AGAIN => LookUpEnd.TryAgain,
        Libc.EAI_MEMORY => LookUpEnd.NoMemory,
        _ => LookUpEnd.Failed,
    };

    private static int LookUp(
        byte* host, int family, int flags, delegate*<void*, bool, byte*, uint, void> onAddress, void* state)
    {
        addrinfo hints = default;
        hints.ai_family = family;
        hints.ai_socktype = Libc.SOCK_STREAM;
        hints.ai_flags = flags;
        addrinfo* found = null;
        int code = Libc.getaddrinfo(host, null, &hints, &found);
        if (code != 0)
            return code;

        for (addrinfo* info = found; info != null; info = info->ai_next)
        {
            if (info->ai_family == Libc.AF_INET)
            {
                onAddress(state, false, (byte*)&((sockaddr_in*)info->ai_addr)->sin_addr, 0);
            }
            else if (info->ai_family == Libc.AF_INET6)
            {
                sockaddr_in6* address = (sockaddr_in6*)info->ai_addr;
                onAddress(state, true, address->sin6_addr, address->sin6_scope_id);
            }
        }

        Libc.freeaddrinfo(found);
        return 0;
    }

    internal static int ErrorOfLookUp(int code) => code switch
    {
        Libc.EAI_FAIL or Libc.EAI_AGAIN => AWS_IO_DNS_QUERY_FAILED,
        Libc.EAI_MEMORY => AWS_ERROR_OOM,
        Libc.EAI_NONAME or Libc.EAI_SERVICE => AWS_IO_DNS_INVALID_NAME,
        _ => AWS_ERROR_SYS_CALL_FAILURE,
    };

    internal static byte* TextOfLookUp(int code) => Libc.gai_strerror(code);
}
