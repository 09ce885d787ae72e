// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class LookupTable
{
    /// <summary>aws_lookup_table_to_lower_get</summary>
    internal static byte* ToLowerGet() => throw new System.NotImplementedException();

    /// <summary>aws_lookup_table_hex_to_num_get</summary>
    internal static byte* HexToNumGet() => throw new System.NotImplementedException();
}
