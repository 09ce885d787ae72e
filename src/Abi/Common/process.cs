// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/process.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_run_command_result
{
    public int ret_code;
    public aws_string* std_out;
    public aws_string* std_err;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_run_command_options
{
    public byte* command;
}
