// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Channels.Handlers;
using Reseau.Native.Tls;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/private/tls_channel_handler_shared.h&gt;.</summary>
public static unsafe class Exports_io_private_tls_channel_handler_shared
{
    [UnmanagedCallersOnly(EntryPoint = "aws_is_using_secitem", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_is_using_secitem() => TlsHandlerShared.IsUsingSecitem();

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_channel_handler_shared_init", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_channel_handler_shared_init(aws_tls_channel_handler_shared* tls_handler_shared, aws_channel_handler* handler, aws_tls_connection_options* options) => TlsHandlerShared.Init(tls_handler_shared, handler, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_channel_handler_shared_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_channel_handler_shared_clean_up(aws_tls_channel_handler_shared* tls_handler_shared) => TlsHandlerShared.CleanUp(tls_handler_shared);

    [UnmanagedCallersOnly(EntryPoint = "aws_on_drive_tls_negotiation", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_on_drive_tls_negotiation(aws_tls_channel_handler_shared* tls_handler_shared) => TlsHandlerShared.OnDriveNegotiation(tls_handler_shared);

    [UnmanagedCallersOnly(EntryPoint = "aws_on_tls_negotiation_completed", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_on_tls_negotiation_completed(aws_tls_channel_handler_shared* tls_handler_shared, int error_code) => TlsHandlerShared.OnNegotiationCompleted(tls_handler_shared, error_code);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_options_buf_is_set", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_tls_options_buf_is_set(aws_byte_buf* buf) => TlsContextOptions.IsSet(buf);
}
