// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/atomics.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_memory_order : uint
{
    aws_memory_order_relaxed = 0,
    aws_memory_order_acquire = 2,
    aws_memory_order_release = 3,
    aws_memory_order_acq_rel = 4,
    aws_memory_order_seq_cst = 5,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_atomic_var
{
    public void* value;
}
