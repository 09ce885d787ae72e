// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>The sessions of OpenSSL's clients, on their way into a <see cref="SessionCache"/> and out of it.</summary>
internal static unsafe class OpenSslSessions
{
    /// <summary>Has OpenSSL report the sessions of this SSL_CTX.</summary>
    internal static SessionCache* NewCache(aws_allocator* allocator, void* sslContext)
    {
        LibSsl.SSL_CTX_ctrl(
            sslContext,
            LibSsl.SSL_CTRL_SET_SESS_CACHE_MODE,
            LibSsl.SSL_SESS_CACHE_CLIENT | LibSsl.SSL_SESS_CACHE_NO_INTERNAL,
            null);
        LibSsl.SSL_CTX_sess_set_new_cb(sslContext, OpenSslCallbacks.Table->NewSession);
        return SessionCache.New(allocator, &Acquire, &Release);
    }

    /// <summary>Keeps the session until this end; true when the reference was taken over.</summary>
    internal static bool Keep(SessionCache* cache, aws_string* host, void* session, long end)
    {
        if (!SessionValidity.IsAhead(end))
            return false;

        LibSsl.SSL_SESSION_set_timeout(session, (c_long)end - LibSsl.SSL_SESSION_get_time(session));
        return SessionCache.Keep(cache, host, session, end);
    }

    /// <summary>Lets a new connection go on with the host's session, if there is one. Returns its end, or 0.</summary>
    internal static long Resume(SessionCache* cache, aws_string* host, void* ssl)
    {
        void* session = SessionCache.Find(cache, host, out long end);
        if (session == null)
            return 0;

        if (LibSsl.SSL_SESSION_is_resumable(session) == 1 && LibSsl.SSL_set_session(ssl, session) != 1)
            LibCrypto.ERR_clear_error();
        LibSsl.SSL_SESSION_free(session);
        return end;
    }

    private static void Acquire(void* session) => LibSsl.SSL_SESSION_up_ref(session);

    private static void Release(void* session) => LibSsl.SSL_SESSION_free(session);

    /// <summary>Reports a line of a secret; for SSL_CTX_set_keylog_callback.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void OnSecret(void* ssl, byte* line)
    {
        OpenSslContext* context = OpenSslConnection.ContextOf(ssl);
        if (context != null && context->KeyLogFile != 0)
            KeyLog.WriteTo(context->KeyLogFile - 1, line);
        else if (KeyLog.IsOpen())
            KeyLog.Write(line);
    }
}
