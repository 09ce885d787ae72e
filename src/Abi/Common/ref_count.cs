// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/ref_count.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_ref_count
{
    public aws_atomic_var ref_count;
    public void* @object;
    public aws_simple_completion_callback on_zero_fn;
}
