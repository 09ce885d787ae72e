// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/byte_buf.h>.
global using unsafe aws_byte_predicate_fn = delegate* unmanaged[Cdecl]<byte, bool>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_byte_buf
{
    public nuint len;
    public byte* buffer;
    public nuint capacity;
    public aws_allocator* allocator;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_byte_cursor
{
    public nuint len;
    public byte* ptr;
}
