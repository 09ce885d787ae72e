// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/uuid.h&gt;.</summary>
public static unsafe class Exports_common_uuid
{
    [UnmanagedCallersOnly(EntryPoint = "aws_uuid_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_uuid_init(aws_uuid* uuid) => Uuid.Init(uuid);

    [UnmanagedCallersOnly(EntryPoint = "aws_uuid_init_from_str", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_uuid_init_from_str(aws_uuid* uuid, aws_byte_cursor* uuid_str) => Uuid.InitFromStr(uuid, uuid_str);

    [UnmanagedCallersOnly(EntryPoint = "aws_uuid_to_str", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_uuid_to_str(aws_uuid* uuid, aws_byte_buf* output) => Uuid.ToStr(uuid, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_uuid_to_str_compact", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_uuid_to_str_compact(aws_uuid* uuid, aws_byte_buf* output) => Uuid.ToStrCompact(uuid, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_uuid_equals", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_uuid_equals(aws_uuid* a, aws_uuid* b) => Uuid.Equals(a, b);
}
