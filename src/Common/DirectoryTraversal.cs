// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Common;

/// <summary>
/// Walks through a directory, and if asked through those below it, what lies inside before the directory itself.
/// Symbolic links are visited, not followed.
/// </summary>
internal static unsafe class DirectoryTraversal
{
    /// <summary>
    /// Calls <paramref name="visit"/> for every entry, whose texts live for that call. Raises
    /// AWS_ERROR_OPERATION_INTERUPTED when a visit says false, after which there is no other.
    /// </summary>
    internal static int Run(
        aws_allocator* allocator, aws_string* path, bool recursive, aws_on_directory_entry visit, void* userData)
    {
        if (allocator == null || path == null || visit == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        void* directory = Libc.opendir(path->bytes);
        if (directory == null)
            return Errors.TranslateAndRaiseIoError(Libc.Errno);

        int outcome = AWS_OP_SUCCESS;
        while (outcome == AWS_OP_SUCCESS)
        {
            // The end and a failure look alike but for errno, which a visit may have left behind.
            Libc.Errno = 0;
            Libc.dirent* found = Libc.readdir(directory);
            if (found == null)
            {
                outcome = Libc.Errno == 0 ? AWS_OP_SUCCESS : Errors.TranslateAndRaiseIoError(Libc.Errno);
                break;
            }

            ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(found->d_name);
            if (name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
                continue;

            aws_string* entryPath = Join(allocator, path, name);
            outcome = Visit(allocator, entryPath, recursive, visit, userData);
            AwsString.Destroy(entryPath);
        }

        Libc.closedir(directory);
        return outcome;
    }

    private static int Visit(
        aws_allocator* allocator, aws_string* path, bool recursive, aws_on_directory_entry visit, void* userData)
    {
        // It may have gone since the directory was read.
        Libc.statx_t status;
        if (Libc.lstat(path->bytes, &status) != 0)
            return AWS_OP_SUCCESS;

        aws_directory_entry entry = default;
        entry.relative_path = AwsString.ToCursor(path);
        entry.file_type = TypeOf(status.stx_mode);
        if (entry.file_type == (int)AWS_FILE_TYPE_FILE)
            entry.file_size = (long)status.stx_size;

        int outcome = AWS_OP_SUCCESS;
        if (recursive && entry.file_type == (int)AWS_FILE_TYPE_DIRECTORY)
        {
            outcome = Run(allocator, path, true, visit, userData);
            if (outcome != AWS_OP_SUCCESS && Errors.LastError() == AWS_ERROR_OPERATION_INTERUPTED)
                return outcome;
        }

        // A link that leads nowhere has no such path.
        byte* resolved = Libc.realpath(path->bytes);
        if (resolved != null)
            entry.path = new aws_byte_cursor { ptr = resolved, len = ByteArray.Length(resolved) };

        if (!visit(&entry, userData))
            outcome = Errors.Raise(AWS_ERROR_OPERATION_INTERUPTED);

        Libc.free(resolved);
        return outcome;
    }

    private static int TypeOf(ushort mode) => (mode & Libc.S_IFMT) switch
    {
        Libc.S_IFDIR => (int)AWS_FILE_TYPE_DIRECTORY,
        Libc.S_IFLNK => (int)AWS_FILE_TYPE_SYM_LINK,
        Libc.S_IFREG => (int)AWS_FILE_TYPE_FILE,
        _ => 0,
    };

    private static aws_string* Join(aws_allocator* allocator, aws_string* directory, ReadOnlySpan<byte> name)
    {
        nuint length = directory->len;
        if (length > 0 && directory->bytes[length - 1] == '/')
            length--;

        aws_byte_buf path;
        ByteBuf.Init(&path, allocator, length + 1 + (nuint)name.Length);
        ByteBuf.Write(&path, directory->bytes, length);
        ByteBuf.WriteU8(&path, (byte)'/');
        fixed (byte* start = name)
            ByteBuf.Write(&path, start, (nuint)name.Length);

        aws_string* joined = AwsString.NewFromBuf(allocator, &path);
        ByteBuf.CleanUp(&path);
        return joined;
    }
}
