// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/host_utils.h&gt;.</summary>
public static unsafe class Exports_common_host_utils
{
    [UnmanagedCallersOnly(EntryPoint = "aws_host_utils_is_ipv4", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_host_utils_is_ipv4(aws_byte_cursor host) => HostText.IsIpv4(host);

    [UnmanagedCallersOnly(EntryPoint = "aws_host_utils_is_ipv6", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_host_utils_is_ipv6(aws_byte_cursor host, bool is_uri_encoded) => HostText.IsIpv6(host, is_uri_encoded);
}
