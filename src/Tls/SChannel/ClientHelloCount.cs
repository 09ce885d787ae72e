// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Tls.SChannel;

/// <summary>How much of a client's first message has come, without the message.</summary>
internal unsafe struct ClientHelloCount
{
    private fixed byte _head[ClientHello.MessageHeader];
    private nuint _content;

    /// <summary>Bytes of records, with their headers, that were counted.</summary>
    internal nuint Records;

    internal static void Add(ClientHelloCount* count, byte* content, nuint length)
    {
        for (nuint i = 0; i < length && count->_content + i < ClientHello.MessageHeader; i++)
            count->_head[count->_content + i] = content[i];
        count->_content += length;
    }

    /// <summary>It is not whole yet. False for what is no such message.</summary>
    internal static bool IsPart(ClientHelloCount* count)
    {
        ReadOnlySpan<byte> head = new(count->_head, (int)nuint.Min(count->_content, ClientHello.MessageHeader));
        if (head.IsEmpty || !ClientHello.MayBegin(head))
            return head.IsEmpty;
        return !ClientHello.TryReadLength(head, out int length) || count->_content < (nuint)length;
    }
}
