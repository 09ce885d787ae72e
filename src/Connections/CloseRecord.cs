// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Connections;

/// <summary>How a connection has ended: what stays of it for a while. See <c>struct reseau_close_info</c>.</summary>
internal unsafe struct CloseRecord
{
    internal ulong BytesRead;
    internal ulong BytesWritten;
    internal ulong BytesUnsent;
    internal long Nanoseconds;

    /// <summary>An AWS_* error, or 0.</summary>
    internal int Cause;
    internal int Error;

    /// <summary>Nobody: there is no record.</summary>
    internal int ClosedBy;
    internal int Phase;
    internal int TlsAlert;
    internal int ResolverError;

    internal static reseau_close_info ToC(CloseRecord* record) => new()
    {
        size = (nuint)sizeof(reseau_close_info),
        closed_by = record->ClosedBy,
        phase = record->Phase,
        error = record->Error,
        cause = record->Cause,
        bytes_read = record->BytesRead,
        bytes_written = record->BytesWritten,
        bytes_unsent = record->BytesUnsent,
        duration_ns = record->Nanoseconds,
        tls_alert = record->TlsAlert,
        resolver_error = record->ResolverError,
    };

    /// <summary>
    /// The same for a program that may have been compiled against an older header: false if its size is none.
    /// </summary>
    internal static bool TryWrite(CloseRecord* record, reseau_close_info* info)
    {
        if (!IsSize(info->size))
            return false;

        reseau_close_info whole = ToC(record);
        whole.size = info->size;
        NativeMemory.Copy(&whole, info, info->size);
        return true;
    }

    internal static bool IsSize(nuint size) =>
        size >= (nuint)(sizeof(reseau_close_info) - (2 * sizeof(int))) && size <= (nuint)sizeof(reseau_close_info);
}
