// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/macros.h>.

namespace Reseau.Native.Abi;

public static class macros_constants_aws_cache_line
{
    public const int AWS_CACHE_LINE = 64;
}
