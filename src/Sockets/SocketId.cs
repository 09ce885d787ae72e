// SPDX-License-Identifier: Apache-2.0
using System;
using System.Text.Unicode;

namespace Reseau.Native.Sockets;

/// <summary>A socket as log lines begin with it.</summary>
internal readonly unsafe struct SocketId(SocketCore* core) : IUtf8SpanFormattable
{
    private readonly SocketCore* _core = core;

    public bool TryFormat(Span<byte> text, out int written, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        Utf8.TryWrite(text, $"id=0x{(nint)_core->Owner:x} fd={SocketCore.HandleOf(_core)}", out written);
}
