// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>The process, and commands by the C runtime's popen.</summary>
internal static unsafe class WindowsProcesses
{
    // Of kernel objects, for each process; it cannot be changed.
    private const nuint MaxHandles = 1 << 24;

    internal static int Id() => (int)Kernel32.GetCurrentProcessId();

    internal static void FileLimits(out nuint soft, out nuint hard)
    {
        soft = MaxHandles;
        hard = MaxHandles;
    }

    internal static bool SetFileLimits(nuint soft, nuint hard) => soft == MaxHandles && hard == MaxHandles;

    internal static void* OpenCommand(byte* command)
    {
        char* wide = WideText.New(command);
        if (wide == null)
            return null;

        void* file;
        fixed (char* mode = "rt")
            file = Ucrt._wpopen(wide, mode);
        if (file == null)
            WindowsErrorNumbers.KeepErrno();
        WindowsHeap.Free(wide);
        return file;
    }

    internal static int CloseCommand(void* file) => Ucrt._pclose(file);

    [DoesNotReturn]
    internal static void Abort()
    {
        Ucrt.abort();
        throw null!;
    }
}
