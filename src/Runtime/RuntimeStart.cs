// SPDX-License-Identifier: Apache-2.0
using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Reseau.Native.Platform;

namespace Reseau.Native.Runtime;

/// <summary>Runs once, when the managed runtime has started inside the host.</summary>
internal static unsafe class RuntimeStart
{
#pragma warning disable CA2255 // A module initializer is the one hook that runs before every export.
    [ModuleInitializer]
    internal static void Run()
    {
        Fork.Watch();
        DynamicLibrary.KeepLoaded(Literal.Of("libreseau"u8));
        InitializeClasses();
        ExternalCommon.Find();
        VariadicLogging.Know(null, ExternalCommon.IsPresent);
    }
#pragma warning restore CA2255

    // A class with static initializers is initialized on first use, under locks. A child that is forked meanwhile waits
    // for them for ever. The library has no such class, which src/Shim/check_link.sh checks. Those of .NET that it uses
    // later, it uses here first: numbers as text, and the size of a page.
    private static void InitializeClasses()
    {
        Span<byte> text = stackalloc byte[32];
        (-1).TryFormat(text, out _, default, NumberFormatInfo.InvariantInfo);
        (-1.5).TryFormat(text, out _, "G17", CultureInfo.InvariantCulture);
        _ = Environment.SystemPageSize;
    }
}
