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
}
