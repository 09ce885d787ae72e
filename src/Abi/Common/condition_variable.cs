// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/condition_variable.h>.
global using unsafe aws_condition_predicate_fn = delegate* unmanaged[Cdecl]<void*, bool>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_condition_variable
{
#if RESEAU_WINDOWS
    public void* condition_handle;
#else
    public pthread_cond_t condition_handle;
#endif
    public bool initialized;
}
