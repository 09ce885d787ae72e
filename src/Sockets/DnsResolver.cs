// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Sockets;

/// <summary></summary>
internal static unsafe class DnsResolver
{
    /// <summary>aws_default_dns_resolve</summary>
    internal static int Resolve(aws_allocator* allocator, aws_string* host_name, aws_array_list* output_addresses, void* user_data) => throw new System.NotImplementedException();
}
