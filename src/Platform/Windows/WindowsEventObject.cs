// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>An event that stays set until it is reset; of its handle 32 bits count.</summary>
internal static unsafe class WindowsEventObject
{
    internal static int New()
    {
        nint made = Iocp.CreateEventW(null, 1, 0, null);
        return made == 0 ? -WindowsErrorNumbers.Last : (int)made;
    }

    internal static void Set(int handle) => Kernel32.SetEvent(handle);

    internal static void Reset(int handle) => Kernel32.ResetEvent(handle);

    internal static void Close(int handle) => Kernel32.CloseHandle(handle);
}
