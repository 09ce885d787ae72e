// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Tls;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/private/pki_utils.h&gt;.</summary>
public static unsafe class Exports_io_private_pki_utils
{
    [UnmanagedCallersOnly(EntryPoint = "aws_determine_default_pki_dir", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* aws_determine_default_pki_dir() => TrustStore.DetermineDefaultPkiDir();

    [UnmanagedCallersOnly(EntryPoint = "aws_determine_default_pki_ca_file", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* aws_determine_default_pki_ca_file() => TrustStore.DetermineDefaultPkiCaFile();
}
