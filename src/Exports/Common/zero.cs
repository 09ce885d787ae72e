// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/zero.h&gt;.</summary>
public static unsafe class Exports_common_zero
{
    [UnmanagedCallersOnly(EntryPoint = "aws_secure_zero", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_secure_zero(void* pBuf, nuint bufsize) => SecureMemory.Zero(pBuf, bufsize);
}
