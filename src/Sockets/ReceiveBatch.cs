// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Sockets;

/// <summary>A buffer of a <see cref="ReceiveSource"/>: room, then, once received into, what it holds.</summary>
internal unsafe struct ReceiveBuffer
{
    internal byte* Data;
    internal nuint Length;

    /// <summary>What the source knows the buffer by.</summary>
    internal void* Owner;
}

/// <summary>Where a consumer's buffers come from. See <see cref="SocketBackend"/> for their life.</summary>
internal unsafe struct ReceiveSource
{
    /// <summary>
    /// Fills in a buffer of at most so many bytes; false if there is none. The first argument is the batch's context.
    /// </summary>
    internal delegate*<void*, nuint, ReceiveBuffer*, bool> Acquire;

    /// <summary>
    /// Takes back a buffer that nothing was received into. Loop thread, also after the consumer's end.
    /// </summary>
    internal delegate*<ReceiveBuffer*, void> Return;
}

/// <summary>What one call of a backend's Receive may take, and what it has taken.</summary>
internal unsafe struct ReceiveBatch
{
    /// <summary>Buffers of one call, at most.</summary>
    internal const int MaxBuffers = 16;

    /// <summary>NULL if the buffers are the consumer's own, and there.</summary>
    internal ReceiveSource* Source;

    /// <summary>The consumer's, for the source; good inside the call only.</summary>
    internal void* Context;

    /// <summary>Room for <see cref="Limit"/> buffers; afterwards the filled ones.</summary>
    internal ReceiveBuffer* Buffers;

    /// <summary>Buffers to use at most.</summary>
    internal int Limit;

    /// <summary>Bytes that the consumer's window admits.</summary>
    internal nuint Admitted;

    /// <summary>Buffers that are filled, the last one perhaps in part.</summary>
    internal int Count;

    /// <summary>Bytes received.</summary>
    internal nuint Received;

    /// <summary>Bytes that there was room for.</summary>
    internal nuint Offered;

    /// <summary>
    /// Nothing is left before the next readable event, which spares the consumer the call that would only say so.
    /// </summary>
    internal bool IsDrained;

    /// <summary>For readiness backends: acquires buffers, as many as are allowed and admitted.</summary>
    internal static void AcquireBuffers(ReceiveBatch* batch)
    {
        batch->Count = 0;
        batch->Received = 0;
        batch->Offered = 0;
        batch->IsDrained = false;
        if (batch->Source == null)
        {
            batch->Offered = batch->Admitted;
            batch->Count = batch->Limit;
            return;
        }

        while (batch->Count < batch->Limit && batch->Offered < batch->Admitted)
        {
            ReceiveBuffer* buffer = &batch->Buffers[batch->Count];
            if (!batch->Source->Acquire(batch->Context, batch->Admitted - batch->Offered, buffer))
                break;
            batch->Offered += buffer->Length;
            batch->Count++;
        }
    }

    /// <summary>So many bytes have been received into the buffers; returns those that are empty.</summary>
    internal static void Keep(ReceiveBatch* batch, nuint received)
    {
        batch->Received = received;
        if (batch->Source == null)
            return;

        int filled = 0;
        for (int i = 0; i < batch->Count; i++)
        {
            ReceiveBuffer* buffer = &batch->Buffers[i];
            if (received == 0)
            {
                batch->Source->Return(buffer);
                continue;
            }

            buffer->Length = nuint.Min(received, buffer->Length);
            received -= buffer->Length;
            filled++;
        }

        batch->Count = filled;
    }
}
