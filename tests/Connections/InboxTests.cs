// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Connections;
using Xunit;

namespace Reseau.Native.Tests.Connections;

/// <summary>The search of an inbox for a delimiter.</summary>
public unsafe class InboxTests
{
    private static nuint Find(ReadOnlySpan<byte> content, nuint from, ReadOnlySpan<byte> delimiter)
    {
        fixed (byte* data = content)
        {
            Inbox inbox = default;
            Inbox.Lend(&inbox, data, (nuint)content.Length);
            return Inbox.Find(&inbox, from, delimiter);
        }
    }

    [Fact]
    public void ADelimiterIsFoundFromWhereTheSearchBegins()
    {
        Assert.Equal((nuint)2, Find("ab\r\ncd\r\n"u8, 0, "\r\n"u8));
        Assert.Equal((nuint)6, Find("ab\r\ncd\r\n"u8, 3, "\r\n"u8));
        Assert.Equal(Inbox.NotFound, Find("ab\r\ncd\r"u8, 3, "\r\n"u8));
        Assert.Equal(Inbox.NotFound, Find("ab"u8, 2, "b"u8));
        Assert.Equal(Inbox.NotFound, Find("ab"u8, 0, "abc"u8));
    }

    // The memory is zeros that nobody has written: it takes hardly any.
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public void ContentMayBeLongerThanAnInt(int place)
    {
        nuint size = (nuint)int.MaxValue + 4096;
        nuint at = (nuint)(int.MaxValue + (long)place);
        byte* data = (byte*)NativeMemory.AllocZeroed(size);
        "\r\n"u8.CopyTo(new Span<byte>(data + at, 2));
        Inbox inbox = default;
        Inbox.Lend(&inbox, data, size);
        Assert.Equal(at, Inbox.Find(&inbox, 0, "\r\n"u8));
        Assert.Equal(at, Inbox.Find(&inbox, at, "\r\n"u8));
        Assert.Equal(Inbox.NotFound, Inbox.Find(&inbox, at + 1, "\r\n"u8));
        NativeMemory.Free(data);
    }
}
