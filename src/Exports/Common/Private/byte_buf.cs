// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/private/byte_buf.h&gt;.</summary>
public static unsafe class Exports_common_private_byte_buf
{
    [UnmanagedCallersOnly(EntryPoint = "aws_nospec_mask", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_nospec_mask(nuint index, nuint bound) => ByteCursor.NospecMask(index, bound);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_reserve_smart", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_reserve_smart(aws_byte_buf* buffer, nuint requested_capacity) => ByteBuf.ReserveSmart(buffer, requested_capacity);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_reserve_smart_relative", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_reserve_smart_relative(aws_byte_buf* buffer, nuint additional_length) => ByteBuf.ReserveSmartRelative(buffer, additional_length);
}
