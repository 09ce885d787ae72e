// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Connections;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;reseau/connection.h&gt;.</summary>
public static unsafe class Exports_reseau_connection
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_connect", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_connect(byte* host, ushort port, reseau_options* options) => ConnectionOpen.Connect(host, port, isPath: false, options, waits: true);

    [UnmanagedCallersOnly(EntryPoint = "reseau_connect_start", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_connect_start(byte* host, ushort port, reseau_options* options) => ConnectionOpen.Connect(host, port, isPath: false, options, waits: false);

    [UnmanagedCallersOnly(EntryPoint = "reseau_connect_path", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_connect_path(byte* path, reseau_options* options) => ConnectionOpen.Connect(path, 0, isPath: true, options, waits: true);

    [UnmanagedCallersOnly(EntryPoint = "reseau_connect_path_start", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_connect_path_start(byte* path, reseau_options* options) => ConnectionOpen.Connect(path, 0, isPath: true, options, waits: false);

    [UnmanagedCallersOnly(EntryPoint = "reseau_adopt", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_adopt(int descriptor, int is_server, reseau_options* options) => ConnectionOpen.Adopt(descriptor, is_server != 0, options);

    [UnmanagedCallersOnly(EntryPoint = "reseau_detach", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_detach(long connection)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        return error != 0 ? error : Done(item, ConnectionDetach.Detach((Connection*)item));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_read", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_read(long connection, void* buffer, nuint size) => Read(connection, buffer, size, mayWait: true);

    [UnmanagedCallersOnly(EntryPoint = "reseau_try_read", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_try_read(long connection, void* buffer, nuint size) => Read(connection, buffer, size, mayWait: false);

    [UnmanagedCallersOnly(EntryPoint = "reseau_read_exactly", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_read_exactly(long connection, void* buffer, nuint size)
    {
        IdObject* item;
        int error = Acquire(connection, buffer, size, &item);
        return error != 0 ? error : Done(item, ConnectionRead.ReadExactly((Connection*)item, buffer, size));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_read_until", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_read_until(long connection, void* delimiter, nuint delimiter_length, void* buffer, nuint size)
    {
        IdObject* item;
        if (delimiter == null || delimiter_length - 1 >= int.MaxValue)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = Acquire(connection, buffer, size, &item);
        return error != 0 ? error : Done(item, ConnectionRead.ReadUntil((Connection*)item, new ReadOnlySpan<byte>(delimiter, (int)delimiter_length), buffer, size));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_read_line", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_read_line(long connection, byte* line, nuint size)
    {
        IdObject* item;
        if (size == 0)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = Acquire(connection, line, size, &item);
        return error != 0 ? error : Done(item, ConnectionRead.ReadLine((Connection*)item, line, size));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_read_all", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_read_all(long connection, void** data, nuint limit)
    {
        IdObject* item;
        int error = Acquire(connection, data, 1, &item);
        return error != 0 ? error : Done(item, ConnectionRead.ReadAll((Connection*)item, data, limit));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_peek", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_peek(long connection, void* buffer, nuint size)
    {
        IdObject* item;
        int error = Acquire(connection, buffer, size, &item);
        return error != 0 ? error : Done(item, ConnectionRead.Peek((Connection*)item, buffer, size));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_available", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_available(long connection)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        return error != 0 ? error : Done(item, ConnectionRead.Available((Connection*)item));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_at_end", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_at_end(long connection)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        return error != 0 ? error : Done(item, ConnectionRead.IsAtEnd((Connection*)item));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_write", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_write(long connection, void* data, nuint length) => Write(connection, data, length, isFirst: false);

    [UnmanagedCallersOnly(EntryPoint = "reseau_write_front", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_write_front(long connection, void* data, nuint length) => Write(connection, data, length, isFirst: true);

    [UnmanagedCallersOnly(EntryPoint = "reseau_write_owned", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_write_owned(long connection, void* data, nuint length, delegate* unmanaged[Cdecl]<void*, void*, void> destroy, void* argument)
    {
        IdObject* item;
        int error = Acquire(connection, data, length, &item);
        if (error == 0)
            return Done(item, ConnectionWrite.WriteOwned((Connection*)item, data, length, destroy, argument));

        if (destroy != null)
            destroy(data, argument);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_send_file", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_send_file(long connection, byte* path, ulong offset, long length)
    {
        IdObject* item;
        int error = Acquire(connection, path, 1, &item);
        return error != 0 ? error : Done(item, ConnectionFiles.Send((Connection*)item, path, offset, length));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_send_descriptor", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_send_descriptor(long connection, int descriptor, ulong offset, long length, int close_it)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        long result = error != 0 ? error : Done(item, ConnectionFiles.Send((Connection*)item, descriptor, offset, length));
        if (close_it != 0)
            ConnectionFiles.Close(descriptor);
        return result;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_flush", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_flush(long connection)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        return error != 0 ? error : Done(item, ConnectionWrite.Flush((Connection*)item));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_pending", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_pending(long connection)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        return error != 0 ? error : Done(item, ConnectionWrite.Pending((Connection*)item));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_end", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_end(long connection)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        return error != 0 ? error : Done(item, ConnectionWrite.End((Connection*)item));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_close", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_close(long id) => Close(id, isAbort: false);

    [UnmanagedCallersOnly(EntryPoint = "reseau_abort", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_abort(long id) => Close(id, isAbort: true);

    [UnmanagedCallersOnly(EntryPoint = "reseau_wait_closed", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_wait_closed(long id, long timeout_ms) => IdTable.AwaitEnd(id, timeout_ms);

    [UnmanagedCallersOnly(EntryPoint = "reseau_close_info", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_close_info(long connection, reseau_close_info* info)
    {
        if (info == null || !CloseRecord.IsSize(info->size))
            return RESEAU_ERROR_INVALID_ARGUMENT;

        CloseRecord record;
        int error = ConnectionClose.GetRecord(connection, &record);
        if (error == 0)
            CloseRecord.TryWrite(&record, info);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_set_read_deadline", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_set_read_deadline(long connection, long timeout_ms)
    {
        IdObject* item;
        int error = Acquire(connection, timeout_ms, &item);
        if (error != 0)
            return error;

        ConnectionRead.SetDeadline((Connection*)item, timeout_ms);
        return Done(item, 0);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_set_write_deadline", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_set_write_deadline(long connection, long timeout_ms)
    {
        IdObject* item;
        int error = Acquire(connection, timeout_ms, &item);
        if (error != 0)
            return error;

        ConnectionWrite.SetDeadline((Connection*)item, timeout_ms);
        return Done(item, 0);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_set_idle_timeout", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_set_idle_timeout(long connection, long timeout_ms)
    {
        IdObject* item;
        int error = Acquire(connection, timeout_ms, &item);
        if (error != 0)
            return error;

        ConnectionTimer.SetIdleTimeout((Connection*)item, timeout_ms);
        return Done(item, 0);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_touch", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_touch(long connection)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        if (error != 0)
            return error;

        ConnectionTimer.Touch((Connection*)item);
        return Done(item, 0);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_pause", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_pause(long id) => Pause(id, isPaused: true);

    [UnmanagedCallersOnly(EntryPoint = "reseau_resume", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_resume(long id) => Pause(id, isPaused: false);

    [UnmanagedCallersOnly(EntryPoint = "reseau_set_state", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_set_state(long connection, void* state)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        if (error != 0)
            return error;

        ConnectionCallbacks.SetState((Connection*)item, state);
        return Done(item, 0);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_link", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_link(long id, void* @object, delegate* unmanaged[Cdecl]<void*, void> destroy)
    {
        if (destroy == null)
            return RESEAU_ERROR_INVALID_ARGUMENT;

        IdObject* item;
        int error = IdTable.TryAcquire(id, IdKind.Any, &item);
        if (error == 0)
            error = Done(item, item->Operations->Link == null ? RESEAU_ERROR_WRONG_KIND : item->Operations->Link(item, @object, destroy));
        if (error != 0)
            destroy(@object);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_local_address", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_local_address(long id, reseau_address* address)
    {
        if (address == null)
            return RESEAU_ERROR_INVALID_ARGUMENT;

        IdObject* item;
        int error = IdTable.TryAcquire(id, IdKind.Any, &item);
        return error != 0 ? error : Done(item, AddressText.GetLocal(item, address));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_peer_address", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_peer_address(long connection, reseau_address* address)
    {
        if (address == null)
            return RESEAU_ERROR_INVALID_ARGUMENT;

        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Any, &item);
        return error != 0 ? error : Done(item, AddressText.GetPeer(item, address));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_listen", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_listen(byte* host, ushort port, reseau_options* options) => ConnectionListener.Listen(host, port, isPath: false, options);

    [UnmanagedCallersOnly(EntryPoint = "reseau_listen_any", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_listen_any(byte* host, ushort first_port, reseau_options* options) => ConnectionListener.ListenAny(host, first_port, options);

    [UnmanagedCallersOnly(EntryPoint = "reseau_listen_path", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_listen_path(byte* path, reseau_options* options) => ConnectionListener.Listen(path, 0, isPath: true, options);

    [UnmanagedCallersOnly(EntryPoint = "reseau_accept", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_accept(long listener, long timeout_ms)
    {
        IdObject* item;
        if (timeout_ms < -1)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = IdTable.TryAcquire(listener, IdKind.Listener, &item);
        return error != 0 ? error : Done(item, ConnectionListener.Accept((ConnectionListener*)item, timeout_ms));
    }

    private static long Read(long connection, void* buffer, nuint size, bool mayWait)
    {
        IdObject* item;
        int error = Acquire(connection, buffer, size, &item);
        return error != 0 ? error : Done(item, ConnectionRead.Read((Connection*)item, buffer, size, mayWait));
    }

    private static long Write(long connection, void* data, nuint length, bool isFirst)
    {
        IdObject* item;
        int error = Acquire(connection, data, length, &item);
        return error != 0 ? error : Done(item, ConnectionWrite.Write((Connection*)item, data, length, isFirst));
    }

    private static int Close(long id, bool isAbort)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(id, IdKind.Any, &item);
        return error != 0 ? error : Done(item, item->Operations->Close(item, isAbort));
    }

    private static int Pause(long id, bool isPaused)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(id, IdKind.Any, &item);
        if (error != 0)
            return error;

        return Done(item, item->Operations->Pause == null ? RESEAU_ERROR_WRONG_KIND : item->Operations->Pause(item, isPaused));
    }

    // Memory of no bytes may be NULL.
    private static int Acquire(long connection, void* memory, nuint size, IdObject** item)
    {
        *item = null;
        return (memory == null && size != 0) || size > long.MaxValue
            ? RESEAU_ERROR_INVALID_ARGUMENT
            : IdTable.TryAcquire(connection, IdKind.Connection, item);
    }

    private static int Acquire(long connection, long timeout, IdObject** item)
    {
        *item = null;
        return timeout < -1 ? RESEAU_ERROR_INVALID_ARGUMENT : IdTable.TryAcquire(connection, IdKind.Connection, item);
    }

    private static long Done(IdObject* item, long result)
    {
        IdTable.Release(item);
        return result;
    }

    private static int Done(IdObject* item, int result)
    {
        IdTable.Release(item);
        return result;
    }
}
