// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Reseau.Native.Common.Logging;

/// <summary>
/// Takes lines from any thread to the writer, one at a time. A line that was sent is the channel's; it destroys it
/// after it was written, or could not be.
/// </summary>
internal static unsafe class LogChannel
{
    private static nint s_foregroundVtable;

    /// <summary>A channel that writes on the sending thread, under a lock.</summary>
    internal static int InitForeground(aws_log_channel* channel, aws_allocator* allocator, aws_log_writer* writer)
    {
        if (channel == null || allocator == null || writer == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        ForkLock* whole = Allocator.New<ForkLock>(allocator);
        ForkLock.Init(whole);
        *channel = new aws_log_channel
        {
            vtable = ForegroundVtable(),
            allocator = allocator,
            writer = writer,
            impl = whole,
        };
        return AWS_OP_SUCCESS;
    }

    /// <summary>A channel that writes on a thread of its own; see <see cref="BackgroundLogChannel"/>.</summary>
    internal static int InitBackground(aws_log_channel* channel, aws_allocator* allocator, aws_log_writer* writer) =>
        BackgroundLogChannel.Init(channel, allocator, writer);

    /// <summary>Ends any channel, through its vtable, after its last line was written.</summary>
    internal static void CleanUp(aws_log_channel* channel)
    {
        if (channel == null || channel->vtable == null || channel->vtable->clean_up == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else
            channel->vtable->clean_up(channel);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SendForeground(aws_log_channel* channel, aws_string* line)
    {
        // The lock is what makes lines whole, so the writer is called under it.
        ForkLock* whole = (ForkLock*)channel->impl;
        ForkLock.Enter(whole);
        channel->writer->vtable->write(channel->writer, line);
        ForkLock.Exit(whole);
        AwsString.Destroy(line);
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void FreeForeground(aws_log_channel* channel)
    {
        ForkLock.CleanUp((ForkLock*)channel->impl);
        Allocator.Release(channel->allocator, channel->impl);
    }

    private static aws_log_channel_vtable* ForegroundVtable() =>
        StaticMemory.Get(ref s_foregroundVtable, &ForegroundEntries);

    private static aws_log_channel_vtable ForegroundEntries() => new()
    {
        send = &SendForeground,
        clean_up = &FreeForeground,
    };
}
