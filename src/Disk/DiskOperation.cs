// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Platform;
using Files = Reseau.Native.Platform.Files;

namespace Reseau.Native.Disk;

/// <summary>What an operation does.</summary>
internal enum DiskWork : byte
{
    Open,
    Read,
    Write,
    Sync,
    Truncate,
    Info,
    Load,
    Store,
    Close,
}

/// <summary>
/// One thing to be done with a file, by a thread of <see cref="DiskThreads"/>: waiting, under way, finished, reported.
/// It belongs to its file, in which list it is then, or to the thread that does it. Rules 181 to 188 of
/// docs/lifetimes.md.
/// </summary>
internal unsafe struct DiskOperation
{
    internal DiskOperation* Next;
    internal DiskFile* File;
    internal DiskWork Work;

    /// <summary>The program's: where to read to, what to write; after a load the heap's.</summary>
    internal void* Data;
    internal nuint Size;

    /// <summary>Where in the file; the length that it gets.</summary>
    internal ulong Offset;
    internal int Flags;
    internal uint Mode;

    /// <summary>Behind the operation, in its block; or NULL.</summary>
    internal byte* Path;

    /// <summary>A reseau_file_done_fn, or of a load a reseau_file_loaded_fn.</summary>
    internal void* Done;
    internal void* State;
    internal long Result;

    /// <summary>With a copy of a path, if one is given.</summary>
    internal static DiskOperation* New(DiskWork work, byte* path, void* done, void* state)
    {
        nuint length = 0;
        while (path != null && path[length] != 0)
            length++;
        DiskOperation* operation =
            (DiskOperation*)Allocator.Acquire(Allocator.Default(), (nuint)sizeof(DiskOperation) + length + 1);
        *operation = new DiskOperation { Work = work, Done = done, State = state };
        if (path == null)
            return operation;

        operation->Path = (byte*)(operation + 1);
        NativeMemory.Copy(path, operation->Path, length + 1);
        return operation;
    }

    internal static void Free(DiskOperation* operation) => Allocator.Release(Allocator.Default(), operation);

    /// <summary>
    /// Does it; on a thread that may block. The handle is the file's, or, after an open, what it gets.
    /// </summary>
    internal static void Perform(DiskOperation* operation, ref nint handle)
    {
        switch (operation->Work)
        {
            case DiskWork.Open:
                nint opened = DiskCalls.Open(operation->Path, operation->Flags, operation->Mode, out int error);
                operation->Result = error;
                if (error == 0)
                    handle = opened;
                break;
            case DiskWork.Load:
                void* loaded;
                operation->Result = DiskCalls.Load(operation->Path, &loaded, operation->Size);
                operation->Data = loaded;
                break;
            case DiskWork.Store:
                operation->Result =
                    FileReplacement.Store(operation->Path, operation->Data, operation->Size, operation->Mode);
                break;
            case DiskWork.Close:
                Files.Close(handle);
                break;
            default:
                operation->Result = PerformOn(handle, operation);
                break;
        }
    }

    /// <summary>Calls the program, on the loop's thread, and frees the operation.</summary>
    internal static void Report(DiskOperation* operation, long id)
    {
        DiskOperation done = *operation;
        Free(operation);
        if (done.Work == DiskWork.Load)
            ((reseau_file_loaded_fn)done.Done)(id, done.Result < 0 ? null : done.Data, done.Result, done.State);
        else
            ((reseau_file_done_fn)done.Done)(id, done.Result, done.State);
    }

    private static long PerformOn(nint handle, DiskOperation* operation) => operation->Work switch
    {
        DiskWork.Read => DiskCalls.Read(handle, operation->Data, operation->Size, operation->Offset),
        DiskWork.Write => DiskCalls.Write(handle, operation->Data, operation->Size, operation->Offset),
        DiskWork.Sync => DiskCalls.Sync(handle),
        DiskWork.Truncate => DiskCalls.Truncate(handle, operation->Offset),
        _ => DiskCalls.Info(handle, (reseau_file_info*)operation->Data),
    };
}
