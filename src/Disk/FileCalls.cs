// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Connections;
using Reseau.Native.EventLoops;
using Files = Reseau.Native.Platform.Files;

namespace Reseau.Native.Disk;

/// <summary>
/// What programs ask for: checked, and done on this thread or begun. Results are ids, numbers of bytes, or errors of
/// reseau_error.
/// </summary>
internal static unsafe class FileCalls
{
    private const int AllFlags = RESEAU_FILE_READ | RESEAU_FILE_WRITE | RESEAU_FILE_CREATE | RESEAU_FILE_EXCLUSIVE |
        RESEAU_FILE_TRUNCATE;

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long Open(byte* path, int flags, reseau_file_options* given)
    {
        reseau_file_options options = default;
        int error = CheckOpen(path, flags, given, &options);
        if (error == 0 && EventLoop.OfCallersThread != null)
            error = RESEAU_ERROR_WOULD_BLOCK_LOOP;
        LoopObject* home = null;
        if (error == 0)
            error = LoopObject.TryAcquireOfSystem(options.loop, &home);
        if (error != 0)
            return error;

        nint handle = DiskCalls.Open(path, flags, options.mode, out error);
        if (error == 0)
            return DiskFile.Begin(home, &options, handle, null);
        LoopObject.Release(home);
        return error;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long StartOpen(
        byte* path, int flags, reseau_file_options* given, reseau_file_done_fn done, void* state)
    {
        reseau_file_options options = default;
        int error = done == null ? RESEAU_ERROR_INVALID_ARGUMENT : CheckOpen(path, flags, given, &options);
        if (error != 0)
            return error;

        DiskOperation* operation = DiskOperation.New(DiskWork.Open, path, done, state);
        operation->Flags = flags;
        operation->Mode = options.mode;
        return Begin(&options, operation);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long StartLoad(
        byte* path, nuint limit, reseau_file_options* given, reseau_file_loaded_fn done, void* state)
    {
        reseau_file_options options = default;
        if (path == null || done == null || !TryCopy(given, &options))
            return RESEAU_ERROR_INVALID_ARGUMENT;

        DiskOperation* operation = DiskOperation.New(DiskWork.Load, path, done, state);
        operation->Size = limit;
        return Begin(&options, operation);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long Store(byte* path, void* data, nuint length, reseau_file_options* given)
    {
        reseau_file_options options = default;
        if (path == null || !IsGood(data, length) || !TryCopy(given, &options))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        return EventLoop.OfCallersThread != null
            ? RESEAU_ERROR_WOULD_BLOCK_LOOP
            : FileReplacement.Store(path, data, length, options.mode);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long StartStore(
        byte* path, void* data, nuint length, reseau_file_options* given, reseau_file_done_fn done, void* state)
    {
        reseau_file_options options = default;
        if (path == null || done == null || !IsGood(data, length) || !TryCopy(given, &options))
            return RESEAU_ERROR_INVALID_ARGUMENT;

        DiskOperation* operation = DiskOperation.New(DiskWork.Store, path, done, state);
        operation->Data = data;
        operation->Size = length;
        operation->Mode = options.mode;
        return Begin(&options, operation);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long Load(byte* path, void** data, nuint limit)
    {
        if (path == null || data == null)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        *data = null;
        return EventLoop.OfCallersThread != null ? RESEAU_ERROR_WOULD_BLOCK_LOOP : DiskCalls.Load(path, data, limit);
    }

    /// <summary>Does it on this thread.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long Do(long id, DiskWork work, void* data, nuint size, ulong offset)
    {
        if (!IsGood(work, data, size, offset))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        if (EventLoop.OfCallersThread != null)
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;
        DiskFile* file;
        int error = IdTable.TryAcquire(id, IdKind.File, (IdObject**)&file);
        if (error != 0)
            return error;

        nint handle;
        long result = DiskFile.TryEnter(file, &handle);
        if (result == 0)
        {
            DiskOperation operation = new() { Work = work, Data = data, Size = size, Offset = offset };
            DiskOperation.Perform(&operation, ref handle);
            result = operation.Result;
            DiskFile.Exit(file);
        }

        IdTable.Release(&file->Member.Object);
        return result;
    }

    /// <summary>Has it done, if this returns 0.</summary>
    internal static int Start(
        long id, DiskWork work, void* data, nuint size, ulong offset, reseau_file_done_fn done, void* state)
    {
        if (done == null || !IsGood(work, data, size, offset))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        DiskFile* file;
        int error = IdTable.TryAcquire(id, IdKind.File, (IdObject**)&file);
        if (error != 0)
            return error;

        DiskOperation* operation = DiskOperation.New(work, null, done, state);
        operation->Data = data;
        operation->Size = size;
        operation->Offset = offset;
        error = DiskFile.Add(file, operation);
        IdTable.Release(&file->Member.Object);
        return error;
    }

    internal static int InfoOf(byte* path, reseau_file_info* info)
    {
        if (path == null || !IsGood(DiskWork.Info, info, 0, 0))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        return EventLoop.OfCallersThread != null ? RESEAU_ERROR_WOULD_BLOCK_LOOP : DiskCalls.InfoOf(path, info);
    }

    /// <summary>A program that was compiled against an older header knows fewer fields.</summary>
    internal static bool TryCopy(reseau_file_options* given, reseau_file_options* copy)
    {
        if (given == null)
            return true;
        nuint minSize = (nuint)(sizeof(nuint) + sizeof(void*));
        if (given->size < minSize || given->size > (nuint)sizeof(reseau_file_options))
            return false;
        NativeMemory.Copy(given, copy, given->size);
        return copy->loop >= 0 && copy->gather_ms >= 0;
    }

    private static int CheckOpen(byte* path, int flags, reseau_file_options* given, reseau_file_options* options)
    {
        bool writes = (flags & RESEAU_FILE_WRITE) != 0;
        bool isGood = path != null && (flags & ~AllFlags) == 0 &&
            (flags & (RESEAU_FILE_READ | RESEAU_FILE_WRITE)) != 0 &&
            (writes || (flags & RESEAU_FILE_TRUNCATE) == 0) &&
            ((flags & RESEAU_FILE_EXCLUSIVE) == 0 || (flags & RESEAU_FILE_CREATE) != 0);
        return isGood && TryCopy(given, options) ? 0 : RESEAU_ERROR_INVALID_ARGUMENT;
    }

    private static long Begin(reseau_file_options* options, DiskOperation* operation)
    {
        LoopObject* home;
        int error = LoopObject.TryAcquireOfSystem(options->loop, &home);
        if (error == 0)
            return DiskFile.Begin(home, options, -1, operation);
        DiskOperation.Free(operation);
        return error;
    }

    // Offsets of the systems are signed.
    private static bool IsGood(DiskWork work, void* data, nuint size, ulong offset) => work switch
    {
        DiskWork.Read or DiskWork.Write =>
            IsGood(data, size) && offset <= long.MaxValue && size <= (ulong)long.MaxValue - offset,
        DiskWork.Truncate => offset <= long.MaxValue,
        DiskWork.Info => data != null && ((reseau_file_info*)data)->size == (nuint)sizeof(reseau_file_info),
        _ => true,
    };

    private static bool IsGood(void* data, nuint size) => data != null || size == 0;
}
