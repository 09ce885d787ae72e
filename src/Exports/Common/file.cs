// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/file.h&gt;.</summary>
public static unsafe class Exports_common_file
{
    [UnmanagedCallersOnly(EntryPoint = "aws_fopen", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_fopen(byte* file_path, byte* mode) => Files.Fopen(file_path, mode);

    [UnmanagedCallersOnly(EntryPoint = "aws_fopen_safe", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_fopen_safe(aws_string* file_path, aws_string* mode) => Files.FopenSafe(file_path, mode);

    [UnmanagedCallersOnly(EntryPoint = "aws_directory_create", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_directory_create(aws_string* dir_path) => Directories.Create(dir_path);

    [UnmanagedCallersOnly(EntryPoint = "aws_directory_exists", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_directory_exists(aws_string* dir_path) => Directories.Exists(dir_path);

    [UnmanagedCallersOnly(EntryPoint = "aws_directory_delete", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_directory_delete(aws_string* dir_path, bool recursive) => Directories.Delete(dir_path, recursive);

    [UnmanagedCallersOnly(EntryPoint = "aws_file_delete", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_file_delete(aws_string* file_path) => Files.Delete(file_path);

    [UnmanagedCallersOnly(EntryPoint = "aws_directory_or_file_move", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_directory_or_file_move(aws_string* from, aws_string* to) => Directories.OrFileMove(from, to);

    [UnmanagedCallersOnly(EntryPoint = "aws_directory_traverse", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_directory_traverse(aws_allocator* allocator, aws_string* path, bool recursive, aws_on_directory_entry on_entry, void* user_data) => Directories.Traverse(allocator, path, recursive, on_entry, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_directory_entry_iterator_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_directory_iterator* aws_directory_entry_iterator_new(aws_allocator* allocator, aws_string* path) => Directories.EntryIteratorNew(allocator, path);

    [UnmanagedCallersOnly(EntryPoint = "aws_directory_entry_iterator_next", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_directory_entry_iterator_next(aws_directory_iterator* iterator) => Directories.EntryIteratorNext(iterator);

    [UnmanagedCallersOnly(EntryPoint = "aws_directory_entry_iterator_previous", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_directory_entry_iterator_previous(aws_directory_iterator* iterator) => Directories.EntryIteratorPrevious(iterator);

    [UnmanagedCallersOnly(EntryPoint = "aws_directory_entry_iterator_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_directory_entry_iterator_destroy(aws_directory_iterator* iterator) => Directories.EntryIteratorDestroy(iterator);

    [UnmanagedCallersOnly(EntryPoint = "aws_directory_entry_iterator_get_value", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_directory_entry* aws_directory_entry_iterator_get_value(aws_directory_iterator* iterator) => Directories.EntryIteratorGetValue(iterator);

    [UnmanagedCallersOnly(EntryPoint = "aws_is_any_directory_separator", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_is_any_directory_separator(byte value) => Files.IsAnyDirectorySeparator(value);

    [UnmanagedCallersOnly(EntryPoint = "aws_get_platform_directory_separator", CallConvs = [typeof(CallConvCdecl)])]
    public static byte aws_get_platform_directory_separator() => Files.GetPlatformDirectorySeparator();

    [UnmanagedCallersOnly(EntryPoint = "aws_normalize_directory_separator", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_normalize_directory_separator(aws_byte_buf* path) => Files.NormalizeDirectorySeparator(path);

    [UnmanagedCallersOnly(EntryPoint = "aws_get_home_directory", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_string* aws_get_home_directory(aws_allocator* allocator) => Files.GetHomeDirectory(allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_path_exists", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_path_exists(aws_string* path) => Files.PathExists(path);

    [UnmanagedCallersOnly(EntryPoint = "aws_fseek", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_fseek(void* file, long offset, int whence) => Files.Fseek(file, offset, whence);

    [UnmanagedCallersOnly(EntryPoint = "aws_file_get_length", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_file_get_length(void* file, long* length) => Files.GetLength(file, length);

    [UnmanagedCallersOnly(EntryPoint = "aws_file_path_read_from_offset_direct_io", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_file_path_read_from_offset_direct_io(aws_string* file_path, ulong offset, nuint max_read_length, aws_byte_buf* output_buf, nuint* out_actual_read) => Files.PathReadFromOffsetDirectIo(file_path, offset, max_read_length, output_buf, out_actual_read);

    [UnmanagedCallersOnly(EntryPoint = "aws_file_path_read_from_offset", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_file_path_read_from_offset(aws_string* file_path, ulong offset, nuint max_read_length, aws_byte_buf* output_buf, nuint* out_actual_read) => Files.PathReadFromOffset(file_path, offset, max_read_length, output_buf, out_actual_read);

    [UnmanagedCallersOnly(EntryPoint = "aws_file_path_read_from_offset_direct_io_with_chunk_size", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_file_path_read_from_offset_direct_io_with_chunk_size(aws_string* file_path, ulong offset, nuint max_read_length, nuint max_chunk_size, aws_byte_buf* output_buf, nuint* out_actual_read) => Files.PathReadFromOffsetDirectIoWithChunkSize(file_path, offset, max_read_length, max_chunk_size, output_buf, out_actual_read);

    [UnmanagedCallersOnly(EntryPoint = "aws_file_path_write_to_offset_direct_io", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_file_path_write_to_offset_direct_io(aws_string* file_path, ulong offset, aws_byte_cursor data) => Files.PathWriteToOffsetDirectIo(file_path, offset, data);

    [UnmanagedCallersOnly(EntryPoint = "aws_file_direct_io_is_supported", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_file_direct_io_is_supported() => Files.DirectIoIsSupported();
}
