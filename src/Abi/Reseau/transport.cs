// SPDX-License-Identifier: Apache-2.0
// Types of <reseau/transport.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_fragment
{
    public ulong offset;
    public ulong total;
    public ulong datagram;
    public void* data;
    public nuint length;
    public void* address;
    public uint address_length;
}

[StructLayout(LayoutKind.Sequential)]
public struct reseau_transport_traits
{
    public nuint max_fragment;
    public nuint max_datagram;
}

public enum reseau_transport_close
{
    RESEAU_TRANSPORT_CLOSE_GRACEFUL = 0,
    RESEAU_TRANSPORT_CLOSE_ABORT = 1,
}

public enum reseau_wire_kind
{
    RESEAU_WIRE_DATAGRAMS = 0,
    RESEAU_WIRE_BYTES = 1,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_transport_hooks
{
    public nuint size;
    public delegate* unmanaged[Cdecl]<void*, void*, int, int, int, reseau_transport_traits*, void**, int> create;
    public delegate* unmanaged[Cdecl]<void*, int, int> close;
    public delegate* unmanaged[Cdecl]<void*, void> destroy;
    public delegate* unmanaged[Cdecl]<void*, void> end;
    public delegate* unmanaged[Cdecl]<void*, void*, int> pair;
    public delegate* unmanaged[Cdecl]<void*, void*, uint, int> bind;
    public delegate* unmanaged[Cdecl]<void*, int, int> listen;
    public delegate* unmanaged[Cdecl]<void*, void*, uint, int> connect;
    public delegate* unmanaged[Cdecl]<void*, void> accepted;
    public delegate* unmanaged[Cdecl]<void*, int, int> shutdown;
    public delegate* unmanaged[Cdecl]<void*, void*, uint*, int> local_address;
    public delegate* unmanaged[Cdecl]<void*, void*, uint*, int> peer_address;
    public delegate* unmanaged[Cdecl]<void*, int, int, void*, uint*, int> get_option;
    public delegate* unmanaged[Cdecl]<void*, int, int, void*, uint, int> set_option;
    public delegate* unmanaged[Cdecl]<void*, nuint, void*, int> control;
    public delegate* unmanaged[Cdecl]<void*, reseau_fragment*, nint> write;
    public delegate* unmanaged[Cdecl]<void*, nuint, int> is_writable;
    public delegate* unmanaged[Cdecl]<void*, void> has_read;
}
