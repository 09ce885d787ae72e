// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Files = Reseau.Native.Platform.Files;

namespace Reseau.Native.Simulations;

/// <summary>A file that a simulation writes, through a buffer. Zero: there is none.</summary>
internal unsafe struct SimulationFile
{
    private const nuint Capacity = 256 * 1024;
    private const uint Permissions = 0x1b6; // 0666, of which the process leaves what it leaves

    private nint _file;
    private byte* _buffer;
    private nuint _filled;
    private bool _hasFailed;

    internal readonly bool IsOpen => _buffer != null;

    /// <summary>In place of a file that has the path. False if it cannot be written.</summary>
    internal static bool TryOpen(SimulationFile* file, byte* path)
    {
        nint handle = Files.OpenRegular(
            path, Files.OpenMode.Write | Files.OpenMode.Create | Files.OpenMode.Truncate, Permissions);
        if (handle < 0)
            return false;

        *file = default;
        file->_file = handle;
        file->_buffer = (byte*)Allocator.Acquire(Allocator.Default(), Capacity);
        return true;
    }

    /// <summary>
    /// Room for so many bytes, far fewer than the buffer has; <see cref="Add"/> says how many were used.
    /// </summary>
    internal static byte* RoomFor(SimulationFile* file, nuint bytes)
    {
        if (Capacity - file->_filled < bytes)
            Flush(file);
        return file->_buffer + file->_filled;
    }

    internal static void Add(SimulationFile* file, nuint bytes) => file->_filled += bytes;

    /// <summary>False if not everything could be written. One that is not open is no failure.</summary>
    internal static bool TryClose(SimulationFile* file)
    {
        if (!file->IsOpen)
            return true;

        Flush(file);
        Files.Close(file->_file);
        Allocator.Release(Allocator.Default(), file->_buffer);
        bool hasFailed = file->_hasFailed;
        *file = default;
        return !hasFailed;
    }

    private static void Flush(SimulationFile* file)
    {
        nuint done = 0;
        while (done < file->_filled && !file->_hasFailed)
        {
            nint count = Files.Write(file->_file, file->_buffer + done, file->_filled - done);
            file->_hasFailed = count <= 0;
            done += count > 0 ? (nuint)count : 0;
        }

        file->_filled = 0;
    }
}
