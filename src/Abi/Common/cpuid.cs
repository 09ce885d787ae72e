// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/cpuid.h>.

namespace Reseau.Native.Abi;

public enum aws_cpu_feature_name : uint
{
    AWS_CPU_FEATURE_CLMUL = 0,
    AWS_CPU_FEATURE_SSE_4_1 = 1,
    AWS_CPU_FEATURE_SSE_4_2 = 2,
    AWS_CPU_FEATURE_AVX2 = 3,
    AWS_CPU_FEATURE_AVX512 = 4,
    AWS_CPU_FEATURE_ARM_CRC = 5,
    AWS_CPU_FEATURE_BMI2 = 6,
    AWS_CPU_FEATURE_VPCLMULQDQ = 7,
    AWS_CPU_FEATURE_ARM_PMULL = 8,
    AWS_CPU_FEATURE_ARM_CRYPTO = 9,
    AWS_CPU_FEATURE_COUNT = 10,
}
