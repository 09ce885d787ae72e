// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.FileSystem;

/// <summary>Making, removing, moving and listing directories. All of it blocks.</summary>
internal static unsafe class Directories
{
    /// <summary>Makes a directory; one that exists is no failure.</summary>
    internal static int Create(aws_string* dir_path)
    {
        if (dir_path == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        int error = Platform.Directories.Create(dir_path->bytes);
        return error == 0 || Platform.OsErrors.IsExisting(error)
            ? AWS_OP_SUCCESS
            : Errors.TranslateAndRaiseIoError(error);
    }

    /// <summary>Whether the path names a directory, not a link to one.</summary>
    internal static bool Exists(aws_string* dir_path) =>
        dir_path != null &&
        Platform.Files.StatusOfLink(dir_path->bytes, out Platform.Files.Status status) == 0 &&
        status.Type == (int)AWS_FILE_TYPE_DIRECTORY;

    /// <summary>
    /// Removes a directory, with all that is inside if <paramref name="recursive"/>, else only an empty one. One that
    /// does not exist is no failure.
    /// </summary>
    internal static int Delete(aws_string* dir_path, bool recursive)
    {
        if (dir_path == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        if (!Exists(dir_path))
            return AWS_OP_SUCCESS;

        if (recursive &&
            DirectoryTraversal.Run(Allocator.Default(), dir_path, true, &DeleteEntry, null) != AWS_OP_SUCCESS)
        {
            // Somebody else has removed it meanwhile.
            if (Errors.LastError() != AWS_ERROR_FILE_INVALID_PATH)
                return AWS_OP_ERR;

            Errors.ResetError();
            return AWS_OP_SUCCESS;
        }

        return Result(Platform.Directories.Remove(dir_path->bytes));
    }

    /// <summary>Renames a file or a directory, within one file system.</summary>
    internal static int OrFileMove(aws_string* from, aws_string* to)
    {
        if (from == null || to == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        return Result(Platform.Files.Rename(from->bytes, to->bytes));
    }

    /// <summary>See <see cref="DirectoryTraversal"/>.</summary>
    internal static int Traverse(
        aws_allocator* allocator, aws_string* path, bool recursive, aws_on_directory_entry on_entry, void* user_data) =>
        DirectoryTraversal.Run(allocator, path, recursive, on_entry, user_data);

    /// <summary>See <see cref="DirectoryIterator"/>.</summary>
    internal static aws_directory_iterator* EntryIteratorNew(aws_allocator* allocator, aws_string* path) =>
        DirectoryIterator.New(allocator, path);

    /// <summary>See <see cref="DirectoryIterator.Next"/>.</summary>
    internal static int EntryIteratorNext(aws_directory_iterator* iterator) => DirectoryIterator.Next(iterator);

    /// <summary>See <see cref="DirectoryIterator.Previous"/>.</summary>
    internal static int EntryIteratorPrevious(aws_directory_iterator* iterator) => DirectoryIterator.Previous(iterator);

    /// <summary>See <see cref="DirectoryIterator.Destroy"/>.</summary>
    internal static void EntryIteratorDestroy(aws_directory_iterator* iterator) => DirectoryIterator.Destroy(iterator);

    /// <summary>See <see cref="DirectoryIterator.Value"/>.</summary>
    internal static aws_directory_entry* EntryIteratorGetValue(aws_directory_iterator* iterator) =>
        DirectoryIterator.Value(iterator);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool DeleteEntry(aws_directory_entry* entry, void* userData)
    {
        // The traversal ends the text with a NUL, and visits what is inside a directory before it.
        byte* path = entry->relative_path.ptr;
        bool isDirectory = entry->file_type == (int)AWS_FILE_TYPE_DIRECTORY;
        int error = isDirectory ? Platform.Directories.Remove(path) : Platform.Files.Remove(path);
        return error == 0 || Platform.OsErrors.IsMissing(error);
    }

    private static int Result(int error) => error == 0 ? AWS_OP_SUCCESS : Errors.TranslateAndRaiseIoError(error);
}
