// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/clock.h&gt;.</summary>
public static unsafe class Exports_common_clock
{
    [UnmanagedCallersOnly(EntryPoint = "aws_high_res_clock_get_ticks", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_high_res_clock_get_ticks(ulong* timestamp) => Clock.HighResTicks(timestamp);

    [UnmanagedCallersOnly(EntryPoint = "aws_sys_clock_get_ticks", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_sys_clock_get_ticks(ulong* timestamp) => Clock.SystemTicks(timestamp);
}
