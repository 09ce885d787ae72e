// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>Extensions of the processor that it and the operating system both offer.</summary>
internal static class CpuFeatures
{
    /// <summary>Whether code may use an extension; false also for a number that names none.</summary>
    internal static bool Has(aws_cpu_feature_name feature) => Posix.PosixCpuFeatures.Has(feature);
}
