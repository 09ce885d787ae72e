// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Connections;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;reseau/inspect.h&gt;.</summary>
public static unsafe class Exports_reseau_inspect
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_attempts", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_attempts(long connection, reseau_attempt* attempts, nuint capacity)
    {
        IdObject* item;
        if (attempts == null && capacity > 0)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        return error != 0 ? error : Done(item, ConnectionAttempts.Get((Connection*)item, attempts, capacity));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_counters", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_counters(long connection, reseau_counters* counters)
    {
        IdObject* item;
        if (counters == null || !IsSize(counters->size, (nuint)sizeof(reseau_counters)))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        return error != 0 ? error : Done(item, ConnectionInspection.GetCounters((Connection*)item, counters));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_process_counters", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_process_counters(reseau_process_counters* counters)
    {
        if (counters == null || !IsSize(counters->size, (nuint)sizeof(reseau_process_counters)))
            return RESEAU_ERROR_INVALID_ARGUMENT;

        ConnectionInspection.GetProcessCounters(counters);
        return 0;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_tcp_info", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_tcp_info(long connection, reseau_tcp_info* info)
    {
        IdObject* item;
        if (info == null || !IsSize(info->size, (nuint)sizeof(reseau_tcp_info)))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        return error != 0 ? error : Done(item, ConnectionInspection.GetTcpInfo((Connection*)item, info));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_capture_start", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_capture_start(byte* path, reseau_capture_options* options)
    {
        if (path == null || (options != null && !IsSize(options->size, (nuint)sizeof(reseau_capture_options))))
            return RESEAU_ERROR_INVALID_ARGUMENT;

        return Capture.Start(path, options);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_capture_stop", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_capture_stop(reseau_capture_info* info)
    {
        if (info != null && !IsSize(info->size, (nuint)sizeof(reseau_capture_info)))
            return RESEAU_ERROR_INVALID_ARGUMENT;

        return Capture.Stop(info);
    }

    // A program that was compiled against an older header knows fewer fields.
    private static bool IsSize(nuint size, nuint whole) => size >= (nuint)sizeof(nuint) && size <= whole;

    private static int Done(IdObject* item, int result)
    {
        IdTable.Release(item);
        return result;
    }
}
