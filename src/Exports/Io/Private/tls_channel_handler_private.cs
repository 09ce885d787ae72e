// SPDX-License-Identifier: Apache-2.0
#if RESEAU_WINDOWS
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Tls;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/private/tls_channel_handler_private.h&gt;.</summary>
public static unsafe class Exports_io_private_tls_channel_handler_private
{
    [UnmanagedCallersOnly(EntryPoint = "aws_windows_force_schannel_creds", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_windows_force_schannel_creds(bool use_schannel_creds) => TlsEngines.ForceOlderCredentials(use_schannel_creds);
}
#endif
