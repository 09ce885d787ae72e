// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>The process, its limits, and commands by popen.</summary>
internal static unsafe class PosixProcesses
{
    internal static int Id() => Libc.getpid();

    internal static void FileLimits(out nuint soft, out nuint hard)
    {
        Libc.rlimit limit;
        if (Libc.getrlimit(Libc.RLIMIT_NOFILE, &limit) != 0)
            limit = default;

        soft = limit.rlim_cur;
        hard = limit.rlim_max;
    }

    internal static bool SetFileLimits(nuint soft, nuint hard)
    {
        Libc.rlimit limit = new() { rlim_cur = soft, rlim_max = hard };
        return Libc.setrlimit(Libc.RLIMIT_NOFILE, &limit) == 0;
    }

    internal static void* OpenCommand(byte* command) => Libc.OpenCommand(command);

    internal static int CloseCommand(void* file) => Libc.pclose(file);

    [DoesNotReturn]
    internal static void Abort()
    {
        Libc.abort();
        throw null!;
    }
}

/// <summary>The environment as the C library keeps it.</summary>
internal static unsafe class PosixEnvironmentVariables
{
    internal static byte* Get(byte* name) => Libc.getenv(name);

    internal static byte* GetTrusted(byte* name) => Libc.secure_getenv(name);

    internal static bool Set(byte* name, byte* value) => Libc.setenv(name, value, 1) == 0;

    internal static bool Unset(byte* name) => Libc.unsetenv(name) == 0;
}
