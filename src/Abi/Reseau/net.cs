// SPDX-License-Identifier: Apache-2.0
// Types of <reseau/net.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_ip
{
    public int family;
    public uint scope;
    public fixed byte bytes[16];
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_interface_address
{
    public fixed byte name[64];
    public uint number;
    public reseau_ip ip;
    public int prefix_length;
    public int is_loopback;
    public int is_up;
}
