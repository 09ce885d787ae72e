// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Abi;
using Reseau.Native.Bootstrap;
using Reseau.Native.Channels;
using Reseau.Native.Channels.Handlers;
using Reseau.Native.Sockets;
using Xunit;

namespace Reseau.Native.Tests.Bootstrap;

/// <summary>What the connections of a bootstrap share, and what a silent one takes.</summary>
public unsafe class ClientSettingsTests
{
    private static aws_allocator* Allocator => Reseau.Native.Common.Allocator.Default();

    private static ClientSettings* Get(ClientSettings.Cache* cache, uint timeout)
    {
        ClientSettings.Values values;
        NativeMemory.Clear(&values, (nuint)sizeof(ClientSettings.Values));
        values.HasBackPressure = true;
        values.SocketOptions.connect_timeout_ms = timeout;
        return ClientSettings.Cache.Get(cache, Allocator, &values);
    }

    [Fact]
    public void TheNewestAreShared()
    {
        ClientSettings.Cache cache = default;
        ClientSettings* first = Get(&cache, 1);
        ClientSettings* same = Get(&cache, 1);
        ClientSettings* other = Get(&cache, 2);
        Assert.True(first == same);
        Assert.True(first != other);

        // Connections keep what others have replaced.
        ClientSettings.Release(Allocator, same);
        Assert.Equal(1U, ClientSettings.Of(first)->SocketOptions.connect_timeout_ms);
        Assert.Equal(2U, ClientSettings.Of(other)->SocketOptions.connect_timeout_ms);
        Assert.True(ClientSettings.Of(other)->HasBackPressure);
        ClientSettings.Release(Allocator, first);
        ClientSettings.Release(Allocator, other);
        ClientSettings.Cache.CleanUp(&cache, Allocator);
    }

    // What malloc adds to a block makes these 80, 48, 144 and, with the first slot and the handler, 304 bytes.
    [Fact]
    public void ASilentConnectionFitsItsBlocks()
    {
        Assert.InRange(sizeof(ClientConnection), 1, 72);
        Assert.InRange(sizeof(AcceptedConnection), 1, 40);
        Assert.InRange(sizeof(AwsSocket), 1, 136);
        Assert.InRange(sizeof(ChannelCore) + sizeof(aws_channel_slot) + SocketHandler.Size, 1, 296);
    }
}
