// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/uuid.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public static class uuid_constants_aws_uuid_str_len
{
    public const int AWS_UUID_STR_LEN = 37;
}

public static class uuid_constants_aws_uuid_str_compact_len
{
    public const int AWS_UUID_STR_COMPACT_LEN = 33;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_uuid
{
    public fixed byte uuid_data[16];
}
