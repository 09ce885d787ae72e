// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/environment.h&gt;.</summary>
public static unsafe class Exports_common_environment
{
    [UnmanagedCallersOnly(EntryPoint = "aws_get_env", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_string* aws_get_env(aws_allocator* allocator, byte* name) => EnvironmentVariables.GetEnv(allocator, name);

    [UnmanagedCallersOnly(EntryPoint = "aws_get_env_nonempty", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_string* aws_get_env_nonempty(aws_allocator* allocator, byte* name) => EnvironmentVariables.GetEnvNonempty(allocator, name);

    [UnmanagedCallersOnly(EntryPoint = "aws_get_environment_value", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_get_environment_value(aws_allocator* allocator, aws_string* variable_name, aws_string** value_out) => EnvironmentVariables.GetEnvironmentValue(allocator, variable_name, value_out);

    [UnmanagedCallersOnly(EntryPoint = "aws_set_environment_value", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_set_environment_value(aws_string* variable_name, aws_string* value) => EnvironmentVariables.SetEnvironmentValue(variable_name, value);

    [UnmanagedCallersOnly(EntryPoint = "aws_unset_environment_value", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_unset_environment_value(aws_string* variable_name) => EnvironmentVariables.UnsetEnvironmentValue(variable_name);
}
