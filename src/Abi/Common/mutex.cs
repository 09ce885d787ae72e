// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/mutex.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_mutex
{
#if RESEAU_WINDOWS
    public void* mutex_handle;
#else
    public pthread_mutex_t mutex_handle;
#endif
    public bool initialized;
}
