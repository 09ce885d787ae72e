// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/string.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_string
{
    public aws_allocator* allocator;
    public nuint len;
    public fixed byte bytes[1];
}
