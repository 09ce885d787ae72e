// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Resolver;

/// <summary>The platform's own look-up of names. It blocks, and so runs on a host's resolver thread.</summary>
internal static unsafe class DnsResolver
{
    /// <summary>
    /// Appends an aws_host_address for every address of the host, in the order of the platform. The caller owns what
    /// was appended, also after a failure.
    /// </summary>
    internal static int Resolve(
        aws_allocator* allocator,
        aws_string* host_name,
        aws_array_list* output_addresses,
        void* user_data)
    {
        if (allocator == null || host_name == null || output_addresses == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_DNS, $"looking up {host_name}");
        addrinfo hints = default;
        hints.ai_family = Libc.AF_UNSPEC;
        hints.ai_socktype = Libc.SOCK_STREAM;
        hints.ai_flags = Libc.AI_ALL | Libc.AI_V4MAPPED;
        addrinfo* found = null;
        int code = Libc.getaddrinfo(host_name->bytes, null, &hints, &found);
        if (code != 0)
            return Failed(host_name, code);

        int result = AWS_OP_SUCCESS;
        for (addrinfo* info = found; info != null && result == AWS_OP_SUCCESS; info = info->ai_next)
            result = Append(allocator, host_name, output_addresses, info);
        Libc.freeaddrinfo(found);
        return result;
    }

    /// <summary>For tables of C function pointers.</summary>
    internal static aws_resolve_host_implementation_fn Function => &ResolveForC;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ResolveForC(aws_allocator* allocator, aws_string* host, aws_array_list* found, void* user_data) =>
        Resolve(allocator, host, found, user_data);

    private static int Append(aws_allocator* allocator, aws_string* host, aws_array_list* output, addrinfo* info)
    {
        byte* text = stackalloc byte[AddressText.LongestIPv6];
        aws_host_address address = default;
        bool isWritten;
        switch (info->ai_family)
        {
            case Libc.AF_INET:
                address.record_type = AWS_ADDRESS_RECORD_TYPE_A;
                void* binary = &((sockaddr_in*)info->ai_addr)->sin_addr;
                isWritten = Libc.inet_ntop(Libc.AF_INET, binary, text, Libc.LongestAddressText) != null;
                break;
            case Libc.AF_INET6:
                address.record_type = AWS_ADDRESS_RECORD_TYPE_AAAA;
                sockaddr_in6* source = (sockaddr_in6*)info->ai_addr;
                isWritten = AddressText.TryWriteIPv6(source->sin6_addr, source->sin6_scope_id, text);
                break;
            default:
                return AWS_OP_SUCCESS;
        }

        if (!isWritten)
            return Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);

        address.allocator = allocator;
        address.address = AwsString.NewFromCStr(allocator, text);
        address.host = AwsString.NewFromString(allocator, host);
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_DNS, $"{host} has address {text}");
        if (AddressList.Append(output, &address) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;
        HostAddress.CleanUp(&address);
        return AWS_OP_ERR;
    }

    private static int Failed(aws_string* host, int code)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_DNS, $"looking up {host} failed with code {code}: {Libc.gai_strerror(code)}");
        return Errors.Raise(code switch
        {
            Libc.EAI_FAIL or Libc.EAI_AGAIN => AWS_IO_DNS_QUERY_FAILED,
            Libc.EAI_MEMORY => AWS_ERROR_OOM,
            Libc.EAI_NONAME or Libc.EAI_SERVICE => AWS_IO_DNS_INVALID_NAME,
            _ => AWS_ERROR_SYS_CALL_FAILURE,
        });
    }
}
