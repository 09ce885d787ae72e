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

    [UnmanagedCallersOnly(EntryPoint = "reseau_start_tls_then", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_start_tls_then(long connection, int is_server, reseau_tls_options* options, reseau_on_event_fn on_done)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        if (error != 0)
            return error;

        TlsSettings* settings;
        error = TlsSettings.TryMake(options, is_server != 0, &settings);
        if (error == 0)
            error = ConnectionUpgrade.StartThen((Connection*)item, settings, on_done);
        IdTable.Release(item);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_tls_reload", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_tls_reload(long listener, reseau_tls_options* options)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(listener, IdKind.Listener, &item);
        if (error != 0)
            return error;

        TlsSettings* settings;
        error = TlsSettings.TryMake(options, isServer: true, &settings);
        if (error == 0)
            error = ConnectionListener.ReloadTls((ConnectionListener*)item, settings);
        IdTable.Release(item);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_tls_info", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_tls_info(long connection, reseau_tls_info* info)
    {
        if (info == null || info->size != (nuint)sizeof(reseau_tls_info))
            return RESEAU_ERROR_INVALID_ARGUMENT;

        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        if (error != 0)
            return error;

        error = ConnectionTlsInfo.Get((Connection*)item, info);
        IdTable.Release(item);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_tls_peer_certificate", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_tls_peer_certificate(long connection, reseau_certificate** certificate)
    {
        if (certificate == null)
            return RESEAU_ERROR_INVALID_ARGUMENT;

        IdObject* item;
        int error = IdTable.TryAcquire(connection, IdKind.Connection, &item);
        if (error != 0)
            return error;

        error = ConnectionTlsInfo.GetPeerCertificate((Connection*)item, certificate);
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
