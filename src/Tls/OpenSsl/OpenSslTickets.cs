// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// The tickets of a server that asks clients for certificates. Each says until when the certificates that were shown
/// may be relied on, also a ticket that was given for another one: a client is not to go on for ever by resuming.
/// </summary>
internal static unsafe class OpenSslTickets
{
    internal static void Apply(void* sslContext) => LibSsl.SSL_CTX_set_session_ticket_cb(
        sslContext, OpenSslCallbacks.Table->NewTicket, OpenSslCallbacks.Table->Ticket, null);

    /// <summary>A ticket is about to be made of the connection's session; 0 ends the connection.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int OnNewTicket(void* ssl, void* argument)
    {
        void* session = LibSsl.SSL_get_session(ssl);
        if (EndOf(session) != 0)
            return 1;

        long end = OpenSslValidity.EndOf(LibSsl.SSL_get0_verified_chain(ssl));
        return LibSsl.SSL_SESSION_set1_ticket_appdata(session, &end, sizeof(long));
    }

    /// <summary>A client has shown a ticket; the session is NULL if OpenSSL could not make one of it.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int OnTicket(void* ssl, void* session, byte* keyName, nuint length, int status, void* argument)
    {
        bool isOurs = status is LibSsl.SSL_TICKET_SUCCESS or LibSsl.SSL_TICKET_SUCCESS_RENEW;
        if (!isOurs || !SessionValidity.IsAhead(EndOf(session)))
            return LibSsl.SSL_TICKET_RETURN_IGNORE_RENEW;
        return status == LibSsl.SSL_TICKET_SUCCESS
            ? LibSsl.SSL_TICKET_RETURN_USE
            : LibSsl.SSL_TICKET_RETURN_USE_RENEW;
    }

    private static long EndOf(void* session)
    {
        void* data = null;
        nuint length = 0;
        bool isSet = LibSsl.SSL_SESSION_get0_ticket_appdata(session, &data, &length) == 1 && length == sizeof(long);
        return isSet ? Unsafe.ReadUnaligned<long>(data) : 0;
    }
}
