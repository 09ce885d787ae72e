// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>Interfaces by GetAdaptersAddresses.</summary>
internal static unsafe class WindowsInterfaces
{
    private const int AdaptersSize = 16 * 1024;
    private const int NameCapacity = 1024;

    /// <summary>By the name that people see, or by that of the adapter, which is a GUID.</summary>
    internal static uint IndexOf(byte* name)
    {
        ReadOnlySpan<byte> wanted = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
        IP_ADAPTER_ADDRESSES* list = Read(Adapters.GAA_FLAG_SKIP_UNICAST, out _);
        uint index = 0;
        for (IP_ADAPTER_ADDRESSES* adapter = list; adapter != null && index == 0; adapter = adapter->Next)
        {
            if (IsNamed(adapter, wanted))
                index = IndexOf(adapter);
        }

        Heap.Free(list);
        return index;
    }

    internal static int ForEachAddress(delegate*<void*, InterfaceAddress*, void> onAddress, void* state)
    {
        IP_ADAPTER_ADDRESSES* list = Read(0, out uint error);
        for (IP_ADAPTER_ADDRESSES* adapter = list; adapter != null; adapter = adapter->Next)
            ForEachAddress(adapter, onAddress, state);
        Heap.Free(list);
        return error switch
        {
            Adapters.ERROR_SUCCESS or Adapters.ERROR_NO_DATA => AWS_ERROR_SUCCESS,
            Adapters.ERROR_NOT_ENOUGH_MEMORY => AWS_ERROR_OOM,
            _ => AWS_ERROR_SYS_CALL_FAILURE,
        };
    }

    private static void ForEachAddress(
        IP_ADAPTER_ADDRESSES* adapter, delegate*<void*, InterfaceAddress*, void> onAddress, void* state)
    {
        byte* name = stackalloc byte[NameCapacity];
        WideText.Copy(adapter->FriendlyName, name, NameCapacity);
        IP_ADAPTER_UNICAST_ADDRESS* next = adapter->FirstUnicastAddress;
        for (IP_ADAPTER_UNICAST_ADDRESS* entry = next; entry != null; entry = entry->Next)
        {
            InterfaceAddress address = new()
            {
                Name = name,
                PrefixLength = entry->OnLinkPrefixLength,
                IsLoopback = adapter->IfType == Adapters.IF_TYPE_SOFTWARE_LOOPBACK,
                IsUp = adapter->OperStatus == Adapters.IfOperStatusUp,
                Number = IndexOf(adapter),
            };
            int family = *(ushort*)entry->Address;
            if (family == Winsock.AF_INET)
            {
                address.Bytes = (byte*)&((SOCKADDR_IN*)entry->Address)->sin_addr;
                onAddress(state, &address);
            }
            else if (family == Winsock.AF_INET6)
            {
                address.IsIPv6 = true;
                address.Bytes = ((SOCKADDR_IN6*)entry->Address)->sin6_addr;
                address.Scope = ((SOCKADDR_IN6*)entry->Address)->sin6_scope_id;
                onAddress(state, &address);
            }
        }
    }

    private static uint IndexOf(IP_ADAPTER_ADDRESSES* adapter) =>
        adapter->IfIndex != 0 ? adapter->IfIndex : adapter->Ipv6IfIndex;

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
    private static IP_ADAPTER_ADDRESSES* Read(uint without, out uint error)
    {
        uint flags = without | Adapters.GAA_FLAG_SKIP_ANYCAST
            | Adapters.GAA_FLAG_SKIP_MULTICAST | Adapters.GAA_FLAG_SKIP_DNS_SERVER;
        uint size = AdaptersSize;
        while (true)
        {
            IP_ADAPTER_ADDRESSES* list = (IP_ADAPTER_ADDRESSES*)Heap.Allocate(size);
            error = list == null
                ? Adapters.ERROR_NOT_ENOUGH_MEMORY
                : Adapters.GetAdaptersAddresses(Winsock.AF_UNSPEC, flags, null, list, &size);
            if (error == Adapters.ERROR_SUCCESS || list == null)
                return list;
            Heap.Free(list);
            if (error != Adapters.ERROR_BUFFER_OVERFLOW)
                return null;
        }
    }
}
