// SPDX-License-Identifier: Apache-2.0
using System;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Reseau.Native.Runtime;

/// <summary>Runs once, when the managed runtime has started inside the host.</summary>
internal static class RuntimeStart
{
#pragma warning disable CA2255 // A module initializer is the one hook that runs before every export.
    [ModuleInitializer]
    internal static void Run()
    {
        Fork.Watch();
        InitializeClasses();
        ExternalCommon.Find();
    }
#pragma warning restore CA2255

    // A class with a static initializer is initialized on first use, under locks. If a thread does that while another
    // one forks, the child waits for it. The library has no such class of its own, which its build checks; here it uses
    // those of .NET that it uses later: text of numbers, and the size of a page.
    private static void InitializeClasses()
    {
        Span<byte> text = stackalloc byte[32];
        (-1).TryFormat(text, out _, default, NumberFormatInfo.InvariantInfo);
        (-1.5).TryFormat(text, out _, "G17", CultureInfo.InvariantCulture);
        _ = Environment.SystemPageSize;
    }
}
