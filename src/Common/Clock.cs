// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Clock
{
    /// <summary>aws_high_res_clock_get_ticks</summary>
    internal static int HighResTicks(ulong* timestamp) => throw new System.NotImplementedException();

    /// <summary>aws_sys_clock_get_ticks</summary>
    internal static int SystemTicks(ulong* timestamp) => throw new System.NotImplementedException();
}
