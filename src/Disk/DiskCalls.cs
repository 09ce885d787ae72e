// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Platform;
using Files = Reseau.Native.Platform.Files;

namespace Reseau.Native.Disk;

/// <summary>
/// The work itself, which blocks, on whichever thread that is. Results are numbers of bytes, or errors of reseau_error.
/// </summary>
internal static unsafe class DiskCalls
{
    // Less than what the systems take by one call.
    private const nuint MaxPiece = 1024 * 1024 * 1024;

    private const nuint FirstRoom = 4096;

    /// <summary>The handle, or an error.</summary>
    internal static nint Open(byte* path, int flags, uint mode, out int error)
    {
        const uint everybody = 0x1B6;
        nint handle = Files.OpenRegular(path, (Files.OpenMode)flags, mode == 0 ? everybody : mode);
        error = handle < 0 ? DiskErrors.OfOpen(handle) : 0;
        return handle;
    }

    internal static long Read(nint handle, void* buffer, nuint size, ulong offset)
    {
        nuint read = 0;
        while (read < size)
        {
            nuint wanted = nuint.Min(size - read, MaxPiece);
            nint count = Files.ReadAt(handle, (byte*)buffer + read, wanted, (long)(offset + read));
            if (count < 0)
                return DiskErrors.From(OsErrors.Last);
            if (count == 0)
                break;
            read += (nuint)count;
        }

        return (long)read;
    }

    internal static long Write(nint handle, void* data, nuint size, ulong offset)
    {
        nuint written = 0;
        while (written < size)
        {
            nuint wanted = nuint.Min(size - written, MaxPiece);
            nint count = Files.WriteAt(handle, (byte*)data + written, wanted, (long)(offset + written));
            if (count < 0)
                return DiskErrors.From(OsErrors.Last);
            if (count == 0)
                return RESEAU_ERROR_FILE;
            written += (nuint)count;
        }

        return (long)size;
    }

    internal static int Sync(nint handle) => DiskErrors.From(Files.Sync(handle));

    internal static int Truncate(nint handle, ulong length) => DiskErrors.From(Files.SetLength(handle, (long)length));

    internal static int Info(nint handle, reseau_file_info* info)
    {
        int error = Files.StatusOf(handle, out Files.Status status);
        return Describe(error, in status, info);
    }

    internal static int InfoOf(byte* path, reseau_file_info* info)
    {
        int error = Files.StatusOf(path, out Files.Status status);
        return Describe(error, in status, info);
    }

    /// <summary>The whole file, and a NUL behind it, in memory of the heap's.</summary>
    internal static long Load(byte* path, void** data, nuint limit)
    {
        *data = null;
        nint handle = Open(path, RESEAU_FILE_READ, 0, out int error);
        if (error != 0)
            return error;

        byte* block = null;
        long result = Load(handle, &block, limit);
        Files.Close(handle);
        if (result < 0)
            Heap.Free(block);
        else
            *data = block;
        return result;
    }

    // The size that the system says is where to begin: some files have none and yet have content, others grow. Room for
    // one byte more, the NUL's, shows that there is no more.
    private static long Load(nint handle, byte** block, nuint limit)
    {
        int error = Files.StatusOf(handle, out Files.Status status);
        if (error != 0)
            return DiskErrors.From(error);

        nuint room = nuint.Max((nuint)status.Size, FirstRoom);
        if ((nuint)status.Size > limit)
            return RESEAU_ERROR_TOO_LARGE;
        nuint length = 0;
        while (true)
        {
            byte* larger = (byte*)Heap.Reallocate(*block, room + 1);
            if (larger == null)
                return RESEAU_ERROR_NO_MEMORY;
            *block = larger;
            long read = Read(handle, larger + length, room + 1 - length, length);
            if (read < 0)
                return read;
            length += (nuint)read;
            if (length > limit)
                return RESEAU_ERROR_TOO_LARGE;
            if (length <= room)
                break;
            room *= 2;
        }

        (*block)[length] = 0;
        return (long)length;
    }

    private static int Describe(int error, in Files.Status status, reseau_file_info* info)
    {
        const long second = 1_000_000_000;
        if (error != 0)
            return DiskErrors.From(error);
        info->length = (ulong)status.Size;
        info->node = status.Node;
        info->modified_ns = (status.ModifiedSeconds * second) + status.ModifiedNanoseconds;
        info->mode = status.Mode;
        info->kind = status.Type switch
        {
            (int)AWS_FILE_TYPE_FILE => RESEAU_FILE_KIND_REGULAR,
            (int)AWS_FILE_TYPE_DIRECTORY => RESEAU_FILE_KIND_FOLDER,
            _ => RESEAU_FILE_KIND_OTHER,
        };
        return 0;
    }
}
