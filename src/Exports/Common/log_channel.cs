// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/log_channel.h&gt;.</summary>
public static unsafe class Exports_common_log_channel
{
    [UnmanagedCallersOnly(EntryPoint = "aws_log_channel_init_foreground", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_log_channel_init_foreground(aws_log_channel* channel, aws_allocator* allocator, aws_log_writer* writer) => LogChannel.InitForeground(channel, allocator, writer);

    [UnmanagedCallersOnly(EntryPoint = "aws_log_channel_init_background", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_log_channel_init_background(aws_log_channel* channel, aws_allocator* allocator, aws_log_writer* writer) => LogChannel.InitBackground(channel, allocator, writer);

    [UnmanagedCallersOnly(EntryPoint = "aws_log_channel_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_log_channel_clean_up(aws_log_channel* channel) => LogChannel.CleanUp(channel);
}
