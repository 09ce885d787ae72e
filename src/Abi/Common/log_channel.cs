// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/log_channel.h>.
global using unsafe aws_log_channel_clean_up_fn = delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_log_channel*, void>;
global using unsafe aws_log_channel_send_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_log_channel*, Reseau.Native.Abi.aws_string*, int>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_log_channel
{
    public aws_log_channel_vtable* vtable;
    public aws_allocator* allocator;
    public aws_log_writer* writer;
    public void* impl;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_log_channel_vtable
{
    public aws_log_channel_send_fn send;
    public aws_log_channel_clean_up_fn clean_up;
}
