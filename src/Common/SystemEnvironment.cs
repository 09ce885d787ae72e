// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class SystemEnvironment
{
    /// <summary>aws_system_environment_load</summary>
    internal static aws_system_environment* Load(aws_allocator* allocator) => throw new System.NotImplementedException();

    /// <summary>aws_system_environment_acquire</summary>
    internal static aws_system_environment* Acquire(aws_system_environment* env) => throw new System.NotImplementedException();

    /// <summary>aws_system_environment_release</summary>
    internal static void Release(aws_system_environment* env) => throw new System.NotImplementedException();

    /// <summary>aws_system_environment_get_virtualization_vendor</summary>
    internal static aws_byte_cursor GetVirtualizationVendor(aws_system_environment* env) => throw new System.NotImplementedException();

    /// <summary>aws_system_environment_get_virtualization_product_name</summary>
    internal static aws_byte_cursor GetVirtualizationProductName(aws_system_environment* env) => throw new System.NotImplementedException();

    /// <summary>aws_system_environment_get_processor_count</summary>
    internal static nuint GetProcessorCount(aws_system_environment* env) => throw new System.NotImplementedException();

    /// <summary>aws_system_environment_get_cpu_group_count</summary>
    internal static nuint GetCpuGroupCount(aws_system_environment* env) => throw new System.NotImplementedException();
}
