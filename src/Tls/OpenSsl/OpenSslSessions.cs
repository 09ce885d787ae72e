// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// The latest session of each host that a client's context has talked to. A resumed session skips the certificates;
/// that is sound because all connections of a context trust the same authorities, and as long as the certificates are
/// good. Any thread.
/// </summary>
internal unsafe struct OpenSslSessions
{
    private const nuint MaxHosts = 256;

    private aws_allocator* _allocator;
    private ForkLock _lock;
    private aws_cache* _byHost;

    /// <summary>Whether sessions are kept: yes, unless RESEAU_TLS_RESUMPTION is "off" in the environment.</summary>
    internal static bool IsWanted
    {
        get
        {
            byte* value = Libc.getenv(Literal.Of("RESEAU_TLS_RESUMPTION"u8));
            return value == null || !ByteArray.EqCStr(value, 3, Literal.Of("off"u8));
        }
    }

    /// <summary>Has OpenSSL report the sessions of this SSL_CTX.</summary>
    internal static OpenSslSessions* New(aws_allocator* allocator, void* sslContext)
    {
        OpenSslSessions* sessions = (OpenSslSessions*)Allocator.Calloc(allocator, 1, (nuint)sizeof(OpenSslSessions));
        sessions->_allocator = allocator;
        ForkLock.Init(&sessions->_lock);
        sessions->_byHost = NewCache(allocator);
        LibSsl.SSL_CTX_ctrl(
            sslContext,
            LibSsl.SSL_CTRL_SET_SESS_CACHE_MODE,
            LibSsl.SSL_SESS_CACHE_CLIENT | LibSsl.SSL_SESS_CACHE_NO_INTERNAL,
            null);
        LibSsl.SSL_CTX_sess_set_new_cb(sslContext, OpenSslCallbacks.Table->NewSession);
        return sessions;
    }

    /// <summary>NULL is allowed.</summary>
    internal static void Free(OpenSslSessions* sessions)
    {
        if (sessions == null)
            return;

        Enter(sessions);
        ForkLock.Exit(&sessions->_lock);
        Cache.Destroy(sessions->_byHost);
        ForkLock.CleanUp(&sessions->_lock);
        Allocator.Release(sessions->_allocator, sessions);
    }

    /// <summary>
    /// Keeps the session, instead of an older one, until this end (<see cref="OpenSslValidity"/>); true when the
    /// reference was taken over.
    /// </summary>
    internal static bool Keep(OpenSslSessions* sessions, aws_string* host, void* session, long end)
    {
        if (!OpenSslValidity.IsAhead(end))
            return false;

        LibSsl.SSL_SESSION_set_timeout(session, (nint)end - LibSsl.SSL_SESSION_get_time(session));
        aws_string* key = AwsString.NewFromString(sessions->_allocator, host);
        Enter(sessions);
        bool isKept = Cache.Put(sessions->_byHost, key, session) == AWS_OP_SUCCESS;
        ForkLock.Exit(&sessions->_lock);
        if (!isKept)
            AwsString.Destroy(key);
        return isKept;
    }

    /// <summary>Lets a new connection go on with the host's session, if there is one. Returns its end, or 0.</summary>
    internal static long Resume(OpenSslSessions* sessions, aws_string* host, void* ssl)
    {
        void* session = sessions == null ? null : Find(sessions, host);
        if (session == null)
            return 0;

        long end = EndOf(session);
        if (LibSsl.SSL_SESSION_is_resumable(session) == 1 && LibSsl.SSL_set_session(ssl, session) != 1)
            LibCrypto.ERR_clear_error();
        LibSsl.SSL_SESSION_free(session);
        return end;
    }

    // The caller gets a reference.
    private static void* Find(OpenSslSessions* sessions, aws_string* host)
    {
        void* session = null;
        Enter(sessions);
        Cache.Find(sessions->_byHost, host, &session);
        if (session != null && OpenSslValidity.IsAhead(EndOf(session)))
        {
            LibSsl.SSL_SESSION_up_ref(session);
        }
        else if (session != null)
        {
            Cache.Remove(sessions->_byHost, host);
            session = null;
        }

        ForkLock.Exit(&sessions->_lock);
        return session;
    }

    // A context may be made before a fork for all children to use. A cache that was just being changed is left as it
    // is.
    private static void Enter(OpenSslSessions* sessions)
    {
        ForkLock.Enter(&sessions->_lock);
        if (ForkLock.WasInterrupted(&sessions->_lock))
            sessions->_byHost = NewCache(sessions->_allocator);
    }

    private static aws_cache* NewCache(aws_allocator* allocator) => OrderedCache.NewLru(
        allocator, Hash.StringFunction, Hash.StringEqFunction, Hash.StringDestroyFunction, &DestroySession, MaxHosts);

    private static long EndOf(void* session) =>
        LibSsl.SSL_SESSION_get_time(session) + LibSsl.SSL_SESSION_get_timeout(session);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void DestroySession(void* session) => LibSsl.SSL_SESSION_free(session);
}
