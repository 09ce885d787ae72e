// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>Access rights.</summary>
internal static unsafe class Advapi32
{
    private const string Library = "advapi32";

    internal const uint SDDL_REVISION_1 = 1;

    /// <summary>The descriptor is freed by LocalFree.</summary>
    [DllImport(Library)]
    internal static extern int ConvertStringSecurityDescriptorToSecurityDescriptorW(
        char* text, uint revision, void** descriptor, uint* size);
}
