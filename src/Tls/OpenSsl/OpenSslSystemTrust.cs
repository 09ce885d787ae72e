// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// What is trusted when a program names nothing. Parsing it takes milliseconds, so it is done once for all contexts,
/// and again only when its file is another or has changed. Any thread.
/// </summary>
internal static unsafe class OpenSslSystemTrust
{
    /// <summary>A store and what it was made from. Never changed, so a fork finds it whole.</summary>
    private struct Entry
    {
        internal void* Store;
        internal aws_string* File;
        internal aws_string* Directories;
        internal Stamp Stamp;
    }

    // Held for a few instructions: files are read, and the program's logger is called, without it.
    private static nint s_lock;
    private static Entry* s_entry;

    /// <summary>The store, with a reference for the caller. NULL with the last error set.</summary>
    internal static void* Store()
    {
        TrustLocations locations = TrustLocations.OfSystem();
        if (locations.File == null && locations.Directories == null)
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"static: this system has no trust store where they are usually kept; install CA certificates or " +
                $"name some in the options");
            return Errors.RaiseNull(AWS_IO_TLS_ERROR_DEFAULT_TRUST_STORE_NOT_FOUND);
        }

        Stamp stamp = Stamp.Of(locations.File);
        void* store = Known(locations, stamp);
        if (store != null)
            return store;

        store = Load(locations);
        if (store != null)
            Remember(store, locations, stamp);
        return store;
    }

    private static void* Known(TrustLocations locations, Stamp stamp)
    {
        void* store = null;
        ForkLock.Enter(Lock);
        Entry* entry = s_entry;
        if (entry != null && stamp.Equals(entry->Stamp) &&
            IsSame(entry->File, locations.File) && IsSame(entry->Directories, locations.Directories))
        {
            store = entry->Store;
            LibCrypto.X509_STORE_up_ref(store);
        }

        ForkLock.Exit(Lock);
        return store;
    }

    // Contexts that hold the old store keep it.
    private static void Remember(void* store, TrustLocations locations, Stamp stamp)
    {
        Entry* entry = Allocator.New<Entry>(DefaultAllocator.Instance);
        LibCrypto.X509_STORE_up_ref(store);
        entry->Store = store;
        entry->File = Copy(locations.File);
        entry->Directories = Copy(locations.Directories);
        entry->Stamp = stamp;

        ForkLock.Enter(Lock);
        Entry* old = s_entry;
        s_entry = entry;
        ForkLock.Exit(Lock);
        if (old == null)
            return;

        LibCrypto.X509_STORE_free(old->Store);
        AwsString.Destroy(old->File);
        AwsString.Destroy(old->Directories);
        Allocator.Release(DefaultAllocator.Instance, old);
    }

    private static void* Load(TrustLocations locations)
    {
        byte* file = locations.File;
        byte* directories = locations.Directories;
        void* store = LibCrypto.X509_STORE_new();
        nuint count = 0;
        bool isLoaded = store != null &&
            (file == null || OpenSslTrustFile.TryAddTo(store, file, out count)) &&
            (directories == null || OpenSslTrustDirectory.AddTo(store, directories)) &&
            (directories == null || count > 0 || OpenSslTrustDirectory.TryAddAny(store, directories, out count));
        if (isLoaded && count > 0)
        {
            Log.Write(
                AWS_LL_DEBUG,
                AWS_LS_IO_TLS,
                $"static: trust store made of file {file} and directory {directories}");
            return store;
        }

        LibCrypto.X509_STORE_free(store);
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_TLS,
            $"static: no certificate to trust: neither file {file} nor directory {directories} holds one that can " +
            $"be used");
        OpenSslErrors.RaiseContextError("the system's trust store cannot be used"u8);
        return null;
    }

    private static bool IsSame(aws_string* known, byte* path) =>
        known == null || path == null ? known == null && path == null : AwsString.EqCStr(known, path);

    private static aws_string* Copy(byte* path) =>
        path == null ? null : AwsString.NewFromCStr(DefaultAllocator.Instance, path);

    private static ForkLock* Lock
    {
        get
        {
            nint made = Volatile.Read(ref s_lock);
            return made != 0 ? (ForkLock*)made : NewLock();
        }
    }

    private static ForkLock* NewLock()
    {
        ForkLock* made = (ForkLock*)StaticMemory.Allocate((nuint)sizeof(ForkLock));
        ForkLock.Init(made);
        return (ForkLock*)StaticMemory.PublishBlock(ref s_lock, made);
    }

    /// <summary>What changes when a file does.</summary>
    private struct Stamp
    {
        private ulong _node;
        private long _size;
        private long _seconds;
        private uint _nanoseconds;

        internal static Stamp Of(byte* path)
        {
            if (path == null || Platform.Files.StatusOf(path, out Platform.Files.Status status) != 0)
                return default;
            return new Stamp
            {
                _node = status.Node,
                _size = status.Size,
                _seconds = status.ModifiedSeconds,
                _nanoseconds = status.ModifiedNanoseconds,
            };
        }

        internal readonly bool Equals(Stamp other) =>
            _node == other._node && _size == other._size &&
            _seconds == other._seconds && _nanoseconds == other._nanoseconds;
    }
}
