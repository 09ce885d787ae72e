// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Threading;

namespace Reseau.Native.Interop.Windows;

/// <summary>Windows Sockets, and look-ups by it.</summary>
internal static unsafe partial class Winsock
{
    private const string Library = "ws2_32";

    [StructLayout(LayoutKind.Sequential)]
    internal struct ADDRINFOW
    {
        internal int ai_flags;
        internal int ai_family;
        internal int ai_socktype;
        internal int ai_protocol;
        internal nuint ai_addrlen;
        internal char* ai_canonname;
        internal void* ai_addr;
        internal ADDRINFOW* ai_next;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct WSADATA
    {
        internal ushort Version;
        internal ushort HighVersion;
        internal fixed byte Rest[508];
    }

    internal const int AF_UNSPEC = 0;
    internal const int AF_INET = 2;
    internal const int AF_INET6 = 23;
    internal const int SOCK_STREAM = 1;
    internal const int AI_ALL = 0x100;
    internal const int AI_V4MAPPED = 0x800;

    internal const int WSA_NOT_ENOUGH_MEMORY = 8;
    internal const int WSAVERNOTSUPPORTED = 10092;
    internal const int WSATYPE_NOT_FOUND = 10109;
    internal const int WSAHOST_NOT_FOUND = 11001;
    internal const int WSATRY_AGAIN = 11002;
    internal const int WSANO_RECOVERY = 11003;
    internal const int WSANO_DATA = 11004;

    private const ushort Version2_2 = 0x202;

    private static int s_isStarted;

    /// <summary>
    /// Before any other call; 0 or an error number. It is not undone: the library stays until the process ends.
    /// </summary>
    internal static int Start()
    {
        if (Volatile.Read(ref s_isStarted) != 0)
            return 0;

        WSADATA data;
        int code = WSAStartup(Version2_2, &data);
        if (code != 0)
            return code;

        // Whoever comes at the same time is counted by the system too, which does no harm.
        if (data.Version == Version2_2 && Interlocked.Exchange(ref s_isStarted, 1) == 0)
            return 0;

        WSACleanup();
        return data.Version == Version2_2 ? 0 : WSAVERNOTSUPPORTED;
    }

    [DllImport(Library)]
    private static extern int WSAStartup(ushort version, WSADATA* data);

    [DllImport(Library)]
    private static extern int WSACleanup();

    /// <summary>Blocks for as long as the system needs: never on a loop's thread. Returns an error number.</summary>
    [DllImport(Library)]
    internal static extern int GetAddrInfoW(char* node, char* service, ADDRINFOW* hints, ADDRINFOW** result);

    [DllImport(Library)]
    internal static extern void FreeAddrInfoW(ADDRINFOW* result);
}
