// SPDX-License-Identifier: Apache-2.0
// Types of <reseau/hooks.h>.
global using unsafe reseau_hook_fn =
    delegate* unmanaged[Cdecl]<long, Reseau.Native.Abi.reseau_hook_bytes*, void*, int>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

/// <summary>The values of enum reseau_hook_result.</summary>
public static class reseau_hook_result
{
    public const int RESEAU_HOOK_DONE = 0;
    public const int RESEAU_HOOK_MORE = 1;
    public const int RESEAU_HOOK_END = 2;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_hook_bytes
{
    public byte* input;
    public nuint input_length;
    public int is_last;
    public byte* output;
    public nuint output_room;
    public nuint consumed;
    public nuint produced;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_hook
{
    public nuint size;
    public void* state;
    public reseau_hook_fn read;
    public reseau_hook_fn write;
    public reseau_hook_fn flush;
    public reseau_hook_fn close;
    public delegate* unmanaged[Cdecl]<void*, void> destroy;
}
