// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>
/// Modules. A name is that of a module, so what a Unix finds by a name alone is looked for in all modules, in the order
/// in which they were loaded.
/// </summary>
internal static unsafe class WindowsDynamicLibrary
{
    private const int MaxModules = 1024;

    private static nint s_path;

    internal static nint Open(byte* path)
    {
        nint module;
        if (path == null)
            return Kernel32.GetModuleHandleExW(0, null, &module) != 0 ? module : 0;

        char* wide = WideText.New(path);
        module = wide == null ? 0 : Kernel32.LoadLibraryExW(wide, 0, 0);
        uint code = module == 0 ? Kernel32.GetLastError() : 0;
        WindowsHeap.Free(wide);
        Kernel32.SetLastError(code);
        return module;
    }

    internal static nint OpenForUse(byte* path, bool isApart)
    {
        char* wide = WideText.New(path);
        nint module = wide == null ? 0 : OpenBeside(wide);
        if (wide != null && module == 0)
            module = Kernel32.LoadLibraryExW(wide, 0, Kernel32.LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
        uint code = module == 0 ? Kernel32.GetLastError() : 0;
        WindowsHeap.Free(wide);
        Kernel32.SetLastError(code);
        return module;
    }

    // In the folder of this library, from where it takes what it needs, too.
    private static nint OpenBeside(char* name)
    {
        nint own = ModuleOf(Literal.Of(""u8));
        char* path = stackalloc char[short.MaxValue];
        int length = own == 0 ? 0 : (int)Kernel32.GetModuleFileNameW(own, path, (uint)short.MaxValue);
        while (length > 0 && path[length - 1] != '\\')
            length--;
        int nameLength = WideText.Length(name);
        if (length == 0 || length + nameLength >= short.MaxValue)
            return 0;

        new System.ReadOnlySpan<char>(name, nameLength + 1).CopyTo(
            new System.Span<char>(path + length, short.MaxValue - length));
        return Kernel32.LoadLibraryExW(
            path, 0, Kernel32.LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | Kernel32.LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    }

    internal static nint OpenLoaded(byte* path)
    {
        char* wide = path == null ? null : WideText.New(path);
        nint module = 0;
        bool isLoaded = wide != null &&
            Kernel32.GetModuleHandleExW(Kernel32.GET_MODULE_HANDLE_EX_FLAG_PIN, wide, &module) != 0;
        WindowsHeap.Free(wide);
        return isLoaded ? module : 0;
    }

    internal static void Close(nint library) => Kernel32.FreeLibrary(library);

    internal static void* Find(nint library, byte* name) => Kernel32.GetProcAddress(library, name);

    internal static void* FindDefault(byte* name) => FindAfter(0, name);

    internal static void* FindNext(byte* name)
    {
        nint own = ModuleOf(Literal.Of(""u8));
        return own == 0 ? null : FindAfter(own, name);
    }

    internal static void* BaseOf(void* address, out byte* path)
    {
        nint module = address == null ? 0 : ModuleOf(address);
        path = module == 0 ? null : PathOf(module);
        return (void*)module;
    }

    internal static void KeepLoaded(void* address)
    {
        nint module;
        Kernel32.GetModuleHandleExW(
            Kernel32.GET_MODULE_HANDLE_EX_FLAG_PIN | Kernel32.GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
            address,
            &module);
    }

    internal static byte* ErrorText(byte* buffer, int capacity)
    {
        const int Capacity = 512;
        char* text = stackalloc char[Capacity];
        uint length = Kernel32.FormatMessageW(
            Kernel32.FORMAT_MESSAGE_FROM_SYSTEM | Kernel32.FORMAT_MESSAGE_IGNORE_INSERTS,
            null,
            Kernel32.GetLastError(),
            0,
            text,
            Capacity,
            null);
        while (length > 0 && text[length - 1] is '\r' or '\n' or ' ')
            length--;
        text[length] = '\0';
        WideText.Copy(text, buffer, capacity);
        return buffer;
    }

    private static void* FindAfter(nint own, byte* name)
    {
        nint* modules = stackalloc nint[MaxModules];
        uint size;
        if (Kernel32.EnumProcessModules(
            Kernel32.GetCurrentProcess(), modules, MaxModules * (uint)sizeof(nint), &size) == 0)
            return null;

        int count = System.Math.Min((int)size / sizeof(nint), MaxModules);
        bool isBehind = own == 0;
        for (int i = 0; i < count; i++)
        {
            void* symbol = isBehind ? Kernel32.GetProcAddress(modules[i], name) : null;
            if (symbol != null)
                return symbol;

            isBehind |= modules[i] == own;
        }

        return null;
    }

    private static nint ModuleOf(void* address)
    {
        nint module;
        uint flags = Kernel32.GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
            Kernel32.GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
        return Kernel32.GetModuleHandleExW(flags, address, &module) != 0 ? module : 0;
    }

    // The path of the last module that was asked for, which happens when the library starts, on one thread.
    private static byte* PathOf(nint module)
    {
        char* wide = stackalloc char[short.MaxValue];
        if (Kernel32.GetModuleFileNameW(module, wide, (uint)short.MaxValue) == 0)
            return null;

        WindowsHeap.Free((void*)s_path);
        s_path = (nint)WideText.NewUtf8(wide);
        return (byte*)s_path;
    }
}
