// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// What is trusted when a program names nothing. Parsing it takes milliseconds, so it is done once for all contexts,
/// and again only when its file is another or has changed. What a store is only the engine knows. Any thread.
/// </summary>
internal static unsafe class SystemTrust
{
    /// <summary>
    /// What an engine does with stores. Load returns one, with a reference, or NULL with the last error set.
    /// </summary>
    internal struct Stores
    {
        internal delegate*<TrustLocations, void*> Load;
        internal delegate*<void*, void> Acquire;
        internal delegate*<void*, void> Release;
    }

    /// <summary>A store and what it was made from. Never changed, so a fork finds it whole.</summary>
    private struct Entry
    {
        internal void* Store;
        internal Stores Stores;
        internal aws_string* File;
        internal aws_string* Directories;
        internal Stamp Stamp;
    }

    // Held for a few instructions: files are read, and the program's logger is called, without it.
    private static nint s_lock;
    private static Entry* s_entry;

    /// <summary>The store, with a reference for the caller. NULL with the last error set.</summary>
    internal static void* Store(Stores stores)
    {
        TrustLocations locations = TrustLocations.OfSystem();
        if (locations.AreNone)
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

        store = stores.Load(locations);
        if (store != null)
            Remember(store, stores, locations, stamp);
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
            entry->Stores.Acquire(store);
        }

        ForkLock.Exit(Lock);
        return store;
    }

    // Contexts that hold the old store keep it.
    private static void Remember(void* store, Stores stores, TrustLocations locations, Stamp stamp)
    {
        Entry* entry = Allocator.New<Entry>(DefaultAllocator.Instance);
        stores.Acquire(store);
        entry->Store = store;
        entry->Stores = stores;
        entry->File = Copy(locations.File);
        entry->Directories = Copy(locations.Directories);
        entry->Stamp = stamp;

        ForkLock.Enter(Lock);
        Entry* old = s_entry;
        s_entry = entry;
        ForkLock.Exit(Lock);
        if (old == null)
            return;

        old->Stores.Release(old->Store);
        AwsString.Destroy(old->File);
        AwsString.Destroy(old->Directories);
        Allocator.Release(DefaultAllocator.Instance, old);
    }

    private static bool IsSame(aws_string* known, byte* path) =>
        known == null || path == null ? known == null && path == null : AwsString.EqCStr(known, path);

    private static aws_string* Copy(byte* path) =>
        path == null ? null : AwsString.NewFromCStr(DefaultAllocator.Instance, path);

    private static ForkLock* Lock => ForkLock.OfProcess(ref s_lock);

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
