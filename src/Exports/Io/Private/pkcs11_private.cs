// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Tls.Pkcs11;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/private/pkcs11_private.h&gt;.</summary>
public static unsafe class Exports_io_pkcs11_private
{
    [UnmanagedCallersOnly(EntryPoint = "aws_pkcs11_ckr_str", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* aws_pkcs11_ckr_str(nuint rv) => Pkcs11Results.Name(rv);

    [UnmanagedCallersOnly(EntryPoint = "aws_pkcs11_lib_get_function_list", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_pkcs11_lib_get_function_list(aws_pkcs11_lib* pkcs11_lib) => Pkcs11Library.GetFunctionList(pkcs11_lib);

    [UnmanagedCallersOnly(EntryPoint = "aws_pkcs11_lib_find_slot_with_token", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pkcs11_lib_find_slot_with_token(aws_pkcs11_lib* pkcs11_lib, ulong* match_slot_id, aws_string* match_token_label, nuint* out_slot_id) => Pkcs11Slots.FindWithToken(pkcs11_lib, match_slot_id, match_token_label, out_slot_id);

    [UnmanagedCallersOnly(EntryPoint = "aws_pkcs11_lib_open_session", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pkcs11_lib_open_session(aws_pkcs11_lib* pkcs11_lib, nuint slot_id, nuint* out_session_handle) => Pkcs11Sessions.Open(pkcs11_lib, slot_id, out_session_handle);

    [UnmanagedCallersOnly(EntryPoint = "aws_pkcs11_lib_close_session", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_pkcs11_lib_close_session(aws_pkcs11_lib* pkcs11_lib, nuint session_handle) => Pkcs11Sessions.Close(pkcs11_lib, session_handle);

    [UnmanagedCallersOnly(EntryPoint = "aws_pkcs11_lib_login_user", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pkcs11_lib_login_user(aws_pkcs11_lib* pkcs11_lib, nuint session_handle, aws_string* optional_user_pin) => Pkcs11Sessions.LogInUser(pkcs11_lib, session_handle, optional_user_pin);

    [UnmanagedCallersOnly(EntryPoint = "aws_pkcs11_lib_find_private_key", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pkcs11_lib_find_private_key(aws_pkcs11_lib* pkcs11_lib, nuint session_handle, aws_string* match_label, nuint* out_key_handle, nuint* out_key_type) => Pkcs11Sessions.FindPrivateKey(pkcs11_lib, session_handle, match_label, out_key_handle, out_key_type);

    [UnmanagedCallersOnly(EntryPoint = "aws_pkcs11_lib_decrypt", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pkcs11_lib_decrypt(aws_pkcs11_lib* pkcs11_lib, nuint session_handle, nuint key_handle, nuint key_type, aws_byte_cursor encrypted_data, aws_allocator* allocator, aws_byte_buf* out_data) => Pkcs11Operations.Decrypt(pkcs11_lib, session_handle, key_handle, key_type, encrypted_data, allocator, out_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_pkcs11_lib_sign", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pkcs11_lib_sign(aws_pkcs11_lib* pkcs11_lib, nuint session_handle, nuint key_handle, nuint key_type, aws_byte_cursor digest_data, aws_allocator* allocator, aws_tls_hash_algorithm digest_alg, aws_tls_signature_algorithm signature_alg, aws_byte_buf* out_signature) => Pkcs11Operations.Sign(pkcs11_lib, session_handle, key_handle, key_type, digest_data, allocator, digest_alg, signature_alg, out_signature);

    [UnmanagedCallersOnly(EntryPoint = "aws_get_prefix_to_rsa_sig", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_get_prefix_to_rsa_sig(aws_tls_hash_algorithm digest_alg, aws_byte_cursor* out_prefix) => Pkcs11Operations.GetRsaPrefix(digest_alg, out_prefix);

    [UnmanagedCallersOnly(EntryPoint = "aws_pkcs11_asn1_enc_ubigint", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pkcs11_asn1_enc_ubigint(aws_byte_buf* buffer, aws_byte_cursor bigint) => Der.WriteUnsigned(buffer, bigint);

    [UnmanagedCallersOnly(EntryPoint = "aws_pkcs11_tls_op_handler_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_custom_key_op_handler* aws_pkcs11_tls_op_handler_new(aws_allocator* allocator, aws_pkcs11_lib* pkcs11_lib, aws_byte_cursor* user_pin, aws_byte_cursor* match_token_label, aws_byte_cursor* match_private_key_label, ulong* match_slot_id) => Pkcs11KeyHandler.New(allocator, pkcs11_lib, user_pin, match_token_label, match_private_key_label, match_slot_id);
}
