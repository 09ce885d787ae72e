// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Platform.Windows;

/// <summary>There is no such signal: an error is all that a caller gets.</summary>
internal static class WindowsSignals
{
    internal static void RaiseBrokenPipe()
    {
    }
}
