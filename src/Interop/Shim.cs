// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop;

/// <summary>The functions of the C shim that managed code calls.</summary>
internal static unsafe class Shim
{
    private const string Library = "reseau_shim";

    [DllImport(Library)]
    internal static extern void reseau_restore_host_signals();

    /// <summary>Hands one finished line to the current logger, through its variadic `log` entry.</summary>
    [DllImport(Library)]
    internal static extern void reseau_log(aws_log_level level, uint subject, byte* text, nuint length);

    /// <summary>The address of the exported variable g_aws_channel_max_fragment_size.</summary>
    [DllImport(Library)]
    internal static extern nuint* reseau_channel_max_fragment_size();
}
