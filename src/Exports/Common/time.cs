// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/time.h&gt;.</summary>
public static unsafe class Exports_common_time
{
    [UnmanagedCallersOnly(EntryPoint = "aws_timegm", CallConvs = [typeof(CallConvCdecl)])]
    public static long aws_timegm(tm* t) => Calendar.Normalize(t);

    [UnmanagedCallersOnly(EntryPoint = "aws_localtime", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_localtime(long time, tm* t) => Calendar.WriteLocal(time, t);

    [UnmanagedCallersOnly(EntryPoint = "aws_gmtime", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_gmtime(long time, tm* t) => Calendar.WriteUtc(time, t);
}
