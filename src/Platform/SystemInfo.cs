// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Platform;

/// <summary>What the system says of the machine and of itself.</summary>
internal static unsafe class SystemInfo
{
    /// <summary>How many processors are online; at least 1.</summary>
    internal static nuint ProcessorCount() => Posix.PosixSystemInfo.ProcessorCount();

    internal static nuint PageSize() => (nuint)Environment.SystemPageSize;

    /// <summary>The file that names the maker of the machine, or of the hypervisor in its place.</summary>
    internal static byte* VendorFile => Posix.PosixSystemInfo.VendorFile;

    /// <summary>The file that names the machine's model.</summary>
    internal static byte* ProductFile => Posix.PosixSystemInfo.ProductFile;
}
