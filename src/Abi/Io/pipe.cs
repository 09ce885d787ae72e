// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/pipe.h>.
global using unsafe aws_pipe_on_readable_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_pipe_read_end*, int, void*, void>;
global using unsafe aws_pipe_on_write_completed_fn =
    delegate* unmanaged[Cdecl]<
        Reseau.Native.Abi.aws_pipe_write_end*,
        int,
        Reseau.Native.Abi.aws_byte_cursor,
        void*,
        void>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_pipe_read_end
{
    public void* impl_data;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_pipe_write_end
{
    public void* impl_data;
}
