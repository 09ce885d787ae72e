// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/device_random.h&gt;.</summary>
public static unsafe class Exports_common_device_random
{
    [UnmanagedCallersOnly(EntryPoint = "aws_device_random_u64", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_device_random_u64(ulong* output) => DeviceRandom.U64(output);

    [UnmanagedCallersOnly(EntryPoint = "aws_device_random_u32", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_device_random_u32(uint* output) => DeviceRandom.U32(output);

    [UnmanagedCallersOnly(EntryPoint = "aws_device_random_u16", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_device_random_u16(ushort* output) => DeviceRandom.U16(output);

    [UnmanagedCallersOnly(EntryPoint = "aws_device_random_u8", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_device_random_u8(byte* output) => DeviceRandom.U8(output);

    [UnmanagedCallersOnly(EntryPoint = "aws_device_random_buffer", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_device_random_buffer(aws_byte_buf* output) => DeviceRandom.Buffer(output);

    [UnmanagedCallersOnly(EntryPoint = "aws_device_random_buffer_append", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_device_random_buffer_append(aws_byte_buf* output, nuint n) => DeviceRandom.BufferAppend(output, n);
}
