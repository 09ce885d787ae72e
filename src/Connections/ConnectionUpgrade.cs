// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>TLS on a connection that is open: what its peer has sent and nobody has read is the handshake's.</summary>
internal static unsafe class ConnectionUpgrade
{
    /// <summary>
    /// Waits until the handshake is done. Returns 0 or an error; if the handshake has failed, the connection is closed.
    /// Any thread; the settings become the connection's.
    /// </summary>
    internal static int Start(Connection* connection, TlsSettings* settings)
    {
        if (EventLoop.MustNotWaitFor(connection->Object.Loop))
        {
            TlsSettings.Release(settings);
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;
        }

        AwaitOpen(connection);
        int error = TryAsk(connection, settings, goesBehind: false);
        if (error != 0)
        {
            TlsSettings.Release(settings);
            return error;
        }

        Connection.Post(connection, ConnectionRequests.StartTls);
        WordLock.Lock(&connection->Lock);
        while (connection->Phase == ConnectionPhase.Handshaking || connection->NextTls != null)
            Connection.Wait(connection, Deadline.Never);
        bool isOpen = connection->IsEncrypted;
        error = connection->EndError;
        WordLock.Unlock(&connection->Lock);
        return isOpen ? 0 : error != 0 ? error : RESEAU_ERROR_CLOSED;
    }

    /// <summary>The protocol agreed on by ALPN, as a C string; its length, or an error.</summary>
    internal static int GetProtocol(Connection* connection, byte* buffer, nuint size)
    {
        WordLock.Lock(&connection->Lock);
        aws_byte_cursor protocol = connection->Protocol;
        WordLock.Unlock(&connection->Lock);
        if (protocol.len >= size)
            return RESEAU_ERROR_NO_ROOM;

        NativeMemory.Copy(protocol.ptr, buffer, protocol.len);
        buffer[protocol.len] = 0;
        return (int)protocol.len;
    }

    /// <summary>
    /// The same without waiting, and behind what is queued: <paramref name="onDone"/> comes when the handshake is done,
    /// on the loop's thread; after a failure the connection closes instead. Any thread.
    /// </summary>
    internal static int StartThen(Connection* connection, TlsSettings* settings, reseau_on_event_fn onDone)
    {
        settings->OnDone = onDone;
        int error = TryAsk(connection, settings, goesBehind: true);
        if (error == 0)
            Connection.Post(connection, ConnectionRequests.StartTls);
        else
            TlsSettings.Release(settings);
        return error;
    }

    // One that was adopted, or has begun to connect, is not open at once.
    private static void AwaitOpen(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        while (connection->Phase < ConnectionPhase.Handshaking && !connection->IsEnding)
            Connection.Wait(connection, Deadline.Never);
        WordLock.Unlock(&connection->Lock);
    }

    private static int TryAsk(Connection* connection, TlsSettings* settings, bool goesBehind)
    {
        WordLock.Lock(&connection->Lock);
        int error =
            connection->Phase < ConnectionPhase.Open && !connection->IsEnding ? RESEAU_ERROR_BUSY
            : connection->Phase != ConnectionPhase.Open || connection->IsEnding ? RESEAU_ERROR_CLOSED
            : connection->IsEncrypted || connection->NextTls != null ? RESEAU_ERROR_BUSY
            : !goesBehind && connection->QueuedBytes + connection->QueuedFileBytes > 0 ? RESEAU_ERROR_BUSY
            : 0;
        if (error == 0)
        {
            connection->NextTls = settings;
            connection->ItemsInTheClear =
                Outbox.Count(&connection->Outbox) + (connection->IsSendingDirectly ? 1 : 0);
        }

        WordLock.Unlock(&connection->Lock);
        return error;
    }

    /// <summary>What was written before has been handed on.</summary>
    private static bool IsClear(Connection* connection)
    {
        if (connection->NextTls == null)
            return false;

        // What has no room comes here again when the socket has taken some.
        ConnectionOutput.Send(connection);
        WordLock.Lock(&connection->Lock);
        bool isClear = connection->Sending == null && connection->ItemsInTheClear == 0;
        WordLock.Unlock(&connection->Lock);
        return isClear && (connection->Hooks == null || HookOutput.IsIdle(connection));
    }

    /// <summary>On the loop's thread. It may have ended since.</summary>
    internal static void OnLoop(Connection* connection)
    {
        if (!IsClear(connection))
            return;

        DirectReceive.TakeBack(connection, isForGood: false);
        HookInput.TakeUnread(connection);
        WordLock.Lock(&connection->Lock);
        TlsSettings* settings = connection->NextTls;
        if (settings == null)
        {
            WordLock.Unlock(&connection->Lock);
            return;
        }

        nuint length = connection->Inbox.Length;
        byte* received = length == 0 ? null : (byte*)Allocator.Acquire(Allocator.Default(), length);
        if (length > 0)
            NativeMemory.Copy(connection->Inbox.Data, received, length);
        Inbox.Clear(&connection->Inbox);
        if (connection->Phase == ConnectionPhase.Open)
            ConnectionHooks.BeginTls(connection);
        WordLock.Unlock(&connection->Lock);

        // The first flight may be answered at once, so that the phase changes before anybody looks.
        if (connection->Phase == ConnectionPhase.Open)
            ConnectionTls.Begin(connection, settings);
        WordLock.Lock(&connection->Lock);
        bool isHeld = connection->NextTls != null;
        connection->NextTls = null;
        Connection.Notify(connection);
        WordLock.Unlock(&connection->Lock);

        // An end of the connection has released it.
        if (isHeld)
            TlsSettings.Release(settings);
        if (length > 0 && connection->Tls != null)
            ConnectionTls.Decrypt(connection, received, length);
        if (received != null)
            Allocator.Release(Allocator.Default(), received);

        // A close has come before, whose end of the stream has waited for this.
        if (connection->Phase == ConnectionPhase.Closing)
            ConnectionOutput.Send(connection);
        ConnectionInput.GoOn(connection);
    }
}
