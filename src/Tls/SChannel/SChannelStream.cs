// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tls.SChannel;

/// <summary>Content: each record that comes is decrypted where it is, each that goes is made where it goes.</summary>
internal unsafe partial struct SChannelConnection
{
    private const byte BadRecord = 20;
    private const byte NoRenegotiation = 100;
    private const int BuffersOfRecord = 4;

    /// <summary>See <see cref="TlsEngine.Read"/>.</summary>
    internal static TlsOutcome Read(void* handle, byte* into, nuint size, out nuint read)
    {
        SChannelConnection* connection = (SChannelConnection*)handle;
        read = 0;
        while (connection->_plaintextLength == 0)
        {
            TlsOutcome outcome = DecryptNext(connection);
            if (outcome != TlsOutcome.Done)
                return outcome;
        }

        read = nuint.Min(size, connection->_plaintextLength);
        NativeMemory.Copy(connection->_plaintext, into, read);
        connection->_plaintext += read;
        connection->_plaintextLength -= read;
        return TlsOutcome.Done;
    }

    // Done also without content: records may be empty, or the provider's own. An alert that is no failure is a
    // close_notify, which Wine does not say. Others that are no failure say that something will not be done, and what
    // could come of that is the same.
    private static TlsOutcome DecryptNext(SChannelConnection* connection)
    {
        SecBuffer* buffers = stackalloc SecBuffer[BuffersOfRecord];
        nuint length = 0;
        connection->_tried = 0;
        while (true)
        {
            // One more than was not enough. Records that came with the handshake are there already.
            if (connection->_input.Whole <= length)
            {
                switch (connection->_input.TakeRecord(connection->_records, connection->_allocator))
                {
                    case RecordState.Partial:
                        connection->_tried = length;
                        return TlsOutcome.NeedsInput;
                    case RecordState.Damaged:
                        return FailReading(connection, Sspi.SEC_E_ILLEGAL_MESSAGE);
                }
            }

            bool isAlert = connection->_input.Next[length] == TlsAlerts.RecordType;
            length += connection->_input.LengthAt(length);
            int status = Decrypt(connection, length, buffers);
            if (status == Sspi.SEC_E_OK && isAlert && !HasContent(buffers))
                status = Sspi.SEC_I_CONTEXT_EXPIRED;
            if (status != Sspi.SEC_E_INCOMPLETE_MESSAGE)
                return EndRecord(connection, status, length, buffers);
            if (length > LongestMessage)
                return FailReading(connection, Sspi.SEC_E_ILLEGAL_MESSAGE);
        }
    }

    private static int Decrypt(SChannelConnection* connection, nuint length, SecBuffer* buffers)
    {
        new System.Span<SecBuffer>(buffers, BuffersOfRecord).Clear();
        buffers[0] = new SecBuffer
        {
            BufferType = Sspi.SECBUFFER_DATA,
            cbBuffer = (uint)length,
            pvBuffer = connection->_input.Next,
        };
        SecBufferDesc record = new() { cBuffers = BuffersOfRecord, pBuffers = buffers };
        return SChannelEngine.Functions->DecryptMessage(&connection->_security, &record, 0, null);
    }

    private static TlsOutcome EndRecord(SChannelConnection* connection, int status, nuint length, SecBuffer* buffers)
    {
        if (status is not (Sspi.SEC_E_OK or Sspi.SEC_I_RENEGOTIATE or Sspi.SEC_I_CONTEXT_EXPIRED))
            return FailReading(connection, status);

        SecBuffer* extra = Find(buffers, Sspi.SECBUFFER_EXTRA);
        if (status == Sspi.SEC_I_RENEGOTIATE)
            return Renegotiate(connection, length, extra);

        nuint rest = extra == null ? 0 : nuint.Min(extra->cbBuffer, length);
        connection->_input.Consume(length - rest);
        if (status != Sspi.SEC_I_CONTEXT_EXPIRED && HasContent(buffers))
        {
            SecBuffer* content = Find(buffers, Sspi.SECBUFFER_DATA);
            connection->_plaintext = (byte*)content->pvBuffer;
            connection->_plaintextLength = content->cbBuffer;
        }

        return status == Sspi.SEC_E_OK ? TlsOutcome.Done : TlsOutcome.Closed;
    }

    private static bool HasContent(SecBuffer* buffers)
    {
        SecBuffer* content = Find(buffers, Sspi.SECBUFFER_DATA);
        return content != null && content->cbBuffer > 0;
    }

    private static SecBuffer* Find(SecBuffer* buffers, uint type)
    {
        for (int i = 0; i < BuffersOfRecord; i++)
        {
            if (buffers[i].BufferType == type)
                return buffers + i;
        }

        return null;
    }

    // In TLS 1.3 a message that comes after the handshake, a ticket or new keys. Before, the peer asks for
    // another handshake, which may be refused: but the provider does not go on then.
    private static TlsOutcome Renegotiate(SChannelConnection* connection, nuint length, SecBuffer* message)
    {
        // What is consumed stays where it is until the next record is taken.
        byte* bytes = connection->_input.Next;
        connection->_input.Consume(length);
        if (!IsTls13(connection))
        {
            Log.Write(
                AWS_LL_ERROR, AWS_LS_IO_TLS, $"id=0x{(nint)connection:x}: the peer may not renegotiate");
            SendAlert(connection, NoRenegotiation);
            Errors.Raise(AWS_IO_TLS_ERROR_READ_FAILURE);
            return TlsOutcome.Failed;
        }

        SecBuffer whole = new() { cbBuffer = (uint)length, pvBuffer = bytes };
        SecBuffer given = message == null ? whole : *message;
        if (given.pvBuffer == null)
            given.pvBuffer = bytes + length - given.cbBuffer;
        int status = FeedLate(connection, given);
        if (status == Sspi.SEC_I_INCOMPLETE_CREDENTIALS)
            status = FeedLate(connection, given);
        return status is Sspi.SEC_E_OK or Sspi.SEC_I_CONTINUE_NEEDED
            ? TlsOutcome.Done
            : FailReading(connection, status);
    }

    private static int FeedLate(SChannelConnection* connection, SecBuffer message)
    {
        SecBuffer* buffers = stackalloc SecBuffer[2];
        buffers[0] = message;
        buffers[0].BufferType = Sspi.SECBUFFER_TOKEN;
        buffers[1] = default;
        SecBufferDesc input = new() { cBuffers = 2, pBuffers = buffers };
        return Negotiate(connection, &input);
    }

    private static TlsOutcome FailReading(SChannelConnection* connection, int status)
    {
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_TLS,
            $"id=0x{(nint)connection:x}: reading failed, status 0x{(uint)status:x}");
        SendAlert(connection, BadRecord);
        Errors.Raise(SChannelErrors.OfReading(status));
        return TlsOutcome.Failed;
    }

    /// <summary>See <see cref="TlsEngine.Write"/>.</summary>
    internal static TlsOutcome Write(void* handle, byte* from, nuint size)
    {
        SChannelConnection* connection = (SChannelConnection*)handle;
        nuint longest = connection->_sizes.cbMaximumMessage;
        if (connection->_context->FragmentSize > 0)
            longest = nuint.Min(longest, connection->_context->FragmentSize);
        while (size > 0)
        {
            nuint part = nuint.Min(size, longest);
            int status = WriteRecord(connection, from, (uint)part);
            if (status != Sspi.SEC_E_OK)
            {
                Log.Write(
                    AWS_LL_ERROR,
                    AWS_LS_IO_TLS,
                    $"id=0x{(nint)connection:x}: writing failed, status 0x{(uint)status:x}");
                Errors.Raise(SChannelErrors.UnlessOutOfMemory(status, AWS_IO_TLS_ERROR_WRITE_FAILURE));
                return TlsOutcome.Failed;
            }

            from += part;
            size -= part;
        }

        return TlsOutcome.Done;
    }

    private static int WriteRecord(SChannelConnection* connection, byte* from, uint size)
    {
        uint header = connection->_sizes.cbHeader;
        nuint room = header + size + connection->_sizes.cbTrailer;
        bool isInPlace = TlsRecords.TryReserve(connection->_records, room);
        byte* record = isInPlace ? connection->_records->Output : Spare(connection);
        NativeMemory.Copy(from, record + header, size);

        SecBuffer* buffers = stackalloc SecBuffer[BuffersOfRecord];
        buffers[0] = new SecBuffer
        {
            BufferType = Sspi.SECBUFFER_STREAM_HEADER,
            cbBuffer = header,
            pvBuffer = record,
        };
        buffers[1] = new SecBuffer
        {
            BufferType = Sspi.SECBUFFER_DATA,
            cbBuffer = size,
            pvBuffer = record + header,
        };
        buffers[2] = new SecBuffer
        {
            BufferType = Sspi.SECBUFFER_STREAM_TRAILER,
            cbBuffer = connection->_sizes.cbTrailer,
            pvBuffer = record + header + size,
        };
        buffers[3] = default;
        SecBufferDesc message = new() { cBuffers = BuffersOfRecord, pBuffers = buffers };
        int status = SChannelEngine.Functions->EncryptMessage(&connection->_security, 0, &message, 0);
        if (status != Sspi.SEC_E_OK)
            return status;

        nuint length = (nuint)buffers[0].cbBuffer + buffers[1].cbBuffer + buffers[2].cbBuffer;
        if (isInPlace)
            TlsRecords.Commit(connection->_records, length);
        else
            TlsRecords.Put(connection->_records, record, length);
        return connection->_records->IsBroken ? Sspi.SEC_E_INTERNAL_ERROR : Sspi.SEC_E_OK;
    }

    // For the longest record that there can be, so that it is made once.
    private static byte* Spare(SChannelConnection* connection)
    {
        if (connection->_spare == null)
        {
            SecPkgContext_StreamSizes sizes = connection->_sizes;
            connection->_spare = (byte*)Allocator.Acquire(
                connection->_allocator, (nuint)sizes.cbHeader + sizes.cbMaximumMessage + sizes.cbTrailer);
        }

        return connection->_spare;
    }
}
