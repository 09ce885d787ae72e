// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// What OpenSSL is given to call. All calls pass the shim, which sees to it that managed code never runs on
/// the stack of a handshake: whoever adds a callback that can come during a handshake adds it here.
/// </summary>
internal static unsafe class OpenSslCallbacks
{
    private static nint s_table;

    internal static Shim.OpenSslCallbacks* Table => StaticMemory.Get(ref s_table, &NewTable);

    private static Shim.OpenSslCallbacks NewTable()
    {
        Shim.OpenSslCallbacks managed = new()
        {
            BioRead = &OpenSslBio.Read,
            BioWrite = &OpenSslBio.Write,
            BioControl = &OpenSslBio.Control,
            Protocols = &OpenSslConnection.OnProtocolsOffered,
            NewSession = &OpenSslConnection.OnNewSession,
            Secret = &OpenSslSessions.OnSecret,
            Status = &OpenSslStapling.OnResponse,
            Verify = &OpenSslVerification.OnVerified,
            NewTicket = &OpenSslTickets.OnNewTicket,
            Ticket = &OpenSslTickets.OnTicket,
            SubjectWanted = &OpenSslTrustLookup.OnSubjectWanted,
            LookupFreed = &OpenSslTrustLookup.OnLookupFreed,
            ServerName = &OpenSslServerNames.OnServerName,
        };
        Shim.OpenSslCallbacks forOpenSsl;
        Shim.reseau_openssl_callbacks(&managed, &forOpenSsl);
        return forOpenSsl;
    }
}
