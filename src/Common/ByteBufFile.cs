// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary>Buffers filled from files.</summary>
internal static unsafe partial class ByteBuf
{
    /// <summary>aws_byte_buf_init_from_file</summary>
    internal static int InitFromFile(aws_byte_buf* out_buf, aws_allocator* alloc, byte* filename) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_init_from_file_with_size_hint</summary>
    internal static int InitFromFileWithSizeHint(aws_byte_buf* out_buf, aws_allocator* alloc, byte* filename, nuint size_hint) => throw new System.NotImplementedException();
}
