// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/rw_lock.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_rw_lock
{
#if RESEAU_WINDOWS
    public void* lock_handle;
#else
    public pthread_rwlock_t lock_handle;
#endif
}
