// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Channels;

/// <summary></summary>
internal static unsafe class MessagePool
{
    /// <summary>aws_message_pool_init</summary>
    internal static int Init(aws_message_pool* msg_pool, aws_allocator* alloc, aws_message_pool_creation_args* args) => throw new System.NotImplementedException();

    /// <summary>aws_message_pool_clean_up</summary>
    internal static void CleanUp(aws_message_pool* msg_pool) => throw new System.NotImplementedException();

    /// <summary>aws_message_pool_acquire</summary>
    internal static aws_io_message* Acquire(aws_message_pool* msg_pool, aws_io_message_type message_type, nuint size_hint) => throw new System.NotImplementedException();

    /// <summary>aws_message_pool_release</summary>
    internal static void Release(aws_message_pool* msg_pool, aws_io_message* message) => throw new System.NotImplementedException();
}
