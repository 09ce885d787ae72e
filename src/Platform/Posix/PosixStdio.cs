// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>FILE of &lt;stdio.h&gt;.</summary>
internal static unsafe class PosixStdio
{
    internal static void* Output => Find("stdout"u8, "__stdoutp"u8);

    internal static void* Error => Find("stderr"u8, "__stderrp"u8);

    internal static void* Open(byte* path, byte* mode) => Libc.OpenStream(path, mode);

    internal static void Close(void* file) => Libc.fclose(file);

    internal static nuint Read(void* file, void* buffer, nuint size) => Libc.fread(buffer, 1, size, file);

    internal static nuint Write(void* file, void* bytes, nuint size) => Libc.fwrite(bytes, 1, size, file);

    internal static void Flush(void* file) => Libc.fflush(file);

    internal static bool IsAtEnd(void* file) => Libc.feof(file) != 0;

    internal static bool HasFailed(void* file) => Libc.ferror(file) != 0;

    internal static bool Seek(void* file, long offset, int whence) => Libc.fseeko(file, offset, whence) == 0;

    internal static nint HandleOf(void* file) => Libc.fileno(file);

    // These are variables of the C library, and a program may put another FILE into them.
    private static void* Find(ReadOnlySpan<byte> name, ReadOnlySpan<byte> darwinName)
    {
        ReadOnlySpan<byte> symbol = OperatingSystem.IsMacOS() ? darwinName : name;
        void** variable = (void**)PosixDynamicLibrary.FindDefault(Literal.Of(symbol));
        return variable == null ? null : *variable;
    }
}

/// <summary>Descriptors 0 to 2.</summary>
internal static unsafe class PosixStandardStreams
{
    internal static void WriteError(void* bytes, nuint count) => Libc.WriteRaw(Libc.StandardError, bytes, count);
}
