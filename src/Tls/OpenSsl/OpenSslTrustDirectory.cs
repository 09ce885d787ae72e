// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// Directories of trusted certificates, separated as lists of paths are. Their files are named by the hash of the
/// subject and a number, as "openssl rehash" names them, and read while handshakes go on: only those that a chain asks
/// for.
/// </summary>
internal static unsafe class OpenSslTrustDirectory
{
    private const int HashLength = 8;

    /// <summary>Adds certificates to the store until there is one; false only if OpenSSL has no memory.</summary>
    internal static bool TryAddAny(void* store, byte* directories, out nuint count)
    {
        count = 0;
        bool hasMemory = true;
        aws_byte_cursor rest = ByteCursor.FromCStr(directories);
        while (hasMemory && count == 0 && TrustLocations.TryTakeDirectory(ref rest, out aws_byte_cursor directory))
        {
            aws_string* path = AwsString.NewFromCursor(DefaultAllocator.Instance, &directory);
            void* listing = Platform.Directories.Open(path->bytes);
            AwsString.Destroy(path);
            if (listing == null)
                continue;

            byte* entry;
            while (hasMemory && count == 0 && (entry = Platform.Directories.Read(listing, out _)) != null)
            {
                ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry);
                if (IsHashed(name))
                    hasMemory = TryAddFile(store, directory, name, out count, out _);
            }

            Platform.Directories.Close(listing);
        }

        return hasMemory;
    }

    /// <summary>
    /// Adds the certificates of the files with that hash to the store. False only if OpenSSL has no memory.
    /// </summary>
    internal static bool TryAddHashed(void* store, aws_string* directories, uint hash)
    {
        aws_byte_cursor rest = AwsString.ToCursor(directories);
        while (TrustLocations.TryTakeDirectory(ref rest, out aws_byte_cursor directory))
        {
            if (!TryAddHashed(store, directory, hash))
                return false;
        }

        return true;
    }

    // The files of one hash are numbered from 0. False if OpenSSL has no memory.
    private static bool TryAddHashed(void* store, aws_byte_cursor directory, uint hash)
    {
        Span<byte> name = stackalloc byte[32];
        hash.TryFormat(name, out _, "x8");
        name[HashLength] = (byte)'.';
        bool exists = true;
        for (uint number = 0; exists; number++)
        {
            number.TryFormat(name[(HashLength + 1)..], out int digits);
            if (!TryAddFile(store, directory, name[..(HashLength + 1 + digits)], out _, out exists))
                return false;
        }

        return true;
    }

    private static bool TryAddFile(
        void* store, aws_byte_cursor directory, ReadOnlySpan<byte> name, out nuint count, out bool exists)
    {
        aws_byte_buf path;
        ByteBuf.Init(&path, DefaultAllocator.Instance, directory.len + (nuint)name.Length + 2);
        ByteBuf.WriteFromWholeCursor(&path, directory);
        ByteBuf.WriteU8(&path, (byte)'/');
        fixed (byte* start = name)
            ByteBuf.Write(&path, start, (nuint)name.Length);
        ByteBuf.WriteU8(&path, 0);

        count = 0;
        exists = Platform.Files.StatusOf(path.buffer, out _) == 0;
        bool hasMemory = !exists || TrustFile.TryAddTo(store, path.buffer, &OpenSslTrust.Add, out count);
        ByteBuf.CleanUp(&path);
        return hasMemory;
    }

    private static bool IsHashed(ReadOnlySpan<byte> name)
    {
        if (name.Length < HashLength + 2 || name[HashLength] != '.')
            return false;
        foreach (byte digit in name[..HashLength])
        {
            if (!char.IsAsciiHexDigitLower((char)digit))
                return false;
        }

        return name[(HashLength + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }
}
