// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Connections;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;reseau/hooks.h&gt;.</summary>
public static unsafe class Exports_reseau_hooks
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_add_hook", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_add_hook(long connection, reseau_hook* hook)
    {
        if (hook == null || hook->size != (nuint)sizeof(reseau_hook))
            return RESEAU_ERROR_INVALID_ARGUMENT;

        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        if (error == 0)
        {
            error = ConnectionHooks.Add((Connection*)item, hook);
            IdTable.Release(item);
        }
        else if (hook->destroy != null)
        {
            hook->destroy(hook->state);
        }

        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_remove_hook", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_remove_hook(long connection, void* state)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        if (error != 0)
            return error;

        error = ConnectionHooks.Remove((Connection*)item, state);
        IdTable.Release(item);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_flush_hooks", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_flush_hooks(long connection)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        if (error != 0)
            return error;

        ConnectionHooks.FlushSoon((Connection*)item);
        IdTable.Release(item);
        return 0;
    }
}
