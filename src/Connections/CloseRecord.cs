// SPDX-License-Identifier: Apache-2.0
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
    };
}
