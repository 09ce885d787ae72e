// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The dynamic linker: libraries loaded while the program runs, and symbols of all that are loaded.</summary>
internal static unsafe class DynamicLibrary
{
    /// <summary>Loads a library, the program itself for a NULL path. Zero on failure.</summary>
    internal static nint Open(byte* path) => Posix.PosixDynamicLibrary.Open(path);

    /// <summary>A library that is loaded already, which then stays for good. Zero if it is not.</summary>
    internal static nint OpenLoaded(byte* path) => Posix.PosixDynamicLibrary.OpenLoaded(path);

    internal static void Close(nint library) => Posix.PosixDynamicLibrary.Close(library);

    internal static void* Find(nint library, byte* name) => Posix.PosixDynamicLibrary.Find(library, name);

    /// <summary>What a program finds that does not name a library.</summary>
    internal static void* FindDefault(byte* name) => Posix.PosixDynamicLibrary.FindDefault(name);

    /// <summary>The same, but only behind this library.</summary>
    internal static void* FindNext(byte* name) => Posix.PosixDynamicLibrary.FindNext(name);

    /// <summary>Where the library begins that an address lies in, and its path; NULL if it lies in none.</summary>
    internal static void* BaseOf(void* address, out byte* path) => Posix.PosixDynamicLibrary.BaseOf(address, out path);

    /// <summary>What went wrong last on this thread, good until the next failure; NULL if nothing did.</summary>
    internal static byte* ErrorText() => Posix.PosixDynamicLibrary.ErrorText();
}
