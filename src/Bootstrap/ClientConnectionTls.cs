// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Channels;
using Reseau.Native.Common;

namespace Reseau.Native.Bootstrap;

/// <summary>
/// With TLS the connection is set up when the handshake is through. The user's TLS callbacks come first, with the user's
/// own data; a handshake that fails shuts the channel down, and that tells the setup callback.
/// </summary>
internal unsafe partial struct ClientConnection
{
    private static int StartTls(ClientConnection* connection, aws_channel* channel)
    {
        aws_tls_connection_options callbacks = new()
        {
            on_negotiation_result = &OnNegotiationResult,
            on_data_read = &OnDataRead,
            on_error = &OnTlsError,
            user_data = connection,
        };
        int result = TlsSetup.Install(connection->_tls, channel, isServer: false, &callbacks, connection->_userData);
        return result == AWS_OP_SUCCESS ? AWS_ERROR_SUCCESS : Errors.LastError();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnNegotiationResult(
        aws_channel_handler* handler, aws_channel_slot* slot, int error, void* userData)
    {
        ClientConnection* connection = (ClientConnection*)userData;
        aws_tls_connection_options options = connection->_tls->Options;
        if (options.on_negotiation_result != null)
            options.on_negotiation_result(handler, slot, error, options.user_data);

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_CHANNEL_BOOTSTRAP, $"id=0x{(nint)connection->_bootstrap:x}: handshake on channel 0x{(nint)slot->channel:x} over with error {error}");
        if (error == AWS_ERROR_SUCCESS)
            CallSetup(connection, AWS_ERROR_SUCCESS, slot->channel);
        else
            Channel.Shutdown(slot->channel, error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDataRead(
        aws_channel_handler* handler, aws_channel_slot* slot, aws_byte_buf* data, void* userData)
    {
        aws_tls_connection_options options = ((ClientConnection*)userData)->_tls->Options;
        options.on_data_read(handler, slot, data, options.user_data);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTlsError(
        aws_channel_handler* handler, aws_channel_slot* slot, int error, byte* message, void* userData)
    {
        aws_tls_connection_options options = ((ClientConnection*)userData)->_tls->Options;
        options.on_error(handler, slot, error, message, options.user_data);
    }
}
