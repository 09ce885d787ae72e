// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Connections;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;reseau/tls.h&gt;.</summary>
public static unsafe class Exports_reseau_tls
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_start_tls", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_start_tls(long connection, int is_server, reseau_tls_options* options)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        if (error != 0)
            return error;

        TlsSettings* settings;
        error = TlsSettings.TryMake(options, is_server != 0, &settings);
        if (error == 0)
            error = ConnectionUpgrade.Start((Connection*)item, settings);
        IdTable.Release(item);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_tls_protocol", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_tls_protocol(long connection, byte* buffer, nuint size)
    {
        if (buffer == null || size == 0)
            return RESEAU_ERROR_INVALID_ARGUMENT;

        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        if (error != 0)
            return error;

        int result = ConnectionUpgrade.GetProtocol((Connection*)item, buffer, size);
        IdTable.Release(item);
        return result;
    }
}
