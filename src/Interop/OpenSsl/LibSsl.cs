// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Interop.OpenSsl;

/// <summary>
/// Functions of libssl.so.3, by their C names. They are valid once <see cref="Bind"/> has returned true. Those that
/// neither call back nor do work worth mentioning skip the switch to native mode.
/// </summary>
internal static unsafe partial class LibSsl
{
    internal static delegate* unmanaged[Cdecl]<ulong, void*, int> OPENSSL_init_ssl;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*> TLS_method;
    internal static delegate* unmanaged[Cdecl]<void*, void*> SSL_CTX_new;
    internal static delegate* unmanaged[Cdecl]<void*, void> SSL_CTX_free;
    internal static delegate* unmanaged[Cdecl]<void*, int, c_long, void*, c_long> SSL_CTX_ctrl;
    internal static delegate* unmanaged[Cdecl]<void*, int, void*, c_long> SSL_CTX_callback_ctrl;
    internal static delegate* unmanaged[Cdecl]<void*, ulong, ulong> SSL_CTX_set_options;
    internal static delegate* unmanaged[Cdecl]<void*, byte*, int> SSL_CTX_set_cipher_list;
    internal static delegate* unmanaged[Cdecl]<void*, byte*, int> SSL_CTX_set_ciphersuites;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int> SSL_CTX_use_certificate;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*> SSL_CTX_get0_certificate;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int> SSL_CTX_use_PrivateKey;
    internal static delegate* unmanaged[Cdecl]<void*, int> SSL_CTX_check_private_key;
    internal static delegate* unmanaged[Cdecl]<void*, void*, void> SSL_CTX_set1_cert_store;
    internal static delegate* unmanaged[Cdecl]<void*, void*> SSL_CTX_get_cert_store;
    internal static delegate* unmanaged[Cdecl]<void*, int, void*, void> SSL_CTX_set_verify;
    internal static delegate* unmanaged[Cdecl]<void*, void*> SSL_CTX_get0_param;
    internal static delegate* unmanaged[Cdecl]<void*, void*> SSL_CTX_get_security_callback;
    internal static delegate* unmanaged[Cdecl]<void*, void*, void> SSL_CTX_set_security_callback;
    internal static delegate* unmanaged[Cdecl]<void*, int> SSL_version;
    internal static delegate* unmanaged[Cdecl]<void*, void*, void*, void> SSL_CTX_set_alpn_select_cb;
    internal static delegate* unmanaged[Cdecl]<void*, byte*, uint, int> SSL_CTX_set_session_id_context;
    internal static delegate* unmanaged[Cdecl]<void*, void*, void> SSL_CTX_sess_set_new_cb;
    internal static delegate* unmanaged[Cdecl]<void*, void*, void> SSL_CTX_set_keylog_callback;
    internal static delegate* unmanaged[Cdecl]<void*, nuint, int> SSL_CTX_set_num_tickets;
    internal static delegate* unmanaged[Cdecl]<void*, byte, int> SSL_CTX_set_tlsext_max_fragment_length;
    internal static delegate* unmanaged[Cdecl]<void*, void*> SSL_new;
    internal static delegate* unmanaged[Cdecl]<void*, void*, void*> SSL_set_SSL_CTX;
    internal static delegate* unmanaged[Cdecl]<void*, void*> SSL_get1_peer_certificate;
    internal static delegate* unmanaged[Cdecl]<void*, void> SSL_free;
    internal static delegate* unmanaged[Cdecl]<void*, void*, void*, void> SSL_set_bio;
    internal static delegate* unmanaged[Cdecl]<void*, void> SSL_set_accept_state;
    internal static delegate* unmanaged[Cdecl]<void*, void> SSL_set_connect_state;
    internal static delegate* unmanaged[Cdecl]<void*, int> SSL_do_handshake;
    internal static delegate* unmanaged[Cdecl]<void*, void*, nuint, nuint*, int> SSL_read_ex;
    internal static delegate* unmanaged[Cdecl]<void*, void*, nuint, nuint*, int> SSL_write_ex;
    internal static delegate* unmanaged[Cdecl]<void*, int> SSL_shutdown;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int> SSL_pending;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, byte*> SSL_rstate_string;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int> SSL_free_buffers;
    internal static delegate* unmanaged[Cdecl]<void*, int, int> SSL_get_error;
    internal static delegate* unmanaged[Cdecl]<void*, int, c_long, void*, c_long> SSL_ctrl;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int> SSL_get_verify_mode;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, c_long> SSL_get_verify_result;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, c_long, void> SSL_set_verify_result;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, byte*> SSL_get_servername;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, byte**, uint*, void> SSL_get0_alpn_selected;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, byte*> SSL_get_version;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*> SSL_get_current_cipher;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, byte*> SSL_CIPHER_get_name;
    internal static delegate* unmanaged[Cdecl]<void*, int, void*, int> SSL_set_ex_data;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void*> SSL_get_ex_data;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<int> SSL_get_ex_data_X509_STORE_CTX_idx;
    internal static delegate* unmanaged[Cdecl]<void*, byte*, uint, int> SSL_set_alpn_protos;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void> SSL_set_shutdown;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int> SSL_set_session;
    internal static delegate* unmanaged[Cdecl]<void*, void> SSL_SESSION_free;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int> SSL_SESSION_up_ref;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int> SSL_SESSION_is_resumable;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int> SSL_session_reused;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*> SSL_get0_verified_chain;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*> SSL_get_peer_cert_chain;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*> SSL_get_session;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, c_long> SSL_SESSION_get_time;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, c_long> SSL_SESSION_get_timeout;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, c_long, c_long> SSL_SESSION_set_timeout;
    internal static delegate* unmanaged[Cdecl]<void*, void*, void*, void*, int> SSL_CTX_set_session_ticket_cb;
    internal static delegate* unmanaged[Cdecl]<void*, void*, nuint, int> SSL_SESSION_set1_ticket_appdata;
    internal static delegate* unmanaged[Cdecl]<void*, void**, nuint*, int> SSL_SESSION_get0_ticket_appdata;

    /// <summary>Looks every function up; false when the library lacks one that is needed.</summary>
    internal static bool Bind(nint library)
    {
        bool complete = true;
        complete &= (OPENSSL_init_ssl =
            (delegate* unmanaged[Cdecl]<ulong, void*, int>)Find(library, "OPENSSL_init_ssl"u8)) != null;
        complete &= (TLS_method =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*>)Find(library, "TLS_method"u8)) != null;
        complete &= (SSL_CTX_new = (delegate* unmanaged[Cdecl]<void*, void*>)Find(library, "SSL_CTX_new"u8)) != null;
        complete &= (SSL_CTX_free = (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "SSL_CTX_free"u8)) != null;
        complete &= (SSL_CTX_ctrl =
            (delegate* unmanaged[Cdecl]<void*, int, c_long, void*, c_long>)Find(library, "SSL_CTX_ctrl"u8)) != null;
        complete &= (SSL_CTX_callback_ctrl =
            (delegate* unmanaged[Cdecl]<void*, int, void*, c_long>)Find(library, "SSL_CTX_callback_ctrl"u8)) != null;
        complete &= (SSL_CTX_set_options =
            (delegate* unmanaged[Cdecl]<void*, ulong, ulong>)Find(library, "SSL_CTX_set_options"u8)) != null;
        complete &= (SSL_CTX_set_cipher_list =
            (delegate* unmanaged[Cdecl]<void*, byte*, int>)Find(library, "SSL_CTX_set_cipher_list"u8)) != null;
        complete &= (SSL_CTX_set_ciphersuites =
            (delegate* unmanaged[Cdecl]<void*, byte*, int>)Find(library, "SSL_CTX_set_ciphersuites"u8)) != null;
        complete &= (SSL_CTX_use_certificate =
            (delegate* unmanaged[Cdecl]<void*, void*, int>)Find(library, "SSL_CTX_use_certificate"u8)) != null;
        complete &= (SSL_CTX_get0_certificate =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*>)
                Find(library, "SSL_CTX_get0_certificate"u8)) != null;
        complete &= (SSL_CTX_use_PrivateKey =
            (delegate* unmanaged[Cdecl]<void*, void*, int>)Find(library, "SSL_CTX_use_PrivateKey"u8)) != null;
        complete &= (SSL_CTX_check_private_key =
            (delegate* unmanaged[Cdecl]<void*, int>)Find(library, "SSL_CTX_check_private_key"u8)) != null;
        complete &= (SSL_CTX_set1_cert_store =
            (delegate* unmanaged[Cdecl]<void*, void*, void>)Find(library, "SSL_CTX_set1_cert_store"u8)) != null;
        complete &= (SSL_CTX_get_cert_store =
            (delegate* unmanaged[Cdecl]<void*, void*>)Find(library, "SSL_CTX_get_cert_store"u8)) != null;
        complete &= (SSL_CTX_set_verify =
            (delegate* unmanaged[Cdecl]<void*, int, void*, void>)Find(library, "SSL_CTX_set_verify"u8)) != null;
        complete &= (SSL_CTX_get0_param =
            (delegate* unmanaged[Cdecl]<void*, void*>)Find(library, "SSL_CTX_get0_param"u8)) != null;
        complete &= (SSL_CTX_get_security_callback =
            (delegate* unmanaged[Cdecl]<void*, void*>)Find(library, "SSL_CTX_get_security_callback"u8)) != null;
        complete &= (SSL_CTX_set_security_callback =
            (delegate* unmanaged[Cdecl]<void*, void*, void>)Find(library, "SSL_CTX_set_security_callback"u8)) != null;
        complete &= (SSL_version = (delegate* unmanaged[Cdecl]<void*, int>)Find(library, "SSL_version"u8)) != null;
        complete &= (SSL_CTX_set_alpn_select_cb =
            (delegate* unmanaged[Cdecl]<void*, void*, void*, void>)
                Find(library, "SSL_CTX_set_alpn_select_cb"u8)) != null;
        complete &= (SSL_CTX_set_session_id_context =
            (delegate* unmanaged[Cdecl]<void*, byte*, uint, int>)
                Find(library, "SSL_CTX_set_session_id_context"u8)) != null;
        complete &= (SSL_CTX_sess_set_new_cb =
            (delegate* unmanaged[Cdecl]<void*, void*, void>)Find(library, "SSL_CTX_sess_set_new_cb"u8)) != null;
        complete &= (SSL_CTX_set_keylog_callback =
            (delegate* unmanaged[Cdecl]<void*, void*, void>)Find(library, "SSL_CTX_set_keylog_callback"u8)) != null;
        complete &= (SSL_CTX_set_num_tickets =
            (delegate* unmanaged[Cdecl]<void*, nuint, int>)Find(library, "SSL_CTX_set_num_tickets"u8)) != null;
        complete &= (SSL_CTX_set_tlsext_max_fragment_length =
            (delegate* unmanaged[Cdecl]<void*, byte, int>)
                Find(library, "SSL_CTX_set_tlsext_max_fragment_length"u8)) != null;
        complete &= (SSL_set_SSL_CTX =
            (delegate* unmanaged[Cdecl]<void*, void*, void*>)Find(library, "SSL_set_SSL_CTX"u8)) != null;
        complete &= (SSL_get1_peer_certificate =
            (delegate* unmanaged[Cdecl]<void*, void*>)Find(library, "SSL_get1_peer_certificate"u8)) != null;
        complete &= (SSL_new = (delegate* unmanaged[Cdecl]<void*, void*>)Find(library, "SSL_new"u8)) != null;
        complete &= (SSL_free = (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "SSL_free"u8)) != null;
        complete &= (SSL_set_bio =
            (delegate* unmanaged[Cdecl]<void*, void*, void*, void>)Find(library, "SSL_set_bio"u8)) != null;
        complete &= (SSL_set_accept_state =
            (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "SSL_set_accept_state"u8)) != null;
        complete &= (SSL_set_connect_state =
            (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "SSL_set_connect_state"u8)) != null;
        complete &= (SSL_do_handshake =
            (delegate* unmanaged[Cdecl]<void*, int>)Find(library, "SSL_do_handshake"u8)) != null;
        complete &= (SSL_read_ex =
            (delegate* unmanaged[Cdecl]<void*, void*, nuint, nuint*, int>)Find(library, "SSL_read_ex"u8)) != null;
        complete &= (SSL_write_ex =
            (delegate* unmanaged[Cdecl]<void*, void*, nuint, nuint*, int>)Find(library, "SSL_write_ex"u8)) != null;
        complete &= (SSL_shutdown = (delegate* unmanaged[Cdecl]<void*, int>)Find(library, "SSL_shutdown"u8)) != null;
        complete &= (SSL_pending =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int>)Find(library, "SSL_pending"u8)) != null;
        complete &= (SSL_rstate_string =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, byte*>)
                Find(library, "SSL_rstate_string"u8)) != null;
        complete &= (SSL_free_buffers =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int>)Find(library, "SSL_free_buffers"u8)) != null;
        complete &= (SSL_get_error =
            (delegate* unmanaged[Cdecl]<void*, int, int>)Find(library, "SSL_get_error"u8)) != null;
        complete &= (SSL_ctrl =
            (delegate* unmanaged[Cdecl]<void*, int, c_long, void*, c_long>)Find(library, "SSL_ctrl"u8)) != null;
        complete &= (SSL_get_verify_mode =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int>)
                Find(library, "SSL_get_verify_mode"u8)) != null;
        complete &= (SSL_get_verify_result =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, c_long>)
                Find(library, "SSL_get_verify_result"u8)) != null;
        complete &= (SSL_set_verify_result =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, c_long, void>)
                Find(library, "SSL_set_verify_result"u8)) != null;
        complete &= (SSL_get_servername =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, byte*>)
                Find(library, "SSL_get_servername"u8)) != null;
        complete &= (SSL_get0_alpn_selected =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, byte**, uint*, void>)
                Find(library, "SSL_get0_alpn_selected"u8)) != null;
        complete &= (SSL_get_version =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, byte*>)Find(library, "SSL_get_version"u8)) != null;
        complete &= (SSL_get_current_cipher =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*>)
                Find(library, "SSL_get_current_cipher"u8)) != null;
        complete &= (SSL_CIPHER_get_name =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, byte*>)
                Find(library, "SSL_CIPHER_get_name"u8)) != null;
        complete &= (SSL_set_ex_data =
            (delegate* unmanaged[Cdecl]<void*, int, void*, int>)Find(library, "SSL_set_ex_data"u8)) != null;
        complete &= (SSL_get_ex_data =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void*>)
                Find(library, "SSL_get_ex_data"u8)) != null;
        complete &= (SSL_get_ex_data_X509_STORE_CTX_idx =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<int>)
                Find(library, "SSL_get_ex_data_X509_STORE_CTX_idx"u8)) != null;
        complete &= (SSL_set_alpn_protos =
            (delegate* unmanaged[Cdecl]<void*, byte*, uint, int>)Find(library, "SSL_set_alpn_protos"u8)) != null;
        complete &= (SSL_set_shutdown =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void>)
                Find(library, "SSL_set_shutdown"u8)) != null;
        complete &= (SSL_set_session =
            (delegate* unmanaged[Cdecl]<void*, void*, int>)Find(library, "SSL_set_session"u8)) != null;
        complete &= (SSL_SESSION_free =
            (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "SSL_SESSION_free"u8)) != null;
        complete &= (SSL_SESSION_up_ref =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int>)
                Find(library, "SSL_SESSION_up_ref"u8)) != null;
        complete &= (SSL_SESSION_is_resumable =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int>)
                Find(library, "SSL_SESSION_is_resumable"u8)) != null;
        complete &= (SSL_session_reused =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int>)
                Find(library, "SSL_session_reused"u8)) != null;
        complete &= (SSL_get0_verified_chain =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*>)
                Find(library, "SSL_get0_verified_chain"u8)) != null;
        complete &= (SSL_get_peer_cert_chain =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*>)
                Find(library, "SSL_get_peer_cert_chain"u8)) != null;
        complete &= (SSL_get_session =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*>)Find(library, "SSL_get_session"u8)) != null;
        complete &= (SSL_SESSION_get_time =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, c_long>)
                Find(library, "SSL_SESSION_get_time"u8)) != null;
        complete &= (SSL_SESSION_get_timeout =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, c_long>)
                Find(library, "SSL_SESSION_get_timeout"u8)) != null;
        complete &= (SSL_SESSION_set_timeout =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, c_long, c_long>)
                Find(library, "SSL_SESSION_set_timeout"u8)) != null;
        complete &= (SSL_CTX_set_session_ticket_cb =
            (delegate* unmanaged[Cdecl]<void*, void*, void*, void*, int>)
                Find(library, "SSL_CTX_set_session_ticket_cb"u8)) != null;
        complete &= (SSL_SESSION_set1_ticket_appdata =
            (delegate* unmanaged[Cdecl]<void*, void*, nuint, int>)
                Find(library, "SSL_SESSION_set1_ticket_appdata"u8)) != null;
        complete &= (SSL_SESSION_get0_ticket_appdata =
            (delegate* unmanaged[Cdecl]<void*, void**, nuint*, int>)
                Find(library, "SSL_SESSION_get0_ticket_appdata"u8)) != null;
        return complete;
    }

    private static void* Find(nint library, ReadOnlySpan<byte> name) => OpenSslSymbols.Find(library, name);
}
