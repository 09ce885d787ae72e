// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// Handshakes that need a private key which a handler has. While the handler is at it the handshake rests and the loop goes
/// on; of what the peer sends meanwhile a little is kept, and then nothing more is read.
/// </summary>
internal static unsafe partial class TlsHandler
{
    // Nobody sends this much before a handshake is through, but for a server that begins to talk at once, and that one
    // can wait.
    private const nuint PendingMost = 64 * 1024;

    // More than that comes only if the leftmost handler cannot be stopped.
    private const nuint PendingRefused = 1024 * 1024;

    /// <summary>False when nobody can be asked: then the engine has been told so, and is to be called again.</summary>
    private static bool TryPrepareKeyOperation(State* state)
    {
        TlsKeyRequest request;
        if (state->Engine->KeyRequest(state->Connection, &request) != AWS_OP_SUCCESS)
        {
            state->KeyError = Errors.LastError();
            state->Engine->AnswerKeyRequest(state->Connection, null);
            return false;
        }

        state->KeyOperation = ChannelKeyOperation.New(
            state->Handler.alloc, state->Slot->channel, &request, state, &OnKeyOperationCompleted);
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_TLS, $"id=0x{(nint)state:x}: key operation 0x{(nint)state->KeyOperation:x}: {TlsLibrary.KeyOperationTypeStr(request.Type)} {request.Input.len} bytes, {TlsLibrary.SignatureAlgorithmStr(request.Signature)}, {TlsLibrary.HashAlgorithmStr(request.Digest)}");
        return true;
    }

    /// <summary>Last thing that a handshake's step does: the handler may complete at once, on this or another thread.</summary>
    private static void PerformKeyOperation(State* state) => CustomKeyOperationHandler.PerformOperation(
        state->Context->KeyHandler, (aws_tls_key_operation*)state->KeyOperation);

    private static void DropKeyOperation(State* state)
    {
        if (state->KeyOperation != null)
            ChannelKeyOperation.Free(state->KeyOperation);
        state->KeyOperation = null;
    }

    private static void OnKeyOperationCompleted(void* owner, aws_byte_cursor* output, int error)
    {
        State* state = (State*)owner;
        state->KeyOperation = null;
        if (state->Negotiation != Negotiation.Ongoing)
            return;

        state->KeyError = error;
        if (!state->Engine->AnswerKeyRequest(state->Connection, output))
        {
            // No key makes an output like this.
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"id=0x{(nint)state:x}: the output of the key operation is empty or too long");
            state->KeyError = AWS_ERROR_INVALID_STATE;
            state->Engine->AnswerKeyRequest(state->Connection, null);
        }

        Negotiate(state);
        GiveWindowBack(state);
    }

    /// <summary>
    /// A peer that nobody knows yet is not to fill memory: the window bounds what it sends only in channels with
    /// back-pressure.
    /// </summary>
    private static void BoundPending(State* state)
    {
        if (state->KeyOperation == null || TlsMessages.IncomingBytes(&state->Transport) <= PendingMost)
            return;

        if (!state->PausesReading)
            state->PausesReading = SocketHandler.TryPauseReading(state->Slot->channel);
        if (TlsMessages.IncomingBytes(&state->Transport) <= PendingRefused)
            return;

        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"id=0x{(nint)state:x}: the peer has sent too much before the handshake was over");
        GiveUp(state, AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE);
    }

    private static void ResumeReading(State* state)
    {
        if (state->PausesReading)
            SocketHandler.ResumeReading(state->Slot->channel);
        state->PausesReading = false;
    }

    private static void GiveWindowBack(State* state)
    {
        if (state->Negotiation == Negotiation.Failed || state->KeyOperation != null)
            return;

        ResumeReading(state);
        if (state->WithheldWindow == 0)
            return;

        nuint size = state->WithheldWindow;
        state->WithheldWindow = 0;
        ChannelSlot.IncrementReadWindow(state->Slot, size);
    }
}
