// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>The dynamic linker by dlopen.</summary>
internal static unsafe class PosixDynamicLibrary
{
    internal static nint Open(byte* path) => Libc.dlopen(path, Libc.RTLD_LAZY);

    internal static nint OpenForUse(byte* path, bool isApart) =>
        Libc.dlopen(path, Libc.RTLD_NOW | (isApart ? Libc.RTLD_DEEPBIND : 0));

    internal static nint OpenLoaded(byte* path) =>
        Libc.dlopen(path, Libc.RTLD_LAZY | Libc.RTLD_NOLOAD | Libc.RTLD_NODELETE);

    internal static void Close(nint library) => Libc.dlclose(library);

    internal static void* Find(nint library, byte* name) => Libc.dlsym(library, name);

    internal static void* FindDefault(byte* name) => Libc.dlsym(Libc.RTLD_DEFAULT, name);

    internal static void* FindNext(byte* name) => Libc.dlsym(Libc.RTLD_NEXT, name);

    internal static void* BaseOf(void* address, out byte* path)
    {
        Libc.Dl_info info = default;
        bool isKnown = address != null && Libc.dladdr(address, &info) != 0;
        path = info.dli_fname;
        return isKnown ? info.dli_fbase : null;
    }

    // The linker has marked the library so (-z nodelete).
    internal static void KeepLoaded(void* address)
    {
    }

    internal static byte* ErrorText(byte* buffer, int capacity)
    {
        byte* text = Libc.dlerror();
        int length = 0;
        for (; text != null && text[length] != 0 && length < capacity - 1; length++)
            buffer[length] = text[length];
        buffer[length] = 0;
        return buffer;
    }
}
