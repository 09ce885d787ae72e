// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class EnvironmentVariables
{
    /// <summary>aws_get_env</summary>
    internal static aws_string* GetEnv(aws_allocator* allocator, byte* name) => throw new System.NotImplementedException();

    /// <summary>aws_get_env_nonempty</summary>
    internal static aws_string* GetEnvNonempty(aws_allocator* allocator, byte* name) => throw new System.NotImplementedException();

    /// <summary>aws_get_environment_value</summary>
    internal static int GetEnvironmentValue(aws_allocator* allocator, aws_string* variable_name, aws_string** value_out) => throw new System.NotImplementedException();

    /// <summary>aws_set_environment_value</summary>
    internal static int SetEnvironmentValue(aws_string* variable_name, aws_string* value) => throw new System.NotImplementedException();

    /// <summary>aws_unset_environment_value</summary>
    internal static int UnsetEnvironmentValue(aws_string* variable_name) => throw new System.NotImplementedException();
}
