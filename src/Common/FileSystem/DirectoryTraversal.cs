// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.FileSystem;

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
        Level first = new() { Path = AwsString.NewFromString(allocator, path), Resolved = Resolve(allocator, path) };
        int outcome = Enter(&walk, &first);
        if (outcome != AWS_OP_SUCCESS)
            Free(&first);

        while (walk.Levels.length > 0)
        {
            Level* level = (Level*)walk.Levels.data + walk.Levels.length - 1;
            byte* name = outcome == AWS_OP_SUCCESS ? Read(level, &outcome) : null;
            outcome = name != null ? Meet(&walk, level, name) : Leave(&walk, outcome);
        }

        ArrayList.CleanUp(&walk.Levels);
        return outcome;
    }

    /// <summary>Takes the paths over if it succeeds.</summary>
    private static int Enter(Walk* walk, Level* level)
    {
        level->Directory = Platform.Directories.Open(level->Path->bytes);
        return level->Directory == null
            ? Errors.TranslateAndRaiseIoError(Platform.OsErrors.Last)
            : ArrayList.PushBack(&walk->Levels, level);
    }

    private static void Free(Level* level)
    {
        AwsString.Destroy(level->Path);
        AwsString.Destroy(level->Resolved);
    }

    private static byte* Read(Level* level, int* outcome)
    {
        byte* name = Platform.Directories.Read(level->Directory, out int error);
        if (error != 0)
            *outcome = Errors.TranslateAndRaiseIoError(error);
        return name;
    }

    private static int Meet(Walk* walk, Level* directory, byte* found)
    {
        ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(found);
        if (name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
            return AWS_OP_SUCCESS;

        Level entry = new() { Path = Join(walk->Allocator, directory->Path, name) };
        if (Platform.Files.StatusOfLink(entry.Path->bytes, out Platform.Files.Status status) != 0)
        {
            // It has gone since the directory was read.
            Free(&entry);
            return AWS_OP_SUCCESS;
        }

        int type = status.Type;
        entry.Resolved = type == (int)AWS_FILE_TYPE_SYM_LINK || directory->Resolved == null
            ? Resolve(walk->Allocator, entry.Path)
            : Join(walk->Allocator, directory->Resolved, name);
        bool isDeeper = walk->IsRecursive && type == (int)AWS_FILE_TYPE_DIRECTORY;
        int outcome = isDeeper ? Enter(walk, &entry) : AWS_OP_SUCCESS;
        return isDeeper && outcome == AWS_OP_SUCCESS
            ? AWS_OP_SUCCESS
            : Visit(walk, &entry, type, status.Size, outcome);
    }

    /// <summary>A directory within is visited when its entries have been, also after an error.</summary>
    private static int Leave(Walk* walk, int outcome)
    {
        Level level = ((Level*)walk->Levels.data)[walk->Levels.length - 1];
        ArrayList.PopBack(&walk->Levels);
        Platform.Directories.Close(level.Directory);
        bool isInterrupted = outcome != AWS_OP_SUCCESS && Errors.LastError() == AWS_ERROR_OPERATION_INTERUPTED;
        if (walk->Levels.length > 0 && !isInterrupted)
            return Visit(walk, &level, (int)AWS_FILE_TYPE_DIRECTORY, 0, outcome);

        Free(&level);
        return outcome;
    }

    /// <summary>Frees the entry's paths. The outcome is the one so far, unless the visit ends the walk.</summary>
    private static int Visit(Walk* walk, Level* paths, int type, long size, int outcome)
    {
        aws_directory_entry entry = default;
        entry.path = AwsString.ToCursor(paths->Resolved);
        entry.relative_path = AwsString.ToCursor(paths->Path);
        entry.file_type = type;
        if (type == (int)AWS_FILE_TYPE_FILE)
            entry.file_size = size;

        bool shouldContinue = walk->OnEntry(&entry, walk->UserData);
        Free(paths);
        return shouldContinue ? outcome : Errors.Raise(AWS_ERROR_OPERATION_INTERUPTED);
    }

    /// <summary>NULL for a link that leads nowhere, say.</summary>
    private static aws_string* Resolve(aws_allocator* allocator, aws_string* path)
    {
        byte* resolved = Platform.Files.Resolve(path->bytes);
        aws_string* copy = resolved == null ? null : AwsString.NewFromCStr(allocator, resolved);
        Platform.Heap.Free(resolved);
        return copy;
    }

    private static aws_string* Join(aws_allocator* allocator, aws_string* directory, ReadOnlySpan<byte> name)
    {
        byte separator = Files.GetPlatformDirectorySeparator();
        nuint length = directory->len;
        if (length > 0 && (directory->bytes[length - 1] == '/' || directory->bytes[length - 1] == separator))
            length--;

        aws_byte_buf path;
        ByteBuf.Init(&path, allocator, length + 1 + (nuint)name.Length);
        ByteBuf.Write(&path, directory->bytes, length);
        ByteBuf.WriteU8(&path, separator);
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

    /// <summary>A directory that is open, or an entry that is about to be visited.</summary>
    private struct Level
    {
        internal aws_string* Path;

        /// <summary>Absolute and without links; only links below the first directory have to be looked up.</summary>
        internal aws_string* Resolved;
        internal void* Directory;
    }
}
