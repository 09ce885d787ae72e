// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Interop.OpenSsl;

/// <summary>
/// Functions of libcrypto.so.3, by their C names; see <see cref="LibSsl"/>. Those for OCSP are NULL in an OpenSSL that
/// was built without it.
/// </summary>
internal static unsafe partial class LibCrypto
{
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void> ERR_clear_error;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<c_ulong> ERR_get_error;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<c_ulong> ERR_peek_error;
    internal static delegate* unmanaged[Cdecl]<c_ulong, byte*, nuint, void> ERR_error_string_n;
    internal static delegate* unmanaged[Cdecl]<int> BIO_get_new_index;
    internal static delegate* unmanaged[Cdecl]<int, byte*, void*> BIO_meth_new;
    internal static delegate* unmanaged[Cdecl]<void*, void> BIO_meth_free;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int> BIO_meth_set_read_ex;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int> BIO_meth_set_write_ex;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int> BIO_meth_set_ctrl;
    internal static delegate* unmanaged[Cdecl]<void*, void*> BIO_new;
    internal static delegate* unmanaged[Cdecl]<void*, int> BIO_free;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*, void> BIO_set_data;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*> BIO_get_data;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void> BIO_set_init;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void> BIO_set_flags;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void> BIO_clear_flags;
    internal static delegate* unmanaged[Cdecl]<void*> BIO_s_mem;
    internal static delegate* unmanaged[Cdecl]<void*, int, c_long, void*, c_long> BIO_ctrl;
    internal static delegate* unmanaged[Cdecl]<void**, byte**, c_long, void*> d2i_X509;
    internal static delegate* unmanaged[Cdecl]<void**, byte**, c_long, void*> d2i_X509_AUX;
    internal static delegate* unmanaged[Cdecl]<void**, byte**, c_long, void*> d2i_AutoPrivateKey;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int> PEM_write_bio_X509;
    internal static delegate* unmanaged[Cdecl]<void*, void*, void*, byte*, int, void*, void*, int>
        PEM_write_bio_PrivateKey;
    internal static delegate* unmanaged[Cdecl]<void*, void> X509_free;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*> X509_get0_pubkey;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*> X509_get0_notAfter;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int> X509_check_issued;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int> X509_verify;
    internal static delegate* unmanaged[Cdecl]<int*, int*, void*, void*, int> ASN1_TIME_diff;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, int, int> X509_get_ext_by_NID;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void*> X509_get_ext;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*> X509_EXTENSION_get_data;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, byte*> ASN1_STRING_get0_data;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int> ASN1_STRING_length;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, byte*> EVP_PKEY_get0_type_name;
    internal static delegate* unmanaged[Cdecl]<void*, void> EVP_PKEY_free;
    internal static delegate* unmanaged[Cdecl]<void*> X509_STORE_new;
    internal static delegate* unmanaged[Cdecl]<void*, void> X509_STORE_free;
    internal static delegate* unmanaged[Cdecl]<void*, int> X509_STORE_up_ref;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int> X509_STORE_add_cert;
    internal static delegate* unmanaged[Cdecl]<void*, void*, void*> X509_STORE_add_lookup;
    internal static delegate* unmanaged[Cdecl]<void*, int> X509_STORE_lock;
    internal static delegate* unmanaged[Cdecl]<void*, int> X509_STORE_unlock;
    internal static delegate* unmanaged[Cdecl]<void*, void*> X509_STORE_get0_objects;
    internal static delegate* unmanaged[Cdecl]<void*, int, void*, void*> X509_OBJECT_retrieve_by_subject;
    internal static delegate* unmanaged[Cdecl]<void*, void*> X509_OBJECT_get0_X509;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int> X509_OBJECT_set1_X509;
    internal static delegate* unmanaged[Cdecl]<byte*, void*> X509_LOOKUP_meth_new;
    internal static delegate* unmanaged[Cdecl]<void*, void> X509_LOOKUP_meth_free;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int> X509_LOOKUP_meth_set_get_by_subject;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int> X509_LOOKUP_meth_set_free;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int> X509_LOOKUP_set_method_data;
    internal static delegate* unmanaged[Cdecl]<void*, void*> X509_LOOKUP_get_method_data;
    internal static delegate* unmanaged[Cdecl]<void*, void*> X509_LOOKUP_get_store;
    internal static delegate* unmanaged[Cdecl]<void**, byte**, c_long, void*> d2i_X509_NAME;
    internal static delegate* unmanaged[Cdecl]<void*, void> X509_NAME_free;
    internal static delegate* unmanaged[Cdecl]<void*, void*, byte*, int*, c_ulong> X509_NAME_hash_ex;
    internal static delegate* unmanaged[Cdecl]<void*, int, void> X509_STORE_CTX_set_error;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int> X509_STORE_CTX_get_error;
    internal static delegate* unmanaged[Cdecl]<void*, int> X509_STORE_CTX_get_error_depth;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*> X509_STORE_CTX_get0_cert;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void*> X509_STORE_CTX_get_ex_data;
    internal static delegate* unmanaged[Cdecl]<void*, uint, void> X509_VERIFY_PARAM_set_hostflags;
    internal static delegate* unmanaged[Cdecl]<void*, c_ulong, int> X509_VERIFY_PARAM_set_flags;
    internal static delegate* unmanaged[Cdecl]<void*, int, int> X509_VERIFY_PARAM_set_purpose;
    internal static delegate* unmanaged[Cdecl]<c_long, byte*> X509_verify_cert_error_string;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int> OPENSSL_sk_num;
    internal static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void*> OPENSSL_sk_value;
    internal static delegate* unmanaged[Cdecl]<void*, void*, void> OPENSSL_sk_pop_free;
    internal static delegate* unmanaged[Cdecl]<void**, byte**, c_long, void*> d2i_PKCS12;
    internal static delegate* unmanaged[Cdecl]<void*, byte*, void**, void**, void**, int> PKCS12_parse;
    internal static delegate* unmanaged[Cdecl]<void*, void> PKCS12_free;
    internal static delegate* unmanaged[Cdecl]<int, byte*> OPENSSL_info;
    internal static delegate* unmanaged[Cdecl]<void*> OSSL_LIB_CTX_new;
    internal static delegate* unmanaged[Cdecl]<void*, void> OSSL_LIB_CTX_free;
    internal static delegate* unmanaged[Cdecl]<void*, void*> OSSL_LIB_CTX_set0_default;
    internal static delegate* unmanaged[Cdecl]<void*, byte*, void*> OSSL_PROVIDER_load;
    internal static delegate* unmanaged[Cdecl]<void*, int> OSSL_PROVIDER_unload;
    internal static delegate* unmanaged[Cdecl]<void**, byte**, c_long, void*> d2i_X509_CRL;
    internal static delegate* unmanaged[Cdecl]<void*, void> X509_CRL_free;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int> X509_STORE_add_crl;
    internal static delegate* unmanaged[Cdecl]<void*, byte**, int> i2d_X509;
    internal static delegate* unmanaged[Cdecl]<void*, nuint, byte*, int, void*> CRYPTO_memdup;
    internal static delegate* unmanaged[Cdecl]<void**, byte**, c_long, void*> d2i_OCSP_RESPONSE;
    internal static delegate* unmanaged[Cdecl]<void*, void> OCSP_RESPONSE_free;
    internal static delegate* unmanaged[Cdecl]<void*, int> OCSP_response_status;
    internal static delegate* unmanaged[Cdecl]<void*, void*> OCSP_response_get1_basic;
    internal static delegate* unmanaged[Cdecl]<void*, void> OCSP_BASICRESP_free;
    internal static delegate* unmanaged[Cdecl]<void*, void*, void*, c_ulong, int> OCSP_basic_verify;
    internal static delegate* unmanaged[Cdecl]<void*, void*, void*, void*> OCSP_cert_to_id;
    internal static delegate* unmanaged[Cdecl]<void*, void> OCSP_CERTID_free;
    internal static delegate* unmanaged[Cdecl]<void*, void*, int*, int*, void**, void**, void**, int>
        OCSP_resp_find_status;
    internal static delegate* unmanaged[Cdecl]<void*, void*, c_long, c_long, int> OCSP_check_validity;

    /// <summary>Looks every function up; false when the library lacks one that is needed.</summary>
    internal static bool Bind(nint library)
    {
        bool complete = true;
        complete &= (ERR_clear_error =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void>)Find(library, "ERR_clear_error"u8)) != null;
        complete &= (ERR_get_error =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<c_ulong>)Find(library, "ERR_get_error"u8)) != null;
        complete &= (ERR_peek_error =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<c_ulong>)Find(library, "ERR_peek_error"u8)) != null;
        complete &= (ERR_error_string_n =
            (delegate* unmanaged[Cdecl]<c_ulong, byte*, nuint, void>)Find(library, "ERR_error_string_n"u8)) != null;
        complete &= (d2i_X509_CRL =
            (delegate* unmanaged[Cdecl]<void**, byte**, c_long, void*>)Find(library, "d2i_X509_CRL"u8)) != null;
        complete &= (X509_CRL_free =
            (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "X509_CRL_free"u8)) != null;
        complete &= (X509_STORE_add_crl =
            (delegate* unmanaged[Cdecl]<void*, void*, int>)Find(library, "X509_STORE_add_crl"u8)) != null;
        complete &= (i2d_X509 =
            (delegate* unmanaged[Cdecl]<void*, byte**, int>)Find(library, "i2d_X509"u8)) != null;
        complete &= (CRYPTO_memdup =
            (delegate* unmanaged[Cdecl]<void*, nuint, byte*, int, void*>)Find(library, "CRYPTO_memdup"u8)) != null;
        complete &= (BIO_get_new_index = (delegate* unmanaged[Cdecl]<int>)Find(library, "BIO_get_new_index"u8)) != null;
        complete &= (BIO_meth_new =
            (delegate* unmanaged[Cdecl]<int, byte*, void*>)Find(library, "BIO_meth_new"u8)) != null;
        complete &= (BIO_meth_free = (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "BIO_meth_free"u8)) != null;
        complete &= (BIO_meth_set_read_ex =
            (delegate* unmanaged[Cdecl]<void*, void*, int>)Find(library, "BIO_meth_set_read_ex"u8)) != null;
        complete &= (BIO_meth_set_write_ex =
            (delegate* unmanaged[Cdecl]<void*, void*, int>)Find(library, "BIO_meth_set_write_ex"u8)) != null;
        complete &= (BIO_meth_set_ctrl =
            (delegate* unmanaged[Cdecl]<void*, void*, int>)Find(library, "BIO_meth_set_ctrl"u8)) != null;
        complete &= (BIO_new = (delegate* unmanaged[Cdecl]<void*, void*>)Find(library, "BIO_new"u8)) != null;
        complete &= (BIO_free = (delegate* unmanaged[Cdecl]<void*, int>)Find(library, "BIO_free"u8)) != null;
        complete &= (BIO_set_data =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*, void>)
                Find(library, "BIO_set_data"u8)) != null;
        complete &= (BIO_get_data =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*>)Find(library, "BIO_get_data"u8)) != null;
        complete &= (BIO_set_init =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void>)
                Find(library, "BIO_set_init"u8)) != null;
        complete &= (BIO_set_flags =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void>)
                Find(library, "BIO_set_flags"u8)) != null;
        complete &= (BIO_clear_flags =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void>)
                Find(library, "BIO_clear_flags"u8)) != null;
        complete &= (BIO_s_mem = (delegate* unmanaged[Cdecl]<void*>)Find(library, "BIO_s_mem"u8)) != null;
        complete &= (BIO_ctrl =
            (delegate* unmanaged[Cdecl]<void*, int, c_long, void*, c_long>)Find(library, "BIO_ctrl"u8)) != null;
        complete &= (d2i_X509 =
            (delegate* unmanaged[Cdecl]<void**, byte**, c_long, void*>)Find(library, "d2i_X509"u8)) != null;
        complete &= (d2i_X509_AUX =
            (delegate* unmanaged[Cdecl]<void**, byte**, c_long, void*>)Find(library, "d2i_X509_AUX"u8)) != null;
        complete &= (d2i_AutoPrivateKey =
            (delegate* unmanaged[Cdecl]<void**, byte**, c_long, void*>)Find(library, "d2i_AutoPrivateKey"u8)) != null;
        complete &= (PEM_write_bio_X509 =
            (delegate* unmanaged[Cdecl]<void*, void*, int>)Find(library, "PEM_write_bio_X509"u8)) != null;
        complete &= (PEM_write_bio_PrivateKey =
            (delegate* unmanaged[Cdecl]<void*, void*, void*, byte*, int, void*, void*, int>)
                Find(library, "PEM_write_bio_PrivateKey"u8)) != null;
        complete &= (X509_free = (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "X509_free"u8)) != null;
        complete &= (X509_get0_pubkey =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*>)
                Find(library, "X509_get0_pubkey"u8)) != null;
        complete &= (X509_get0_notAfter =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*>)
                Find(library, "X509_get0_notAfter"u8)) != null;
        complete &= (X509_check_issued =
            (delegate* unmanaged[Cdecl]<void*, void*, int>)Find(library, "X509_check_issued"u8)) != null;
        complete &= (X509_verify =
            (delegate* unmanaged[Cdecl]<void*, void*, int>)Find(library, "X509_verify"u8)) != null;
        complete &= (ASN1_TIME_diff =
            (delegate* unmanaged[Cdecl]<int*, int*, void*, void*, int>)Find(library, "ASN1_TIME_diff"u8)) != null;
        complete &= (X509_get_ext_by_NID =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, int, int>)
                Find(library, "X509_get_ext_by_NID"u8)) != null;
        complete &= (X509_get_ext =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void*>)
                Find(library, "X509_get_ext"u8)) != null;
        complete &= (X509_EXTENSION_get_data =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*>)
                Find(library, "X509_EXTENSION_get_data"u8)) != null;
        complete &= (ASN1_STRING_get0_data =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, byte*>)
                Find(library, "ASN1_STRING_get0_data"u8)) != null;
        complete &= (ASN1_STRING_length =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int>)
                Find(library, "ASN1_STRING_length"u8)) != null;
        complete &= (EVP_PKEY_get0_type_name =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, byte*>)
                Find(library, "EVP_PKEY_get0_type_name"u8)) != null;
        complete &= (EVP_PKEY_free = (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "EVP_PKEY_free"u8)) != null;
        complete &= (X509_STORE_new = (delegate* unmanaged[Cdecl]<void*>)Find(library, "X509_STORE_new"u8)) != null;
        complete &= (X509_STORE_free =
            (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "X509_STORE_free"u8)) != null;
        complete &= (X509_STORE_up_ref =
            (delegate* unmanaged[Cdecl]<void*, int>)Find(library, "X509_STORE_up_ref"u8)) != null;
        complete &= (X509_STORE_add_cert =
            (delegate* unmanaged[Cdecl]<void*, void*, int>)Find(library, "X509_STORE_add_cert"u8)) != null;
        complete &= (X509_STORE_add_lookup =
            (delegate* unmanaged[Cdecl]<void*, void*, void*>)Find(library, "X509_STORE_add_lookup"u8)) != null;
        complete &= (X509_STORE_lock =
            (delegate* unmanaged[Cdecl]<void*, int>)Find(library, "X509_STORE_lock"u8)) != null;
        complete &= (X509_STORE_unlock =
            (delegate* unmanaged[Cdecl]<void*, int>)Find(library, "X509_STORE_unlock"u8)) != null;
        complete &= (X509_STORE_get0_objects =
            (delegate* unmanaged[Cdecl]<void*, void*>)Find(library, "X509_STORE_get0_objects"u8)) != null;
        complete &= (X509_OBJECT_retrieve_by_subject =
            (delegate* unmanaged[Cdecl]<void*, int, void*, void*>)
                Find(library, "X509_OBJECT_retrieve_by_subject"u8)) != null;
        complete &= (X509_OBJECT_get0_X509 =
            (delegate* unmanaged[Cdecl]<void*, void*>)Find(library, "X509_OBJECT_get0_X509"u8)) != null;
        complete &= (X509_OBJECT_set1_X509 =
            (delegate* unmanaged[Cdecl]<void*, void*, int>)Find(library, "X509_OBJECT_set1_X509"u8)) != null;
        complete &= (X509_LOOKUP_meth_new =
            (delegate* unmanaged[Cdecl]<byte*, void*>)Find(library, "X509_LOOKUP_meth_new"u8)) != null;
        complete &= (X509_LOOKUP_meth_free =
            (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "X509_LOOKUP_meth_free"u8)) != null;
        complete &= (X509_LOOKUP_meth_set_get_by_subject =
            (delegate* unmanaged[Cdecl]<void*, void*, int>)
                Find(library, "X509_LOOKUP_meth_set_get_by_subject"u8)) != null;
        complete &= (X509_LOOKUP_meth_set_free =
            (delegate* unmanaged[Cdecl]<void*, void*, int>)Find(library, "X509_LOOKUP_meth_set_free"u8)) != null;
        complete &= (X509_LOOKUP_set_method_data =
            (delegate* unmanaged[Cdecl]<void*, void*, int>)Find(library, "X509_LOOKUP_set_method_data"u8)) != null;
        complete &= (X509_LOOKUP_get_method_data =
            (delegate* unmanaged[Cdecl]<void*, void*>)Find(library, "X509_LOOKUP_get_method_data"u8)) != null;
        complete &= (X509_LOOKUP_get_store =
            (delegate* unmanaged[Cdecl]<void*, void*>)Find(library, "X509_LOOKUP_get_store"u8)) != null;
        complete &= (d2i_X509_NAME =
            (delegate* unmanaged[Cdecl]<void**, byte**, c_long, void*>)Find(library, "d2i_X509_NAME"u8)) != null;
        complete &= (X509_NAME_free =
            (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "X509_NAME_free"u8)) != null;
        complete &= (X509_NAME_hash_ex =
            (delegate* unmanaged[Cdecl]<void*, void*, byte*, int*, c_ulong>)
                Find(library, "X509_NAME_hash_ex"u8)) != null;
        complete &= (X509_STORE_CTX_set_error =
            (delegate* unmanaged[Cdecl]<void*, int, void>)Find(library, "X509_STORE_CTX_set_error"u8)) != null;
        complete &= (X509_STORE_CTX_get_error =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int>)
                Find(library, "X509_STORE_CTX_get_error"u8)) != null;
        complete &= (X509_STORE_CTX_get_error_depth =
            (delegate* unmanaged[Cdecl]<void*, int>)Find(library, "X509_STORE_CTX_get_error_depth"u8)) != null;
        complete &= (X509_STORE_CTX_get0_cert =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*>)
                Find(library, "X509_STORE_CTX_get0_cert"u8)) != null;
        complete &= (X509_STORE_CTX_get_ex_data =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void*>)
                Find(library, "X509_STORE_CTX_get_ex_data"u8)) != null;
        complete &= (X509_VERIFY_PARAM_set_hostflags =
            (delegate* unmanaged[Cdecl]<void*, uint, void>)Find(library, "X509_VERIFY_PARAM_set_hostflags"u8)) != null;
        complete &= (X509_VERIFY_PARAM_set_flags =
            (delegate* unmanaged[Cdecl]<void*, c_ulong, int>)Find(library, "X509_VERIFY_PARAM_set_flags"u8)) != null;
        complete &= (X509_VERIFY_PARAM_set_purpose =
            (delegate* unmanaged[Cdecl]<void*, int, int>)Find(library, "X509_VERIFY_PARAM_set_purpose"u8)) != null;
        complete &= (X509_verify_cert_error_string =
            (delegate* unmanaged[Cdecl]<c_long, byte*>)Find(library, "X509_verify_cert_error_string"u8)) != null;
        complete &= (OPENSSL_sk_num =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int>)Find(library, "OPENSSL_sk_num"u8)) != null;
        complete &= (OPENSSL_sk_value =
            (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, void*>)
                Find(library, "OPENSSL_sk_value"u8)) != null;
        complete &= (OPENSSL_sk_pop_free =
            (delegate* unmanaged[Cdecl]<void*, void*, void>)Find(library, "OPENSSL_sk_pop_free"u8)) != null;
        complete &= (d2i_PKCS12 =
            (delegate* unmanaged[Cdecl]<void**, byte**, c_long, void*>)Find(library, "d2i_PKCS12"u8)) != null;
        complete &= (PKCS12_parse =
            (delegate* unmanaged[Cdecl]<void*, byte*, void**, void**, void**, int>)
                Find(library, "PKCS12_parse"u8)) != null;
        complete &= (PKCS12_free = (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "PKCS12_free"u8)) != null;
        complete &= (OPENSSL_info = (delegate* unmanaged[Cdecl]<int, byte*>)Find(library, "OPENSSL_info"u8)) != null;
        complete &= (OSSL_LIB_CTX_new = (delegate* unmanaged[Cdecl]<void*>)Find(library, "OSSL_LIB_CTX_new"u8)) != null;
        complete &= (OSSL_LIB_CTX_free =
            (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "OSSL_LIB_CTX_free"u8)) != null;
        complete &= (OSSL_LIB_CTX_set0_default =
            (delegate* unmanaged[Cdecl]<void*, void*>)Find(library, "OSSL_LIB_CTX_set0_default"u8)) != null;
        complete &= (OSSL_PROVIDER_load =
            (delegate* unmanaged[Cdecl]<void*, byte*, void*>)Find(library, "OSSL_PROVIDER_load"u8)) != null;
        complete &= (OSSL_PROVIDER_unload =
            (delegate* unmanaged[Cdecl]<void*, int>)Find(library, "OSSL_PROVIDER_unload"u8)) != null;
        d2i_OCSP_RESPONSE =
            (delegate* unmanaged[Cdecl]<void**, byte**, c_long, void*>)Find(library, "d2i_OCSP_RESPONSE"u8);
        OCSP_RESPONSE_free = (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "OCSP_RESPONSE_free"u8);
        OCSP_response_status = (delegate* unmanaged[Cdecl]<void*, int>)Find(library, "OCSP_response_status"u8);
        OCSP_response_get1_basic =
            (delegate* unmanaged[Cdecl]<void*, void*>)Find(library, "OCSP_response_get1_basic"u8);
        OCSP_BASICRESP_free = (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "OCSP_BASICRESP_free"u8);
        OCSP_basic_verify =
            (delegate* unmanaged[Cdecl]<void*, void*, void*, c_ulong, int>)Find(library, "OCSP_basic_verify"u8);
        OCSP_cert_to_id = (delegate* unmanaged[Cdecl]<void*, void*, void*, void*>)Find(library, "OCSP_cert_to_id"u8);
        OCSP_CERTID_free = (delegate* unmanaged[Cdecl]<void*, void>)Find(library, "OCSP_CERTID_free"u8);
        OCSP_resp_find_status =
            (delegate* unmanaged[Cdecl]<void*, void*, int*, int*, void**, void**, void**, int>)
                Find(library, "OCSP_resp_find_status"u8);
        OCSP_check_validity =
            (delegate* unmanaged[Cdecl]<void*, void*, c_long, c_long, int>)Find(library, "OCSP_check_validity"u8);
        return complete;
    }

    private static void* Find(nint library, ReadOnlySpan<byte> name) => OpenSslSymbols.Find(library, name);
}
