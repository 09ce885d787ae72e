// SPDX-License-Identifier: Apache-2.0
// Types of <reseau/tls.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_tls_options
{
    public nuint size;
    public byte* ca_file;
    public byte* ca_directory;
    public byte* ca_pem;
    public nuint ca_pem_length;
    public byte* certificate_file;
    public byte* key_file;
    public byte* certificate_pem;
    public nuint certificate_pem_length;
    public byte* key_pem;
    public nuint key_pem_length;
    public byte* server_name;
    public byte* alpn;
    public int minimum_version;
    public int insecure;
    public int client_certificates;
    public byte* crl_file;
    public byte* crl_pem;
    public nuint crl_pem_length;
    public int require_staple;
    public int no_resumption;
    public byte* staple_file;
    public reseau_tls_certificate* certificates;
    public nuint certificate_count;
    public byte* pkcs11_library;
    public byte* pkcs11_token;
    public byte* pkcs11_key;
    public byte* pkcs11_pin;
    public byte* key_log_file;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_tls_certificate
{
    public nuint size;
    public byte* certificate_file;
    public byte* key_file;
    public byte* certificate_pem;
    public nuint certificate_pem_length;
    public byte* key_pem;
    public nuint key_pem_length;
    public byte* staple_file;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_tls_info
{
    public nuint size;
    public int version;
    public int is_resumed;
    public fixed byte cipher[64];
    public fixed byte protocol[256];
    public fixed byte server_name[256];
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_certificate
{
    public byte* subject;
    public byte* issuer;
    public byte** names;
    public nuint name_count;
    public long not_before;
    public long not_after;
    public byte* pem;
    public byte* der;
    public nuint der_length;
}
