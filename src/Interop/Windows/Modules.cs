// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>Libraries that the process has loaded, and stacks.</summary>
internal static unsafe partial class Kernel32
{
    internal const uint GET_MODULE_HANDLE_EX_FLAG_PIN = 0x1;
    internal const uint GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT = 0x2;
    internal const uint GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS = 0x4;
    internal const uint LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR = 0x100;
    internal const uint LOAD_LIBRARY_SEARCH_DEFAULT_DIRS = 0x1000;
    internal const uint FORMAT_MESSAGE_IGNORE_INSERTS = 0x200;
    internal const uint FORMAT_MESSAGE_FROM_SYSTEM = 0x1000;

    [DllImport(Library)]
    internal static extern nint LoadLibraryExW(char* path, nint reserved, uint flags);

    [DllImport(Library)]
    internal static extern int FreeLibrary(nint module);

    [DllImport(Library)]
    internal static extern void* GetProcAddress(nint module, byte* name);

    /// <summary>The name is an address instead with FROM_ADDRESS.</summary>
    [DllImport(Library)]
    internal static extern int GetModuleHandleExW(uint flags, void* nameOrAddress, nint* module);

    /// <summary>The length, cut off to the capacity; 0 on failure.</summary>
    [DllImport(Library)]
    internal static extern uint GetModuleFileNameW(nint module, char* buffer, uint capacity);

    /// <summary>In the order in which they were loaded, the program first.</summary>
    [DllImport(Library, EntryPoint = "K32EnumProcessModules")]
    internal static extern int EnumProcessModules(nint process, nint* modules, uint size, uint* needed);

    [DllImport(Library)]
    internal static extern uint FormatMessageW(
        uint flags, void* source, uint message, uint language, char* buffer, uint capacity, void* arguments);

    [DllImport(Library)]
    internal static extern ushort RtlCaptureStackBackTrace(uint skipped, uint capacity, void** frames, uint* hash);
}
