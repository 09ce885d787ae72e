// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Fatal
{
    /// <summary>aws_fatal_assert</summary>
    internal static void Assert(byte* cond_str, byte* file, int line) => throw new System.NotImplementedException();
}
