// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Platform;
using Files = Reseau.Native.Platform.Files;

namespace Reseau.Native.Disk;

/// <summary>
/// A file that takes the place of another at once: written beside it under a name of its own, then renamed. Blocks.
/// </summary>
internal static unsafe class FileReplacement
{
    private const int SuffixBytes = 8;
    private const int Attempts = 16;
    private const uint OwnerOnly = 0x180; // 0600

    private static System.ReadOnlySpan<byte> Digits => "0123456789abcdef"u8;

    /// <summary>
    /// Returns the length, or an error; then nothing has changed. Mode 0 is that of the file that is there.
    /// </summary>
    internal static long Store(byte* path, void* data, nuint length, uint mode)
    {
        // Where a link leads is what is replaced.
        int error = Files.StatusOf(path, out Files.Status present);
        bool isThere = error == 0;
        if (isThere && present.Type != (int)AWS_FILE_TYPE_FILE)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        if (!isThere && Files.StatusOfLink(path, out _) == 0)
            return DiskErrors.From(error);
        byte* target = isThere ? Files.Resolve(path) : null;
        uint permissions = mode == 0 && isThere ? present.Mode : mode;
        long result = StoreAt(target == null ? path : target, data, length, permissions, isThere && mode == 0);
        Heap.Free(target);
        return result;
    }

    private static long StoreAt(byte* path, void* data, nuint length, uint permissions, bool areExact)
    {
        nuint pathLength = LengthOf(path);
        byte* temporary = (byte*)Allocator.Acquire(Allocator.Default(), pathLength + (2 * SuffixBytes) + 8);

        // Until it has those of the other, nobody else may open it.
        nint handle = Create(path, pathLength, temporary, areExact ? OwnerOnly : permissions, out long result);
        if (result == 0)
        {
            if (areExact)
                Files.SetMode(temporary, permissions);
            result = Fill(handle, data, length);
            Files.Close(handle);
            if (result == 0)
                result = DiskErrors.From(Files.Rename(temporary, path));
            if (result == 0)
                SyncFolderOf(path, pathLength, temporary);
            else
                Files.Remove(temporary);
        }

        Allocator.Release(Allocator.Default(), temporary);
        return result == 0 ? (long)length : result;
    }

    private static long Fill(nint handle, void* data, nuint length)
    {
        long written = DiskCalls.Write(handle, data, length, 0);
        return written < 0 ? written : DiskCalls.Sync(handle);
    }

    // "path.0123456789abcdef.new", which nobody else has.
    private static nint Create(byte* path, nuint length, byte* temporary, uint permissions, out long error)
    {
        const int flags = RESEAU_FILE_WRITE | RESEAU_FILE_CREATE | RESEAU_FILE_EXCLUSIVE;
        NativeMemory.Copy(path, temporary, length);
        nint handle = -1;
        int openError = RESEAU_ERROR_EXISTS;
        for (int i = 0; i < Attempts && openError == RESEAU_ERROR_EXISTS; i++)
        {
            PutSuffix(temporary + length);
            handle = DiskCalls.Open(temporary, flags, permissions, out openError);
        }

        error = openError;
        return handle;
    }

    private static void PutSuffix(byte* at)
    {
        byte* random = stackalloc byte[SuffixBytes];
        RandomBytes.Fill(random, SuffixBytes);
        *at++ = (byte)'.';
        for (int i = 0; i < SuffixBytes; i++)
        {
            *at++ = Digits[random[i] >> 4];
            *at++ = Digits[random[i] & 15];
        }

        ".new\0"u8.CopyTo(new System.Span<byte>(at, 5));
    }

    // The new name is on the disk, too. A file system that cannot say so has renamed it all the same.
    private static void SyncFolderOf(byte* path, nuint length, byte* buffer)
    {
        nuint end = length;
        while (end > 0 && path[end - 1] != (byte)'/')
            end--;
        NativeMemory.Copy(path, buffer, end);
        buffer[end] = 0;
        Files.SyncFolder(end == 0 ? Literal.Of("."u8) : buffer);
    }

    private static nuint LengthOf(byte* text)
    {
        nuint length = 0;
        while (text[length] != 0)
            length++;
        return length;
    }
}
