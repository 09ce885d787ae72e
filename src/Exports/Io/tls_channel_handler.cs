// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Channels.Handlers;
using Reseau.Native.Tls;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/tls_channel_handler.h&gt;.</summary>
public static unsafe class Exports_io_tls_channel_handler
{
    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_init_default_client", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_ctx_options_init_default_client(aws_tls_ctx_options* options, aws_allocator* allocator) => TlsContextOptions.InitDefaultClient(options, allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_ctx_options_clean_up(aws_tls_ctx_options* options) => TlsContextOptions.CleanUp(options);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_init_client_mtls_from_path", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_init_client_mtls_from_path(aws_tls_ctx_options* options, aws_allocator* allocator, byte* cert_path, byte* pkey_path) => TlsContextOptions.InitClientMtlsFromPath(options, allocator, cert_path, pkey_path);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_init_client_mtls", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_init_client_mtls(aws_tls_ctx_options* options, aws_allocator* allocator, aws_byte_cursor* cert, aws_byte_cursor* pkey) => TlsContextOptions.InitClientMtls(options, allocator, cert, pkey);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_set_keychain_path", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_set_keychain_path(aws_tls_ctx_options* options, aws_byte_cursor* keychain_path_cursor) => TlsContextOptions.SetKeychainPath(options, keychain_path_cursor);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_set_secitem_options", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_set_secitem_options(aws_tls_ctx_options* tls_ctx_options, aws_secitem_options* secitem_options) => TlsContextOptions.SetSecitemOptions(tls_ctx_options, secitem_options);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_secitem_options_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_secitem_options_clean_up(aws_secitem_options* secitem_options) => TlsContextOptions.CleanUpSecitemOptions(secitem_options);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_init_default_server_from_path", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_init_default_server_from_path(aws_tls_ctx_options* options, aws_allocator* allocator, byte* cert_path, byte* pkey_path) => TlsContextOptions.InitDefaultServerFromPath(options, allocator, cert_path, pkey_path);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_init_default_server", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_init_default_server(aws_tls_ctx_options* options, aws_allocator* allocator, aws_byte_cursor* cert, aws_byte_cursor* pkey) => TlsContextOptions.InitDefaultServer(options, allocator, cert, pkey);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_init_client_mtls_from_system_path", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_init_client_mtls_from_system_path(aws_tls_ctx_options* options, aws_allocator* allocator, byte* cert_reg_path) => TlsContextOptions.InitClientMtlsFromSystemPath(options, allocator, cert_reg_path);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_init_default_server_from_system_path", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_init_default_server_from_system_path(aws_tls_ctx_options* options, aws_allocator* allocator, byte* cert_reg_path) => TlsContextOptions.InitDefaultServerFromSystemPath(options, allocator, cert_reg_path);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_init_client_mtls_pkcs12_from_path", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_init_client_mtls_pkcs12_from_path(aws_tls_ctx_options* options, aws_allocator* allocator, byte* pkcs12_path, aws_byte_cursor* pkcs_pwd) => TlsContextOptions.InitClientMtlsPkcs12FromPath(options, allocator, pkcs12_path, pkcs_pwd);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_init_client_mtls_pkcs12", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_init_client_mtls_pkcs12(aws_tls_ctx_options* options, aws_allocator* allocator, aws_byte_cursor* pkcs12, aws_byte_cursor* pkcs_pwd) => TlsContextOptions.InitClientMtlsPkcs12(options, allocator, pkcs12, pkcs_pwd);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_init_server_pkcs12_from_path", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_init_server_pkcs12_from_path(aws_tls_ctx_options* options, aws_allocator* allocator, byte* pkcs12_path, aws_byte_cursor* pkcs_password) => TlsContextOptions.InitServerPkcs12FromPath(options, allocator, pkcs12_path, pkcs_password);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_init_server_pkcs12", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_init_server_pkcs12(aws_tls_ctx_options* options, aws_allocator* allocator, aws_byte_cursor* pkcs12, aws_byte_cursor* pkcs_password) => TlsContextOptions.InitServerPkcs12(options, allocator, pkcs12, pkcs_password);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_set_alpn_list", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_set_alpn_list(aws_tls_ctx_options* options, byte* alpn_list) => TlsContextOptions.SetAlpnList(options, alpn_list);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_set_verify_peer", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_ctx_options_set_verify_peer(aws_tls_ctx_options* options, bool verify_peer) => TlsContextOptions.SetVerifyPeer(options, verify_peer);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_set_no_certificate_revocation", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_ctx_options_set_no_certificate_revocation(aws_tls_ctx_options* options, bool no_revocation) => TlsContextOptions.SetNoCertificateRevocation(options, no_revocation);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_set_tls_cipher_preference", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_ctx_options_set_tls_cipher_preference(aws_tls_ctx_options* options, aws_tls_cipher_pref cipher_pref) => TlsContextOptions.SetTlsCipherPreference(options, cipher_pref);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_set_minimum_tls_version", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_ctx_options_set_minimum_tls_version(aws_tls_ctx_options* options, aws_tls_versions minimum_tls_version) => TlsContextOptions.SetMinimumTlsVersion(options, minimum_tls_version);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_override_default_trust_store", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_override_default_trust_store(aws_tls_ctx_options* options, aws_byte_cursor* ca_file) => TlsContextOptions.OverrideDefaultTrustStore(options, ca_file);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_override_default_trust_store_from_path", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_override_default_trust_store_from_path(aws_tls_ctx_options* options, byte* ca_path, byte* ca_file) => TlsContextOptions.OverrideDefaultTrustStoreFromPath(options, ca_path, ca_file);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_set_extension_data", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_ctx_options_set_extension_data(aws_tls_ctx_options* options, void* extension_data) => TlsContextOptions.SetExtensionData(options, extension_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_connection_options_init_from_ctx", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_connection_options_init_from_ctx(aws_tls_connection_options* conn_options, aws_tls_ctx* ctx) => TlsConnectionOptions.InitFromCtx(conn_options, ctx);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_connection_options_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_connection_options_clean_up(aws_tls_connection_options* connection_options) => TlsConnectionOptions.CleanUp(connection_options);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_connection_options_copy", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_connection_options_copy(aws_tls_connection_options* to, aws_tls_connection_options* from) => TlsConnectionOptions.Copy(to, from);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_connection_options_set_callbacks", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_connection_options_set_callbacks(aws_tls_connection_options* conn_options, aws_tls_on_negotiation_result_fn on_negotiation_result, aws_tls_on_data_read_fn on_data_read, aws_tls_on_error_fn on_error, void* user_data) => TlsConnectionOptions.SetCallbacks(conn_options, on_negotiation_result, on_data_read, on_error, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_connection_options_set_server_name", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_connection_options_set_server_name(aws_tls_connection_options* conn_options, aws_allocator* allocator, aws_byte_cursor* server_name) => TlsConnectionOptions.SetServerName(conn_options, allocator, server_name);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_connection_options_set_alpn_list", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_connection_options_set_alpn_list(aws_tls_connection_options* conn_options, aws_allocator* allocator, byte* alpn_list) => TlsConnectionOptions.SetAlpnList(conn_options, allocator, alpn_list);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_is_alpn_available", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_tls_is_alpn_available() => TlsLibrary.IsAlpnAvailable();

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_is_cipher_pref_supported", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_tls_is_cipher_pref_supported(aws_tls_cipher_pref cipher_pref) => TlsLibrary.IsCipherPrefSupported(cipher_pref);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_client_handler_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_channel_handler* aws_tls_client_handler_new(aws_allocator* allocator, aws_tls_connection_options* options, aws_channel_slot* slot) => TlsHandler.NewClient(allocator, options, slot);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_server_handler_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_channel_handler* aws_tls_server_handler_new(aws_allocator* allocator, aws_tls_connection_options* options, aws_channel_slot* slot) => TlsHandler.NewServer(allocator, options, slot);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_alpn_handler_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_channel_handler* aws_tls_alpn_handler_new(aws_allocator* allocator, aws_tls_on_protocol_negotiated on_protocol_negotiated, void* user_data) => AlpnHandler.New(allocator, on_protocol_negotiated, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_client_handler_start_negotiation", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_client_handler_start_negotiation(aws_channel_handler* handler) => TlsHandler.StartNegotiation(handler);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_server_ctx_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_tls_ctx* aws_tls_server_ctx_new(aws_allocator* alloc, aws_tls_ctx_options* options) => TlsContext.NewServer(alloc, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_client_ctx_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_tls_ctx* aws_tls_client_ctx_new(aws_allocator* alloc, aws_tls_ctx_options* options) => TlsContext.NewClient(alloc, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_tls_ctx* aws_tls_ctx_acquire(aws_tls_ctx* ctx) => TlsContext.Acquire(ctx);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_release", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_ctx_release(aws_tls_ctx* ctx) => TlsContext.Release(ctx);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_handler_protocol", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_buf aws_tls_handler_protocol(aws_channel_handler* handler) => TlsHandler.Protocol(handler);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_handler_server_name", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_buf aws_tls_handler_server_name(aws_channel_handler* handler) => TlsHandler.ServerName(handler);

    [UnmanagedCallersOnly(EntryPoint = "aws_channel_setup_client_tls", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_channel_setup_client_tls(aws_channel_slot* right_of_slot, aws_tls_connection_options* tls_options) => TlsHandler.SetUpClient(right_of_slot, tls_options);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_hash_algorithm_str", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* aws_tls_hash_algorithm_str(aws_tls_hash_algorithm hash) => TlsLibrary.HashAlgorithmStr(hash);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_signature_algorithm_str", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* aws_tls_signature_algorithm_str(aws_tls_signature_algorithm signature) => TlsLibrary.SignatureAlgorithmStr(signature);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_key_operation_type_str", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* aws_tls_key_operation_type_str(aws_tls_key_operation_type operation_type) => TlsLibrary.KeyOperationTypeStr(operation_type);

    [UnmanagedCallersOnly(EntryPoint = "aws_error_code_is_tls", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_error_code_is_tls(int error_code) => TlsLibrary.IsTlsError(error_code);

    [UnmanagedCallersOnly(EntryPoint = "aws_custom_key_op_handler_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_custom_key_op_handler* aws_custom_key_op_handler_acquire(aws_custom_key_op_handler* key_op_handler) => CustomKeyOperationHandler.Acquire(key_op_handler);

    [UnmanagedCallersOnly(EntryPoint = "aws_custom_key_op_handler_release", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_custom_key_op_handler* aws_custom_key_op_handler_release(aws_custom_key_op_handler* key_op_handler) => CustomKeyOperationHandler.Release(key_op_handler);

    [UnmanagedCallersOnly(EntryPoint = "aws_custom_key_op_handler_perform_operation", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_custom_key_op_handler_perform_operation(aws_custom_key_op_handler* key_op_handler, aws_tls_key_operation* operation) => CustomKeyOperationHandler.PerformOperation(key_op_handler, operation);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_init_client_mtls_with_custom_key_operations", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_init_client_mtls_with_custom_key_operations(aws_tls_ctx_options* options, aws_allocator* allocator, aws_custom_key_op_handler* custom, aws_byte_cursor* cert_file_contents) => TlsContextOptions.InitClientMtlsWithCustomKeyOperations(options, allocator, custom, cert_file_contents);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_ctx_options_init_client_mtls_with_pkcs11", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_tls_ctx_options_init_client_mtls_with_pkcs11(aws_tls_ctx_options* options, aws_allocator* allocator, aws_tls_ctx_pkcs11_options* pkcs11_options) => TlsContextOptions.InitClientMtlsWithPkcs11(options, allocator, pkcs11_options);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_key_operation_complete", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_key_operation_complete(aws_tls_key_operation* operation, aws_byte_cursor output) => TlsKeyOperation.Complete(operation, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_key_operation_complete_with_error", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_tls_key_operation_complete_with_error(aws_tls_key_operation* operation, int error_code) => TlsKeyOperation.CompleteWithError(operation, error_code);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_key_operation_get_input", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor aws_tls_key_operation_get_input(aws_tls_key_operation* operation) => TlsKeyOperation.GetInput(operation);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_key_operation_get_type", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_tls_key_operation_type aws_tls_key_operation_get_type(aws_tls_key_operation* operation) => TlsKeyOperation.GetType(operation);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_key_operation_get_signature_algorithm", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_tls_signature_algorithm aws_tls_key_operation_get_signature_algorithm(aws_tls_key_operation* operation) => TlsKeyOperation.GetSignatureAlgorithm(operation);

    [UnmanagedCallersOnly(EntryPoint = "aws_tls_key_operation_get_digest_algorithm", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_tls_hash_algorithm aws_tls_key_operation_get_digest_algorithm(aws_tls_key_operation* operation) => TlsKeyOperation.GetDigestAlgorithm(operation);
}
