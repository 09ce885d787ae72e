// SPDX-License-Identifier: Apache-2.0
using System;
using Xunit;

namespace Reseau.Native.Tests.Windows;

/// <summary>A test of what only Windows has: `./dev windows test` runs it.</summary>
public sealed class WindowsFactAttribute : FactAttribute
{
    /// <summary>Skipped elsewhere.</summary>
    public WindowsFactAttribute()
    {
        if (!OperatingSystem.IsWindows())
            Skip = "only Windows has it: run by ./dev windows test";
    }
}
