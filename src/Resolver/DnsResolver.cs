// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Platform;

namespace Reseau.Native.Resolver;

/// <summary>The system's look-up of names. It blocks, and so runs on a host's resolver thread.</summary>
internal static unsafe class DnsResolver
{
    /// <summary>What stands for it in C's tables.</summary>
    internal static aws_resolve_host_implementation_fn Function => &ResolveForC;

    /// <summary>Appends the host's addresses in the order of the system. Returns 0 or an error.</summary>
    internal static int LookUp(aws_string* host, FoundAddresses* found)
    {
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_DNS, $"looking up {host}");
        int before = found->Count;
        int code = Network.LookUp(host->bytes, &OnAddress, found);
        found->Code = code;
        if (code != 0)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_DNS,
                $"looking up {host} failed with code {code}: {Network.TextOfLookUp(code)}");
            return Network.ErrorOfLookUp(code);
        }

        for (int i = before; i < found->Count; i++)
        {
            AddressName address = new(FoundAddresses.At(found, i));
            Log.Write(AWS_LL_DEBUG, AWS_LS_IO_DNS, $"{host} has address {address}");
        }

        return AWS_ERROR_SUCCESS;
    }

    /// <summary>
    /// aws_default_dns_resolve: appends an aws_host_address for every address of the host. The caller owns what was
    /// appended, also after a failure.
    /// </summary>
    internal static int Resolve(
        aws_allocator* allocator,
        aws_string* host_name,
        aws_array_list* output_addresses,
        void* user_data)
    {
        if (allocator == null || host_name == null || output_addresses == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        FoundAddresses found;
        FoundAddresses.Init(&found, allocator);
        int error = LookUp(host_name, &found);
        int result = error == AWS_ERROR_SUCCESS ? AWS_OP_SUCCESS : Errors.Raise(error);
        for (int i = 0; i < found.Count && result == AWS_OP_SUCCESS; i++)
        {
            aws_host_address address = AddressRecord.ToC(FoundAddresses.At(&found, i), host_name, allocator);
            result = HostAddressList.Append(output_addresses, &address);
            if (result != AWS_OP_SUCCESS)
                HostAddress.CleanUp(&address);
        }

        FoundAddresses.CleanUp(&found);
        return result;
    }

    private static void OnAddress(void* found, bool isIPv6, byte* bytes, uint scope) => FoundAddresses.Append(
        (FoundAddresses*)found,
        AddressRecord.FromSystem(isIPv6 ? IpFamily.IPv6 : IpFamily.IPv4, bytes, scope));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ResolveForC(
        aws_allocator* allocator, aws_string* host, aws_array_list* found, void* user_data) =>
        Resolve(allocator, host, found, user_data);
}
