// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// The channel handler that has plain bytes to its right and TLS records to its left: a <see cref="TlsSession"/> whose
/// windows are the channel's messages. Reading, writing, the handshake, the shutdown and the states are in files of
/// their own. All functions, unless they say otherwise: event-loop thread only.
/// </summary>
internal static unsafe partial class TlsHandler
{
    // What aws-c-io's handlers say that a message grows by; a record is smaller, so it always fits.
    internal const nuint MessageGrowth = 53;

    // Before anybody grants a window this much of the handshake may come.
    private const nuint HandshakeWindow = 7 * 1024;

    private static nint s_vtable;

    private static aws_channel_handler_vtable* VTable
    {
        get
        {
            nint made = Volatile.Read(ref s_vtable);
            return made != 0
                ? (aws_channel_handler_vtable*)made
                : HandlerTable.Add(ref s_vtable, HandlerKind.Tls, Table());
        }
    }

    private static HandlerTable Table() => new()
    {
        OfC = new aws_channel_handler_vtable
        {
            process_read_message = &ProcessReadMessageOfC,
            process_write_message = &ProcessWriteMessageOfC,
            increment_read_window = &IncrementReadWindowOfC,
            shutdown = &Shutdown,
            initial_window_size = &InitialWindowSize,
            message_overhead = &MessageOverhead,
            destroy = &Destroy,
            reset_statistics = &ResetStatistics,
            gather_statistics = &GatherStatistics,
        },
        ProcessReadMessage = &ProcessReadMessage,
        ProcessWriteMessage = &ProcessWriteMessage,
        IncrementReadWindow = &IncrementReadWindow,
    };

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
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"static: context 0x{(nint)context:x} is for the other side of connections");
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        State* state = (State*)Allocator.Calloc(allocator, 1, (nuint)sizeof(State));
        state->Handler.alloc = allocator;
        state->Handler.vtable = VTable;
        state->Handler.slot = slot;
        state->Handler.impl = state;
        state->Slot = slot;
        state->OnNegotiationResult = options->on_negotiation_result;
        state->OnDataRead = options->on_data_read;
        state->OnError = options->on_error;
        state->UserData = options->user_data;
        state->AdvertisesProtocol = options->advertise_alpn_message;
        TlsHandlerShared.Init(&state->Shared, &state->Handler, options);
        if (TlsSession.Init(&state->Session, allocator, options, OwnerOf(state)) == AWS_OP_SUCCESS)
        {
            TlsMessages.Init(&state->Messages, slot, &state->Session.Records);
            return &state->Handler;
        }

        int error = Errors.LastError();
        Allocator.Release(allocator, state);
        Errors.Raise(error);
        return null;
    }

    private static TlsSessionOwner OwnerOf(State* state) => new()
    {
        Self = state,
        InputUsed = &OnInputUsed,
        OutputFull = &OnOutputFull,
        Now = &Now,
    };

    private static void OnInputUsed(void* state) => TlsMessages.NextIncoming(&((State*)state)->Messages);

    private static bool OnOutputFull(void* state, nuint size) =>
        TlsMessages.NextOutgoing(&((State*)state)->Messages, size);

    private static ulong Now(void* state)
    {
        ulong now = 0;
        Channel.CurrentClockTime(((State*)state)->Slot->channel, &now);
        return now;
    }

    /// <summary>
    /// The protocol of ALPN, empty before the handshake and without one. See <see cref="ProtocolNames"/>.
    /// </summary>
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
    internal static aws_channel_slot* Insert(
        aws_channel_slot* rightOf, aws_tls_connection_options* options, bool isServer)
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
    private static int ProcessReadMessageOfC(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) =>
        ProcessReadMessage(handler, slot, message);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ProcessWriteMessageOfC(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_io_message* message) =>
        ProcessWriteMessage(handler, slot, message);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IncrementReadWindowOfC(aws_channel_handler* handler, aws_channel_slot* slot, nuint size) =>
        IncrementReadWindow(handler, slot, size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint InitialWindowSize(aws_channel_handler* handler) => HandshakeWindow;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint MessageOverhead(aws_channel_handler* handler) => MessageGrowth;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(aws_channel_handler* handler) => Free((State*)handler->impl);

    // Rule 86: in this order.
    private static void Free(State* state)
    {
        Leave(state);

        // A handshake that was given up may have an alert left.
        state->Session.Records.IsBroken = true;
        FailGathered(state, AWS_IO_SOCKET_CLOSED);
        TlsMessages.CleanUp(&state->Messages);
        TlsHandlerShared.CleanUp(&state->Shared);
        TlsSession.CleanUp(&state->Session);
        if (!TryOrphanStart(state))
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
        AbandonKeyOperation(state);
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

    /// <summary>The handler and its state, one block.</summary>
    private struct State
    {
        // First, so that the handler's address is the block's.
        internal aws_channel_handler Handler;
        internal aws_tls_channel_handler_shared Shared;
        internal aws_channel_slot* Slot;
        internal TlsSession Session;
        internal TlsMessages Messages;

        /// <summary>The key operation under way, else NULL. The operation owns itself.</summary>
        internal ChannelKeyOperation* KeyOperation;

        /// <summary>
        /// What has come while the handshake goes on: the handler to the left may send as much when it does not wait.
        /// </summary>
        internal nuint UngrantedWindow;

        // The axes of TlsHandlerStates.cs, where they are changed. Start is a StartTask that several threads see.
        internal int Start;
        internal ReadDirection Reading;
        internal Delivery Delivery;
        internal WriteDirection Writing;
        internal SocketInput SocketInput;
        internal bool AdvertisesProtocol;
        internal int ShutdownError;
        internal StagedWrites Staged;
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
