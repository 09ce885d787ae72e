// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Abi;
using Reseau.Native.Channels;
using Xunit;

namespace Reseau.Native.Tests.Channels;

/// <summary>What src/Shim/channel_message.c says of channels and messages, which it asserts of the C.</summary>
public unsafe class MessageLayoutTests
{
    [Fact]
    public void AChannelBeginsAsInTheShim()
    {
        ChannelCore core;
        Assert.Equal(24, (byte*)&core.MessagePool - (byte*)&core);
    }

    [Fact]
    public void WhatABlockHasBesidesItsDataIsTheSameInTheShim() =>
        Assert.Equal(sizeof(aws_io_message) + 104, MessagePool.Overhead);
}
