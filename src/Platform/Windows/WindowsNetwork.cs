// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>Addresses as the system reads them, interfaces by their names, hosts by GetAddrInfoW.</summary>
internal static unsafe class WindowsNetwork
{
    internal static bool TryParseIPv4(byte* text, byte* address)
    {
        byte* end;
        return Ntdll.RtlIpv4StringToAddressA(text, 1, &end, address) == 0 && *end == 0;
    }

    internal static bool TryParseIPv6(byte* text, byte* address)
    {
        byte* end;
        return Ntdll.RtlIpv6StringToAddressA(text, &end, address) == 0 && *end == 0;
    }

    internal static uint InterfaceIndex(byte* name) => IpHelper.if_nametoindex(name);

    // A name that is too long for C's array is as none.
    internal static bool TryGetInterfaceName(uint index, byte* name)
    {
        byte* found = stackalloc byte[IpHelper.LongestInterfaceName];
        if (IpHelper.if_indextoname(index, found) == null)
            return false;

        for (int i = 0; i < Network.InterfaceNameSize; i++)
        {
            name[i] = found[i];
            if (found[i] == 0)
                return true;
        }

        return false;
    }

    internal static int LookUp(byte* host, delegate*<void*, bool, byte*, uint, void> onAddress, void* state)
    {
        char* wide = WideText.New(host);
        if (wide == null)
            return Winsock.WSA_NOT_ENOUGH_MEMORY;

        Winsock.ADDRINFOW hints = new()
        {
            ai_family = Winsock.AF_UNSPEC,
            ai_socktype = Winsock.SOCK_STREAM,
            ai_flags = Winsock.AI_ALL | Winsock.AI_V4MAPPED,
        };
        Winsock.ADDRINFOW* found = null;
        int code = Winsock.Start();
        if (code == 0)
            code = Winsock.GetAddrInfoW(wide, null, &hints, &found);
        WindowsHeap.Free(wide);
        if (code != 0)
            return code;

        for (Winsock.ADDRINFOW* info = found; info != null; info = info->ai_next)
        {
            if (info->ai_family == Winsock.AF_INET)
            {
                onAddress(state, false, (byte*)&((sockaddr_in*)info->ai_addr)->sin_addr, 0);
            }
            else if (info->ai_family == Winsock.AF_INET6)
            {
                sockaddr_in6* address = (sockaddr_in6*)info->ai_addr;
                onAddress(state, true, address->sin6_addr, address->sin6_scope_id);
            }
        }

        Winsock.FreeAddrInfoW(found);
        return 0;
    }

    internal static int ErrorOfLookUp(int code) => code switch
    {
        Winsock.WSANO_RECOVERY or Winsock.WSATRY_AGAIN => AWS_IO_DNS_QUERY_FAILED,
        Winsock.WSA_NOT_ENOUGH_MEMORY => AWS_ERROR_OOM,
        Winsock.WSAHOST_NOT_FOUND or Winsock.WSANO_DATA or Winsock.WSATYPE_NOT_FOUND => AWS_IO_DNS_INVALID_NAME,
        _ => AWS_ERROR_SYS_CALL_FAILURE,
    };

    internal static byte* TextOfLookUp(int code) => code switch
    {
        Winsock.WSANO_RECOVERY => Literal.Of("the name server failed for good"u8),
        Winsock.WSATRY_AGAIN => Literal.Of("the name server does not answer"u8),
        Winsock.WSA_NOT_ENOUGH_MEMORY => Literal.Of("out of memory"u8),
        Winsock.WSAHOST_NOT_FOUND => Literal.Of("no such host"u8),
        Winsock.WSANO_DATA => Literal.Of("the host has no address"u8),
        _ => Literal.Of("the look-up failed"u8),
    };
}
