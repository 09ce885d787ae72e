// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Connections;

/// <summary>
/// What a program has asked for, checked, with defaults filled in: that of one connection, or of all that a listener
/// accepts. Counted; unchanged once made.
/// </summary>
internal unsafe struct ConnectionSettings
{
    private const int DefaultConnectTimeout = 30_000;
    private const int DefaultAttemptTimeout = 10_000;
    private const int DefaultTlsTimeout = 10_000;
    private const int DefaultCloseTimeout = 10_000;
    private const int DefaultProxyTimeout = 10_000;
    private const int DefaultReadBuffer = 64 * 1024;
    private const int DefaultWriteQueue = 1024 * 1024;
    private const int DefaultBacklog = 511;
    private const uint DefaultPathMode = 0x180; // 0600
    private const uint MaxPathMode = 0x1ff; // 0777
    private const int MillisecondsPerSecond = 1000;
    private const int MaxProbeInterval = 75;
    private const int InterfaceNameSize = 16;

    private ReferenceCount _references;

    /// <summary>
    /// As it was given, without the state, of which each connection has its own. Pointers in it are not to be used but
    /// for the functions.
    /// </summary>
    internal reseau_options Options;

    /// <summary>Where others find them; NULL if nobody does.</summary>
    internal SettingsCache* Cache;

    /// <summary>The loop's object, held; NULL for one of the library's own.</summary>
    internal LoopObject* Loop;

    /// <summary>Held; NULL for plain connections.</summary>
    internal TlsSettings* Tls;
    internal aws_socket_options Socket;

    /// <summary>NULL: none.</summary>
    internal ProxySettings* Proxy;

    /// <summary>A C string; NULL for the system's choice.</summary>
    internal aws_string* SourceAddress;

    /// <summary>Nobody is notified: the program waits in calls.</summary>
    internal readonly bool IsBlocking => Options.on_data == null && Options.on_close == null;

    /// <summary>Threads that write may send by themselves: no callback is to come for it.</summary>
    internal readonly bool SendsDirectly => Options.on_touch == null;

    /// <summary>The same of reading: only calls do that, and nobody is called for the end.</summary>
    internal readonly bool ReceivesDirectly =>
        Options.on_data == null && Options.on_end == null && Options.on_touch == null;

    /// <summary>A listener's connections are the callbacks' as they come.</summary>
    internal readonly bool AcceptsByCallback => Options.on_open != null || Options.on_data != null;

    /// <summary>NULL means all defaults. Returns 0 or an error.</summary>
    internal static int TryMake(reseau_options* given, bool isServer, ConnectionSettings** settings)
    {
        *settings = null;
        reseau_options options = default;
        if (given != null && !TryCopy(given, &options))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        if (!IsInRange(&options))
            return RESEAU_ERROR_INVALID_ARGUMENT;

        if (options.loop == 0)
            options.loop = LoopObject.DefaultId;
        FillDefaults(&options);
        LoopObject* loop = null;
        int error = options.loop == 0 ? 0 : LoopObject.TryAcquire(options.loop, &loop);
        if (error != 0)
            return error;

        SettingsCache* cache = loop == null ? LibraryLoops.Settings : &loop->Settings;
        *settings = SettingsCache.Find(cache, &options);
        if (*settings == null)
            return Make(&options, isServer, loop, cache, settings);
        if (loop != null)
            LoopObject.Release(loop);
        return 0;
    }

    /// <summary>What goes with each connection, as the program has given it.</summary>
    internal static nint StateOf(reseau_options* given) => given == null ? 0 : (nint)given->state;

    // Takes the reference to the loop over, also on failure.
    private static int Make(
        reseau_options* options, bool isServer, LoopObject* loop, SettingsCache* cache, ConnectionSettings** settings)
    {
        ConnectionSettings* made = Allocator.New<ConnectionSettings>(Allocator.Default());
        made->_references = ReferenceCount.One;
        made->Options = *options;
        made->Loop = loop;
        int error = FillSocketOptions(made);
        if (error == 0 && options->tls != null)
            error = TlsSettings.TryMake(options->tls, isServer, &made->Tls);
        if (error == 0 && options->proxy != null && !isServer)
            error = ProxySettings.TryMake(options->proxy, &made->Proxy);
        if (error != 0)
        {
            Release(made);
            return error;
        }

        SettingsCache.Keep(cache, made);
        *settings = made;
        return 0;
    }

    internal static void Acquire(ConnectionSettings* settings) => settings->_references.Acquire();

    /// <summary>Under the lock of the cache. False if they are about to go.</summary>
    internal static bool TryAcquire(ConnectionSettings* settings) => settings->_references.TryAcquire();

    internal static void Release(ConnectionSettings* settings)
    {
        if (!settings->_references.Release())
            return;

        SettingsCache.Leave(settings);
        if (settings->Loop != null)
            LoopObject.Release(settings->Loop);
        TlsSettings.Release(settings->Tls);
        ProxySettings.Free(settings->Proxy);
        AwsString.Destroy(settings->SourceAddress);
        Allocator.Release(Allocator.Default(), settings);
    }

    /// <summary>The loop for the next connection; NULL if the library cannot make its own.</summary>
    internal static aws_event_loop* NextLoop(ConnectionSettings* settings) =>
        settings->Loop != null ? settings->Loop->Object.Loop : LibraryLoops.Next();

    /// <summary>Bytes that an inbox may hold, and a queue.</summary>
    internal static nuint ReadLimit(ConnectionSettings* settings) => settings->Options.read_buffer_bytes;

    internal static nuint WriteLimit(ConnectionSettings* settings) => settings->Options.write_queue_bytes;

    // A program that was compiled against an older header knows fewer fields.
    private static bool TryCopy(reseau_options* given, reseau_options* copy)
    {
        if (given->size < (nuint)(sizeof(nuint) + sizeof(void*)) || given->size > (nuint)sizeof(reseau_options))
            return false;

        NativeMemory.Copy(given, copy, given->size);
        copy->size = 0;
        copy->state = null;
        return true;
    }

    private static bool IsInRange(reseau_options* options) =>
        options->write_policy is >= RESEAU_WRITE_BLOCK and <= RESEAU_WRITE_CLOSE &&
        options->family is 0 or 4 or 6 &&
        options->connect_timeout_ms >= -1 && options->attempt_timeout_ms >= -1 && options->tls_timeout_ms >= -1 &&
        options->idle_timeout_ms >= -1 && options->slow_reader_timeout_ms >= -1 && options->close_timeout_ms >= -1 &&
        options->keep_alive_ms >= -1 && options->user_timeout_ms >= -1 && options->backlog >= 0 &&
        options->names_timeout_ms >= -1 && options->proxy_timeout_ms >= -1 && options->loop >= 0 &&
        options->path_mode <= MaxPathMode;

    private static void FillDefaults(reseau_options* options)
    {
        Default(ref options->connect_timeout_ms, DefaultConnectTimeout);
        Default(ref options->attempt_timeout_ms, DefaultAttemptTimeout);
        Default(ref options->tls_timeout_ms, DefaultTlsTimeout);
        Default(ref options->close_timeout_ms, DefaultCloseTimeout);
        Default(ref options->proxy_timeout_ms, DefaultProxyTimeout);
        Default(ref options->idle_timeout_ms, -1);
        Default(ref options->slow_reader_timeout_ms, -1);
        Default(ref options->names_timeout_ms, -1);
        if (options->read_buffer_bytes == 0)
            options->read_buffer_bytes = DefaultReadBuffer;
        if (options->write_queue_bytes == 0)
            options->write_queue_bytes = DefaultWriteQueue;
        if (options->backlog == 0)
            options->backlog = DefaultBacklog;
        if (options->path_mode == 0)
            options->path_mode = DefaultPathMode;
        if (options->max_connections == 0)
            options->max_connections = nuint.MaxValue;
    }

    private static void Default(ref long field, long value)
    {
        if (field == 0)
            field = value;
    }

    private static int FillSocketOptions(ConnectionSettings* settings)
    {
        reseau_options* options = &settings->Options;
        aws_socket_options* socket = &settings->Socket;
        socket->type = AWS_SOCKET_STREAM;
        socket->domain = AWS_SOCKET_IPV4;
        socket->tcp_nodelay =
            options->delay_small_writes != 0 ? AWS_SOCKET_TCP_NODELAY_OFF : AWS_SOCKET_TCP_NODELAY_ON;
        socket->connect_timeout_ms = options->attempt_timeout_ms is < 0 or > int.MaxValue
            ? int.MaxValue
            : (uint)options->attempt_timeout_ms;
        if (options->keep_alive_ms > 0)
        {
            long seconds = ((options->keep_alive_ms - 1) / MillisecondsPerSecond) + 1;
            socket->keepalive = true;
            socket->keep_alive_interval_sec = (ushort)long.Min(seconds, short.MaxValue);
            socket->keep_alive_timeout_sec = (ushort)long.Clamp(seconds, 1, MaxProbeInterval);
        }

        nuint length;
        if (options->interface_name != null)
        {
            if (AwsString.SecureLength(options->interface_name, InterfaceNameSize, &length) != AWS_OP_SUCCESS)
                return RESEAU_ERROR_INVALID_ARGUMENT;
            NativeMemory.Copy(options->interface_name, socket->network_interface_name, length);
        }

        if (options->source_address != null)
            settings->SourceAddress = AwsString.NewFromCStr(Allocator.Default(), options->source_address);
        return 0;
    }
}
