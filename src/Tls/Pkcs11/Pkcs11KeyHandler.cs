// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.Pkcs11;
using Volatile = System.Threading.Volatile;

namespace Reseau.Native.Tls.Pkcs11;

/// <summary>
/// Uses a private key in a token for TLS. Tokens are slow, and block, so this is done on threads of its own, which come
/// when there is work and go when there is none, each with a session of its own. Counted; any thread.
/// </summary>
internal unsafe partial struct Pkcs11KeyHandler
{
    // More than this few tokens can do at once.
    private const int MaxSessions = 4;

    private static nint s_vtable;

    // First: the pointer that the user holds is this one's.
    private aws_custom_key_op_handler _base;
    private aws_allocator* _allocator;
    private aws_pkcs11_lib* _library;
    private nuint _slot;
    private nuint _key;
    private nuint _keyType;
    private bool _signsPss;

    // What Fork.Count was when this was made. Sessions are good in one process only.
    private int _forks;

    // Of these the lock is held: the queue, the idle sessions, and how many threads there are and may be.
    private aws_mutex _lock;
    private TlsKeyOperation* _firstWaiting;
    private TlsKeyOperation* _lastWaiting;
    private SessionArray _idle;
    private int _idleCount;
    private int _threads;
    private int _maxThreads;

    [InlineArray(MaxSessions)]
    private struct SessionArray
    {
        private nuint _first;
    }

    private static aws_custom_key_op_handler_vtable* VTable => StaticMemory.Get(ref s_vtable, &VTableEntries);

    private static aws_custom_key_op_handler_vtable VTableEntries() => new() { on_key_operation = &OnKeyOperation };

    /// <summary>Whether this is one of these, with a token that signs by RSA-PSS.</summary>
    internal static bool SignsPss(aws_custom_key_op_handler* handler) =>
        handler->vtable == VTable && ((Pkcs11KeyHandler*)handler)->_signsPss;

    /// <summary>
    /// Opens a session, logs in and finds the key. Cursors without a pointer, and a NULL slot id, stand for any;
    /// without a PIN the token asks for it. The library is held. NULL with the last error set.
    /// </summary>
    internal static aws_custom_key_op_handler* New(
        aws_allocator* allocator,
        aws_pkcs11_lib* pkcs11_lib,
        aws_byte_cursor* user_pin,
        aws_byte_cursor* match_token_label,
        aws_byte_cursor* match_private_key_label,
        ulong* match_slot_id)
    {
        if (allocator == null || pkcs11_lib == null)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_PKCS11, $"static: a key in a token needs a PKCS#11 library");
            return (aws_custom_key_op_handler*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);
        }

        Pkcs11KeyHandler* handler =
            (Pkcs11KeyHandler*)Allocator.Calloc(allocator, 1, (nuint)sizeof(Pkcs11KeyHandler));
        handler->_base.impl = handler;
        handler->_base.vtable = VTable;
        AwsRefCount.Init(&handler->_base.ref_count, handler, &OnUnreferenced);
        handler->_allocator = allocator;
        handler->_library = Pkcs11Library.Acquire(pkcs11_lib);
        handler->_maxThreads = MaxSessions;
        handler->_forks = Fork.Count;
        Mutex.Init(&handler->_lock);

        aws_string* pin = CopyOf(allocator, user_pin);
        aws_string* tokenLabel = CopyOf(allocator, match_token_label);
        aws_string* keyLabel = CopyOf(allocator, match_private_key_label);
        int result = Connect(handler, match_slot_id, tokenLabel, pin, keyLabel);
        int error = Errors.LastError();
        AwsString.DestroySecure(pin);
        AwsString.Destroy(tokenLabel);
        AwsString.Destroy(keyLabel);
        if (result == AWS_OP_SUCCESS)
            return &handler->_base;

        AwsRefCount.Release(&handler->_base.ref_count);
        return (aws_custom_key_op_handler*)Errors.RaiseNull(error);
    }

    private static int Connect(
        Pkcs11KeyHandler* handler, ulong* slotId, aws_string* tokenLabel, aws_string* pin, aws_string* keyLabel)
    {
        aws_pkcs11_lib* library = handler->_library;
        nuint session;
        if (Pkcs11Slots.FindWithToken(library, slotId, tokenLabel, &handler->_slot) != AWS_OP_SUCCESS ||
            Pkcs11Sessions.Open(library, handler->_slot, &session) != AWS_OP_SUCCESS)
        {
            return AWS_OP_ERR;
        }

        handler->_idle[handler->_idleCount++] = session;
        if (Pkcs11Sessions.LogInUser(library, session, pin) != AWS_OP_SUCCESS ||
            Pkcs11Sessions.FindPrivateKey(
                library, session, keyLabel, &handler->_key, &handler->_keyType) != AWS_OP_SUCCESS)
        {
            return AWS_OP_ERR;
        }

        CK_MECHANISM_INFO mechanism = default;
        nuint result = Pkcs11Library.Of(library)->Functions->C_GetMechanismInfo(
            handler->_slot, Cryptoki.CKM_RSA_PKCS_PSS, &mechanism);
        handler->_signsPss = result == Cryptoki.CKR_OK && (mechanism.flags & Cryptoki.CKF_SIGN) != 0;
        return AWS_OP_SUCCESS;
    }

    private static bool IsInherited(Pkcs11KeyHandler* handler) => handler->_forks != Fork.Count;

    private static aws_string* CopyOf(aws_allocator* allocator, aws_byte_cursor* text) =>
        text == null || text->ptr == null ? null : AwsString.NewFromCursor(allocator, text);

    // Threads hold the handler, so none is left by now.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnUnreferenced(void* userData)
    {
        Pkcs11KeyHandler* handler = (Pkcs11KeyHandler*)userData;
        while (!IsInherited(handler) && handler->_idleCount > 0)
            Pkcs11Sessions.Close(handler->_library, handler->_idle[--handler->_idleCount]);
        Mutex.CleanUp(&handler->_lock);
        Pkcs11Library.Release(handler->_library);
        Allocator.Release(handler->_allocator, handler);
    }
}
