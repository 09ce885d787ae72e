// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Tls;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/private/pem_utils.h&gt;.</summary>
public static unsafe class Exports_io_private_pem_utils
{
    [UnmanagedCallersOnly(EntryPoint = "aws_sanitize_pem", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_sanitize_pem(aws_byte_buf* pem, aws_allocator* allocator) => Pem.SanitizePem(pem, allocator);
}
