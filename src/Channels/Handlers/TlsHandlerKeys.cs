// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// Handshakes that need a private key which a handler has. While the operation is pending the handshake is suspended
/// and the loop goes on; of what the peer sends meanwhile a little is kept, and then nothing more is read.
/// </summary>
internal static unsafe partial class TlsHandler
{
    // Nobody sends this much before a handshake is complete, but for a server that begins to talk at once, and that one
    // can wait.
    private const nuint MaxPending = 64 * 1024;

    // More than that comes only if the leftmost handler cannot be stopped.
    private const nuint MaxPendingUnstopped = 1024 * 1024;

    private static void PrepareKeyOperation(State* state)
    {
        TlsKeyRequest* request = TlsSession.KeyRequest(&state->Session);
        state->KeyOperation = ChannelKeyOperation.New(
            state->Handler.alloc, state->Slot->channel, request, state, &OnKeyOperationCompleted);
        byte* type = TlsLibrary.KeyOperationTypeStr(request->Type);
        byte* signature = TlsLibrary.SignatureAlgorithmStr(request->Signature);
        byte* hash = TlsLibrary.HashAlgorithmStr(request->Digest);
        Log.Write(
            AWS_LL_DEBUG,
            AWS_LS_IO_TLS,
            $"id=0x{(nint)state:x}: key operation 0x{(nint)state->KeyOperation:x}: {type} {request->Input.len} " +
            $"bytes, {signature}, {hash}");
    }

    /// <summary>
    /// Last thing that a handshake's step does: the handler may complete at once, on this or another thread.
    /// </summary>
    private static void PerformKeyOperation(State* state) => CustomKeyOperationHandler.PerformOperation(
        TlsSession.KeyHandler(&state->Session), (aws_tls_key_operation*)state->KeyOperation);

    private static void DropKeyOperation(State* state)
    {
        if (state->KeyOperation != null)
            ChannelKeyOperation.Free(state->KeyOperation);
        state->KeyOperation = null;
    }

    // Once the channel has shut down (rule 74) another thread may complete it and free it, and nobody is called. A
    // shutdown that begins at a slot may not come to this handler before.
    private static void AbandonKeyOperation(State* state)
    {
        if (state->KeyOperation != null && ChannelCore.Of(state->Slot)->State < ChannelState.ShutDown)
            ChannelKeyOperation.Abandon(state->KeyOperation);
        state->KeyOperation = null;
    }

    private static void OnKeyOperationCompleted(void* owner, aws_byte_cursor* output, int error)
    {
        State* state = (State*)owner;
        state->KeyOperation = null;
        if (state->Session.State != TlsSessionState.AwaitingKey)
            return;

        TlsSession.AnswerKeyRequest(&state->Session, output, error);
        Negotiate(state);
        GrantWindow(state);
    }

    /// <summary>
    /// An unauthenticated peer must not fill memory: the window bounds what it sends only in channels with
    /// back-pressure.
    /// </summary>
    private static void BoundPending(State* state)
    {
        if (state->Session.State != TlsSessionState.AwaitingKey ||
            TlsMessages.IncomingBytes(&state->Messages) <= MaxPending)
        {
            return;
        }

        PauseReading(state);
        if (TlsMessages.IncomingBytes(&state->Messages) <= MaxPendingUnstopped)
            return;

        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_TLS,
            $"id=0x{(nint)state:x}: the peer has sent too much before the handshake was over");
        GiveUp(state, AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE);
    }

    private static void GrantWindow(State* state)
    {
        if (state->Session.State is TlsSessionState.HandshakeFailed or TlsSessionState.AwaitingKey)
            return;

        ResumeReading(state);
        if (state->UngrantedWindow == 0)
            return;

        nuint size = state->UngrantedWindow;
        state->UngrantedWindow = 0;
        ChannelSlot.IncrementReadWindow(state->Slot, size);
    }
}
