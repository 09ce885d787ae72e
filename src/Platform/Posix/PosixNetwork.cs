// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>Hosts by getaddrinfo, addresses by inet_pton, interfaces by if_nametoindex.</summary>
internal static unsafe class PosixNetwork
{
    // Nothing is to be started.
    internal static int Start() => 0;

    internal static bool CanBindToInterfaces => true;

    internal static bool TryParseIPv4(byte* text, byte* address) =>
        Libc.inet_pton(Libc.AF_INET, text, address) == 1;

    internal static bool TryParseIPv6(byte* text, byte* address) =>
        Libc.inet_pton(Libc.AF_INET6, text, address) == 1;

    internal static uint InterfaceIndex(byte* name) => Libc.if_nametoindex(name);

    internal static bool TryGetInterfaceName(uint index, byte* name) => Libc.if_indextoname(index, name) != null;

    internal static int LookUp(byte* host, delegate*<void*, bool, byte*, uint, void> onAddress, void* state)
    {
        addrinfo hints = default;
        hints.ai_family = Libc.AF_UNSPEC;
        hints.ai_socktype = Libc.SOCK_STREAM;
        hints.ai_flags = Libc.AI_ALL | Libc.AI_V4MAPPED;
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
