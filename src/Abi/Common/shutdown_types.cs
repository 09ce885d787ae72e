// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/shutdown_types.h>.
global using unsafe aws_simple_completion_callback = delegate* unmanaged[Cdecl]<void*, void>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_shutdown_callback_options
{
    public aws_simple_completion_callback shutdown_callback_fn;
    public void* shutdown_callback_user_data;
}
