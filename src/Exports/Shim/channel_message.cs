// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Channels;

namespace Reseau.Native.Exports;

/// <summary>What the C shim's src/Shim/channel_message.c calls.</summary>
public static unsafe class Exports_shim_channel_message
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_channel_acquire_message", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_io_message* reseau_channel_acquire_message(
        aws_channel* channel, aws_io_message_type message_type, nuint size_hint) =>
        Channel.AcquireMessageFromPool(channel, message_type, size_hint);
}
