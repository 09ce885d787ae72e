// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop;

namespace Reseau.Native.Runtime;

/// <summary>Variables that the library exports, which only C can define.</summary>
internal static unsafe class ExportedVariables
{
    /// <summary>aws_cli_optind</summary>
    internal static int* CommandLineIndex => Shim.reseau_command_line_index();

    /// <summary>aws_cli_optarg</summary>
    internal static byte** CommandLineArgument => Shim.reseau_command_line_argument();

    /// <summary>aws_cli_positional_arg</summary>
    internal static byte** CommandLinePositional => Shim.reseau_command_line_positional();
}
