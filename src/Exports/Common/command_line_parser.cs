// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/command_line_parser.h&gt;; its variables are in the shim.</summary>
public static unsafe class Exports_common_command_line_parser
{
    [UnmanagedCallersOnly(EntryPoint = "aws_cli_getopt_long", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_cli_getopt_long(
        int argc, byte** argv, byte* optstring, aws_cli_option* longopts, int* longindex) =>
        CommandLine.GetoptLong(argc, argv, optstring, longopts, longindex);

    [UnmanagedCallersOnly(EntryPoint = "aws_cli_reset_state", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_cli_reset_state() => CommandLine.ResetState();

    [UnmanagedCallersOnly(EntryPoint = "aws_cli_dispatch_on_subcommand", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_cli_dispatch_on_subcommand(
        int argc, byte** argv, aws_cli_subcommand_dispatch* dispatch_table, int table_length, void* user_data) =>
        CommandLine.DispatchOnSubcommand(argc, argv, dispatch_table, table_length, user_data);
}
