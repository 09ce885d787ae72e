// SPDX-License-Identifier: Apache-2.0
// Types of <reseau/file.h>.
global using unsafe reseau_file_change_fn =
    delegate* unmanaged[Cdecl]<long, Reseau.Native.Abi.reseau_file_change*, void*, void>;
global using unsafe reseau_file_done_fn = delegate* unmanaged[Cdecl]<long, long, void*, void>;
global using unsafe reseau_file_loaded_fn = delegate* unmanaged[Cdecl]<long, void*, long, void*, void>;
global using unsafe reseau_on_file_close_fn = delegate* unmanaged[Cdecl]<long, int, void*, void>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

/// <summary>The values of enum reseau_file_flags.</summary>
public static class reseau_file_flags
{
    public const int RESEAU_FILE_READ = 1;
    public const int RESEAU_FILE_WRITE = 2;
    public const int RESEAU_FILE_CREATE = 4;
    public const int RESEAU_FILE_EXCLUSIVE = 8;
    public const int RESEAU_FILE_TRUNCATE = 16;
}

/// <summary>The values of enum reseau_file_kind.</summary>
public static class reseau_file_kind
{
    public const int RESEAU_FILE_KIND_OTHER = 0;
    public const int RESEAU_FILE_KIND_REGULAR = 1;
    public const int RESEAU_FILE_KIND_FOLDER = 2;
}

/// <summary>The values of enum reseau_file_change_kind.</summary>
public static class reseau_file_change_kind
{
    public const int RESEAU_FILE_CREATED = 1;
    public const int RESEAU_FILE_CHANGED = 2;
    public const int RESEAU_FILE_REMOVED = 3;
    public const int RESEAU_FILE_RENAMED = 4;
    public const int RESEAU_FILE_RESCAN = 5;
}

[StructLayout(LayoutKind.Sequential)]
public struct reseau_file_info
{
    public nuint size;
    public ulong length;
    public ulong node;
    public long modified_ns;
    public int kind;
    public uint mode;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_file_options
{
    public nuint size;
    public void* state;
    public reseau_on_file_close_fn on_close;
    public long loop;
    public uint mode;
    public long gather_ms;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct reseau_file_change
{
    public int kind;
    public int is_folder;
    public byte* name;
    public byte* old_name;
}
