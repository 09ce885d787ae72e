// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Channels;
using Reseau.Native.Channels.Handlers;
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Bootstrap;

/// <summary>
/// The TLS of a bootstrap's connections: the program's options, and what makes the handler for a protocol.
/// </summary>
internal unsafe struct TlsSetup
{
    private aws_tls_connection_options _options;
    private aws_channel_on_protocol_negotiated_fn _onProtocolNegotiated;

    /// <summary>The program's callbacks are in here, with its data.</summary>
    internal readonly aws_tls_connection_options Options => _options;

    /// <summary>Copies the options. NULL for no options: without TLS.</summary>
    internal static TlsSetup* New(
        aws_allocator* allocator,
        aws_tls_connection_options* options,
        aws_channel_on_protocol_negotiated_fn onProtocolNegotiated)
    {
        if (options == null)
            return null;

        TlsSetup* setup = (TlsSetup*)Allocator.Calloc(allocator, 1, (nuint)sizeof(TlsSetup));
        TlsConnectionOptions.Copy(&setup->_options, options);
        setup->_onProtocolNegotiated = onProtocolNegotiated;
        if (onProtocolNegotiated != null)
            setup->_options.advertise_alpn_message = true;
        return setup;
    }

    internal static void Destroy(aws_allocator* allocator, TlsSetup* setup)
    {
        if (setup == null)
            return;

        TlsConnectionOptions.CleanUp(&setup->_options);
        Allocator.Release(allocator, setup);
    }

    /// <summary>TLS is for streams, and needs a context.</summary>
    internal static bool IsValid(aws_tls_connection_options* options, aws_socket_options* socketOptions) =>
        options == null || (options->ctx != null && socketOptions->type == AWS_SOCKET_STREAM);

    /// <summary>
    /// Puts a TLS handler behind the channel's socket handler, with these callbacks instead of the program's, then the
    /// handler that waits for the protocol, and begins the handshake. On failure the channel is the caller's to shut
    /// down.
    /// </summary>
    internal static int Install(
        TlsSetup* setup, aws_channel* channel, bool isServer, aws_tls_connection_options* callbacks, void* alpnUserData)
    {
        // A shallow copy: the handler keeps what it needs.
        aws_tls_connection_options options = setup->_options;
        options.on_negotiation_result = callbacks->on_negotiation_result;
        options.on_data_read = options.on_data_read == null ? null : callbacks->on_data_read;
        options.on_error = options.on_error == null ? null : callbacks->on_error;
        options.user_data = callbacks->user_data;

        aws_channel_slot* slot = TlsHandler.Insert(Channel.GetFirstSlot(channel), &options, isServer);
        if (slot == null || InstallAlpn(setup, slot, alpnUserData) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        // A client's first bytes may have come before there was a handler to read them.
        return isServer ? Channel.TriggerRead(channel) : TlsHandler.StartNegotiation(slot->handler);
    }

    private static int InstallAlpn(TlsSetup* setup, aws_channel_slot* tlsSlot, void* userData)
    {
        if (setup->_onProtocolNegotiated == null)
            return AWS_OP_SUCCESS;

        aws_channel_handler* handler = AlpnHandler.New(tlsSlot->alloc, setup->_onProtocolNegotiated, userData);
        aws_channel_slot* slot = ChannelSlot.New(tlsSlot->channel);
        ChannelSlot.InsertRight(tlsSlot, slot);
        return ChannelSlot.SetHandler(slot, handler);
    }
}
