// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Platform.Windows;

/// <summary>Nothing yet that a loop could wait for.</summary>
internal static unsafe class WindowsFolderWatch
{
    internal static nint Open(byte* folder) => FolderWatch.Unsupported;

    internal static nint Read(nint handle, byte* buffer) => 0;

    internal static int Parse(byte* at, out FolderWatch.Notice notice)
    {
        notice = default;
        return FolderWatch.BufferSize;
    }
}
