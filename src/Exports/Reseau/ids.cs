// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Connections;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;reseau/connection.h&gt; that serve every kind of id.</summary>
public static unsafe class Exports_reseau_ids
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_close", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_close(long id)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(id, IdKind.Any, &item);
        if (error != 0)
            return error;
        error = item->Operations->Close(item, false);
        IdTable.Release(item);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_wait_closed", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_wait_closed(long id, long timeout_ms) =>
        EventLoop.OfCallersThread != null ? RESEAU_ERROR_WOULD_BLOCK_LOOP : IdTable.AwaitEnd(id, timeout_ms);

    [UnmanagedCallersOnly(EntryPoint = "reseau_loop_of", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_loop_of(long id)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(id, IdKind.Any, &item);
        if (error != 0)
            return error;
        long loop = LoopObject.IdOf(item->Loop);
        IdTable.Release(item);
        return loop;
    }
}
