// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/clock.h>.

namespace Reseau.Native.Abi;

public enum aws_timestamp_unit : uint
{
    AWS_TIMESTAMP_SECS = 1,
    AWS_TIMESTAMP_MILLIS = 1000,
    AWS_TIMESTAMP_MICROS = 1000000,
    AWS_TIMESTAMP_NANOS = 1000000000,
}
