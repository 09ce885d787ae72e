// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Channels;

/// <summary>The handlers of ours.</summary>
internal enum HandlerKind
{
    Socket,
    Tls,
    Alpn,
}

/// <summary>
/// The functions of one kind of handler: those of C, to which its vtable points, and behind them, managed, those that
/// are called for each message. All tables are in one block, by which a handler of ours is known. A program that puts a
/// copy of a vtable into a handler is served by the functions of C.
/// </summary>
internal unsafe struct HandlerTable
{
    private const int Kinds = 3;

    private static nint s_tables;

    /// <summary>First, so that a vtable of ours is its table.</summary>
    internal aws_channel_handler_vtable OfC;
    internal delegate*<aws_channel_handler*, aws_channel_slot*, aws_io_message*, int> ProcessReadMessage;
    internal delegate*<aws_channel_handler*, aws_channel_slot*, aws_io_message*, int> ProcessWriteMessage;
    internal delegate*<aws_channel_handler*, aws_channel_slot*, nuint, int> IncrementReadWindow;

    /// <summary>
    /// The vtable of a kind, which lasts as long as the process, also into a slot. Adding it again changes nothing.
    /// </summary>
    internal static aws_channel_handler_vtable* Add(ref nint slot, HandlerKind kind, HandlerTable table)
    {
        nint tables = Volatile.Read(ref s_tables);
        if (tables == 0)
            tables = (nint)StaticMemory.PublishBlock(
                ref s_tables, StaticMemory.Allocate((nuint)(Kinds * sizeof(HandlerTable))));
        HandlerTable* added = (HandlerTable*)tables + (int)kind;
        *added = table;
        Volatile.Write(ref slot, (nint)added);
        return &added->OfC;
    }

    /// <summary>NULL for a program's handler.</summary>
    internal static HandlerTable* Of(aws_channel_handler* handler)
    {
        // Plain reads will do: who has a handler of ours has it from a thread that knew its table.
        nuint offset = (nuint)((nint)handler->vtable - s_tables);
        return offset < (nuint)(Kinds * sizeof(HandlerTable)) ? (HandlerTable*)handler->vtable : null;
    }

    internal static bool Is(aws_channel_handler* handler, HandlerKind kind) =>
        (nint)handler->vtable == s_tables + ((int)kind * sizeof(HandlerTable));
}
