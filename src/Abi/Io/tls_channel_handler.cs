// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/tls_channel_handler.h>.
global using unsafe aws_tls_on_data_read_fn =
    delegate* unmanaged[Cdecl]<
        Reseau.Native.Abi.aws_channel_handler*,
        Reseau.Native.Abi.aws_channel_slot*,
        Reseau.Native.Abi.aws_byte_buf*,
        void*,
        void>;
global using unsafe aws_tls_on_error_fn =
    delegate* unmanaged[Cdecl]<
        Reseau.Native.Abi.aws_channel_handler*,
        Reseau.Native.Abi.aws_channel_slot*,
        int,
        byte*,
        void*,
        void>;
global using unsafe aws_tls_on_negotiation_result_fn =
    delegate* unmanaged[Cdecl]<
        Reseau.Native.Abi.aws_channel_handler*,
        Reseau.Native.Abi.aws_channel_slot*,
        int,
        void*,
        void>;
global using unsafe aws_tls_on_protocol_negotiated =
    delegate* unmanaged[Cdecl]<
        Reseau.Native.Abi.aws_channel_slot*,
        Reseau.Native.Abi.aws_byte_buf*,
        void*,
        Reseau.Native.Abi.aws_channel_handler*>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_tls_versions : uint
{
    AWS_IO_SSLv3 = 0,
    AWS_IO_TLSv1 = 1,
    AWS_IO_TLSv1_1 = 2,
    AWS_IO_TLSv1_2 = 3,
    AWS_IO_TLSv1_3 = 4,
    AWS_IO_TLS_VER_SYS_DEFAULTS = 128,
}

public enum aws_tls_cipher_pref : uint
{
    AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT = 0,
    AWS_IO_TLS_CIPHER_PREF_KMS_PQ_TLSv1_0_2019_06 = 1,
    AWS_IO_TLS_CIPHER_PREF_KMS_PQ_SIKE_TLSv1_0_2019_11 = 2,
    AWS_IO_TLS_CIPHER_PREF_KMS_PQ_TLSv1_0_2020_02 = 3,
    AWS_IO_TLS_CIPHER_PREF_KMS_PQ_SIKE_TLSv1_0_2020_02 = 4,
    AWS_IO_TLS_CIPHER_PREF_KMS_PQ_TLSv1_0_2020_07 = 5,
    AWS_IO_TLS_CIPHER_PREF_PQ_TLSv1_0_2021_05 = 6,
    AWS_IO_TLS_CIPHER_PREF_PQ_TLSV1_2_2024_10 = 7,
    AWS_IO_TLS_CIPHER_PREF_PQ_DEFAULT = 8,
    AWS_IO_TLS_CIPHER_PREF_TLSV1_2_2025_07 = 9,
    AWS_IO_TLS_CIPHER_PREF_TLSV1_0_2023_06 = 10,
    AWS_IO_TLS_CIPHER_PREF_NON_PQ_DEFAULT = 11,
    AWS_IO_TLS_CIPHER_PREF_END_RANGE = 65535,
}

public enum aws_tls_hash_algorithm : uint
{
    AWS_TLS_HASH_UNKNOWN = 0,
    AWS_TLS_HASH_SHA1 = 1,
    AWS_TLS_HASH_SHA224 = 2,
    AWS_TLS_HASH_SHA256 = 3,
    AWS_TLS_HASH_SHA384 = 4,
    AWS_TLS_HASH_SHA512 = 5,
}

public enum aws_tls_signature_algorithm : uint
{
    AWS_TLS_SIGNATURE_UNKNOWN = 0,
    AWS_TLS_SIGNATURE_RSA = 1,
    AWS_TLS_SIGNATURE_ECDSA = 2,
    AWS_TLS_SIGNATURE_RSA_PSS = 3,
}

public enum aws_tls_key_operation_type : uint
{
    AWS_TLS_KEY_OPERATION_UNKNOWN = 0,
    AWS_TLS_KEY_OPERATION_SIGN = 1,
    AWS_TLS_KEY_OPERATION_DECRYPT = 2,
}

public enum aws_tls_negotiation_status : uint
{
    AWS_TLS_NEGOTIATION_STATUS_NONE = 0,
    AWS_TLS_NEGOTIATION_STATUS_ONGOING = 1,
    AWS_TLS_NEGOTIATION_STATUS_SUCCESS = 2,
    AWS_TLS_NEGOTIATION_STATUS_FAILURE = 3,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_tls_connection_options
{
    public aws_string* alpn_list;
    public aws_string* server_name;
    public aws_tls_on_negotiation_result_fn on_negotiation_result;
    public aws_tls_on_data_read_fn on_data_read;
    public aws_tls_on_error_fn on_error;
    public void* user_data;
    public aws_tls_ctx* ctx;
    public bool advertise_alpn_message;
    public uint timeout_ms;
}

public struct aws_pkcs11_session;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_tls_ctx
{
    public aws_allocator* alloc;
    public void* impl;
    public aws_ref_count ref_count;
}

public struct aws_tls_key_operation;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_secitem_options
{
    public aws_string* cert_label;
    public aws_string* key_label;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_tls_ctx_options
{
    public aws_allocator* allocator;
    public aws_tls_versions minimum_tls_version;
    public aws_tls_cipher_pref cipher_pref;
    public aws_byte_buf ca_file;
    public aws_string* ca_path;
    public aws_string* alpn_list;
    public aws_byte_buf certificate;
#if RESEAU_WINDOWS
    public byte* system_certificate_path;
#endif
    public aws_byte_buf private_key;
#if RESEAU_DARWIN
    public aws_byte_buf pkcs12;
    public aws_byte_buf pkcs12_password;
    public aws_secitem_options secitem_options;
    public aws_string* keychain_path;
#endif
    public nuint max_fragment_size;
    public bool verify_peer;
    public void* ctx_options_extension;
    public aws_custom_key_op_handler* custom_key_op_handler;
    public bool no_certificate_revocation;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_tls_negotiated_protocol_message
{
    public aws_byte_buf protocol;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_custom_key_op_handler_vtable
{
    public delegate* unmanaged[Cdecl]<aws_custom_key_op_handler*, aws_tls_key_operation*, void> on_key_operation;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_custom_key_op_handler
{
    public void* impl;
    public aws_custom_key_op_handler_vtable* vtable;
    public aws_ref_count ref_count;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_tls_ctx_pkcs11_options
{
    public aws_pkcs11_lib* pkcs11_lib;
    public aws_byte_cursor user_pin;
    public ulong* slot_id;
    public aws_byte_cursor token_label;
    public aws_byte_cursor private_key_object_label;
    public aws_byte_cursor cert_file_path;
    public aws_byte_cursor cert_file_contents;
}
