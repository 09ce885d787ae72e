// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/private/tls_channel_handler_private.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_tls_vtable
{
    public delegate* unmanaged[Cdecl]<aws_allocator*, void> init_static_state;
    public delegate* unmanaged[Cdecl]<void> clean_up_static_state;
    public delegate* unmanaged[Cdecl]<bool> is_alpn_available;
    public delegate* unmanaged[Cdecl]<aws_tls_cipher_pref, bool> is_cipher_pref_supported;
    public delegate* unmanaged[Cdecl]<aws_channel_handler*, int> client_handler_start_negotiation;
    public delegate* unmanaged[Cdecl]<aws_tls_key_operation*, aws_byte_cursor, void> key_operation_complete;
    public delegate* unmanaged[Cdecl]<aws_tls_key_operation*, int, void> key_operation_complete_with_error;
    public delegate* unmanaged[Cdecl]<aws_tls_key_operation*, aws_byte_cursor> key_operation_get_input;
    public delegate* unmanaged[Cdecl]<aws_tls_key_operation*, aws_tls_key_operation_type> key_operation_get_type;
    public delegate* unmanaged[Cdecl]<aws_tls_key_operation*, aws_tls_signature_algorithm>
        key_operation_get_signature_algorithm;
    public delegate* unmanaged[Cdecl]<aws_tls_key_operation*, aws_tls_hash_algorithm>
        key_operation_get_digest_algorithm;
    public delegate* unmanaged[Cdecl]<aws_channel_handler*, aws_byte_buf> handler_protocol;
    public delegate* unmanaged[Cdecl]<aws_channel_handler*, aws_byte_buf> handler_server_name;
    public delegate* unmanaged[Cdecl]<
        aws_allocator*, aws_tls_connection_options*, aws_channel_slot*, aws_channel_handler*>
        client_handler_new;
    public delegate* unmanaged[Cdecl]<
        aws_allocator*, aws_tls_connection_options*, aws_channel_slot*, aws_channel_handler*>
        server_handler_new;
    public delegate* unmanaged[Cdecl]<aws_allocator*, aws_tls_ctx_options*, aws_tls_ctx*> server_ctx_new;
    public delegate* unmanaged[Cdecl]<aws_allocator*, aws_tls_ctx_options*, aws_tls_ctx*> client_ctx_new;
}
