// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using System.Threading;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>Winsock's start, hosts by GetAddrInfoExW, names by GetNameInfoW.</summary>
internal static unsafe class WindowsNetwork
{
    // The longest name of a host is shorter, in any form.
    private const int NameCapacity = 1024;
    private const int WSAVERNOTSUPPORTED = 10092;

    private static int s_isStarted;

    /// <summary>
    /// Counted by the system, and ended with the process: a clean-up at the end of the library would take Winsock from
    /// sockets that outlive it.
    /// </summary>
    internal static int Start()
    {
        if (Volatile.Read(ref s_isStarted) != 0)
            return 0;

        WSADATA data;
        int error = Winsock.WSAStartup(Winsock.Version, &data);
        if (error != 0)
            return error;

        // An older Winsock answers with its own version. Of two threads that start it the second takes its start back.
        bool isOfVersion = data.wVersion == Winsock.Version;
        if (!isOfVersion || Interlocked.Exchange(ref s_isStarted, 1) != 0)
            Winsock.WSACleanup();
        return isOfVersion ? 0 : WSAVERNOTSUPPORTED;
    }

    /// <summary>Only to addresses.</summary>
    internal static bool CanBindToInterfaces => false;

    internal static uint InterfaceIndex(byte* name) => WindowsInterfaces.IndexOf(name);

    /// <summary>Zones of addresses are numbers on Windows, and names are longer than there is room for.</summary>
    internal static bool TryGetInterfaceName(uint index, byte* name) => false;

    /// <summary>There is no way to ask without connecting: a path stays until its owner removes it.</summary>
    internal static bool IsStalePath(byte* path) => false;

    internal static int LookUp(byte* host, delegate*<void*, bool, byte*, uint, void> onAddress, void* state) =>
        LookUp(host, Winsock.AF_UNSPEC, Winsock.AI_ALL | Winsock.AI_V4MAPPED, onAddress, state);

    internal static int LookUpFamily(
        byte* host, int family, delegate*<void*, bool, byte*, uint, void> onAddress, void* state)
    {
        int number = family switch
        {
            4 => Winsock.AF_INET,
            6 => Winsock.AF_INET6,
            _ => Winsock.AF_UNSPEC,
        };
        return LookUp(host, number, 0, onAddress, state);
    }

    internal static bool IsTakenForAddress(byte* host)
    {
        delegate*<void*, bool, byte*, uint, void> onAddress = &IgnoreAddress;
        return LookUp(host, Winsock.AF_UNSPEC, Winsock.AI_NUMERICHOST, onAddress, null) == 0;
    }

    internal static int LookUpName(bool isIPv6, byte* bytes, uint scope, byte* name)
    {
        int error = Start();
        if (error != 0)
            return error;

        char* wide = stackalloc char[Network.HostNameSize];
        if (isIPv6)
        {
            SOCKADDR_IN6 address = new() { sin6_family = Winsock.AF_INET6, sin6_scope_id = scope };
            new ReadOnlySpan<byte>(bytes, 16).CopyTo(new Span<byte>(address.sin6_addr, 16));
            error = NameOf(&address, sizeof(SOCKADDR_IN6), wide);
        }
        else
        {
            SOCKADDR_IN address = new() { sin_family = Winsock.AF_INET, sin_addr = *(uint*)bytes };
            error = NameOf(&address, sizeof(SOCKADDR_IN), wide);
        }

        if (error == 0)
            WideText.Copy(wide, name, Network.HostNameSize);
        return error;
    }

    internal static int NoSuchName => Winsock.WSAHOST_NOT_FOUND;

    internal static LookUpEnd EndOfLookUp(int code) => code switch
    {
        0 => LookUpEnd.Found,
        Winsock.WSAHOST_NOT_FOUND or Winsock.WSANO_DATA or Winsock.WSATYPE_NOT_FOUND => LookUpEnd.NotFound,
        Winsock.WSATRY_AGAIN => LookUpEnd.TryAgain,
        Winsock.WSA_NOT_ENOUGH_MEMORY or Winsock.WSAENOBUFS => LookUpEnd.NoMemory,
        _ => LookUpEnd.Failed,
    };

    internal static int ErrorOfLookUp(int code) => code switch
    {
        Winsock.WSATRY_AGAIN or Winsock.WSANO_RECOVERY => AWS_IO_DNS_QUERY_FAILED,
        Winsock.WSA_NOT_ENOUGH_MEMORY or Winsock.WSAENOBUFS => AWS_ERROR_OOM,
        Winsock.WSAHOST_NOT_FOUND or Winsock.WSANO_DATA or Winsock.WSATYPE_NOT_FOUND => AWS_IO_DNS_INVALID_NAME,
        _ => AWS_ERROR_SYS_CALL_FAILURE,
    };

    internal static byte* TextOfLookUp(int code) => code switch
    {
        Winsock.WSATRY_AGAIN => Literal.Of("no answer from a server"u8),
        Winsock.WSANO_RECOVERY => Literal.Of("a server has refused"u8),
        Winsock.WSA_NOT_ENOUGH_MEMORY or Winsock.WSAENOBUFS => Literal.Of("out of memory"u8),
        Winsock.WSAHOST_NOT_FOUND => Literal.Of("no such host"u8),
        Winsock.WSANO_DATA => Literal.Of("the host has no address"u8),
        WSAVERNOTSUPPORTED => Literal.Of("this Winsock is too old"u8),
        _ => Literal.Of("error of Winsock"u8),
    };

    private static bool TryWiden(byte* text, char* wide)
    {
        ReadOnlySpan<byte> source =
            MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);
        Span<char> room = new(wide, NameCapacity - 1);
        if (Utf8.ToUtf16(source, room, out _, out int written, replaceInvalidSequences: false) != OperationStatus.Done)
            return false;

        wide[written] = '\0';
        return true;
    }

    private static int LookUp(
        byte* host, int family, int flags, delegate*<void*, bool, byte*, uint, void> onAddress, void* state)
    {
        int error = Start();
        if (error != 0)
            return error;

        // For the system no name is this machine's.
        char* name = stackalloc char[NameCapacity];
        if (host[0] == 0 || !TryWiden(host, name))
            return Winsock.WSAHOST_NOT_FOUND;

        ADDRINFOEXW hints = default;
        hints.ai_family = family;
        hints.ai_socktype = Winsock.SOCK_STREAM;
        hints.ai_flags = flags;
        ADDRINFOEXW* found = null;
        error = Winsock.GetAddrInfoExW(name, null, Winsock.NS_ALL, null, &hints, &found, null, null, null, null);
        if (error != 0)
            return error;

        for (ADDRINFOEXW* info = found; info != null; info = info->ai_next)
        {
            if (info->ai_family == Winsock.AF_INET)
            {
                onAddress(state, false, (byte*)&((SOCKADDR_IN*)info->ai_addr)->sin_addr, 0);
            }
            else if (info->ai_family == Winsock.AF_INET6)
            {
                SOCKADDR_IN6* address = (SOCKADDR_IN6*)info->ai_addr;
                onAddress(state, true, address->sin6_addr, address->sin6_scope_id);
            }
        }

        Winsock.FreeAddrInfoExW(found);
        return 0;
    }

    private static int NameOf(void* address, int length, char* name) => Winsock.GetNameInfoW(
        address, length, name, Network.HostNameSize, null, 0, Winsock.NI_NAMEREQD) == 0 ? 0 : Iocp.LastError;

    private static void IgnoreAddress(void* state, bool isIPv6, byte* bytes, uint scope)
    {
    }
}
