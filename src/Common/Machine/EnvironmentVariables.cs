// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Machine;

/// <summary>
/// The process's environment. As in C, nobody may change it while another thread reads it. Strings that come out are
/// the caller's to destroy.
/// </summary>
internal static unsafe class EnvironmentVariables
{
    /// <summary>The value of a variable, or NULL if it is not set.</summary>
    internal static aws_string* GetEnv(aws_allocator* allocator, byte* name)
    {
        if (allocator == null || name == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        byte* value = Platform.EnvironmentVariables.Get(name);
        return value == null ? null : AwsString.NewFromCStr(allocator, value);
    }

    /// <summary>The value of a variable, or NULL if it is not set or empty.</summary>
    internal static aws_string* GetEnvNonempty(aws_allocator* allocator, byte* name)
    {
        if (allocator == null || name == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        byte* value = Platform.EnvironmentVariables.Get(name);
        return value == null || *value == 0 ? null : AwsString.NewFromCStr(allocator, value);
    }

    /// <summary>
    /// The value of a variable that decides what this process trusts; NULL if it is not set or empty, or if the process
    /// has more rights than whoever set it. Good until the environment is changed.
    /// </summary>
    internal static byte* Trusted(byte* name)
    {
        byte* value = Platform.EnvironmentVariables.GetTrusted(name);
        return value == null || *value == 0 ? null : value;
    }

    /// <summary>As <see cref="GetEnv"/>; a variable that is not set is a success with NULL.</summary>
    internal static int GetEnvironmentValue(aws_allocator* allocator, aws_string* variable_name, aws_string** value_out)
    {
        if (value_out == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *value_out = null;
        if (allocator == null || variable_name == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        byte* value = Platform.EnvironmentVariables.Get(variable_name->bytes);
        if (value == null)
            return AWS_OP_SUCCESS;

        *value_out = AwsString.NewFromCStr(allocator, value);
        return *value_out == null ? Errors.Raise(AWS_ERROR_ENVIRONMENT_GET) : AWS_OP_SUCCESS;
    }

    /// <summary>Sets a variable, in the place of its present value.</summary>
    internal static int SetEnvironmentValue(aws_string* variable_name, aws_string* value)
    {
        if (variable_name == null || value == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        return Platform.EnvironmentVariables.Set(variable_name->bytes, value->bytes)
            ? AWS_OP_SUCCESS
            : Errors.Raise(AWS_ERROR_ENVIRONMENT_SET);
    }

    /// <summary>Removes a variable; one that is not set is no failure.</summary>
    internal static int UnsetEnvironmentValue(aws_string* variable_name)
    {
        if (variable_name == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        return Platform.EnvironmentVariables.Unset(variable_name->bytes)
            ? AWS_OP_SUCCESS
            : Errors.Raise(AWS_ERROR_ENVIRONMENT_UNSET);
    }
}
