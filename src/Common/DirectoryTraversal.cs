// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Common;

/// <summary>
/// Walks through a directory, and if asked through those below it, what lies inside before the directory itself.
/// Symbolic links are visited, not followed. The open directories stand in a list, for whoever makes a tree deep
/// should not decide about the caller's stack.
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

        Walk walk = new() { Allocator = allocator, IsRecursive = recursive, OnEntry = visit, UserData = userData };
        ArrayList.InitDynamic(&walk.Levels, allocator, 0, (nuint)sizeof(Level));
        int outcome = Enter(&walk, AwsString.NewFromString(allocator, path));
        while (walk.Levels.length > 0)
        {
            Level* level = (Level*)walk.Levels.data + walk.Levels.length - 1;
            Libc.dirent* found = outcome == AWS_OP_SUCCESS ? Read(level, &outcome) : null;
            outcome = found != null ? Meet(&walk, level->Path, found) : Leave(&walk, outcome);
        }

        ArrayList.CleanUp(&walk.Levels);
        return outcome;
    }

    /// <summary>Takes the path over.</summary>
    private static int Enter(Walk* walk, aws_string* path)
    {
        Level level = new() { Path = path, Directory = Libc.opendir(path->bytes) };
        if (level.Directory != null)
            return ArrayList.PushBack(&walk->Levels, &level);

        int error = Libc.Errno;
        AwsString.Destroy(path);
        return Errors.TranslateAndRaiseIoError(error);
    }

    private static Libc.dirent* Read(Level* level, int* outcome)
    {
        // The end and a failure look alike but for errno, which a visit may have left behind.
        Libc.Errno = 0;
        Libc.dirent* found = Libc.readdir(level->Directory);
        if (found == null && Libc.Errno != 0)
            *outcome = Errors.TranslateAndRaiseIoError(Libc.Errno);
        return found;
    }

    private static int Meet(Walk* walk, aws_string* directory, Libc.dirent* found)
    {
        ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(found->d_name);
        if (name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
            return AWS_OP_SUCCESS;

        aws_string* path = Join(walk->Allocator, directory, name);
        int outcome = AWS_OP_SUCCESS;

        // It may have gone since the directory was read.
        Libc.statx_t status;
        if (Libc.lstat(path->bytes, &status) == 0)
        {
            int type = TypeOf(status.stx_mode);
            if (walk->IsRecursive && type == (int)AWS_FILE_TYPE_DIRECTORY)
            {
                outcome = Enter(walk, AwsString.NewFromString(walk->Allocator, path));
                if (outcome != AWS_OP_SUCCESS && !Visit(walk, path, type, 0))
                    outcome = Errors.Raise(AWS_ERROR_OPERATION_INTERUPTED);
            }
            else if (!Visit(walk, path, type, (long)status.stx_size))
            {
                outcome = Errors.Raise(AWS_ERROR_OPERATION_INTERUPTED);
            }
        }

        AwsString.Destroy(path);
        return outcome;
    }

    /// <summary>A directory within is visited when its entries have been, also after an error.</summary>
    private static int Leave(Walk* walk, int outcome)
    {
        Level level = ((Level*)walk->Levels.data)[walk->Levels.length - 1];
        ArrayList.PopBack(&walk->Levels);
        Libc.closedir(level.Directory);
        bool isInterrupted = outcome != AWS_OP_SUCCESS && Errors.LastError() == AWS_ERROR_OPERATION_INTERUPTED;
        if (walk->Levels.length > 0 && !isInterrupted && !Visit(walk, level.Path, (int)AWS_FILE_TYPE_DIRECTORY, 0))
            outcome = Errors.Raise(AWS_ERROR_OPERATION_INTERUPTED);

        AwsString.Destroy(level.Path);
        return outcome;
    }

    private static bool Visit(Walk* walk, aws_string* path, int type, long size)
    {
        aws_directory_entry entry = default;
        entry.relative_path = AwsString.ToCursor(path);
        entry.file_type = type;
        if (type == (int)AWS_FILE_TYPE_FILE)
            entry.file_size = size;

        // A link that leads nowhere has no such path.
        byte* resolved = Libc.realpath(path->bytes);
        if (resolved != null)
            entry.path = new aws_byte_cursor { ptr = resolved, len = ByteArray.Length(resolved) };

        bool shouldContinue = walk->OnEntry(&entry, walk->UserData);
        Libc.free(resolved);
        return shouldContinue;
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

    private struct Walk
    {
        internal aws_allocator* Allocator;
        internal bool IsRecursive;
        internal aws_on_directory_entry OnEntry;
        internal void* UserData;

        /// <summary>Of <see cref="Level"/>, each within the one before it.</summary>
        internal aws_array_list Levels;
    }

    private struct Level
    {
        internal aws_string* Path;
        internal void* Directory;
    }
}
