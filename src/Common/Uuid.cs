// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Uuid
{
    /// <summary>aws_uuid_init</summary>
    internal static int Init(aws_uuid* uuid) => throw new System.NotImplementedException();

    /// <summary>aws_uuid_init_from_str</summary>
    internal static int InitFromStr(aws_uuid* uuid, aws_byte_cursor* uuid_str) => throw new System.NotImplementedException();

    /// <summary>aws_uuid_to_str</summary>
    internal static int ToStr(aws_uuid* uuid, aws_byte_buf* output) => throw new System.NotImplementedException();

    /// <summary>aws_uuid_to_str_compact</summary>
    internal static int ToStrCompact(aws_uuid* uuid, aws_byte_buf* output) => throw new System.NotImplementedException();

    /// <summary>aws_uuid_equals</summary>
    internal static bool Equals(aws_uuid* a, aws_uuid* b) => throw new System.NotImplementedException();
}
