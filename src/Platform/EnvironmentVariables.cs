// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The environment of this process. Values are good until the environment is changed.</summary>
internal static unsafe class EnvironmentVariables
{
    internal static byte* Get(byte* name) => Posix.PosixEnvironmentVariables.Get(name);

    /// <summary>NULL also in a process that has more rights than whoever started it, such as a setuid one.</summary>
    internal static byte* GetTrusted(byte* name) => Posix.PosixEnvironmentVariables.GetTrusted(name);

    internal static bool Set(byte* name, byte* value) => Posix.PosixEnvironmentVariables.Set(name, value);

    internal static bool Unset(byte* name) => Posix.PosixEnvironmentVariables.Unset(name);
}
