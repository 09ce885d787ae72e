// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// One TLS connection over byte windows: a channel's messages, a socket's buffers, or a test's arrays. It knows neither
/// sockets nor channels, never waits and holds no bytes of its own: each call works on what is in the windows of
/// <see cref="Records"/>, asks the owner for more where one ends, and says how far it got. Whatever a call has put into
/// the output window is the owner's to send, also after a failure: it may be the alert that says why.
/// </summary>
/// <remarks>
/// Used by one thread at a time, not from inside the owner's functions. It must not move: engines keep its address.
/// </remarks>
internal unsafe struct TlsSession
{
    // With less room than this a window counts as full: a record cut in two costs more than the room is worth.
    private const nuint RoomWorthFilling = 2 * 1024;

    internal TlsRecords Records;
    private TlsContext* _context;
    private TlsEngine* _engine;
    private void* _connection;
    private AlpnList _ownProtocols;
    private TlsKeyRequest _keyRequest;
    private RecordSizes _recordSizes;
    private TlsSessionState _state;
    private int _keyError;
    private int _error;

    /// <summary>
    /// For the context of the options, which is held; of the rest what is needed is copied. AWS_OP_ERR with the last
    /// error set; then there is nothing to clean up.
    /// </summary>
    internal static int Init(
        TlsSession* session, aws_allocator* allocator, aws_tls_connection_options* options, TlsSessionOwner owner)
    {
        *session = default;
        session->Records.Owner = owner;
        TlsContext* context = TlsContext.Of(options->ctx);
        session->_context = context;
        session->_engine = context->Engine;
        if (options->alpn_list != null &&
            AlpnList.Init(&session->_ownProtocols, allocator, options->alpn_list) != AWS_OP_SUCCESS)
        {
            return AWS_OP_ERR;
        }

        session->_connection = context->Engine->NewConnection(
            context->EngineContext, &session->Records, allocator, options, Protocols(session));
        if (session->_connection == null)
        {
            AlpnList.CleanUp(&session->_ownProtocols);
            return AWS_OP_ERR;
        }

        TlsContext.Acquire(options->ctx);
        return AWS_OP_SUCCESS;
    }

    private static AlpnList* Protocols(TlsSession* session) =>
        session->_ownProtocols.Length > 0 ? &session->_ownProtocols : &session->_context->Protocols;

    /// <summary>Nothing more is put into the windows, whatever the state.</summary>
    internal static void CleanUp(TlsSession* session)
    {
        session->Records.IsBroken = true;
        session->_engine->FreeConnection(session->_connection);
        AlpnList.CleanUp(&session->_ownProtocols);
        TlsContext.Release(&session->_context->Ctx);
    }

    internal readonly TlsSessionState State => _state;

    /// <summary>Whether the handshake is still to come or under way.</summary>
    internal readonly bool IsHandshakePending => _state <= TlsSessionState.AwaitingKey;

    /// <summary>Whether there has been a handshake, whatever became of the session since.</summary>
    internal readonly bool HadHandshake => _state >= TlsSessionState.Open;

    /// <summary>Why the session failed, if it did.</summary>
    internal readonly int Error => _error;

    /// <summary>The outcome of the handshake, as statistics call it.</summary>
    internal readonly aws_tls_negotiation_status HandshakeStatus => _state switch
    {
        TlsSessionState.Idle => AWS_TLS_NEGOTIATION_STATUS_NONE,
        TlsSessionState.Handshaking or TlsSessionState.AwaitingKey => AWS_TLS_NEGOTIATION_STATUS_ONGOING,
        TlsSessionState.HandshakeFailed => AWS_TLS_NEGOTIATION_STATUS_FAILURE,
        _ => AWS_TLS_NEGOTIATION_STATUS_SUCCESS,
    };

    /// <summary>
    /// Goes on with the handshake. Done: it is over. NeedsInput: the peer has to send first. NeedsKey: see
    /// <see cref="KeyRequest"/>. Not while the session awaits a key, nor once there was a handshake.
    /// </summary>
    internal static TlsOutcome Handshake(TlsSession* session)
    {
        Enter(session, TlsSessionEvent.HandshakeStepped);
        if (session->_state != TlsSessionState.Handshaking)
        {
            Errors.Raise(AWS_ERROR_INVALID_STATE);
            return TlsOutcome.Failed;
        }

        TlsOutcome outcome = session->_engine->Handshake(session->_connection);
        while (outcome == TlsOutcome.NeedsKey && !TryTakeKeyRequest(session))
            outcome = session->_engine->Handshake(session->_connection);
        if (outcome == TlsOutcome.Done)
            Enter(session, TlsSessionEvent.HandshakeFinished);
        else if (outcome == TlsOutcome.NeedsKey)
            Enter(session, TlsSessionEvent.KeyNeeded);
        else if (outcome == TlsOutcome.Failed)
            Fail(session, session->_keyError != AWS_ERROR_SUCCESS ? session->_keyError : Errors.LastError());
        return outcome;
    }

    // False when nobody can be asked: then the engine knows, and is to be called again.
    private static bool TryTakeKeyRequest(TlsSession* session)
    {
        if (session->_engine->KeyRequest(session->_connection, &session->_keyRequest) == AWS_OP_SUCCESS)
            return true;

        session->_keyError = Errors.LastError();
        session->_engine->AnswerKeyRequest(session->_connection, null);
        return false;
    }

    /// <summary>
    /// What is to be done with the private key while the session awaits that. Good until it is answered.
    /// </summary>
    internal static TlsKeyRequest* KeyRequest(TlsSession* session) => &session->_keyRequest;

    /// <summary>Who has the private key; NULL if it is the engine, or nobody.</summary>
    internal static aws_custom_key_op_handler* KeyHandler(TlsSession* session) => session->_context->KeyHandler;

    /// <summary>
    /// Ends the wait for the key: with its output, or without one, which ends the handshake with this error. Then the
    /// handshake goes on.
    /// </summary>
    internal static void AnswerKeyRequest(TlsSession* session, aws_byte_cursor* output, int error)
    {
        if (session->_state != TlsSessionState.AwaitingKey)
            return;

        Enter(session, TlsSessionEvent.KeyAnswered);
        session->_keyError = error;
        if (session->_engine->AnswerKeyRequest(session->_connection, output))
            return;

        // No key makes an output like this.
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_TLS,
            $"id=0x{(nint)session->Records.Owner.Self:x}: the output of the key operation is empty or too long");
        session->_keyError = AWS_ERROR_INVALID_STATE;
        session->_engine->AnswerKeyRequest(session->_connection, null);
    }

    /// <summary>Whether there is anything that <see cref="Read"/> could work on.</summary>
    internal static bool HasInput(TlsSession* session) =>
        session->Records.InputLength > 0 || session->_engine->HasPlaintext(session->_connection);

    /// <summary>
    /// Decrypts as many records into a window of the caller's as go in; what was read is good with every outcome. Done:
    /// at least a byte, unless the window is empty. NeedsInput: all that has come is read, or is a part of a record.
    /// Closed: the peer's close_notify.
    /// </summary>
    internal static TlsOutcome Read(TlsSession* session, byte* into, nuint size, out nuint read)
    {
        read = 0;
        if (session->_state is not (TlsSessionState.Open or TlsSessionState.WriteClosed))
            return ReadInVain(session);
        if (size == 0)
            return HasInput(session) ? TlsOutcome.Done : TlsOutcome.NeedsInput;

        TlsOutcome outcome;
        session->Records.IsReplying = true;
        do
        {
            outcome = session->_engine->Read(session->_connection, into + read, size - read, out nuint part);
            read += part;
        }
        while (outcome == TlsOutcome.Done && size - read >= RoomWorthFilling && !session->Records.HasTooManyReplies &&
            HasInput(session));

        session->Records.IsReplying = false;
        return outcome == TlsOutcome.Done && !session->Records.HasTooManyReplies
            ? outcome
            : EndReading(session, outcome);
    }

    private static TlsOutcome EndReading(TlsSession* session, TlsOutcome outcome)
    {
        if (outcome == TlsOutcome.Failed)
        {
            Fail(session, Errors.LastError());
        }
        else if (session->Records.HasTooManyReplies)
        {
            // An engine may not mind that an alert of its own cannot go.
            outcome = TlsOutcome.Failed;
            Errors.Raise(AWS_IO_TLS_ERROR_READ_FAILURE);
            Fail(session, AWS_IO_TLS_ERROR_READ_FAILURE);
        }
        else if (outcome == TlsOutcome.Closed)
        {
            Enter(session, TlsSessionEvent.CloseNotifyReceived);
        }

        return outcome;
    }

    private static TlsOutcome ReadInVain(TlsSession* session)
    {
        if (session->_state is TlsSessionState.ReadClosed or TlsSessionState.Closed)
            return TlsOutcome.Closed;

        Errors.Raise(session->HadHandshake ? AWS_IO_TLS_ERROR_READ_FAILURE : AWS_IO_TLS_ERROR_NOT_NEGOTIATED);
        return TlsOutcome.Failed;
    }

    /// <summary>
    /// The peer's bytes have ended. Unless its close_notify came before, somebody may have cut the stream: the session
    /// fails with AWS_IO_TLS_ALERT_NOT_GRACEFUL, or with AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE in the handshake.
    /// </summary>
    internal static TlsOutcome EndInput(TlsSession* session)
    {
        if (session->_state is TlsSessionState.ReadClosed or TlsSessionState.Closed)
            return TlsOutcome.Closed;

        Fail(session, session->HadHandshake ? AWS_IO_TLS_ALERT_NOT_GRACEFUL : AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE);
        Errors.Raise(session->_error);
        return TlsOutcome.Failed;
    }

    /// <summary>
    /// Encrypts all of it; Done or Failed. A stream begins with short records (<see cref="RecordSizes"/>).
    /// </summary>
    internal static TlsOutcome Write(TlsSession* session, byte* content, nuint length)
    {
        if (session->_state is not (TlsSessionState.Open or TlsSessionState.ReadClosed))
        {
            Errors.Raise(
                session->HadHandshake ? AWS_IO_TLS_ERROR_WRITE_FAILURE : AWS_IO_TLS_ERROR_NOT_NEGOTIATED);
            return TlsOutcome.Failed;
        }

        TlsRecords.Expect(&session->Records, length);
        while (length > 0)
        {
            nuint part = RecordSizes.NeedsClock(length)
                ? RecordSizes.Next(&session->_recordSizes, length, Now(session))
                : length;
            if (session->_engine->Write(session->_connection, content, part) != TlsOutcome.Done)
            {
                // Where only the owner takes no more, what has come can still be read (rule 400).
                if (session->Records.IsBroken)
                    Errors.Raise(AWS_IO_TLS_ERROR_WRITE_FAILURE);
                else
                    Fail(session, Errors.LastError());
                return TlsOutcome.Failed;
            }

            content += part;
            length -= part;
        }

        session->Records.Expected = 0;
        return TlsOutcome.Done;
    }

    private static ulong Now(TlsSession* session) => session->Records.Owner.Now(session->Records.Owner.Self);

    /// <summary>Puts our close_notify, once, if there is a connection to close.</summary>
    internal static void SendCloseNotify(TlsSession* session)
    {
        if (session->_state is not (TlsSessionState.Open or TlsSessionState.ReadClosed))
            return;

        session->_engine->SendCloseNotify(session->_connection);
        Enter(session, TlsSessionEvent.CloseNotifySent);
    }

    /// <summary>Everything that came has been read: memory that only records on their way need goes back.</summary>
    internal static void ReleaseBuffers(TlsSession* session)
    {
        if (session->_state != TlsSessionState.Lost)
            session->_engine->ReleaseBuffers(session->_connection);
    }

    /// <summary>Gives the session up, for a reason that it does not know itself. The first reason stays.</summary>
    internal static void Fail(TlsSession* session, int error)
    {
        if (session->_error == AWS_ERROR_SUCCESS)
            session->_error = error;
        Enter(session, TlsSessionEvent.Failed);
    }

    /// <summary>The same for the handshake, also when it is over but our last flight could not be sent.</summary>
    internal static void FailHandshake(TlsSession* session, int error)
    {
        if (session->_error == AWS_ERROR_SUCCESS)
            session->_error = error;
        Enter(session, TlsSessionEvent.HandshakeAbandoned);
    }

    /// <summary>
    /// The protocol agreed on by ALPN, kept for good (<see cref="ProtocolNames"/>); empty if none was.
    /// </summary>
    internal static aws_byte_cursor Protocol(TlsSession* session)
    {
        aws_byte_cursor protocol = session->_engine->Protocol(session->_connection);

        // Not each engine checks that a server chose among what it was offered, and what a peer makes up is not kept.
        return AlpnList.Contains(Protocols(session), protocol) ? ProtocolNames.Keep(protocol) : protocol;
    }

    /// <summary>The host name that the client asked for; empty if it named none. Good as long as the session.</summary>
    internal static aws_byte_cursor ServerName(TlsSession* session) =>
        session->_engine->ServerName(session->_connection);

    /// <summary>What the handshake has led to.</summary>
    internal static TlsDescription Describe(TlsSession* session) => session->_engine->Describe(session->_connection);

    /// <summary>See <see cref="TlsEngine.PeerCertificate"/>.</summary>
    internal static bool TryGetPeerCertificate(TlsSession* session, aws_allocator* allocator, aws_byte_buf* der) =>
        session->_engine->PeerCertificate(session->_connection, allocator, der);

    // Rule 84: nothing else sets the state.
    private static void Enter(TlsSession* session, TlsSessionEvent happened) =>
        session->_state = TlsSessionTransitions.After(session->_state, happened);
}
