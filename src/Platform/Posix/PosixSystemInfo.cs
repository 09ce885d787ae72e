// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>sysconf, and what the firmware says.</summary>
internal static unsafe class PosixSystemInfo
{
    internal static nuint ProcessorCount()
    {
        nint count = Libc.sysconf(Libc._SC_NPROCESSORS_ONLN);
        return count > 0 ? (nuint)count : 1;
    }

    internal static byte* VendorFile => Literal.Of("/sys/devices/virtual/dmi/id/sys_vendor"u8);

    internal static byte* ProductFile => Literal.Of("/sys/devices/virtual/dmi/id/product_name"u8);
}
