// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Directories
{
    /// <summary>aws_directory_create</summary>
    internal static int Create(aws_string* dir_path) => throw new System.NotImplementedException();

    /// <summary>aws_directory_exists</summary>
    internal static bool Exists(aws_string* dir_path) => throw new System.NotImplementedException();

    /// <summary>aws_directory_delete</summary>
    internal static int Delete(aws_string* dir_path, bool recursive) => throw new System.NotImplementedException();

    /// <summary>aws_directory_or_file_move</summary>
    internal static int OrFileMove(aws_string* from, aws_string* to) => throw new System.NotImplementedException();

    /// <summary>aws_directory_traverse</summary>
    internal static int Traverse(aws_allocator* allocator, aws_string* path, bool recursive, aws_on_directory_entry on_entry, void* user_data) => throw new System.NotImplementedException();

    /// <summary>aws_directory_entry_iterator_new</summary>
    internal static aws_directory_iterator* EntryIteratorNew(aws_allocator* allocator, aws_string* path) => throw new System.NotImplementedException();

    /// <summary>aws_directory_entry_iterator_next</summary>
    internal static int EntryIteratorNext(aws_directory_iterator* iterator) => throw new System.NotImplementedException();

    /// <summary>aws_directory_entry_iterator_previous</summary>
    internal static int EntryIteratorPrevious(aws_directory_iterator* iterator) => throw new System.NotImplementedException();

    /// <summary>aws_directory_entry_iterator_destroy</summary>
    internal static void EntryIteratorDestroy(aws_directory_iterator* iterator) => throw new System.NotImplementedException();

    /// <summary>aws_directory_entry_iterator_get_value</summary>
    internal static aws_directory_entry* EntryIteratorGetValue(aws_directory_iterator* iterator) => throw new System.NotImplementedException();
}
