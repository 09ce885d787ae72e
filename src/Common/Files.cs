// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Files
{
    /// <summary>aws_fopen</summary>
    internal static void* Fopen(byte* file_path, byte* mode) => throw new System.NotImplementedException();

    /// <summary>aws_fopen_safe</summary>
    internal static void* FopenSafe(aws_string* file_path, aws_string* mode) => throw new System.NotImplementedException();

    /// <summary>aws_file_delete</summary>
    internal static int Delete(aws_string* file_path) => throw new System.NotImplementedException();

    /// <summary>aws_is_any_directory_separator</summary>
    internal static bool IsAnyDirectorySeparator(byte value) => throw new System.NotImplementedException();

    /// <summary>aws_get_platform_directory_separator</summary>
    internal static byte GetPlatformDirectorySeparator() => throw new System.NotImplementedException();

    /// <summary>aws_normalize_directory_separator</summary>
    internal static void NormalizeDirectorySeparator(aws_byte_buf* path) => throw new System.NotImplementedException();

    /// <summary>aws_get_home_directory</summary>
    internal static aws_string* GetHomeDirectory(aws_allocator* allocator) => throw new System.NotImplementedException();

    /// <summary>aws_path_exists</summary>
    internal static bool PathExists(aws_string* path) => throw new System.NotImplementedException();

    /// <summary>aws_fseek</summary>
    internal static int Fseek(void* file, long offset, int whence) => throw new System.NotImplementedException();

    /// <summary>aws_file_get_length</summary>
    internal static int GetLength(void* file, long* length) => throw new System.NotImplementedException();

    /// <summary>aws_file_path_read_from_offset_direct_io</summary>
    internal static int PathReadFromOffsetDirectIo(aws_string* file_path, ulong offset, nuint max_read_length, aws_byte_buf* output_buf, nuint* out_actual_read) => throw new System.NotImplementedException();

    /// <summary>aws_file_path_read_from_offset</summary>
    internal static int PathReadFromOffset(aws_string* file_path, ulong offset, nuint max_read_length, aws_byte_buf* output_buf, nuint* out_actual_read) => throw new System.NotImplementedException();

    /// <summary>aws_file_path_read_from_offset_direct_io_with_chunk_size</summary>
    internal static int PathReadFromOffsetDirectIoWithChunkSize(aws_string* file_path, ulong offset, nuint max_read_length, nuint max_chunk_size, aws_byte_buf* output_buf, nuint* out_actual_read) => throw new System.NotImplementedException();

    /// <summary>aws_file_path_write_to_offset_direct_io</summary>
    internal static int PathWriteToOffsetDirectIo(aws_string* file_path, ulong offset, aws_byte_cursor data) => throw new System.NotImplementedException();

    /// <summary>aws_file_direct_io_is_supported</summary>
    internal static bool DirectIoIsSupported() => throw new System.NotImplementedException();
}
