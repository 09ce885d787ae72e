// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Tls;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/pem.h&gt;.</summary>
public static unsafe class Exports_io_pem
{
    [UnmanagedCallersOnly(EntryPoint = "aws_pem_objects_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_pem_objects_clean_up(aws_array_list* pem_objects) => Pem.ObjectsCleanUp(pem_objects);

    [UnmanagedCallersOnly(EntryPoint = "aws_pem_objects_init_from_file_contents", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pem_objects_init_from_file_contents(aws_array_list* pem_objects, aws_allocator* alloc, aws_byte_cursor pem_cursor) => Pem.ObjectsInitFromFileContents(pem_objects, alloc, pem_cursor);

    [UnmanagedCallersOnly(EntryPoint = "aws_pem_objects_init_from_file_path", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_pem_objects_init_from_file_path(aws_array_list* pem_objects, aws_allocator* allocator, byte* filename) => Pem.ObjectsInitFromFilePath(pem_objects, allocator, filename);

    [UnmanagedCallersOnly(EntryPoint = "aws_der_cert_to_pem", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_string* aws_der_cert_to_pem(aws_allocator* alloc, aws_byte_cursor der_cert) => Pem.DerCertToPem(alloc, der_cert);
}
