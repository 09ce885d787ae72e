// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/message_pool.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_memory_pool
{
    public aws_allocator* alloc;
    public aws_array_list stack;
    public ushort ideal_segment_count;
    public nuint segment_size;
    public void* data_ptr;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_message_pool
{
    public aws_allocator* alloc;
    public aws_memory_pool application_data_pool;
    public aws_memory_pool small_block_pool;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_message_pool_creation_args
{
    public nuint application_data_msg_data_size;
    public byte application_data_msg_count;
    public nuint small_block_msg_data_size;
    public byte small_block_msg_count;
}
