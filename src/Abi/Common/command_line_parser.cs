// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/command_line_parser.h>.
global using unsafe aws_cli_options_subcommand_fn = delegate* unmanaged[Cdecl]<int, byte**, byte*, void*, int>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_cli_options_has_arg : uint
{
    AWS_CLI_OPTIONS_NO_ARGUMENT = 0,
    AWS_CLI_OPTIONS_REQUIRED_ARGUMENT = 1,
    AWS_CLI_OPTIONS_OPTIONAL_ARGUMENT = 2,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_cli_subcommand_dispatch
{
    public aws_cli_options_subcommand_fn subcommand_fn;
    public byte* command_name;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_cli_option
{
    public byte* name;
    public aws_cli_options_has_arg has_arg;
    public int* flag;
    public int val;
}
