// SPDX-License-Identifier: Apache-2.0
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
        ExternalCommon.Find();
    }
#pragma warning restore CA2255
}
