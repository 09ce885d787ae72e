// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;

namespace Reseau.Native.Platform;

/// <summary>This process, and commands that it runs.</summary>
internal static unsafe class Processes
{
    internal static int Id() => ProcessesLeaf.Id();

    /// <summary>How many files this process may have open, and how far that may be raised; 0 if unknown.</summary>
    internal static void FileLimits(out nuint soft, out nuint hard) =>
        ProcessesLeaf.FileLimits(out soft, out hard);

    internal static bool SetFileLimits(nuint soft, nuint hard) => ProcessesLeaf.SetFileLimits(soft, hard);

    /// <summary>
    /// Runs a command by the shell; its standard output is the FILE. NULL on failure, with the number in
    /// <see cref="OsErrors.Last"/>.
    /// </summary>
    internal static void* OpenCommand(byte* command) => ProcessesLeaf.OpenCommand(command);

    /// <summary>Waits for the command's end; returns its status.</summary>
    internal static int CloseCommand(void* file) => ProcessesLeaf.CloseCommand(file);

    /// <summary>Ends this process as by a fault.</summary>
    [DoesNotReturn]
    internal static void Abort() => ProcessesLeaf.Abort();
}

/// <summary>The environment of this process. Values are good until the environment is changed.</summary>
internal static unsafe class EnvironmentVariables
{
    internal static byte* Get(byte* name) => EnvironmentVariablesLeaf.Get(name);

    /// <summary>NULL also in a process that has more rights than whoever started it, such as a setuid one.</summary>
    internal static byte* GetTrusted(byte* name) => EnvironmentVariablesLeaf.GetTrusted(name);

    internal static bool Set(byte* name, byte* value) => EnvironmentVariablesLeaf.Set(name, value);

    internal static bool Unset(byte* name) => EnvironmentVariablesLeaf.Unset(name);
}
