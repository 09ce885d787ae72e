// SPDX-License-Identifier: Apache-2.0
// Types of <reseau/usocket.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_ufd_set
{
    /// <summary>RESEAU_UFD_SETSIZE.</summary>
    internal const uint Capacity = 1024;

    public uint count;
    public fixed int descriptors[(int)Capacity];
}
