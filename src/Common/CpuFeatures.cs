// SPDX-License-Identifier: Apache-2.0
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Reseau.Native.Common;

/// <summary>Extensions of the processor that it and the operating system both offer.</summary>
internal static class CpuFeatures
{
    private const int ExtendedFeatures = 7;
    private const int VpclmulqdqBit = 1 << 10;

    /// <summary>Whether code may use an extension; false also for a number that names none.</summary>
    internal static bool Has(aws_cpu_feature_name feature) => feature switch
    {
        aws_cpu_feature_name.AWS_CPU_FEATURE_CLMUL => Pclmulqdq.IsSupported,
        aws_cpu_feature_name.AWS_CPU_FEATURE_SSE_4_1 => Sse41.IsSupported,
        aws_cpu_feature_name.AWS_CPU_FEATURE_SSE_4_2 => Sse42.IsSupported,
        aws_cpu_feature_name.AWS_CPU_FEATURE_AVX2 => Avx2.IsSupported,
        aws_cpu_feature_name.AWS_CPU_FEATURE_AVX512 => Avx512F.IsSupported,
        aws_cpu_feature_name.AWS_CPU_FEATURE_BMI2 => Bmi2.IsSupported,
        aws_cpu_feature_name.AWS_CPU_FEATURE_VPCLMULQDQ => HasVpclmulqdq(),
        aws_cpu_feature_name.AWS_CPU_FEATURE_ARM_CRC => Crc32.IsSupported,
        aws_cpu_feature_name.AWS_CPU_FEATURE_ARM_PMULL => System.Runtime.Intrinsics.Arm.Aes.IsSupported,
        aws_cpu_feature_name.AWS_CPU_FEATURE_ARM_CRYPTO => System.Runtime.Intrinsics.Arm.Aes.IsSupported,
        _ => false,
    };

    // It works on the registers of AVX, which the operating system must save.
    private static bool HasVpclmulqdq() =>
        Avx2.IsSupported && X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= ExtendedFeatures &&
        (X86Base.CpuId(ExtendedFeatures, 0).Ecx & VpclmulqdqBit) != 0;
}
