// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// How much of what only answers the peer, such as changes of keys, has not left yet. A peer that asks without end and
/// never reads would have it grow without end. The account is a block of its own, for messages may outlive the handler.
/// Event-loop thread only.
/// </summary>
internal unsafe struct UnsentReplies
{
    // Some thousand answers: behind a long queue of content a sound peer's may have to wait.
    private const nuint BytesMost = 64 * 1024;

    private Account* _account;

    // Of those, what is in the message that has not been sent to the left yet.
    private nuint _staged;

    /// <summary>False when the peer has gone too far.</summary>
    internal static bool TryAdd(UnsentReplies* replies, aws_allocator* allocator, nuint size)
    {
        Account* account = replies->_account;
        if (account == null)
        {
            account = (Account*)Allocator.Calloc(allocator, 1, (nuint)sizeof(Account));
            account->Allocator = allocator;
            replies->_account = account;
        }

        if (account->Bytes + size > BytesMost)
            return false;
        account->Bytes += size;
        replies->_staged += size;
        return true;
    }

    /// <summary>
    /// The message goes to the left. Its completion settles the account; where it carries content that has a completion of
    /// its own, the one who writes bounds what is under way.
    /// </summary>
    internal static void Attach(UnsentReplies* replies, aws_io_message* message)
    {
        if (replies->_staged == 0)
            return;

        Account* account = replies->_account;
        if (message->on_completion == null)
        {
            message->on_completion = &OnSent;
            message->user_data = account;
            account->Messages++;
        }
        else
        {
            Settle(account, replies->_staged);
        }

        replies->_staged = 0;
    }

    /// <summary>The message could not be sent after all, so nobody will complete it.</summary>
    internal static void Detach(UnsentReplies* replies, aws_io_message* message)
    {
        if (replies->_account != null && message->user_data == replies->_account)
            replies->_account->Messages--;
    }

    internal static void CleanUp(UnsentReplies* replies)
    {
        Account* account = replies->_account;
        *replies = default;
        if (account == null)
            return;

        account->IsAbandoned = true;
        if (account->Messages == 0)
            Allocator.Release(account->Allocator, account);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSent(aws_channel* channel, aws_io_message* message, int error, void* userData)
    {
        Account* account = (Account*)userData;
        account->Messages--;
        if (account->Messages == 0 && account->IsAbandoned)
        {
            Allocator.Release(account->Allocator, account);
            return;
        }

        // Content in the same message only makes the settlement more generous: the peer does read.
        Settle(account, message == null ? account->Bytes : message->message_data.len);
    }

    private static void Settle(Account* account, nuint size) => account->Bytes -= nuint.Min(account->Bytes, size);

    private struct Account
    {
        internal aws_allocator* Allocator;
        internal nuint Bytes;
        internal nuint Messages;
        internal bool IsAbandoned;
    }
}
