// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>The environment as the C library keeps it.</summary>
internal static unsafe class PosixEnvironmentVariables
{
    internal static byte* Get(byte* name) => Libc.getenv(name);

    internal static byte* GetTrusted(byte* name) => Libc.secure_getenv(name);

    internal static bool Set(byte* name, byte* value) => Libc.setenv(name, value, 1) == 0;

    internal static bool Unset(byte* name) => Libc.unsetenv(name) == 0;
}
