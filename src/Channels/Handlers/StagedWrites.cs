// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// Small messages that wait to become one record. A record costs as much as encrypting a kilobyte, at both ends, so
/// what is written within one tick of the loop shares records. Event-loop thread only.
/// </summary>
internal unsafe struct StagedWrites
{
    private const int MaxCompletions = 64;

    private aws_io_message* _content;
    private Completions* _completions;

    internal readonly bool IsEmpty => _content == null;

    internal readonly aws_io_message* Content => _content;

    /// <summary>
    /// Copies the message and returns it to the pool; false, with everything as it was, if there is no room for it.
    /// </summary>
    internal static bool TryAdd(StagedWrites* staged, aws_channel_slot* slot, aws_io_message* message)
    {
        if (staged->_content == null && (staged->_content = AcquireContent(slot)) == null)
            return false;

        aws_byte_buf* data = &staged->_content->message_data;
        nuint length = message->message_data.len;
        if (length > data->capacity - data->len || !TryAddCompletion(staged, slot->alloc, message))
            return false;

        NativeMemory.Copy(message->message_data.buffer, data->buffer + data->len, length);
        data->len += length;
        MessagePool.Return(message);
        return true;
    }

    // As much as leaves its record room in one message.
    private static aws_io_message* AcquireContent(aws_channel_slot* slot)
    {
        nuint most = Channel.MaxFragmentSize;
        nuint growth =
            CheckedMath.AddSaturating(ChannelSlot.UpstreamMessageOverhead(slot), TlsHandler.MessageGrowth);
        return Channel.AcquireMessageFromPool(
            slot->channel, AWS_IO_MESSAGE_APPLICATION_DATA, most > growth ? most - growth : most);
    }

    private static bool TryAddCompletion(StagedWrites* staged, aws_allocator* allocator, aws_io_message* message)
    {
        if (message->on_completion == null)
            return true;
        if (staged->_completions == null)
        {
            staged->_completions = (Completions*)Allocator.Acquire(allocator, (nuint)sizeof(Completions));
            staged->_completions->Allocator = allocator;
            staged->_completions->Count = 0;
        }

        if (staged->_completions->Count == MaxCompletions)
            return false;

        ref Completion completion = ref staged->_completions->All[staged->_completions->Count++];
        completion.Function = message->on_completion;
        completion.UserData = message->user_data;
        return true;
    }

    /// <summary>
    /// Gives what must be called, with this user data, when the bytes have been written: whoever takes it calls it
    /// exactly once.
    /// </summary>
    internal static aws_channel_on_message_write_completed_fn TakeCompletions(StagedWrites* staged, void** userData)
    {
        *userData = staged->_completions;
        staged->_completions = null;
        return *userData == null ? null : &OnWritten;
    }

    internal static void ReleaseContent(StagedWrites* staged)
    {
        if (staged->_content != null)
            Allocator.Release(staged->_content->allocator, staged->_content);
        staged->_content = null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnWritten(aws_channel* channel, aws_io_message* message, int error, void* userData)
    {
        Completions* completions = (Completions*)userData;
        for (int i = 0; i < completions->Count; i++)
        {
            Completion completion = completions->All[i];
            completion.Function(channel, message, error, completion.UserData);
        }

        Allocator.Release(completions->Allocator, completions);
    }

    private struct Completion
    {
        internal aws_channel_on_message_write_completed_fn Function;
        internal void* UserData;
    }

    private struct Completions
    {
        internal aws_allocator* Allocator;
        internal int Count;
        internal CompletionArray All;
    }

    [InlineArray(MaxCompletions)]
    private struct CompletionArray
    {
        private Completion _first;
    }
}
