// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The dynamic linker: libraries loaded while the program runs, and symbols of all that are loaded.</summary>
internal static unsafe class DynamicLibrary
{
    /// <summary>Loads a library, the program itself for a NULL path. Zero on failure.</summary>
    internal static nint Open(byte* path) => DynamicLibraryLeaf.Open(path);

    /// <summary>
    /// Loads a library with all that it needs: by a name alone, from where the system keeps libraries, and on Windows
    /// from beside this one or the program, but from no folder that happens to be the current one. Apart: it takes its
    /// own symbols before the program's; where each library does anyway this is nothing. Zero on failure.
    /// </summary>
    internal static nint OpenForUse(byte* path, bool isApart) => DynamicLibraryLeaf.OpenForUse(path, isApart);

    /// <summary>A library that is loaded already, which then stays for good. Zero if it is not.</summary>
    internal static nint OpenLoaded(byte* path) => DynamicLibraryLeaf.OpenLoaded(path);

    internal static void Close(nint library) => DynamicLibraryLeaf.Close(library);

    internal static void* Find(nint library, byte* name) => DynamicLibraryLeaf.Find(library, name);

    /// <summary>What a program finds that does not name a library.</summary>
    internal static void* FindDefault(byte* name) => DynamicLibraryLeaf.FindDefault(name);

    /// <summary>The same, but only behind this library.</summary>
    internal static void* FindNext(byte* name) => DynamicLibraryLeaf.FindNext(name);

    /// <summary>Where the library begins that an address lies in, and its path; NULL if it lies in none.</summary>
    internal static void* BaseOf(void* address, out byte* path) => DynamicLibraryLeaf.BaseOf(address, out path);

    /// <summary>Keeps the library that an address lies in until the process ends.</summary>
    internal static void KeepLoaded(void* address) => DynamicLibraryLeaf.KeepLoaded(address);

    /// <summary>
    /// What went wrong last on this thread, cut off to the buffer, with a NUL. To be read before any other call.
    /// </summary>
    internal static byte* ErrorText(byte* buffer, int capacity) => DynamicLibraryLeaf.ErrorText(buffer, capacity);
}
