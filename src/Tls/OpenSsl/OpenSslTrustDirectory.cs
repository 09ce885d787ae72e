// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
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

    private static nint s_method;

    /// <summary>Has the store look there. False if OpenSSL has no memory.</summary>
    internal static bool AddTo(void* store, byte* directories)
    {
        void* method = Method();
        void* lookup = method == null ? null : LibCrypto.X509_STORE_add_lookup(store, method);
        if (lookup == null)
            return false;

        aws_string* copy = AwsString.NewFromCStr(DefaultAllocator.Instance, directories);
        if (LibCrypto.X509_LOOKUP_set_method_data(lookup, copy) == 1)
            return true;
        AwsString.Destroy(copy);
        return false;
    }

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

    /// <summary>X509_LOOKUP_get_by_subject_fn.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int OnSubjectWanted(void* lookup, int type, void* subject, void* found)
    {
        int isHashed;
        ulong hash = LibCrypto.X509_NAME_hash_ex(subject, null, null, &isHashed);
        if (type != LibCrypto.X509_LU_X509 || isHashed != 1)
            return 0;

        void* store = LibCrypto.X509_LOOKUP_get_store(lookup);
        aws_byte_cursor rest = AwsString.ToCursor((aws_string*)LibCrypto.X509_LOOKUP_get_method_data(lookup));
        while (TrustLocations.TryTakeDirectory(ref rest, out aws_byte_cursor directory))
        {
            if (!TryAddHashed(store, directory, (uint)hash))
                return -1;
        }

        return Find(store, subject, found);
    }

    /// <summary>The store is going away, and its look-ups with it.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void OnLookupFreed(void* lookup) =>
        AwsString.Destroy((aws_string*)LibCrypto.X509_LOOKUP_get_method_data(lookup));

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

    // OpenSSL adds a reference to what it is given here, as if there had been none: the store's is left.
    private static int Find(void* store, void* subject, void* found)
    {
        LibCrypto.X509_STORE_lock(store);
        void* item = LibCrypto.X509_OBJECT_retrieve_by_subject(
            LibCrypto.X509_STORE_get0_objects(store), LibCrypto.X509_LU_X509, subject);
        void* certificate = item == null ? null : LibCrypto.X509_OBJECT_get0_X509(item);
        bool isFound = certificate != null && LibCrypto.X509_OBJECT_set1_X509(found, certificate) == 1;
        if (isFound)
            LibCrypto.X509_free(certificate);
        LibCrypto.X509_STORE_unlock(store);
        return isFound ? 1 : 0;
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

    private static void* Method()
    {
        if (s_method != 0)
            return (void*)s_method;

        void* method = LibCrypto.X509_LOOKUP_meth_new(Literal.Of("hashed directory"u8));
        if (method == null)
            return null;
        LibCrypto.X509_LOOKUP_meth_set_get_by_subject(method, OpenSslCallbacks.Table->SubjectWanted);
        LibCrypto.X509_LOOKUP_meth_set_free(method, OpenSslCallbacks.Table->LookupFreed);
        nint first = Interlocked.CompareExchange(ref s_method, (nint)method, 0);
        if (first == 0)
            return method;
        LibCrypto.X509_LOOKUP_meth_free(method);
        return (void*)first;
    }
}
