// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Platform;

/// <summary>What the system says of the machine and of itself.</summary>
internal static unsafe class SystemInfo
{
    /// <summary>How many processors are online; at least 1.</summary>
    internal static nuint ProcessorCount() => SystemInfoLeaf.ProcessorCount();

    internal static nuint PageSize() => (nuint)Environment.SystemPageSize;

    /// <summary>The file that names the maker of the machine, or the hypervisor's; NULL if none does.</summary>
    internal static byte* VendorFile => SystemInfoLeaf.VendorFile;

    /// <summary>The file that names the machine's model; NULL if none does.</summary>
    internal static byte* ProductFile => SystemInfoLeaf.ProductFile;
}

/// <summary>Extensions of the processor that it and the operating system both offer.</summary>
internal static class CpuFeatures
{
    /// <summary>Whether code may use an extension; false also for a number that names none.</summary>
    internal static bool Has(aws_cpu_feature_name feature) => CpuFeaturesLeaf.Has(feature);
}

/// <summary>How much memory the process has used since it started.</summary>
internal static class MemoryUsage
{
    /// <summary>The largest resident size, in the system's unit, and the page faults that needed the disk.</summary>
    internal static bool TryRead(out nuint largestResidentSize, out nuint pageFaults) =>
        MemoryUsageLeaf.TryRead(out largestResidentSize, out pageFaults);
}

/// <summary>A debugger on this process.</summary>
internal static class Debugger
{
    /// <summary>Whether another process traces this one.</summary>
    internal static bool IsPresent() => DebuggerLeaf.IsPresent();

    /// <summary>Stops in the debugger; without one the process ends.</summary>
    internal static void Break() => DebuggerLeaf.Break();
}
