// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Tls.Pkcs11;

/// <summary>The threads, their queue, and the sessions that they share out.</summary>
internal unsafe partial struct Pkcs11KeyHandler
{
    // The output of a key of 16384 bits.
    private const int MaxOutput = 2048;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnKeyOperation(aws_custom_key_op_handler* keyHandler, aws_tls_key_operation* operation)
    {
        Pkcs11KeyHandler* handler = (Pkcs11KeyHandler*)keyHandler;
        if (IsInherited(handler))
        {
            TlsKeyOperation.CompleteWithError(operation, AWS_ERROR_INVALID_STATE);
            return;
        }

        Mutex.Lock(&handler->_lock);
        Append(handler, (TlsKeyOperation*)operation);
        bool needsThread = handler->_threads < handler->_maxThreads;
        if (needsThread)
            handler->_threads++;
        Mutex.Unlock(&handler->_lock);
        if (needsThread)
            AwsRefCount.Acquire(&handler->_base.ref_count);
        if (needsThread && Launch(handler) != AWS_OP_SUCCESS)
            GiveUpThread(handler, Errors.LastError());
    }

    private static int Launch(Pkcs11KeyHandler* handler)
    {
        aws_thread thread;
        Threads.Init(&thread, handler->_allocator);
        aws_thread_options options = *Threads.DefaultOptions();
        options.join_strategy = AWS_TJS_MANAGED;
        options.name = ByteCursor.FromLiteral("AwsPkcs11"u8);
        return Threads.Launch(&thread, &Run, handler, &options);
    }

    // Others will do what waits, if there are others.
    private static void GiveUpThread(Pkcs11KeyHandler* handler, int error)
    {
        Mutex.Lock(&handler->_lock);
        TlsKeyOperation* abandoned = null;
        if (--handler->_threads == 0)
        {
            abandoned = handler->_firstWaiting;
            handler->_firstWaiting = null;
            handler->_lastWaiting = null;
        }

        Mutex.Unlock(&handler->_lock);
        while (abandoned != null)
        {
            TlsKeyOperation* operation = abandoned;
            abandoned = operation->NextWaiting;
            TlsKeyOperation.CompleteWithError((aws_tls_key_operation*)operation, error);
        }

        AwsRefCount.Release(&handler->_base.ref_count);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(void* argument)
    {
        Pkcs11KeyHandler* handler = (Pkcs11KeyHandler*)argument;
        byte* output = stackalloc byte[MaxOutput];
        if (!TryBegin(handler, out nuint session))
            return;

        TlsKeyOperation* operation = Next(handler, session);
        while (operation != null)
        {
            nuint length;
            int error = Perform(handler, session, (aws_tls_key_operation*)operation, output, &length);

            // Before the completion: when the last is completed no thread holds the handler any more.
            TlsKeyOperation* next = Next(handler, session);
            if (error == AWS_ERROR_SUCCESS)
                TlsKeyOperation.Complete((aws_tls_key_operation*)operation, new() { ptr = output, len = length });
            else
                TlsKeyOperation.CompleteWithError((aws_tls_key_operation*)operation, error);
            operation = next;
        }

        SecureMemory.Zero(output, MaxOutput);
    }

    /// <summary>A session for this thread; without one there is no use for it, if others have some.</summary>
    private static bool TryBegin(Pkcs11KeyHandler* handler, out nuint session)
    {
        if (TryTakeIdle(handler, out session))
            return true;

        nuint opened;
        if (Pkcs11Sessions.Open(handler->_library, handler->_slot, &opened) == AWS_OP_SUCCESS)
        {
            session = opened;
            return true;
        }

        // The token has no more sessions. All that there are may have become idle meanwhile.
        int error = Errors.LastError();
        if (TryTakeIdle(handler, out session))
            return true;

        GiveUpThread(handler, error);
        return false;
    }

    private static bool TryTakeIdle(Pkcs11KeyHandler* handler, out nuint session)
    {
        Mutex.Lock(&handler->_lock);
        bool isTaken = handler->_idleCount > 0;
        session = isTaken ? handler->_idle[--handler->_idleCount] : 0;
        Mutex.Unlock(&handler->_lock);
        return isTaken;
    }

    /// <summary>
    /// The next operation; NULL when there is none, and then the session is idle and the thread ends.
    /// </summary>
    private static TlsKeyOperation* Next(Pkcs11KeyHandler* handler, nuint session)
    {
        Mutex.Lock(&handler->_lock);
        TlsKeyOperation* operation = handler->_firstWaiting;
        if (operation != null)
        {
            handler->_firstWaiting = operation->NextWaiting;
            if (handler->_firstWaiting == null)
                handler->_lastWaiting = null;
        }
        else
        {
            handler->_idle[handler->_idleCount++] = session;
            handler->_threads--;
        }

        Mutex.Unlock(&handler->_lock);
        if (operation == null)
            AwsRefCount.Release(&handler->_base.ref_count);
        return operation;
    }

    private static void Append(Pkcs11KeyHandler* handler, TlsKeyOperation* operation)
    {
        operation->NextWaiting = null;
        if (handler->_lastWaiting == null)
            handler->_firstWaiting = operation;
        else
            handler->_lastWaiting->NextWaiting = operation;
        handler->_lastWaiting = operation;
    }

    /// <summary>
    /// The output goes into memory of the thread's, so that nothing of the allocator is left to free.
    /// </summary>
    private static int Perform(
        Pkcs11KeyHandler* handler, nuint session, aws_tls_key_operation* operation, byte* output, nuint* length)
    {
        aws_byte_cursor input = TlsKeyOperation.GetInput(operation);
        aws_byte_buf result = default;
        int outcome = TlsKeyOperation.GetType(operation) switch
        {
            AWS_TLS_KEY_OPERATION_SIGN => Pkcs11Operations.Sign(
                handler->_library,
                session,
                handler->_key,
                handler->_keyType,
                input,
                handler->_allocator,
                TlsKeyOperation.GetDigestAlgorithm(operation),
                TlsKeyOperation.GetSignatureAlgorithm(operation),
                &result),
            AWS_TLS_KEY_OPERATION_DECRYPT => Pkcs11Operations.Decrypt(
                handler->_library, session, handler->_key, handler->_keyType, input, handler->_allocator, &result),
            _ => Errors.Raise(AWS_ERROR_INVALID_STATE),
        };
        int error = outcome == AWS_OP_SUCCESS ? AWS_ERROR_SUCCESS : Errors.LastError();
        *length = result.len;
        if (error == AWS_ERROR_SUCCESS && result.len > MaxOutput)
            error = AWS_ERROR_PKCS11_ENCODING_ERROR;
        else if (error == AWS_ERROR_SUCCESS)
            new ReadOnlySpan<byte>(result.buffer, (int)result.len).CopyTo(new Span<byte>(output, MaxOutput));
        ByteBuf.CleanUpSecure(&result);
        return error;
    }
}
