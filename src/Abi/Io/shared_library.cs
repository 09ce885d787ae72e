// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/shared_library.h>.
global using unsafe aws_generic_function = delegate* unmanaged[Cdecl]<void>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_shared_library
{
    public void* library_handle;
}
