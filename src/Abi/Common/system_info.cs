// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/system_info.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_platform_os : uint
{
    AWS_PLATFORM_OS_WINDOWS = 0,
    AWS_PLATFORM_OS_MAC = 1,
    AWS_PLATFORM_OS_IOS = 2,
    AWS_PLATFORM_OS_ANDROID = 3,
    AWS_PLATFORM_OS_UNIX = 4,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_cpu_info
{
    public int cpu_id;
    public bool suspected_hyper_thread;
}

public struct aws_system_environment;
