// SPDX-License-Identifier: Apache-2.0
using System;
using System.Text.Unicode;

namespace Reseau.Native.Sockets;

/// <summary>An endpoint's address as log lines show it: an abstract name with "@" in the place of its NUL.</summary>
internal readonly unsafe struct EndpointText(aws_socket_endpoint* endpoint) : IUtf8SpanFormattable
{
    /// <summary>AWS_ADDRESS_MAX_LEN: the size of aws_socket_endpoint::address.</summary>
    internal const int MaxLength = aws_socket_endpoint.AWS_ADDRESS_MAX_LEN;

    private readonly aws_socket_endpoint* _endpoint = endpoint;

    public bool TryFormat(Span<byte> text, out int written, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        written = 0;
        ReadOnlySpan<byte> address = new(_endpoint->address, MaxLength);
        bool isAbstract = address[0] == 0 && address[1] != 0;
        int end = address[1..].IndexOf((byte)0) + 1;
        int length = address[0] == 0 && !isAbstract ? 0 : end == 0 ? address.Length : end;
        if (length > text.Length)
            return false;

        address[..length].CopyTo(text);
        if (isAbstract)
            text[0] = (byte)'@';
        written = length;
        return true;
    }
}

/// <summary>A socket as log lines begin with it.</summary>
internal readonly unsafe struct SocketId(SocketCore* core) : IUtf8SpanFormattable
{
    private readonly SocketCore* _core = core;

    public bool TryFormat(Span<byte> text, out int written, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        Utf8.TryWrite(text, $"id=0x{(nint)_core->Owner:x} fd={SocketCore.HandleOf(_core)}", out written);
}
