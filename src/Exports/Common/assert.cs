// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/assert.h&gt;.</summary>
public static unsafe class Exports_common_assert
{
    [UnmanagedCallersOnly(EntryPoint = "aws_fatal_assert", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_fatal_assert(byte* cond_str, byte* file, int line) => Fatal.Assert(cond_str, file, line);
}
