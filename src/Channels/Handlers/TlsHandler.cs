// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// The channel handler that has plain bytes to its right and TLS records to its left. Reading, writing, the handshake and
/// the shutdown are in files of their own. All functions, unless they say otherwise: event-loop thread only.
/// </summary>
internal static unsafe partial class TlsHandler
{
    // What upstream's handlers are told that a message grows by; a record is smaller, so it always fits.
    internal const nuint MessageGrowth = 53;

    // Before anybody grants a window this much of the handshake may come.
    private const nuint HandshakeWindow = 7 * 1024;

    private static readonly aws_channel_handler_vtable* s_vtable = NewVTable();

    private static aws_channel_handler_vtable* NewVTable()
    {
        aws_channel_handler_vtable* vtable = StaticMemory.Allocate<aws_channel_handler_vtable>();
        vtable->process_read_message = &ProcessReadMessage;
        vtable->process_write_message = &ProcessWriteMessage;
        vtable->increment_read_window = &IncrementReadWindow;
        vtable->shutdown = &Shutdown;
        vtable->initial_window_size = &InitialWindowSize;
        vtable->message_overhead = &MessageOverhead;
        vtable->destroy = &Destroy;
        vtable->reset_statistics = &ResetStatistics;
        vtable->gather_statistics = &GatherStatistics;
        return vtable;
    }

    /// <summary>
    /// A client's handler for this slot, not yet in it; the options need not live on. The handshake begins with
    /// <see cref="StartNegotiation"/>. NULL with the last error set on failure.
    /// </summary>
    internal static aws_channel_handler* NewClient(
        aws_allocator* allocator, aws_tls_connection_options* options, aws_channel_slot* slot) =>
        New(allocator, options, slot, isServer: false);

    /// <summary>The same for a server, whose handshake begins with the first bytes that come.</summary>
    internal static aws_channel_handler* NewServer(
        aws_allocator* allocator, aws_tls_connection_options* options, aws_channel_slot* slot) =>
        New(allocator, options, slot, isServer: true);

    private static aws_channel_handler* New(
        aws_allocator* allocator, aws_tls_connection_options* options, aws_channel_slot* slot, bool isServer)
    {
        if (allocator == null || options == null || options->ctx == null || slot == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        TlsContext* context = TlsContext.Of(options->ctx);
        if (context->IsServer != isServer)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: context 0x{(nint)context:x} is for the other side of connections");
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        State* state = (State*)Allocator.Calloc(allocator, 1, (nuint)sizeof(State));
        state->Handler.alloc = allocator;
        state->Handler.vtable = s_vtable;
        state->Handler.slot = slot;
        state->Handler.impl = state;
        state->Slot = slot;
        state->Context = TlsContext.Of(TlsContext.Acquire(options->ctx));
        state->Engine = context->Engine;
        state->OnNegotiationResult = options->on_negotiation_result;
        state->OnDataRead = options->on_data_read;
        state->OnError = options->on_error;
        state->UserData = options->user_data;
        state->AdvertisesProtocol = options->advertise_alpn_message;
        TlsMessages.Init(&state->Transport, slot);
        TlsHandlerShared.Init(&state->Shared, &state->Handler, options);

        state->Connection = state->Engine->NewConnection(
            context->EngineContext, &state->Transport.Transport, allocator, options);
        if (state->Connection != null)
            return &state->Handler;

        int error = Errors.LastError();
        Free(state);
        Errors.Raise(error);
        return null;
    }

    /// <summary>The protocol of ALPN, empty before the handshake and without one. See <see cref="ProtocolNames"/>.</summary>
    internal static aws_byte_buf Protocol(aws_channel_handler* handler) =>
        handler == null ? default : ((State*)handler->impl)->Protocol;

    /// <summary>The host name that the client asked for; empty if it named none. The bytes are the handler's.</summary>
    internal static aws_byte_buf ServerName(aws_channel_handler* handler) =>
        handler == null ? default : ((State*)handler->impl)->ServerName;

    /// <summary>
    /// Puts a client's TLS handler to the right of a slot and begins the handshake. On failure the channel is the
    /// caller's to shut down.
    /// </summary>
    internal static int SetUpClient(aws_channel_slot* right_of_slot, aws_tls_connection_options* tls_options)
    {
        if (right_of_slot == null || tls_options == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_channel_slot* slot = Insert(right_of_slot, tls_options, isServer: false);
        return slot == null ? AWS_OP_ERR : StartNegotiation(slot->handler);
    }

    /// <summary>A new slot with a new handler to the right of another slot; NULL with the last error set.</summary>
    internal static aws_channel_slot* Insert(aws_channel_slot* rightOf, aws_tls_connection_options* options, bool isServer)
    {
        aws_channel_slot* slot = ChannelSlot.New(rightOf->channel);
        aws_channel_handler* handler = New(rightOf->alloc, options, slot, isServer);
        if (handler == null)
        {
            int error = Errors.LastError();
            ChannelSlot.Free(slot);
            Errors.Raise(error);
            return null;
        }

        ChannelSlot.InsertRight(rightOf, slot);
        Log.Write(AWS_LL_TRACE, AWS_LS_IO_TLS, $"id=0x{(nint)handler:x}: new on channel 0x{(nint)slot->channel:x}");
        if (ChannelSlot.SetHandler(slot, handler) != AWS_OP_SUCCESS)
            return null;

        if (isServer)
            TlsHandlerShared.StartDeadline(&((State*)handler->impl)->Shared);
        return slot;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint InitialWindowSize(aws_channel_handler* handler) => HandshakeWindow;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint MessageOverhead(aws_channel_handler* handler) => MessageGrowth;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(aws_channel_handler* handler) => Free((State*)handler->impl);

    private static void Free(State* state)
    {
        Leave(state);

        // A handshake that was given up may have words left.
        TlsMessages.Break(&state->Transport);
        if (state->Connection != null)
            state->Engine->FreeConnection(state->Connection);
        FailGathered(state, AWS_IO_SOCKET_CLOSED);
        TlsMessages.CleanUp(&state->Transport);
        TlsHandlerShared.CleanUp(&state->Shared);
        TlsContext.Release(&state->Context->Ctx);

        // Scheduled by another thread, from where it cannot be taken back.
        if (Volatile.Read(ref state->IsStartScheduled) != 0)
            state->IsGone = true;
        else
            Allocator.Release(state->Handler.alloc, state);
    }

    // The channel may go on without this handler: nothing of it must be left there.
    private static void Leave(State* state)
    {
        aws_channel* channel = state->Slot->channel;
        ResumeReading(state);
        Channel.ForgetWait(channel, state);
        Channel.CancelTask(channel, &state->ReadTask);
        Channel.CancelTask(channel, &state->GatherTask);
        if (state->KeyOperation != null)
            ChannelKeyOperation.Abandon(state->KeyOperation);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ResetStatistics(aws_channel_handler* handler) =>
        TlsStatistics.Reset(&((State*)handler->impl)->Shared.stats);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void GatherStatistics(aws_channel_handler* handler, aws_array_list* list)
    {
        aws_crt_statistics_tls* statistics = &((State*)handler->impl)->Shared.stats;
        ArrayList.PushBack(list, &statistics);
    }

    private enum Negotiation
    {
        Ongoing,
        Failed,
        Succeeded,
    }

    /// <summary>The handler and its state, one block.</summary>
    private struct State
    {
        // First, so that the handler's address is the block's.
        internal aws_channel_handler Handler;
        internal aws_tls_channel_handler_shared Shared;
        internal aws_channel_slot* Slot;
        internal TlsContext* Context;
        internal TlsEngine* Engine;
        internal void* Connection;
        internal TlsMessages Transport;
        internal Negotiation Negotiation;
        internal aws_tls_handler_read_state ReadState;

        /// <summary>Who signs while the handshake waits; NULL when it does not. The operation owns itself.</summary>
        internal ChannelKeyOperation* KeyOperation;

        /// <summary>Why the last operation failed, which is then why the handshake does.</summary>
        internal int KeyError;

        /// <summary>What has come while the handshake waits: the left neighbour may send as much when it goes on.</summary>
        internal nuint WithheldWindow;

        /// <summary>So much has come meanwhile that the socket is not read.</summary>
        internal bool PausesReading;

        /// <summary>1 while the task that begins the handshake is under way; if IsGone, it frees this block.</summary>
        internal int IsStartScheduled;
        internal bool IsGone;

        /// <summary>True while messages go up: what comes in meanwhile is only queued.</summary>
        internal bool IsReading;
        internal bool IsReadTaskScheduled;
        internal bool AdvertisesProtocol;
        internal int ShutdownError;
        internal RecordSizes RecordSizes;
        internal StagedWrites Staged;
        internal bool IsGatherTaskScheduled;
        internal bool IsWriteShutDown;
        internal aws_channel_task GatherTask;
        internal aws_byte_buf Protocol;
        internal aws_byte_buf ServerName;
        internal aws_channel_task NegotiationTask;
        internal aws_channel_task ReadTask;
        internal aws_tls_on_negotiation_result_fn OnNegotiationResult;
        internal aws_tls_on_data_read_fn OnDataRead;
        internal aws_tls_on_error_fn OnError;
        internal void* UserData;
    }
}
