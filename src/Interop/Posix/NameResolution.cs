// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>Addresses in text and binary, and the blocking look-up of names.</summary>
internal static unsafe partial class Libc
{
    internal const int AF_UNSPEC = 0;

    internal const int AI_NUMERICHOST = 4;
    internal const int AI_V4MAPPED = PosixValues.AI_V4MAPPED;
    internal const int AI_ALL = PosixValues.AI_ALL;

    internal const int EAI_NONAME = PosixValues.EAI_NONAME;
    internal const int EAI_AGAIN = PosixValues.EAI_AGAIN;
    internal const int EAI_FAIL = PosixValues.EAI_FAIL;
    internal const int EAI_NODATA = PosixValues.EAI_NODATA;
    internal const int EAI_SERVICE = PosixValues.EAI_SERVICE;
    internal const int EAI_ADDRFAMILY = PosixValues.EAI_ADDRFAMILY;
    internal const int EAI_MEMORY = PosixValues.EAI_MEMORY;

    /// <summary>For <see cref="getnameinfo"/>: fail rather than write the address as text.</summary>
    internal const int NI_NAMEREQD = PosixValues.NI_NAMEREQD;

    /// <summary>NI_MAXHOST: room for the longest name that <see cref="getnameinfo"/> writes, and its NUL.</summary>
    internal const int LongestHostName = 1025;

    /// <summary>INET6_ADDRSTRLEN: room for the longest numeric address and its NUL.</summary>
    internal const int LongestAddressText = 46;

    /// <summary>Blocks for as long as the resolver needs: never on a loop's thread.</summary>
    [DllImport(Library)]
    internal static extern int getaddrinfo(byte* node, byte* service, addrinfo* hints, addrinfo** result);

    [DllImport(Library)]
    internal static extern void freeaddrinfo(addrinfo* result);

    [DllImport(Library)]
    internal static extern byte* gai_strerror(int code);

    /// <summary>Blocks as <see cref="getaddrinfo"/> does.</summary>
    [DllImport(Library)]
    internal static extern int getnameinfo(
        void* address, uint length, byte* host, uint hostSize, byte* service, uint serviceSize, int flags);

    /// <summary>The text, or NULL with errno.</summary>
    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern byte* inet_ntop(int family, void* address, byte* text, uint size);
}
