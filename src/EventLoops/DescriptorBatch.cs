// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.EventLoops;

/// <summary>A receive from a non-blocking socket, or a send to one, and what came of it.</summary>
internal unsafe struct BatchItem
{
    internal int Descriptor;
    internal bool IsSend;
    internal byte* Data;
    internal nuint Length;

    /// <summary>Bytes, or less than 0: a negated number of errno.h. Of a receive 0 is the end of the stream.</summary>
    internal nint Result;
}

/// <summary>
/// Several receives and sends by one call of the system, where it has such a call: a call costs more than a small
/// message. Nothing waits, and nothing stays with the system. A batch belongs to the thread that made it.
/// </summary>
internal unsafe struct DescriptorBatch
{
    /// <summary>NULL if the system does not let us have one now.</summary>
    internal delegate*<void*> Open;

    internal delegate*<void*, void> Close;

    /// <summary>At most so many at a time.</summary>
    internal int Capacity;

    /// <summary>
    /// Does all of them, no descriptor twice in the same direction. False if this thread may not, or the system has
    /// failed: then those whose results are still <see cref="NotDone"/>, as all are before, are to be done otherwise.
    /// </summary>
    internal delegate*<void*, BatchItem*, int, bool> Run;

    /// <summary>No result yet.</summary>
    internal const int NotDone = int.MinValue;
}
