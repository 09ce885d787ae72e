// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using System.Threading;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>Winsock's start, hosts by GetAddrInfoExW, interfaces by their adapters.</summary>
internal static unsafe class WindowsNetwork
{
    // The longest name of a host is shorter, in any form.
    private const int NameCapacity = 1024;
    private const int AdaptersSize = 16 * 1024;
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

    /// <summary>By the name that people see, or by that of the adapter, which is a GUID.</summary>
    internal static uint InterfaceIndex(byte* name)
    {
        ReadOnlySpan<byte> wanted = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
        IP_ADAPTER_ADDRESSES* list = ReadAdapters();
        uint index = 0;
        for (IP_ADAPTER_ADDRESSES* adapter = list; adapter != null && index == 0; adapter = adapter->Next)
        {
            if (IsNamed(adapter, wanted))
                index = adapter->IfIndex != 0 ? adapter->IfIndex : adapter->Ipv6IfIndex;
        }

        Heap.Free(list);
        return index;
    }

    /// <summary>Zones of addresses are numbers on Windows, and names are longer than there is room for.</summary>
    internal static bool TryGetInterfaceName(uint index, byte* name) => false;

    internal static int LookUp(byte* host, delegate*<void*, bool, byte*, uint, void> onAddress, void* state)
    {
        int error = Start();
        if (error != 0)
            return error;

        char* name = stackalloc char[NameCapacity];
        if (!TryWiden(host, name))
            return Winsock.WSAHOST_NOT_FOUND;

        ADDRINFOEXW hints = default;
        hints.ai_family = Winsock.AF_UNSPEC;
        hints.ai_socktype = Winsock.SOCK_STREAM;
        hints.ai_flags = Winsock.AI_ALL | Winsock.AI_V4MAPPED;
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

    private static bool IsNamed(IP_ADAPTER_ADDRESSES* adapter, ReadOnlySpan<byte> wanted)
    {
        ReadOnlySpan<byte> guid =
            MemoryMarshal.CreateReadOnlySpanFromNullTerminated(adapter->AdapterName);
        if (guid.SequenceEqual(wanted))
            return true;

        Span<byte> friendly = stackalloc byte[NameCapacity];
        ReadOnlySpan<char> name =
            MemoryMarshal.CreateReadOnlySpanFromNullTerminated(adapter->FriendlyName);
        return Utf8.FromUtf16(name, friendly, out _, out int written) == OperationStatus.Done
            && friendly[..written].SequenceEqual(wanted);
    }

    // A list of the heap; NULL if there is none. It may grow between two questions.
    private static IP_ADAPTER_ADDRESSES* ReadAdapters()
    {
        const uint flags = Adapters.GAA_FLAG_SKIP_UNICAST | Adapters.GAA_FLAG_SKIP_ANYCAST
            | Adapters.GAA_FLAG_SKIP_MULTICAST | Adapters.GAA_FLAG_SKIP_DNS_SERVER;
        uint size = AdaptersSize;
        while (true)
        {
            IP_ADAPTER_ADDRESSES* list = (IP_ADAPTER_ADDRESSES*)Heap.Allocate(size);
            if (list == null)
                return null;

            uint error = Adapters.GetAdaptersAddresses(Winsock.AF_UNSPEC, flags, null, list, &size);
            if (error == Adapters.ERROR_SUCCESS)
                return list;
            Heap.Free(list);
            if (error != Adapters.ERROR_BUFFER_OVERFLOW)
                return null;
        }
    }
}
