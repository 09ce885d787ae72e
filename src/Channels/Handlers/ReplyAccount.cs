// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// Settles a session's unsent replies when the messages that carry them have left. A block of its own, for messages may
/// outlive the handler. Event-loop thread only.
/// </summary>
internal unsafe struct ReplyAccount
{
    private aws_allocator* _allocator;
    private nuint _messages;

    // NULL when the session has gone.
    private TlsRecords* _records;

    /// <summary>
    /// The message goes to the left. Its completion settles the account; where it carries content that has a completion
    /// of its own, the one who writes bounds what is under way.
    /// </summary>
    internal static void Attach(
        ref ReplyAccount* account, aws_allocator* allocator, TlsRecords* records, aws_io_message* message)
    {
        if (message->on_completion != null)
        {
            TlsRecords.SettleReplies(records, records->NewReplies);
        }
        else
        {
            if (account == null)
                account = New(allocator, records);
            message->on_completion = &OnSent;
            message->user_data = account;
            account->_messages++;
        }

        records->NewReplies = 0;
    }

    private static ReplyAccount* New(aws_allocator* allocator, TlsRecords* records)
    {
        ReplyAccount* account = (ReplyAccount*)Allocator.Calloc(allocator, 1, (nuint)sizeof(ReplyAccount));
        account->_allocator = allocator;
        account->_records = records;
        return account;
    }

    /// <summary>The message could not be sent after all, so nobody will complete it. NULL is allowed.</summary>
    internal static void Detach(ReplyAccount* account, aws_io_message* message)
    {
        if (account != null && message->user_data == account)
            account->_messages--;
    }

    /// <summary>Rule 72: the account lives until its last message is completed. NULL is allowed.</summary>
    internal static void Close(ReplyAccount* account)
    {
        if (account == null)
            return;

        account->_records = null;
        if (account->_messages == 0)
            Allocator.Release(account->_allocator, account);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSent(aws_channel* channel, aws_io_message* message, int error, void* userData)
    {
        ReplyAccount* account = (ReplyAccount*)userData;
        account->_messages--;
        if (account->_records == null)
        {
            if (account->_messages == 0)
                Allocator.Release(account->_allocator, account);
            return;
        }

        // Content in the same message only makes the settlement more generous: the peer does read.
        TlsRecords.SettleReplies(
            account->_records, message == null ? account->_records->UnsentReplies : message->message_data.len);
    }
}
