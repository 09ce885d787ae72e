// SPDX-License-Identifier: Apache-2.0
using System;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Connections;

/// <summary>
/// The contexts that were asked for last, so that equal options share one, and by that their sessions. Options are
/// equal if what was read of files is: a certificate that was renewed makes another context. Any thread.
/// </summary>
internal unsafe struct TlsContexts
{
    private const int MaxContexts = 32;

    private struct Entry
    {
        internal Entry* Next;
        internal aws_tls_ctx_options Options;
        internal TlsContextExtras Extras;
        internal aws_tls_ctx* Context;
        internal bool IsServer;
    }

    private static nint s_cache;

    private ForkLock _lock;

    // The one that was used last comes first.
    private Entry* _first;
    private int _count;

    private static TlsContexts* Cache
    {
        get
        {
            nint made = Volatile.Read(ref s_cache);
            if (made != 0)
                return (TlsContexts*)made;

            TlsContexts* cache = (TlsContexts*)StaticMemory.Allocate((nuint)sizeof(TlsContexts));
            ForkLock.Init(&cache->_lock);
            return (TlsContexts*)StaticMemory.PublishBlock(ref s_cache, cache);
        }
    }

    /// <summary>
    /// A reference for the caller; NULL with the error raised. Options and extras stay the caller's. What has several
    /// certificates, or a key that somebody else holds, is made again each time.
    /// </summary>
    internal static aws_tls_ctx* Get(aws_tls_ctx_options* options, TlsContextExtras* extras, bool isServer)
    {
        if (extras->OtherCount > 0 || options->custom_key_op_handler != null)
            return MakeContext(options, extras, isServer);

        TlsContexts* cache = Cache;
        ForkLock.Enter(&cache->_lock);
        if (ForkLock.WasInterrupted(&cache->_lock))
            cache->_first = null;
        Entry* found = Take(cache, options, extras, isServer);
        if (found == null)
            found = Make(options, extras, isServer);
        aws_tls_ctx* context = found == null ? null : TlsContext.Acquire(found->Context);
        Entry* dropped = found == null ? null : Put(cache, found);
        ForkLock.Exit(&cache->_lock);
        Free(dropped);
        return context;
    }

    private static Entry* Take(
        TlsContexts* cache, aws_tls_ctx_options* options, TlsContextExtras* extras, bool isServer)
    {
        for (Entry** link = &cache->_first; *link != null; link = &(*link)->Next)
        {
            Entry* entry = *link;
            if (entry->IsServer != isServer || !AreEqual(&entry->Options, options) ||
                !TlsContextExtras.AreEqual(&entry->Extras, extras))
            {
                continue;
            }

            *link = entry->Next;
            cache->_count--;
            return entry;
        }

        return null;
    }

    // Returns what has no room any more.
    private static Entry* Put(TlsContexts* cache, Entry* entry)
    {
        entry->Next = cache->_first;
        cache->_first = entry;
        if (++cache->_count <= MaxContexts)
            return null;

        Entry** last = &cache->_first;
        while ((*last)->Next != null)
            last = &(*last)->Next;
        Entry* dropped = *last;
        *last = null;
        cache->_count--;
        return dropped;
    }

    private static aws_tls_ctx* MakeContext(
        aws_tls_ctx_options* options, TlsContextExtras* extras, bool isServer) =>
        isServer
            ? TlsContext.NewServer(Allocator.Default(), options, extras)
            : TlsContext.NewClient(Allocator.Default(), options, extras);

    private static Entry* Make(aws_tls_ctx_options* options, TlsContextExtras* extras, bool isServer)
    {
        aws_allocator* allocator = Allocator.Default();
        aws_tls_ctx* context = MakeContext(options, extras, isServer);
        if (context == null)
            return null;

        Entry* entry = Allocator.New<Entry>(allocator);
        entry->Context = context;
        entry->IsServer = isServer;
        entry->Options = Copy(options);
        entry->Extras = TlsContextExtras.Copy(extras);
        return entry;
    }

    // NULL is allowed.
    private static void Free(Entry* entry)
    {
        if (entry == null)
            return;

        TlsContext.Release(entry->Context);
        TlsContextOptions.CleanUp(&entry->Options);
        TlsContextExtras.CleanUp(&entry->Extras);
        Allocator.Release(Allocator.Default(), entry);
    }

    private static aws_tls_ctx_options Copy(aws_tls_ctx_options* options)
    {
        aws_allocator* allocator = Allocator.Default();
        aws_tls_ctx_options copy = *options;
        copy.ca_file = Copy(&options->ca_file);
        copy.certificate = Copy(&options->certificate);
        copy.private_key = Copy(&options->private_key);
        copy.ca_path = options->ca_path == null ? null : AwsString.NewFromString(allocator, options->ca_path);
        copy.alpn_list = options->alpn_list == null ? null : AwsString.NewFromString(allocator, options->alpn_list);
        return copy;
    }

    private static aws_byte_buf Copy(aws_byte_buf* text)
    {
        aws_byte_buf copy = default;
        if (TlsContextOptions.IsSet(text))
            ByteBuf.InitCopyFromCursor(&copy, Allocator.Default(), ByteCursor.FromBuf(text));
        return copy;
    }

    private static bool AreEqual(aws_tls_ctx_options* a, aws_tls_ctx_options* b) =>
        a->minimum_tls_version == b->minimum_tls_version && a->verify_peer == b->verify_peer &&
        AreEqual(&a->ca_file, &b->ca_file) && AreEqual(&a->certificate, &b->certificate) &&
        AreEqual(&a->private_key, &b->private_key) && AreEqual(a->ca_path, b->ca_path) &&
        AreEqual(a->alpn_list, b->alpn_list);

    private static bool AreEqual(aws_byte_buf* a, aws_byte_buf* b) =>
        new ReadOnlySpan<byte>(a->buffer, (int)a->len).SequenceEqual(new ReadOnlySpan<byte>(b->buffer, (int)b->len));

    private static bool AreEqual(aws_string* a, aws_string* b) =>
        a == null || b == null ? a == b : AwsString.Eq(a, b);
}
