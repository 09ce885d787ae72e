// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WSABUF
{
    public uint len;
    public byte* buf;
}

/// <summary>WSADATA; only the versions are read.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WSADATA
{
    public ushort wVersion;
    public ushort wHighVersion;
    private fixed ulong _rest[64];
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SOCKADDR_IN
{
    public ushort sin_family;
    public ushort sin_port;
    public uint sin_addr;
    private fixed byte _zero[8];
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SOCKADDR_IN6
{
    public ushort sin6_family;
    public ushort sin6_port;
    public uint sin6_flowinfo;
    public fixed byte sin6_addr[16];
    public uint sin6_scope_id;
}

/// <summary>SOCKADDR_UN of &lt;afunix.h&gt;.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SOCKADDR_UN
{
    internal const int PathSize = 108;

    public ushort sun_family;
    public fixed byte sun_path[PathSize];
}

/// <summary>Bits (FD_*), and an error for each.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WSANETWORKEVENTS
{
    internal const int ConnectBit = 4;
    internal const int CloseBit = 5;

    public int lNetworkEvents;
    public fixed int iErrorCode[10];
}

/// <summary>A group, and the address of an interface, of IPv4.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IP_MREQ
{
    public uint imr_multiaddr;
    public uint imr_interface;
}

/// <summary>A group, and the number of an interface, of IPv6.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IPV6_MREQ
{
    public fixed byte ipv6mr_multiaddr[16];
    public uint ipv6mr_interface;
}

/// <summary>struct tcp_keepalive of &lt;mstcpip.h&gt;; times in milliseconds.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TCP_KEEPALIVE
{
    public uint onoff;
    public uint keepalivetime;
    public uint keepaliveinterval;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ADDRINFOEXW
{
    public int ai_flags;
    public int ai_family;
    public int ai_socktype;
    public int ai_protocol;
    public nuint ai_addrlen;
    public char* ai_canonname;
    public void* ai_addr;
    public void* ai_blob;
    public nuint ai_bloblen;
    public void* ai_provider;
    public ADDRINFOEXW* ai_next;
}

/// <summary>Windows Sockets 2.2.</summary>
internal static unsafe class Winsock
{
    internal const nint INVALID_SOCKET = -1;
    internal const ushort Version = 0x0202;

    internal const int AF_UNSPEC = 0;
    internal const int AF_UNIX = 1;
    internal const int AF_INET = 2;
    internal const int AF_INET6 = 23;
    internal const int SOCK_STREAM = 1;
    internal const int SOCK_DGRAM = 2;
    internal const int IPPROTO_IP = 0;
    internal const int IPPROTO_TCP = 6;
    internal const int IPPROTO_IPV6 = 41;
    internal const int IPV6_V6ONLY = 27;

    // Of IPPROTO_IP, and by the same numbers of IPPROTO_IPV6.
    internal const int IP_TTL = 4;
    internal const int IP_MULTICAST_IF = 9;
    internal const int IP_MULTICAST_TTL = 10;
    internal const int IP_MULTICAST_LOOP = 11;
    internal const int IP_ADD_MEMBERSHIP = 12;
    internal const int IP_DROP_MEMBERSHIP = 13;

    internal const uint WSA_FLAG_OVERLAPPED = 0x01;
    internal const uint WSA_FLAG_NO_HANDLE_INHERIT = 0x80;

    internal const int SOL_SOCKET = 0xFFFF;
    internal const int SO_KEEPALIVE = 0x0008;
    internal const int SO_LINGER = 0x0080;
    internal const int SO_REUSEADDR = 0x0004;
    internal const int SO_BROADCAST = 0x0020;
    internal const int SO_RCVBUF = 0x1002;
    internal const int SO_ERROR = 0x1007;
    internal const int SO_TYPE = 0x1008;
    internal const int SO_CONNECT_TIME = 0x700C;
    internal const int SO_EXCLUSIVEADDRUSE = ~0x0004;
    internal const int SO_UPDATE_ACCEPT_CONTEXT = 0x700B;
    internal const int SO_UPDATE_CONNECT_CONTEXT = 0x7010;
    internal const int TCP_NODELAY = 1;
    internal const int TCP_MAXRT = 5;
    internal const int TCP_KEEPCNT = 16;
    internal const int SD_RECEIVE = 0;
    internal const int SD_SEND = 1;

    internal const int FD_READ = 0x01;
    internal const int FD_WRITE = 0x02;
    internal const int FD_ACCEPT = 0x08;
    internal const int FD_CONNECT = 0x10;
    internal const int FD_CLOSE = 0x20;

    internal const int FIONBIO = unchecked((int)0x8004667E);
    internal const uint SIO_GET_EXTENSION_FUNCTION_POINTER = 0xC8000006;
    internal const uint SIO_KEEPALIVE_VALS = 0x98000004;
    internal const uint SIO_UDP_CONNRESET = 0x9800000C;

    internal const int WSAEACCES = 10013;
    internal const int WSAEINVAL = 10022;
    internal const int WSAEMFILE = 10024;
    internal const int WSAEWOULDBLOCK = 10035;
    internal const int WSAENOTSOCK = 10038;
    internal const int WSAEMSGSIZE = 10040;
    internal const int WSAEAFNOSUPPORT = 10047;
    internal const int WSAEADDRINUSE = 10048;
    internal const int WSAEADDRNOTAVAIL = 10049;
    internal const int WSAENETDOWN = 10050;
    internal const int WSAENETUNREACH = 10051;
    internal const int WSAENETRESET = 10052;
    internal const int WSAECONNABORTED = 10053;
    internal const int WSAECONNRESET = 10054;
    internal const int WSAENOBUFS = 10055;
    internal const int WSAENOTCONN = 10057;
    internal const int WSAESHUTDOWN = 10058;
    internal const int WSAETIMEDOUT = 10060;
    internal const int WSAECONNREFUSED = 10061;
    internal const int WSAEHOSTUNREACH = 10065;
    internal const int WSATRY_AGAIN = 11002;
    internal const int WSANO_RECOVERY = 11003;
    internal const int WSANO_DATA = 11004;
    internal const int WSAHOST_NOT_FOUND = 11001;
    internal const int WSATYPE_NOT_FOUND = 10109;
    internal const int WSA_NOT_ENOUGH_MEMORY = 8;

    internal const uint NS_ALL = 0;
    internal const int AI_NUMERICHOST = 0x0004;
    internal const int AI_ALL = 0x0100;
    internal const int AI_V4MAPPED = 0x0800;
    internal const int NI_NAMEREQD = 0x04;

    private const string Library = "ws2_32";

    /// <summary>Returns 0 or an error.</summary>
    [DllImport(Library)]
    internal static extern int WSAStartup(ushort version, WSADATA* data);

    [DllImport(Library)]
    internal static extern int WSACleanup();

    [DllImport(Library)]
    internal static extern nint WSASocketW(
        int family, int type, int protocol, void* info, uint group, uint flags);

    [DllImport(Library)]
    internal static extern int closesocket(nint socket);

    [DllImport(Library)]
    internal static extern int ioctlsocket(nint socket, int command, uint* argument);

    [DllImport(Library)]
    internal static extern int WSAIoctl(
        nint socket,
        uint code,
        void* input,
        uint inputSize,
        void* output,
        uint outputSize,
        uint* returned,
        OVERLAPPED* overlapped,
        void* completion);

    [DllImport(Library)]
    internal static extern int setsockopt(nint socket, int level, int name, void* value, int length);

    [DllImport(Library)]
    internal static extern int getsockopt(nint socket, int level, int name, void* value, int* length);

    [DllImport(Library)]
    internal static extern int getsockname(nint socket, void* address, int* length);

    [DllImport(Library)]
    internal static extern int getpeername(nint socket, void* address, int* length);

    [DllImport(Library)]
    internal static extern int sendto(
        nint socket, void* data, int length, int flags, void* address, int addressLength);

    [DllImport(Library)]
    internal static extern int recvfrom(
        nint socket, void* buffer, int length, int flags, void* address, int* addressLength);

    /// <summary>Has the system set an event for events of the socket (FD_*), edge by edge; 0 ends that.</summary>
    [DllImport(Library)]
    internal static extern int WSAEventSelect(nint socket, nint @event, int events);

    /// <summary>What has happened since the last call.</summary>
    [DllImport(Library)]
    internal static extern int WSAEnumNetworkEvents(nint socket, nint @event, WSANETWORKEVENTS* events);

    [DllImport(Library)]
    internal static extern int bind(nint socket, void* address, int length);

    [DllImport(Library)]
    internal static extern int listen(nint socket, int backlog);

    [DllImport(Library)]
    internal static extern int connect(nint socket, void* address, int length);

    [DllImport(Library)]
    internal static extern int shutdown(nint socket, int how);

    [DllImport(Library)]
    internal static extern int send(nint socket, void* data, int length, int flags);

    [DllImport(Library)]
    internal static extern int recv(nint socket, void* buffer, int length, int flags);

    [DllImport(Library)]
    internal static extern int WSARecv(
        nint socket,
        WSABUF* buffers,
        uint count,
        uint* received,
        uint* flags,
        OVERLAPPED* overlapped,
        void* completion);

    [DllImport(Library)]
    internal static extern int WSASend(
        nint socket,
        WSABUF* buffers,
        uint count,
        uint* sent,
        uint flags,
        OVERLAPPED* overlapped,
        void* completion);

    /// <summary>Blocks when there is no overlapped: never on a loop's thread. Returns 0 or an error.</summary>
    [DllImport(Library)]
    internal static extern int GetAddrInfoExW(
        char* name,
        char* service,
        uint nameSpace,
        void* provider,
        ADDRINFOEXW* hints,
        ADDRINFOEXW** result,
        void* timeout,
        OVERLAPPED* overlapped,
        void* completion,
        nint* handle);

    /// <summary>Blocks. Returns 0, or another number with the error in the thread's last.</summary>
    [DllImport(Library)]
    internal static extern int GetNameInfoW(
        void* address, int length, char* node, uint nodeSize, char* service, uint serviceSize, int flags);

    [DllImport(Library)]
    internal static extern void FreeAddrInfoExW(ADDRINFOEXW* list);
}
