// SPDX-License-Identifier: Apache-2.0
// Types of <reseau/datagram.h>.
global using unsafe reseau_on_datagram_close_fn = delegate* unmanaged[Cdecl]<long, int, void*, void>;
global using unsafe reseau_on_datagram_fn =
    delegate* unmanaged[Cdecl]<long, Reseau.Native.Abi.reseau_datagram*, void*, void>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_datagram
{
    public void* data;
    public nuint length;
    public nuint capacity;
    public reseau_ip ip;
    public ushort port;
    public int is_truncated;
    public nuint segment_size;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_datagram_options
{
    public nuint size;
    public void* state;
    public reseau_on_datagram_fn on_datagram;
    public reseau_on_datagram_close_fn on_close;
    public long loop;
    public nuint receive_queue_bytes;
    public int share_address;
    public int broadcast;
    public int ipv6_only;
    public int join_received;
}
