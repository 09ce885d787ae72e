// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/ring_buffer.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_ring_buffer
{
    public aws_allocator* allocator;
    public byte* allocation;
    public aws_atomic_var head;
    public aws_atomic_var tail;
    public byte* allocation_end;
}
