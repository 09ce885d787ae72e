// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Tls.Pkcs11;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/pkcs11.h&gt;.</summary>
public static unsafe class Exports_io_pkcs11
{
    [UnmanagedCallersOnly(EntryPoint = "aws_pkcs11_lib_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_pkcs11_lib* aws_pkcs11_lib_new(aws_allocator* allocator, aws_pkcs11_lib_options* options) => Pkcs11Library.New(allocator, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_pkcs11_lib_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_pkcs11_lib* aws_pkcs11_lib_acquire(aws_pkcs11_lib* pkcs11_lib) => Pkcs11Library.Acquire(pkcs11_lib);

    [UnmanagedCallersOnly(EntryPoint = "aws_pkcs11_lib_release", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_pkcs11_lib_release(aws_pkcs11_lib* pkcs11_lib) => Pkcs11Library.Release(pkcs11_lib);
}
