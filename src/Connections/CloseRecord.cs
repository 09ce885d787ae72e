// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Connections;

/// <summary>How a connection has ended: what stays of it for a while. See <c>struct reseau_close_info</c>.</summary>
internal struct CloseRecord
{
    internal ulong BytesRead;
    internal ulong BytesWritten;
    internal ulong BytesUnsent;
    internal long Nanoseconds;

    /// <summary>An AWS_* error, or 0.</summary>
    internal int Cause;
    internal int Error;

    /// <summary>Nobody: the object has no record.</summary>
    internal int ClosedBy;
    internal int Phase;
}
